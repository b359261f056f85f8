"""The stored articles under watches that have changed: those newly caught come into scope, those lost leave it.

No page is read again and nothing is fetched: the steps over the text alone are run anew for the articles whose matches
are others now. What persons decided stands, as the store sees to. Killed anywhere, the next time goes on with what is
left: an article that is told already is as the watches have it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from pipeline.errors import NotFoundError
from pipeline.model import Article, Disposition, StoredArticle
from pipeline.store.headline_records import StoredText
from pipeline.store.records import ArticleFilter, CommitArticle
from pipeline.store.store import Store
from pipeline.watches import Watches, match

_BATCH = 100  # articles whose texts are read at a time

Seen = tuple[frozenset[tuple[str, int | None]], frozenset[str]]  # watches with editions, and what is possible


@dataclass(frozen=True, slots=True)
class Rematched:
    """What one pass over the archive did."""

    looked_at: int = 0
    changed: int = 0  # whose watches, editions or doubts are others now
    came: int = 0  # into scope
    left: int = 0  # out of scope


def rematch(store: Store, watches: Watches, now: datetime, tell: Callable[[int], None] | None = None) -> Rematched:
    """Bring every stored article to what these watches say of it. `tell` is given how many were looked at."""
    done = Rematched()
    articles = store.articles.find(ArticleFilter())
    while batch := list(islice(articles, _BATCH)):
        done = replace(done, looked_at=done.looked_at + len(batch))
        for stored, text in _others(store, batch, watches):
            with suppress(NotFoundError):  # its address was taken out of the ledger meanwhile
                store.articles.commit(_read(stored, text, watches), now)
                done = _counted(done, stored, store.articles.get(stored.id))
        if tell is not None:
            tell(done.looked_at)
    return done


def _counted(done: Rematched, before: StoredArticle, after: StoredArticle | None) -> Rematched:
    was = before.disposition is Disposition.KEPT
    is_now = after is not None and after.disposition is Disposition.KEPT
    came, left = done.came + (is_now and not was), done.left + (was and not is_now)
    return replace(done, changed=done.changed + 1, came=came, left=left)


def _others(store: Store, batch: list[StoredArticle], watches: Watches) -> Iterator[tuple[StoredArticle, StoredText]]:
    """Those that match otherwise than is stored of them. Most do not, and are told by their shown text alone."""
    suspects = {one.id: one for one in batch if _seen(one.article) != _seen(match(one.article, watches))}
    for text in store.headlines.texts(list(suspects)):
        if _seen(text.article) != _seen(match(text.article, watches)):
            yield suspects[text.article_id], text


def _seen(article: Article) -> Seen:
    return frozenset((one.id, one.edition) for one in article.watches), frozenset(one.id for one in article.possible)


def _read(stored: StoredArticle, text: StoredText, watches: Watches) -> CommitArticle:
    """The text as its page was read, told by these watches."""
    from pipeline.fingerprint import keys  # noqa: PLC0415 (heavy, and few texts are read anew)
    from pipeline.process import read_text, verdict  # noqa: PLC0415 (likewise)

    read = text.article
    article = read_text(replace(read, disputed=(), possible=()), watches, read.in_language)
    return CommitArticle(
        url=read.canonical_url,
        article=article,
        verdict=verdict(article),
        content_digest=stored.content_digest,
        code_digest=_digest(text.code_digest, watches),
        keys=keys(article),
        watches=watches,
    )


def _digest(code_digest: str, watches: Watches) -> str:
    """SHA-256 (hex) that names an extraction made of another one by matching it with these watches."""
    return hashlib.sha256(f"{code_digest}\n{watches.digest}".encode()).hexdigest()
