"""Who had an event first, and how much each outlet printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

from pipeline.dossiers.model import First, OutletCount, Place

_UNDATED = datetime.max.replace(tzinfo=UTC)


def when(place: Place) -> tuple[datetime, int]:
    """Order of publication; what is undated comes last."""
    return place.published or _UNDATED, place.article_id


def firsts(places: Sequence[Place]) -> tuple[First, ...]:
    """The first own report of all, of each country, language and outlet; those by their time. A reprint is no first."""
    own = sorted((place for place in places if not place.copy and place.published is not None), key=when)
    if not own:
        return ()
    return (
        First("overall", "", own[0]),
        *_by(own, "country", lambda place: place.country),
        *_by(own, "language", lambda place: place.language),
        *_by(own, "outlet", lambda place: place.outlet),
    )


def _by(own: Sequence[Place], of: str, key: Callable[[Place], str | None]) -> Iterator[First]:
    seen: set[str] = set()
    for place in own:
        name = key(place)
        if name is not None and name not in seen:
            seen.add(name)
            yield First(of, name, place)


def outlet_counts(places: Sequence[Place]) -> tuple[OutletCount, ...]:
    """What each outlet printed in each language, by country, those with most first."""
    counts = Counter((place.outlet, place.language, place.copy) for place in places)
    shown = {(place.outlet, place.language): place for place in reversed(places)}
    found = [
        OutletCount(
            outlet=outlet,
            title=place.title,
            country=place.country,
            language=language,
            owned=place.owned,
            originals=counts[outlet, language, False],
            copies=counts[outlet, language, True],
        )
        for (outlet, language), place in shown.items()
    ]
    return tuple(sorted(found, key=_order))


def _order(one: OutletCount) -> tuple[bool, str, int, str, str]:
    return (
        one.country is None,
        one.country or "",
        -(one.originals + one.copies),
        one.title.casefold(),
        one.language or "",
    )
