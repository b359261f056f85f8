"""An article field by field, for a person: each value with where it came from."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import datetime
from enum import Enum

from digests.cli.output import print_text
from digests.cli.visible import one_line
from pipeline.model import Article, Person, Provenance, Quote, Rights, Tag, WatchMatch

_BELOW = ("article_body", "provenance")  # the one is printed after the table, the other is its last column
_WIDTH = len("language_confidence")  # the longest name
_ASKED = "the request"
# Which step made what stands nowhere on the page.
_STEPS = {
    "url": _ASKED, "fetched_at": _ASKED, "sha256": _ASKED, "record_ids": "the archive", "outlet": "step: urls",
    "canonical_url": "step: urls", "kind": "step: kinds", "reason": "step: kinds", "byline": "the page's text",
    "credit_line": "text:opening", "keywords": "markup or meta", "date_published_text": "the page's text",
    "in_language": "step: language", "language_confidence": "step: language", "summary": "step: summary",
    "press_release": "step: byline", "syndicated_from": "step: byline", "pull_quote": "step: clean",
    "disputed": "step: facts",
}  # fmt: skip


def print_article(article: Article, first: tuple[tuple[str, object, str], ...] = ()) -> None:
    """Every field with its source in brackets, what is absent by name, then the text. `first`: rows of the caller's."""
    for name, value, source in (*first, *field_rows(article)):
        print_text(f"{name:<{_WIDTH}}  {one_line(str(value))}" + (f"  [{source}]" if source else ""))
    if absent := absent_fields(article):
        print_text(f"{'absent':<{_WIDTH}}  {', '.join(absent)}")
    if article.article_body:
        print_text("\n" + "\n\n".join(article.article_body))


def absent_fields(article: Article) -> list[str]:
    """Names of the fields that hold nothing."""
    return [field.name for field in dataclasses.fields(article) if getattr(article, field.name) in (None, (), Rights())]


def field_rows(article: Article) -> Iterator[tuple[str, object, str]]:
    """(field, value, where from) of every field that holds something; a list has a row for each of its records."""
    missing = absent_fields(article)
    yield "article_body", f"{len(article.article_body)} paragraph(s), below", _source(article, "article_body")
    for field in dataclasses.fields(article):
        if field.name in missing or field.name in _BELOW:
            continue
        value = getattr(article, field.name)
        if isinstance(value, Rights):
            yield from _rights(value)
        elif isinstance(value, tuple) and not isinstance(value[0], str):
            yield from ((field.name, *_record(record)) for record in value)
        else:
            yield field.name, _told(value), _source(article, field.name)


def _told(value: object) -> object:
    if isinstance(value, tuple):
        return "; ".join(str(part) for part in value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.value if isinstance(value, Enum) else value


def _record(record: object) -> tuple[str, str]:
    """(what it is, why it is there)."""
    if isinstance(record, WatchMatch):
        return " ".join((record.id, *([str(record.edition)] if record.edition else []))), record.reason
    if isinstance(record, Tag):
        return f"{record.id} ({record.label})", record.reason
    if isinstance(record, Person):
        return ", ".join(part for part in (record.name, record.role) if part), "text"
    if isinstance(record, Quote):
        speaker = ", ".join(part for part in (record.speaker, record.role) if part)
        return f"{record.text} – {speaker or 'nobody named'}", f"{record.kind}, characters {record.start}–{record.end}"
    return str(record), ""


def _rights(rights: Rights) -> Iterator[tuple[str, object, str]]:
    for field in dataclasses.fields(rights):
        if (value := getattr(rights, field.name)) is not None:
            yield f"rights: {field.name}", value, "page and outlet file"


def _source(article: Article, name: str) -> str:
    """The first source, its confidence when it is not certain, and what else agreed."""
    found = [entry for entry in article.provenance if entry.field == name]
    if not found:
        return _STEPS.get(name, "")
    first, *others = (_entry(entry) for entry in found)
    return first + (f"; also {', '.join(others)}" if others else "")


def _entry(entry: Provenance) -> str:
    sure = "" if entry.confidence == 1 else f" ({entry.confidence:.2f})"
    return entry.source + sure + (f": {entry.detail}" if entry.detail else "")
