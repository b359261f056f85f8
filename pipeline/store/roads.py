"""By which roads an outlet's articles were found: what `pipeline.recall` estimates from."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from sqlalchemy import Connection, and_, func, or_, select

from pipeline.model import Disposition, Stage
from pipeline.store.crawl_records import Spotted
from pipeline.store.schema import runs, sightings, urls


def roads(connection: Connection, since: datetime, until: datetime, outlet: str | None) -> dict[str, list[Spotted]]:
    """{outlet: its articles first seen in `since <= t < until`}, kept ones and those that matched no watch.

    Only what daily runs were told counts: a back-fill asks some roads for days that the others cannot reach.
    """
    page = urls.alias("page")
    of_page = page.c.id == func.coalesce(urls.c.duplicate_of, urls.c.id)
    unmatched = and_(page.c.disposition == Disposition.REJECTED, page.c.stage == Stage.WATCH)
    query = (
        select(page.c.outlet, page.c.id, page.c.disposition, sightings.c.road)
        .distinct()
        .select_from(sightings)
        .join(runs, runs.c.id == sightings.c.run_id)
        .join(urls, urls.c.id == sightings.c.url_id)
        .join(page, of_page)
        .where(runs.c.kind == "crawl", runs.c.backfill_id.is_(None), runs.c.started_at >= since)
        .where(page.c.first_seen_at >= since, page.c.first_seen_at < until, page.c.outlet.is_not(None))
        .where(or_(page.c.disposition == Disposition.KEPT, unmatched))
    )
    if outlet is not None:
        query = query.where(page.c.outlet == outlet)
    named: defaultdict[tuple[str, int, bool], set[str]] = defaultdict(set)
    for name, page_id, disposition, road in connection.execute(query):
        named[name, page_id, disposition == Disposition.KEPT].add(road)
    found: defaultdict[str, list[Spotted]] = defaultdict(list)
    for (name, _, in_scope), by in sorted(named.items()):
        found[name].append(Spotted(in_scope, frozenset(by)))
    return dict(found)
