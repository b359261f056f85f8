"""What a change of the watches would catch and lose."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.model import StoredArticle
from pipeline.watches.match import match
from pipeline.watches.model import Watches


@dataclass(frozen=True, slots=True)
class WatchDiff:
    """Articles that only the new watches match, and that only the old ones do. Pairs (article id, watch id)."""

    caught: tuple[tuple[int, str], ...]
    lost: tuple[tuple[int, str], ...]


def compare(old: Watches, new: Watches, articles: Iterable[StoredArticle]) -> WatchDiff:
    """Match every article with both and tell the difference."""
    caught: list[tuple[int, str]] = []
    lost: list[tuple[int, str]] = []
    for stored in articles:
        before = {found.id for found in match(stored.article, old).watches}
        after = {found.id for found in match(stored.article, new).watches}
        caught += [(stored.id, watch) for watch in sorted(after - before)]
        lost += [(stored.id, watch) for watch in sorted(before - after)]
    return WatchDiff(tuple(caught), tuple(lost))
