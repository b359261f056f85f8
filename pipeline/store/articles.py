"""Articles: committing, finding, and a person's corrections, which survive every rework and re-crawl."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, func, or_, select

from pipeline.model import Disposition, StoredArticle
from pipeline.store import commits, removal_rows, revisits, stored
from pipeline.store import corrections as rulings
from pipeline.store.crawl_records import Removal
from pipeline.store.database import Part, reads, writes
from pipeline.store.dispositions import row_of
from pipeline.store.folding import fold
from pipeline.store.records import (
    ArticleFilter,
    CommitArticle,
    Committed,
    Correction,
    CorrectionAction,
    StaleError,
)
from pipeline.store.schema import (
    article_tags,
    article_watches,
    articles,
    corrections,
    extractions,
    story_members,
    urls,
    versions,
)

_HIDDEN = (Disposition.WITHHELD.value, Disposition.TAKEN_DOWN.value)
_ATTEMPTS = 5  # at storing a reading whose lines nobody has restored meanwhile
Position = tuple[datetime, int]


class Articles(Part):
    """Verbs over articles."""

    batch = 200  # articles that `find` reads in one transaction

    def commit(self, new: CommitArticle, now: datetime) -> Committed:
        """Store article, version, extraction, keys, watches, tags and disposition in one transaction.

        A new version only when the outlet published something else; a new extraction only when the code is another.
        A person's reject or withhold stands. What was kept is not touched by a failed or out-of-window reading of a
        later visit; of what was taken down nothing is stored. What was once taken out of the article's text as another
        one's headline stays out, where the watches are given. Raises `NotFoundError` for an unknown URL.
        """
        for _ in range(_ATTEMPTS):
            lines = self._taken_out(new.url) if new.watches is not None else ()
            with suppress(StaleError):
                return self._commit(new, _without(new, lines), lines, now)
        raise StaleError(f"{new.url}: what is taken out of its text kept changing; read it again")

    @reads
    def _taken_out(self, connection: Connection, url: str) -> tuple[Removal, ...]:
        return _standing_removals(connection, url)

    @writes
    def _commit(
        self,
        connection: Connection,
        new: CommitArticle,
        cleaned: CommitArticle | None,
        lines: tuple[Removal, ...],
        now: datetime,
    ) -> Committed:
        """Raises `StaleError` where other lines are to be taken out by now."""
        committed = commits.commit(connection, new, cleaned, now)  # from here on the article's row is locked
        if new.watches is not None and _standing_removals(connection, new.url) != lines:
            raise StaleError(f"{new.url}: other lines are taken out of its text by now")
        return committed

    @reads
    def get(self, connection: Connection, article_id: int) -> StoredArticle | None:
        """An article as it stands, whatever its disposition."""
        return next(iter(stored.current(connection, [article_id])), None)

    @reads
    def by_url(self, connection: Connection, url: str) -> StoredArticle | None:
        """The article at a URL, or at the page that the URL is a duplicate of."""
        row = row_of(connection, url)
        if row is None:
            return None
        query = select(articles.c.id).where(articles.c.url_id == (row["duplicate_of"] or row["id"]))
        return next(iter(stored.current(connection, list(connection.execute(query).scalars()))), None)

    @reads
    def many(self, connection: Connection, article_ids: list[int]) -> list[StoredArticle]:
        """Several articles in the given order; unknown ids are left out."""
        return stored.current(connection, article_ids)

    @reads
    def at_versions(self, connection: Connection, version_ids: list[int]) -> list[StoredArticle]:
        """Articles as the outlet published these versions, in the given order."""
        return stored.at_versions(connection, version_ids)

    @reads
    def versions(self, connection: Connection, article_id: int) -> list[StoredArticle]:
        """Every version of an article that the outlet published, oldest first, each as our newest code reads it."""
        query = select(versions.c.id).where(versions.c.article_id == article_id).order_by(versions.c.n)
        return stored.at_versions(connection, list(connection.execute(query).scalars()))

    @reads
    def read_by(self, connection: Connection, article_id: int) -> str | None:
        """Digest of the code that read its current version last; `None` for an article that is not there."""
        digest = func.coalesce(extractions.c.read_by, extractions.c.code_digest)
        query = select(digest).join(articles, articles.c.extraction_id == extractions.c.id)
        return connection.execute(query.where(articles.c.id == article_id)).scalar()

    def find(self, wanted: ArticleFilter | None = None) -> Iterator[StoredArticle]:
        """Articles that meet all conditions, newest first, then highest id; read in short transactions."""
        wanted = wanted or ArticleFilter()
        left = wanted.limit
        after: Position | None = None
        while left is None or left > 0:
            size = self.batch if left is None else min(self.batch, left)
            batch, after = self._batch(wanted, after, size)
            yield from batch
            left = None if left is None else left - size
            if after is None:
                return

    @reads
    def _batch(
        self, connection: Connection, wanted: ArticleFilter, after: Position | None, size: int
    ) -> tuple[list[StoredArticle], Position | None]:
        """The next articles, and where to go on; `None` at the end."""
        query = _matching(wanted).order_by(articles.c.dated_at.desc(), articles.c.id.desc()).limit(size)
        if after is not None:
            same_time = and_(articles.c.dated_at == after[0], articles.c.id < after[1])
            query = query.where(or_(articles.c.dated_at < after[0], same_time))
        rows = connection.execute(query).all()
        found = stored.current(connection, [article_id for article_id, _ in rows])
        return found, (rows[-1][1], rows[-1][0]) if len(rows) == size else None

    @writes
    def correct(  # noqa: PLR0917 (one of them is the decorator's)
        self,
        connection: Connection,
        article_id: int,
        action: CorrectionAction | str,
        reason: str,
        actor: str,
        now: datetime,
    ) -> None:
        """A person rejects or withholds it: it leaves every list at once and stays out; repeating changes nothing.

        `reviews.accept` says the contrary; of the two the later word counts.
        """
        rulings.correct(connection, rulings.Said(article_id, _leaving(action), reason, actor, now))

    @writes
    def undo_correction(  # noqa: PLR0917 (one of them is the decorator's)
        self,
        connection: Connection,
        article_id: int,
        action: CorrectionAction | str,
        actor: str,
        now: datetime,
        reason: str | None = None,
    ) -> None:
        """Take a correction back: an earlier one, else what our code decided, stands again.

        Raises `NotFoundError` when there is none.
        """
        rulings.undo(connection, article_id, CorrectionAction(action), actor, now, reason)

    @reads
    def corrections(self, connection: Connection, article_id: int) -> list[Correction]:
        """All corrections of an article, undone ones too, oldest first."""
        query = select(corrections).where(corrections.c.article_id == article_id).order_by(corrections.c.id)
        return [rulings.correction_of(row) for row in connection.execute(query).mappings()]

    @writes
    def mark_gone(self, connection: Connection, article_id: int, now: datetime) -> None:
        """The outlet answers 404 or 410 for it: a mark only. The first time counts; the next fetch takes it away."""
        revisits.mark_gone(connection, rulings.page_of(connection, article_id)["id"], now)


def _standing_removals(connection: Connection, url: str) -> tuple[Removal, ...]:
    return tuple(one for one in removal_rows.of_url(connection, url) if one.stands)


def _without(new: CommitArticle, lines: Sequence[Removal]) -> CommitArticle | None:
    if not lines or new.watches is None:
        return None
    from pipeline.foreign import Headline  # noqa: PLC0415 (lxml, which few commands need)
    from pipeline.store.retelling import retold  # noqa: PLC0415 (likewise)

    return retold(new, [Headline(one.text, one.url) for one in lines], new.watches)


def _matching(wanted: ArticleFilter) -> Select[tuple[int, datetime]]:
    query = select(articles.c.id, articles.c.dated_at).join(urls, urls.c.id == articles.c.url_id)
    return query.where(*conditions(wanted))


def conditions(wanted: ArticleFilter) -> Iterator[ColumnElement[bool]]:
    """What rows of `articles` joined with their `urls` must meet."""
    if wanted.disposition is None:
        yield urls.c.disposition.not_in(_HIDDEN)
    else:
        yield urls.c.disposition == wanted.disposition.value
    if wanted.since is not None:
        yield articles.c.dated_at >= wanted.since
    if wanted.until is not None:
        yield articles.c.dated_at < wanted.until
    if wanted.outlet is not None:
        yield articles.c.outlet == wanted.outlet
    if wanted.language is not None:
        yield articles.c.in_language == wanted.language
    if wanted.in_scope is not None:
        yield articles.c.in_scope.is_(wanted.in_scope)
    if wanted.watch is not None:
        yield exists().where(article_watches.c.article_id == articles.c.id, article_watches.c.watch == wanted.watch)
    if wanted.tag is not None:
        yield exists().where(article_tags.c.article_id == articles.c.id, article_tags.c.tag == wanted.tag)
    if wanted.story is not None:
        yield exists().where(story_members.c.article_id == articles.c.id, story_members.c.story_id == wanted.story)
    for word in fold(wanted.text or "").split():
        yield articles.c.search_text.contains(word, autoescape=True)


def _leaving(action: CorrectionAction | str) -> CorrectionAction:
    """Raises `ValueError` for an acceptance, which says under which watch."""
    action = CorrectionAction(action)
    if action is CorrectionAction.ACCEPT:
        raise ValueError("an article is accepted by `reviews.accept`, under its watches")
    return action
