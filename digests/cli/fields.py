"""An article field by field, for a person: each value with where it came from."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import datetime
from enum import Enum

from digests.cli.sheet import Sheet
from pipeline.model import (
    Article,
    Entity,
    Location,
    Person,
    Provenance,
    Quote,
    Rights,
    Tag,
    ToneReading,
    WatchMatch,
)

_BELOW = ("article_body", "provenance", "refused")  # printed after the table, as its last column, after the text
_OF_READING = ("provenance", "refused")  # say how fields were read; to have none of them is no lack
_FIRST = ("headline", "kind", "reason")
_LAST = ("url", "canonical_url", "outlet", "fetched_at", "sha256", "record_ids")
WIDTH = len("language_confidence")  # the longest name
_ASKED = "the request"
# Which step made what stands nowhere on the page.
_STEPS = {
    "url": _ASKED, "fetched_at": _ASKED, "sha256": _ASKED, "record_ids": "the archive", "outlet": "step: urls",
    "canonical_url": "step: urls", "kind": "step: kinds", "reason": "step: kinds", "byline": "the page's text",
    "credit_line": "text:opening", "keywords": "markup or meta", "date_published_text": "the page's text",
    "in_language": "step: language", "language_confidence": "step: language", "summary": "step: summary",
    "press_release": "step: byline", "syndicated_from": "step: byline", "pull_quote": "step: clean",
    "disputed": "step: facts", "needs_clarification": "step: tone",
}  # fmt: skip


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    name: str
    value: object
    source: str = ""
    confidence: float | None = None  # 0..1; None where nobody tells


def print_article(article: Article, first: tuple[tuple[str, object, str], ...] = ()) -> None:
    """Every field with its source in brackets, what is absent by name, then the text. `first`: rows of the caller's."""
    sheet = Sheet(WIDTH)
    for name, value, source in first:
        sheet.entry(name, str(value), source)
    for field in field_rows(article):
        style = "bold" if field.name == "headline" else ""
        sheet.entry(field.name, str(field.value), field.source, field.confidence, style)
    if absent := absent_fields(article):
        sheet.entry("absent", ", ".join(absent), style="dim")
    if article.article_body:
        text = _row(article, "article_body", None)
        count = f"text, {len(article.article_body)} paragraph(s), {len(article.text)} characters"
        sheet.heading(count, text.source, text.confidence)
    for number, paragraph in enumerate(article.article_body, start=1):
        sheet.numbered(number, paragraph)
    if article.refused:
        sheet.heading("read and not believed")
    for one in article.refused:
        sheet.entry(one.field, one.detail or "", one.source, style="red")


def absent_fields(article: Article) -> list[str]:
    """Names of the fields that hold nothing."""
    names = (field.name for field in dataclasses.fields(article) if field.name not in _OF_READING)
    return [name for name in names if getattr(article, name) in (None, (), Rights())]


def field_rows(article: Article) -> Iterator[Row]:
    """Every field that holds something; a list of records has a row for each of them."""
    missing = absent_fields(article)
    names = [field.name for field in dataclasses.fields(article)]
    for name in sorted(names, key=_order):
        if name in missing or name in _BELOW:
            continue
        value = getattr(article, name)
        if isinstance(value, Rights):
            yield from _rights(value)
        elif isinstance(value, ToneReading):
            yield Row(name, value.value or "not to be told", value.reason)
        elif isinstance(value, tuple) and not isinstance(value[0], str):
            yield from (Row(name, *_record(record)) for record in value)
        else:
            yield _row(article, name, _told(value))


def _order(name: str) -> int:
    """What it is first, then what it says in the order of the model, then where it was found."""
    return _FIRST.index(name) if name in _FIRST else len(_FIRST) + (name in _LAST)


def _told(value: object) -> object:
    if isinstance(value, tuple):
        return "; ".join(str(part) for part in value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.3f}"
    return value.value if isinstance(value, Enum) else value


def _record(record: object) -> tuple[str, str]:
    """(what it is, why it is there)."""
    if isinstance(record, Quote):
        speaker = _listed(record.speaker, record.role)
        return f"{record.text} – {speaker or 'nobody named'}", f"{record.kind}, characters {record.start}–{record.end}"
    if isinstance(record, Person | Entity):
        named = _listed(record.name, record.role) if isinstance(record, Person) else record.name
        return named, f"also {', '.join(record.aliases)}" if record.aliases else "text"
    return _with_reason(record)


def _with_reason(record: object) -> tuple[str, str]:
    """Of what says in one sentence why it is there."""
    if isinstance(record, WatchMatch):
        return " ".join((record.id, *([str(record.edition)] if record.edition else []))), record.reason
    if isinstance(record, Tag):
        return f"{record.id} ({record.label})", record.reason
    if isinstance(record, Location):
        return f"{record.name} ({record.kind}, {_listed(record.province, record.country)})", record.reason
    return str(record), ""


def _listed(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)


def _rights(rights: Rights) -> Iterator[Row]:
    for field in dataclasses.fields(rights):
        if (value := getattr(rights, field.name)) is not None:
            yield Row(f"rights: {field.name}", value, "page and outlet file")


def _row(article: Article, name: str, value: object) -> Row:
    """With the first source and its confidence, and what else agreed."""
    found = [entry for entry in article.provenance if entry.field == name]
    if not found:
        return Row(name, value, _STEPS.get(name, ""))
    first, *others = found
    source = _entry(first) + (f"; also {', '.join(map(_entry, others))}" if others else "")
    return Row(name, value, source, first.confidence)


def _entry(entry: Provenance) -> str:
    return entry.source + (f": {entry.detail}" if entry.detail else "")
