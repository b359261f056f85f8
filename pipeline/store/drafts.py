"""Drafts: what editors say of an edition before it is frozen. Nothing is accepted that the edition will not heed."""

from __future__ import annotations

import builtins
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, select, update

from pipeline.errors import FrozenError, NotFoundError
from pipeline.store import draft_rows, story_rows
from pipeline.store.audit import note
from pipeline.store.database import Part, reads, writes
from pipeline.store.draft_records import DraftAction, DraftDecision
from pipeline.store.schema import draft_decisions, draft_stories, drafts, editions

_ALL = "`kliping digest draft decisions` lists them"


class Drafts(Part):
    """Verbs over drafts. `period` is an edition's ISO day."""

    @writes
    def number(self, connection: Connection, list_name: str, period: str, story_ids: Sequence[str]) -> dict[str, int]:
        """{story: its number in this draft}. Once given, a number means the same story, whatever comes or goes."""
        draft_rows.lock(connection, list_name, period)
        known = _numbers(connection, list_name, period)
        first: dict[str, int] = {}
        for number in sorted(known, reverse=True):
            first[known[number]] = number  # of two that were merged the lower
        asked = list(dict.fromkeys(story_ids))
        for number, story in enumerate((one for one in asked if one not in first), max(known, default=0) + 1):
            values = {"list": list_name, "period": period, "number": number, "story_id": story}
            connection.execute(draft_stories.insert().values(**values, articles=_members(connection, story)))
            first[story] = number
        return {story: first[story] for story in asked}

    @reads
    def numbered(self, connection: Connection, list_name: str, period: str) -> dict[int, str]:
        """{number: the story's present id}, as `number` gave them."""
        return _numbers(connection, list_name, period)

    @writes
    def decide(  # noqa: PLR0917 (one of them is the decorator's)
        self,
        connection: Connection,
        list_name: str,
        period: str,
        action: DraftAction | str,
        story_id: str,
        text: str | None = None,
        *,
        actor: str,
        now: datetime,
    ) -> DraftDecision:
        """An editor's word on a story. A later one on the same story wins: pinned after dropped, it stands on top.

        `text`: the note, or why it is dropped. Raises `FrozenError` once the edition is frozen, `NotFoundError` for a
        story that is not there, `ValueError` for a note without words.
        """
        action = DraftAction(action)
        if action is DraftAction.NOTE and not text:
            raise ValueError("a note needs words")
        _say(connection, list_name, period)
        story = story_rows.story(connection, story_id)
        if story is None:
            raise NotFoundError(f"story {story_id}: is not there; `kliping digest draft show` lists the draft's")
        values = {"list": list_name, "period": period, "action": action.value, "story_id": story.id, "text": text}
        articles = [member.article_id for member in story.members]
        new = draft_decisions.insert().values(**values, articles=articles, actor=actor, at=now)
        row = connection.execute(new.returning(draft_decisions)).mappings().one()
        made = draft_rows.decision(connection, row)
        _note(connection, made, action.value, actor=actor, text=text, now=now)
        return made

    @writes
    def undo(
        self, connection: Connection, decision_id: int, *, actor: str, reason: str | None = None, now: datetime
    ) -> DraftDecision:
        """Take a word back; what was said earlier counts again. Raises `FrozenError`, and `NotFoundError` for none."""
        query = select(draft_decisions).where(draft_decisions.c.id == decision_id)
        before = connection.execute(query).mappings().first()
        if before is None:
            raise NotFoundError(f"draft decision {decision_id}: there is none; {_ALL}")
        _say(connection, before["list"], before["period"])
        taken_back = update(draft_decisions).where(
            draft_decisions.c.id == decision_id, draft_decisions.c.undone_at.is_(None)
        )
        done = connection.execute(taken_back.values(undone_at=now, undone_by=actor).returning(draft_decisions))
        row = done.mappings().first()
        if row is None:
            raise NotFoundError(f"draft decision {decision_id}: {before['undone_by']} took it back already; {_ALL}")
        undone = draft_rows.decision(connection, row)
        _note(connection, undone, f"undo {undone.action.value}", actor=actor, text=reason, now=now)
        return undone

    @reads
    def words(self, connection: Connection, list_name: str, period: str) -> int:
        """How often something was said or taken back: read before an edition is composed, checked when it is frozen."""
        query = select(drafts.c.words).where(drafts.c.list == list_name, drafts.c.period == period)
        return connection.execute(query).scalar() or 0

    @reads
    def closed_at(self, connection: Connection, list_name: str, period: str) -> datetime | None:
        """When the edition was frozen; None: it is a draft still."""
        return _closed_at(connection, list_name, period)

    @reads
    def list(self, connection: Connection, list_name: str, period: str) -> builtins.list[DraftDecision]:
        """All that was said of a draft, undone words too, oldest first."""
        query = select(draft_decisions).where(_of(list_name, period)).order_by(draft_decisions.c.id)
        return [draft_rows.decision(connection, row) for row in connection.execute(query).mappings().all()]

    @reads
    def standing(self, connection: Connection, list_name: str, period: str) -> builtins.list[DraftDecision]:
        """What counts, oldest first: of each story the last of drop and pin, and the last note."""
        query = select(draft_decisions).where(_of(list_name, period), draft_decisions.c.undone_at.is_(None))
        rows = connection.execute(query.order_by(draft_decisions.c.id)).mappings().all()
        last: dict[tuple[str, bool], DraftDecision] = {}
        for row in rows:
            one = draft_rows.decision(connection, row)
            last[one.story_id, one.action is DraftAction.NOTE] = one
        return sorted(last.values(), key=lambda one: one.id)


def _say(connection: Connection, list_name: str, period: str) -> None:
    """Count a word more. Raises `FrozenError`: it would not be heeded."""
    closed_at = draft_rows.lock(connection, list_name, period, words=1) or _closed_at(connection, list_name, period)
    if closed_at is not None:
        raise FrozenError(
            f"the edition {list_name} {period} is frozen since {closed_at:%Y-%m-%d %H:%M} UTC; what is wrong in it is"
            " corrected by the next one: `kliping articles reject ID --reason …`"
        )


def _closed_at(connection: Connection, list_name: str, period: str) -> datetime | None:
    query = select(drafts.c.closed_at).where(drafts.c.list == list_name, drafts.c.period == period)
    frozen = select(editions.c.frozen_at).where(editions.c.list == list_name, editions.c.period == period)
    return connection.execute(query).scalar() or connection.execute(frozen).scalar()


def _of(list_name: str, period: str) -> ColumnElement[bool]:
    return and_(draft_decisions.c.list == list_name, draft_decisions.c.period == period)


def _numbers(connection: Connection, list_name: str, period: str) -> dict[int, str]:
    query = select(draft_stories).where(draft_stories.c.list == list_name, draft_stories.c.period == period)
    rows = connection.execute(query.order_by(draft_stories.c.number)).mappings().all()
    return {row["number"]: draft_rows.follow(connection, row["story_id"], row["articles"]) for row in rows}


def _members(connection: Connection, story_id: str) -> builtins.list[int]:
    story = story_rows.story(connection, story_id)
    return [member.article_id for member in story.members] if story else []


def _note(
    connection: Connection, one: DraftDecision, done: str, *, actor: str, text: str | None, now: datetime
) -> None:
    """What was just done, in the audit."""
    detail = {"decision": one.id, "story": one.story_id, "articles": list(one.articles)}
    target = f"edition:{one.list}/{one.period}"
    note(connection, actor, f"draft {done}", target, reason=text, detail=detail, now=now)
