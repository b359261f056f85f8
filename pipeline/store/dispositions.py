"""The one place where a URL's disposition changes: what may follow what, and the row of the trail it leaves.

Every function works inside the caller's transaction.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping, select, update

from pipeline.model import Disposition, Listing, Stage, Verdict
from pipeline.store.crawl_records import UrlRecord, Validators
from pipeline.store.database import insert
from pipeline.store.json_values import dump_listing, load_listing
from pipeline.store.schema import articles, url_changes, urls

LISTED = Verdict(Disposition.PENDING, Stage.DISCOVERY, "listed")
ASKED_FOR = Verdict(Disposition.PENDING, Stage.DISCOVERY, "asked for by address")
SAME_PAGE = Verdict(Disposition.DUPLICATE, Stage.DISCOVERY, "same canonical URL")
TOO_LONG = Verdict(Disposition.REJECTED, Stage.DISCOVERY, "address too long")
_LEADS_HERE = Verdict(Disposition.PENDING, Stage.FETCH, "its canonical page now leads here")

_LONGEST = 2000  # bytes of a URL; PostgreSQL indexes at most 2,704 of a value
_FINAL = frozenset({Disposition.WITHHELD, Disposition.TAKEN_DOWN})
CHUNK = 500  # values in one IN list
_canonical = urls.alias("canonical")
URL_ROWS = select(urls, _canonical.c.url.label("duplicate_of_url")).outerjoin(
    _canonical, _canonical.c.id == urls.c.duplicate_of
)


@dataclass(frozen=True, slots=True)
class Act:
    """Who changes a disposition, when and in which run."""

    now: datetime
    run_id: int | None = None
    actor: str | None = None


@dataclass(frozen=True, slots=True)
class NewUrl:
    """A URL that the ledger may not know yet; `duplicate_of` is the id of its canonical row."""

    url: str
    canonical_url: str
    outlet: str | None
    listing: Listing | None
    verdict: Verdict
    duplicate_of: int | None = None


def key(url: str) -> str:
    """The URL as the ledger stores it: an overlong one is cut, with its digest for a name."""
    raw = url.encode("utf-8", "replace")
    if len(raw) <= _LONGEST:
        return url
    return f"{raw[:1900].decode('utf-8', 'ignore')}#too-long-{hashlib.sha256(raw).hexdigest()}"


def may_follow(row: RowMapping, verdict: Verdict, act: Act, *, by_commit: bool = False) -> bool:
    """Whether the verdict may take the place of the row's disposition.

    A person may do anything, and a person's word stands until a person takes it back. `kept` gives way besides to a
    commit that has read the page anew and found no watch in it, or whose reading of the same bytes is better (rework:
    no run); a failed revisit, a block page, a redirect or a listing never changes it.
    """
    if act.actor is not None or verdict.stage is Stage.PERSON:
        return True
    current = Disposition(row["disposition"])
    if current in _FINAL or row["stage"] == Stage.PERSON:
        return False
    if current is not Disposition.KEPT:
        return by_commit or verdict.disposition is not Disposition.KEPT
    return by_commit and may_follow_kept(verdict, act)


def may_follow_kept(verdict: Verdict, act: Act) -> bool:
    """Whether a commit may take the place of an earlier one that was kept; see `may_follow`."""
    reread = verdict.stage is Stage.WATCH or act.run_id is None
    return verdict.disposition is Disposition.KEPT or (reread and verdict.disposition is Disposition.REJECTED)


def row_of(connection: Connection, url: str, *, lock: bool = False) -> RowMapping | None:
    """The row of a URL; with `lock`, it stays as read until the transaction ends."""
    query = URL_ROWS.where(urls.c.url == key(url))
    return connection.execute(query.with_for_update(of=urls) if lock else query).mappings().first()


def by_id(connection: Connection, url_id: int, *, lock: bool = True) -> RowMapping:
    query = URL_ROWS.where(urls.c.id == url_id)
    return connection.execute(query.with_for_update(of=urls) if lock else query).mappings().one()


def root(connection: Connection, row: RowMapping, *, lock: bool = True) -> RowMapping:
    """The canonical row: the row itself unless it is a duplicate."""
    return row if row["duplicate_of"] is None else by_id(connection, row["duplicate_of"], lock=lock)


def rows_of(connection: Connection, addresses: Iterable[str]) -> dict[str, RowMapping]:
    """The known ones of these URLs, locked in one order, by URL."""
    wanted = sorted(set(addresses))
    found: dict[str, RowMapping] = {}
    for start in range(0, len(wanted), CHUNK):
        query = URL_ROWS.where(urls.c.url.in_(wanted[start : start + CHUNK])).order_by(urls.c.url)
        found |= {row["url"]: row for row in connection.execute(query.with_for_update(of=urls)).mappings()}
    return found


def create(connection: Connection, new: Sequence[NewUrl], act: Act) -> None:
    """Add the URLs that are not there yet, each with the first row of its trail."""
    if not new:
        return
    rows = [
        {
            "url": key(one.url),
            "canonical_url": key(one.canonical_url),
            "outlet": one.outlet,
            "disposition": one.verdict.disposition.value,
            "stage": one.verdict.stage.value,
            "rule": one.verdict.rule,
            "detail": one.verdict.detail,
            "duplicate_of": one.duplicate_of,
            "listing": dump_listing(one.listing),
            "first_seen_at": act.now,
            "changed_at": act.now,
            "attempts": 0,
        }
        for one in new
    ]
    statement = insert(connection, urls).on_conflict_do_nothing(index_elements=["url"]).returning(urls.c.id, urls.c.url)
    verdicts = {key(one.url): one.verdict for one in new}
    created = connection.execute(statement, rows).all()
    _record(connection, [(url_id, verdicts[url]) for url_id, url in created], act)


def settle(
    connection: Connection,
    row: RowMapping,
    verdict: Verdict,
    act: Act,
    *,
    target: int | None = None,
    by_commit: bool = False,
) -> bool:
    """Give the row this disposition if it may have it, and say whether it changed; `target`: a duplicate's page."""
    if not may_follow(row, verdict, act, by_commit=by_commit):
        return False
    values = {**_columns(verdict), "duplicate_of": target}
    if all(row[name] == value for name, value in values.items()):
        return False
    if verdict.disposition is not Disposition.FAILED:
        values |= {"attempts": 0, "retry_at": None}
    connection.execute(update(urls).where(urls.c.id == row["id"]).values(**values, changed_at=act.now))
    in_scope = verdict.disposition is Disposition.KEPT
    connection.execute(update(articles).where(articles.c.url_id == row["id"]).values(in_scope=in_scope))
    _record(connection, [(row["id"], verdict)], act)
    return True


