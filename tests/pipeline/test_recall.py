"""The estimate of completeness against draws whose truth is known."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from statistics import mean

import pytest

from pipeline.recall import FEWEST, Estimate, Recall, estimate, recall

Chances = Callable[[int], Mapping[str, float]]


def draw(chance: random.Random, articles: int, roads: Chances) -> list[frozenset[str]]:
    """Each article on each road with the chance that `roads` gives for it."""
    return [frozenset(road for road, p in roads(n).items() if chance.random() < p) for n in range(articles)]


def estimates(articles: int, roads: Chances, draws: int = 600) -> list[Estimate]:
    chance = random.Random(20261121)
    found = (recall(draw(chance, articles, roads)).estimate for _ in range(draws))
    return [one for one in found if one is not None]


INDEPENDENT = (
    ("many articles", 400, {"feed": 0.8, "sitemap": 0.8}),
    ("few articles", 40, {"feed": 0.6, "sitemap": 0.7}),
    ("a weak road", 200, {"feed": 0.3, "sitemap": 0.6}),
    ("nearly all is found", 120, {"feed": 0.9, "sitemap": 0.95}),
    ("hardly anything is missed", 30, {"feed": 0.97, "sitemap": 0.95}),
    ("one road has most", 60, {"feed": 0.3, "sitemap": 0.97}),
    ("three roads", 200, {"feed": 0.6, "sitemap": 0.7, "index": 0.4}),
)


@pytest.mark.parametrize(("articles", "chances"), [case[1:] for case in INDEPENDENT], ids=[c[0] for c in INDEPENDENT])
def test_independent_roads_are_estimated_without_bias(articles: int, chances: Mapping[str, float]) -> None:
    """Within 1.5 % on average; the 95 % interval holds the truth in at least nine of ten draws."""
    found = estimates(articles, lambda _: chances)
    assert abs(mean(one.total for one in found) / articles - 1) < 0.015
    assert sum(one.low <= articles <= one.high for one in found) / len(found) >= 0.9


def test_the_variance_is_that_of_the_draws() -> None:
    found = estimates(400, lambda _: {"feed": 0.7, "sitemap": 0.7}, draws=2000)
    middle = mean(one.total for one in found)
    spread = mean((one.total - middle) ** 2 for one in found)
    assert mean(one.variance for one in found) == pytest.approx(spread, rel=0.15)


def test_roads_that_depend_on_each_other_hide_what_both_miss() -> None:
    """The figures of the module's docstring: an estimate is "complete at best"."""

    def fronted(n: int) -> Mapping[str, float]:
        return dict.fromkeys(("feed", "sitemap"), 0.95 if n % 4 else 0.35)

    found = estimates(400, fronted)
    assert mean(one.found for one in found) == pytest.approx(357, abs=2)
    assert mean(one.total for one in found) == pytest.approx(362, abs=2)
    assert mean(one.complete for one in found) > 0.98


def test_chapman_by_hand() -> None:
    """A textbook's figures: 200 and 150 found, 50 of them by both."""
    one = estimate(("feed", "sitemap"), 200, 150, 50)
    assert one.total == pytest.approx(201 * 151 / 51 - 1)
    assert one.variance == pytest.approx(201 * 151 * 150 * 100 / (51**2 * 52))
    assert one.found == 300
    assert one.low < one.total < one.high
    assert one.complete_low < one.complete < one.complete_high < 1


def test_a_road_that_has_all_of_the_other_leaves_a_doubt() -> None:
    one = estimate(("feed", "sitemap"), 20, 90, 20)
    assert (one.complete, one.found) == (1.0, 90)
    assert 0.8 < one.complete_low < 0.99


@pytest.mark.parametrize(("articles", "low"), [(10, 0.89), (40, 0.99), (400, 0.9999)])
def test_two_roads_with_the_very_same_articles_leave_the_less_doubt_the_more_they_have(
    articles: int, low: float
) -> None:
    one = estimate(("feed", "sitemap"), articles, articles, articles)
    assert one.complete == 1.0
    assert low <= one.complete_low < 1.0


def test_an_impossible_overlap_is_refused() -> None:
    with pytest.raises(ValueError, match="impossible"):
        estimate(("feed", "sitemap"), 3, 4, 5)


def seen(**counts: int) -> Recall:
    """So many articles of each set of roads: feed=3, feed_sitemap=2."""
    return recall(frozenset(roads.split("_")) for roads, number in counts.items() for _ in range(number))


def test_one_road_tells_nothing_of_what_it_misses() -> None:
    found = seen(feed=40)
    assert (found.found, found.by_road, found.estimate) == (40, (("feed", 40),), None)
    assert "one road" in (found.why or "")


def test_too_little_in_common_is_said_and_not_estimated() -> None:
    assert seen(feed=20, sitemap=20, feed_sitemap=FEWEST).estimate is not None
    found = seen(feed=20, sitemap=20, feed_sitemap=FEWEST - 1)
    assert found.estimate is None
    assert found.why == "too little in common: 6 articles stand on two roads, 7 are needed"


def test_nothing_found_is_nothing_known() -> None:
    assert recall([]).estimate is None
    assert recall([frozenset()]).found == 0


def test_of_three_roads_the_split_with_the_largest_overlap_is_told() -> None:
    found = seen(feed_sitemap=30, feed_index=4, sitemap=6, feed=10, index=9)
    assert found.estimate is not None
    assert found.estimate.roads == ("feed", "index+sitemap")
    assert found.estimate.both == 34
    assert found.estimate.found == found.found == 59
    assert [split.roads[0] for split in found.splits] == ["feed", "sitemap"]
