"""What an edition is composed from, read from the store at one moment; the core computes on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from digests.model import Completeness, Edit, FailureCount, FollowUp, Totals
from digests.recap import Correction, OutletTones
from pipeline.model import Run, StoredArticle, Story


class Editing(StrEnum):
    """What an editor may do to a draft."""

    DROP = "drop"
    PIN = "pin"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class EditorialDecision:
    """One that stands (was not undone) when the edition is frozen."""

    action: Editing
    story_id: str  # of a story as it stands: what was decided on one that was merged is on the one it is part of
    text: str | None  # the note, or why it was dropped
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PastEdition:
    """What later editions need of an earlier one of the list; the store keeps it beside the frozen content."""

    period: date
    totals: Totals
    by_watch: Mapping[str, int]  # watch id → stories
    tones: tuple[OutletTones, ...]
    reach: Mapping[str, int]  # story id → outlets
    unread: tuple[str, ...]  # outlets that were not wholly checked
    corrected: tuple[tuple[int, str], ...]  # (version id that had been told, rule) of the corrections it told


@dataclass(frozen=True, slots=True)
class WatchedOutlet:
    name: str
    title: str
    owned: bool


@dataclass(frozen=True, slots=True)
class RunFacts:
    """A run with the classes of the URLs that failed in it."""

    run: Run
    failures: tuple[FailureCount, ...] = ()


@dataclass(frozen=True, slots=True)
class EditionFacts:
    """All that an edition is composed from, read from the store at one moment."""

    kind: str
    list: str
    period: date
    title: str
    timezone: str
    since: datetime
    now: datetime
    window_hours: int | None
    max_stories: int
    articles: tuple[StoredArticle, ...]  # to be told: in scope, in no earlier edition of the list
    known: tuple[StoredArticle, ...]  # further members of their stories, for "who reported first"
    stories: tuple[Story, ...]
    followed: Mapping[str, FollowUp]  # story id → itself as the story that another continues
    earlier: Mapping[int, tuple[date, ...]]  # article id → periods of this list's editions that had it
    runs: tuple[RunFacts, ...]
    watched: tuple[WatchedOutlet, ...]  # enabled outlets
    titles: Mapping[str, str]  # outlet name → printed title, disabled outlets too
    watch_titles: Mapping[str, str]
    edits: Mapping[int, Edit] = field(default_factory=dict)  # article id → what changed since it was told
    completeness: Mapping[str, Completeness] = field(default_factory=dict)  # by outlet name
    past: tuple[PastEdition, ...] = ()  # the list's editions of the last 28 days, newest first
    corrections: tuple[Correction, ...] = ()  # known, and told by no earlier edition
    decisions: tuple[EditorialDecision, ...] = ()
    own_cities: tuple[str, ...] = ()  # names as the gazetteer has them
    top: int = 3  # how many stories come first
    order: str = "reach"  # reach | newest
    taken: frozenset[int] = frozenset()  # ids of articles of which a version stands in an earlier edition, in any place
    full_text: frozenset[str] = frozenset()  # outlets whose rights let the whole text leave the archive
