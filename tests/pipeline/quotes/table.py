"""The tables of quotes: paragraphs of our own writing, and who says what in them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipeline.model import Article, Kind, Quote

_HERE = Path(__file__).parent
LANGUAGES = ("id", "ms", "en", "other", "found")


@dataclass(frozen=True, slots=True)
class Said:
    """One expected quote; `role` and `cue` are "" where the text has none."""

    kind: str
    text: str
    speaker: str
    role: str
    cue: str


@dataclass(frozen=True, slots=True)
class Case:
    language: str
    name: str
    body: tuple[str, ...]
    quotes: tuple[Said, ...]


def cases() -> tuple[Case, ...]:
    """Every case of every language."""
    return tuple(case for language in LANGUAGES for case in _read(language))


def _read(language: str) -> list[Case]:
    table = tomllib.loads((_HERE / f"table_{language}.toml").read_text(encoding="utf-8"))
    return [
        Case(language, one["name"], tuple(one["body"]), tuple(Said(*quote) for quote in one["quotes"]))
        for one in table["case"]
    ]


def article_of(body: tuple[str, ...]) -> Article:
    """A bare article: nothing is known of it but its text."""
    return Article(
        url="https://news.example/a",
        canonical_url="https://news.example/a",
        outlet=None,
        kind=Kind.ARTICLE,
        fetched_at=datetime(2026, 1, 1, tzinfo=UTC),
        sha256="0" * 64,
        article_body=body,
    )


def said(quote: Quote) -> Said:
    return Said(quote.kind, quote.text, quote.speaker or "", quote.role or "", quote.cue or "")
