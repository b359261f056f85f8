"""Every language, month, format and zone; midnight by the second; numbers in both orders. CLDR gives the words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from babel.dates import format_date, format_datetime

from pipeline.dates import Order, parse
from tests.pipeline.date_forms import DIGITS, FORMS, MACHINE, exactness, fill, moments, truncated

HOMES = {
    "id": ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"), "jv": ("Asia/Jakarta",), "su": ("Asia/Jakarta",),
    "ms": ("Asia/Kuala_Lumpur",),
    "en": ("Asia/Singapore",), "fil": ("Asia/Manila",), "vi": ("Asia/Ho_Chi_Minh",), "th": ("Asia/Bangkok",),
    "km": ("Asia/Phnom_Penh",),
    "lo": ("Asia/Vientiane",), "my": ("Asia/Yangon",), "zh": ("Asia/Singapore",), "pt": ("Asia/Dili",),
    "tet": ("Asia/Dili",), "ta": ("Asia/Singapore",),
}  # fmt: skip
LETTERS = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
FIXED = {"MYT": 8.0, "SGT": 8.0, "PHT": 8.0, "MMT": 6.5, "TLT": 9.0, "+0700": 7.0, "GMT+7": 7.0, "UTC+7": 7.0}  # hours
YEARS = (2024, 2026)  # the one with a leap day, the one without
CASES = [(language, form) for language, forms in FORMS.items() for form in forms]
CLDR = (
    "id", "ms", "fil", "vi", "th", "km", "lo", "my", "zh", "zh_Hant", "zh_Hans_SG", "pt", "pt_TL", "en", "en_SG",
    "en_MY", "en_PH", "en_ID", "ta", "ta_SG", "jv", "su",
)  # fmt: skip
MONTH_FIRST, YEAR_FIRST = ("fil", "en", "en_PH"), ("zh", "zh_Hant")


def _truth(when: datetime, form: str) -> datetime:
    """What the form says of the moment, in the zone that it names."""
    said = truncated(when, form)
    for letters, hours in FIXED.items():
        if letters in form:
            return said.replace(tzinfo=timezone(timedelta(hours=hours)))
    return said.replace(tzinfo=UTC) if form.endswith("GMT") else said


def _printed(language: str, form: str) -> Iterator[tuple[str, datetime, ZoneInfo]]:
    """(text, truth, the zone it is read with): where the text names its zone, that is another one."""
    for home, year in product(HOMES[language], YEARS):
        zone, letters = ZoneInfo(home), LETTERS.get(home, "")
        read_with = ZoneInfo("Asia/Tokyo") if letters and "{zone}" in form else zone
        for when in moments(year, zone):
            for native in (False, True) if language in DIGITS and year == YEARS[0] else (False,):
                yield fill(form, when, language, letters, native=native), _truth(when, form), read_with


@pytest.mark.parametrize(("language", "form"), CASES)
def test_every_month_in_every_format_and_zone(language: str, form: str) -> None:
    missed = []
    for text, truth, zone in _printed(language, form):
        found = parse(text, zone)
        if found is None or (found.when, found.precision) != (truth, exactness(form)):
            missed.append((text, truth.isoformat(), found and found.when.isoformat()))
    assert missed == []


@pytest.mark.parametrize("form", MACHINE)
def test_what_machines_write(form: str) -> None:
    missed = []
    for offset, year in product(
        (timedelta(), timedelta(hours=7), timedelta(hours=6, minutes=30), timedelta(hours=-3.5)), YEARS
    ):
        zone = timezone(offset)
        for when in moments(year, zone):
            text = fill(form, when, "en")
            found = parse(text, zone if "offset" not in form else UTC)
            if found is None or found.when != truncated(when, form):
                missed.append((text, found and found.when.isoformat()))
    assert missed == []


@pytest.mark.parametrize(("locale", "style"), [*product(CLDR, ("full", "long", "medium", "short"))])
def test_what_cldr_prints(locale: str, style: str) -> None:
    zone, missed = ZoneInfo("Asia/Jakarta"), []
    order: Order = "mdy" if locale in MONTH_FIRST else "ymd" if locale in YEAR_FIRST else "dmy"
    for year in YEARS:
        for when in moments(year, zone):
            at, day = format_datetime(when, style, zone, locale), format_date(when, style, locale)
            exact = when.replace(second=0) if style == "short" else when
            for text, truth in ((at, exact), (day, when.replace(hour=0, minute=0, second=0))):
                found = parse(text, zone, order=order)
                if found is None or found.when != truth:
                    missed.append((text, truth.isoformat(), found and found.when.isoformat()))
    assert missed == []


@pytest.mark.parametrize("mark", ["/", "-", ".", " / "])
def test_numbers_in_the_order_of_the_outlet(mark: str) -> None:
    zone, missed = ZoneInfo("Asia/Jakarta"), []
    for month, day in product(range(1, 13), range(1, 32)):
        try:
            truth = datetime(2026, month, day, 23, 59, tzinfo=zone)
        except ValueError:
            continue
        for order, numbers in (("dmy", (day, month)), ("mdy", (month, day))):
            for text in (
                f"{numbers[0]}{mark}{numbers[1]}{mark}2026 23:59",
                f"{numbers[0]:02}{mark}{numbers[1]:02}{mark}26, 23:59",
            ):
                found = parse(text, zone, order=order)  # type: ignore[arg-type]  # the two literals of the table
                if found is None or found.when != truth:
                    missed.append((order, text))
    assert missed == []


@pytest.mark.parametrize("order", ["dmy", "mdy"])
def test_a_weekday_settles_the_order(order: Order) -> None:
    zone, missed = ZoneInfo("Asia/Jakarta"), []
    for month, day in product(range(1, 13), range(1, 13)):
        truth = datetime(2026, month, day, tzinfo=zone)
        for locale, numbers in (("id", (day, month)), ("en", (month, day)), ("vi", (day, month)), ("th", (day, month))):
            text = f"{format_date(truth, 'EEEE', locale)}, {numbers[0]}/{numbers[1]}/2026"
            found = parse(text, zone, order=order)
            same_weekday = datetime(2026, day, month, tzinfo=zone).weekday() == truth.weekday()
            if not same_weekday and (found is None or found.when != truth):
                missed.append(text)
    assert missed == []


def test_the_table_covers_what_it_says() -> None:
    assert len(FORMS) >= 11
    assert {len({moment.month for moment in moments(year, UTC)}) for year in YEARS} == {12}
    assert all(re.search(r"\{(month|mon|m|mm|words)\}", form) for _, form in CASES)
