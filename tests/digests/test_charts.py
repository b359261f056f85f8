"""Charts tell a gap from a zero, in every form."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from digests.charts import Bar, spark, trend_line, trend_view, trend_views
from digests.model import Content
from digests.phrases import phrases
from digests.recap import DayCount, Trend
from digests.render import render
from tests.digests import contents
from tests.digests.test_render import page

ID = phrases("id", "Asia/Jakarta")
EN = phrases("en", "Asia/Jakarta")


def days(*counts: int | None) -> tuple[DayCount, ...]:
    first = date(2023, 8, 1) - timedelta(days=len(counts) - 1)
    return tuple(DayCount(first + timedelta(days=number), count) for number, count in enumerate(counts))


def trend(*counts: int | None, mean_7: float | None = None, mean_28: float | None = None) -> Trend:
    return Trend("stories", None, days(*counts), mean_7, mean_28)


@pytest.mark.parametrize(
    ("counts", "line"),
    [
        ((0, 1, 2, 3, 4, 5, 6, 7), "▁▂▃▄▅▆▇█"),
        ((7, None, 0, 7), "█ ▁█"),
        ((None, None, 4, 4), "  ██"),
        ((1, 1000), "▁█"),
        ((0, 0), "▁▁"),
    ],
)
def test_a_sparkline_has_a_space_for_a_gap_and_the_lowest_block_for_zero(
    counts: tuple[int | None, ...], line: str
) -> None:
    assert spark(days(*counts)) == line


def test_bars_are_in_proportion_a_zero_is_thin_and_a_gap_is_none() -> None:
    made = trend_view(EN, trend(0, None, 5, 10), 40)
    assert made is not None
    assert made.bars == (Bar(2, last=False), Bar(None, last=False), Bar(20, last=False), Bar(40, last=True))


@pytest.mark.parametrize(
    "counts",
    [(), (5,), (None, None, 5), (3, 4, None), (0, 0, 0)],
    ids=["none", "one", "two gaps", "not today", "zeros"],
)
def test_what_makes_no_line_makes_no_chart(counts: tuple[int | None, ...]) -> None:
    if counts:
        assert trend_view(EN, trend(*counts), 40) is None
    assert trend_views(EN, (), 40) == ()


def test_a_chart_is_said_in_one_sentence() -> None:
    made = trend_view(EN, trend(9, None, 15, 12, mean_7=9.44, mean_28=8.0), 40)
    assert made is not None
    told = "Stories: 12 in this edition; 7-day mean 9.4; 28-day mean 8; most 15 (31 Jul); 1 day without an edition"
    assert made.label == told


def test_a_day_without_any_shows_no_zero() -> None:
    made = trend_view(ID, trend(9, 15, 0), 40)
    assert made is not None
    assert made.figure == ""
    assert made.label == "Peristiwa: tidak ada pada edisi ini; terbanyak 15 (31 Jul)"


@pytest.mark.parametrize(
    ("today", "word"), [(12, "Lebih ramai"), (9, "Seperti biasa"), (11, "Seperti biasa"), (6, "Lebih sepi")]
)
def test_the_first_screen_says_how_much_is_usual(today: int, word: str) -> None:
    line = trend_line(ID, (trend(9, 9, 9, today, mean_7=9.0),))
    assert line == f"{word}: biasanya 9 sehari (rata-rata 7 hari)"


def test_without_a_mean_nothing_is_called_usual() -> None:
    assert trend_line(ID, (trend(9, 9, 9),)) is None
    assert trend_line(ID, ()) is None


def test_where_few_charts_fit_watches_come_before_what_follows_from_the_stories() -> None:
    month = days(*range(1, 9))
    trends = tuple(Trend(subject, None, month, None, None) for subject in ("stories", "articles", "watch:mgmac"))
    assert [made.subject for made in trend_views(EN, trends, 40, 2)] == ["stories", "watch:mgmac"]
    assert [made.subject for made in trend_views(EN, trends, 40)] == ["stories", "articles", "watch:mgmac"]


@pytest.fixture(scope="module")
def content() -> Content:
    return contents.full(12, "id")


def test_the_mail_draws_with_table_cells_and_says_what_it_draws(content: Content) -> None:
    charts = page(content).xpath("//table[@role='img']")
    assert len(charts) == 3
    for chart in charts:
        assert chart.get("aria-label").count(";") >= 3
        cells = chart.xpath(".//td")
        assert len(cells) == 28
        assert len([cell for cell in cells if not cell.xpath("./div")]) == 2  # the days without an edition


def test_the_text_draws_with_blocks_and_says_the_same(content: Content) -> None:
    body = render(content, "id", "text").decode()
    lines = [line for line in body.splitlines() if "█" in line]
    assert len(lines) == 3
    assert all("  " in line for line in lines)
    assert "2 hari tanpa edisi" in " ".join(body.split())
