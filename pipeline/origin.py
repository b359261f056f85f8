"""Whose text it is: the place and credit it opens and closes with, syndication, and press releases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.agencies import is_agency, is_own, is_release, is_release_label, read_closing, release_phrase
from pipeline.credits import labels_of_host
from pipeline.dateline import Opening, read_opening, read_place
from pipeline.extract import Reading
from pipeline.model import Article
from pipeline.provenance import with_source, without_source

_LONGEST_OPENING = 60  # characters of a place and a dash
_MOST_PARAGRAPHS = 30  # of a text whose prose makes it a release: a longer one is a report that draws on several
_LABEL = re.compile(r"[\s\[(]*([^\[\](){}:|–—]{3,40}?)\s*(?:[\]):|–—]|\s-)")  # "INFO NASIONAL - ", "[Siaran Pers] "


def set_origin(article: Article, reading: Reading) -> Article:
    """Dateline, credit line, syndication and press release. What carries a credit is taken off the body."""
    own = _own(reading)
    article = replace(article, article_body=_with_opening_joined(article.article_body, own))
    first = article.article_body[0] if article.article_body else ""
    opening = _read_opening(first, own, reading) if first else None
    if opening:
        article = _opened(article, opening)
    ours = (*own, *labels_of_host(reading.document))
    article = _set_syndication(_without_closing(article, ours), ours)
    found = _release(article, reading, first)
    return with_source(replace(article, press_release=True), "press_release", *found) if found else article


def _own(reading: Reading) -> tuple[str, ...]:
    """How the outlet signs; an unlisted site by the name it states."""
    outlet = reading.document.outlet
    return outlet.credits if outlet else tuple(filter(None, [reading.metadata.site]))


def _with_opening_joined(body: tuple[str, ...], own: tuple[str, ...]) -> tuple[str, ...]:
    """An opening that stands in a block of its own ("Jakarta -", seen at Detik) goes before what it opens."""
    if len(body) < 2 or len(body[0]) > _LONGEST_OPENING or not body[0].endswith(("-", "–", "—")):
        return body
    joined = f"{body[0]} {body[1]}"
    return (joined, *body[2:]) if read_opening(joined, own) or read_place(joined) else body


def _read_opening(first: str, own: tuple[str, ...], reading: Reading) -> Opening | None:
    """The opening; at a listed outlet "Jakarta - Bandung …" is one too: its texts have datelines."""
    return read_opening(first, own) or (read_place(first) if reading.document.outlet else None)


def _opened(article: Article, opening: Opening) -> Article:
    first = article.article_body[0][opening.length :].strip()
    body = (first, *article.article_body[1:]) if first else article.article_body[1:]
    article = replace(article, dateline=opening.place, credit_line=opening.credit, article_body=body)
    for field, value in (("dateline", opening.place), ("credit_line", opening.credit)):
        if value:
            article = with_source(article, field, "text:opening")
    return article


def _without_closing(article: Article, own: tuple[str, ...]) -> Article:
    """Without the agency's name behind the last sentence ("… — BERNAMA"), which says whose text it is."""
    closing = read_closing(article.article_body[-1]) if article.article_body else None
    if closing is None:
        return article
    start, name = closing
    last = article.article_body[-1][:start].rstrip()
    article = replace(article, article_body=(*article.article_body[:-1], *([last] if last else [])))
    if article.syndicated_from is None and not is_own(name, own):
        article = with_source(replace(article, syndicated_from=name), "syndicated_from", "text:closing")
    return article


def _set_syndication(article: Article, own: tuple[str, ...]) -> Article:
    """Whose text it is, when it is not the outlet's own, as printed; a line that says so wins over the opening."""
    stated, credit = article.syndicated_from, article.credit_line
    if stated and is_own(stated, own):
        return without_source(replace(article, syndicated_from=None), "syndicated_from")
    if stated or not credit or is_own(credit, own) or not is_agency(credit):
        return article
    return with_source(replace(article, syndicated_from=credit), "syndicated_from", "text:opening")


def _release(article: Article, reading: Reading, first: str) -> tuple[str, float, str] | None:
    """(source, confidence, words) where it is a press release: by wire, by label, or because its prose says so."""
    for source, credit in (("text:opening", article.credit_line), ("text:credit", article.syndicated_from)):
        if credit and is_release(credit):
            return source, 1.0, credit
    for source, label in _labels(article, reading, first):
        if is_release_label(label):
            return source, 1.0, label
    phrase = release_phrase(article.text) if len(article.article_body) <= _MOST_PARAGRAPHS else None
    return ("text:release", 0.8, phrase) if phrase else None


def _labels(article: Article, reading: Reading, first: str) -> Iterator[tuple[str, str]]:
    """(source, text) of all that may say that a text is somebody's own."""
    yield "section", article.article_section or ""
    yield from (("keywords", word) for word in article.keywords)
    yield from (("metadata:author", value.text.split(" -")[0]) for value in reading.metadata.authors)
    for source, text in (("headline", article.headline or ""), ("text:opening", first)):
        match = _LABEL.match(text[:60])
        if match:
            yield source, match[1]
