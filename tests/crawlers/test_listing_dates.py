"""Dates printed beside the entries of index, tag and search pages: hints for the window, as exact as their words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from crawlers.discovery import Discovered, may_be_empty, read_listing, survey
from pipeline.config import Settings
from pipeline.model import Disposition, FailureClass
from pipeline.store import Store, open_store
from pipeline.store.crawl_records import ListingRead
from pipeline.watches import load_watches
from tests.crawlers.test_discovery import articles, outlet, page

WIB = timezone(timedelta(hours=7))
READ = datetime(2026, 11, 3, 12, 0, tzinfo=WIB)  # when `page` says it was fetched
WARTA = outlet(r"^https://warta\.example/baca/\d+")
WATCHES = load_watches(Settings().watches)


def card(number: int, beside: str) -> str:
    return f"<li class='kartu'><div><a href='/baca/{number}'>Berita kota nomor {number}</a></div>{beside}</li>"


def listed(*cards: str) -> str:
    return f"<html><body><ul>{''.join(cards)}</ul></body></html>"


def dates(body: str, **options: object) -> list[str | None]:
    source = outlet(r"^https://warta\.example/baca/\d+", **options)  # type: ignore[arg-type]  # a table of options
    entries = read_listing(page(body), "index", source).entries
    return [one.listing.date_published.isoformat()[:16] if one.listing.date_published else None for one in entries]


@pytest.mark.parametrize(
    ("beside", "moment"),
    [
        ("<time datetime='2026-11-02T08:30:00+07:00'>kemarin</time>", "2026-11-02T08:30"),
        ("<time datetime='2026-11-02'>2 November 2026, 08.30 WIB</time>", "2026-11-02T08:30"),
        ("<time>20 menit lalu</time>", "2026-11-03T11:40"),
        ("<span class='date'>Senin, 2 November 2026 08:30 WIB</span>", "2026-11-02T08:30"),
        ("<div class='post-meta'><span class='tgl'>02/11/2026</span> oleh Sari</div>", "2026-11-02T00:00"),
        ("<small>2 jam yang lalu</small>", "2026-11-03T10:00"),
        ("<p>kemarin</p>", "2026-11-02T00:00"),
        ("<span title='2026-11-02 08:30' class='waktu'>3 hari</span>", "2026-11-02T08:30"),
        ("<p class='waktu'><i></i>5 phút trước</p>", "2026-11-03T11:55"),
        ("<div class='created'>3 ชั่วโมงที่แล้ว</div>", "2026-11-03T09:00"),
        # no dates of the entry
        ("<span>Jakarta</span>", None),
        ("<span class='time'>5 Desember 2026</span>", None),  # a day to come is an event's
        ("<p>Kemarin hujan turun di kota dan warga berteduh di taman, kata petugas pada 1 November.</p>", None),
        ("<span>Kemarin hujan di kota</span>", None),
        ("<span class='baca'>3 menit baca</span>", None),
        ("<span class='jam'>12:30</span>", None),
    ],
)
def test_the_date_of_an_entry(beside: str, moment: str | None) -> None:
    assert dates(listed(card(1, beside), card(2, ""))) == [moment, None]


def test_the_outlets_selector_decides_where_it_names_one() -> None:
    beside = "<time datetime='2026-11-01'>x</time><b class='terbit'>2 November 2026</b>"
    assert dates(listed(card(1, beside))) == ["2026-11-01T00:00"]
    assert dates(listed(card(1, beside)), date=".terbit") == ["2026-11-02T00:00"]


def test_a_date_above_several_entries_is_none_of_theirs() -> None:
    assert dates(f"<html><body><time>2 November 2026</time>{card(1, '')}{card(2, '')}</body></html>") == [None, None]


def surveyed(body: str, since: datetime | None, until: datetime | None = None) -> Discovered:
    return survey(page(body), "index", WARTA, WATCHES, since=since, until=until)


@pytest.mark.parametrize(
    ("printed", "since", "until", "inside"),
    [
        ("2 jam lalu", READ - timedelta(hours=1), None, False),
        ("2 jam lalu", READ - timedelta(hours=1, minutes=30), None, True),  # 1 h 30 min may be printed so
        ("3 hari lalu", READ - timedelta(days=3), None, True),
        ("5 hari lalu", READ - timedelta(days=3), None, False),
        ("2 bulan lalu", READ - timedelta(days=40), None, True),
        ("5 bulan lalu", READ - timedelta(days=14), None, False),
        ("1 November 2026", datetime(2026, 11, 1, 15, 0, tzinfo=WIB), None, True),  # some hour of that day
        ("31 Oktober 2026", datetime(2026, 11, 1, 0, 0, tzinfo=WIB), None, False),
        ("1 November 2026 10:00 WIB", datetime(2026, 11, 1, 15, 0, tzinfo=WIB), None, False),
        ("kemarin", None, datetime(2026, 11, 1, 0, 0, tzinfo=WIB), False),
        ("3 hari lalu", None, datetime(2026, 10, 31, 6, 0, tzinfo=WIB), True),
    ],
)
def test_an_entry_is_out_of_the_window_only_when_all_it_can_mean_is(
    printed: str, since: datetime | None, until: datetime | None, inside: bool
) -> None:
    (entry,) = surveyed(listed(card(1, f"<time>{printed}</time>")), since, until).entries
    assert (entry.verdict is None) is inside
    if entry.verdict:
        assert entry.verdict.disposition is Disposition.OUT_OF_WINDOW


DAY = r"(?P<day>\d{4}/\d\d/\d\d)/"
REAL = [
    ("kompas", "http://www.kompas.com/", rf"//\w+\.kompas\.com/read/xml/{DAY}(?P<clock>\d{{4}})", 10),
    ("tempoen", "http://en.tempo.co/", rf"//en\.tempo\.co/read/news/{DAY}", 37),
]


@pytest.mark.shared
@pytest.mark.parametrize(("name", "url", "pattern", "count"), REAL)
def test_dates_of_real_entries_agree_with_their_addresses(
    shared: Callable[..., Path], name: str, url: str, pattern: str, count: int
) -> None:
    """Both sites write the day, Kompas the minute too, into an article's address: no other entry's date was taken."""
    body = shared("web", "frontpages", f"{name}-mainpage.html").read_bytes()
    source = outlet(pattern, hosts=("kompas.com", "tempo.co"))
    entries = read_listing(page(body, url), "index", source).entries
    dated = [one.listing for one in entries if one.listing.date_published]
    assert len(dated) == count
    for listing in dated:
        match = re.search(pattern, listing.url)
        assert match is not None
        assert listing.date_published is not None
        assert f"{listing.date_published:%Y/%m/%d}" == match["day"]
        assert f"{listing.date_published:%H%M}" == match.groupdict().get("clock", f"{listing.date_published:%H%M}")


@pytest.mark.shared
def test_relative_times_of_a_real_index_fall_in_its_order(shared: Callable[..., Path]) -> None:
    body = shared("web", "detik", "listings", "news.detik.com_indeks_2024.html").read_bytes()
    source = outlet(r"^https://\w+\.detik\.com/(?!foto-)[\w-]+/d-\d+/", hosts=("detik.com",))
    entries = read_listing(page(body, "https://news.detik.com/indeks"), "index", source).entries
    moments = [one.listing.date_published for one in entries]
    assert len(moments) == 15
    assert all(moments)
    assert moments == sorted(moments, key=lambda when: when or READ, reverse=True)


# --- listings that may rightly be empty ------------------------------------------------------------------------------

DATED = outlet(
    r"^https://warta\.example/baca/\d+",
    root=".daftar",
    indexes=("https://warta.example/indeks/{day}/{page}", "https://warta.example/terkini?page={page}"),
    pages=3,
)


@pytest.mark.parametrize(
    ("url", "road", "allowed"),
    [
        ("https://warta.example/indeks/03-11-2026/1", "index", True),
        ("https://warta.example/terkini?page=1", "index", False),
        ("https://warta.example/terkini?page=2", "index", True),
        ("https://warta.example/lain", "index", False),
        ("https://warta.example/cari?q=x", "search", True),
        ("https://warta.example/rss", "feed", False),
        ("https://warta.example/wp-json/wp/v2/posts?per_page=100&page=1", "api", False),
        ("https://warta.example/wp-json/wp/v2/posts?per_page=100&page=2", "api", True),
    ],
)
def test_which_listings_may_be_empty(url: str, road: str, allowed: bool) -> None:
    assert may_be_empty(url, road, DATED) is allowed


@pytest.mark.parametrize(
    ("body", "failure"),
    [
        ("<div class='daftar'></div>", None),
        ("<p>Tidak ada berita pada hari ini.</p>", None),
        ("<div class='baru'><a href='/baca/1'>Taman dibuka</a></div>", FailureClass.LAYOUT),
        ("", FailureClass.LAYOUT),
    ],
)
def test_an_empty_day_is_told_from_a_changed_layout(body: str, failure: FailureClass | None) -> None:
    url = "https://warta.example/indeks/03-11-2026/1"
    assert read_listing(page(body, url), "index", DATED).failure is failure


# --- back-dated stories ----------------------------------------------------------------------------------------------


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'kliping.sqlite'}")
    yield opened
    opened.close()


def test_a_back_dated_story_behind_known_ones_is_found(store: Store) -> None:
    """Reading never ends at the first known entry: what was put in below it later is new."""
    now = datetime(2026, 11, 3, 6, 0, tzinfo=UTC)
    run = store.runs.begin("warta", "crawl", pid=1, host="x", archive_file="x.warc.gz", since=None, until=None, now=now)
    new = []
    for numbers in ((5, 4, 3, 2, 1), (5, 4, 33, 3, 2, 1)):
        found = read_listing(page(listed(*(card(number, "") for number in numbers))), "index", WARTA)
        assert [url.rpartition("/")[2] for url in articles(found)] == [str(number) for number in numbers]
        read = ListingRead("https://warta.example/daftar", "warta", "digest", found.entries)
        new.append(store.ledger.record_listing(run.id, read, now))
    assert new == [5, 1]
    pending = {record.url for record in store.ledger.pending("warta", now)}
    assert "https://warta.example/baca/33" in pending
