"""The trail of one URL, and the counters of one run: read from rows, never from memory."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, func, or_, select

from pipeline.model import Capture, Disposition, FailureClass, RunCounts, Stage, StoredArticle
from pipeline.store import removal_rows, stored, story_rows
from pipeline.store.captures import capture_of
from pipeline.store.crawl_records import Attempt, Change, Placement, Sighting, Trail
from pipeline.store.dispositions import root, row_of, url_record
from pipeline.store.schema import (
    articles,
    attempts,
    captures,
    edition_versions,
    editions,
    listings,
    sightings,
    url_changes,
    urls,
    version_captures,
    versions,
)


def trail(connection: Connection, url: str) -> Trail | None:
    """All that is known of the URL; `None` when it was never seen."""
    row = row_of(connection, url)
    if row is None:
        return None
    page = root(connection, row, lock=False)
    others = select(urls.c.url).where(urls.c.duplicate_of == page["id"], urls.c.id != row["id"]).order_by(urls.c.url)
    article = _article(connection, page["id"])
    return Trail(
        record=url_record(row),
        canonical=url_record(page) if page["id"] != row["id"] else None,
        duplicates=tuple(connection.execute(others).scalars()),
        sightings=_sightings(connection, row["id"]),
        attempts=_attempts(connection, {row["id"], page["id"]}),
        changes=_changes(connection, row["id"]),
        captures=_captures(connection, {row["url"], page["url"]}, page["id"]),
        article=article,
        story=story_rows.story(connection, article.story_id) if article and article.story_id else None,
        editions=_placements(connection, article.id) if article else (),
        removals=tuple(removal_rows.of(connection, [article.id])[article.id]) if article else (),
    )


def run_counts(connection: Connection, run_id: int) -> RunCounts:
    """Each URL counts once, by the last disposition that this run gave it."""
    mine = url_changes.c.run_id == run_id
    last = select(func.max(url_changes.c.id)).where(mine).group_by(url_changes.c.url_id)
    by_disposition = select(url_changes.c.disposition, func.count()).where(url_changes.c.id.in_(last))
    given = dict(connection.execute(by_disposition.group_by(url_changes.c.disposition)).tuples().all())
    earlier = url_changes.alias()
    first = (
        ~select(earlier.c.id).where(earlier.c.url_id == url_changes.c.url_id, earlier.c.id < url_changes.c.id).exists()
    )
    answered = attempts.c.run_id == run_id, attempts.c.status.is_not(None)
    return RunCounts(
        listings=_count(connection, select(func.count()).where(listings.c.run_id == run_id)),
        listed=_count(
            connection, select(func.count(sightings.c.url_id.distinct())).where(sightings.c.run_id == run_id)
        ),
        new=_count(connection, select(func.count()).where(mine, first, _sighted(run_id))),
        fetched=_count(connection, select(func.count(attempts.c.url_id.distinct())).where(*answered)),
        kept=given.get(Disposition.KEPT, 0),
        duplicate=given.get(Disposition.DUPLICATE, 0),
        rejected=given.get(Disposition.REJECTED, 0),
        failed=given.get(Disposition.FAILED, 0),
        out_of_window=given.get(Disposition.OUT_OF_WINDOW, 0),
    )


def _sighted(run_id: int) -> ColumnElement[bool]:
    return (
        select(sightings.c.url_id)
        .where(sightings.c.run_id == run_id, sightings.c.url_id == url_changes.c.url_id)
        .exists()
    )


def _count(connection: Connection, query: Select[tuple[int]]) -> int:
    return connection.execute(query).scalar_one()


def _article(connection: Connection, url_id: int) -> StoredArticle | None:
    ids = connection.execute(select(articles.c.id).where(articles.c.url_id == url_id)).scalars().all()
    return next(iter(stored.current(connection, ids)), None)


def _sightings(connection: Connection, url_id: int) -> tuple[Sighting, ...]:
    query = select(sightings).where(sightings.c.url_id == url_id).order_by(sightings.c.at, sightings.c.run_id)
    rows = connection.execute(query).mappings()
    return tuple(Sighting(row["at"], row["run_id"], row["found_on"], row["road"]) for row in rows)


def _attempts(connection: Connection, url_ids: set[int]) -> tuple[Attempt, ...]:
    query = select(attempts).where(attempts.c.url_id.in_(url_ids)).order_by(attempts.c.at, attempts.c.id)
    return tuple(_attempt(row) for row in connection.execute(query).mappings())


def _attempt(row: RowMapping) -> Attempt:
    return Attempt(
        at=row["at"],
        run_id=row["run_id"],
        status=row["status"],
        failure=FailureClass(row["failure"]) if row["failure"] else None,
        detail=row["detail"],
        record_id=row["record_id"],
    )


def _changes(connection: Connection, url_id: int) -> tuple[Change, ...]:
    query = select(url_changes).where(url_changes.c.url_id == url_id).order_by(url_changes.c.id)
    return tuple(_change(row) for row in connection.execute(query).mappings())


def _change(row: RowMapping) -> Change:
    return Change(
        at=row["at"],
        disposition=Disposition(row["disposition"]),
        stage=Stage(row["stage"]) if row["stage"] else None,
        rule=row["rule"],
        detail=row["detail"],
        actor=row["actor"],
        run_id=row["run_id"],
    )


def _captures(connection: Connection, addresses: set[str], url_id: int) -> tuple[Capture, ...]:
    """Captures of the URL and of its page, and those that the page's versions were read from."""
    read_from = (
        select(version_captures.c.record_id)
        .join(versions, versions.c.id == version_captures.c.version_id)
        .join(articles, articles.c.id == versions.c.article_id)
        .where(articles.c.url_id == url_id)
    )
    theirs = or_(captures.c.url.in_(sorted(addresses)), captures.c.record_id.in_(read_from))
    query = select(captures).where(theirs).order_by(captures.c.fetched_at, captures.c.id)
    return tuple(capture_of(row) for row in connection.execute(query).mappings())


def _placements(connection: Connection, article_id: int) -> tuple[Placement, ...]:
    query = (
        select(editions.c.list, editions.c.period, versions.c.n, edition_versions.c.place)
        .join(edition_versions, edition_versions.c.edition_id == editions.c.id)
        .join(versions, versions.c.id == edition_versions.c.version_id)
        .where(versions.c.article_id == article_id)
        .order_by(editions.c.period, editions.c.list)
    )
    return tuple(Placement(*row) for row in connection.execute(query))
