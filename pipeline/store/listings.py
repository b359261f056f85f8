"""What a listing does to the ledger: new URLs, other URLs of known pages, and known ones that may be asked for again.

Its validators are stored in the transaction of its last URLs: never before any of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple

from sqlalchemy import Connection, RowMapping, select, update

from pipeline.model import Disposition, Listing, Stage, Verdict
from pipeline.spans import believed
from pipeline.store import headlines
from pipeline.store.checked_texts import scope_of
from pipeline.store.crawl_records import Listed, ListingRead
from pipeline.store.database import insert
from pipeline.store.dispositions import (
    CHUNK,
    LISTED,
    SAME_PAGE,
    TOO_LONG,
    Act,
    NewUrl,
    create,
    key,
    make_duplicate,
    root,
    rows_of,
    settle,
)
from pipeline.store.json_values import dump_listing, load_listing
from pipeline.store.schema import articles, listings, readings, runs, sightings, url_changes, urls

_LISTED_AGAIN = Verdict(Disposition.PENDING, Stage.DISCOVERY, "listed again")
_PORTION = 1000  # entries; entering them takes a quarter of a second, and all other writers wait for it
_BY_LISTING = frozenset({Stage.DISCOVERY.value, Stage.WATCH.value})


def portions(entries: Sequence[Listed]) -> tuple[Mapping[str, Listed], ...]:
    """The entries by key, each URL once, as many at a time as one short transaction takes; one portion at least."""
    distinct: dict[str, Listed] = {}
    for entry in entries:
        distinct.setdefault(key(entry.listing.url), entry)
    items = list(distinct.items())
    return tuple(dict(items[start : start + _PORTION]) for start in range(0, max(len(items), 1), _PORTION))


def enter_seen(connection: Connection, entries: Mapping[str, Listed], outlet: str | None, act: Act) -> int:
    """Bring a listing's entries (by key) into the ledger, with where they were seen; how many were known before."""
    known = enter(connection, entries, outlet, act)
    rows = rows_of(connection, entries)
    sight(connection, {rows[url]["id"]: entry.listing for url, entry in entries.items()}, act)
    _learn(connection, [(rows[url], entry.listing.headline) for url, entry in entries.items()])
    return len(entries.keys() & known)


def _learn(connection: Connection, printed: Sequence[tuple[RowMapping, str | None]]) -> None:
    """The headlines that the listing prints: a text of the outlet may hold them as if they were its own words."""
    headlines.enter(
        connection, {row["id"]: (scope_of(row["outlet"], row["url"]), text) for row, text in printed if text}
    )


def conclude(connection: Connection, read: ListingRead, links: int, known: int, act: Act) -> None:
    """All of its entries are in: note the validators, which promise just that, and the reading."""
    _store_validators(connection, read, links, act)
    _note_reading(connection, read, known, act)


def enter(connection: Connection, entries: Mapping[str, Listed], outlet: str | None, act: Act) -> frozenset[str]:
    """Bring every entry (by its key) into the ledger; the keys that were known before."""
    canonical = {url: key(entry.canonical_url) for url, entry in entries.items()}
    known = rows_of(connection, {*entries, *canonical.values()})
    pages = {page: entries.get(page) or entries[url] for url, page in canonical.items()}
    create(connection, [_new_page(page, entry, outlet) for page, entry in pages.items() if page not in known], act)
    rows = rows_of(connection, pages)
    aliases = {url: rows[page] for url, page in canonical.items() if url != page}
    create(connection, [_new_alias(entries[url], page, outlet) for url, page in aliases.items()], act)
    _revisit(connection, [(known[page], entry) for page, entry in pages.items() if page in known], outlet, act)
    for url, page in aliases.items():
        if url in known and known[url]["canonical_url"] != page["url"]:
            _now_alias(connection, known[url], page, act)
    return frozenset(known)


def sight(connection: Connection, seen: Mapping[int, Listing], act: Act) -> None:
    """Note, once a run, where each of these rows was named."""
    rows = [
        {"run_id": act.run_id, "url_id": url_id, "found_on": one.found_on, "road": one.road, "at": act.now}
        for url_id, one in seen.items()
    ]
    if rows:
        connection.execute(insert(connection, sightings).on_conflict_do_nothing(), rows)


def _new_page(page: str, entry: Listed, outlet: str | None) -> NewUrl:
    verdict = TOO_LONG if page != entry.canonical_url else entry.verdict or LISTED
    return NewUrl(page, page, outlet, entry.listing, verdict)


def _new_alias(entry: Listed, page: RowMapping, outlet: str | None) -> NewUrl:
    target = page["duplicate_of"] or page["id"]
    return NewUrl(entry.listing.url, page["url"], outlet, entry.listing, SAME_PAGE, target)


def _now_alias(connection: Connection, row: RowMapping, page: RowMapping, act: Act) -> None:
    """The outlet's rules have changed: what stood for itself, or for another page, is another URL of this page."""
    connection.execute(update(urls).where(urls.c.id == row["id"]).values(canonical_url=page["url"]))
    make_duplicate(connection, row, page["id"], SAME_PAGE, act)


