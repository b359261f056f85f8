"""The register of people across articles, and persons' corrections of it, which every rework leaves standing."""

from __future__ import annotations

import builtins
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, or_, select, update

from pipeline.errors import NotFoundError
from pipeline.people.register import Appearance, RegisterAction, RegisterDecision, RegisterPerson, shown
from pipeline.store import people_rows
from pipeline.store.audit import note
from pipeline.store.database import Part, reads, writes
from pipeline.store.folding import fold
from pipeline.store.schema import (
    appearances,
    articles,
    person_decision_articles,
    person_decisions,
    register_people,
    register_reads,
)
from pipeline.store.stored import current

_WHO = "`kliping people list` shows who is known"


@dataclass(frozen=True, slots=True)
class _Said:
    """Who says something, why and when."""

    actor: str
    reason: str | None
    now: datetime


class People(Part):
    """Verbs over the register. It is made of the current extractions of the articles in scope."""

    @reads
    def unread(self, connection: Connection, limit: int) -> tuple[builtins.list[int], int]:
        """(up to `limit` articles whose current reading the register does not know, how many there are)."""
        joined = articles.outerjoin(register_reads, register_reads.c.article_id == articles.c.id)
        known = register_reads.c.extraction_id
        outdated = or_(
            articles.c.in_scope & (known.is_(None) | (known != articles.c.extraction_id)),
            ~articles.c.in_scope & known.is_not(None),
        )
        waiting = select(articles.c.id).select_from(joined).where(outdated).order_by(articles.c.id)
        count = connection.execute(select(func.count()).select_from(waiting.subquery())).scalar_one()
        return builtins.list(connection.execute(waiting.limit(limit)).scalars()), count

    @writes
    def read_in(self, connection: Connection, article_ids: Sequence[int]) -> None:
        """Take the people of these articles in, as their current extractions name them; those out of scope go."""
        people_rows.lock(connection)
        people_rows.forget(connection, article_ids)
        columns = (articles.c.id, articles.c.extraction_id)
        wanted = select(*columns).where(articles.c.id.in_(article_ids), articles.c.in_scope).order_by(articles.c.id)
        extraction = dict(connection.execute(wanted).tuples().all())
        for stored in current(connection, builtins.list(extraction)):
            people_rows.read_in(connection, stored)
        if extraction:
            rows = [{"article_id": one, "extraction_id": number} for one, number in extraction.items()]
            connection.execute(register_reads.insert(), rows)

    @reads
    def list(
        self,
        connection: Connection,
        *,
        text: str | None = None,
        office: str | None = None,
        city: str | None = None,
        limit: int,
    ) -> builtins.list[RegisterPerson]:
        """Those named in most articles first. `text`: a part of the name; `office`, `city`: ids one article gave."""
        one = appearances.join(register_people, register_people.c.id == appearances.c.shown_id)
        count = func.count(func.distinct(appearances.c.article_id))
        query = select(appearances.c.shown_id).select_from(one).group_by(appearances.c.shown_id)
        query = query.order_by(count.desc(), appearances.c.shown_id).limit(limit)
        for column, wanted in ((appearances.c.office, office), (appearances.c.city, city)):
            if wanted is not None:
                query = query.where(appearances.c.shown_id.in_(select(appearances.c.shown_id).where(column == wanted)))
        if text is not None:
            query = query.where(appearances.c.shown_id.in_(_named(connection, text)))
        return [_person(connection, who) for who in connection.execute(query).scalars().all()]

    @reads
    def get(self, connection: Connection, person_id: int) -> tuple[RegisterPerson, builtins.list[Appearance]]:
        """The person, whom merges made of him where he was merged, and where he appears, oldest first.

        Raises `NotFoundError` for nobody of the register, and for one whom no article names any more.
        """
        _known(connection, person_id)
        who = shown(people_rows.decisions(connection, standing=True), person_id, None)
        return _person(connection, who), _appearances(connection, who)

    @writes
    def merge(
        self, connection: Connection, person_id: int, into_id: int, *, reason: str | None, actor: str, now: datetime
    ) -> RegisterDecision:
        """The first is the second. Raises `NotFoundError`, and `ValueError` where they are one already."""
        people_rows.lock(connection)
        for one in (person_id, into_id):
            _known(connection, one)
        standing = people_rows.decisions(connection, standing=True)
        first, second = (shown(standing, one, None) for one in (person_id, into_id))
        if first == second:
            raise ValueError(f"{person_id} and {into_id} are one person already")
        values = {"action": RegisterAction.MERGE.value, "person_id": first, "into_id": second}
        return _decide(connection, values, (), _Said(actor, reason, now))

    @writes
    def split(
        self,
        connection: Connection,
        person_id: int,
        article_ids: Sequence[int],
        *,
        reason: str | None,
        actor: str,
        now: datetime,
    ) -> RegisterDecision:
        """In these articles it is somebody else, who becomes a person of his own.

        Raises `NotFoundError` for nobody, `ValueError` for articles that do not name him, and for all that do.
        """
        people_rows.lock(connection)
        _known(connection, person_id)
        found = {one.article_id for one in _appearances(connection, person_id)}
        strange = sorted(set(article_ids) - found)
        if strange or not article_ids:
            raise ValueError(f"article {strange[0] if strange else ''}: does not name person {person_id}")
        if found == set(article_ids):
            raise ValueError(f"these are all articles that name person {person_id}: one must stay with him")
        name = connection.execute(select(register_people.c.name).where(register_people.c.id == person_id)).scalar_one()
        other = people_rows.new_person(connection, None, name)
        values = {"action": RegisterAction.SPLIT.value, "person_id": person_id, "into_id": other}
        return _decide(connection, values, sorted(set(article_ids)), _Said(actor, reason, now))

    @writes
    def rename(
        self, connection: Connection, person_id: int, name: str, *, reason: str | None, actor: str, now: datetime
    ) -> RegisterDecision:
        """The name he goes by in the register. Raises `NotFoundError`, and `ValueError` for no name."""
        if not name.strip():
            raise ValueError("a name is wanted")
        people_rows.lock(connection)
        _known(connection, person_id)
        values = {"action": RegisterAction.RENAME.value, "person_id": person_id, "name": " ".join(name.split())}
        return _decide(connection, values, (), _Said(actor, reason, now))

    @writes
    def undo(self, connection: Connection, decision_id: int, *, actor: str, now: datetime) -> RegisterDecision:
        """Take a decision back. Raises `NotFoundError` where it does not stand."""
        people_rows.lock(connection)
        mine = person_decisions.c.id == decision_id
        standing = update(person_decisions).where(mine, person_decisions.c.undone_at.is_(None))
        if connection.execute(standing.values(undone_at=now, undone_by=actor)).rowcount == 0:
            raise NotFoundError(f"decision {decision_id}: does not stand; `kliping people decisions` lists them")
        return _settled(
            connection, decision_id, f"undo {{}} of people, decision {decision_id}", _Said(actor, None, now)
        )

    @reads
    def decisions(self, connection: Connection) -> builtins.list[RegisterDecision]:
        """All, undone ones too, newest first."""
        return people_rows.decisions(connection, standing=False)[::-1]


