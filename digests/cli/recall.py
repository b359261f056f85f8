"""What `outlets show` tells of an outlet's completeness: how much its roads found of each other's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import timedelta

from digests.cli.office import Office
from digests.cli.output import print_text
from digests.cli.tables import print_table
from pipeline.outlet import Outlet
from pipeline.recall import DAYS, GENERAL, Estimate, Recall, recall
from pipeline.store.crawl_records import Spotted


@dataclass(frozen=True, slots=True)
class Completeness:
    """Estimates over the last `days`: of all articles, by the roads that list all; of those in scope, by every road."""

    days: int
    articles: Recall
    in_scope: Recall


def completeness(here: Office, outlet: Outlet) -> Completeness:
    """Of the articles first seen in the last two weeks."""
    named = here.store.ledger.roads(here.now - timedelta(days=DAYS), here.now, outlet.name).get(outlet.name, [])
    return of_named(named)


def of_named(named: Sequence[Spotted]) -> Completeness:
    """Pure. A search and a tag page name ours only: they say nothing of all articles."""
    return Completeness(
        DAYS,
        recall(one.roads & GENERAL for one in named),
        recall(one.roads for one in named if one.in_scope),
    )


def document(here: Office, outlet: Outlet) -> dict[str, object]:
    """The outlet as `outlets show --json` prints it, with its completeness."""
    found = completeness(here, outlet)
    parts = {"articles": _plain(found.articles), "in_scope": _plain(found.in_scope)}
    return {**{one.name: getattr(outlet, one.name) for one in fields(outlet)}, "completeness": {"days": DAYS, **parts}}


def print_completeness(here: Office, outlet: Outlet) -> None:
    """What each road found, and the estimates in one line each."""
    found = completeness(here, outlet)
    if found.articles.by_road:
        print_table(("road", f"articles in {DAYS} days"), found.articles.by_road)
    print_text(f"complete, all articles: {told(found.articles)}")
    print_text(f"complete, in scope: {told(found.in_scope)}")


def told(found: Recall) -> str:
    """ "about 96 % (88–98 %), 240 of an estimated 250; feed × sitemap: 190 on both"."""
    estimate = found.estimate
    if estimate is None:
        return f"not known; {found.why} in {DAYS} days" if not found.found else f"not known; {found.why}"
    low, high = (int(100 * share) for share in (estimate.complete_low, estimate.complete_high))
    share = f"about {int(100 * estimate.complete)} % ({low}–{high} %) at best"
    counts = f"{estimate.found} of an estimated {estimate.total:.0f}"
    same = ", the very same, as one list in two forms would be" if estimate.both == estimate.found else ""
    return f"{share}, {counts}; {' × '.join(estimate.roads)}: {estimate.both} on both{same}"


def _plain(found: Recall) -> dict[str, object]:
    return {
        "found": found.found,
        "by_road": dict(found.by_road),
        "estimate": _estimate(found.estimate) if found.estimate else None,
        "splits": [_estimate(split) for split in found.splits],
        "why": found.why,
    }


def _estimate(estimate: Estimate) -> dict[str, object]:
    """With standard error and shares."""
    return {
        "roads": list(estimate.roads),
        "first": estimate.first,
        "second": estimate.second,
        "both": estimate.both,
        "found": estimate.found,
        "total": round(estimate.total, 1),
        "total_interval": [round(estimate.low, 1), round(estimate.high, 1)],
        "variance": round(estimate.variance, 3),
        "complete": round(estimate.complete, 4),
        "complete_interval": [round(estimate.complete_low, 4), round(estimate.complete_high, 4)],
    }
