"""Places of watch terms: searched by bisection, and the same as looking at every place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.watches.places import Places, Span, outermost

SPAN = st.tuples(st.integers(0, 60), st.integers(1, 9)).map(lambda pair: (pair[0], pair[0] + pair[1]))
SPANS = st.lists(SPAN, max_size=12, unique=True).map(lambda spans: sorted(spans, key=lambda span: (span[1], span[0])))


def nearest(span: Span, others: list[Span], reach: int) -> Span | None:
    """By definition: the first of those that lie nearest, apart from the span and within reach."""
    apart = {other: max(other[0] - span[1], span[0] - other[1]) for other in others}
    return min((other for other in others if 0 <= apart[other] <= reach), key=lambda other: apart[other], default=None)


@given(SPANS, SPAN, st.integers(0, 40))
def test_the_nearest_place_is_found(others: list[Span], span: Span, reach: int) -> None:
    assert Places(others).near(span, reach) == nearest(span, others, reach)


@given(SPANS, SPAN)
def test_the_outermost_places_hold_the_others(spans: list[Span], span: Span) -> None:
    kept = outermost(spans)
    assert kept == {one for one in spans if not any(o != one and o[0] <= one[0] and one[1] <= o[1] for o in spans)}
    held = any(start <= span[0] and span[1] <= end for start, end in kept)
    assert Places(sorted(kept)).hold(span) is held
