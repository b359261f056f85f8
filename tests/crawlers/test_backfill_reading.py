"""What a back-fill reads, what of that is left after a kill, and to which day a URL belongs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from crawlers.addresses import ListingAddress
from crawlers.backfill import BOUND, Evidence, Trail, beyond, dated, day_urls, first_addresses, roads_of, unread
from crawlers.plans import daily_mean
from pipeline.model import Disposition
from pipeline.outlet import Outlet, parse_outlet
from pipeline.spans import DayUrl
from pipeline.store.crawl_records import Named, OutletUrl, Reading

JAKARTA = ZoneInfo("Asia/Jakarta")
NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
SINCE = datetime(2026, 11, 1, tzinfo=JAKARTA)
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 2)


def outlet(discovery: str) -> Outlet:
    return parse_outlet(
        f"""
        name = "warta"
        title = "Warta"
        country = "ID"
        language = "id"
        timezone = "Asia/Jakarta"
        hosts = ["warta.test"]
        [terms]
        summary = "None."
        [discovery]
        article = ['/berita/']
        pages = 2
        {discovery}
        """
    )


BY_DAY = outlet('feeds = ["https://warta.test/rss"]\narchives = ["https://warta.test/indeks/{day}/{page}"]')
PAGED = outlet('indexes = ["https://warta.test/terkini?page={page}"]\ntags = ["https://warta.test/tag/kota/{page}"]')


def depths(source: Outlet) -> dict[str, int]:
    found = first_addresses(source, (), since=FIRST, until=LAST, today=date(2026, 11, 20))
    return {address.url.removeprefix("https://warta.test/"): address.last_page for address in found}


def test_an_archive_by_day_is_read_to_its_end_and_the_rest_as_every_day() -> None:
    assert depths(BY_DAY) == {"rss": 2, "indeks/02-11-2026/1": BOUND, "indeks/01-11-2026/1": BOUND}


def test_without_one_what_names_everything_is_followed_back() -> None:
    assert depths(PAGED) == {"terkini?page=1": BOUND, "tag/kota/1": 2}


def test_roads_of_an_outlet_tell_its_days_and_its_series() -> None:
    roads = roads_of(BY_DAY, (FIRST, LAST))
    assert roads.series == {"feed": ("https://warta.test/rss",)}
    assert roads.days[FIRST] == ("https://warta.test/indeks/01-11-2026/{page}",)
    assert set(roads.families.values()) == {"https://warta.test/indeks/{day}/{page}"}
    assert roads_of(PAGED, (FIRST,)).series == {"index": ("https://warta.test/terkini?page={page}",)}


# --- what is left ----------------------------------------------------------------------------------------------------

TEMPLATE = "https://warta.test/terkini?page={page}"


def page(number: int, template: str = TEMPLATE, *, road: str = "index", last_page: int = 50) -> ListingAddress:
    return ListingAddress(template.replace("{page}", str(number)), road, template, number, last_page)


def reading(address: ListingAddress, newest: datetime | None = NOW, **values: object) -> Reading:
    following = beyond(address)
    made = Reading(
        id=1,
        run_id=1,
        outlet="warta",
        url=address.url,
        template=address.template,
        road=address.road,
        page=address.page,
        read_at=NOW,
        checked_at=NOW,
        links=10,
        known=0,
        oldest=newest,
        newest=newest,
        whole=True,
        further=(following.url,) if following else (),
    )
    return replace(made, **values)  # type: ignore[arg-type]  # named by each case


def left(
    start: ListingAddress,
    readings: list[Reading],
    dates: Mapping[str, datetime | None] | None = None,
    **named: tuple[str, ...],
) -> list[str]:
    """The addresses still to read; `p1` are the URLs that page 1 named, `dates` what is known of these."""
    trail = Trail(SINCE, frozenset(), dates, {page(int(number[1:])).url: urls for number, urls in named.items()})
    return [one.url for one in unread([start], {one.url: one for one in readings}, trail.goes_on)]


OLD = SINCE - timedelta(minutes=1)


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        ([], [1]),
        ([reading(page(1))], [2]),
        ([reading(page(1)), reading(page(2))], [3]),
        ([reading(page(1)), reading(page(2), OLD)], []),
        ([reading(page(1)), reading(page(2), further=(), links=0)], []),
        ([reading(page(1), whole=False)], [1, 2]),
    ],
)
def test_a_paged_listing_goes_on_until_a_page_is_all_older(readings: list[Reading], expected: list[int]) -> None:
    assert left(page(1), readings) == [page(number).url for number in expected]


def test_the_bound_ends_it_and_the_reading_tells_that_it_goes_on() -> None:
    start = page(1, last_page=2)
    last = reading(page(2))
    assert left(start, [reading(start), last]) == []
    assert last.further == (page(3).url,)


def test_a_page_without_dates_is_judged_by_its_articles() -> None:
    read = [reading(page(1), None)]
    assert left(page(1), read) == []  # not before they are looked up
    assert left(page(1), read, {"a": NOW, "b": OLD}, p1=("a", "b")) == [page(2).url]
    assert left(page(1), read, {"a": OLD, "b": OLD}, p1=("a", "b")) == []
    assert left(page(1), read, {"a": None}, p1=("a",)) == [page(2).url]  # nothing is known: on


def test_children_of_a_sitemap_index_are_left_until_they_are_read() -> None:
    index = page(1, "https://warta.test/sitemap.xml", road="sitemap")
    one, two = "https://warta.test/1.xml", "https://warta.test/2.xml"
    read = reading(index, None, further=(one, two))
    assert left(index, [read]) == [one, two]
    child = page(1, one, road="sitemap")
    assert left(index, [read, reading(child)]) == [two]


# --- the day of a URL ------------------------------------------------------------------------------------------------


def known(name: str, when: datetime | None, disposition: Disposition = Disposition.PENDING) -> OutletUrl:
    return OutletUrl(name, disposition, when, NOW)


def test_urls_belong_to_the_day_they_are_dated_on_in_the_outlets_zone() -> None:
    late = datetime(2026, 11, 1, 18, tzinfo=UTC)  # 01:00 on the second in Jakarta
    evidence = Evidence((), (known("a", late, Disposition.KEPT), known("b", NOW)), ())
    assert day_urls(evidence, (FIRST, LAST), roads_of(BY_DAY, (FIRST, LAST)), JAKARTA) == (
        DayUrl(Disposition.KEPT, LAST, LAST),
    )


def test_an_undated_url_belongs_to_the_day_whose_index_named_it() -> None:
    roads = roads_of(BY_DAY, (FIRST, LAST))
    index = page(1, roads.days[FIRST][0])
    evidence = Evidence((reading(index, None),), (known("a", None),), (Named(1, index.url, "a"),))
    assert day_urls(evidence, (FIRST, LAST), roads, JAKARTA) == (DayUrl(Disposition.PENDING, FIRST, FIRST),)


def test_an_undated_url_may_be_of_any_day_that_its_page_reaches() -> None:
    """Its neighbours are dated: the page reaches back to the second."""
    evidence = Evidence(
        (reading(page(1), None),),
        (known("a", None), known("b", datetime(2026, 11, 2, 5, tzinfo=UTC), Disposition.KEPT)),
        (Named(1, page(1).url, "a"), Named(1, page(1).url, "b")),
    )
    assert dated(evidence)[0].oldest == datetime(2026, 11, 2, 5, tzinfo=UTC)
    found = day_urls(evidence, (FIRST, LAST), roads_of(PAGED, (FIRST, LAST)), JAKARTA)
    assert DayUrl(Disposition.PENDING, LAST, LAST) in found


def test_pages_that_are_no_articles_do_not_date_a_listing() -> None:
    """A sitemap of nothing but "about us" and the like, of 2015, does not reach back to 2015."""
    about = known("about", datetime(2015, 1, 2, tzinfo=UTC), Disposition.REJECTED)
    listing = reading(page(1), None, links=0)
    assert dated(Evidence((listing,), (about,), (Named(1, page(1).url, "about"),))) == (listing,)


def test_an_undated_url_that_is_settled_troubles_no_day() -> None:
    evidence = Evidence(
        (reading(page(1), None),), (known("a", None, Disposition.REJECTED),), (Named(1, page(1).url, "a"),)
    )
    assert day_urls(evidence, (FIRST, LAST), roads_of(PAGED, (FIRST, LAST)), JAKARTA) == ()


@pytest.mark.parametrize(
    ("days", "mean"),
    [
        ([], None),
        ([20], None),  # only today's: the day is not over
        ([18, 18, 19], 1.5),
        ([16, 16, 19], 0.75),  # empty days between count
        ([1, 19], 1.0),  # a story of long before is no day of this stretch
    ],
)
def test_the_mean_of_a_day(days: list[int], mean: float | None) -> None:
    urls = [known(str(n), datetime(2026, 11, day, 5, tzinfo=UTC)) for n, day in enumerate(days)]
    assert daily_mean(urls, JAKARTA, date(2026, 11, 20)) == mean
