"""What an edition says beyond its stories: what comes first and why, headings, corrections, trends, tones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from digests.marks import TagMark


class Reason(StrEnum):
    """Why a story stands on top."""

    PINNED = "pinned"  # an editor put it there
    REACH = "reach"  # `number` outlets tell it
    NEW = "new_fact"  # it adds something to a story told before
    OWN = "own_city"  # it is about the reader's own city (`detail`: which)
    GROWTH = "growth"  # `number` more outlets than when an earlier edition told it


@dataclass(frozen=True, slots=True)
class TopReason:
    rule: Reason
    number: int | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class TopStory:
    """One of the few that come first; its block stands among `Content.stories`."""

    story_id: str
    reasons: tuple[TopReason, ...]  # the weightiest first


@dataclass(frozen=True, slots=True)
class Section:
    """Stories under one heading, in their order: those of a watch, chiefly about one topic. Top stories are in none."""

    watch: str  # its id; "" where a few stories of several watches, or of none, stand without a heading
    title: str  # its printed name; "" likewise
    topic: TagMark | None
    stories: tuple[str, ...]  # story ids


class CorrectionRule(StrEnum):
    """What became of something that an earlier edition told."""

    REJECTED = "rejected"  # it was found to be none of ours
    CHANGED = "changed"  # the outlet prints another headline or other figures by now
    WITHDRAWN = "withdrawn"  # the outlet has taken it down
    WITHHELD = "withheld"  # not to be shown any more: neither headline nor address


@dataclass(frozen=True, slots=True)
class Correction:
    """Told once, in the first edition after it was known."""

    rule: CorrectionRule
    period: date  # of the edition that told it
    story_id: str | None
    article_id: int
    headline: str | None
    outlet_title: str | None
    url: str | None
    language: str | None
    detail: str | None = None  # a person's reason
    version_id: int | None = None  # that it told
    watches: tuple[str, ...] = ()  # of the article as it was told
    cities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DayCount:
    day: date
    count: int | None  # None: the list had no edition that day


@dataclass(frozen=True, slots=True)
class Trend:
    """A figure of this edition beside those of the list's earlier ones. Counted from the editions' own rows."""

    subject: str  # stories | articles | outlets | watch:ID
    title: str | None  # a watch's printed name
    days: tuple[DayCount, ...]  # 28 at most, oldest first; the last is this edition's
    mean_7: float | None  # of the seven days before this one that had an edition; None: fewer than three had
    mean_28: float | None  # likewise, fewer than seven


@dataclass(frozen=True, slots=True)
class Tones:
    """Placements by tone."""

    positive: int = 0
    neutral: int = 0
    negative: int = 0
    untold: int = 0


@dataclass(frozen=True, slots=True)
class OutletTones:
    """One outlet's row of the recap table."""

    outlet: str
    title: str
    owned: bool
    now: Tones
    last_week: Tones | None  # of the edition a week before; None: there was none


@dataclass(frozen=True, slots=True)
class Dropped:
    """A story that an editor took out of the draft: counted, not told."""

    story_id: str
    version_ids: tuple[int, ...]
    actor: str
    reason: str | None
    watches: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
