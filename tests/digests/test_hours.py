"""One edition a local day, in every zone, over years, whatever the clocks do."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from digests.hours import Clock, exists, hours, instant, last_day
from pipeline.config import DigestSettings

DAY = timedelta(days=1)
ASEAN = (
    "Asia/Bangkok",
    "Asia/Brunei",
    "Asia/Dili",
    "Asia/Ho_Chi_Minh",
    "Asia/Jakarta",
    "Asia/Jayapura",
    "Asia/Kuala_Lumpur",
    "Asia/Makassar",
    "Asia/Manila",
    "Asia/Phnom_Penh",
    "Asia/Singapore",
    "Asia/Vientiane",
    "Asia/Yangon",
)
JUMPING = (
    "Europe/Berlin",
    "America/St_Johns",  # until 2011 at one minute past midnight
    "Australia/Lord_Howe",  # by half an hour
    "America/Santiago",  # at midnight
    "Africa/Cairo",
    "America/Havana",
    "Pacific/Apia",  # left out a whole day in 2011
    "Africa/Casablanca",
    "Antarctica/Troll",  # by two hours
)
zones = st.sampled_from(ASEAN + JUMPING).map(ZoneInfo)
minutes = st.integers(0, 24 * 60 - 1)


@st.composite
def clocks(draw: st.DrawFn) -> Clock:
    """Hours as the settings allow them: draft < freeze <= mail."""
    draft, freeze, at = sorted(draw(st.tuples(minutes, minutes, minutes)))
    return Clock(draw(zones), _time(freeze), _time(at), _time(draft) if draft < freeze else None)


def _time(minute: int) -> time:
    return time(minute // 60, minute % 60)


@settings(max_examples=100)
@given(clocks(), st.dates(date(2008, 1, 1), date(2030, 12, 31)))
def test_a_day_has_its_moments_in_order(clock: Clock, day: date) -> None:
    if not exists(day, clock.zone):
        return
    one = hours(clock, day)
    assert one.night < one.freeze <= one.send < one.expires
    assert one.draft is None or one.draft <= one.freeze
    assert one.send.astimezone(clock.zone).date() == day
    if clock.freeze_at == clock.at:
        assert one.freeze == one.send


@settings(max_examples=25)
@given(clocks(), st.dates(date(2008, 1, 1), date(2030, 6, 1)), st.integers(10, 200))
def test_whoever_looks_again_and_again_meets_each_day_once_and_in_order(clock: Clock, first: date, days: int) -> None:
    start = instant(first, time(12), clock.zone)
    end = instant(first + days * DAY, time(12), clock.zone)
    seen: list[date] = []
    step = timedelta(hours=7, minutes=13)  # longer would be a sleep; shorter sees no more
    now = start
    while now <= end:
        day = last_day(clock, now)
        assert hours(clock, day).send <= now
        if not seen or seen[-1] != day:
            seen.append(day)
        now += step
    there = [day for n in range(-1, days + 1) if exists(day := first + n * DAY, clock.zone)]
    assert seen == [day for day in there if seen[0] <= day <= seen[-1]]
    assert len(seen) >= len(there) - 3


BERLIN, HOWE, ST_JOHNS = (ZoneInfo(name) for name in ("Europe/Berlin", "Australia/Lord_Howe", "America/St_Johns"))


@pytest.mark.parametrize(
    ("zone", "day", "freeze", "at", "frozen", "sent"),
    [
        # the hour that is left out comes as much later as the clocks jump
        (BERLIN, "2026-03-29", "02:25", "02:30", "2026-03-29T01:25", "2026-03-29T01:30"),
        (BERLIN, "2026-03-29", "02:55", "03:00", "2026-03-29T00:55", "2026-03-29T01:00"),
        # the hour that comes twice is the first; the freeze stays five minutes before the mail
        (BERLIN, "2026-10-25", "02:25", "02:30", "2026-10-25T00:25", "2026-10-25T00:30"),
        (BERLIN, "2026-10-25", "02:55", "03:00", "2026-10-25T01:55", "2026-10-25T02:00"),
        (HOWE, "2026-10-04", "02:10", "02:15", "2026-10-03T15:40", "2026-10-03T15:45"),
        (HOWE, "2026-04-05", "01:40", "01:45", "2026-04-04T14:40", "2026-04-04T14:45"),
        (ST_JOHNS, "2010-11-07", "00:00", "00:00", "2010-11-07T02:30", "2010-11-07T02:30"),
        (ZoneInfo("Asia/Dili"), "2026-03-29", "06:25", "06:30", "2026-03-28T21:25", "2026-03-28T21:30"),
        (ZoneInfo("Asia/Jakarta"), "2026-11-22", "06:25", "06:30", "2026-11-21T23:25", "2026-11-21T23:30"),
    ],
)
def test_days_on_which_clocks_change(  # noqa: PLR0917 (the columns of the table)
    zone: ZoneInfo, day: str, freeze: str, at: str, frozen: str, sent: str
) -> None:
    one = hours(Clock(zone, time.fromisoformat(freeze), time.fromisoformat(at)), date.fromisoformat(day))
    assert (one.freeze, one.send) == tuple(datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (frozen, sent))


def test_a_day_that_a_zone_left_out_has_no_edition() -> None:
    apia = ZoneInfo("Pacific/Apia")
    assert not exists(date(2011, 12, 30), apia)
    clock = Clock(apia, time(6, 25), time(6, 30))
    sent = [hours(clock, date(2011, 12, day)).send for day in (29, 31)]
    days = {last_day(clock, sent[0] + n * timedelta(hours=1)) for n in range(49)}
    assert days == {date(2011, 12, 29), date(2011, 12, 31), date(2012, 1, 1)}


@pytest.mark.parametrize(
    ("given", "freezes"),
    [
        ({}, "06:25"),
        ({"at": "07:00"}, "06:55"),
        ({"at": "00:00"}, "00:00"),
        ({"at": "00:03:20"}, "00:00:20"),
        ({"at": "07:00", "freeze_at": "05:00"}, "05:00"),
        ({"at": "07:00", "freeze_at": "07:00"}, "07:00"),
    ],
)
def test_the_freeze_is_five_minutes_before_the_mail_unless_it_is_set(given: dict[str, str], freezes: str) -> None:
    assert DigestSettings.model_validate(given).freezes_at == time.fromisoformat(freezes)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"freeze_at": "06:31"}, "freeze_at = 06:31:00 comes after at = 06:30:00"),
        ({"freeze_at": "23:55", "at": "00:10"}, "both are hours of one day"),
        ({"draft_at": "06:25"}, "draft_at = 06:25:00 does not come before the freeze at 06:25:00"),
        ({"draft_at": "22:00"}, "leave it out where no draft is wanted"),
        ({"at": "06:30+07:00"}, "has an offset"),
    ],
)
def test_hours_that_make_no_sense_are_refused_with_what_to_do(given: dict[str, str], says: str) -> None:
    with pytest.raises(ValidationError, match=says.replace("+", r"\+")):
        DigestSettings.model_validate(given)
