"""Which days the readings of listings cover: a table of cases over three days of November."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from pipeline.model import Disposition
from pipeline.spans import DayUrl, Roads, believed, settle_days
from pipeline.store.crawl_records import BackfillState, Reading

JAKARTA = ZoneInfo("Asia/Jakarta")
DAYS = (date(2026, 11, 1), date(2026, 11, 2), date(2026, 11, 3))
FEED, TOP = "https://warta.test/rss", "https://warta.test/rss/top"
PAGED = "https://warta.test/terkini?page={page}"
SITEMAP, CHILD, OTHER = (f"https://warta.test/{name}.xml" for name in ("sitemap", "a", "b"))
INDEX = "https://warta.test/indeks/{day}/{page}"


def at(text: str) -> datetime:
    """ "5 08:30": a day of November and an hour, in Jakarta."""
    day, _, hour = text.partition(" ")
    moment = datetime.fromisoformat(f"2026-11-{int(day):02}T{hour or '00:00'}")
    return moment.replace(tzinfo=JAKARTA)


NUMBERS = iter(range(1, 10_000))


def reading(
    template: str, read: str, oldest: str | None = None, newest: str | None = None, *, page: int = 1, **values: object
) -> Reading:
    """A reading of a listing that named ten articles; `read`, `oldest`, `newest` as `at` takes them."""
    made = Reading(
        id=next(NUMBERS),
        run_id=1,
        outlet="warta",
        url=template.replace("{page}", str(page)),
        template=template,
        road="feed",
        page=page,
        read_at=at(read),
        checked_at=at(read),
        links=10,
        known=0,
        oldest=at(oldest) if oldest else None,
        newest=at(newest) if newest else (at(read) if oldest else None),
        whole=True,
        further=(template.replace("{page}", str(page + 1)),) if "{page}" in template else (),
    )
    return replace(made, **values)  # type: ignore[arg-type]  # named by each case


def index(day: int, read: str, *, page: int = 1, **values: object) -> Reading:
    template = INDEX.replace("{day}", f"{day:02}-11-2026")
    return replace(reading(template, read, page=page, road="index"), **values)  # type: ignore[arg-type]  # as above


def last(day: int, read: str, page: int = 2) -> Reading:
    """The empty page behind the last."""
    return index(day, read, page=page, links=0, further=())


FEEDS = Roads(series={"feed": (FEED,)})
TWO = Roads(series={"feed": (FEED, TOP)})
PAGES = Roads(series={"index": (PAGED,)})
MAPS = Roads(series={"sitemap": (SITEMAP,)})
_FILLED = {day: INDEX.replace("{day}", f"{day:%d-%m-%Y}") for day in DAYS}
OWN = Roads(days={day: (one,) for day, one in _FILLED.items()}, families=dict.fromkeys(_FILLED.values(), INDEX))
BOTH = replace(OWN, series={"feed": (FEED,)})


def sitemap(url: str, read: str, oldest: str | None = None, newest: str | None = None, **values: object) -> Reading:
    return replace(reading(url, read, oldest, newest, road="sitemap"), **values)  # type: ignore[arg-type]  # as above


# name: roads, readings, a letter for each of the three days: complete, partial, unknown
CASES: dict[str, tuple[Roads, list[Reading], str]] = {
    "nothing was read": (FEEDS, [], "uuu"),
    "a feed that reaches past all": (FEEDS, [reading(FEED, "5", "1 20:00")], "pcc"),
    "a feed that reaches into the second day": (FEEDS, [reading(FEED, "5", "2 12:00")], "upc"),
    "a feed that was read on the third day": (FEEDS, [reading(FEED, "3 12:00", "1 12:00")], "pcp"),
    "a feed that was read again and overlaps": (
        FEEDS,
        [reading(FEED, "2 12:00", "1 12:00"), reading(FEED, "5", "2 11:00")],
        "pcc",
    ),
    "a feed that was read again just in time": (  # what was listed late may have come and gone in between
        FEEDS,
        [reading(FEED, "2 12:00", "1 12:00"), reading(FEED, "5", "2 11:30")],
        "ppc",
    ),
    "a feed that was read just after midnight": (FEEDS, [reading(FEED, "3 00:30", "1 12:00")], "ppu"),
    "a feed that was read again too late": (
        FEEDS,
        [reading(FEED, "2 12:00", "1 12:00"), reading(FEED, "5", "2 13:00")],
        "ppc",
    ),
    "a feed that was unchanged until the fourth": (
        FEEDS,
        [reading(FEED, "2 12:00", "1 12:00", checked_at=at("4 01:00"))],
        "pcc",
    ),
    "a feed cut off in the middle": (FEEDS, [reading(FEED, "5", "1 12:00", whole=False)], "ppp"),
    "a selection reaches further than the feed of all": (
        TWO,
        [reading(FEED, "5", "3 12:00"), reading(TOP, "5", "1 00:00")],
        "ppp",
    ),
    "both feeds reach back": (TWO, [reading(FEED, "5", "1 12:00"), reading(TOP, "5", "1 00:00")], "pcc"),
    "one feed was not read": (TWO, [reading(FEED, "5", "1 12:00")], "ppp"),
    "pages in a row": (
        PAGES,
        [
            reading(PAGED, "5", "3 12:00", road="index"),
            reading(PAGED, "5", "2 12:00", "3 11:00", page=2, road="index"),
            reading(PAGED, "5", "1 12:00", "2 11:00", page=3, road="index"),
        ],
        "pcc",
    ),
    "a page between was not read": (
        PAGES,
        [
            reading(PAGED, "5", "3 12:00", road="index"),
            reading(PAGED, "5", "1 12:00", "2 11:00", page=3, road="index"),
        ],
        "ppp",
    ),
    "the next page was read a day later, moved down": (
        PAGES,
        [
            reading(PAGED, "5", "3 12:00", road="index"),
            reading(PAGED, "6", "2 12:00", "4 11:00", page=2, road="index"),
        ],
        "upc",
    ),
    "a list that ends proves nothing of what is older": (
        PAGES,
        [
            reading(PAGED, "5", "1 12:00", road="index"),
            reading(PAGED, "5", page=2, road="index", links=0, further=()),
        ],
        "pcc",
    ),
    "pages that print no date, and nobody knows their articles'": (PAGES, [reading(PAGED, "5", road="index")], "uuu"),
    "a sitemap": (MAPS, [sitemap(SITEMAP, "5", "1 12:00")], "pcc"),
    "a sitemap index with all its children": (
        MAPS,
        [
            sitemap(SITEMAP, "5", further=(CHILD, OTHER)),
            sitemap(CHILD, "5", "3 12:00"),
            sitemap(OTHER, "5", "1 12:00", "3 11:00"),
        ],
        "pcc",
    ),
    "a child of the sitemap index is missing": (
        MAPS,
        [sitemap(SITEMAP, "5", further=(CHILD, OTHER)), sitemap(CHILD, "5", "1 12:00")],
        "ppp",
    ),
    "a child was read before its index": (
        MAPS,
        [sitemap(CHILD, "4", "1 12:00"), sitemap(SITEMAP, "5", further=(CHILD,))],
        "uuu",
    ),
    "each day's own index to its end": (
        OWN,
        [index(1, "5"), last(1, "5"), index(2, "5"), last(2, "5"), index(3, "5"), last(3, "5")],
        "ccc",
    ),
    "an index that has one page": (OWN, [index(2, "5", further=())], "ucu"),
    "an index whose second page was not read": (OWN, [index(2, "5"), index(3, "5"), last(3, "5")], "upc"),
    "an index that was read while the day went on": (OWN, [index(3, "3 12:00"), last(3, "3 12:00")], "uup"),
    "an index that was read in part": (OWN, [index(2, "5", whole=False), last(2, "5")], "upu"),
    "an empty day among others": (OWN, [index(1, "5", links=0, further=()), index(2, "5"), last(2, "5")], "ccu"),
    "an index that is empty on every day": (
        OWN,
        [index(day, "5", links=0, further=()) for day in (1, 2, 3)],
        "uuu",
    ),
    "a day without index that the feed reaches": (
        BOTH,
        [index(1, "5"), last(1, "5"), index(2, "5"), reading(FEED, "5", "2 12:00")],
        "cpc",
    ),
}
LETTERS = {BackfillState.COMPLETE: "c", BackfillState.PARTIAL: "p", BackfillState.UNKNOWN: "u"}


def settled(roads: Roads, readings: Sequence[Reading], urls: Sequence[DayUrl] = ()) -> str:
    spans = settle_days(DAYS, readings, urls, roads, JAKARTA)
    assert [span.day for span in spans] == list(DAYS)
    assert all(span.reason for span in spans)
    return "".join(LETTERS[span.state] for span in spans)


@pytest.mark.parametrize("name", CASES)
def test_days_that_readings_cover(name: str) -> None:
    roads, readings, expected = CASES[name]
    assert settled(roads, readings) == expected


COVERED = [replace(reading(FEED, "5", "1 00:00"), oldest=at("1") - timedelta(hours=1))]
FIRST, SECOND, THIRD = DAYS


@pytest.mark.parametrize(
    ("urls", "expected", "words"),
    [
        ([DayUrl(Disposition.KEPT, SECOND, SECOND)], "ccc", "read back to before it"),
        ([DayUrl(Disposition.PENDING, SECOND, SECOND)], "cpc", "1 pending; read back"),
        ([DayUrl(Disposition.FAILED, SECOND, SECOND)] * 2, "cpc", "2 failed; read back"),
        ([DayUrl(Disposition.REJECTED, SECOND, SECOND)], "ccc", "read back"),
        ([DayUrl(Disposition.FAILED, FIRST, SECOND)], "ppc", "1 failed without a date"),
    ],
)
def test_a_covered_day_is_complete_when_all_its_urls_are_settled(urls: list[DayUrl], expected: str, words: str) -> None:
    assert settled(FEEDS, COVERED, urls) == expected
    assert words in settle_days(DAYS, COVERED, urls, FEEDS, JAKARTA)[1].reason


def test_counts_are_of_the_urls_dated_on_the_day() -> None:
    urls = [
        DayUrl(Disposition.KEPT, SECOND, SECOND),
        DayUrl(Disposition.KEPT, SECOND, SECOND),
        DayUrl(Disposition.REJECTED, SECOND, SECOND),
        DayUrl(Disposition.FAILED, FIRST, THIRD),
    ]
    first, second, _ = settle_days(DAYS, COVERED, urls, FEEDS, JAKARTA)
    assert (first.counts, second.counts) == ({}, {"kept": 2, "rejected": 1})


def test_uncovered_days_stay_so_whatever_was_kept_of_them() -> None:
    assert settled(FEEDS, [], [DayUrl(Disposition.KEPT, SECOND, SECOND)]) == "uuu"


def test_two_stray_dates_at_the_old_end_are_not_believed() -> None:
    """A pinned notice of last year does not make a feed reach back to last year."""
    dates = [at(f"{day} 12:00") for day in range(3, 10)]
    strays = [datetime(2024, 1, 1, tzinfo=JAKARTA), datetime(2025, 1, 1, tzinfo=JAKARTA)]
    assert believed([*dates, *strays]) == (at("3 12:00"), at("9 12:00"))
    assert believed([at("3"), at("5")]) == (at("3"), at("5"))
    assert believed([]) is None