def _revisit(connection: Connection, seen: list[tuple[RowMapping, Listed]], outlet: str | None, act: Act) -> None:
    """Known pages that are listed again: the listing may now say more of them, or settle them otherwise."""
    settled = _with_article(connection, [row["id"] for row, _ in seen])
    for row, entry in seen:
        page = root(connection, row)
        if page["outlet"] is None and outlet is not None:
            connection.execute(update(urls).where(urls.c.id == page["id"]).values(outlet=outlet))
        if page["disposition"] == Disposition.PENDING:
            _take_fuller(connection, page, entry.listing)
            if entry.verdict and not _stays_pending(connection, page, entry.verdict, act):
                settle(connection, page, entry.verdict, act)
        elif page["disposition"] == Disposition.OUT_OF_WINDOW:
            _ask_again_if_wider(connection, page, entry.verdict, act)
        elif page["id"] not in settled and page["disposition"] == Disposition.REJECTED:
            _settle_again(connection, page, entry.verdict, act)


def _stays_pending(connection: Connection, page: RowMapping, verdict: Verdict, act: Act) -> bool:
    """What one listing says too little of, another one showed to be ours: a sitemap has no description, a feed has."""
    return verdict.stage is Stage.WATCH or _is_of_another_window(connection, page, verdict, act)


def _is_of_another_window(connection: Connection, page: RowMapping, verdict: Verdict, act: Act) -> bool:
    """Whether a pending URL waits for a back-fill, or a back-fill meets one that waits for the daily run.

    Neither may put it out of its own window: who made it pending asked for it, and has read the listing that names it.
    """
    if verdict.disposition is not Disposition.OUT_OF_WINDOW:
        return False
    columns = select(runs.c.backfill_id, runs.c.id)
    last = columns.join(url_changes, url_changes.c.run_id == runs.c.id).where(url_changes.c.url_id == page["id"])
    before = connection.execute(last.order_by(url_changes.c.id.desc())).first()
    mine = connection.execute(columns.where(runs.c.id == act.run_id)).first()
    return before is not None and mine is not None and before.backfill_id != mine.backfill_id


def _settle_again(connection: Connection, page: RowMapping, verdict: Verdict | None, act: Act) -> None:
    """A page that a listing alone had rejected may be settled otherwise by a listing, once rules or watches changed."""
    wanted = verdict or _LISTED_AGAIN
    if page["stage"] in _BY_LISTING and page["rule"] not in {TOO_LONG.rule, wanted.rule}:
        settle(connection, page, wanted, act)


def _ask_again_if_wider(connection: Connection, page: RowMapping, verdict: Verdict | None, act: Act) -> None:
    """What was out of an earlier run's window is asked for again when this run's window reaches further."""
    if verdict is None and _window_reaches_further(connection, page["id"], act):
        settle(connection, page, _LISTED_AGAIN, act)


def _window_reaches_further(connection: Connection, url_id: int, act: Act) -> bool:
    """Whether this run asks for days that the run which put the URL out of its window did not ask for."""
    window = select(runs.c.since, runs.c.until)
    last = (
        window.join(url_changes, url_changes.c.run_id == runs.c.id)
        .where(url_changes.c.url_id == url_id, url_changes.c.disposition == Disposition.OUT_OF_WINDOW)
        .order_by(url_changes.c.id.desc())
    )
    before = connection.execute(last).first()
    wanted = connection.execute(window.where(runs.c.id == act.run_id)).first()
    if before is None or wanted is None:
        return True
    earlier = before.since is not None and (wanted.since is None or wanted.since < before.since)
    later = before.until is not None and (wanted.until is None or wanted.until > before.until)
    return earlier or later


def _take_fuller(connection: Connection, page: RowMapping, listing: Listing) -> None:
    """A feed tells more than a front page: a pending URL keeps the entry with the most filled fields."""
    stored = load_listing(page["listing"])
    if stored is None or _filled(listing) > _filled(stored):
        connection.execute(update(urls).where(urls.c.id == page["id"]).values(listing=dump_listing(listing)))


def _filled(listing: Listing) -> int:
    return sum(1 for value in astuple(listing) if value)


def _with_article(connection: Connection, url_ids: list[int]) -> frozenset[int]:
    found: set[int] = set()
    for start in range(0, len(url_ids), CHUNK):
        query = select(articles.c.url_id).where(articles.c.url_id.in_(url_ids[start : start + CHUNK]))
        found |= set(connection.execute(query).scalars())
    return frozenset(found)


def _note_reading(connection: Connection, read: ListingRead, known: int, act: Act) -> None:
    """Only what may be an article dates it: a sitemap's page "about us" of 2015 says nothing of the news it holds."""
    found = [entry for entry in read.entries if entry.may_be_article]
    dates = [one.listing.date_published for one in found if one.listing.date_published]
    oldest, newest = believed(dates) or (None, None)
    values = {
        "run_id": act.run_id,
        "outlet": read.outlet,
        "url": key(read.url),
        "template": read.template or read.url,
        "road": read.road,
        "page": read.page,
        "read_at": act.now,
        "checked_at": act.now,
        "links": len(found),
        "known": known,
        "oldest": oldest,
        "newest": newest,
        "whole": read.whole,
        "further": list(read.further),
    }
    connection.execute(readings.insert().values(**values))


def _store_validators(connection: Connection, read: ListingRead, links: int, act: Act) -> None:
    values = {
        "outlet": read.outlet,
        "outlet_digest": read.outlet_digest,
        "etag": read.etag,
        "last_modified": read.last_modified,
        "checked_at": act.now,
        "run_id": act.run_id,
        "links": links,
    }
    statement = insert(connection, listings).values(url=key(read.url), **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["url"], set_=values))
