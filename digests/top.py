"""Which stories come first, and why: pure.

A story comes first for reasons only, never to fill a place. Each reason adds to its weight:

    pinned      above all else; an editor's word
    reach       1 for each outlet, up to 10: three outlets, or two that each report in their own words
    growth      1.5 for each outlet more than an earlier edition told, up to 6: two at least, and by half at least
    own city    3: a report's main place, or named in its headline. Where most stories of a morning are about the
                reader's city this tells none of them apart: then it only adds to other reasons
    new fact    2: a first follow-up, a told text with another headline or a dozen words more, or a further report
                with a figure that no report told before had

Of equal ones comes first what comes first in the edition's order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from digests.blocks import outlet_key
from digests.known import EditionFacts
from digests.model import Placement, StoryBlock
from digests.plain import one_line
from digests.recap import Reason, TopReason, TopStory
from pipeline.figures import Counted, figures
from pipeline.model import Article, Role, StoredArticle
from pipeline.terms import family_of

_REACH, _OWN_REPORTS = 3, 2  # outlets that count as reach; where each reports in its own words
_MOST_REACH = 10  # outlets
_GREW = 2  # outlets more
_WORDS = 12  # added to a text that was told before: about a sentence
_WEIGHTS = {Reason.REACH: 1.0, Reason.GROWTH: 1.5, Reason.OWN: 3.0, Reason.NEW: 2.0, Reason.PINNED: 1000.0}
_MOST_GROWTH = 6.0  # weight
_TELLING = 0.5  # the share of the stories above which their place tells nothing


@dataclass(frozen=True, slots=True)
class Candidate:
    """A story with the articles that tell it now and those of its further members."""

    block: StoryBlock
    articles: tuple[StoredArticle, ...]
    further: tuple[StoredArticle, ...] = ()  # known members, told before or withheld


def top(facts: EditionFacts, candidates: Sequence[Candidate]) -> tuple[TopStory, ...]:
    """At most `facts.top` of the stories, which come in the edition's order."""
    own = {name.casefold(): name for name in facts.own_cities}
    found = [(candidate.block, _reasons(facts, own, candidate)) for candidate in candidates]
    about = sum(any(reason.rule is Reason.OWN for reason in reasons) for _, reasons in found)
    told_apart = about <= _TELLING * len(found)
    weighty = [pair for pair in found if any(told_apart or reason.rule is not Reason.OWN for reason in pair[1])]
    weighty.sort(key=lambda pair: -sum(map(weight, pair[1])))  # stable: equal ones stay in their order
    return tuple(TopStory(block.story_id, reasons) for block, reasons in weighty[: facts.top])


def weight(reason: TopReason) -> float:
    """How much a reason counts."""
    each = _WEIGHTS[reason.rule]
    if reason.rule is Reason.REACH:
        return each * min(reason.number or 0, _MOST_REACH)
    if reason.rule is Reason.GROWTH:
        return min(each * (reason.number or 0), _MOST_GROWTH)
    return each


def has_reach(placements: Iterable[Placement]) -> bool:
    """Do enough outlets tell it?"""
    told = list(placements)
    reporting = {place.outlet for place in told if place.role is not Role.COPY}
    return len({place.outlet for place in told}) >= _REACH or len(reporting) >= _OWN_REPORTS


def _reasons(facts: EditionFacts, own: Mapping[str, str], candidate: Candidate) -> tuple[TopReason, ...]:
    """The weightiest first."""
    block = candidate.block
    found = [TopReason(Reason.PINNED)] if block.pinned else []
    if has_reach(block.placements):
        found.append(TopReason(Reason.REACH, number=block.reach))
    grown = _growth(facts, candidate)
    if grown:
        found.append(TopReason(Reason.GROWTH, number=grown))
    city = _own_city(own, candidate)
    if city is not None:
        found.append(TopReason(Reason.OWN, detail=city))
    if _brings_something(facts, candidate):
        found.append(TopReason(Reason.NEW))
    return tuple(sorted(found, key=lambda reason: -weight(reason)))


def _growth(facts: EditionFacts, candidate: Candidate) -> int:
    """How many outlets tell it that told it in no earlier edition; 0 where these are few beside those."""
    if not candidate.block.earlier:
        return 0
    members = (*candidate.articles, *candidate.further)
    told = {outlet_key(one.article) for one in members if one.id in facts.earlier}
    past = [edition.reach.get(candidate.block.story_id, 0) for edition in facts.past]
    before = max(len(told), *past, 0)
    new = len({place.outlet for place in candidate.block.placements} - told)
    return new if new >= _GREW and 2 * new >= before else 0


def _own_city(own: Mapping[str, str], candidate: Candidate) -> str | None:
    """The reader's city that a report is chiefly about; reprints say nothing more."""
    reports = {place.article_id for place in candidate.block.placements if place.role is not Role.COPY}
    counted = [stored.article for stored in candidate.articles if stored.id in reports or not reports]
    named = (own.get(name.casefold()) for article in counted for name in _chief(article)) if own else ()
    return next((city for city in named if city is not None), None)


def _chief(article: Article) -> list[str]:
    """The main place, and those in the headline."""
    return [
        location.name
        for rank, location in enumerate(article.content_locations)
        if rank == 0 or any(piece.field == "headline" for piece in location.evidence)
    ]


def _brings_something(facts: EditionFacts, candidate: Candidate) -> bool:
    """Does it add to what was told before?"""
    block = candidate.block
    reports = [place for place in block.placements if place.role is not Role.COPY]
    if not block.earlier:
        return block.follows is not None and bool(reports)
    if any(place.edit and (place.edit.headline or place.edit.added >= _WORDS) for place in reports):
        return True
    new = {place.article_id for place in reports if not place.changed}
    told = [one.article for one in (*candidate.further, *candidate.articles) if one.id in facts.earlier]
    return any(_adds(one.article, told) for one in candidate.articles if one.id in new)


def _adds(article: Article, told: Sequence[Article]) -> bool:
    """Does its headline or extract count something that none of the others counts so?"""
    known = [_counted(one) for one in told]
    return bool(known) and any(
        not any(numbers & other.get(noun, frozenset()) for other in known)
        for noun, numbers in _counted(article).items()
    )


def _counted(article: Article) -> Counted:
    text = ". ".join(line for line in (one_line(article.headline), one_line(article.summary)) if line)
    return figures(text, family_of(article.in_language)).counted
