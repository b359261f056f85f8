"""Editions, frozen once for each list and period, and their renderings."""

from __future__ import annotations

import builtins
import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, RowMapping, Select, or_, select

from pipeline.model import Disposition, StoredArticle
from pipeline.store import draft_rows
from pipeline.store.briefs import in_brief, versions_in_brief
from pipeline.store.captures import chunks
from pipeline.store.database import Part, insert, reads, writes
from pipeline.store.records import (
    EditionBefore,
    EditionItem,
    EditionRecord,
    RenderingRecord,
    StaleError,
    ToldVersion,
)
from pipeline.store.schema import articles, edition_versions, editions, renderings, urls, versions

_HIDDEN = (Disposition.WITHHELD.value, Disposition.TAKEN_DOWN.value)
_FALLEN = (Disposition.REJECTED.value, *_HIDDEN)


class Editions(Part):
    """Verbs over editions. What is frozen is never changed: a second freeze gives the first."""

    @reads
    def unsent(self, connection: Connection, list_name: str) -> builtins.list[StoredArticle]:
        """The articles in scope whose current version stands in no edition of the list, in brief, oldest first."""
        stands = select(edition_versions.c.version_id).where(
            edition_versions.c.list == list_name, edition_versions.c.version_id == articles.c.version_id
        )
        query = select(articles.c.id).where(articles.c.in_scope, ~stands.exists())
        ids = connection.execute(query.order_by(articles.c.dated_at, articles.c.id)).scalars().all()
        return in_brief(connection, ids)

    @reads
    def known(self, connection: Connection, article_ids: Sequence[int]) -> builtins.list[StoredArticle]:
        """These articles as they stand, in brief (`pipeline.store.briefs`), in the given order."""
        return in_brief(connection, article_ids)

    @reads
    def at_versions(self, connection: Connection, version_ids: Sequence[int]) -> builtins.list[StoredArticle]:
        """Articles as the outlet published these versions, in brief, in the given order."""
        return versions_in_brief(connection, version_ids)

    @writes
    def freeze(  # noqa: PLR0917 (one of them is the decorator's)
        self,
        connection: Connection,
        list_name: str,
        period: str,
        content: Mapping[str, object],
        items: Sequence[tuple[int, str]],
        now: datetime,
        *,
        digest: str | None = None,
        summary: Mapping[str, object] | None = None,
        words: int | None = None,
    ) -> EditionRecord:
        """Freeze an edition of these versions, each with its place ("story", "older" or "dropped").

        Where the list already has an edition for the period, that one is given and nothing changes. `digest`: of the
        content, where it is not to be that of its JSON; `summary`: what later editions need of it; `words`: how often
        editors had spoken on its draft when it was composed. Raises `StaleError` when one of the versions has meanwhile
        come into another edition of the list, or an editor has said something more.
        """
        known = digest or hashlib.sha256(_canonical(content).encode()).hexdigest()
        values = {"list": list_name, "period": period, "frozen_at": now, "digest": known, "content": content}
        values["summary"] = summary
        new = insert(connection, editions).values(**values).on_conflict_do_nothing(index_elements=["list", "period"])
        edition_id = connection.execute(new.returning(editions.c.id)).scalar()
        if edition_id is not None:
            draft_rows.close(connection, list_name, period, words, now)
            _enter(connection, edition_id, list_name, items)
            return EditionRecord(edition_id, list_name, period, now.astimezone(UTC), known, content)
        row = connection.execute(_of(list_name, period)).mappings().one()
        return _edition(row)

    @writes
    def close_draft(self, connection: Connection, list_name: str, period: str, now: datetime) -> None:
        """Nothing is decided about that edition any more; it can be composed in peace."""
        draft_rows.close(connection, list_name, period, None, now)

    @reads
    def get(self, connection: Connection, list_name: str, period: str) -> EditionRecord | None:
        row = connection.execute(_of(list_name, period)).mappings().first()
        return _edition(row) if row else None

    @reads
    def by_id(self, connection: Connection, edition_id: int) -> EditionRecord | None:
        row = connection.execute(select(*_WHOLE).where(editions.c.id == edition_id)).mappings().first()
        return _edition(row) if row else None

    @reads
    def items(self, connection: Connection, edition_id: int) -> builtins.list[EditionItem]:
        """The versions that stand in the edition, by version id."""
        query = (
            select(edition_versions.c.version_id, versions.c.article_id, edition_versions.c.place)
            .join(versions, versions.c.id == edition_versions.c.version_id)
            .where(edition_versions.c.edition_id == edition_id)
            .order_by(edition_versions.c.version_id)
        )
        return [EditionItem(*row) for row in connection.execute(query)]

    @reads
    def before(
        self, connection: Connection, list_name: str, now: datetime, limit: int | None = None
    ) -> builtins.list[EditionBefore]:
        """The list's editions that were frozen before, the newest freeze first, without what they say."""
        columns = (editions.c.id, editions.c.period, editions.c.frozen_at, editions.c.summary)
        query = select(*columns).where(editions.c.list == list_name, editions.c.frozen_at < now)
        ordered = query.order_by(editions.c.frozen_at.desc(), editions.c.period.desc()).limit(limit)
        return [EditionBefore(**row) for row in connection.execute(ordered).mappings()]

    @reads
    def told(self, connection: Connection, list_name: str, article_ids: Collection[int]) -> builtins.list[ToldVersion]:
        """In which editions of the list these articles stand, in which version and place, the earliest freeze first."""
        found: builtins.list[ToldVersion] = []
        for chunk in chunks(sorted(set(article_ids))):
            found += _told(connection, _telling(list_name).where(versions.c.article_id.in_(chunk)))
        return found

    @reads
    def fallen(
        self, connection: Connection, list_name: str, edition_ids: Collection[int]
    ) -> builtins.list[ToldVersion]:
        """What these editions told in a story and does not stand any more: rejected, withheld, taken down or gone."""
        fell = or_(urls.c.disposition.in_(_FALLEN), articles.c.gone_at.is_not(None))
        found: builtins.list[ToldVersion] = []
        for chunk in chunks(sorted(set(edition_ids))):
            query = (
                _telling(list_name)
                .join(articles, articles.c.id == versions.c.article_id)
                .join(urls, urls.c.id == articles.c.url_id)
                .where(edition_versions.c.edition_id.in_(chunk), edition_versions.c.place == "story", fell)
            )
            found += _told(connection, query)
        return found

    @reads
    def hidden(self, connection: Connection, article_ids: Collection[int]) -> frozenset[int]:
        """Those of these articles that are withheld or taken down."""
        found: set[int] = set()
        for chunk in chunks(sorted(set(article_ids))):
            query = select(articles.c.id).join(urls, urls.c.id == articles.c.url_id)
            query = query.where(articles.c.id.in_(chunk), urls.c.disposition.in_(_HIDDEN))
            found |= set(connection.execute(query).scalars())
        return frozenset(found)

    @reads
    def list(
        self, connection: Connection, list_name: str | None = None, limit: int | None = None
    ) -> builtins.list[EditionRecord]:
        """Editions of one list or of all, newest period first."""
        query = select(*_WHOLE).order_by(editions.c.period.desc(), editions.c.list).limit(limit)
        if list_name is not None:
            query = query.where(editions.c.list == list_name)
        return [_edition(row) for row in connection.execute(query).mappings()]

    @writes
    def add_rendering(
        self,
        connection: Connection,
        edition_id: int,
        language: str,
        format: str,  # noqa: A002 (the field's word)
        body: bytes,
        *,
        selection: str = "all",
    ) -> RenderingRecord:
        """Freeze the bytes of a rendering; where it is there already, that one is given."""
        values = {
            "edition_id": edition_id,
            "language": language,
            "format": format,
            "selection": selection,
            "digest": hashlib.sha256(body).hexdigest(),
            "body": body,
        }
        connection.execute(insert(connection, renderings).values(**values).on_conflict_do_nothing())
        query = _rendering_of(edition_id, language, format, selection)
        return RenderingRecord(**connection.execute(query).mappings().one())

    @reads
    def rendering(
        self,
        connection: Connection,
        edition_id: int,
        language: str,
        format: str,  # noqa: A002 (the field's word)
        *,
        selection: str = "all",
    ) -> RenderingRecord | None:
        row = connection.execute(_rendering_of(edition_id, language, format, selection)).mappings().first()
        return RenderingRecord(**row) if row else None


