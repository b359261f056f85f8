"""Committing one article: version, extraction, filter columns, keys and disposition in one transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, RowMapping, or_, select, update

from pipeline.errors import NotFoundError, StoreError
from pipeline.model import Disposition, Stage, Verdict
from pipeline.store import extracts, revisits
from pipeline.store.dispositions import (
    Act,
    NewUrl,
    by_id,
    create,
    key,
    make_duplicate,
    may_follow_kept,
    root,
    row_of,
    settle,
)
from pipeline.store.json_values import ARTICLE, VERDICT, load_listing
from pipeline.store.records import CommitArticle, Committed
from pipeline.store.schema import articles, captures, extractions, urls, version_captures, versions

_OTHER_ADDRESS = Verdict(Disposition.DUPLICATE, Stage.EXTRACT, "the page names another address as its own")
_FOUND = Verdict(Disposition.PENDING, Stage.EXTRACT, "named by a page as its own address")


def commit(connection: Connection, new: CommitArticle, cleaned: CommitArticle | None, now: datetime) -> Committed:
    """Store what was read at `new.url`. Raises `NotFoundError` for a URL the ledger does not know.

    `cleaned`: the same reading without what was once taken out of this article's text. The version is told by `new`,
    for that is what the outlet published; lists, stories and disposition by `cleaned`.
    """
    act = Act(now, new.run_id)
    shown = cleaned or new
    page = _page(connection, new, act)
    article = connection.execute(select(articles).where(articles.c.url_id == page["id"])).mappings().first()
    if page["disposition"] == Disposition.TAKEN_DOWN or _keeps(page, article, shown.verdict, act):
        return _as_it_was(connection, page, article)
    article_id = article["id"] if article else _create_article(connection, page, new, now)
    version = _current_version(connection, article) if article else None
    changed = version is None or not _same_content(connection, version, new)
    if version is None or changed:
        version = _add_version(connection, article_id, version["n"] + 1 if version else 1, new, now)
    extracts.extract(connection, extracts.Place(article_id, version["id"], now), new, cleaned)
    if cleaned and (earlier := extracts.join_equal(connection, article_id, version["id"])):
        version, changed = earlier, False
    extracts.store_keys(connection, article_id, shown.keys)
    _store_verdict(connection, article_id, shown)
    settle(connection, page, shown.verdict, act, by_commit=True)
    accepted = page["disposition"] == Disposition.KEPT and page["stage"] == Stage.PERSON
    if new.run_id is not None and (accepted or shown.verdict.disposition is Disposition.KEPT):
        revisits.after_commit(connection, page, new, changed=changed)
    if page["disposition"] == Disposition.WITHHELD:
        withhold_captures(connection, page["id"], withheld=True)
    return Committed(article_id, version["id"], version["n"], created=article is None, changed=changed)


def _store_verdict(connection: Connection, article_id: int, shown: CommitArticle) -> None:
    values = {"verdict": VERDICT.dump_python(shown.verdict, mode="json")}
    if shown.run_id is not None:
        values["gone_at"] = None  # it has just been seen
    connection.execute(update(articles).where(articles.c.id == article_id).values(**values))


def _page(connection: Connection, new: CommitArticle, act: Act) -> RowMapping:
    """The canonical row that the article belongs to, locked; `new.url` becomes a duplicate where it is another one."""
    row = row_of(connection, new.url, lock=True)
    if row is None:
        raise NotFoundError(f"{new.url}: has never been seen; `kliping crawl --url` takes it")
    row = root(connection, row)
    address = key(new.article.canonical_url)
    held = select(articles.c.id).where(articles.c.url_id == row["id"])
    if address == row["url"] or connection.execute(held).first():
        return row  # an article stays at the address where it was first kept
    other = row_of(connection, address, lock=True)
    if other is None:
        listing = load_listing(row["listing"])
        create(connection, [NewUrl(address, address, row["outlet"], listing, _FOUND)], act)
        other = row_of(connection, address, lock=True)
    if other is None or other["outlet"] != row["outlet"]:
        return row  # a reprint names its origin at another outlet: a copy, not a duplicate
    make_duplicate(connection, row, other["id"], _OTHER_ADDRESS, act)
    return root(connection, by_id(connection, row["id"]))


def _keeps(page: RowMapping, article: RowMapping | None, verdict: Verdict, act: Act) -> bool:
    """Whether an article that is kept, or was until a person withheld or rejected it, must not become this."""
    if article is None:
        return False
    was = VERDICT.validate_python(article["verdict"]).disposition
    held_back = page["stage"] == Stage.PERSON and was is Disposition.KEPT
    return (page["disposition"] == Disposition.KEPT or held_back) and not may_follow_kept(verdict, act)


def _as_it_was(connection: Connection, page: RowMapping, article: RowMapping | None) -> Committed:
    """Taken down, or a revisit that found less than what is kept: nothing is stored."""
    if article is None:
        raise StoreError(f"{page['url']}: was taken down; nothing of it is stored again")
    version = _current_version(connection, article)
    return Committed(article["id"], version["id"], version["n"], created=False, changed=False)


def _current_version(connection: Connection, article: RowMapping) -> RowMapping:
    return connection.execute(select(versions).where(versions.c.id == article["version_id"])).mappings().one()


def _same_content(connection: Connection, version: RowMapping, new: CommitArticle) -> bool:
    """Whether the outlet published the same: the digest is, or the very captures are (and only our code changed).

    A digest that an earlier code computed is no answer: then the stored text's is computed anew. Where the content is
    the same after all the stored digest is renewed, so that the next visit compares like with like.
    """
    if version["content_digest"] == new.content_digest:
        return True
    pages = select(version_captures.c.record_id).where(version_captures.c.version_id == version["id"])
    recorded = tuple(connection.execute(pages.order_by(version_captures.c.position)).scalars())
    very_same = bool(recorded) and recorded == new.article.record_ids
    if not very_same and _digest_anew(connection, version["id"]) != new.content_digest:
        return False
    renewed = update(versions).where(versions.c.id == version["id"]).values(content_digest=new.content_digest)
    connection.execute(renewed)
    return True


def _digest_anew(connection: Connection, version_id: int) -> str:
    """The digest of a stored version's text, as the present code computes it."""
    from pipeline.fingerprint import content_digest  # noqa: PLC0415 (lxml, which few commands need)

    of_the_page = extractions.c.version_id == version_id, extractions.c.read_by.is_(None)
    newest = select(extractions.c.article).where(*of_the_page).order_by(extractions.c.id.desc()).limit(1)
    stored = connection.execute(newest).scalar_one()
    return content_digest(ARTICLE.validate_python(stored))


