"""What persons accepted into scope, laid over what our code reads of a text: it holds in every later reading.

Every function works inside the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from pipeline.model import Article
from pipeline.reviews import accept
from pipeline.store.records import CorrectionAction
from pipeline.store.schema import corrections, judgements

_JUDGING = (CorrectionAction.ACCEPT.value, CorrectionAction.REJECT.value)


@dataclass(frozen=True, slots=True)
class Word:
    """The newest standing word on whether an article is ours."""

    action: CorrectionAction  # ACCEPT or REJECT
    watches: Mapping[str, int | None]  # accepted ones, with their editions
    reason: str
    actor: str

    def over(self, article: Article) -> Article:
        """The article as this word has it."""
        if self.action is not CorrectionAction.ACCEPT:
            return article
        return accept(article, self.watches, f"{self.actor} said so: {self.reason}")


def words(connection: Connection, article_ids: Sequence[int]) -> dict[int, Word]:
    """By article, of those that somebody has judged."""
    query = (
        select(
            corrections.c.article_id,
            corrections.c.action,
            judgements.c.accepted,
            corrections.c.reason,
            corrections.c.actor,
        )
        .outerjoin(judgements, judgements.c.correction_id == corrections.c.id)
        .where(
            corrections.c.article_id.in_(article_ids),
            corrections.c.undone_at.is_(None),
            corrections.c.action.in_(_JUDGING),
        )
        .order_by(corrections.c.id)
    )
    return {
        article_id: Word(CorrectionAction(action), accepted or {}, reason, actor)
        for article_id, action, accepted, reason, actor in connection.execute(query)
    }


def over(connection: Connection, article_id: int, article: Article) -> Article:
    """The article as a person's standing word has it."""
    word = words(connection, [article_id]).get(article_id)
    return article if word is None else word.over(article)
