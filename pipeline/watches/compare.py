"""What a change of the watches would catch and lose."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.annotations import WatchMatch
from pipeline.model import Article, StoredArticle
from pipeline.watches.match import match
from pipeline.watches.model import Watches


@dataclass(frozen=True, slots=True)
class Change:
    """One article and one watch whose match appears, goes, or is of another edition; with the match that shows why."""

    article: int
    watch: str
    edition: int | None
    outlet: str | None
    headline: str | None
    url: str
    reason: str
    match: WatchMatch = field(repr=False)


@dataclass(frozen=True, slots=True)
class WatchDiff:
    """What another set of watches makes of the articles that were looked at."""

    looked_at: int = 0
    caught: tuple[Change, ...] = ()  # only the new watches match
    lost: tuple[Change, ...] = ()  # only the old ones did
    moved: tuple[Change, ...] = ()  # both do, as another edition now
    possible: tuple[Change, ...] = ()  # newly for a person to judge


def compare(old: Watches, new: Watches, articles: Iterable[StoredArticle]) -> WatchDiff:
    """Match every article with both and tell the difference, in the order of the articles."""
    looked_at = 0
    caught: list[Change] = []
    lost: list[Change] = []
    moved: list[Change] = []
    possible: list[Change] = []
    for stored in articles:
        looked_at += 1
        was, now = match(stored.article, old), match(stored.article, new)
        before, after = _by_id(was.watches), _by_id(now.watches)
        caught += [_change(stored, after[name]) for name in sorted(after.keys() - before.keys())]
        lost += [_change(stored, before[name]) for name in sorted(before.keys() - after.keys())]
        both = sorted(after.keys() & before.keys())
        moved += [_change(stored, after[name]) for name in both if after[name].edition != before[name].edition]
        doubtful = _by_id(now.possible)
        possible += [_change(stored, doubtful[name]) for name in sorted(doubtful.keys() - _named(was))]
    return WatchDiff(looked_at, tuple(caught), tuple(lost), tuple(moved), tuple(possible))


def _by_id(matches: Iterable[WatchMatch]) -> dict[str, WatchMatch]:
    return {match.id: match for match in matches}


def _named(article: Article) -> set[str]:
    return {match.id for match in (*article.watches, *article.possible)}


def _change(stored: StoredArticle, found: WatchMatch) -> Change:
    article = stored.article
    return Change(
        stored.id, found.id, found.edition, article.outlet, article.headline, article.canonical_url, found.reason, found
    )