def _create_article(connection: Connection, page: RowMapping, new: CommitArticle, now: datetime) -> int:
    values = {
        "url_id": page["id"],
        "canonical_url": page["url"],
        "in_scope": False,  # `settle` says so
        "created_at": now,
        "dated_at": now,  # until `_extract` knows better
        "verdict": VERDICT.dump_python(new.verdict, mode="json"),
        "outlet": page["outlet"],
        "kind": new.article.kind.value,
        "search_text": "",
    }
    article_id: int = connection.execute(articles.insert().values(**values).returning(articles.c.id)).scalar_one()
    return article_id


def _add_version(connection: Connection, article_id: int, n: int, new: CommitArticle, now: datetime) -> RowMapping:
    values = {
        "article_id": article_id,
        "n": n,
        "content_digest": new.content_digest,
        "committed_at": now,
        "run_id": new.run_id,
    }
    version = connection.execute(versions.insert().values(**values).returning(versions)).mappings().one()
    pages = [
        {"version_id": version["id"], "position": position, "record_id": record_id}
        for position, record_id in enumerate(new.article.record_ids)
    ]
    if pages:
        connection.execute(version_captures.insert(), pages)
    return version


def withhold_captures(connection: Connection, url_id: int, *, withheld: bool) -> None:
    """All captures of the page: those its versions were read from, and those of any of its URLs."""
    addresses = select(urls.c.url).where(or_(urls.c.id == url_id, urls.c.duplicate_of == url_id))
    read_from = (
        select(version_captures.c.record_id)
        .join(versions, versions.c.id == version_captures.c.version_id)
        .join(articles, articles.c.id == versions.c.article_id)
        .where(articles.c.url_id == url_id)
    )
    theirs = or_(captures.c.url.in_(addresses), captures.c.record_id.in_(read_from))
    connection.execute(update(captures).where(theirs).values(withheld=withheld))
