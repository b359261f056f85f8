"""Small objects for the tests of the store, and the invariants that hold after any sequence of verbs."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from pipeline.model import (
    Article,
    Capture,
    Disposition,
    Evidence,
    Kind,
    Listing,
    Run,
    Stage,
    Verdict,
    WatchMatch,
)
from pipeline.reviews import POSSIBLY_OURS
from pipeline.store import CommitArticle, Committed, Listed, ListingRead, Store
from pipeline.store.schema import articles, corrections, url_changes, urls

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
FEED = "https://kota.example/feed"
KEPT = Verdict(Disposition.KEPT, Stage.WATCH, "mgmac")
NO_WATCH = Verdict(Disposition.REJECTED, Stage.WATCH, "no watch matched")
POSSIBLE = Verdict(Disposition.REJECTED, Stage.WATCH, POSSIBLY_OURS)
PHOTO = Verdict(Disposition.REJECTED, Stage.DISCOVERY, "photo page")
TOO_OLD = Verdict(Disposition.OUT_OF_WINDOW, Stage.DISCOVERY, "older than the window")
BLOCKED = Verdict(Disposition.FAILED, Stage.EXTRACT, "blocked")
MINUTE = timedelta(minutes=1)


def url(n: int | str) -> str:
    return f"https://kota.example/berita/{n}"


def start(
    store: Store, outlet: str | None = "kota", *, since: datetime | None = None, until: datetime | None = None
) -> Run:
    return store.runs.begin(outlet, "crawl", pid=1, host="here", since=since, until=until, now=NOW)


def listed(address: str, canonical_url: str | None = None, verdict: Verdict | None = None, **fields: str) -> Listed:
    listing = Listing(url=address, found_on=FEED, road="feed", **fields)  # type: ignore[arg-type]  # only texts are given
    return Listed(listing, canonical_url or address, verdict)


def read(*entries: Listed, etag: str | None = None, digest: str = "d1") -> ListingRead:
    return ListingRead(FEED, "kota", digest, entries, etag=etag)


def article(address: str, *, body: str = "Para wali kota bertemu.", **fields: object) -> Article:
    plain = Article(
        url=address,
        canonical_url=address,
        outlet="kota",
        kind=Kind.ARTICLE,
        fetched_at=NOW,
        sha256="0" * 64,
        headline="Wali Kota Bertemu",
        article_body=(body,),
        watches=(WatchMatch("mgmac", 2026, "its name stands in the headline"),),
    )
    return replace(plain, **fields)  # type: ignore[arg-type]  # a test names real fields


def doubtful(made: Article, *names: str, field: str = "headline") -> Article:
    """The same text, matched by no watch and possibly by these (`amf`), by its first four characters."""
    text = made.article_body[0] if field == "article_body[0]" else made.headline or ""
    seen = Evidence(field, 0, 4, text[:4], "context")
    possible = tuple(WatchMatch(name, 2026, "mayors meet, no forum is named", (seen,)) for name in names or ("amf",))
    return replace(made, watches=(), possible=possible)


def waiting(store: Store, run: Run, n: int | str, **fields: object) -> Committed:
    """One doubtful article, listed and committed: it waits for a person."""
    store.ledger.record_listing(run.id, read(listed(url(n))), NOW)
    made = doubtful(replace(article(url(n)), **fields))  # type: ignore[arg-type]  # a test names real fields
    return keep(store, run, made, verdict=POSSIBLE)


def keep(
    store: Store,
    run: Run | None,
    made: Article,
    *,
    at: str | None = None,
    verdict: Verdict = KEPT,
    code: str = "code1",
    keys: tuple[int, ...] = (),
    now: datetime = NOW,
) -> Committed:
    """Commit the article at its own URL or another; its content digest is that of its body."""
    digest = hashlib.sha256(made.text.encode()).hexdigest()
    new = CommitArticle(at or made.url, made, verdict, digest, code, keys, run.id if run else None)
    return store.articles.commit(new, now)


def kept(store: Store, run: Run, n: int | str, **fields: object) -> Committed:
    """One kept article, listed and committed."""
    store.ledger.record_listing(run.id, read(listed(url(n))), NOW)
    return keep(store, run, replace(article(url(n)), **fields))  # type: ignore[arg-type]  # a test names real fields


def capture(n: int, address: str = FEED, file: str = "run-1.warc.gz") -> Capture:
    return Capture(f"<urn:uuid:{n}>", address, 200, NOW, file, n * 100, 100, "a" * 64, "text/html", "page")


def check(store: Store) -> None:
    """What must hold of the ledger after any sequence of verbs and kills."""
    assert store.ledger.seen() == sum(store.ledger.counts().values())
    with store.database.engine.connect() as connection:
        rows = {row.id: row for row in connection.execute(select(urls))}
        last = select(func.max(url_changes.c.id)).group_by(url_changes.c.url_id)
        trail = {row.url_id: row for row in connection.execute(select(url_changes).where(url_changes.c.id.in_(last)))}
        held = {row.url_id: row for row in connection.execute(select(articles))}
        spoken = set(
            connection.execute(select(corrections.c.article_id).where(corrections.c.undone_at.is_(None))).scalars()
        )
    assert rows.keys() == trail.keys()
    for row in rows.values():
        newest = trail[row.id]
        assert (row.disposition, row.stage, row.rule, row.detail) == (
            newest.disposition,
            newest.stage,
            newest.rule,
            newest.detail,
        )
        assert (row.duplicate_of is not None) == (row.disposition == Disposition.DUPLICATE)
        if row.duplicate_of is not None:
            assert rows[row.duplicate_of].duplicate_of is None
        if row.disposition == Disposition.KEPT:
            assert row.id in held
    for url_id, one in held.items():
        assert one.in_scope == (rows[url_id].disposition == Disposition.KEPT)
        assert one.version_id is not None
        assert one.extraction_id is not None
        if one.id in spoken:
            assert rows[url_id].stage == Stage.PERSON
