"""The assembler: places new articles among the stories, and once a night tells the stories of the window anew.

*Online* (`assemble`, after every crawl): what is in no story yet is placed. What stands is neither renamed nor
reshuffled; only a person's decision changes it, at once. Without anything new nothing is read and nothing written.
*Nightly* (`reassemble`, before the editions of a day): all articles of the window are looked at together; what that
changes for those who had seen the stories is recorded with its reasons in the transaction that changes it.

One assembler at a time, by a lease. It computes outside any transaction and writes in short ones that the store refuses
when a person or another process was faster; then it reads and computes again. Killed anywhere, the next one goes on:
all it knows it reads anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import takewhile
from time import monotonic
from typing import TypeVar

from pipeline.material import MOST, Material, near, read, settle
from pipeline.model import Role, Story
from pipeline.store.holders import new_holder
from pipeline.store.placements import Dated
from pipeline.store.records import Lease, StaleError
from pipeline.store.store import Store
from pipeline.store.story_records import Night
from pipeline.stories import extend, tell
from pipeline.story_changes import Change, ChangeAction, changes

WINDOW = timedelta(days=14)  # what was published since then is told anew at night; a new article is compared as far
PORTION = 1000  # new articles that are placed at a time: memory, and what a kill costs, are bounded
LEASE = "assembler"
_TTL = timedelta(minutes=10)
_ATTEMPTS = 5  # at writing what nobody has changed meanwhile

Told = Callable[[int, int], None]  # how many new articles are placed, of how many
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Assembled:
    """What one pass did."""

    placed: int = 0  # articles that were in no story before
    articles: int = 0  # in the stories that were written (online), in those that were looked at (nightly)
    stories: int = 0
    copies: int = 0  # of these articles
    merged: int = 0  # stories that are part of another one now
    split: int = 0  # parts that left a story and begin one
    moved: int = 0  # articles that went from one story to another
    generation: int = 0  # of the stories afterwards

    def and_then(self, later: Assembled) -> Assembled:
        """Both."""
        names = ("placed", "articles", "stories", "copies", "merged", "split", "moved")
        sums = {name: getattr(self, name) + getattr(later, name) for name in names}
        return Assembled(**sums, generation=later.generation)

    @property
    def changed(self) -> int:
        """How often something changed for those who had seen the stories."""
        return self.merged + self.split + self.moved


@dataclass
class _Turn:
    """The right to assemble, for as long as the work takes."""

    store: Store
    now: datetime
    window: timedelta
    lease: Lease
    told: Told
    begun: float = field(default_factory=monotonic)

    def renew(self) -> None:
        """A first pass over a large archive takes minutes. Raises `LeasedError` when it took too long all the same."""
        self.lease = self.store.leases.renew(self.lease, _TTL, self.now + timedelta(seconds=monotonic() - self.begun))


def assemble(
    store: Store, now: datetime, *, window: timedelta = WINDOW, told: Told = lambda _done, _total: None
) -> Assembled:
    """Place what is new. Raises `LeasedError` while another process assembles, `StoreError`."""
    if not store.placements.is_waiting() and not store.decisions.waiting():
        return Assembled(generation=store.stories.generation())
    with _turn(store, now, window, told) as turn:
        return _place_all(turn)


def reassemble(
    store: Store,
    now: datetime,
    *,
    period: str | None = None,
    window: timedelta = WINDOW,
    told: Told = lambda _done, _total: None,
) -> Assembled:
    """Place what is new, then tell the window anew. `period`: of the editions that this is the nightly pass of.

    Raises `LeasedError` while another process assembles, `StoreError`.
    """
    with _turn(store, now, window, told) as turn:
        placed = _place_all(turn)
        turn.renew()
        return replace(_again(lambda: _tell_anew(turn, period)), placed=placed.placed)


@contextmanager
def _turn(store: Store, now: datetime, window: timedelta, told: Told) -> Iterator[_Turn]:
    turn = _Turn(store, now, window, store.leases.claim(LEASE, new_holder(), _TTL, now), told)
    try:
        yield turn
    finally:
        store.leases.release(turn.lease)


def _again(step: Callable[[], T]) -> T:
    """Until nobody changed meanwhile what the step read."""
    for _ in range(_ATTEMPTS - 1):
        try:
            return step()
        except StaleError:
            continue
    return step()


def _place_all(turn: _Turn) -> Assembled:
    """A portion at a time, so that memory is bounded and a kill costs little."""
    total = turn.store.placements.unplaced_count()
    done = Assembled(generation=turn.store.stories.generation())
    while step := _again(lambda: _place_some(turn)):
        done = done.and_then(step)
        turn.told(done.placed, max(total, done.placed))
        turn.renew()
        if not step.placed:
            break  # only decisions and articles that had to leave were waiting
    return done


def _place_some(turn: _Turn) -> Assembled | None:
    """The oldest articles that are in no story, and what persons decided; None when there is nothing to do."""
    store = turn.store
    generation = store.stories.generation()
    waiting = store.placements.unplaced(PORTION)
    new = list(takewhile(lambda one: one[1] <= waiting[0][1] + turn.window, waiting))
    misplaced = store.placements.misplaced()
    if not new and not misplaced and not store.decisions.waiting():
        return None
    material = read(store, [number for number, _ in new], near(store, new, turn.window), misplaced)
    found = _extended(material)
    changed = _changes(material, found)
    generation = store.stories.replace(found, generation=generation, changes=changed, now=turn.now)
    return _counted(found, changed, sum(stored.story_id is None for stored in material.articles), generation)


def _extended(material: Material) -> tuple[Story, ...]:
    """The stories that are others now. Online a story does not give up the one that it continues."""
    before = tuple(material.before.values())
    known = material.articles, material.links, material.decisions
    found = extend(*known, before=before, taken=material.taken, anew=material.touched)
    return tuple(_still_continued(story, material.shown, {}) for story in found)


def _members(story: Story) -> set[int]:
    return {member.article_id for member in story.members}


def _places(found: Sequence[Story]) -> set[int]:
    return {number for story in found for number in _members(story)}


def _tell_anew(turn: _Turn, period: str | None) -> Assembled:
    """All articles of the window together; what is older and tied to it stays as it was told."""
    store = turn.store
    generation = store.stories.generation()
    window = _window(store, turn.now - turn.window)
    material = settle(read(store, [number for number, _ in window], (), store.placements.misplaced()))
    before = tuple(material.before.values())
    told = tell(material.articles, material.links, material.decisions, before=before, taken=material.taken)
    found = tuple(_still_continued(story, material.shown, material.before) for story in told)
    changed = _changes(material, found)
    counted = _counted(found, changed, 0, generation + 1)
    night = Night(period, turn.now, counted.merged, counted.split, counted.moved) if period is not None else None
    store.stories.replace(found, generation=generation, changes=changed, night=night, now=turn.now)
    return counted


def _window(store: Store, since: datetime) -> Sequence[Dated]:
    """What was published since then, the newest `MOST` of it."""
    return store.placements.dated(since)[-MOST:]


def _still_continued(story: Story, shown: Mapping[str, Story], looked_at: Mapping[str, Story]) -> Story:
    """A story goes on continuing one that is not looked at any more."""
    earlier = shown.get(story.id)
    if story.continues is not None or earlier is None or earlier.continues in looked_at:
        return story
    return replace(story, continues=earlier.continues, continues_reason=earlier.continues_reason)


def _changes(material: Material, found: Sequence[Story]) -> tuple[Change, ...]:
    places = _places(found)
    before = [story for story in material.shown.values() if not places.isdisjoint(_members(story))]
    decided = {number for pair in material.decisions.apart for number in pair}
    return changes(before, found, {stored.id: stored for stored in material.articles}, decided)


def _counted(found: Sequence[Story], changed: Sequence[Change], placed: int, generation: int) -> Assembled:
    members = [member for story in found for member in story.members]
    actions = [change.action for change in changed]
    return Assembled(
        placed=placed,
        articles=len(members),
        stories=len(found),
        copies=sum(member.role is Role.COPY for member in members),
        merged=actions.count(ChangeAction.MERGE),
        split=actions.count(ChangeAction.SPLIT),
        moved=actions.count(ChangeAction.MOVE),
        generation=generation,
    )
