"""Whether an article or a listing entry matches a watch, which edition of it, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.joined import Joined, of_article, of_listing
from pipeline.model import Article, Evidence, Listing, WatchMatch
from pipeline.watches.edition import Dated, Edition, about, sibling, years_beside
from pipeline.watches.find import Mention, finder
from pipeline.watches.model import Watch, Watches
from pipeline.watches.printed import nearest_date

_MOST_EVIDENCE = 12  # mentions kept with a match; a long text names its forum at every turn


def match(article: Article, watches: Watches) -> Article:
    """Set `watches`: every watch the text is about, with edition, reason and evidence, in the watches' order."""
    document = of_article(article)
    mentions = finder(watches).mentions(document.text)
    dated = years_beside(document.text, mentions)
    published = article.date_published.year if article.date_published is not None else None
    editions = _editions(document, dated, watches, published)
    matches = []
    for watch in watches:
        own = [mention for mention in mentions if mention.watch == watch.id]
        if own:
            matches.append(_match(document, watch, own, editions.get(watch.id)))
    return replace(article, watches=tuple(matches))


def match_listing(listing: Listing, watches: Watches) -> bool:
    """Whether what a listing said of a URL already shows it to be in scope.

    A headline is too short for context: an abbreviation counts unless something there excludes it. The article's own
    text decides afterwards.
    """
    return bool(finder(watches).mentions(of_listing(listing).text, lenient=True))


def _editions(document: Joined, dated: Sequence[Dated], watches: Watches, published: int | None) -> dict[str, Edition]:
    editions: dict[str, Edition] = {}
    undecided: list[str] = []
    for watch in watches:
        own = [one for one in dated if one.mention.watch == watch.id]
        if not own or watch.first_edition is None:
            continue
        edition = about(document, own, watch.first_edition, published)
        edition = edition or _by_date(document, own, watch.first_edition, published)
        if edition is None:
            undecided.append(watch.id)
        else:
            editions[watch.id] = edition
    settled = dict(editions)
    for identifier in undecided:
        shared = sibling(settled, sorted(settled))
        if shared is not None:
            editions[identifier] = shared
    return editions


def _by_date(document: Joined, own: Sequence[Dated], first_edition: int, published: int | None) -> Edition | None:
    places = [(one.mention.start, one.mention.end) for one in own]
    near = nearest_date(document.text, places, first_edition, published)
    if near is not None:
        year, start, end = near
        return Edition(year, f'the text gives the date "{document.text[start:end]}"', start, end)
    if published is not None and published >= first_edition:
        return Edition(published, "the year it was published")
    return None


def _match(document: Joined, watch: Watch, own: Sequence[Mention], edition: Edition | None) -> WatchMatch:
    best = min(own, key=lambda mention: (mention.rule != "name", mention.start))
    reason = f'{_where(document, best.start)} {"names" if best.rule == "name" else "has"} "{_words(document, best)}"'
    if best.context:
        near = " and ".join(f'"{document.text[start:end]}"' for start, end in best.context)
        reason += f" near {near}"
    if edition is not None:
        reason += f"; edition {edition.year}: {edition.why}"
    return WatchMatch(
        id=watch.id,
        edition=edition.year if edition is not None else None,
        reason=f"{reason[:1].upper()}{reason[1:]}.",
        evidence=_evidence(document, own, edition),
    )


def _evidence(document: Joined, own: Sequence[Mention], edition: Edition | None) -> tuple[Evidence, ...]:
    places = [(mention.start, mention.end, mention.rule) for mention in own[:_MOST_EVIDENCE]]
    places += [(*span, "context") for mention in own[:_MOST_EVIDENCE] for span in mention.context]
    if edition is not None and edition.start is not None and edition.end is not None:
        places.append((edition.start, edition.end, "edition"))
    return tuple(_piece(document, *place) for place in sorted(set(places)))


def _piece(document: Joined, start: int, end: int, rule: str) -> Evidence:
    field, offset = document.place(start)
    return Evidence(field, offset, offset + end - start, document.text[start:end], rule)


def _words(document: Joined, mention: Mention) -> str:
    return " ".join(document.text[mention.start : mention.end].split())


def _where(document: Joined, offset: int) -> str:
    field, _ = document.place(offset)
    if field.startswith("article_body["):
        return f"paragraph {int(field[13:-1]) + 1}"
    return {"headline": "the headline", "description": "the description", "keywords": "the keywords"}[field]
