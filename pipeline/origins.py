"""Which texts the articles of a story print, and who had each first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from pipeline.clusters import average_link
from pipeline.copies import CopyLink
from pipeline.model import StoredArticle
from pipeline.sources import credit, is_named, order_key, publisher
from pipeline.tracing import Trace, Whose, trace

__all__ = ("Text", "credit", "is_named", "order_key", "publisher", "texts_of")


@dataclass(frozen=True, slots=True)
class Text:
    """One text and the articles that print it, in order of publication."""

    prints: tuple[StoredArticle, ...]
    trace: Trace

    @property
    def first(self) -> StoredArticle:
        """The print that the others are compared with."""
        return self.trace.first

    @property
    def whose(self) -> Whose:
        return self.trace.whose

    @property
    def printed_at(self) -> datetime | None:
        """When it was first seen in print; None when no print is dated."""
        return min((one.article.date_published for one in self.prints if one.article.date_published), default=None)


def texts_of(members: Sequence[StoredArticle], links: Iterable[CopyLink]) -> tuple[Text, ...]:
    """The texts that these articles, in their order, print."""
    place = {stored.id: number for number, stored in enumerate(members)}
    pairs = [(place[link.a], place[link.b]) for link in links if link.a in place and link.b in place]
    groups = average_link(len(members), {}, together=pairs)
    texts = ([members[number] for number in group] for group in groups)
    return tuple(Text(tuple(prints), trace(prints)) for prints in texts)
