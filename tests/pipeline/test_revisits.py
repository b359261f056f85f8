"""The decaying schedule of revisits, and when an article is believed to be gone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from pipeline.model import FailureClass
from pipeline.revisits import FRESH, LADDER, Visit, after_failure, born, is_gone, next_revisit, taken

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def visits(published: datetime, changes: set[int] | None = None, *, every: bool = False) -> list[timedelta]:
    """When the article is visited after the first time, each exactly when due; `changes`: numbers of visits."""
    at, rungs, found = NOW, 0, list[timedelta]()
    changed = True
    while when := next_revisit(published, at, rungs, changed):
        rungs, at = taken(rungs, changed), when
        found.append(at - NOW)
        changed = every or len(found) in (changes or ())
    return found


def test_an_unchanged_article_is_visited_where_the_ladder_says() -> None:
    assert visits(NOW - HOUR) == list(LADDER)


def test_a_change_is_looked_at_again_after_the_same_pause() -> None:
    found = visits(NOW, {2})
    assert found[:4] == [2 * HOUR, 6 * HOUR, 10 * HOUR, 28 * HOUR]
    assert len(found) == len(LADDER) + 1


def test_an_article_that_changes_always_is_visited_less_and_less() -> None:
    found = visits(NOW, every=True)
    pauses = [later - earlier for earlier, later in pairwise(found)]
    assert pauses == sorted(pauses)
    assert 30 <= len(found) <= 45
    assert found[-1] < FRESH


def test_visits_end_when_the_article_is_no_longer_fresh() -> None:
    assert visits(NOW - FRESH + 12 * HOUR) == []
    assert visits(NOW - 12 * DAY) == [1.2 * DAY]
    assert all(NOW + after - (NOW - 5 * DAY) < FRESH for after in visits(NOW - 5 * DAY, every=True))


def test_an_older_article_is_visited_more_seldom() -> None:
    assert visits(NOW - 5 * DAY)[0] == 12 * HOUR


@pytest.mark.parametrize(
    ("published", "wanted"),
    [(None, NOW), (NOW - DAY, NOW - DAY), (NOW + 9 * DAY, NOW)],
    ids=["no date", "a date", "a date to come"],
)
def test_age_counts_from_the_date_unless_it_lies(published: datetime | None, wanted: datetime) -> None:
    assert born(published, NOW) == wanted


def test_what_may_be_gone_is_looked_at_again_after_a_day_also_at_the_end() -> None:
    assert after_failure(NOW, NOW + HOUR, 0, doubtful=True) == NOW + HOUR + DAY
    assert after_failure(NOW, NOW + 7 * DAY, 4, doubtful=True) == NOW + 8 * DAY
    assert after_failure(NOW, NOW + 7 * DAY, 4, doubtful=False) is None


def test_the_server_may_ask_for_a_longer_pause() -> None:
    assert after_failure(NOW, NOW, 0, doubtful=False, retry_after=9 * HOUR) == NOW + 9 * HOUR
    assert after_failure(NOW, NOW, 0, doubtful=False, retry_after=HOUR) == NOW + 4 * HOUR


def visit(hours: float, failure: FailureClass | None = None, status: int | None = 200, record: str = "") -> Visit:
    """So many hours ago."""
    return Visit(NOW - hours * HOUR, failure, status, record or f"record-{hours}")


GONE, TIMEOUT, BLOCKED = FailureClass.GONE, FailureClass.TIMEOUT, FailureClass.BLOCKED
CASES = (
    ("never visited", (), False),
    ("it is there", (visit(0), visit(30, GONE, 404)), False),
    ("410 at once", (visit(0, GONE, 410), visit(2)), True),
    ("one 404", (visit(0, GONE, 404), visit(2)), False),
    ("404 twice within a day", (visit(0, GONE, 404), visit(23, GONE, 404), visit(30)), False),
    ("404 twice a day apart", (visit(0, GONE, 404), visit(24, GONE, 404), visit(30)), True),
    ("404 thrice over a day", (visit(0, GONE, 404), visit(12, GONE, 404), visit(25, GONE, 404)), True),
    ("a 200 between", (visit(0, GONE, 404), visit(10), visit(25, GONE, 404)), False),
    ("a 304 between", (visit(0, GONE, 404), visit(10, None, 304), visit(25, GONE, 404)), False),
    ("a time-out between", (visit(0, GONE, 404), visit(10, TIMEOUT, None), visit(25, GONE, 404)), True),
    ("a block now", (visit(0, BLOCKED, 403), visit(25, GONE, 404)), False),
    ("a soft 404 and a 404", (visit(0, GONE, 404), visit(25, GONE, 200, "a"), visit(25, None, 200, "a")), True),
    (
        "a soft 404 twice, each noted as an answer first",
        (visit(0, GONE, 200, "b"), visit(0, None, 200, "b"), visit(25, GONE, 200, "a"), visit(25, None, 200, "a")),
        True,
    ),
    ("redirects to the home page", (visit(0, GONE, 301), visit(48, GONE, 302)), True),
)


@pytest.mark.parametrize(("history", "gone"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_gone_is_believed_at_once_or_when_met_again(history: tuple[Visit, ...], gone: bool) -> None:
    assert is_gone(history) is gone
