"""A dossier in a reader's language, ready to be set as text or as a page. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from digests.dossiers import parts
from digests.dossiers.model import DossierView, Labels, Words
from digests.dossiers.words import dossier_words, span
from digests.phrases import Phrases
from digests.plain import one_line
from pipeline.dossiers.model import Dossier
from pipeline.store.dossiers import DossierAction, OpenedDossier


def view(
    dossier: Dossier,
    opened: OpenedDossier | None,
    titles: Mapping[str, str],
    *,
    language: str,
    timezone: str,
    late: int,
    made: datetime,
) -> DossierView:
    """`titles`: of outlets and watches, by id. `late`: articles that came after a person closed it."""
    words = dossier_words(language, timezone)
    days, why, printed = _days(dossier, opened, titles, words)
    return DossierView(
        language=language,
        id=dossier.id,
        title=_title(dossier),
        state=tuple(_state(opened, late, words)),
        days=days,
        days_why=why,
        days_words=printed,
        figures=_figures(dossier, words),
        phases=tuple(parts.phases(dossier.places, words)),
        disputes=parts.disputes(dossier, titles, words),
        timeline=parts.timeline(dossier, words),
        firsts=parts.firsts(dossier, words),
        outlets=parts.outlets(dossier, words),
        voices=parts.voices(dossier, titles, words),
        gaps_note=_gaps_note(dossier, words),
        gaps=parts.gap_rows(dossier.gaps, titles, words),
        more_gaps=parts.more_gaps(dossier.gaps, words),
        notes=_notes(opened, words),
        together=tuple((name, words.count("articles", number)) for name, number in dossier.together),
        footer=words.text("made", moment=words.moment(made, "moment")),
        labels=_labels(words),
    )


def _title(dossier: Dossier) -> str:
    return dossier.title if dossier.edition is None else f"{dossier.title}, {dossier.edition}"


def _days(
    dossier: Dossier, opened: OpenedDossier | None, titles: Mapping[str, str], words: Phrases
) -> tuple[str, str | None, Words | None]:
    """When it was, what says so, and with what words."""
    days = dossier.days
    if days is None:
        return words.text("days_unknown"), None, None
    shown = words.text("days", days=span(words, days.first, days.last))
    if days.basis == "person":
        by = next((one.actor for one in reversed(opened.decisions) if one.stands and one.days), "–") if opened else "–"
        return shown, words.text("days_person", actor=one_line(by) or "–"), None
    if days.words is None:
        return shown, words.text("days_published"), None
    outlet = titles.get(days.outlet or "", days.outlet or "–")
    why = words.text("days_texts", sources=words.count("sources", days.sources), outlet=outlet)
    return shown, why, parts.words_of(days.words, days.language, days.url)


def _state(opened: OpenedDossier | None, late: int, words: Phrases) -> list[str]:
    if opened is None:
        return []
    told = [words.text("opened", day=words.day(opened.opened_at.astimezone(words.zone).date(), "subject_date"))]
    closed = opened.closed
    if closed is not None:
        day = words.day(closed.at.astimezone(words.zone).date(), "subject_date")
        why = one_line(closed.words)
        told.append(words.text("closed", day=day, actor=one_line(closed.actor) or "–") + (f": {why}" if why else ""))
        if late:
            told.append(words.text("late", articles=words.count("articles", late)))
    return told


def _figures(dossier: Dossier, words: Phrases) -> tuple[str, ...]:
    places = dossier.places
    copies = sum(place.copy for place in places)
    owned = sum(place.owned for place in places)
    return (
        words.text(
            "figures",
            articles=words.count("articles", len(places)),
            stories=words.count("stories", len(dossier.entries)),
            outlets=words.count("outlets", len({place.outlet for place in places})),
            own=words.count("own_reports", len(places) - copies),
            copies=words.count("copied", copies),
        ),
        words.text("owned_figures", earned=words.number(len(places) - owned), owned=words.number(owned)),
    )


def _gaps_note(dossier: Dossier, words: Phrases) -> str:
    if dossier.since is None or dossier.until is None:
        return words.text("gaps_unknown")
    since, until = words.day(dossier.since, "subject_date"), words.day(dossier.until, "subject_date")
    if not dossier.gaps:
        return words.text("gaps_none", since=since, until=until)
    days = words.count("outlet_days", sum(gap.days for gap in dossier.gaps))
    return f"{words.text('gaps_span', days=days, since=since, until=until)} {words.text('gaps_note')}"


def _notes(opened: OpenedDossier | None, words: Phrases) -> tuple[tuple[str, str], ...]:
    noted: Sequence[tuple[str, str]] = [
        (
            one_line(one.words) or "–",
            words.text(
                "notes_by",
                actor=one_line(one.actor) or "–",
                day=words.day(one.at.astimezone(words.zone).date(), "subject_date"),
            ),
        )
        for one in (opened.decisions if opened else ())
        if one.stands and one.action is DossierAction.NOTE
    ]
    return tuple(noted)


def _labels(words: Phrases) -> Labels:
    names = (
        "name", "disputes", "disputes_note", "timeline", "firsts", "outlets", "originals", "copies", "voices", "gaps",
        "notes", "together", "none", "also",
    )  # fmt: skip
    return Labels(**{name: words.text(name if name not in _HEADINGS else f"{name}_heading") for name in names})


_HEADINGS = ("outlets", "copies")  # in the mail these are counts
