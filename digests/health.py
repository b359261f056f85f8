"""What operators read of an edition's morning: pure. Where nothing is wrong, it is one line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from digests.departure import Departure
from digests.model import OutletCoverage
from digests.phrases import Phrases
from digests.plain import one_line, shorten
from pipeline.health import what_to_do
from pipeline.store.crawl_records import AlarmRecord
from pipeline.store.records import DueRow
from pipeline.store.tallies import IllDelivery

MOST = 15  # of one kind are told one by one
LEAST_FREE = 2_000_000_000  # bytes: some weeks of crawls
_LONGEST = 160  # characters of what a server or a page said


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A reader who gets nothing any more, because nothing arrives there."""

    address: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Health:
    """All that is told, read from the store at one moment."""

    title: str  # of the digest
    list: str
    edition: Departure
    coverage: tuple[OutletCoverage, ...]  # of the watched outlets, in that edition
    titles: dict[str, str]  # outlet → printed name
    alarms: tuple[AlarmRecord, ...]  # open ones
    ill: tuple[IllDelivery, ...]  # messages that need somebody
    suppressed: tuple[Suppressed, ...]  # since the last edition
    missed: tuple[DueRow, ...]  # rows of the schedule that failed or came too late, crawls left out
    heartbeat: str | None  # why the watching service was not told
    free: int  # bytes
    archive: int  # bytes


@dataclass(frozen=True, slots=True)
class Report:
    subject: str
    text: str
    well: bool


def report(words: Phrases, health: Health) -> Report:
    """The mail: what is wrong and what to do, then the morning's times and sizes."""
    trouble = list(_troubles(words, health))
    figures = _figures(words, health)
    day = words.day(health.edition.hours.period, "subject_date")
    count = sum(len(lines) for _, lines in trouble)
    news = words.count("health_troubles", count) if count else words.text("health_well")
    subject = words.text("health_subject", title=health.title, date=day, news=news)
    if not trouble:
        return Report(subject, f"{news[:1].upper()}{news[1:]} {figures}\n", well=True)
    parts = [f"{heading}\n" + "".join(f"- {line}\n" for line in lines) for heading, lines in trouble]
    return Report(subject, "\n".join([*parts, f"{figures}\n"]), well=False)


def _troubles(words: Phrases, health: Health) -> Iterator[tuple[str, list[str]]]:
    """(heading, lines) of each kind of trouble that there is."""
    kinds = {
        "health_edition": list(_edition(words, health)),
        "health_mail": _some(words, [_mail(words, ill) for ill in health.ill]),
        "health_coverage": _some(words, list(_coverage(words, health))),
        "health_alarms": _some(words, [_alarm(words, health, alarm) for alarm in health.alarms]),
        "health_suppressed": _some(words, [_text(f"{one.address}: {one.reason or '?'}") for one in health.suppressed]),
        "health_missed": _some(words, [_missed(words, row) for row in health.missed]),
        "health_place": list(_place(words, health)),
    }
    for key, lines in kinds.items():
        if lines:
            yield words.text(key), lines


def _edition(words: Phrases, health: Health) -> Iterator[str]:
    one = health.edition
    if one.frozen_at is None:
        yield words.text("health_not_frozen", list=health.list)
    elif not one.audience and not one.states:
        yield words.text("health_nobody", list=health.list)
    elif not one.whole:
        states = ", ".join(f"{words.number(n)} {_state(words, state)}" for state, n in sorted(one.states.items()))
        yield words.text("health_not_whole", states=states or words.number(0), period=one.hours.period.isoformat())
    if health.heartbeat:
        yield _text(health.heartbeat)


def _mail(words: Phrases, ill: IllDelivery) -> str:
    told = _text(f"{ill.recipient} ({ill.list} {ill.period}): {_state(words, ill.state)}; {ill.detail or '?'}")
    return words.text("health_resolve", what=told.rstrip("."), id=str(ill.id))


def _state(words: Phrases, state: str) -> str:
    """A delivery's state in the reader's language."""
    return words.text(f"health_state_{state}")


def _coverage(words: Phrases, health: Health) -> Iterator[str]:
    for row in health.coverage:
        if row.state in {"not_checked", "partly_checked"}:
            yield _text(f"{row.title}: {words.text(row.state)}, {words.why(row.why or '')}")


def _alarm(words: Phrases, health: Health, alarm: AlarmRecord) -> str:
    title = health.titles.get(alarm.outlet, alarm.outlet)
    told = _text(f"{title}: {alarm.failure.value} ({alarm.subject})")
    since = words.moment(alarm.opened_at)
    return words.text("health_alarm", what=told, since=since, command=what_to_do(alarm.outlet, alarm.failure))


def _missed(words: Phrases, row: DueRow) -> str:
    return _text(f"{row.kind} {words.moment(row.scheduled_for)}: {row.detail or row.state.value}")


def _place(words: Phrases, health: Health) -> Iterator[str]:
    if health.free < LEAST_FREE:
        yield words.text("health_full", free=_size(words, health.free))


def _figures(words: Phrases, health: Health) -> str:
    """The edition's times and the sizes, in one line; what did not happen is left out."""
    one = health.edition
    times = (("health_frozen", one.frozen_at), ("health_first", one.first_at), ("health_last", one.last_at))
    told = [words.text(key, time=_second(words, at)) for key, at in times if at]
    told += [words.text("health_sent", number=words.number(one.sent))] if one.sent else []
    watched = [row for row in health.coverage if row.state != "other"]
    whole = sum(row.state == "checked" for row in watched)
    if watched:
        told.append(words.text("coverage_short", checked=words.number(whole), watched=words.number(len(watched))))
    sizes = words.text("health_sizes", archive=_size(words, health.archive), free=_size(words, health.free))
    return "; ".join([*told, sizes]) + "."


def _second(words: Phrases, at: datetime) -> str:
    return f"{at.astimezone(words.zone):%H:%M:%S}"


def _size(words: Phrases, size: int) -> str:
    return f"{words.mean(size / 1e9)} GB"


def _some(words: Phrases, lines: list[str]) -> list[str]:
    more = words.some("health_more", len(lines) - MOST)
    return lines[:MOST] + ([more] if more else [])


def _text(text: str) -> str:
    """What came from outside: one line, not too long."""
    return shorten(one_line(text), _LONGEST) or ""
