"""The rows of the register within a transaction: reading articles in, and laying persons' decisions over them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import Connection, RowMapping, delete, select, text, update

from pipeline.model import StoredArticle
from pipeline.people.register import RegisterAction, RegisterDecision, Standing, choose, connected, key_of, named, shown
from pipeline.store.captures import chunks
from pipeline.store.schema import (
    appearances,
    person_decision_articles,
    person_decisions,
    register_people,
    register_reads,
)


def lock(connection: Connection) -> None:
    """One writer of the register at a time; SQLite has no other."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE register_people IN EXCLUSIVE MODE"))


def forget(connection: Connection, article_ids: Sequence[int]) -> None:
    """What the register has read of these articles."""
    for chunk in chunks(article_ids):
        connection.execute(delete(appearances).where(appearances.c.article_id.in_(chunk)))
        connection.execute(delete(register_reads).where(register_reads.c.article_id.in_(chunk)))


def read_in(connection: Connection, stored: StoredArticle) -> None:
    """The people of an article; what was read of it before must be forgotten."""
    standing = decisions(connection, standing=True)
    spoken = Counter(quote.speaker for quote in stored.article.quotes if quote.speaker is not None)
    for position, person in enumerate(stored.article.people):
        key = key_of(person.name)
        if key is None:
            continue
        place = Standing(person.office, person.city)
        whom = choose(_entries(connection, key), place)
        if whom is None:
            whom = new_person(connection, key, person.name)
        values = {
            "article_id": stored.id,
            "position": position,
            "person_id": whom,
            "shown_id": shown(standing, whom, stored.id),
            "name": person.name,
            "role": person.role,
            "office": person.office,
            "city": person.city,
            "quotes": sum(spoken[name] for name in {person.name, *person.aliases}),
            "at": stored.article.date_published or stored.committed_at,
        }
        connection.execute(appearances.insert().values(**values))


def new_person(connection: Connection, key: str | None, name: str) -> int:
    """Somebody the register did not know; his id."""
    values = {"key": key, "name": name, "shown_name": name}
    made = register_people.insert().values(**values).returning(register_people.c.id)
    return int(connection.execute(made).scalar_one())


def _entries(connection: Connection, key: str) -> dict[int, set[Standing]]:
    """Those who bear the name, and what articles say of each."""
    known = connection.execute(select(register_people.c.id).where(register_people.c.key == key)).scalars()
    found: dict[int, set[Standing]] = {one: set() for one in known}
    columns = (appearances.c.person_id, appearances.c.office, appearances.c.city)
    query = select(*columns).where(appearances.c.person_id.in_(sorted(found))).distinct()
    for person, office, city in connection.execute(query).tuples() if found else ():
        found[person].add(Standing(office, city))
    return found


def decisions(connection: Connection, *, standing: bool) -> list[RegisterDecision]:
    """Those that stand, or all; oldest first."""
    query = select(person_decisions).order_by(person_decisions.c.id)
    if standing:
        query = query.where(person_decisions.c.undone_at.is_(None))
    rows = connection.execute(query).mappings().all()
    spoken: defaultdict[int, list[int]] = defaultdict(list)
    for decision, article in connection.execute(select(person_decision_articles)).tuples() if rows else ():
        spoken[decision].append(article)
    return [_decision(row, spoken[row["id"]]) for row in rows]


def lay_over(connection: Connection, person_id: int) -> None:
    """Apply the standing decisions to this person, and to all whom decisions bring together with him."""
    touched = sorted(connected(decisions(connection, standing=False), person_id))
    standing = decisions(connection, standing=True)
    for chunk in chunks(touched):
        columns = (appearances.c.article_id, appearances.c.position, appearances.c.person_id, appearances.c.shown_id)
        for article, position, whom, before in connection.execute(
            select(*columns).where(appearances.c.person_id.in_(chunk))
        ).tuples():
            after = shown(standing, whom, article)
            if after != before:
                mine = (appearances.c.article_id == article) & (appearances.c.position == position)
                connection.execute(update(appearances).where(mine).values(shown_id=after))
        _rename(connection, chunk, standing)


def _rename(connection: Connection, people: Collection[int], standing: Sequence[RegisterDecision]) -> None:
    columns = (register_people.c.id, register_people.c.name)
    for person, printed in connection.execute(
        select(*columns).where(register_people.c.id.in_(people)).order_by(register_people.c.id)
    ).tuples():
        mine = update(register_people).where(register_people.c.id == person)
        connection.execute(mine.values(shown_name=named(standing, person, printed)))


def _decision(row: RowMapping, articles: list[int]) -> RegisterDecision:
    return RegisterDecision(**{**row, "action": RegisterAction(row["action"]), "articles": tuple(sorted(articles))})
