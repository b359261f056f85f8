"""What a page is, and why."""

from __future__ import annotations

import pytest

from pipeline.model import Kind
from tests.pipeline.reading import SENTENCE, article_html, page, paragraphs, read

LONG = paragraphs(*(f"{SENTENCE} Bagian {number}." for number in range(8)))
CARDS = "".join(
    f"<div><a href='/kota/judul-berita-kota-nomor-{n}'>Judul berita kota nomor {n}</a></div>" for n in range(30)
)


@pytest.mark.parametrize(
    ("html", "url", "kind"),
    [
        (article_html(LONG), "https://kabar.example/a/taman-kota-baru-dibuka", Kind.ARTICLE),
        (article_html(paragraphs(SENTENCE)), "https://kabar.example/a/taman-kota-baru-dibuka", Kind.SHORT_NOTE),
        (article_html(LONG), "https://kabar.example/foto/taman-kota-baru-dibuka", Kind.PHOTO),
        (article_html(LONG), "https://foto.kabar.example/a/taman-kota-baru-dibuka", Kind.PHOTO),
        (article_html(paragraphs(SENTENCE)), "https://kabar.example/video/12/taman-kota", Kind.VIDEO),
        (
            article_html(
                LONG, '<script type="application/ld+json">{"@type": "LiveBlogPosting", "headline": "x"}</script>'
            ),
            "https://kabar.example/a/taman-kota-baru-dibuka",
            Kind.LIVE_BLOG,
        ),
        (f"<html><body>{CARDS}</body></html>", "https://kabar.example/kota", Kind.LISTING),
        ("<html><body></body></html>", "https://kabar.example/a/taman-kota-baru-dibuka", Kind.EMPTY),
        ("", "https://kabar.example/a/taman-kota-baru-dibuka", Kind.EMPTY),
        (
            "<title>Halaman tidak ditemukan</title><h1>404</h1><p>Maaf.</p>",
            "https://kabar.example/a/b-c-d-e",
            Kind.SOFT_404,
        ),
        (
            article_html(paragraphs(SENTENCE) + "<div class='paywall'>Berlangganan untuk membaca selengkapnya</div>"),
            "https://kabar.example/a/taman-kota-baru-dibuka",
            Kind.PAYWALL,
        ),
    ],
)
def test_kind_of_a_page(html: str, url: str, kind: Kind) -> None:
    article = read(page(html, url))
    assert article.kind is kind
    assert article.reason


@pytest.mark.parametrize(
    "challenge",
    [
        "<title>Just a moment...</title><form id='challenge-form'><p>Checking your browser</p></form>",
        "<title>Verifikasi</title><h1>Pastikan Anda bukan robot</h1><div class='g-recaptcha'></div>",
        "<title>Access Denied</title><h1>Access Denied</h1><p>You have been blocked. Ray ID: 12ab</p>",
        "<title>Kabar</title><div class='h-captcha'></div><p>Selesaikan captcha untuk melanjutkan</p>",
    ],
)
def test_a_challenge_is_a_block_page(challenge: str) -> None:
    assert read(page(f"<html><body>{challenge}</body></html>")).kind is Kind.BLOCK_PAGE


def test_an_article_about_captchas_is_none() -> None:
    about = "Kode captcha meminta pembaca membuktikan bahwa ia bukan robot; access denied, kata situs yang menolak."
    html = article_html(
        paragraphs(about) + LONG + "<form><div class='g-recaptcha'></div></form>", "<title>Captcha</title>"
    )
    assert read(page(html)).kind is Kind.ARTICLE


def test_a_refusal_with_its_status_is_a_block_page() -> None:
    assert read(page("<h1>403 Forbidden</h1>", status=403)).kind is Kind.BLOCK_PAGE
