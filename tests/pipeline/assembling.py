"""Articles in a store, and its stories as a reader sees them, for the tests of the assembler."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import cache

from pipeline.fingerprint import content_digest, keys
from pipeline.model import Article, Disposition, Kind, Stage, StoredArticle, Story, Verdict, WatchMatch
from pipeline.store import CommitArticle, Store
from tests.pipeline.newsroom_articles import article, kept

TODAY = date(2026, 11, 18)
NOW = datetime(2026, 11, 18, 0, 0, tzinfo=UTC)
WEEK = tuple(article(piece) for piece in kept(TODAY))


def keep(store: Store, one: Article, now: datetime = NOW, code: str = "code") -> int:
    """Store it, in scope; gives its number."""
    store.ledger.add(one.canonical_url, one.canonical_url, one.outlet, None, None, now)
    verdict = Verdict(Disposition.KEPT, Stage.WATCH, "mgmac")
    new = CommitArticle(one.canonical_url, one, verdict, *_fingerprint(one, code))
    return store.articles.commit(new, now).article_id


@cache
def _fingerprint(one: Article, code: str) -> tuple[str, str, tuple[int, ...]]:
    return content_digest(one), code, keys(one)


def keep_all(store: Store, articles: Iterable[Article]) -> dict[str, int]:
    """Address → number."""
    return {one.canonical_url: keep(store, one) for one in articles}


def told(store: Store) -> dict[str, tuple[frozenset[str], str | None]]:
    """Story → the addresses of its articles, and of its origin."""
    found = {}
    for story in store.stories.list():
        address = {
            member.article_id: stored(store, member.article_id).article.canonical_url for member in story.members
        }
        found[story.id] = (frozenset(address.values()), address.get(story.origin or 0))
    return found


def partition(store: Store) -> set[frozenset[str]]:
    """The addresses of each story."""
    return {members for members, _ in told(store).values()}


def stored(store: Store, number: int) -> StoredArticle:
    found = store.articles.get(number)
    assert found is not None
    return found


def story_of(store: Store, number: int) -> Story:
    name = stored(store, number).story_id
    assert name is not None
    return named(store, name)


def named(store: Store, name: str) -> Story:
    """The story that answers to this name."""
    story = store.stories.get(name)
    assert story is not None
    return story


def members(story: Story) -> set[int]:
    return {member.article_id for member in story.members}


def report(name: str, text: str, *, outlet: str = "kota", published: datetime = NOW) -> Article:
    """An article in scope; its headline is its name."""
    address = f"https://{outlet}.example/{name}"
    return Article(
        url=address,
        canonical_url=address,
        outlet=outlet,
        kind=Kind.ARTICLE,
        fetched_at=NOW,
        sha256="0" * 64,
        headline=name,
        article_body=(text,),
        date_published=published,
        in_language="id",
        watches=(WatchMatch("mgmac", 2026, "its name stands in the text"),),
    )


def text_of(event: int, telling: int = 0) -> str:
    """Ten sentences on one event. Two tellings share its names and words, but no sentence; two events share neither."""
    words = random.Random(event)
    names = [_word(words).capitalize() for _ in range(6)]
    matter = [_word(words) for _ in range(40)]
    order = random.Random(1000 * event + telling + 1)
    return " ".join(_sentence(order, names, matter) for _ in range(10))


def _sentence(order: random.Random, names: list[str], matter: list[str]) -> str:
    said = [*order.sample(matter, 9), *order.sample(names, 3), str(order.randrange(100, 10_000))]
    order.shuffle(said)
    return f"Kemarin {' '.join(said)}."


def _word(chance: random.Random) -> str:
    return "".join(chance.choice("bdghjklmnprst") + chance.choice("aeiou") for _ in range(4))
