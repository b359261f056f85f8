"""A real store with articles, runs and subscribers, for the tests of editions and deliveries."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from digests import editions
from pipeline.config import MailSettings, Settings
from pipeline.fingerprint import content_digest
from pipeline.model import Article, Disposition, Listing, RunCounts, RunState, Stage, Verdict
from pipeline.outlet import Discovery, Outlet, Terms
from pipeline.store import CommitArticle, Committed, EditionRecord, Listed, ListingRead, Store
from tests.digests.examples import NOW, OUTLETS, PERIOD, article

KEPT = Verdict(Disposition.KEPT, Stage.WATCH, "mgmac")
FROZEN = NOW.astimezone(UTC)


def settings(home: Path, **mail: object) -> Settings:
    """Settings of a home; without `host` messages go to its outbox."""
    seconds = mail.get("timeout", 5)
    chosen = MailSettings.model_validate(
        {"security": "none", "sender": "kliping@jakarta.example", "timeout": 5, "final_timeout": seconds, **mail}
    )
    return Settings(mail=chosen).model_copy(update={"home": home})


def outlets() -> Mapping[str, Outlet]:
    return {
        watched.name: Outlet(
            name=watched.name,
            title=watched.title,
            country="ID",
            language="id",
            timezone="Asia/Jakarta",
            hosts=(f"{watched.name}.example",),
            discovery=Discovery(article=(r"/berita/\d+",)),
            terms=Terms(summary="ours"),
            ownership="owned" if watched.owned else "earned",
            enabled=True,
        )
        for watched in OUTLETS
    }


def crawl(
    store: Store,
    outlet: str,
    *articles: Article,
    state: RunState = RunState.FINISHED,
    now: datetime = FROZEN - timedelta(minutes=30),
) -> list[Committed]:
    """A run of the outlet that kept these articles."""
    run = store.runs.begin(outlet, "crawl", pid=1, host="here", now=now)
    committed = []
    for made in articles:
        listing = Listing(url=made.url, found_on=f"https://{outlet}.example/feed", road="feed")
        read = ListingRead(listing.found_on, outlet, "d1", (Listed(listing, made.canonical_url),))
        store.ledger.record_listing(run.id, read, now)
        new = CommitArticle(made.url, made, KEPT, content_digest(made), "code1", (), run.id)
        committed.append(store.articles.commit(new, now))
    counts = RunCounts(listings=1, listed=len(articles), new=len(articles), fetched=len(articles), kept=len(articles))
    store.runs.end(run.id, state, counts, now=now)
    return committed


def subscribe(store: Store, count: int, **choice: str) -> list[str]:
    """That many subscribers; their addresses."""
    addresses = [f"pembaca{number}@kota.example" for number in range(count)]
    for address in addresses:
        store.subscribers.add(address, "daily", now=FROZEN, **choice)
    return addresses


def edition(store: Store, home: Path, stories: int = 1) -> EditionRecord:
    """A frozen edition of that many stories."""
    crawl(store, "antara", *(article(number, hours_ago=5) for number in range(1, stories + 1)))
    return editions.build(store, settings(home), outlets(), PERIOD, "daily", now=FROZEN)
