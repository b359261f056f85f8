"""The draft of an edition: what it would say now, and what an editor does to it before it leaves by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from digests import messages
from digests.compose import compose
from digests.facts import edition_facts
from digests.hours import hours_of
from digests.model import Content, to_json
from digests.plain import one_line, shorten
from pipeline.config import Settings
from pipeline.errors import FrozenError, NotFoundError, SettingsError
from pipeline.outlet import Outlet
from pipeline.store import DraftAction, DraftDecision, EditionRecord, Store

DRAFT = "draft"  # a content's kind
EDITORS = "editors"  # the list whose subscribers get the draft by mail
NOTE_LENGTH = 280  # characters; an editor's note is a line, not an article


@dataclass(frozen=True, slots=True)
class Draft:
    """What an edition would say, with the numbers by which an editor names its stories."""

    content: Content
    numbers: Mapping[str, int]  # story id → number; stories that were dropped keep theirs
    standing: tuple[DraftDecision, ...]


def draft(
    store: Store, settings: Settings, outlets: Mapping[str, Outlet], period: date, list_name: str, *, now: datetime
) -> Draft:
    """Composed live; nothing is frozen. Raises `FrozenError` when the edition is."""
    check_open(store, list_name, period)
    facts = edition_facts(store, settings, outlets, period, list_name, now=now)
    content = replace(compose(facts), kind=DRAFT)
    shown = [block.story_id for block in content.stories] + [one.story_id for one in content.dropped]
    numbers = store.drafts.number(list_name, period.isoformat(), shown)
    return Draft(content, numbers, tuple(store.drafts.standing(list_name, period.isoformat())))


def check_open(store: Store, list_name: str, period: date) -> None:
    """Raises `FrozenError` when there is no draft of that day any more."""
    closed_at = store.drafts.closed_at(list_name, period.isoformat())
    if closed_at is not None:
        raise FrozenError(
            f"the edition {list_name} {period} is frozen since {closed_at:%Y-%m-%d %H:%M} UTC, there is no draft of it"
            f" any more: `kliping digest show --date {period}`"
        )


def find_story(store: Store, list_name: str, period: date, word: str) -> str:
    """The present id of a story named by its number in the draft or by its id. Raises `NotFoundError`."""
    if not word.isdecimal():
        return word
    numbers = store.drafts.numbered(list_name, period.isoformat())
    found = numbers.get(int(word)) if len(word) <= 9 else None
    if found is None:
        raise NotFoundError(f"story {word}: the draft of {period} has no such number; `kliping digest draft show`")
    return found


def decide(
    store: Store,
    list_name: str,
    period: date,
    action: DraftAction,
    story: str,
    *,
    text: str | None,
    actor: str,
    now: datetime,
) -> DraftDecision:
    """An editor's word on a story, which is named by number or id. Raises `FrozenError`, `NotFoundError`."""
    words = one_line(text)
    if action is DraftAction.NOTE and not words:
        raise SettingsError("a note needs words: `kliping digest draft note STORY 'what readers should know'`")
    if words and len(words) > NOTE_LENGTH:
        raise SettingsError(f"{len(words)} characters are too many for one line: {NOTE_LENGTH} at most")
    identifier = find_story(store, list_name, period, story)
    return store.drafts.decide(list_name, period.isoformat(), action, identifier, words, actor=actor, now=now)


def announce(
    store: Store,
    settings: Settings,
    outlets: Mapping[str, Outlet],
    period: date,
    *,
    list_name: str | None = None,
    now: datetime,
) -> str | None:
    """Freeze the mail "draft ready" to the list of editors: once a day, whoever calls; None: nobody gets it."""
    name = list_name or settings.digest.list
    if not store.subscribers.list(EDITORS) or store.drafts.closed_at(name, period.isoformat()):
        return None
    record = store.editions.get(EDITORS, period.isoformat())
    if record is None:
        record = _freeze(store, draft(store, settings, outlets, period, name, now=now).content, now)
    expires_at = hours_of(settings, period).freeze
    frozen = messages.freeze(store, settings, record, now=now, outlets=outlets, expires_at=expires_at)
    return f"draft of {period} goes to {len(frozen)} editor(s)"


def _freeze(store: Store, content: Content, now: datetime) -> EditionRecord:
    """As the list of editors gets it: it takes no article from the edition."""
    period = content.period.isoformat()
    return store.editions.freeze(EDITORS, period, to_json(replace(content, list=EDITORS)), [], now=now)


def told(decision: DraftDecision) -> str:
    """A decision in a few words."""
    words = f": {shorten(decision.text, 100)}" if decision.text else ""
    return f"{decision.action.value} {decision.story_id}{words}"
