"""The ordered list of per-article steps, and the verdict on their result. Pure: recorded inputs in, an article out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from pipeline import fields
from pipeline.extract import Reading, read_pages
from pipeline.facts import mark_disputed
from pipeline.language import detect
from pipeline.locations import find_locations
from pipeline.model import Article, Disposition, FailureClass, Kind, Listing, Page, Stage, Verdict
from pipeline.outlet import Outlet
from pipeline.people import find_entities, find_people
from pipeline.provenance import with_source, without_source
from pipeline.quotes import find_quotes
from pipeline.reviews import POSSIBLY_OURS, waits
from pipeline.summary import summarise
from pipeline.tags import tag
from pipeline.tone import read_tone
from pipeline.urls import canonical_url, normalise
from pipeline.watches import Watches, match

_READING = ("data", "language", "locations", "people", "quotes", "tone", "watches")  # folders that decide an extraction
_ENOUGH_TO_TELL = 20_000  # characters by which a language is told; detectors take a time that grows faster
_KEEPABLE = (Kind.ARTICLE, Kind.SHORT_NOTE)
_FAILED = {Kind.BLOCK_PAGE: FailureClass.BLOCKED, Kind.EMPTY: FailureClass.EMPTY}


def process_page(pages: Sequence[Page], listing: Listing | None, outlet: Outlet | None, watches: Watches) -> Article:
    """What `pages` (one article, its pages in order) say, as far as recorded inputs tell. The order of steps matters.

    Any bytes give an article; those without a text give one of a kind that is not kept. Raises `ValueError` only
    where there is no page at all.
    """
    if not pages:
        raise ValueError("no page: an article is read from one page or more")
    article = _start(pages, outlet)
    reading = read_pages([_addressed(page) for page in pages], outlet)
    if reading is None:
        return replace(article, reason="the response holds no markup")
    article = _read_fields(article, reading, listing)
    return read_text(article, watches, outlet.language if outlet else None)


def read_text(article: Article, watches: Watches, prior: str | None) -> Article:
    """The steps over the text alone, which are run again where it has become another (`foreign.without`).

    `prior`: the language it is expected to be in.
    """
    article = set_language(article, prior)
    article = mark_disputed(article)
    article = match(article, watches)
    article = tag(article)
    article = find_locations(article)
    article = find_people(article)
    article = find_entities(article)
    article = find_quotes(article)
    article = read_tone(article)
    return summarise(article)


def _read_fields(article: Article, reading: Reading, listing: Listing | None) -> Article:
    """What the page prints and states. The dateline comes off the body; the kind is judged before that."""
    article = fields.set_headline(article, reading, listing)
    article = fields.set_description(article, reading, listing)
    article = fields.set_body(article, reading)
    article = fields.set_section(article, reading)
    article = fields.set_rights(article, reading)
    article = fields.set_credits(article, reading, listing)
    article = fields.set_dateline(article, reading)
    article = fields.set_dates(article, reading, listing)
    return fields.set_kind(article, reading)


def _addressed(page: Page) -> Page:
    """The page with an address that links can be joined to: one that is none of the web's is empty."""
    try:
        normalise(page.url)
    except ValueError:
        return replace(page, url="")
    return page


def _start(pages: Sequence[Page], outlet: Outlet | None) -> Article:
    """The article before anything was read of it."""
    first = pages[0]
    try:
        canonical = canonical_url(first.url, outlet)
    except ValueError:  # an address only a test or an archive holds; it stays as it is
        canonical = first.url
    return Article(
        url=first.url,
        canonical_url=canonical,
        outlet=outlet.name if outlet else first.outlet,
        owned=outlet is not None and outlet.ownership == "owned",
        kind=Kind.EMPTY,
        fetched_at=first.fetched_at,
        sha256=hashlib.sha256(first.body).hexdigest(),
        record_ids=tuple(page.record_id for page in pages if page.record_id),
    )


def set_language(article: Article, prior: str | None) -> Article:
    """The language of the text; `prior`, the outlet's own, tips a balance."""
    text = "\n".join(filter(None, (article.headline, article.text)))
    guess = detect(text[:_ENOUGH_TO_TELL], prior)
    article = without_source(article, "in_language")  # of a text that is read anew
    article = replace(article, in_language=guess.language, language_confidence=guess.confidence)
    return with_source(article, "in_language", "step: language", guess.confidence) if guess.language else article


def verdict(article: Article) -> Verdict:
    """The disposition that the text itself gives: kept, rejected, or failed."""
    if article.kind in _FAILED:
        return Verdict(Disposition.FAILED, Stage.EXTRACT, _FAILED[article.kind].value, article.reason)
    if article.kind not in _KEEPABLE:
        return Verdict(Disposition.REJECTED, Stage.EXTRACT, article.kind.value, article.reason)
    if waits(article):
        told = "; ".join(f"{match.id}: {match.reason}" for match in article.possible)
        return Verdict(Disposition.REJECTED, Stage.WATCH, POSSIBLY_OURS, told)
    if not article.watches:
        return Verdict(Disposition.REJECTED, Stage.WATCH, "no watch matched", None)
    names = ", ".join(watch.id for watch in article.watches)
    return Verdict(Disposition.KEPT, Stage.WATCH, names, article.watches[0].reason)


def code_digest(outlet: Outlet | None, watches: Watches) -> str:
    """SHA-256 (hex) of all that decides an extraction besides its inputs: code, word lists, outlet, watches."""
    parts = (_package_digest(), outlet.digest if outlet else "", watches.digest)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@cache
def _package_digest() -> str:
    """Over the modules and word lists of `pipeline`, read once per process."""
    digest = hashlib.sha256()
    for name, content in sorted(_files(files("pipeline"), "")):
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def _files(folder: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    """(path, bytes) of modules at the top and in the folders that read texts, and of the data."""
    found: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():
        if entry.is_dir() and entry.name in _READING:
            found += _files(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith((".py", ".toml", ".npz")):
            found.append((prefix + entry.name, entry.read_bytes()))
    return found
