"""Reads from the store what an edition or a report is composed from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from digests.blocks import outlet_key
from digests.history import history
from digests.known import Editing, EditionFacts, EditorialDecision, RunFacts, WatchedOutlet
from digests.model import Completeness, FailureCount, FollowUp
from digests.plain import one_line
from pipeline.config import Settings
from pipeline.errors import WatchError
from pipeline.exports.rights import may_leave
from pipeline.locations.gazetteer import place_named
from pipeline.model import Article, FailureClass, StoredArticle, Story
from pipeline.outlet import Outlet
from pipeline.recall import DAYS, GENERAL, recall
from pipeline.store import ArticleFilter, Store
from pipeline.watches import load_watches

WEEKLY = "-weekly"  # a list's weekly roll-up is the list of that name with this ending
_DAY = timedelta(hours=24)
_WEEK = timedelta(days=7)
_LONGEST_RUN = timedelta(hours=12)  # a crawl that began before the period may have ended in it


def edition_facts(
    store: Store, settings: Settings, outlets: Mapping[str, Outlet], period: date, list_name: str, *, now: datetime
) -> EditionFacts:
    """What is in scope and in no edition of the list yet. The period covered begins with the freeze of the last one.

    What was fetched after `now` is not known yet: an edition can be made again later, in another home too.
    """
    weekly = list_name.endswith(WEEKLY)
    articles = [stored for stored in store.editions.unsent(list_name) if stored.article.fetched_at <= now]
    hours = settings.digest.window_hours + (int(_WEEK.total_seconds()) // 3600 if weekly else 0)
    facts = _facts(
        store, settings, outlets, articles,
        kind="edition", list_name=list_name, period=period, window_hours=hours, since=now, until=now,
    )  # fmt: skip
    members = [member.article_id for story in facts.stories for member in story.members]
    told = history(store, list_name, period, articles, members=members, titled=_titles(outlets), now=now)
    since = told.last_frozen or now - (_WEEK if weekly else _DAY)
    return replace(
        facts,
        since=since,
        runs=_runs(store, since, now),
        earlier=told.earlier,
        taken=told.taken,
        edits=told.edits,
        past=told.past,
        corrections=told.corrections,
        decisions=_decisions(store, list_name, period),
    )


def report_facts(
    store: Store, settings: Settings, outlets: Mapping[str, Outlet], since: datetime, *, until: datetime, list_name: str
) -> EditionFacts:
    """Everything in scope dated `since <= date < until`, told before or not."""
    articles = list(store.articles.find(ArticleFilter(since=since, until=until, in_scope=True)))
    last_day = (until - timedelta(microseconds=1)).astimezone(settings.zone).date()
    facts = _facts(
        store, settings, outlets, articles,
        kind="report", list_name=list_name, period=last_day, window_hours=None, since=since, until=until,
    )  # fmt: skip
    return replace(facts, runs=_runs(store, since, until))


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
    since: datetime,
    until: datetime,
) -> EditionFacts:
    """What an edition and a report have in common: nothing of earlier editions."""
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
        known=tuple(one for one in store.editions.known(sorted(members - mine)) if one.article.fetched_at <= until),
        stories=stories,
        followed=_followed(store, stories),
        earlier={},
        runs=(),
        watched=_watched(store, outlets),
        titles={name: outlet.title for name, outlet in outlets.items()},
        watch_titles=_watch_titles(settings),
        completeness=_completeness(store, until),
        own_cities=_cities(settings),
        top=settings.digest.top,
        order=settings.digest.order,
        full_text=frozenset(name for name in outlets if may_leave(name, outlets)),
    )


def _stories(store: Store, articles: Iterable[StoredArticle]) -> tuple[Story, ...]:
    """The stories of these articles, by name."""
    return tuple(store.stories.many({stored.story_id for stored in articles if stored.story_id}))


def _followed(store: Store, stories: Iterable[Story]) -> dict[str, FollowUp]:
    """The stories that others continue, each told by its origin or its first member."""
    wanted = {story.continues for story in stories if story.continues}
    answering = store.story_lists.answering(wanted)
    chiefs = {name: story.origin or story.members[0].article_id for name, story in answering.items()}
    stored = {one.id: one for one in store.editions.known(sorted(set(chiefs.values())))}
    return {name: _follow_up(name, stored[chief]) for name, chief in chiefs.items() if chief in stored}


def _follow_up(name: str, chief: StoredArticle) -> FollowUp:
    article = chief.article
    return FollowUp(
        name, one_line(article.headline), article.date_published, chief.id, chief.version_id, article.in_language
    )


def _decisions(store: Store, list_name: str, period: date) -> tuple[EditorialDecision, ...]:
    """What editors said of this edition's draft and did not take back."""
    return tuple(
        EditorialDecision(Editing(one.action.value), one.story_id, one.text, one.actor, one.at)
        for one in store.drafts.standing(list_name, period.isoformat())
    )


def _cities(settings: Settings) -> tuple[str, ...]:
    """The readers' own cities by the gazetteer's names; one that it does not know as it is written."""
    named = ((city, place_named(city)) for city in settings.digest.cities)
    return tuple(dict.fromkeys(place.name if place else city for city, place in named))


def _titles(outlets: Mapping[str, Outlet]) -> Callable[[Article], str]:
    def titled(article: Article) -> str:
        key = outlet_key(article)
        return outlets[key].title if key in outlets else key

    return titled


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
