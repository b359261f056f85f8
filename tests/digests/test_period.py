"""What an edition is about, in words: a day, a week, the dates of a report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from digests.model import Content
from digests.period import days, is_weekly, kind, names, short_days, span
from digests.phrases import phrases
from tests.digests.contents import full
from tests.digests.examples import WIB

WEEK = "25 Juli – 1 Agustus 2023"
ID, EN = phrases("id", "Asia/Jakarta"), phrases("en", "Asia/Jakarta")


@pytest.mark.parametrize(
    ("first", "last", "indonesian", "english"),
    [
        (date(2023, 8, 1), date(2023, 8, 1), "1 Agustus 2023", "1 August 2023"),
        (date(2023, 8, 1), date(2023, 8, 2), "1–2 Agustus 2023", "1–2 August 2023"),
        (date(2023, 7, 31), date(2023, 8, 2), "31 Juli – 2 Agustus 2023", "31 July – 2 August 2023"),
        (
            date(2023, 12, 31),
            date(2024, 1, 2),
            "31 Desember 2023 – 2 Januari 2024",
            "31 December 2023 – 2 January 2024",
        ),
        (date(2023, 8, 2), date(2023, 8, 1), "1 Agustus 2023", "1 August 2023"),
    ],
)
def test_a_span_says_what_differs_once(first: date, last: date, indonesian: str, english: str) -> None:
    assert (span(ID, first, last), span(EN, first, last)) == (indonesian, english)


def edition(kind: str = "edition", name: str = "daily") -> Content:
    since = datetime(2023, 7, 25, 6, 25, tzinfo=WIB)
    return replace(full(1), kind=kind, list=name, since=since, until=since + timedelta(days=7))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (edition(), ("Kliping harian", "Selasa, 1 Agustus 2023", "1 Agustus 2023")),
        (edition(kind="draft"), ("Kliping harian", "Selasa, 1 Agustus 2023", "1 Agustus 2023")),
        (edition(name="daily-weekly"), ("Kliping mingguan", WEEK, WEEK)),
        (edition(kind="report"), ("Laporan kliping", WEEK, WEEK)),
        (edition(kind="report", name="daily-weekly"), ("Laporan kliping", WEEK, WEEK)),
    ],
    ids=["daily", "draft", "weekly", "report", "report of a weekly list"],
)
def test_each_kind_has_its_name_and_its_days(content: Content, told: tuple[str, str, str]) -> None:
    assert (kind(ID, content), days(ID, content), short_days(ID, content)) == told


def test_only_an_edition_of_a_weekly_list_is_weekly() -> None:
    assert is_weekly(edition(name="daily-weekly"))
    assert not is_weekly(edition(kind="report", name="daily-weekly"))


@pytest.mark.parametrize(
    ("title", "told"),
    [("Kliping", (None, "Kliping harian")), ("Berita Kota", ("Kliping harian", "Berita Kota"))],
)
def test_a_cover_says_nothing_twice(title: str, told: tuple[str | None, str]) -> None:
    assert names(ID, replace(edition(), title=title)) == told