def _decide(
    connection: Connection, values: dict[str, object], article_ids: Sequence[int], said: _Said
) -> RegisterDecision:
    row = {**values, "reason": said.reason, "actor": said.actor, "at": said.now}
    made = connection.execute(person_decisions.insert().values(**row).returning(person_decisions.c.id)).scalar_one()
    if article_ids:
        rows = [{"decision_id": made, "article_id": one} for one in article_ids]
        connection.execute(person_decision_articles.insert(), rows)
    return _settled(connection, made, "{} people", said)


def _settled(connection: Connection, decision_id: int, told: str, said: _Said) -> RegisterDecision:
    """Lay the decisions over the register anew, and note in the audit what was done."""
    (made,) = [one for one in people_rows.decisions(connection, standing=False) if one.id == decision_id]
    people_rows.lay_over(connection, made.person_id)
    detail = {"decision": made.id, "into": made.into_id, "name": made.name, "articles": [*made.articles]}
    action, target = told.format(made.action.value), f"person:{made.person_id}"
    note(connection, said.actor, action, target, reason=said.reason, detail=detail, now=said.now)
    return made


def _known(connection: Connection, person_id: int) -> None:
    if connection.execute(select(register_people.c.id).where(register_people.c.id == person_id)).first() is None:
        raise NotFoundError(f"person {person_id}: nobody of that number; {_WHO}")


def _named(connection: Connection, text: str) -> builtins.list[int]:
    """Those whose name, shown or printed, holds the words."""
    wanted = fold(text)
    columns = (register_people.c.id, register_people.c.name, register_people.c.shown_name)
    rows = connection.execute(select(*columns)).tuples()
    return [one for one, printed, given in rows if wanted in fold(printed) or wanted in fold(given)]


def _appearances(connection: Connection, person_id: int) -> builtins.list[Appearance]:
    query = select(appearances).where(appearances.c.shown_id == person_id)
    rows = connection.execute(query.order_by(appearances.c.at, appearances.c.article_id)).mappings()
    names = ("article_id", "name", "role", "office", "city", "quotes", "at")
    return [Appearance(**{name: row[name] for name in names}) for row in rows]


def _person(connection: Connection, person_id: int) -> RegisterPerson:
    found = _appearances(connection, person_id)
    if not found:
        raise NotFoundError(f"person {person_id}: no article in scope names this person any more; {_WHO}")
    name = connection.execute(
        select(register_people.c.shown_name).where(register_people.c.id == person_id)
    ).scalar_one()
    latest = next((one for one in reversed(found) if one.office), None)
    latest = latest or next((one for one in reversed(found) if one.role), found[-1])
    return RegisterPerson(
        id=person_id,
        name=name,
        articles=len({one.article_id for one in found}),
        quotes=sum(one.quotes for one in found),
        first_at=found[0].at,
        last_at=found[-1].at,
        role=latest.role,
        office=latest.office,
        city=latest.city,
    )
