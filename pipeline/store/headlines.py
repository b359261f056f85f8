"""Headlines of the outlets, texts that wait to be compared with them, and what was taken out of texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, Select, bindparam, func, select, update

from pipeline.store import checked_texts, extracts, generations, removal_rows
from pipeline.store.audit import note
from pipeline.store.captures import chunks
from pipeline.store.crawl_records import Removal
from pipeline.store.database import Part, insert, reads, writes
from pipeline.store.headline_records import CheckedText, KnownHeadline, StoredText
from pipeline.store.records import StaleError
from pipeline.store.schema import articles, headlines, text_openings, unchecked_texts, urls

_PAGE = func.coalesce(urls.c.duplicate_of, urls.c.id).label("page")
_COLUMNS = (
    _PAGE,
    headlines.c.url_id,
    urls.c.url,
    headlines.c.scope,
    headlines.c.opening,
    headlines.c.key,
    headlines.c.text,
)


class Headlines(Part):
    """Verbs over headlines and removals."""

    @reads
    def waiting(self, connection: Connection, limit: int) -> dict[int, int]:
        """Articles whose text no check has seen yet, with the extraction that waits."""
        query = select(unchecked_texts.c.article_id, unchecked_texts.c.extraction_id)
        rows = connection.execute(query.order_by(unchecked_texts.c.article_id).limit(limit))
        return dict(rows.tuples().all())

    @reads
    def unfinished(self, connection: Connection) -> int:
        """How many texts and headlines no check has seen yet."""
        texts = connection.execute(select(func.count()).select_from(unchecked_texts)).scalar_one()
        new = connection.execute(select(func.count()).select_from(headlines).where(~headlines.c.checked)).scalar_one()
        return texts + new

    @reads
    def texts(self, connection: Connection, article_ids: Collection[int]) -> list[StoredText]:
        """These articles' texts as their pages were read, by id; what is not stored any more is left out."""
        return checked_texts.load(connection, article_ids)

    @reads
    def generation(self, connection: Connection) -> int:
        """Read it first, then the texts; give it to `settle`."""
        return generations.read(connection)

    @writes
    def learn(self, connection: Connection, texts: Mapping[int, tuple[StoredText, frozenset[str]]]) -> None:
        """Let these articles' headlines be known, and the places where their texts may hold another's (openings)."""
        enter(connection, {one.page: (one.scope, one.article.headline or "") for one, _ in texts.values()})
        checked_texts.store_openings(connection, [(one, openings) for one, openings in texts.values()])

    @reads
    def known(self, connection: Connection, scope: str, openings: Collection[str]) -> list[KnownHeadline]:
        """The scope's headlines that begin so, in the order in which their addresses were seen."""
        found: list[KnownHeadline] = []
        for chunk in chunks(sorted(openings)):
            query = _known().where(headlines.c.scope == scope, headlines.c.opening.in_(chunk))
            found += [KnownHeadline(*row) for row in connection.execute(query)]
        return sorted(found, key=lambda one: (one.url_id, one.key))

    @reads
    def new(self, connection: Connection, limit: int) -> list[KnownHeadline]:
        """Headlines that texts stored before them have not been compared with yet."""
        query = _known().where(~headlines.c.checked).order_by(headlines.c.url_id, headlines.c.key).limit(limit)
        return [KnownHeadline(*row) for row in connection.execute(query)]

    @reads
    def holding(self, connection: Connection, new: Iterable[KnownHeadline]) -> dict[int, list[KnownHeadline]]:
        """The articles whose text may hold one of these headlines, which are another article's; with those."""
        by_place: defaultdict[tuple[str, str], list[KnownHeadline]] = defaultdict(list)
        for one in new:
            by_place[one.scope, one.opening].append(one)
        found: defaultdict[int, list[KnownHeadline]] = defaultdict(list)
        for scope in sorted({scope for scope, _ in by_place}):
            for chunk in chunks(sorted({opening for where, opening in by_place if where == scope})):
                query = (
                    select(text_openings.c.article_id, text_openings.c.opening, articles.c.url_id)
                    .join(articles, articles.c.id == text_openings.c.article_id)
                    .where(text_openings.c.scope == scope, text_openings.c.opening.in_(chunk))
                )
                for article_id, opening, page in connection.execute(query):
                    found[article_id] += [one for one in by_place[scope, opening] if one.page != page]
        return {article_id: others for article_id, others in sorted(found.items()) if others}

    @writes
    def settle(
        self,
        connection: Connection,
        checked: Sequence[CheckedText],
        *,
        waiting: Mapping[int, int],
        new: Sequence[KnownHeadline] = (),
        generation: int,
        now: datetime,
    ) -> int:
        """Store what the check made of these texts; how many of them are others now.

        They wait no more, save those that were read anew meanwhile, and `new` headlines are known to have been
        compared. Raises `StaleError` when a person or an assembler was faster.
        """
        rewritten = sum(checked_texts.rewrite(connection, one, now) for one in checked)
        checked_texts.dequeue(connection, waiting)
        if new:
            same = headlines.c.url_id == bindparam("page"), headlines.c.key == bindparam("same")
            seen = update(headlines).where(*same).values(checked=True)
            connection.execute(seen, [{"page": one.url_id, "same": one.key} for one in new])
        # Last, as persons' corrections do: who locks an article first and this row then waits for nobody who waits.
        if generations.move_on(connection) != generation + 1:
            raise StaleError("articles were corrected meanwhile; check their texts again")
        return rewritten

    @reads
    def removed(self, connection: Connection, article_id: int) -> list[Removal]:
        """What was taken out of an article's text, restored lines too; the first found first."""
        return removal_rows.of(connection, [article_id])[article_id]

    @writes
    def restore(
        self,
        connection: Connection,
        article_id: int,
        keys: Collection[str],
        *,
        actor: str,
        reason: str,
        undo: bool = False,
        now: datetime,
    ) -> None:
        """A person's word that these lines belong to the article, or, with `undo`, that they do not after all.

        It holds in every later reading; the text is put right by the next check. Raises `NotFoundError` for a line
        that was not taken out, or `undo` of one that was not restored.
        """
        for key in sorted(keys):
            removal_rows.decide(connection, article_id, key, actor=actor, reason=reason, undo=undo, now=now)
        detail: dict[str, object] = {"lines": removal_rows.texts(connection, article_id, keys)}
        action = "undo restore line" if undo else "restore line"
        note(connection, actor, action, f"article:{article_id}", reason=reason, detail=detail, now=now)
        query = select(articles.c.extraction_id).where(articles.c.id == article_id)
        extracts.enqueue(connection, article_id, connection.execute(query).scalar_one())
        generations.move_on(connection)


def enter(connection: Connection, printed: Mapping[int, tuple[str, str]]) -> None:
    """Let the headlines printed for these URLs (id → scope, text) be known; what tells nothing is left out."""
    from pipeline.foreign import headline_key, is_telling, opening  # noqa: PLC0415 (lxml, which few commands need)

    rows = [
        {
            "url_id": url_id,
            "key": headline_key(text),
            "scope": scope,
            "opening": opening(text),
            "text": text,
            "checked": False,
        }
        for url_id, (scope, text) in sorted(printed.items())  # in one order: writers must not wait for each other
        if is_telling(text)
    ]
    if rows:
        connection.execute(insert(connection, headlines).on_conflict_do_nothing(), rows)


def _known() -> Select[tuple[object, ...]]:
    return select(*_COLUMNS).join(urls, urls.c.id == headlines.c.url_id)
