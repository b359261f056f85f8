"""The names of stories: a story keeps the name it has, whatever joins it or leaves it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Collection, Sequence
from itertools import count

from pipeline.model import Article, StoredArticle, Story


def story_id(oldest: Article, salt: int = 0) -> str:
    """A story's name, from the address of its oldest article: 50 bits, so that millions do not meet.

    `salt` > 0 gives further names, for when an article's own name is borne by a story that it has left.
    """
    address = oldest.canonical_url if salt == 0 else f"{salt} {oldest.canonical_url}"
    digest = hashlib.blake2b(address.encode(), digest_size=10).digest()
    return "s" + base64.b32encode(digest).decode().lower()[:10]


def names(
    clusters: Sequence[Sequence[int]],
    articles: Sequence[StoredArticle],
    before: Sequence[Story],
    taken: Collection[str] = (),
) -> list[str]:
    """A name for each cluster, in their order. Clusters hold places among `articles`, which come oldest first.

    Each earlier story hands its name to the cluster that has its oldest article; a cluster that is handed several
    keeps the one of the oldest. What is handed none is called after its own oldest article. `taken`: the names of
    living stories that are not in `before`.
    """
    handed = _handed(clusters, articles, before)
    used = {*taken, *(story.id for story in before)}
    found = []
    for number, cluster in enumerate(clusters):
        name = handed[number] if number in handed else _new(articles[cluster[0]].article, used)
        used.add(name)
        found.append(name)
    return found


def _handed(
    clusters: Sequence[Sequence[int]], articles: Sequence[StoredArticle], before: Sequence[Story]
) -> dict[int, str]:
    """Cluster → the name handed to it."""
    place = {stored.id: number for number, stored in enumerate(articles)}
    home = {member: number for number, cluster in enumerate(clusters) for member in cluster}
    claims: dict[int, tuple[int, str]] = {}  # cluster → (place of the story's oldest article, its name)
    for story in before:
        oldest = min((place[m.article_id] for m in story.members if m.article_id in place), default=None)
        if oldest is not None:
            claim = (oldest, story.id)
            claims[home[oldest]] = min(claims.get(home[oldest], claim), claim)
    return {number: name for number, (_, name) in claims.items()}


def _new(oldest: Article, used: Collection[str]) -> str:
    return next(name for name in (story_id(oldest, salt) for salt in count()) if name not in used)
