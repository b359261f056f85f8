"""The dates that a page prints where its date belongs, each with its role, and those that are not to be believed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.dates import Instant, Order, parse
from pipeline.datewords import Role
from pipeline.document import Document
from pipeline.metadata import Stated
from pipeline.moments import read_moments
from pipeline.plausible import Refused, Setting, why_not
from pipeline.visible import LONGEST, Place, places

_MORE = 30  # places looked at behind the one that prints the publication: an update may stand there
_MOST_REFUSED = 6  # told; a hostile page may state thousands
_PROSE = 12  # words beside a date that nothing labels: more is a sentence


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
    refused: list[Refused] = field(default_factory=list)

    @property
    def best(self) -> Found | None:
        return best(self.published)

    def refuse(self, name: str, found: Found, reason: str) -> None:
        refused = Refused(name, found.source, found.instant.text, reason)
        if refused not in self.refused and len(self.refused) < _MOST_REFUSED:
            self.refused.append(refused)


def look(document: Document, headline: str | None, setting: Setting) -> Seen:
    """Group by group until one prints when it was published, with a time."""
    seen = Seen()
    selected = document.markup is not None and document.markup.date is not None
    for group in places(document, headline):
        left = _MORE
        for place in group:
            _read_place(place, setting, seen, selected=selected)
            if _has_time(seen.published):
                left -= 1
            if not left:
                break
        if _has_time(seen.published) and not selected:
            break
    return seen


def _read_place(place: Place, setting: Setting, seen: Seen, *, selected: bool) -> None:
    chosen = selected and place.source.startswith("css:")
    attribute = place.element.get("datetime") if chosen else None
    text = place.text
    if not attribute and not 6 <= len(text) <= (2 * LONGEST if chosen else LONGEST):
        return
    moments = read_moments(text, setting.zone, order=setting.order, now=setting.fetched)
    if place.bare and sum(moment.length for moment in moments) < 0.6 * len(text):
        return
    role = place.role_by_words() if (moments or attribute) and not any(moment.role for moment in moments) else None
    for moment in moments:
        own = moment.role or role
        if own is None and not chosen and _is_prose(text, moment.instant):
            continue
        if not chosen and selected and own != "modified":
            continue  # beside the outlet's own date only an update is looked for
        _note(moment.instant, own, place, setting, seen)
    if attribute and (role or next((m.role for m in moments), None) or place.role_by_name()) not in (
        "modified",
        "other",
    ):
        seen.attributes.append(Stated(f"{place.source}@datetime", attribute))


def _is_prose(text: str, instant: Instant) -> bool:
    return len(text.replace(instant.text, "").split()) > _PROSE


def _note(instant: Instant, role: Role | None, place: Place, setting: Setting, seen: Seen) -> None:
    """Keep a printed instant under its role, if it is plausible."""
    if role == "other":
        return
    if not setting.listed and instant.either and why_not(instant, setting, printed=True):
        instant = turned(instant, setting) or instant
    field_name = "date_modified" if role == "modified" else "date_published"
    reason = why_not(instant, setting, printed=True)
    found = Found(instant, place.source)
    if reason:
        seen.refuse(field_name, found, reason)
    elif role == "modified":
        seen.modified.append(found)
    elif role is None and place.role_by_name() == "modified":
        seen.doubtful.append(found)
    else:
        seen.published.append(found)


def turned(instant: Instant, setting: Setting) -> Instant | None:
    """Numbers read in the other order."""
    other: Order = "dmy" if setting.order == "mdy" else "mdy"
    return parse(instant.text, setting.zone, order=other)


def _has_time(found: Sequence[Found]) -> bool:
    return any(one.instant.has_time for one in found)


def best(found: Sequence[Found]) -> Found | None:
    """The first with a time, else the first."""
    return next((one for one in found if one.instant.has_time), found[0] if found else None)
