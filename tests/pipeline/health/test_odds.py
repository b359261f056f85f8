"""When a share stands out from earlier ones."""

from __future__ import annotations

import pytest

from pipeline.health.odds import Share, improbability, is_unusual

FIVES = tuple(Share(0, 5) for _ in range(20))


@pytest.mark.parametrize(
    ("now", "usual", "expected"),
    [
        # Jeffreys' prior with nothing seen: Beta(1/2, 1/2), so one bad one of one has probability 1/2
        (Share(1, 1), Share(0, 0), 0.5),
        # the mean of Beta(bad + 1/2, good + 1/2)
        (Share(1, 1), Share(0, 9), 0.5 / 10),
        (Share(2, 2), Share(0, 9), (0.5 * 1.5) / (10 * 11)),
        (Share(0, 7), Share(3, 9), 1.0),
    ],
)
def test_the_predictive_probability(now: Share, usual: Share, expected: float) -> None:
    assert improbability(now, usual) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("name", "now", "past", "absolute", "expected"),
    [
        ("nothing bad", Share(0, 9), FIVES, None, False),
        ("all bad where nothing was", Share(5, 5), FIVES, None, True),
        ("half bad where nothing was", Share(5, 10), FIVES, None, True),
        ("one of ten is a mixture of articles", Share(1, 10), FIVES, None, False),
        ("one article alone says too little", Share(1, 1), FIVES, None, False),
        ("usually half are bad", Share(5, 5), tuple(Share(3, 5) for _ in range(20)), None, False),
        ("an earlier run was as bad", Share(5, 5), (*FIVES, Share(5, 5)), None, False),
        ("a smaller run is no precedent", Share(5, 5), (*FIVES, Share(1, 1)), None, True),
        ("no past, and none is needed", Share(3, 3), (), 3, True),
        ("no past, and one is needed", Share(9, 9), (), None, False),
        ("no past, and not all are bad", Share(8, 9), (), 3, False),
        ("no past, and too few", Share(2, 2), (), 3, False),
        ("nothing was read", Share(0, 0), FIVES, 3, False),
        ("runs that read nothing are no past", Share(3, 3), (Share(0, 0),) * 30, 3, True),
    ],
)
def test_a_share_is_unusual(
    name: str, now: Share, past: tuple[Share, ...], absolute: int | None, expected: bool
) -> None:
    assert is_unusual(now, past, absolute) is expected, name


def test_single_bad_articles_in_a_row_add_up() -> None:
    """An outlet with one article a run: the third bad one in a row is told."""
    past = tuple(Share(0, 1) for _ in range(60))
    assert not is_unusual(Share(1, 1), past, None)
    assert is_unusual(Share(1, 1), (Share(1, 1), Share(1, 1), *past), None)