def make_duplicate(connection: Connection, row: RowMapping, target_id: int, verdict: Verdict, act: Act) -> None:
    """The row is another URL of the target's page; rows that pointed to it, and an article that has room there, follow.

    A circle (A led to B, now B leads to A) is cut in favour of the newer word: A becomes pending, and canonical.
    """
    target = by_id(connection, target_id)
    if target["duplicate_of"] == row["id"]:
        settle(connection, target, _LEADS_HERE, act)
        target = by_id(connection, target_id)
    target = root(connection, target)
    if target["id"] == row["id"] or not settle(connection, row, verdict, act, target=target["id"]):
        return
    if connection.execute(select(articles.c.id).where(articles.c.url_id == target["id"])).first() is None:
        moved = update(articles).where(articles.c.url_id == row["id"])
        connection.execute(moved.values(url_id=target["id"], canonical_url=target["url"], outlet=target["outlet"]))
    followers = URL_ROWS.where(urls.c.duplicate_of == row["id"]).order_by(urls.c.id).with_for_update(of=urls)
    for follower in connection.execute(followers).mappings().all():
        settle(connection, follower, verdict, act, target=target["id"])


def _columns(verdict: Verdict) -> dict[str, object]:
    return {
        "disposition": verdict.disposition.value,
        "stage": verdict.stage.value,
        "rule": verdict.rule,
        "detail": verdict.detail,
    }


def _record(connection: Connection, changes: Sequence[tuple[int, Verdict]], act: Act) -> None:
    if not changes:
        return
    rows = [
        {"url_id": url_id, "run_id": act.run_id, "at": act.now, "actor": act.actor, **_columns(verdict)}
        for url_id, verdict in changes
    ]
    connection.execute(url_changes.insert(), rows)


def url_record(row: RowMapping) -> UrlRecord:
    """A row of `URL_ROWS` as the record that callers see."""
    return UrlRecord(
        id=row["id"],
        url=row["url"],
        canonical_url=row["canonical_url"],
        outlet=row["outlet"],
        disposition=Disposition(row["disposition"]),
        stage=Stage(row["stage"]) if row["stage"] else None,
        rule=row["rule"],
        detail=row["detail"],
        duplicate_of=row["duplicate_of_url"],
        listing=load_listing(row["listing"]),
        first_seen_at=row["first_seen_at"],
        changed_at=row["changed_at"],
        attempts=row["attempts"],
        retry_at=row["retry_at"],
        revisit_at=row["revisit_at"],
        validators=Validators(row["etag"], row["last_modified"]) if row["etag"] or row["last_modified"] else None,
    )
