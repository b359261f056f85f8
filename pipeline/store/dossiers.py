"""Dossiers: which are open, and persons' notes, closings and days. What stands in one is composed from its articles."""

from __future__ import annotations

import builtins
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import StrEnum

from sqlalchemy import Connection, RowMapping, func, select, update

from pipeline.dossiers.find import Event, Match
from pipeline.errors import NotFoundError
from pipeline.model import Disposition
from pipeline.store.audit import note
from pipeline.store.captures import chunks
from pipeline.store.database import Part, insert, reads, writes
from pipeline.store.schema import article_watches, articles, dossier_decisions, dossiers, urls

_OPENER = "kliping"  # in the audit, for what opens by itself
_ALL = "`kliping dossiers list` shows them"


class DossierAction(StrEnum):
    NOTE = "note"
    CLOSE = "close"
    REOPEN = "reopen"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class DossierDecision:
    """A person's word on a dossier; undone, never deleted."""

    id: int
    dossier: str
    action: DossierAction
    words: str | None  # the note, or why
    days: tuple[date, date] | None  # of the event, where they were fixed
    actor: str
    at: datetime
    undone_at: datetime | None
    undone_by: str | None

    @property
    def stands(self) -> bool:
        return self.undone_at is None


@dataclass(frozen=True, slots=True)
class OpenedDossier:
    """A dossier's row, with what persons say of it, oldest first."""

    id: str
    watch: str
    edition: int | None
    anchor: int  # an article by which an event without edition is known
    opened_at: datetime
    decisions: tuple[DossierDecision, ...]

    @property
    def closed(self) -> DossierDecision | None:
        """The closing that stands, no reopening after it."""
        settled = [
            one for one in self.decisions if one.stands and one.action in (DossierAction.CLOSE, DossierAction.REOPEN)
        ]
        return settled[-1] if settled and settled[-1].action is DossierAction.CLOSE else None

    @property
    def fixed(self) -> tuple[date, date] | None:
        """The days that a person fixed last."""
        return next((one.days for one in reversed(self.decisions) if one.stands and one.days is not None), None)


class Dossiers(Part):
    """Verbs over dossiers."""

    @reads
    def matches(self, connection: Connection, zone: tzinfo) -> builtins.list[Match]:
        """Every watch that a kept article matches; days are those of `zone`."""
        query = (
            select(
                article_watches.c.article_id, article_watches.c.watch, article_watches.c.edition, articles.c.dated_at
            )
            .join(articles, articles.c.id == article_watches.c.article_id)
            .join(urls, urls.c.id == articles.c.url_id)
            .where(urls.c.disposition == Disposition.KEPT.value)
            .order_by(article_watches.c.article_id, article_watches.c.watch)
        )
        rows = connection.execute(query).all()
        return [Match(number, watch, edition, at.astimezone(zone).date()) for number, watch, edition, at in rows]

    @writes
    def open(self, connection: Connection, events: Iterable[Event], now: datetime) -> builtins.list[str]:
        """Open a dossier for every event that has none; their ids. Said in the audit."""
        known = set(connection.execute(select(dossiers.c.id)).scalars())
        opened = []
        for event in events:
            if event.id in known:
                continue
            values = {"watch": event.watch, "edition": event.edition, "anchor": event.articles[0], "opened_at": now}
            new = insert(connection, dossiers).values(id=event.id, **values)
            unless_there = new.on_conflict_do_nothing(index_elements=["id"]).returning(dossiers.c.id)
            if connection.execute(unless_there).first() is None:  # another process has just opened it
                continue
            detail = {"articles": len(event.articles)}
            note(connection, _OPENER, "open dossier", _target(event.id), detail=detail, now=now)
            opened.append(event.id)
        return opened

    @reads
    def list(self, connection: Connection) -> builtins.list[OpenedDossier]:
        """All that were ever opened, by id."""
        return _opened(connection, None)

    @reads
    def get(self, connection: Connection, dossier: str) -> OpenedDossier | None:
        return next(iter(_opened(connection, [dossier])), None)

    @reads
    def arrived(self, connection: Connection, article_ids: Iterable[int], since: datetime) -> int:
        """How many of these articles were first stored after an instant."""
        many = 0
        for chunk in chunks(sorted(set(article_ids))):
            query = select(func.count()).where(articles.c.id.in_(chunk), articles.c.created_at > since)
            many += connection.execute(query).scalar_one()
        return many

    @writes
    def decide(
        self,
        connection: Connection,
        dossier: str,
        action: DossierAction | str,
        *,
        actor: str,
        words: str | None = None,
        days: tuple[date, date] | None = None,
        now: datetime,
    ) -> DossierDecision:
        """A person notes something, closes or reopens it, or fixes the days of its event. Raises `NotFoundError`."""
        action = DossierAction(action)
        if not _opened(connection, [dossier]):
            raise NotFoundError(f"no dossier is called {dossier!r}; {_ALL}")
        first, last = (one.isoformat() for one in days) if days else (None, None)
        values = {"dossier_id": dossier, "action": action.value, "words": words, "actor": actor, "at": now}
        statement = dossier_decisions.insert().values(**values, first_day=first, last_day=last)
        made = _decision(connection.execute(statement.returning(dossier_decisions)).mappings().one())
        detail = {"decision": made.id, "first": first, "last": last}
        note(connection, actor, f"{action} dossier", _target(dossier), reason=words, detail=detail, now=now)
        return made

    @writes
    def undo(
        self, connection: Connection, decision_id: int, *, actor: str, reason: str | None = None, now: datetime
    ) -> DossierDecision:
        """Take a decision back; what earlier ones say counts again. Raises `NotFoundError` when it does not stand."""
        mine = update(dossier_decisions).where(
            dossier_decisions.c.id == decision_id, dossier_decisions.c.undone_at.is_(None)
        )
        statement = mine.values(undone_at=now, undone_by=actor).returning(dossier_decisions)
        row = connection.execute(statement).mappings().first()
        if row is None:
            raise NotFoundError(
                f"decision {decision_id} on a dossier: none stands; `kliping dossiers show ID` has them"
            )
        undone = _decision(row)
        done = f"undo {undone.action} dossier"
        detail = {"decision": decision_id}
        note(connection, actor, done, _target(undone.dossier), reason=reason, detail=detail, now=now)
        return undone


def _opened(connection: Connection, wanted: Collection[str] | None) -> list[OpenedDossier]:
    query, decided = (
        select(dossiers).order_by(dossiers.c.id),
        select(dossier_decisions).order_by(dossier_decisions.c.id),
    )
    if wanted is not None:
        query = query.where(dossiers.c.id.in_(wanted))
        decided = decided.where(dossier_decisions.c.dossier_id.in_(wanted))
    decisions: dict[str, list[DossierDecision]] = {}
    for row in connection.execute(decided).mappings():
        decisions.setdefault(row["dossier_id"], []).append(_decision(row))
    return [
        OpenedDossier(**row, decisions=tuple(decisions.get(row["id"], ())))
        for row in connection.execute(query).mappings()
    ]


def _decision(row: RowMapping) -> DossierDecision:
    first, last = row["first_day"], row["last_day"]
    return DossierDecision(
        id=row["id"],
        dossier=row["dossier_id"],
        action=DossierAction(row["action"]),
        words=row["words"],
        days=(date.fromisoformat(first), date.fromisoformat(last)) if first and last else None,
        actor=row["actor"],
        at=row["at"],
        undone_at=row["undone_at"],
        undone_by=row["undone_by"],
    )


def _target(dossier: str) -> str:
    return f"dossier:{dossier}"
