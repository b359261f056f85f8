"""The assembler: reads the articles of a window, tells their stories, and writes what has changed.

One at a time, by a lease. It computes outside any transaction and writes in one that the store refuses when a person
or another process was faster; then it reads and computes again. Killed anywhere, the next one gives the same result:
all it knows it reads anew.
"""

from __future__ import annotations

import os
import socket
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pipeline.copies import copies
from pipeline.model import Disposition, Role, StoredArticle, Story
from pipeline.store.records import DecisionAction, StaleError, StoryDecision
from pipeline.store.store import Store
from pipeline.stories import Decisions, tell

WINDOW = timedelta(days=14)  # articles published or changed since then are told anew
LEASE = "assembler"
_TTL = timedelta(minutes=10)
_ATTEMPTS = 5  # at writing what nobody has changed meanwhile
_SHARED_KEYS = 2  # an article older than the window is looked at when a new one shares so many keys with it
_ACTOR = "assembler"


@dataclass(frozen=True, slots=True)
class Assembled:
    """What one assembling found. Counts of the window, and of earlier stories that changed."""

    articles: int
    stories: int
    copies: int
    merged: int  # earlier stories that are now part of another one
    split: int  # earlier stories whose articles are now in several
    generation: int  # of the stories, after writing


@dataclass(frozen=True, slots=True)
class _Material:
    """All that the stories of a window are made of."""

    articles: tuple[StoredArticle, ...]
    recent: frozenset[int]  # articles of the window; the others came along with them
    before: Mapping[str, Story]  # the earlier stories of these articles
    holders: Mapping[str, Sequence[int]]  # fingerprint key → articles
    decisions: tuple[StoryDecision, ...]


def assemble(store: Store, now: datetime, *, window: timedelta = WINDOW) -> Assembled:
    """Bring the stories of the window up to date. Raises `LeasedError` while another process does it, `StoreError`."""
    holder = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
    lease = store.leases.claim(LEASE, holder, _TTL, now)
    try:
        for attempt in range(1, _ATTEMPTS + 1):
            generation = store.stories.generation()
            material = _read(store, now - window)
            told = _tell(material)
            try:
                written = store.stories.replace(told, generation=generation, now=now)
            except StaleError:
                if attempt == _ATTEMPTS:
                    raise
                continue
            return _report(store, material, told, written, now)
        raise StaleError("the stories kept changing; assemble them again")
    finally:
        store.leases.release(lease)


def _read(store: Store, since: datetime) -> _Material:
    """The window, the articles that a person, a story or a copied text ties to it, and their stories."""
    recent = store.stories.window(since)
    numbers = {stored.id for stored in recent}
    holders = store.stories.candidates({key for keys in store.stories.keys(numbers).values() for key in keys})
    decisions = tuple(store.stories.decisions())
    tied = _copied(holders, numbers) | _decided(decisions, numbers)
    articles = _with(store, recent, tied)
    before = _stories_of(store, articles)
    mates = {member.article_id for story in before.values() for member in story.members}
    return _Material(tuple(_with(store, articles, mates)), frozenset(numbers), before, holders, decisions)


def _copied(holders: Mapping[str, Sequence[int]], recent: set[int]) -> set[int]:
    """Older articles whose text may be that of a recent one."""
    shared: Counter[tuple[int, int]] = Counter()
    for numbers in holders.values():
        new = [number for number in numbers if number in recent]
        shared.update((number, other) for number in numbers if number not in recent for other in new)
    return {old for (old, _), count in shared.items() if count >= _SHARED_KEYS}


def _decided(decisions: Iterable[StoryDecision], recent: set[int]) -> set[int]:
    pairs = ((decision.article_a, decision.article_b) for decision in decisions)
    return {number for pair in pairs if not recent.isdisjoint(pair) for number in pair if number is not None}


def _with(store: Store, articles: Sequence[StoredArticle], numbers: Iterable[int]) -> list[StoredArticle]:
    """These articles and those of the numbers that are still kept: withheld and rejected ones leave their stories."""
    known = {stored.id for stored in articles}
    more = store.articles.many(sorted(set(numbers) - known))
    return [*articles, *(stored for stored in more if stored.disposition is Disposition.KEPT)]


def _stories_of(store: Store, articles: Iterable[StoredArticle]) -> dict[str, Story]:
    found = {}
    for name in sorted({stored.story_id for stored in articles if stored.story_id is not None}):
        story = store.stories.get(name)
        if story is not None:
            found[story.id] = story
    return found


def _tell(material: _Material) -> tuple[Story, ...]:
    texts = {stored.id: stored.article.text for stored in material.articles}
    told = tell(material.articles, copies(texts, material.holders), _constraints(material))
    return tuple(_still_continued(story, material.before) for story in told)


def _constraints(material: _Material) -> Decisions:
    """The persons' decisions; and what is older than the window stays as it was told."""
    together = [_pair(one) for one in material.decisions if one.action is DecisionAction.TOGETHER]
    apart = [_pair(one) for one in material.decisions if one.action is DecisionAction.APART]
    pinned = {one.article_a for one in material.decisions if one.action is DecisionAction.PIN}
    settled = []
    for story in material.before.values():
        numbers = [member.article_id for member in story.members]
        old = [number for number in numbers if number not in material.recent]
        bound = numbers if not pinned.isdisjoint(numbers) else old
        settled += [(bound[0], number) for number in bound[1:]]
    return Decisions(together=tuple(together), apart=tuple(apart), settled=tuple(settled))


def _pair(decision: StoryDecision) -> tuple[int, int]:
    return decision.article_a, decision.article_b if decision.article_b is not None else decision.article_a


def _still_continued(story: Story, before: Mapping[str, Story]) -> Story:
    """A story goes on continuing one that has left the window since."""
    earlier = before.get(story.id)
    if story.continues is not None or earlier is None or earlier.continues in before:
        return story
    return replace(story, continues=earlier.continues)


def _report(store: Store, material: _Material, told: Sequence[Story], generation: int, now: datetime) -> Assembled:
    """Count, and record what readers may have seen otherwise."""
    is_in = {member.article_id: story.id for story in told for member in story.members}
    was_in: defaultdict[str, set[str]] = defaultdict(set)  # earlier story → where its articles are now
    for name, story in material.before.items():
        was_in[name] |= {is_in[member.article_id] for member in story.members if member.article_id in is_in}
    split = {name: sorted(places) for name, places in was_in.items() if len(places) > 1}
    gone = {name: next(iter(places)) for name, places in was_in.items() if places and name not in places}
    merged = {name: place for name, place in gone.items() if name not in split and _had_another(place, name, was_in)}
    for name, places in sorted(split.items()):
        store.audit.add(_ACTOR, "story.split", f"story:{name}", detail={"into": places}, now=now)
    for name, place in sorted(merged.items()):
        store.audit.add(_ACTOR, "story.merge", f"story:{name}", detail={"into": place}, now=now)
    return Assembled(
        articles=len(material.articles),
        stories=len(told),
        copies=sum(member.role is Role.COPY for story in told for member in story.members),
        merged=len(merged),
        split=len(split),
        generation=generation,
    )


def _had_another(place: str, name: str, was_in: Mapping[str, set[str]]) -> bool:
    """Did another earlier story end there too? Otherwise it only took the name of an older article."""
    return any(place in places for other, places in was_in.items() if other != name)
