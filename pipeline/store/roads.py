"""By which roads an outlet's articles were found: what `pipeline.recall` estimates from."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from sqlalchemy import CTE, Connection, and_, func, or_, select

from pipeline.model import Disposition, Stage
from pipeline.store.crawl_records import Spotted
from pipeline.store.schema import runs, sightings, urls


def roads(connection: Connection, since: datetime, until: datetime, outlet: str | None) -> dict[str, list[Spotted]]:
    """{outlet: its articles first seen in `since <= t < until`}, kept ones and those that matched no watch.

    Only what the outlet's own daily runs were told counts: a back-fill asks some roads for days that the others cannot
    reach. The sightings are brought down to one a road first, in the order of their key: an article stands in a listing
    for many runs, and its row is looked up once.
    """
    page = urls.alias("page")
    seen = _seen(since, outlet)
    of_page = page.c.id == func.coalesce(urls.c.duplicate_of, urls.c.id)
    unmatched = and_(page.c.disposition == Disposition.REJECTED, page.c.stage == Stage.WATCH)
    query = (
        select(page.c.outlet, page.c.id, page.c.disposition, seen.c.road)
        .select_from(seen)
        .join(urls, urls.c.id == seen.c.url_id)
        .join(page, of_page)
        .where(page.c.outlet == seen.c.outlet, page.c.first_seen_at >= since, page.c.first_seen_at < until)
        .where(or_(page.c.disposition == Disposition.KEPT, unmatched))
    )
    named: defaultdict[tuple[str, int, bool], set[str]] = defaultdict(set)
    for name, page_id, disposition, road in connection.execute(query):
        named[name, page_id, disposition == Disposition.KEPT].add(road)
    found: defaultdict[str, list[Spotted]] = defaultdict(list)
    for (name, _, in_scope), by in sorted(named.items()):
        found[name].append(Spotted(in_scope, frozenset(by)))
    return dict(found)


def _seen(since: datetime, outlet: str | None) -> CTE:
    """Which URL daily runs met on which road of their outlet, each once."""
    daily = (
        select(runs.c.outlet, sightings.c.url_id, sightings.c.road)
        .distinct()
        .join(sightings, sightings.c.run_id == runs.c.id)
        .where(runs.c.kind == "crawl", runs.c.backfill_id.is_(None), runs.c.started_at >= since)
    )
    if outlet is not None:
        daily = daily.where(runs.c.outlet == outlet)
    return daily.cte("seen").prefix_with("MATERIALIZED")
