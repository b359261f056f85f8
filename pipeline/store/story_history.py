"""The stories' history within a caller's transaction: changes as audit entries, and the nightly passes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import Cast, ColumnElement, Connection, RowMapping, Select, String, cast, false, or_, select

from pipeline.store.audit import note
from pipeline.store.database import insert
from pipeline.store.schema import audit, nights
from pipeline.store.story_records import Night, StoryChange
from pipeline.story_changes import Change, ChangeAction

ACTOR = "assembler"


def record(connection: Connection, changes: Iterable[Change], now: datetime) -> None:
    """Enter changes into the audit."""
    for change in changes:
        moved = change.action is ChangeAction.MOVE
        target = f"article:{change.articles[0]}" if moved else f"story:{change.story}"
        detail = {"story": change.story, "into": change.into, "articles": list(change.articles)}
        note(connection, ACTOR, change.action.value, target, reason=change.reason, detail=detail, now=now)


def changes(
    since: datetime | None, until: datetime | None, names: Collection[str] | None
) -> Select[tuple[object, ...]]:
    """The audit entries of changes, newest first; `names`: only those that one of these stories took part in."""
    query = select(audit).where(audit.c.action.in_([action.value for action in ChangeAction]))
    if since is not None:
        query = query.where(audit.c.at >= since)
    if until is not None:
        query = query.where(audit.c.at < until)
    if names is not None:
        text = cast(audit.c.detail, String)
        query = query.where(or_(false(), *(_named(name, text) for name in sorted(names))))
    return query.order_by(audit.c.at.desc(), audit.c.id.desc())


def _named(name: str, detail: Cast[str]) -> ColumnElement[bool]:
    return or_(audit.c.target == f"story:{name}", detail.contains(f'"{name}"', autoescape=True))


def change(row: RowMapping) -> StoryChange:
    """An entry of those; the ones that an earlier version of the program wrote name no articles."""
    detail = row["detail"] or {}
    into = detail.get("into", "")
    return StoryChange(
        id=row["id"],
        at=row["at"],
        actor=row["actor"],
        action=ChangeAction(row["action"]),
        story=detail.get("story") or row["target"].partition(":")[2],
        into=into if isinstance(into, str) else ", ".join(into),
        articles=tuple(detail.get("articles", ())),
        reason=row["reason"] or "",
    )


def add_night(connection: Connection, night: Night) -> None:
    """The first one of a period counts."""
    values = {name: getattr(night, name) for name in ("period", "told_at", "merged", "split", "moved")}
    connection.execute(insert(connection, nights).values(**values).on_conflict_do_nothing(index_elements=["period"]))
