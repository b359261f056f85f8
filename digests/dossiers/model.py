"""A dossier as a person reads it: every word in one language, each scraped text on one line, marked with its own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """Text from an outlet; `language` is its BCP 47 subtag, None where it is not known."""

    text: str
    language: str | None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class SaidView:
    """Who prints it, when, and with what words."""

    outlet: str
    note: str  # "1 Aug, copy"; may be ""
    words: Words


@dataclass(frozen=True, slots=True)
class SideView:
    value: str
    sources: str  # "2 sources", "on record with the watch"
    said: tuple[SaidView, ...]
    more: str | None


@dataclass(frozen=True, slots=True)
class DisputeView:
    heading: str
    sides: tuple[SideView, ...]


@dataclass(frozen=True, slots=True)
class EntryView:
    headline: Words
    note: str  # first outlet, hour, number of reports and copies


@dataclass(frozen=True, slots=True)
class DayView:
    day: str
    phase: str
    entries: tuple[EntryView, ...]


@dataclass(frozen=True, slots=True)
class FirstView:
    label: str  # "Indonesia", "Malay", an outlet
    note: str  # outlet and instant
    headline: Words


@dataclass(frozen=True, slots=True)
class FirstsView:
    heading: str
    rows: tuple[FirstView, ...]
    more: str | None


@dataclass(frozen=True, slots=True)
class OutletView:
    title: str
    language: str
    owned: str | None
    originals: str
    copies: str


@dataclass(frozen=True, slots=True)
class CountryView:
    country: str
    rows: tuple[OutletView, ...]


@dataclass(frozen=True, slots=True)
class StatementView:
    words: Words  # with quotation marks where spoken words are printed so
    also: tuple[Words, ...]
    outlets: str


@dataclass(frozen=True, slots=True)
class VoiceView:
    name: str
    role: Words | None
    statements: tuple[StatementView, ...]
    more: str | None


@dataclass(frozen=True, slots=True)
class VoicesView:
    heading: str
    voices: tuple[VoiceView, ...]
    more: str | None


@dataclass(frozen=True, slots=True)
class GapView:
    outlet: str
    days: str
    why: str


@dataclass(frozen=True, slots=True)
class Labels:
    """Headings and fixed sentences."""

    name: str
    disputes: str
    disputes_note: str
    timeline: str
    firsts: str
    outlets: str
    originals: str
    copies: str
    voices: str
    gaps: str
    notes: str
    together: str
    none: str
    also: str


@dataclass(frozen=True, slots=True)
class DossierView:
    """All of it, in the order of the page."""

    language: str
    id: str
    title: str
    state: tuple[str, ...]  # opened, closed, late
    days: str
    days_why: str | None
    days_words: Words | None  # of the text that says so
    figures: tuple[str, ...]
    phases: tuple[tuple[str, str], ...]  # name, "12 articles"
    disputes: tuple[DisputeView, ...]
    timeline: tuple[DayView, ...]
    firsts: tuple[FirstsView, ...]
    outlets: tuple[CountryView, ...]
    voices: tuple[VoicesView, ...]
    gaps_note: str
    gaps: tuple[GapView, ...]
    more_gaps: str | None
    notes: tuple[tuple[str, str], ...]  # the note, who and when
    together: tuple[tuple[str, str], ...]
    footer: str
    labels: Labels
