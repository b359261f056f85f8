"""Persons' words on the tone of articles. They stand until they are undone, whatever is reworked or crawled again."""

from __future__ import annotations

import builtins
from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, RowMapping, Update, and_, select, update

from pipeline.errors import NotFoundError
from pipeline.store.audit import note
from pipeline.store.captures import chunks
from pipeline.store.database import Part, reads, writes
from pipeline.store.schema import articles, tone_overrides
from pipeline.tone import ToneOverride, TonePart

VALUES = ("positif", "netral", "negatif")


class Tones(Part):
    """Verbs over overrides."""

    @writes
    def override(
        self,
        connection: Connection,
        article_id: int,
        part: TonePart | str,
        value: str | None,
        *,
        reason: str,
        actor: str,
        now: datetime,
    ) -> None:
        """A person says what the tone is (None: not to be told); an earlier word on the same part is undone.

        Raises `NotFoundError` for an unknown article, `ValueError` for what is no tone.
        """
        part = TonePart(part)
        if value not in {*VALUES, None}:
            raise ValueError(f"{value!r} is no tone; give one of {', '.join(VALUES)} or none")
        _check(connection, article_id)
        connection.execute(_standing(article_id, part).values(undone_at=now, undone_by=actor))
        said = {"part": part.value, "value": value}
        values = {"article_id": article_id, "reason": reason, "actor": actor, "at": now}
        connection.execute(tone_overrides.insert().values(**said, **values))
        note(connection, actor, "set tone", f"article:{article_id}", reason=reason, detail=said, now=now)

    @writes
    def undo(
        self,
        connection: Connection,
        article_id: int,
        part: TonePart | str,
        *,
        reason: str | None = None,
        actor: str,
        now: datetime,
    ) -> None:
        """Take the word back: what the program reads counts again. Raises `NotFoundError` where none stands."""
        part = TonePart(part)
        _check(connection, article_id)
        undone = connection.execute(_standing(article_id, part).values(undone_at=now, undone_by=actor))
        if undone.rowcount == 0:
            raise NotFoundError(
                f"article {article_id}: nobody set the tone of its {part}; see `kliping articles show {article_id}`"
            )
        detail = {"part": part.value}
        note(connection, actor, "undo set tone", f"article:{article_id}", reason=reason, detail=detail, now=now)

    @reads
    def of_article(self, connection: Connection, article_id: int) -> builtins.list[ToneOverride]:
        """All words on an article, undone ones too, oldest first."""
        query = select(tone_overrides).where(tone_overrides.c.article_id == article_id)
        return [_override(row) for row in connection.execute(query.order_by(tone_overrides.c.id)).mappings()]

    @reads
    def standing(self, connection: Connection) -> builtins.list[ToneOverride]:
        """All that stand, by article."""
        query = select(tone_overrides).where(tone_overrides.c.undone_at.is_(None))
        ordered = query.order_by(tone_overrides.c.article_id, tone_overrides.c.id)
        return [_override(row) for row in connection.execute(ordered).mappings()]


def standing_of(connection: Connection, article_ids: Collection[int]) -> dict[int, list[ToneOverride]]:
    """The words that stand on these articles, by article; those on which there is none are left out."""
    found: defaultdict[int, list[ToneOverride]] = defaultdict(list)
    for chunk in chunks(sorted(article_ids)):
        query = select(tone_overrides).where(
            tone_overrides.c.article_id.in_(chunk), tone_overrides.c.undone_at.is_(None)
        )
        for row in connection.execute(query.order_by(tone_overrides.c.id)).mappings():
            found[row["article_id"]].append(_override(row))
    return dict(found)


def _standing(article_id: int, part: TonePart) -> Update:
    mine = and_(tone_overrides.c.article_id == article_id, tone_overrides.c.part == part.value)
    return update(tone_overrides).where(mine, tone_overrides.c.undone_at.is_(None))


def _check(connection: Connection, article_id: int) -> None:
    """Lock the article, so that of two words said at once the later undoes the earlier."""
    known = select(articles.c.id).where(articles.c.id == article_id).with_for_update()
    if connection.execute(known).scalar() is None:
        raise NotFoundError(f"article {article_id}: is not stored; `kliping articles list` shows what is")


def _override(row: RowMapping) -> ToneOverride:
    return ToneOverride(
        article_id=row["article_id"],
        part=TonePart(row["part"]),
        value=row["value"],
        reason=row["reason"],
        actor=row["actor"],
        at=row["at"],
        undone_at=row["undone_at"],
        undone_by=row["undone_by"],
    )
