"""The days that texts name: with months, by weekdays, counted from publication, in the languages of the region."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.days import Day, Days, days_until, is_day_word, named_days, told_days, without_dates

TUESDAY = date(2026, 8, 4)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("pada 1-2 Agustus 2023", {(Day(8, 1),), (Day(8, 2),)}),
        ("18 hingga 19 Oktober lalu", {(Day(10, 18),), (Day(10, 19),)}),
        ("on August 1, 2023", {(Day(8, 1),)}),
        ("pada 3 Ogos 2026", {(Day(8, 3),)}),
        ("noong Agosto 3", {(Day(8, 3),)}),
        ("ngày 7 tháng 8", {(Day(8, 7),)}),
        ("วันที่ 16 พฤศจิกายน 2569", {(Day(11, 16),)}),
        ("Selasa (1/8)", {(Day(8, 1), Day(1, 8))}),
        ("Tuesday (12/31)", {(Day(12, 31),)}),
        ("Rabu (2/8/2023)", {(Day(8, 2), Day(2, 8))}),
        ("pada Mei 2023 sebesar 5 persen", set()),
        ("sebanyak 234 delegasi", set()),
    ],
)
def test_named_days(text: str, wanted: set[tuple[Day, ...]]) -> None:
    assert named_days(text) == wanted


@pytest.mark.parametrize(
    ("text", "ahead", "wanted"),
    [
        ("dibuka Senin", False, {(8, 3)}),
        ("dibuka Selasa", False, {(8, 4)}),
        ("dibuka Rabu", False, {(7, 29)}),
        ("dibuka Rabu", True, {(8, 5)}),
        ("dibuka Isnin oleh datuk bandar", False, {(8, 3)}),
        ("opened on Sunday", False, {(8, 2)}),
        ("binuksan noong Linggo", False, {(8, 2)}),
        ("khai mạc sáng thứ Hai", False, {(8, 3)}),
        ("bế mạc tối Chủ nhật", False, {(8, 2)}),
        ("เปิดเมื่อวันจันทร์", False, {(8, 3)}),
        ("hari ini dan kemarin", False, {(8, 4), (8, 3)}),
        ("opens tomorrow", True, {(8, 5)}),
        ("Rabu (5/8)", False, {(8, 5), (5, 8)}),
        ("dua minggu, yaitu minggu ini dan Minggu depan", False, set()),
        ("đứng thứ hai sau một giờ", False, set()),
    ],
)
def test_told_days_of_a_text_of_a_tuesday(text: str, *, ahead: bool, wanted: set[tuple[int, int]]) -> None:
    assert told_days(text, TUESDAY, ahead=ahead).calendar == {Day(*day) for day in wanted}


def test_weekdays_of_an_undated_text_stay_weekdays() -> None:
    assert told_days("On Monday and again on Monday, not Friday", None) == Days(frozenset(), (2, 0, 0, 0, 1, 0, 0))


@pytest.mark.parametrize(
    ("one", "other", "agree", "rhythm"),
    [
        ("3 Agustus", "pada 3 Agustus dan 4 Agustus", True, None),
        ("3 Agustus", "4 Agustus", False, None),
        ("3 Agustus", "kemarau", None, None),
        ("Monday", "Monday, Monday", None, 1.0),
        ("Monday", "Friday", None, 0.0),
        ("Monday", "nothing", None, None),
        ("Monday", "Monday and Friday", None, 0.707),
    ],
)
def test_how_two_texts_agree_in_days(one: str, other: str, agree: bool | None, rhythm: float | None) -> None:
    a, b = told_days(one, None), told_days(other, None)
    assert (a.agree(b), b.agree(a)) == (agree, agree)
    found = a.rhythm(b)
    assert found == (None if rhythm is None else pytest.approx(rhythm, abs=0.001))


@pytest.mark.parametrize(
    ("day", "wanted"),
    [(Day(8, 7), 3), (Day(8, 1), -3), (Day(12, 1), None), (Day(2, 30), None)],
)
def test_days_until(day: Day, wanted: int | None) -> None:
    assert days_until(TUESDAY, day, 31) == wanted


def test_days_until_counts_over_the_turn_of_the_year() -> None:
    assert days_until(date(2026, 12, 30), Day(1, 2), 31) == 3


def test_the_29th_of_february_is_a_day_of_leap_years() -> None:
    assert days_until(date(2028, 3, 1), Day(2, 29), 31) == -1


def test_day_words() -> None:
    assert [word for word in ("Senin", "August", "Ogos", "Martes", "Hasyim", "Jakarta") if is_day_word(word)] == [
        "Senin", "August", "Ogos", "Martes",
    ]  # fmt: skip


def test_dates_can_be_left_out() -> None:
    assert without_dates("Selasa (4/8) 14 kota, 5 Agustus 2026") == "Selasa \n 14 kota, \n 2026"
