"""No text and no page makes the reader of dates raise, differ between two readings, or take more than linear time."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.addresses import days_in
from pipeline.dates import Instant, Order, parse
from pipeline.datewords import date_words
from pipeline.document import parse as parse_page
from pipeline.metadata import read_metadata
from pipeline.model import Listing
from pipeline.moments import read_moments
from pipeline.published import Dated, Publication, read_dates
from tests.pipeline.reading import FETCHED, outlets, page

JAKARTA = ZoneInfo("Asia/Jakarta")
NOW = datetime(2026, 11, 20, 19, 0, tzinfo=JAKARTA)
WORDS = date_words()
PARTS = sorted(
    {
        *(name for names in WORDS.months.values() for name in names),
        *(name for names in WORDS.weekdays.values() for name in names),
        *WORDS.zones, *WORDS.clock.before, *WORDS.clock.hour, *WORDS.clock.minute, *WORDS.clock.after,
        *WORDS.halves.am, *WORDS.halves.night,
        *WORDS.day.before_month, *WORDS.day.before_year, *WORDS.day.numbered_month, *WORDS.labels.published,
        *WORDS.labels.modified,
        *WORDS.relative.past, *WORDS.relative.hour, *WORDS.relative.today, "年", "月", "日", "T", "Z", "+07:00",
        "-99:99", "+14", "GMT+7",
    }
)  # fmt: skip
NUMBERS = st.integers(0, 9999).map(str) | st.sampled_from(
    ["0", "00", "24:00", "25:61", "12.30", "29", "31", "2569", "๒๕๖๙", "၂၀၂၆", "1762330000"]
)
MARKS = st.sampled_from([" ", ", ", "/", "-", ".", ":", " | ", "", "\u200b", "(", ")", "\n"])
DATE_LIKE = st.lists(st.sampled_from(PARTS) | NUMBERS | MARKS, max_size=14).map("".join)
TEXTS = st.text(max_size=120) | DATE_LIKE
ZONES = st.sampled_from(["Asia/Jakarta", "Asia/Bangkok", "Asia/Yangon", "Asia/Manila", "UTC"]).map(ZoneInfo)
ORDERS: st.SearchStrategy[Order] = st.sampled_from(["dmy", "mdy", "ymd"])


def _check(found: Instant | None) -> None:
    if found is not None:
        assert found.when.tzinfo is not None
        assert found.text
        assert found.has_time or found.when.time() == datetime.min.time()


@settings(max_examples=400, deadline=None)
@given(TEXTS, ZONES, ORDERS)
def test_parse_answers_any_text_the_same_way_twice(text: str, zone: ZoneInfo, order: Order) -> None:
    found = parse(text, zone, order=order, now=NOW)
    _check(found)
    assert parse(text, zone, order=order, now=NOW) == found


@settings(max_examples=200, deadline=None)
@given(TEXTS, ZONES, ORDERS)
def test_every_moment_of_any_line(text: str, zone: ZoneInfo, order: Order) -> None:
    for moment in read_moments(text, zone, order=order, now=NOW):
        _check(moment.instant)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200) | DATE_LIKE.map(lambda text: f"https://kabar.example/{text}"))
def test_the_days_of_any_address(url: str) -> None:
    assert all(0 < named.confidence < 1 for named in days_in(url))


def _dated(html: str, url: str, outlet: str | None, listing: Listing | None, headline: str | None) -> Dated:
    document = parse_page(page(html, url), outlets()[outlet] if outlet else None)
    if document is None:
        return Dated()
    return read_dates(document, read_metadata(document.tree), headline, listing)


def _is_honest(told: Publication | None) -> bool:
    """Aware, not in the future, and no older than the web."""
    return told is None or (told.when.year >= 1995 and told.when.timestamp() <= FETCHED.timestamp() + 3600)


@settings(max_examples=120, deadline=None)
@given(
    stated=st.lists(TEXTS, max_size=3), printed=st.lists(TEXTS, max_size=4), listed=st.none() | TEXTS,
    outlet=st.sampled_from([None, "antara", "detik", "redaksijakarta"]),
    lang=st.sampled_from(["id", "th", "en-PH", "", "x-"]),
)  # fmt: skip
def test_the_dates_of_any_page(
    stated: list[str], printed: list[str], listed: str | None, outlet: str | None, lang: str
) -> None:
    clean = str.maketrans("", "", "<>\"&'")
    metas = "".join(f"<meta property='article:published_time' content='{text.translate(clean)}'>" for text in stated)
    metas += "".join(
        f"<meta property='article:modified_time' content='{text.translate(clean)}'>" for text in stated[::-1]
    )
    lines = "".join(f"<div class='date detail__date'>{text.translate(clean)}</div>" for text in printed)
    body = f"<article><h1>Judul</h1>{lines}<p>Isi.</p></article>"
    html = f"<html lang='{lang}'><head>{metas}</head><body>{body}</body></html>"
    listing = Listing("https://kabar.example/a", "https://kabar.example/", "index", date_published_text=listed)
    found = _dated(html, "https://kabar.example/a", outlet, listing, "Judul")
    assert found == _dated(html, "https://kabar.example/a", outlet, listing, "Judul")
    assert _is_honest(found.published)
    assert _is_honest(found.modified)
    if found.published and found.modified:
        assert found.modified.when >= found.published.when
    assert all(refused.reason for refused in found.refused)


UNITS = (
    "5 Desember 2026 ", "1 jam 2 menit ", "12.", "2026-", "26/11/", "Sen, ", "ธ.ค. ", "ម៉ោង ២ ", "1:1:1:", "+07:00",
    "tháng 12 ", "年12月", "Diperbarui ", "5 ",
    "se", "2026 ", "a.m. ", "pukul ", "((", "မေ", "五十", "'26 ", "\u200b", "\ufdfa",
)  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
def test_a_hundred_thousand_hostile_characters_take_no_time(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    before = time.process_time()
    parse(text, JAKARTA, now=NOW)
    parse(text[:900], JAKARTA, now=NOW)
    read_moments(text, JAKARTA, now=NOW)
    days_in(f"https://kabar.example/{text}")
    head = f"<head><meta name='pubdate' content='{text}'></head>"
    _dated(
        f"<html>{head}<body><h1>Judul</h1><p class='date'>{text}</p></body></html>",
        "https://kabar.example/a",
        None,
        None,
        "Judul",
    )
    assert (
        time.process_time() - before < 20
    )  # seconds of the processor: what grows with the square of the text takes minutes


def test_a_page_of_nothing_but_dates_takes_little_time() -> None:
    lines = "".join(f"<div class='date'><span class='time'>{n % 28 + 1} Mei 2026</span></div>" for n in range(10_000))
    before = time.process_time()
    found = _dated(
        f"<html lang='id'><body><h1>Judul</h1>{lines}</body></html>", "https://kabar.example/a", None, None, "Judul"
    )
    assert (
        time.process_time() - before < 20
    )  # seconds of the processor: what grows with the square of the text takes minutes
    assert found.published is not None
    assert found.published.when.astimezone(UTC).year == 2026
