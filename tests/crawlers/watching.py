"""Crawls in this process: the same pure functions as a crawl, over the newsroom's answers, changed or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from random import Random
from urllib.parse import parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo

from crawlers.addresses import ListingAddress, listing_addresses
from crawlers.discovery import Discovered, refusal, survey
from crawlers.extraction import Extracted, examine
from crawlers.failures import Failure, of_status
from crawlers.loader import load_outlets
from crawlers.middlewares.robots import policy_of
from crawlers.newsroom.response import Request, Response
from crawlers.newsroom.sites import answer
from crawlers.newsroom.world import world_of
from crawlers.vitals import VitalsTally
from pipeline.config import Settings
from pipeline.model import Disposition, FailureClass, Listing, Page, RunCounts
from pipeline.outlet import Outlet
from pipeline.urls import canonical_url
from pipeline.vitals import Vitals
from pipeline.watches import bundled_watches, search_terms
from tests.crawlers.mutations import Change

DAY = date(2026, 11, 10)  # of the newsroom: an ordinary Tuesday, its days of the month no larger than twelve
NOW = datetime.combine(DAY, time(18), ZoneInfo("Asia/Jakarta"))
OUTLETS = load_outlets(Settings()).outlets
WATCHES = bundled_watches()
_REDIRECTS = (301, 302, 307, 308)
_MOST_BYTES = Settings().crawl.max_bytes
_BLOCKS = 3  # in a row, then a host is asked nothing more


@dataclass(frozen=True)
class Got:
    """An answer with redirects followed."""

    page: Page
    response: Response


@dataclass(frozen=True)
class Outcome:
    """What became of one article address: an article, a failure, or a redirect elsewhere."""

    url: str
    listing: Listing | None
    extracted: Extracted | None = None
    failure: Failure | None = None
    led_to: str | None = None


def fetch(url: str, outlet: Outlet, change: Change | None) -> Got:
    """One GET, up to five redirects on."""
    for _ in range(5):
        parts = urlsplit(url)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        query = dict(reversed(parse_qsl(parts.query, keep_blank_values=True)))
        request = Request(parts.hostname or "", unquote(parts.path), target, query, {})
        response = answer(world_of(DAY), request)
        response = change(request, response) if change else response
        location = dict(response.headers).get("Location")
        if response.status not in _REDIRECTS or not location:
            break
        url = location
    headers = (("Content-Type", response.content_type), *response.headers)
    return Got(Page(url, response.status, headers, response.body, NOW, outlet.name), response)


def _forbidden(outlet: Outlet, change: Change | None) -> Failure | None:
    got = fetch(f"https://{outlet.hosts[0]}/robots.txt", outlet, change)
    policy = policy_of(got.page.status, got.page.body, "Kliping")
    return Failure(FailureClass.ROBOTS, policy.unreachable) if policy.unreachable else None


def read_listings(outlet: Outlet, tally: VitalsTally, change: Change | None) -> dict[str, Listing]:
    """{article address: its entry} of all first pages."""
    found: dict[str, Listing] = {}
    forbidden = _forbidden(outlet, change)
    for address in addresses(outlet):
        if forbidden:
            tally.note_listing_failure(address.url, forbidden)
            continue
        got = fetch(address.url, outlet, change)
        failure = of_status(got.page.status, now=NOW)
        if failure:
            tally.note_listing_failure(address.url, failure)
            continue
        seen = _surveyed(got.page, address.road, outlet.name)
        if seen.failure:
            tally.note_listing_failure(address.url, Failure(seen.failure, seen.detail or seen.failure.value))
        if seen.entries or not seen.failure:
            tally.note_listing(address, seen)
        for entry in seen.entries:
            if entry.verdict is None:
                found.setdefault(entry.canonical_url, entry.listing)
    return found


@lru_cache(maxsize=64)
def _addresses(name: str) -> tuple[ListingAddress, ...]:
    outlet = OUTLETS[name]
    return listing_addresses(outlet, search_terms(WATCHES, outlet.language), today=DAY)


def addresses(outlet: Outlet) -> tuple[ListingAddress, ...]:
    return _addresses(outlet.name)


@lru_cache(maxsize=4096)
def _surveyed(page: Page, road: str, name: str) -> Discovered:
    """Pure, so that an answer which a change left alone is read once."""
    return survey(page, road, OUTLETS[name], WATCHES, since=NOW - timedelta(days=14), until=None)


@lru_cache(maxsize=4096)
def _examined(page: Page, listing: Listing, name: str) -> Extracted:
    found = examine((page,), listing, OUTLETS[name], WATCHES, complete=True)
    assert isinstance(found, Extracted)
    return found


def read_article(listing: Listing, outlet: Outlet, change: Change | None) -> Outcome:
    """As `crawlers.pages` and the item pipelines do it, without the store."""
    got = fetch(listing.url, outlet, change)
    failure = of_status(got.page.status, now=NOW)
    if len(got.page.body) > _MOST_BYTES:
        failure = Failure(FailureClass.LIMIT, "too large", final=True)
    if failure:
        return Outcome(listing.url, listing, failure=failure)
    if got.page.url != listing.url and refusal(canonical_url(got.page.url, outlet), outlet):
        return Outcome(listing.url, listing, led_to=got.page.url)
    extracted = _examined(got.page, listing, outlet.name)
    if extracted.verdict.disposition is Disposition.FAILED:
        detail = extracted.verdict.detail or extracted.verdict.rule
        return Outcome(listing.url, listing, failure=Failure(FailureClass(extracted.verdict.rule), detail))
    return Outcome(listing.url, listing, extracted)


def note(tally: VitalsTally, outcomes: Sequence[Outcome], now: datetime = NOW) -> None:
    """Into the vitals, in order; after three blocks nothing more is asked."""
    blocks = 0
    for outcome in outcomes:
        if outcome.failure:
            tally.note_url_failure(outcome.url, outcome.failure)
            blocks += outcome.failure.failure is FailureClass.BLOCKED
        elif outcome.led_to:
            tally.note_led_away(outcome.url, outcome.led_to)
        elif outcome.extracted:
            article, verdict = outcome.extracted.article, outcome.extracted.verdict
            tally.note_article(article, outcome.listing, verdict, now)
        if blocks >= _BLOCKS:
            return


class Watched:
    """One outlet as it is, read once; runs of it are samples of what was read."""

    def __init__(self, name: str) -> None:
        self.outlet = OUTLETS[name]
        whole = VitalsTally(self.outlet)
        self.entries = read_listings(self.outlet, whole, None)
        self.outcomes = {url: read_article(listing, self.outlet, None) for url, listing in self.entries.items()}
        note(whole, list(self.outcomes.values()))
        self.whole = whole.taken()

    def has(self, need: str) -> bool:
        """What a mutation needs; a field: in nine of ten articles."""
        if need == "markup":
            return self.whole.generations.get("generic", 0) < self.whole.articles / 2
        if need in ("feed", "long feed"):
            least = 6 if need == "long feed" else 1
            return any(each.road in ("feed", "sitemap") and each.most >= least for each in self.whole.listings)
        fields = self.whole.fields
        if need == "json-ld":
            return any(each.sources.get(need, 0) >= 0.6 * self.whole.articles for each in fields.values())
        return need in fields and fields[need].present >= 0.9 * self.whole.articles

    def ordinary(
        self,
        random: Random,
        articles: int,
        *,
        now: datetime = NOW,
        shift: timedelta | None = None,
        spoil: Failure | None = None,
    ) -> Vitals:
        """A run of so many articles, up to five hours old; `shift` moves them to its day, `spoil` befalls one."""
        tally = VitalsTally(self.outlet)
        chosen = [self._one(random, shift or timedelta()) for _ in range(articles)]
        if spoil and chosen:
            chosen[0] = Outcome(chosen[0].url, None, failure=spoil)
        note(tally, chosen, now)
        return replace(tally.taken(RunCounts(listed=20, new=articles)), listings=self.whole.listings)

    def _one(self, random: Random, shift: timedelta) -> Outcome:
        """One of its articles, as if it had come out in the last hours; newly published things are read only."""
        outcome = random.choice([each for each in self.outcomes.values() if each.extracted])
        assert outcome.extracted
        if outcome.extracted.article.date_published is None:
            return outcome
        came_out = NOW - timedelta(minutes=random.randrange(5, 300))
        return moved(outcome, came_out - outcome.extracted.article.date_published + shift)

    def changed(self, random: Random, articles: int, change: Change) -> Vitals:
        """A run of so many of its articles over changed answers."""
        tally = VitalsTally(self.outlet)
        listed = read_listings(self.outlet, tally, change)
        chosen = random.sample(sorted(listed), min(articles, len(listed)))
        note(tally, [read_article(listed[url], self.outlet, change) for url in chosen])
        return tally.taken(RunCounts(listed=len(listed), new=len(chosen)))


def moved(outcome: Outcome, shift: timedelta) -> Outcome:
    """The same, published so much later."""
    if not outcome.extracted or not shift:
        return outcome
    article = outcome.extracted.article
    if article.date_published:
        article = replace(article, date_published=article.date_published + shift)
    listing = outcome.listing
    if listing and listing.date_published:
        listing = replace(listing, date_published=listing.date_published + shift)
    return replace(outcome, extracted=replace(outcome.extracted, article=article), listing=listing)
