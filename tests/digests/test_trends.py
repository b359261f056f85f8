"""Figures beside those of the editions before: counted from rows, with gaps where there was no edition."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from digests.compose import compose
from digests.known import PastEdition
from digests.model import Content, from_json, to_json
from digests.past import from_json as past_from_json
from digests.past import summary
from digests.past import to_json as past_to_json
from digests.recap import DayCount, Tones, Trend
from digests.selection import Choice, select
from tests.digests.examples import PERIOD, facts, morning, past_edition, stored


def edition(days: int, stories: int, **watches: int) -> PastEdition:
    """One of so many days ago."""
    base = past_edition(days)
    return replace(base, totals=replace(base.totals, stories=stories), by_watch=watches)


def trends(*past: PastEdition) -> dict[str, Trend]:
    content = compose(facts((stored(1),), past=past))
    return {trend.subject: trend for trend in content.trends}


def day(days: int) -> date:
    return PERIOD - timedelta(days=days)


@pytest.mark.parametrize("editions", [0, 1, 2])
def test_a_few_editions_are_no_trend(editions: int) -> None:
    assert trends(*(edition(days, 1) for days in range(1, editions + 1))) == {}


def test_a_day_without_an_edition_is_a_gap_and_counts_in_no_mean() -> None:
    found = trends(edition(1, 4), edition(2, 6), edition(5, 2))["stories"]
    assert found.days == (
        DayCount(day(5), 2),
        DayCount(day(4), None),
        DayCount(day(3), None),
        DayCount(day(2), 6),
        DayCount(day(1), 4),
        DayCount(PERIOD, 1),
    )
    assert (found.mean_7, found.mean_28) == (4.0, None)


@pytest.mark.parametrize(
    ("days", "mean_7", "mean_28"),
    [((1, 2, 7), 5.0, None), ((1, 2, 8), None, None), (range(1, 8), 5.0, 5.0), (range(1, 7), 5.0, None)],
)
def test_a_mean_takes_three_of_seven_days_and_seven_of_all(
    days: tuple[int, ...], mean_7: float | None, mean_28: float | None
) -> None:
    found = trends(*(edition(one, 5) for one in days))["stories"]
    assert (found.mean_7, found.mean_28) == (mean_7, mean_28)


def test_what_is_older_than_28_days_or_not_before_is_left_out() -> None:
    past = [edition(days, 5) for days in (-1, 0, 1, 2, 27, 28, 40)]
    days = trends(*past)["stories"].days
    assert [one.day for one in days if one.count is not None] == [day(27), day(2), day(1), PERIOD]
    assert len(days) == 28


def test_a_watch_has_a_trend_where_it_had_a_story_the_most_told_first() -> None:
    found = trends(edition(1, 3, amf=1, gone=4), edition(2, 3, amf=9, none=0), edition(3, 1))
    assert list(found) == ["stories", "articles", "outlets", "watch:amf", "watch:gone"]
    assert [one.count for one in found["watch:gone"].days] == [0, 0, 4, 0]
    assert (found["watch:amf"].title, found["watch:gone"].title) == ("ASEAN Mayors Forum", None)


def test_trends_are_of_the_whole_edition() -> None:
    content = compose(morning(12, languages=7))
    assert select(content, Choice(("amf",))).trends == ()
    one = content.stories[0].placements[0].version_id
    articles = next(trend for trend in select(content, without=[one]).trends if trend.subject == "articles")
    assert articles.days[-1].count == content.totals.articles - 1


# --- tones -----------------------------------------------------------------------------------------------------------


def tones(content: Content) -> dict[str, tuple[Tones, Tones | None]]:
    return {row.outlet: (row.now, row.last_week) for row in content.tones}


def test_the_recap_stands_beside_the_edition_a_week_before() -> None:
    week, other = past_edition(7), past_edition(6)
    found = tones(compose(facts((stored(1),), past=(other, week))))
    assert found == {"antara": (Tones(positive=1), week.tones[0].now), "inews": (Tones(), Tones(neutral=1))}


def test_without_an_edition_a_week_before_nothing_stands_beside_it() -> None:
    assert tones(compose(facts((stored(1),), past=(past_edition(6),)))) == {"antara": (Tones(positive=1), None)}


def test_beside_a_part_last_weeks_whole_says_nothing() -> None:
    content = compose(morning(12, languages=7))
    assert {last for _, last in tones(select(content, Choice(("amf",)))).values()} == {None}


# --- what later editions need ----------------------------------------------------------------------------------------


def test_a_summary_survives_being_stored() -> None:
    content = compose(morning(12, languages=7))
    made = summary(content)
    assert past_from_json(past_to_json(made)) == made
    assert summary(from_json(to_json(content))) == made
    assert made.totals == content.totals
    assert made.by_watch == {"amf": 4, "mgmac": 8}
    assert set(made.unread) == {"inews", "antara_en"}
    assert len(made.corrected) == len(content.corrections)


@pytest.mark.parametrize("value", [None, {}, {"period": "yesterday"}, {"period": "2023-07-31", "totals": []}])
def test_a_summary_that_is_none_is_no_summary(value: dict[str, object] | None) -> None:
    assert past_from_json(value) is None
