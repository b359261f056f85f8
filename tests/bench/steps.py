"""What is timed of `process_page`, each step on what the steps before it made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from trafilatura import bare_extraction

from pipeline import fields, process
from pipeline.document import parse
from pipeline.extract import Reading, read_pages
from pipeline.fingerprint import keys
from pipeline.language import detect
from pipeline.model import Article
from pipeline.process import process_page
from pipeline.summary import summarise
from pipeline.tags import tag
from pipeline.watches import bundled_watches, match
from tests.bench.measure import Act, Measured, measure
from tests.bench.pages import Read

WATCHES = bundled_watches()


def trafilatura_alone(one: Read) -> object:
    """The text and nothing else, from the bytes, with default settings."""
    return bare_extraction(one.page.body, url=one.page.url)


def article_of(one: Read) -> Article:
    return process_page((one.page,), None, one.outlet, WATCHES)


def reading_of(one: Read) -> Reading | None:
    return read_pages((one.page,), one.outlet)


def read_fields(one: Read) -> object:
    """All that is extraction: text, headline, dates, names, dateline, rights and kind."""
    reading = reading_of(one)
    return reading and process._read_fields(process._start((one.page,), one.outlet), reading, None)


# The steps of `process._read_fields` that cost anything, each run on what the page gave.
_FIELDS: Mapping[str, Callable[[Article, Reading], Article]] = {
    "credits": lambda article, reading: fields.set_credits(article, reading, None),
    "dateline": fields.set_dateline,
    "dates": lambda article, reading: fields.set_dates(article, reading, None),
    "kind": fields.set_kind,
}


def single_fields(items: Sequence[Read], rounds: int = 5) -> list[Measured]:
    """What each field costs, on pages that are read already."""
    readings = {one.name: reading for one in items if (reading := reading_of(one))}
    started = {name: _with_text(one, readings[name]) for one in items if (name := one.name) in readings}

    def acting(step: Callable[[Article, Reading], Article]) -> Act[Read]:
        return lambda one: step(started[one.name], readings[one.name])

    steps = {f"  set_{name}": acting(step) for name, step in _FIELDS.items()}
    return measure(steps, trafilatura_alone, [one for one in items if one.name in readings], rounds)


def _with_text(one: Read, reading: Reading) -> Article:
    article = process._start((one.page,), one.outlet)
    return fields.set_body(fields.set_headline(article, reading, None), reading)


def every_step(items: Sequence[Read], rounds: int = 5) -> list[Measured]:
    articles = {one.name: article_of(one) for one in items}
    steps: Mapping[str, Act[Read]] = {
        "parse": lambda one: parse(one.page, one.outlet),
        "read_pages: text and headline": reading_of,
        "extraction: all fields": read_fields,
        "language.detect": lambda one: detect(articles[one.name].text, one.outlet.language if one.outlet else None),
        "match, tag, summarise": lambda one: summarise(tag(match(articles[one.name], WATCHES))),
        "process_page: every step": article_of,
        "fingerprint.keys": lambda one: keys(articles[one.name]),
    }
    return measure(steps, trafilatura_alone, items, rounds)


def without_outlet(items: Sequence[Read], rounds: int = 5) -> list[Measured]:
    """The same pages as if nobody had written an outlet file."""
    bare = [replace(one, outlet=None) for one in items]
    steps: Mapping[str, Act[Read]] = {
        "read_pages: text and headline": reading_of,
        "extraction: all fields": read_fields,
        "process_page: every step": article_of,
    }
    return measure(steps, trafilatura_alone, bare, rounds)
