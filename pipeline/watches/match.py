"""Whether an article or a listing entry matches a watch, which edition of it, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from pipeline.joined import Joined, of_article, of_listing
from pipeline.model import Article, Listing
from pipeline.watches.edition import Edition, about, sibling
from pipeline.watches.find import finder
from pipeline.watches.hosts import settle
from pipeline.watches.model import Watch, Watches
from pipeline.watches.printed import nearest_date
from pipeline.watches.told import possible, told
from pipeline.watches.years import Dated, years_beside


def match(article: Article, watches: Watches) -> Article:
    """Set `watches`: every watch the text is about, with edition, reason and evidence, in the watches' order.

    And `possible`, where none is certain: those for a person to judge.
    """
    document = of_article(article)
    mentions = finder(watches).mentions(document.text)
    if not mentions:
        return replace(article, watches=(), possible=())
    certain = [mention for mention in mentions if mention.doubt is None]
    if not certain:
        return replace(article, watches=(), possible=possible(document, mentions, watches))
    dated = years_beside(document.text, certain)
    published = article.date_published.year if article.date_published is not None else None
    editions = _editions(document, dated, watches, published)
    matches = []
    for watch in watches:
        own = [mention for mention in certain if mention.watch == watch.id]
        if own:
            matches.append(told(document, watch, own, editions.get(watch.id)))
    return replace(article, watches=tuple(matches), possible=())


def match_listing(listing: Listing, watches: Watches) -> bool:
    """Whether what a listing said of a URL already shows it to be in scope.

    A headline is too short for context: an abbreviation counts unless something there excludes it, and what is only
    possible does too. The article's own text decides afterwards.
    """
    return finder(watches).lenient(of_listing(listing).text)


def _editions(document: Joined, dated: Sequence[Dated], watches: Watches, published: int | None) -> dict[str, Edition]:
    editions: dict[str, Edition] = {}
    undecided: list[str] = []
    for watch in watches:
        own = [one for one in dated if one.mention.watch == watch.id]
        if not own or watch.first_edition is None:
            continue
        own = settle(document.text, own, watch, partial(_year_of, document, own, watch, published))
        edition = about(document, own, watch.first_edition, published)
        if edition is None and watch.annual:
            edition = _by_date(document, own, watch.first_edition, published)
        if edition is not None:
            editions[watch.id] = edition
        elif watch.annual:
            undecided.append(watch.id)
    settled = dict(editions)
    for identifier in undecided:
        shared = sibling(settled, sorted(settled))
        if shared is not None:
            editions[identifier] = shared
    return editions


def _year_of(document: Joined, own: Sequence[Dated], watch: Watch, published: int | None) -> int | None:
    """The year a text is of: of its publication, else one printed beside the forum's name, else the nearest date's."""
    if published is not None:
        return published
    beside = next((one.year for one in own if one.year is not None), None)
    if beside is not None:
        return beside
    places = [(one.mention.start, one.mention.end) for one in own]
    near = nearest_date(document.text, places, watch.first_edition or 0, None)
    return near[0] if near is not None else None


def _by_date(document: Joined, own: Sequence[Dated], first_edition: int, published: int | None) -> Edition | None:
    places = [(one.mention.start, one.mention.end) for one in own]
    near = nearest_date(document.text, places, first_edition, published)
    if near is not None:
        year, start, end = near
        return Edition(year, f'the text gives the date "{document.text[start:end]}"', start, end)
    if published is not None and published >= first_edition:
        return Edition(published, "the year it was published")
    return None
