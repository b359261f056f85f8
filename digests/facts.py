"""Reads from the store what an edition or a report is composed from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from digests.known import EditionFacts, RunFacts, WatchedOutlet
from digests.model import Completeness, Edit, FailureCount, FollowUp
from digests.plain import one_line
from pipeline.changes import compare
from pipeline.config import Settings
from pipeline.errors import WatchError
from pipeline.model import FailureClass, StoredArticle, Story
from pipeline.outlet import Outlet
from pipeline.recall import DAYS, GENERAL, recall
from pipeline.store import ArticleFilter, EditionRecord, Store
from pipeline.watches import load_watches

WEEKLY = "-weekly"  # a list's weekly roll-up is the list of that name with this ending
_DAY = timedelta(hours=24)
_LONGEST_RUN = timedelta(hours=12)  # a crawl that began before the period may have ended in it
_EDITIONS = 60  # how many editions are looked back upon for what was told before
_WEEK_HOURS = 7 * 24


def edition_facts(
    store: Store, settings: Settings, outlets: Mapping[str, Outlet], period: date, list_name: str, *, now: datetime
) -> EditionFacts:
    """What is in scope and in no edition of the list yet. The period covered begins with the freeze of the last one."""
    before = [record for record in store.editions.list(list_name, _EDITIONS) if record.frozen_at < now]
    articles = store.editions.unsent(list_name)
    hours = settings.digest.window_hours + (_WEEK_HOURS if list_name.endswith(WEEKLY) else 0)
    return _facts(
        store, settings, outlets, articles,
        kind="edition", list_name=list_name, period=period, window_hours=hours, earlier=_told(store, before),
        edits=_edits(store, before, articles),
        since=max((record.frozen_at for record in before), default=now - _DAY), until=now,
    )  # fmt: skip


def report_facts(
    store: Store, settings: Settings, outlets: Mapping[str, Outlet], since: datetime, *, until: datetime, list_name: str
) -> EditionFacts:
    """Everything in scope dated `since <= date < until`, told before or not."""
    articles = list(store.articles.find(ArticleFilter(since=since, until=until, in_scope=True)))
    last_day = (until - timedelta(microseconds=1)).astimezone(settings.zone).date()
    return _facts(
        store, settings, outlets, articles,
        kind="report", list_name=list_name, period=last_day, window_hours=None, earlier={}, since=since, until=until,
    )  # fmt: skip


def _facts(
    store: Store,
    settings: Settings,
    outlets: Mapping[str, Outlet],
    articles: Sequence[StoredArticle],
    *,
    kind: str,
    list_name: str,
    period: date,
    window_hours: int | None,
    earlier: Mapping[int, tuple[date, ...]],
    edits: Mapping[int, Edit] | None = None,
    since: datetime,
    until: datetime,
) -> EditionFacts:
    stories = _stories(store, articles)
    mine = {stored.id for stored in articles}
    members = {member.article_id for story in stories for member in story.members}
    return EditionFacts(
        kind=kind,
        list=list_name,
        period=period,
        title=settings.digest.title,
        timezone=settings.timezone,
        since=since,
        now=until,
        window_hours=window_hours,
        max_stories=settings.digest.max_stories,
        articles=tuple(articles),
        known=tuple(store.articles.many(sorted(members - mine))),
        stories=stories,
        followed=_followed(store, stories),
        earlier=earlier,
        runs=_runs(store, since, until),
        watched=_watched(store, outlets),
        titles={name: outlet.title for name, outlet in outlets.items()},
        watch_titles=_watch_titles(settings),
        edits=edits or {},
        completeness=_completeness(store, until),
    )


def _stories(store: Store, articles: Iterable[StoredArticle]) -> tuple[Story, ...]:
    """The stories of these articles; several old ids may answer with one merged story."""
    found: dict[str, Story] = {}
    for identifier in sorted({stored.story_id for stored in articles if stored.story_id}):
        story = store.stories.get(identifier)
        if story is not None:
            found[story.id] = story
    return tuple(found.values())


def _followed(store: Store, stories: Iterable[Story]) -> dict[str, FollowUp]:
    """The stories that others continue, each told by its origin or its first member."""
    found: dict[str, FollowUp] = {}
    for identifier in sorted({story.continues for story in stories if story.continues}):
        story = store.stories.get(identifier)
        members = [member.article_id for member in story.members] if story else []
        chief = [story.origin] if story and story.origin else members[:1]
        for stored in store.articles.many(chief):
            found[identifier] = FollowUp(identifier, one_line(stored.article.headline), stored.article.date_published)
    return found


def _told(store: Store, editions: Iterable[EditionRecord]) -> dict[int, tuple[date, ...]]:
    """Article id → the periods of the editions that told it, oldest first."""
    periods: defaultdict[int, set[date]] = defaultdict(set)
    for record in editions:
        for item in store.editions.items(record.id):
            if item.place == "story":
                periods[item.article_id].add(date.fromisoformat(record.period))
    return {article: tuple(sorted(days)) for article, days in periods.items()}


def _edits(store: Store, editions: Sequence[EditionRecord], articles: Iterable[StoredArticle]) -> dict[int, Edit]:
    """Article id → how it differs from the version that the newest of these editions to tell it told."""
    current = {stored.id: stored for stored in articles}
    told: dict[int, int] = {}
    for record in sorted(editions, key=lambda record: record.frozen_at):
        items = store.editions.items(record.id)
        told |= {item.article_id: item.version_id for item in items if item.article_id in current}
    found: dict[int, Edit] = {}
    for earlier in store.articles.at_versions(sorted(told.values())):
        change = compare(earlier.article, current[earlier.id].article)
        found[earlier.id] = Edit(change.added, change.removed, change.headline)
    return found


def _completeness(store: Store, until: datetime) -> dict[str, Completeness]:
    """By outlet, the share of its articles that was found in the last two weeks, where that can be estimated."""
    named = store.ledger.roads(until - timedelta(days=DAYS), until)
    found: dict[str, Completeness] = {}
    for outlet, articles in sorted(named.items()):
        estimate = recall(one.roads & GENERAL for one in articles).estimate
        if estimate is not None:
            shares = (round(share, 4) for share in (estimate.complete, estimate.complete_low, estimate.complete_high))
            found[outlet] = Completeness(estimate.roads, estimate.found, *shares)
    return found


def _runs(store: Store, since: datetime, until: datetime) -> tuple[RunFacts, ...]:
    """The runs that were at work between the two, with the classes of the URLs that they could not read."""
    runs = store.runs.list(limit=None, since=since - _LONGEST_RUN)
    within = [run for run in runs if run.started_at <= until and (run.ended_at is None or run.ended_at > since)]
    failures = store.runs.failures([run.id for run in within])
    return tuple(RunFacts(run, _failure_counts(failures.get(run.id, {}))) for run in within)


def _failure_counts(urls: Mapping[FailureClass, int]) -> tuple[FailureCount, ...]:
    return tuple(FailureCount(failure, urls[failure]) for failure in sorted(urls))


def _watched(store: Store, outlets: Mapping[str, Outlet]) -> tuple[WatchedOutlet, ...]:
    """The enabled outlets: the operator's word wins over the file's default."""
    chosen = store.outlets.settings()
    return tuple(
        WatchedOutlet(name, one_line(outlet.title) or name, owned=outlet.ownership == "owned")
        for name, outlet in sorted(outlets.items())
        if (chosen[name].enabled if name in chosen else outlet.enabled)
    )


def _watch_titles(settings: Settings) -> dict[str, str]:
    """The watches' printed names. A broken operator's file is refused where it is used to match, not here."""
    try:
        watches = load_watches(settings.watches)
    except WatchError:
        watches = load_watches(None)
    return {watch.id: watch.title for watch in watches}