def _enter(connection: Connection, edition_id: int, list_name: str, items: Sequence[tuple[int, str]]) -> None:
    """Let the versions stand in this edition, and in no other of its list."""
    for chunk in chunks([version_id for version_id, _ in items]):
        elsewhere = select(edition_versions.c.version_id).where(
            edition_versions.c.list == list_name, edition_versions.c.version_id.in_(chunk)
        )
        if connection.execute(elsewhere).first() is not None:
            raise StaleError(f"list {list_name}: an article is in another edition already; build the edition again")
    rows = [
        {"list": list_name, "version_id": version_id, "edition_id": edition_id, "place": place}
        for version_id, place in items
    ]
    if rows:
        connection.execute(edition_versions.insert(), rows)


def _telling(list_name: str) -> Select[tuple[int, int, str, str]]:
    """Versions in editions of the list, the earliest freeze first."""
    columns = (versions.c.article_id, versions.c.id, editions.c.period, edition_versions.c.place)
    query = select(*columns).join_from(edition_versions, versions, versions.c.id == edition_versions.c.version_id)
    query = query.join(editions, editions.c.id == edition_versions.c.edition_id)
    query = query.where(edition_versions.c.list == list_name)
    return query.order_by(editions.c.frozen_at, editions.c.id, versions.c.article_id)


def _told(connection: Connection, query: Select[tuple[int, int, str, str]]) -> list[ToldVersion]:
    return [ToldVersion(*row) for row in connection.execute(query).tuples()]


_WHOLE = tuple(column for column in editions.columns if column is not editions.c.summary)


def _of(list_name: str, period: str) -> Select[tuple[object, ...]]:
    return select(*_WHOLE).where(editions.c.list == list_name, editions.c.period == period)


def _rendering_of(edition_id: int, language: str, name: str, selection: str) -> Select[tuple[object, ...]]:
    return select(renderings).where(
        renderings.c.edition_id == edition_id,
        renderings.c.language == language,
        renderings.c.format == name,
        renderings.c.selection == selection,
    )


def _canonical(content: Mapping[str, object]) -> str:
    """One text for equal content, whatever the order of its keys."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _edition(row: RowMapping) -> EditionRecord:
    return EditionRecord(**row)
