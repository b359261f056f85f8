"""A person and a city in common are no event in common."""

from __future__ import annotations

import pytest

from pipeline.likeness import Shared
from pipeline.spread import LEAST, concentration, spread_factor


@pytest.mark.parametrize(
    ("shares", "carried"),
    [
        ({}, 0.0),
        ({"villaflor": 0.5, "manila": 0.3, "corazon": 0.2}, 1.0),
        ({"villaflor": 0.3, "manila": 0.2, "corazon": 0.1, "corazon villaflor": 0.2, "five": 0.2}, 0.8),
        ({"ferry": 0.25, "bay": 0.25, "cavite": 0.25, "manila": 0.25}, 0.75),
        ({"=manila": 0.4, "_man": 0.1, "nila": 0.1, "=villaflor": 0.2, "flor": 0.1, "_bag": 0.1}, 1.0),
        ({"=manila": 0.25, "=35": 0.25, "=180": 0.25, "=cavite": 0.2, "vite": 0.05}, 0.75),
    ],
)
def test_the_three_heaviest_words_carry_a_part_of_the_likeness(shares: dict[str, float], carried: float) -> None:
    found = concentration(Shared(term, share) for term, share in shares.items())
    assert found == pytest.approx(carried)


@pytest.mark.parametrize(("carried", "left"), [(0.0, 1.0), (0.57, 1.0), (0.7, 1.0), (0.85, 0.75), (1.0, LEAST)])
def test_the_less_else_they_share_the_less_is_left_of_their_score(carried: float, left: float) -> None:
    shared = [Shared("villaflor", carried), *(Shared(f"word{n}", 0.0) for n in range(9))]
    assert spread_factor(shared) == pytest.approx(left)
