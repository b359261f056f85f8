"""Alerts: told once for each rule and story of a list, whoever finds out; frozen and entered in one commit."""

from __future__ import annotations

import builtins
import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import Connection, RowMapping, Select, func, select, update

from pipeline.store.alert_records import AlertRecord, Told
from pipeline.store.captures import chunks
from pipeline.store.database import Part, insert, reads, writes
from pipeline.store.records import StaleError
from pipeline.store.schema import alert_articles, alerts, edition_versions, editions, versions

_MOST_A_DAY = 9_999  # four digits of a period


class Alerts(Part):
    """Verbs over alerts."""

    @writes
    def tell(
        self,
        connection: Connection,
        list_name: str,
        day: date,
        content: Mapping[str, object],
        told: Sequence[Told],
        *,
        now: datetime,
    ) -> AlertRecord:
        """Freeze an alert and enter what it tells in the ledger, all or nothing; its messages are frozen afterwards.

        Raises `StaleError` when one of these articles was told by the same rule before.
        """
        edition_id = _freeze(connection, list_name, day, content, now)
        new = alerts.insert().values(list=list_name, edition_id=edition_id, told_at=now).returning(alerts.c.id)
        alert_id: int = connection.execute(new).scalar_one()
        for one in told:
            _enter(connection, list_name, alert_id, one)
        return _whole(connection, _query().where(alerts.c.id == alert_id))[0]

    @writes
    def mailed(self, connection: Connection, alert_id: int, now: datetime) -> None:
        """Its messages are frozen."""
        connection.execute(update(alerts).where(alerts.c.id == alert_id).values(mailed_at=now))

    @reads
    def unmailed(self, connection: Connection, list_name: str) -> builtins.list[AlertRecord]:
        """Alerts whose messages may not all be frozen, oldest first."""
        waiting = _query().where(alerts.c.list == list_name, alerts.c.mailed_at.is_(None))
        return _whole(connection, waiting.order_by(alerts.c.id))

    @reads
    def count(self, connection: Connection, list_name: str, since: datetime) -> int:
        """How many were told after `since`."""
        query = select(func.count()).select_from(alerts).where(alerts.c.list == list_name, alerts.c.told_at > since)
        return connection.execute(query).scalar_one()

    @reads
    def list(
        self, connection: Connection, list_name: str | None = None, limit: int | None = 100
    ) -> builtins.list[AlertRecord]:
        """Newest first."""
        query = _query().order_by(alerts.c.id.desc()).limit(limit)
        return _whole(connection, query if list_name is None else query.where(alerts.c.list == list_name))

    @reads
    def ledger(self, connection: Connection, list_name: str, article_ids: Collection[int]) -> set[tuple[str, int]]:
        """(rule, article id) of what of these articles was told to the list."""
        found: set[tuple[str, int]] = set()
        for chunk in chunks(sorted(set(article_ids))):
            query = select(alert_articles.c.rule, alert_articles.c.article_id).where(
                alert_articles.c.list == list_name, alert_articles.c.article_id.in_(chunk)
            )
            found |= {(rule, article_id) for rule, article_id in connection.execute(query)}
        return found

    @reads
    def in_editions(self, connection: Connection, list_name: str, article_ids: Collection[int]) -> dict[int, datetime]:
        """{article id: freeze of the last edition of this list that told it}."""
        found: dict[int, datetime] = {}
        for chunk in chunks(sorted(set(article_ids))):
            query = (
                select(versions.c.article_id, func.max(editions.c.frozen_at))
                .join(edition_versions, edition_versions.c.version_id == versions.c.id)
                .join(editions, editions.c.id == edition_versions.c.edition_id)
                .where(edition_versions.c.list == list_name, edition_versions.c.place == "story")
                .where(versions.c.article_id.in_(chunk))
                .group_by(versions.c.article_id)
            )
            found |= dict(connection.execute(query).tuples().all())
        return found


def _freeze(connection: Connection, list_name: str, day: date, content: Mapping[str, object], now: datetime) -> int:
    """The edition's id. Its period is the next number of the day: a second teller waits for the first's commit."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    values = {
        "list": list_name,
        "frozen_at": now,
        "digest": hashlib.sha256(text.encode()).hexdigest(),
        "content": json.loads(text),
    }
    mine = editions.c.list == list_name, editions.c.period.startswith(f"{day}.")
    told: int = connection.execute(select(func.count()).select_from(editions).where(*mine)).scalar_one()
    for number in range(told + 1, _MOST_A_DAY + 1):
        new = insert(connection, editions).values(**values, period=f"{day}.{number:04d}")
        kept = new.on_conflict_do_nothing(index_elements=["list", "period"]).returning(editions.c.id)
        edition_id: int | None = connection.execute(kept).scalar()
        if edition_id is not None:
            return edition_id
    raise StaleError(f"list {list_name}: {_MOST_A_DAY} alerts were told on {day}; no more today")


def _enter(connection: Connection, list_name: str, alert_id: int, told: Told) -> None:
    for article_id in told.articles:
        row = {"list": list_name, "rule": told.rule, "article_id": article_id}
        new = insert(connection, alert_articles).values(**row, story_id=told.story_id, alert_id=alert_id)
        kept = new.on_conflict_do_nothing(index_elements=["list", "rule", "article_id"])
        if connection.execute(kept.returning(alert_articles.c.article_id)).scalar() is None:
            raise StaleError(f"list {list_name}: story {told.story_id} was told at once already; look again")


def _query() -> Select[tuple[object, ...]]:
    return select(alerts, editions.c.period).join(editions, editions.c.id == alerts.c.edition_id)


def _whole(connection: Connection, query: Select[tuple[object, ...]]) -> list[AlertRecord]:
    rows = connection.execute(query).mappings().all()
    told: defaultdict[int, list[RowMapping]] = defaultdict(list)
    for chunk in chunks([row["id"] for row in rows]):
        entries = select(alert_articles).where(alert_articles.c.alert_id.in_(chunk))
        ordered = entries.order_by(alert_articles.c.rule, alert_articles.c.story_id, alert_articles.c.article_id)
        for entry in connection.execute(ordered).mappings():
            told[entry["alert_id"]].append(entry)
    return [AlertRecord(**row, told=tuple(_told(told[row["id"]]))) for row in rows]


def _told(entries: Iterable[RowMapping]) -> list[Told]:
    articles: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for entry in entries:
        articles[entry["rule"], entry["story_id"]].append(entry["article_id"])
    return [Told(rule, story, tuple(ids)) for (rule, story), ids in articles.items()]
