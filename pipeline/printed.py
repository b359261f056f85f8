"""The dates that a page prints where its date belongs, each with its role, and those that are not to be believed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from pipeline.dates import Instant, Order, parse
from pipeline.datewords import Role
from pipeline.document import Document
from pipeline.metadata import Stated
from pipeline.moments import read_moments
from pipeline.plausible import Refused, Setting, why_not
from pipeline.visible import LONGEST, Place, places

_MOST_PLACES = 400  # looked at on one page
_MORE = 30  # places looked at behind the one that prints the publication: an update may stand there
_MORE_DAYS = 100  # the same behind one that prints the day alone
_NOW = timedelta(minutes=2)  # between a clock that a page shows and the fetching
_MOST_REFUSED = 6  # told; a hostile page may state thousands
_MOSTLY = 0.6  # of such an element's text is the date and its label
_LONGEST_TOLD = 80  # characters of one
_PROSE = 12  # words beside a date that nothing labels: more is prose
_SENTENCE = 3  # the same where a full stop ends them


@dataclass(frozen=True, slots=True)
class Found:
    """An instant and where it stood."""

    instant: Instant
    source: str
    detail: str | None = None


@dataclass
class Seen:
    """What the page prints, and every value that was refused on the way: filled as the page is read."""

    published: list[Found] = field(default_factory=list)
    modified: list[Found] = field(default_factory=list)
    doubtful: list[Found] = field(default_factory=list)  # an update by the name of its element alone
    attributes: list[Stated] = field(default_factory=list)  # `datetime` of what the outlet's selector finds
    times: list[Stated] = field(default_factory=list)  # `datetime` of other <time> elements
    changes: list[Stated] = field(default_factory=list)  # the same where an update is printed
    refused: list[Refused] = field(default_factory=list)

    def refuse(self, name: str, source: str, text: str, reason: str) -> None:
        refused = Refused(name, source, text[:_LONGEST_TOLD], reason)
        if refused not in self.refused and len(self.refused) < _MOST_REFUSED:
            self.refused.append(refused)


def look(document: Document, headline: str | None, setting: Setting) -> Seen:
    """Group by group until one prints when it was published, with a time; an update may stand a little behind."""
    seen, left = Seen(), _MOST_PLACES
    selected = document.markup is not None and document.markup.date is not None
    for group in places(document, headline):
        for place in group:
            _read_place(place, setting, seen, selected=selected)
            left -= 1
            if seen.published:
                left = min(left, _MORE if _has_time(seen.published) else _MORE_DAYS)
            if left <= 0:
                return seen
        if _has_time(seen.published) and not selected:
            return seen
    return seen


def _read_place(place: Place, setting: Setting, seen: Seen, *, selected: bool) -> None:
    """What one element prints, and what its `datetime` says."""
    chosen = selected and place.source.startswith("css:")
    attribute = place.element.get("datetime") if chosen or place.element.tag == "time" else None
    text = place.text
    if not attribute and not 6 <= len(text) <= (2 * LONGEST if chosen else LONGEST):
        return
    moments = read_moments(text, setting.zone, order=setting.order, now=setting.fetched)
    if place.bare and sum(moment.length for moment in moments) < _MOSTLY * len(text):
        return
    if not moments and not attribute:
        return
    role = next((moment.role for moment in moments if moment.role), None) or place.role_by_words()
    for moment in moments:
        own = moment.role or (role if len(moments) == 1 else None)
        stray = own is None and not chosen and _is_prose(text, moment.instant)
        if not stray and (chosen or not selected or own == "modified"):  # beside the outlet's date: an update only
            _note(moment.instant, own, place, setting, seen)
    if attribute:
        _note_attribute(Stated(f"{place.source}@datetime", attribute), role or place.role_by_name(), seen, chosen)


def _note_attribute(stated: Stated, role: Role | None, seen: Seen, chosen: bool) -> None:
    if role == "modified":
        seen.changes.append(stated)
    elif role != "other":
        (seen.attributes if chosen else seen.times).append(stated)


def _is_prose(text: str, instant: Instant) -> bool:
    """Many words beside the date, or a sentence with its full stop."""
    words = len(text.replace(instant.text, "").split())
    return words > _PROSE or (words > _SENTENCE and text.endswith((".", "!", "?")) and not instant.text.endswith("."))


def _note(instant: Instant, role: Role | None, place: Place, setting: Setting, seen: Seen) -> None:
    """Keep a printed instant under its role, if it is plausible."""
    if role == "other":
        return
    if not setting.listed and instant.either and why_not(instant, setting, printed=True):
        instant = turned(instant, setting) or instant
    field_name = "date_modified" if role == "modified" else "date_published"
    reason = why_not(instant, setting, printed=True) or _clock_of_the_page(instant, role, setting)
    found = Found(instant, place.source)
    if reason:
        seen.refuse(field_name, place.source, instant.text, reason)
    elif role == "modified":
        seen.modified.append(found)
    elif role is None and place.role_by_name() == "modified":
        seen.doubtful.append(found)
    else:
        seen.published.append(found)


def _clock_of_the_page(instant: Instant, role: Role | None, setting: Setting) -> str | None:
    """Many a site of the region prints the time of day at the top of its pages."""
    unsaid = role is None and not setting.listed and instant.has_time and not instant.relative
    if unsaid and abs(setting.fetched - instant.when) < _NOW:
        return "it is the moment of fetching: a clock that the page shows"
    return None


def turned(instant: Instant, setting: Setting) -> Instant | None:
    """Numbers read in the other order."""
    other: Order = "dmy" if setting.order == "mdy" else "mdy"
    return parse(instant.text, setting.zone, order=other)


def _has_time(found: Sequence[Found]) -> bool:
    return any(one.instant.has_time for one in found)


def best(found: Sequence[Found]) -> Found | None:
    """The first with a time, else the first."""
    return next((one for one in found if one.instant.has_time), found[0] if found else None)


def nearest(found: Sequence[Found]) -> Found | None:
    """The first; where it says the day alone, the first that says a time of that day."""
    same = (one for one in found if one.instant.has_time and one.instant.when.date() == found[0].instant.when.date())
    return next(same, found[0] if found else None)
