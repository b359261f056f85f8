"""What the made-up pages of every kind are built from."""
# ruff: noqa: E501 (templates of pages)

from __future__ import annotations

import json
from dataclasses import dataclass

from pipeline.model import Kind
from tests.pipeline.kind_texts import HEADLINES, paragraphs

URL = "https://kabar.example/kota/taman-kota-baru-dibuka-12345"
MENU = (
    "<nav><a href='/'>Beranda</a><a href='/kota'>Kota</a><a href='/olahraga'>Olahraga</a><a href='/foto'>Foto</a></nav>"
)
FOOTER = "<footer><a href='/tentang'>Tentang kami</a><a href='/pedoman'>Pedoman</a> © Kabar Kota 2026</footer>"


@dataclass(frozen=True)
class Case:
    """One page and what it is; `also` where two answers are right."""

    name: str
    kind: Kind
    html: str | bytes
    url: str = URL
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    also: Kind | None = None


def site(inside: str, title: str = "Kabar Kota", head: str = "", body: str = "") -> str:
    """A page of a newsroom, menu and footer included."""
    return f"<html><head><title>{title}</title>{head}</head><body {body}><header>{MENU}</header>{inside}{FOOTER}</body></html>"


def bare(inside: str, title: str = "", head: str = "") -> str:
    return f"<html><head><title>{title}</title>{head}</head><body>{inside}</body></html>"


def story(language: str = "id", count: int = 8, extra: str = "", head: str = "") -> str:
    headline = HEADLINES[language]
    text = f"<main><h1>{headline}</h1><div class='entry-content'>{paragraphs(language, count)}{extra}</div></main>"
    return site(text, f"{headline} - Kabar Kota", head)


def linked_data(**node: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@context": "https://schema.org", **node})}</script>'


def cards(count: int, teaser: str = "") -> str:
    card = "<article><h3><a href='/kota/judul-berita-kota-nomor-{n}'>Judul berita kota nomor {n} pekan ini</a></h3>{t}</article>"
    return "".join(card.format(n=n, t=f"<p>{teaser} {n}.</p>" if teaser else "") for n in range(count))


def figures(count: int, caption: str = "Warga menanam pohon di taman kota") -> str:
    return "".join(
        f"<figure><img src='/f/{n}.jpg' alt=''><figcaption>{caption}, gambar ke-{n}, Senin (1/6).</figcaption></figure>"
        for n in range(count)
    )
