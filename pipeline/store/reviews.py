"""Reviews: which texts wait for a person, what persons judged, and the labelled cases that come of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, RowMapping, Select, exists, func, select

from pipeline.model import Disposition, Stage
from pipeline.store import corrections as rulings
from pipeline.store import stored
from pipeline.store.database import Part, reads, writes
from pipeline.store.records import Correction, CorrectionAction
from pipeline.store.review_records import Doubt, Judgement
from pipeline.store.schema import articles, corrections, judgements, urls

_PAGE = urls.c.id == articles.c.url_id
# Texts with a doubt that nobody has judged, and nothing else has settled. `exists`, not a join: SQLite would go through
# all URLs to count them.
_WAITS = (
    articles.c.doubt.is_not(None),
    exists().where(_PAGE, urls.c.disposition == Disposition.REJECTED.value, urls.c.stage == Stage.WATCH.value),
)


class Reviews(Part):
    """Verbs over reviews."""

    @reads
    def waiting(self, connection: Connection, limit: int | None = None) -> list[Doubt]:
        """Texts that only a person can tell of: for which most speaks first, then the newest."""
        order = articles.c.doubt.desc(), articles.c.dated_at.desc(), articles.c.id.desc()
        query = select(articles.c.id, articles.c.doubt).where(*_WAITS)
        scores = {row.id: float(row.doubt) for row in connection.execute(query.order_by(*order).limit(limit))}
        return [Doubt(one, scores[one.id]) for one in stored.current(connection, list(scores))]

    @reads
    def count(self, connection: Connection) -> int:
        """How many texts wait."""
        query = select(func.count(articles.c.id)).where(*_WAITS)
        return connection.execute(query).scalar_one()

    @reads
    def answered(self, connection: Connection, since: datetime) -> int:
        """How many texts that waited were judged since, and stand so."""
        query = (
            select(corrections.c.article_id, judgements.c.doubtful)
            .join(judgements, judgements.c.correction_id == corrections.c.id)
            .where(corrections.c.at >= since, corrections.c.undone_at.is_(None))
        )
        return len({article_id for article_id, doubtful in connection.execute(query) if doubtful})

    @writes
    def accept(
        self,
        connection: Connection,
        article_id: int,
        watches: Mapping[str, int | None],
        *,
        reason: str,
        actor: str,
        now: datetime,
    ) -> None:
        """A person's yes: it is about these watches (id → edition, `None` where it is not told), and in scope.

        It holds in every later reading, until it is taken back or a later no. Raises `NotFoundError` for no article
        or none with a text, `ValueError` without a watch.
        """
        if not watches:
            raise ValueError(f"article {article_id}: say under which watch it comes into scope")
        said = rulings.Said(article_id, CorrectionAction.ACCEPT, reason, actor, now, dict(watches))
        rulings.correct(connection, said)

    @writes
    def decline(self, connection: Connection, article_id: int, *, reason: str, actor: str, now: datetime) -> None:
        """A person's no: it is not ours, and is not asked about again. The same as a rejection of an article."""
        rulings.correct(connection, rulings.Said(article_id, CorrectionAction.REJECT, reason, actor, now))

    @writes
    def undo(
        self, connection: Connection, article_id: int, *, actor: str, reason: str | None = None, now: datetime
    ) -> Correction:
        """Take the word that counts back, and tell it; an earlier one counts again, else what our code decided.

        Raises `NotFoundError` where nobody judged it.
        """
        return rulings.undo_last(connection, article_id, actor, now, reason)

    @reads
    def of_article(self, connection: Connection, article_id: int) -> list[Judgement]:
        """All that persons judged of an article, what was taken back too, oldest first."""
        query = _judged().where(corrections.c.article_id == article_id)
        return [_judgement(row) for row in connection.execute(query).mappings()]

    @reads
    def judged(self, connection: Connection) -> list[Judgement]:
        """The word that counts of each judged article, by the time of the first."""
        query = _judged().where(corrections.c.undone_at.is_(None))
        found = {row["article_id"]: _judgement(row) for row in connection.execute(query).mappings()}
        return list(found.values())


def _judged() -> Select[tuple[object, ...]]:
    return (
        select(corrections, judgements, urls.c.url, urls.c.outlet, urls.c.disposition)
        .join_from(corrections, judgements, judgements.c.correction_id == corrections.c.id)
        .join(articles, articles.c.id == corrections.c.article_id)
        .join(urls, _PAGE)
        .order_by(corrections.c.id)
    )


def _judgement(row: RowMapping) -> Judgement:
    return Judgement(
        correction=rulings.correction_of(row),
        version_id=row["version_id"],
        watches=row["watches"],
        accepted=row["accepted"],
        doubtful=tuple(row["doubtful"]),
        url=row["url"],
        outlet=row["outlet"],
        disposition=Disposition(row["disposition"]),
        headline=row["headline"],
        article_body=tuple(row["article_body"]),
        description=row["description"],
        keywords=tuple(row["keywords"]),
        date_published=row["date_published"],
        in_language=row["in_language"],
    )
