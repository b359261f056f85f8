"""Which claims contradict each other, and which do not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pipeline.annotations import Evidence
from pipeline.dossiers import Claim, Event, Material, Print, Subject, compose
from pipeline.dossiers.disputes import find_disputes
from pipeline.dossiers.span import event_days
from pipeline.model import Article, Disposition, Kind, StoredArticle
from pipeline.watches import Watch, bundled_watches, match
from pipeline.watches.model import Held

WATCH = Watch("forum", "Forum", first_edition=2013, editions=(Held(2023, "Jakarta", "ID", 10, ("DKI Jakarta",)),))
SEEN = datetime(2023, 8, 1, tzinfo=UTC)


def said(subject: Subject, value: str, source: int, **fields: object) -> Print:
    """A claim of a text; "≈200" and the like have bounds."""
    number = int(value.lstrip("≈>")) if value.lstrip("≈>").isdigit() else None
    low = number if number is None or not value.startswith("≈") else number * 9 // 10
    high = number if number is None or value[0] not in "≈>" else number * 3 // 2
    evidence = Evidence("article_body[0]", 0, 1, "x", subject.value)
    bare = Claim(subject, "", "forum", 2023, value, low, high, True, f"{value} {source}", evidence)
    claim = replace(bare, **fields)  # type: ignore[arg-type]  # named fields of it
    return Print(claim, source, source, f"s{source}", f"outlet{source}", f"https://a.example/{source}", "id", SEEN)


# subject, values of two sources, whether they contradict each other
PAIRS = (
    (Subject.COUNT, "234", "200", True),
    (Subject.COUNT, "234", "234", False),
    (Subject.COUNT, "234", "≈230", False),
    (Subject.COUNT, "234", ">200", False),
    (Subject.COUNT, "190", ">200", True),
    (Subject.DAYS, "2023-08-01/2023-08-02", "2023-08-01/2023-08-02", False),
    (Subject.DAYS, "2023-08-01/2023-08-02", "2023-08-02/2023-08-02", False),
    (Subject.DAYS, "2023-08-01/2023-08-02", "2023-08-01/2023-08-03", True),
    (Subject.DAYS, "2023-08-01/2023-08-01", "2023-08-02/2023-08-02", True),
    (Subject.VENUE, "Hotel Merpati", "Merpati Hotel", False),
    (Subject.VENUE, "Hotel Merpati", "Balai Elang", True),
    (Subject.VENUE, "Hotel Merpati Jakarta", "Hotel Elang Jakarta", True),
    (Subject.HOST, "Jakarta", "Jakarta", False),
    (Subject.HOST, "Jakarta", "Bandung", True),
    (Subject.ORDINAL, "8", "9", True),
    (Subject.FOUNDED, "2013", "2023", True),
)


@pytest.mark.parametrize(("subject", "one", "other", "apart"), PAIRS)
def test_two_sources(subject: Subject, one: str, other: str, apart: bool) -> None:
    found = find_disputes([said(subject, one, 1), said(subject, other, 2)], None, 2023)
    assert bool(found) is apart
    if apart:
        assert {side.value for side in found[0].sides} == {one, other}


@pytest.mark.parametrize(
    ("subject", "value", "recorded"),
    [
        (Subject.FOUNDED, "2023", "2013"),
        (Subject.ORDINAL, "9", "10"),
        (Subject.HOST, "Bandung", "Jakarta"),
        (Subject.FOUNDED, "2013", None),
        (Subject.ORDINAL, "10", None),
        (Subject.HOST, "Jakarta", None),
        (Subject.HOST, "DKI Jakarta", None),
    ],
)
def test_one_source_against_the_record(subject: Subject, value: str, recorded: str | None) -> None:
    found = find_disputes([said(subject, value, 1)], WATCH, 2023)
    assert [side.value for one in found for side in one.sides if side.recorded] == ([recorded] if recorded else [])


def test_copies_of_one_text_do_not_contradict_it() -> None:
    one = said(Subject.COUNT, "234", 1)
    assert find_disputes([one, replace(one, article_id=2, claim=replace(one.claim, value="2340"))], None, 2023) == ()


def test_other_things_are_not_compared() -> None:
    prints = [
        said(Subject.COUNT, "234", 1, about="attended delegates"),
        said(Subject.COUNT, "200", 2, about="expected delegates"),
        said(Subject.COUNT, "150", 3, about="attended mayors"),
        said(Subject.COUNT, "90", 4, about="attended delegates", edition=2022),
        said(Subject.COUNT, "40", 5, about="attended delegates", own=False),
    ]
    assert find_disputes(prints, None, 2023) == ()


def test_a_part_of_the_event_is_compared_within_its_story() -> None:
    one = said(Subject.COUNT, "40", 1, own=False)
    other = replace(said(Subject.COUNT, "60", 2, own=False), story="s1")
    assert len(find_disputes([one, other], None, 2023)) == 1


def test_the_side_with_most_sources_comes_first() -> None:
    (found,) = find_disputes([said(Subject.COUNT, "9", 1), *(said(Subject.COUNT, "7", n) for n in (2, 3))], None, 2023)
    assert [(side.value, side.sources) for side in found.sides] == [("7", 2), ("9", 1)]


def test_many_sources_are_compared_soon() -> None:
    prints = [said(Subject.COUNT, str(number % 7 + 2), number) for number in range(1, 5001)]
    (found,) = find_disputes(prints, None, 2023)
    assert sum(side.sources for side in found.sides) == 5000


def test_days_within_a_printed_span_do_not_contradict_each_other() -> None:
    values = ("2023-08-01/2023-08-01", "2023-08-02/2023-08-02", "2023-08-01/2023-08-02")
    prints = [said(Subject.DAYS, value, number) for number, value in enumerate(values)]
    assert find_disputes(prints, None, 2023) == ()
    (found,) = find_disputes([*prints, said(Subject.DAYS, "2023-08-05/2023-08-05", 9)], None, 2023)
    assert {side.value for side in found.sides} == {"2023-08-01/2023-08-02", "2023-08-05/2023-08-05"}


def test_days_are_the_span_in_which_the_opening_day_lies() -> None:
    values = ["2023-08-01/2023-08-01"] * 3 + ["2023-08-01/2023-08-02", "2023-07-20/2023-07-20"]
    days = event_days([said(Subject.DAYS, value, number) for number, value in enumerate(values)], {}, 2023, None)
    assert days is not None
    assert (days.first, days.last, days.sources) == (date(2023, 8, 1), date(2023, 8, 2), 1)


YEARS = {"000": 2023, "001": 2023, "002": 2022, "003": 2023}


@pytest.mark.shared
def test_the_seeds_dispute_the_founding_year_and_the_first_time_together(shared: Callable[..., Path]) -> None:
    watches = bundled_watches()
    stored = {}
    for number, (key, year) in enumerate(YEARS.items(), 1):
        text = next(shared("seeds").glob(f"{key}_*.txt")).read_text(encoding="utf-8")
        body = tuple(line.strip() for line in text.split("\n") if line.strip())
        bare = Article(
            key, key, key, Kind.ARTICLE, SEEN, "0", article_body=body, date_published=datetime(year, 8, 1, tzinfo=UTC)
        )
        stored[number] = StoredArticle(number, match(bare, watches), 1, number, SEEN, Disposition.KEPT, key)
    event = Event("mgmac-2023", "mgmac", 2023, (1, 2, 4), date(2023, 8, 1), date(2023, 8, 1))
    mine = tuple(stored[number] for number in event.articles)
    found = compose(Material(event, mine, (stored[3],), {}, watches, ZoneInfo("Asia/Jakarta")))
    assert found.days is not None
    assert (found.days.first, found.days.last, found.days.sources) == (date(2023, 8, 1), date(2023, 8, 2), 3)
    told = {one.subject: {(side.value, side.recorded) for side in one.sides} for one in found.disputes}
    assert told == {
        Subject.FOUNDED: {("2013", True), ("2023", False)},
        Subject.TOGETHER: {("first", False), ("2022", False)},
    }
