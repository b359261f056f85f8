"""A reading without the headlines of other articles: all that is stored of it, computed outside any transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pipeline.foreign import Headline, cut, digest_without, without
from pipeline.store.records import CommitArticle
from pipeline.watches import Watches


def retold(new: CommitArticle, headlines: Iterable[Headline], watches: Watches) -> CommitArticle | None:
    """The reading without these headlines; `None` where it holds none of them."""
    done = cut(new.article.article_body, headlines)
    if not done.removed:
        return None
    from pipeline.fingerprint import keys  # noqa: PLC0415 (heavy, and few texts hold a foreign headline)
    from pipeline.process import verdict  # noqa: PLC0415 (likewise)

    article = without(new.article, done, watches)
    decided = verdict(article)
    if new.article.watches and not article.watches:
        decided = replace(decided, detail=f'only the headline of another article did: "{done.removed[0].text}"')
    return replace(
        new,
        article=article,
        verdict=decided,
        code_digest=digest_without(new.code_digest, done.removed),
        keys=keys(article),
    )
