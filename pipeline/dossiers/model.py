"""A dossier and its parts, as frozen dataclasses. Days are those of the home's time zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pipeline.annotations import Evidence
from pipeline.covered import Gap
from pipeline.wordings import Statement


class Phase(StrEnum):
    """Where an article stands to the days of the event."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"
    UNDATED = "undated"  # its publication is not known, or the days of the event are not


class Subject(StrEnum):
    """What a claim is of."""

    COUNT = "count"  # how many came, were invited, signed
    FOUNDED = "founded"  # in which year the forum began
    ORDINAL = "ordinal"  # which meeting of the series it is
    TOGETHER = "together"  # whether it was held together with another forum before
    DAYS = "days"
    HOST = "host"  # the city
    VENUE = "venue"  # the house


@dataclass(frozen=True, slots=True)
class Claim:
    """What a text says, with its words. Claims are compared only where subject, `about`, watch and edition agree."""

    subject: Subject
    about: str  # "attended delegates"; "" where the subject says all
    watch: str
    edition: int | None  # None for what is of no single year's event
    value: str  # to compare and to show: "234", "2013", "2023-08-01/2023-08-02", "Jakarta"
    low: int | None  # bounds of a number: "about 200" is 180 to 220; None where the value is no number
    high: int | None
    own: bool  # of the event itself; else of a part of it, compared within one story only
    sentence: str  # the whole
    evidence: Evidence  # the words that say it


@dataclass(frozen=True, slots=True)
class Print:
    """A claim where it stands."""

    claim: Claim
    article_id: int
    source: int  # number of the article whose text it is: copies of one text are one source
    story: str | None
    outlet: str | None
    url: str
    language: str | None
    published: datetime | None


@dataclass(frozen=True, slots=True)
class Side:
    """One value of a disputed fact, and who says so. `prints` are empty where only the watch's record says it."""

    value: str
    prints: tuple[Print, ...]
    recorded: bool = False  # the watch's own record says so

    @property
    def sources(self) -> int:
        """Texts, copies apart."""
        return len({one.source for one in self.prints})


@dataclass(frozen=True, slots=True)
class Dispute:
    """A fact that texts tell differently; shown, never settled. The side with most sources first."""

    subject: Subject
    about: str
    watch: str
    edition: int | None
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """An article's place in the archive, as a dossier shows it."""

    article_id: int
    outlet: str | None
    title: str  # of the outlet, as a person reads it
    country: str | None  # ISO 3166-1 alpha-2 of the outlet
    language: str | None
    headline: str | None
    url: str
    published: datetime | None
    story: str | None
    copy: bool  # it reprints another's text
    owned: bool
    phase: Phase


@dataclass(frozen=True, slots=True)
class EventDays:
    """When the event was, and what says so."""

    first: date
    last: date
    basis: str  # person | texts | published
    sources: int  # texts that say so, copies apart; 0 where a person said it
    words: str | None = None  # of the text that says it first
    outlet: str | None = None  # of that text
    language: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A story within a dossier."""

    story: str | None
    first: Place
    places: tuple[Place, ...]  # all, the first too
    day: date | None
    phase: Phase

    @property
    def copies(self) -> int:
        return sum(place.copy for place in self.places)


@dataclass(frozen=True, slots=True)
class First:
    """Who had it first: `of` is overall | country | language | outlet."""

    of: str
    key: str  # "ID", "ms", an outlet's name; "" overall
    place: Place


@dataclass(frozen=True, slots=True)
class OutletCount:
    """What one outlet printed in one language."""

    outlet: str | None
    title: str
    country: str | None
    language: str | None
    owned: bool
    originals: int
    copies: int


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who is quoted, with all that was said."""

    speaker: str | None
    role: str | None
    office: str | None  # mayor | governor | … ; None where the role is none that is known
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that is kept on one event."""

    id: str
    watch: str
    title: str
    edition: int | None
    days: EventDays | None
    entries: tuple[Entry, ...]
    firsts: tuple[First, ...]
    outlets: tuple[OutletCount, ...]
    voices: tuple[Voice, ...]
    gaps: tuple[Gap, ...]
    disputes: tuple[Dispute, ...]
    together: tuple[tuple[str, int], ...]  # other dossiers and the articles that stand in both
    since: date | None  # the span that was asked for coverage
    until: date | None

    @property
    def places(self) -> tuple[Place, ...]:
        """Every article once."""
        return tuple(place for entry in self.entries for place in entry.places)
