"""Immediate alerts: a short mail at once, for each story and rule once.

An alert is an edition of the list of alerts, frozen in one commit with the ledger of what it tells; its messages are
deliveries like any other. So two schedulers, or a kill between any two steps, can neither double a mail nor lose one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from digests import messages
from digests.compose import compose
from digests.facts import report_facts
from digests.model import Content, to_json, total
from digests.recap import Reason, TopReason, TopStory
from digests.urgent import OUTLETS, Known, Rules, Urgent, urgent
from pipeline.config import Settings
from pipeline.outlet import Outlet
from pipeline.store import ArticleFilter, DraftAction, StaleError, Store, Told
from pipeline.watches import load_watches

ALERT = "alert"  # a content's kind
_HOUR = timedelta(hours=1)
_AHEAD = timedelta(days=2)  # pages that print a date of tomorrow are news of today


@dataclass(frozen=True, slots=True)
class Bundle:
    """What one mail tells: one story, or in a flood all of them."""

    found: tuple[Urgent, ...]

    @property
    def stories(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.story_id for one in self.found))


def rules_of(settings: Settings) -> Rules:
    """The settings and the watches marked urgent as rules. Raises `WatchError`."""
    asked = settings.alerts
    watches = frozenset(watch.id for watch in load_watches(settings.watches) if watch.urgent)
    return Rules(watches, asked.outlets, timedelta(hours=asked.within_hours), timedelta(hours=asked.fresh_hours))


def find(store: Store, settings: Settings, *, now: datetime) -> tuple[Urgent, ...]:
    """What would be told now. Reads only."""
    rules = rules_of(settings)
    if not rules:
        return ()
    fresh = store.articles.find(ArticleFilter(since=now - rules.fresh, in_scope=True))
    names = {stored.story_id for stored in fresh if stored.story_id}
    stories = {story.id: story for story in store.stories.many(sorted(names))}
    articles = store.articles.many(sorted(member.article_id for one in stories.values() for member in one.members))
    by_id = {stored.id: stored for stored in articles}
    members = {
        name: [by_id[member.article_id] for member in story.members if member.article_id in by_id]
        for name, story in stories.items()
    }
    return urgent(members, rules, _known(store, settings, list(by_id), now), now)


def tell(store: Store, settings: Settings, outlets: Mapping[str, Outlet], *, now: datetime) -> str | None:
    """Freeze what is to be told now, and its messages; they leave as all mail does. None: nothing was told.

    To be called again and again: what was told is not told twice, what was interrupted goes on.
    """
    name = settings.alerts.list
    told = 0
    if store.subscribers.list(name):
        room = settings.alerts.per_hour - store.alerts.count(name, now - _HOUR)
        for bundle in bundles(find(store, settings, now=now), room):
            told += _freeze(store, settings, outlets, bundle, now)
    mails = sum(_mail(store, settings, alert.id, alert.period, now) for alert in store.alerts.unmailed(name))
    return f"alerts: {told} told, {mails} message(s) frozen" if told or mails else None


def bundles(found: Sequence[Urgent], room: int) -> list[Bundle]:
    """One mail a story while the hour has room for them; one for all when it has not; none while it has none. Pure."""
    stories = list(dict.fromkeys(one.story_id for one in found))
    if not stories or room < 1:
        return []
    if len(stories) > room:
        return [Bundle(tuple(found))]
    return [Bundle(tuple(one for one in found if one.story_id == story)) for story in stories]


def content_of(
    store: Store, settings: Settings, outlets: Mapping[str, Outlet], bundle: Bundle, *, now: datetime
) -> Content:
    """The stories as a report tells them, with why they are told; no coverage, for it is not about completeness."""
    since = now - timedelta(hours=settings.alerts.fresh_hours)
    facts = report_facts(store, settings, outlets, since, until=now + _AHEAD, list_name=settings.alerts.list)
    composed = compose(replace(facts, runs=(), watched=(), now=now, past=(), corrections=(), decisions=()))
    wanted = {name: place for place, name in enumerate(bundle.stories)}
    blocks = tuple(
        sorted(
            (block for block in composed.stories if block.story_id in wanted), key=lambda block: wanted[block.story_id]
        )
    )
    return replace(
        composed, kind=ALERT, stories=blocks, coverage=(), older=(), totals=total(blocks, (), ()), sections=(),
        corrections=(), trends=(), tones=(), dropped=(), top=_reasons(bundle), since=since, until=now,
        period=_day(settings, now),
    )  # fmt: skip


def _reasons(bundle: Bundle) -> tuple[TopStory, ...]:
    """Why a story is told at once, where the story itself does not show it."""
    return tuple(
        TopStory(one.story_id, (TopReason(Reason.REACH, one.outlets),)) for one in bundle.found if one.rule == OUTLETS
    )


def _known(store: Store, settings: Settings, articles: Sequence[int], now: datetime) -> Known:
    daily, day = settings.digest.list, _day(settings, now).isoformat()
    dropped = {one.story_id for one in store.drafts.standing(daily, day) if one.action is DraftAction.DROP}
    ledger = store.alerts.ledger(settings.alerts.list, articles)
    return Known(ledger, store.alerts.in_editions(daily, articles), dropped)


def _freeze(store: Store, settings: Settings, outlets: Mapping[str, Outlet], bundle: Bundle, now: datetime) -> int:
    """How many stories were told: none where somebody else told one of them meanwhile."""
    content = content_of(store, settings, outlets, bundle, now=now)
    told = [Told(one.rule, one.story_id, one.articles) for one in bundle.found]
    try:
        store.alerts.tell(settings.alerts.list, _day(settings, now), to_json(content), told, now=now)
    except StaleError:
        return 0  # the next call looks anew
    return len(bundle.stories)


def _mail(store: Store, settings: Settings, alert_id: int, period: str, now: datetime) -> int:
    """Freeze the messages of an alert; how many."""
    record = store.editions.get(settings.alerts.list, period)
    if record is None:
        return 0
    expires_at = record.frozen_at + timedelta(hours=settings.digest.expires_hours)
    frozen = messages.freeze(store, settings, record, now=now, expires_at=expires_at)
    store.alerts.mailed(alert_id, now)
    return len(frozen)


def _day(settings: Settings, now: datetime) -> date:
    return now.astimezone(settings.zone).date()
