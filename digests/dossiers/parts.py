"""The parts of a dossier's view: disputes, timeline, firsts, outlets, voices, gaps. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from digests.dossiers.model import (
    CountryView,
    DayView,
    DisputeView,
    EntryView,
    FirstsView,
    FirstView,
    GapView,
    OutletView,
    SaidView,
    SideView,
    StatementView,
    VoicesView,
    VoiceView,
    Words,
)
from digests.dossiers.words import country, form, language_name, number, span
from digests.phrases import Phrases
from digests.plain import one_line, shorten, web_link
from pipeline.covered import Gap
from pipeline.dossiers.model import Dispute, Dossier, Entry, First, OutletCount, Place, Print, Side, Subject, Voice
from pipeline.dossiers.voices import FIRST
from pipeline.wordings import Statement, outlets_of

_SENTENCE = 280  # code points shown of a sentence or a quotation
_SAID = 8  # prints shown of one side
_ROWS = 40  # firsts by outlet, gaps
_STATEMENTS = 12  # of one speaker
_VOICES = 40
_ALSO = 3  # further wordings of one statement


def words_of(text: str | None, language: str | None, url: str | None = None, limit: int = _SENTENCE) -> Words:
    """Scraped text on one line, shortened; a dash where nothing is left."""
    return Words(shorten(one_line(text), limit) or "–", language, web_link(url))


def disputes(dossier: Dossier, titles: Mapping[str, str], words: Phrases) -> tuple[DisputeView, ...]:
    """`titles`: of outlets and of watches."""
    return tuple(
        DisputeView(_dispute_heading(one, titles, words), tuple(_side(one, side, titles, words) for side in one.sides))
        for one in dossier.disputes
    )


def _dispute_heading(one: Dispute, titles: Mapping[str, str], words: Phrases) -> str:
    values = {"about": one.about, "forum": titles.get(one.watch, one.watch), "other": titles.get(one.about, one.about)}
    if one.subject is Subject.COUNT:
        predicate, _, unit = one.about.partition(" ")
        values["about"] = form(words, "predicates", predicate, unit=form(words, "units", unit))
    return form(words, "claims", one.subject.value, **values)


def _side(dispute: Dispute, side: Side, titles: Mapping[str, str], words: Phrases) -> SideView:
    sources = [words.count("sources", side.sources)] if side.prints else []
    if side.recorded:
        sources.append(words.text("recorded"))
    told = sorted(side.prints, key=lambda one: (one.source != one.article_id, one.published is None, one.article_id))
    return SideView(
        value=_value(dispute, side.value, words),
        sources=", ".join(sources),
        said=tuple(_said(one, titles, words) for one in told[:_SAID]),
        more=words.some("more", len(told) - _SAID),
    )


def _value(dispute: Dispute, value: str, words: Phrases) -> str:
    if dispute.subject is Subject.DAYS:
        first, _, last = value.partition("/")
        return span(words, date.fromisoformat(first), date.fromisoformat(last))
    if dispute.subject is Subject.TOGETHER:
        return words.text("first_time") if value == "first" else words.text("held_before", n=value)
    return value if dispute.subject is Subject.FOUNDED else number(words, value)


def _said(one: Print, titles: Mapping[str, str], words: Phrases) -> SaidView:
    notes = [words.day(one.published.astimezone(words.zone).date(), "said_date")] if one.published else []
    if one.source != one.article_id:
        notes.append(words.text("copy"))
    outlet = titles.get(one.outlet or "", one.outlet or "–")
    return SaidView(outlet, ", ".join(notes), words_of(_around(one), one.language, one.url))


def _around(one: Print) -> str:
    """The sentence; of a long one the part with the words of the claim in it."""
    sentence, said = one.claim.sentence, one.claim.evidence.text
    place = sentence.find(said)
    if len(sentence) <= _SENTENCE or place < _SENTENCE // 2:
        return sentence
    begin = sentence.rfind(" ", 0, max(0, place - _SENTENCE // 3)) + 1
    return f"…{sentence[begin:]}"


def timeline(dossier: Dossier, words: Phrases) -> tuple[DayView, ...]:
    """Stories by the day of their first report."""
    found = []
    for (day, phase), group in groupby(dossier.entries, key=lambda entry: (entry.day, entry.phase)):
        shown = words.day(day) if day else words.text("undated_day")
        found.append(DayView(shown, words.text(phase.value), tuple(_entry(entry, words) for entry in group)))
    return tuple(found)


def _entry(entry: Entry, words: Phrases) -> EntryView:
    note = [_source(entry.first, words)]
    if len(entry.places) > 1:
        note.append(words.count("articles", len(entry.places)))
    if entry.copies:
        note.append(words.count("copied", entry.copies))
    first = entry.first
    return EntryView(words_of(first.headline, first.language, first.url), " · ".join(note))


def _source(place: Place, words: Phrases) -> str:
    title = one_line(place.title) or "–"
    return f"{title}, {words.moment(place.published)}" if place.published else title


def firsts(dossier: Dossier, words: Phrases) -> tuple[FirstsView, ...]:
    return tuple(
        FirstsView(
            heading=words.text("overall" if of == "overall" else f"by_{of}"),
            rows=tuple(_first(one, words) for one in rows[:_ROWS]),
            more=words.some("more", len(rows) - _ROWS),
        )
        for of in ("overall", "country", "language", "outlet")
        if (rows := [one for one in dossier.firsts if one.of == of])
    )


def _first(one: First, words: Phrases) -> FirstView:
    place = one.place
    label = {"country": country(words, one.key), "language": language_name(words, one.key)}.get(one.of)
    moment = words.moment(place.published, "moment") if place.published else ""
    note = moment if one.of == "outlet" else f"{one_line(place.title) or '–'}, {moment}"
    headline = words_of(place.headline, place.language, place.url)
    return FirstView(label or (one_line(place.title) or "–" if one.of == "outlet" else ""), note, headline)


def outlets(dossier: Dossier, words: Phrases) -> tuple[CountryView, ...]:
    return tuple(
        CountryView(country(words, code), tuple(_outlet(one, words) for one in rows))
        for code, rows in groupby(dossier.outlets, key=lambda one: one.country)
    )


def _outlet(one: OutletCount, words: Phrases) -> OutletView:
    return OutletView(
        title=one_line(one.title) or "–",
        language=language_name(words, one.language),
        owned=words.text("owned") if one.owned else None,
        originals=words.number(one.originals),
        copies=words.number(one.copies),
    )


def voices(dossier: Dossier, titles: Mapping[str, str], words: Phrases) -> tuple[VoicesView, ...]:
    mayors = [one for one in dossier.voices if one.office in FIRST]
    others = [one for one in dossier.voices if one.office not in FIRST]
    return tuple(
        VoicesView(
            words.text(heading),
            tuple(_voice(one, titles, words) for one in group[:_VOICES]),
            words.some("more", len(group) - _VOICES),
        )
        for heading, group in (("mayors", mayors), ("others", others))
        if group
    )


def _voice(one: Voice, titles: Mapping[str, str], words: Phrases) -> VoiceView:
    language = next((statement.language for statement in one.statements if statement.language), None)
    return VoiceView(
        name=shorten(one_line(one.speaker), 120) or words.text("unnamed"),
        role=words_of(one.role, language, limit=160) if one.role and one.role != one.speaker else None,
        statements=tuple(_statement(statement, titles) for statement in one.statements[:_STATEMENTS]),
        more=words.some("more", len(one.statements) - _STATEMENTS),
    )


def _statement(one: Statement, titles: Mapping[str, str]) -> StatementView:
    places = [
        f"{titles.get(name, name)} ×{times}" if times > 1 else titles.get(name, name)
        for name, times in outlets_of(one).items()
    ]
    first = one.prints[0]
    return StatementView(
        words=_quoted(one.text, one, first.url),
        also=tuple(_quoted(wording.text, one, wording.prints[0].url) for wording in one.wordings[1 : 1 + _ALSO]),
        outlets=", ".join(places) or "–",
    )


def _quoted(text: str, one: Statement, url: str) -> Words:
    direct = any(said.quote.kind == "direct" for said in one.prints)
    shown = words_of(text, one.language, url)
    return Words(f"“{shown.text}”", shown.language, shown.url) if direct else shown


def gap_rows(gaps: Sequence[Gap], titles: Mapping[str, str], words: Phrases) -> tuple[GapView, ...]:
    """The first gaps by outlet, the longest first."""
    ordered = sorted(gaps, key=lambda gap: (-gap.days, gap.outlet, gap.first))
    return tuple(_gap(gap, titles, words) for gap in ordered[:_ROWS])


def more_gaps(gaps: Sequence[Gap], words: Phrases) -> str | None:
    return words.some("more", len(gaps) - _ROWS)


def _gap(gap: Gap, titles: Mapping[str, str], words: Phrases) -> GapView:
    return GapView(titles.get(gap.outlet, gap.outlet), span(words, gap.first, gap.last), words.why(gap.why))


def phases(places: Iterable[Place], words: Phrases) -> Iterator[tuple[str, str]]:
    """How many articles stand before, during and after; what is undated only where there is any."""
    known = list(places)
    for phase in ("before", "during", "after", "undated"):
        many = sum(place.phase.value == phase for place in known)
        if many or phase != "undated":
            yield words.text(phase), words.count("articles", many)
