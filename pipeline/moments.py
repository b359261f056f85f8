"""The dates of one printed line and what each is the date of: "Terbit: … | Diperbarui: …". Pure, never raises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from pipeline.dates import Instant, Order, lower, parse_plain, plain
from pipeline.datewords import SPACELESS, Role, date_patterns

_LONGEST = 500  # characters of a line that is looked at
_MARKS = " :|-–•·"
_NEAR = 40  # characters before an element in which a label for it stands


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant and the role that the words beside it give it; `None`: none says."""

    role: Role | None
    instant: Instant
    length: int  # characters of the instant and its label


@dataclass(frozen=True, slots=True)
class _Part:
    role: Role | None
    label: str
    text: str


def read_moments(text: str, zone: tzinfo, *, order: Order = "dmy", now: datetime | None = None) -> tuple[Moment, ...]:
    """Every date of a line, in order. A label holds for what follows it; one at the end for what stands before it."""
    parts = list(_parts(plain(text[:_LONGEST])))
    found: list[Moment] = []
    for part in parts:
        instant = parse_plain(part.text.strip(_MARKS), zone, order, now)
        if instant is None and part.role and found and not found[-1].instant.relative:
            instant = _same_day(part.text, found[-1].instant, zone, order)
        if instant:
            found.append(Moment(part.role, instant, len(instant.text) + len(part.label)))
    return tuple(_labelled_behind(parts, found))


def role_before(text: str) -> Role | None:
    """The role that the words right before a date give it."""
    near = lower(plain(text[-_NEAR:]))
    found = None
    for match in _label(near).finditer(near):
        found = date_patterns().roles[match[0]]
        if re.search(r"\d", near[match.end() :]):
            found = None  # a date of its own stands between
    return found


def _label(low: str) -> re.Pattern[str]:
    patterns = date_patterns()
    return patterns.label if low.isascii() or not SPACELESS.search(low) else patterns.spaceless_label


def _parts(text: str) -> Iterator[_Part]:
    """The line cut at its labels; what stands before the first has none."""
    low, role, label, start = lower(text), None, "", 0
    for match in _label(low).finditer(low):
        if text[start : match.start()].strip(" :|-–") or label == "":
            yield _Part(role, label, text[start : match.start()])
        role, label, start = date_patterns().roles[match[0]], match[0], match.end()
    yield _Part(role, label, text[start:])


def _same_day(text: str, first: Instant, zone: tzinfo, order: Order) -> Instant | None:
    """ "5 November 2026 14:31 | Diperbarui: 16:00 WIB": a time alone is one of the day before it."""
    rest = text.strip(_MARKS)
    if not re.match(r"\d{1,2}[:.]\d\d(?!\d)", rest) or len(rest) > 20:
        return None
    instant = parse_plain(f"{first.when:%Y-%m-%d} {rest}", first.when.tzinfo or zone, order, None)
    return replace(instant, text=rest) if instant and instant.has_time else None


def _labelled_behind(parts: list[_Part], found: list[Moment]) -> list[Moment]:
    """ "2026-12-05 14:30 更新": where the last label has no date behind it, every label stands behind its own."""
    labels = [part for part in parts if part.role]
    dangling = bool(labels) and not re.search(r"\d", labels[-1].text)
    if not (dangling and found and found[0].role is None and len(found) == len(labels)):
        return found
    return [replace(moment, role=part.role) for moment, part in zip(found, labels, strict=True)]
