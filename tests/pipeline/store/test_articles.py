"""Articles: versions, extractions, dispositions, filters, and corrections that survive everything."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import func, select

from pipeline.errors import NotFoundError, StoreError
from pipeline.model import Disposition, Kind, Stage, StoredArticle, Tag, Verdict, WatchMatch
from pipeline.store import ArticleFilter, Store
from pipeline.store.schema import extractions, urls, versions
from tests.pipeline.store.build import (
    BLOCKED,
    KEPT,
    MINUTE,
    NO_WATCH,
    NOW,
    article,
    capture,
    check,
    keep,
    kept,
    listed,
    read,
    start,
    url,
)

JAKARTA = timezone(timedelta(hours=7))
WITHDRAWN = Verdict(Disposition.TAKEN_DOWN, Stage.PERSON, "court order")


def stored(store: Store, article_id: int) -> StoredArticle:
    found = store.articles.get(article_id)
    assert found is not None
    return found


def rows(store: Store, table: str) -> int:
    tables = {"versions": versions, "extractions": extractions, "urls": urls}
    with store.database.engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(tables[table])).scalar_one()


def found(store: Store, **wanted: object) -> list[int]:
    return [one.id for one in store.articles.find(ArticleFilter(**wanted))]  # type: ignore[arg-type]  # real fields


def test_commit_stores_the_article_as_it_was(store: Store) -> None:
    run = start(store)
    store.captures.add(run.id, capture(1, url(1)))
    made = article(
        url(1),
        date_published=datetime(2026, 11, 19, 21, 4, 5, tzinfo=JAKARTA),
        keywords=("MGMAC", "Jakarta"),
        record_ids=("<urn:uuid:1>",),
    )
    store.ledger.record_listing(run.id, read(listed(url(1))), NOW)
    committed = keep(store, run, made)
    assert (committed.n, committed.created, committed.changed) == (1, True, True)
    one = stored(store, committed.article_id)
    assert one.article == made
    assert one.article.date_published is not None
    assert one.article.date_published.utcoffset() == timedelta(hours=7)
    assert (one.version, one.version_id, one.disposition, one.committed_at) == (1, committed.version_id, "kept", NOW)
    assert [(pointer.file, pointer.offset) for pointer in one.captures] == [("run-1.warc.gz", 100)]
    check(store)


def test_the_same_content_is_no_new_version(store: Store) -> None:
    run = start(store)
    first = kept(store, run, 1)
    again = keep(store, run, article(url(1), fetched_at=NOW + MINUTE, sha256="1" * 64), now=NOW + MINUTE)
    assert (again.version_id, again.n, again.created, again.changed) == (first.version_id, 1, False, False)
    assert (rows(store, "versions"), rows(store, "extractions")) == (1, 1)
    assert stored(store, first.article_id).article.fetched_at == NOW


def test_other_content_is_a_new_version_also_when_it_goes_back(store: Store) -> None:
    run = start(store)
    kept(store, run, 1)
    second = keep(store, run, article(url(1), body="Diralat."), now=NOW + MINUTE)
    third = keep(store, run, article(url(1)), now=NOW + 2 * MINUTE)
    assert [(one.n, one.changed) for one in (second, third)] == [(2, True), (3, True)]
    first, last = store.articles.at_versions([1, third.version_id])
    assert (first.version, last.version) == (1, 3)
    assert stored(store, third.article_id).committed_at == NOW + 2 * MINUTE


def test_other_code_is_a_new_extraction_and_the_newest_one_stands(store: Store) -> None:
    run = start(store)
    first = kept(store, run, 1)
    better = article(url(1), byline="Ani", in_language="id")
    again = keep(store, None, better, code="code2", now=NOW + MINUTE)
    assert (again.version_id, again.changed) == (first.version_id, False)
    assert stored(store, first.article_id).article.byline == "Ani"
    assert found(store, language="id") == [first.article_id]
    keep(store, None, article(url(1)), code="code1", now=NOW + MINUTE)
    assert stored(store, first.article_id).article.byline is None
    assert found(store, language="id") == []
    assert (rows(store, "versions"), rows(store, "extractions")) == (1, 2)


def test_rework_of_the_same_captures_is_no_new_version_whatever_it_reads(store: Store) -> None:
    run = start(store)
    first = kept(store, run, 1, record_ids=("<urn:uuid:1>",))
    reworked = article(url(1), body="Dibaca lebih baik.", record_ids=("<urn:uuid:1>",))
    again = keep(store, None, reworked, code="code2")
    assert (again.version_id, again.changed) == (first.version_id, False)
    revisit = article(url(1), body="Dibaca lebih baik.", record_ids=("<urn:uuid:2>",))
    assert not keep(store, run, revisit, code="code2").changed


def test_a_rejected_text_is_kept_for_trying_watches_over_it(store: Store) -> None:
    run = start(store)
    store.ledger.record_listing(run.id, read(listed(url(1))), NOW)
    committed = keep(store, run, article(url(1)), verdict=NO_WATCH)
    assert found(store, in_scope=True) == []
    assert found(store, disposition=Disposition.REJECTED) == [committed.article_id]
    keep(store, None, article(url(1)), code="code2")
    assert found(store, in_scope=True) == [committed.article_id]
    check(store)


def test_a_failed_or_worse_reading_never_touches_what_is_kept(store: Store) -> None:
    run = start(store)
    first = kept(store, run, 1)
    captcha = article(url(1), body="Are you human?", kind=Kind.BLOCK_PAGE)
    late = Verdict(Disposition.OUT_OF_WINDOW, Stage.EXTRACT, "older than the window")
    for verdict in (BLOCKED, late, Verdict(Disposition.REJECTED, Stage.EXTRACT, "soft_404")):
        again = keep(store, run, captcha, verdict=verdict, code="code2")
        assert (again.version_id, again.changed) == (first.version_id, False)
    assert stored(store, first.article_id).article.text == "Para wali kota bertemu."
    keep(store, None, article(url(1)), verdict=NO_WATCH, code="code2")
    assert stored(store, first.article_id).disposition is Disposition.REJECTED
    check(store)


def test_commit_at_an_alias_goes_to_its_page(store: Store) -> None:
    run = start(store)
    store.ledger.record_listing(run.id, read(listed(url("1?amp"), url(1))), NOW)
    committed = keep(store, run, article(url(1)), at=url("1?amp"))
    for address in (url(1), url("1?amp")):
        one = store.articles.by_url(address)
        assert one is not None
        assert one.id == committed.article_id
    assert store.articles.by_url(url(2)) is None
    check(store)


def test_a_page_that_names_another_address_of_its_outlet_is_a_duplicate(store: Store) -> None:
    run = start(store)
    store.ledger.record_listing(run.id, read(listed(url("lama")), listed(url("lagi"))), NOW)
    committed = keep(store, run, article(url("baru")), at=url("lama"))
    again = keep(store, run, article(url("baru")), at=url("lagi"))
    assert again.article_id == committed.article_id
    assert store.ledger.counts("kota")[Disposition.DUPLICATE] == 2
    assert store.ledger.pending("kota", NOW) == []
    check(store)


def test_a_reprint_that_names_its_origin_at_another_outlet_stays_its_own(store: Store) -> None:
    ours, theirs = start(store, "kota"), start(store, "kantor")
    origin = "https://kantor.example/1"
    store.ledger.add(origin, origin, "kantor", None, theirs.id, NOW)
    keep(store, theirs, article(origin, outlet="kantor"))
    store.ledger.record_listing(ours.id, read(listed(url(1))), NOW)
    keep(store, ours, article(url(1), canonical_url=origin))
    assert len(found(store)) == 2
    check(store)


def test_an_article_follows_when_its_pending_page_moves(store: Store) -> None:
    run = start(store, until=NOW - MINUTE)
    store.ledger.record_listing(run.id, read(listed(url(1)), listed(url(2))), NOW)
    late = Verdict(Disposition.OUT_OF_WINDOW, Stage.EXTRACT, "newer than the window")
    committed = keep(store, run, article(url(1)), verdict=late)
    store.ledger.settle(url(1), Verdict(Disposition.DUPLICATE, Stage.FETCH, "redirected"), duplicate_of=url(2), now=NOW)
    again = keep(store, run, article(url(2)))
    assert again.article_id == committed.article_id
    assert found(store, in_scope=True) == [committed.article_id]
    check(store)


@pytest.mark.parametrize("action", ["reject", "withhold"])
def test_a_correction_survives_recrawl_and_rework(store: Store, action: str) -> None:
    run = start(store)
    store.captures.add(run.id, capture(1, url(1)))
    committed = kept(store, run, 1, record_ids=("<urn:uuid:1>",))
    store.articles.correct(committed.article_id, action, "not our forum", "Ani", NOW)
    store.articles.correct(committed.article_id, action, "again", "Budi", NOW)
    keep(store, run, article(url(1), body="Diralat.", record_ids=("<urn:uuid:2>",)), now=NOW + MINUTE)
    keep(store, None, article(url(1), body="Diralat."), code="code2", now=NOW + MINUTE)
    store.ledger.record_listing(run.id, read(listed(url(1))), NOW)
    one = stored(store, committed.article_id)
    outcome = Disposition.REJECTED if action == "reject" else Disposition.WITHHELD
    assert (one.disposition, one.version) == (outcome, 2)
    assert "not our forum" in (one.rejected_reason, one.withheld_reason)
    assert found(store, in_scope=True) == []
    assert store.editions.unsent("daily") == []
    assert [entry.action for entry in store.audit.list(f"article:{committed.article_id}")] == [action]
    check(store)


def test_a_block_page_never_takes_the_place_of_a_withheld_text(store: Store) -> None:
    run = start(store)
    committed = kept(store, run, 1)
    store.articles.correct(committed.article_id, "withhold", "asked by the outlet", "Ani", NOW)
    captcha = article(url(1), body="Are you human?", kind=Kind.BLOCK_PAGE)
    assert not keep(store, run, captcha, verdict=BLOCKED, code="code2").changed
    store.articles.undo_correction(committed.article_id, "withhold", "Ani", NOW)
    one = stored(store, committed.article_id)
    assert (one.disposition, one.article.text) == (Disposition.KEPT, "Para wali kota bertemu.")


def test_withheld_is_found_only_when_asked_for_and_its_captures_are_held_back(store: Store) -> None:
    run = start(store)
    store.captures.add(run.id, capture(1, url(1)), capture(2, url(2)), capture(3, url(1)))
    committed = kept(store, run, 1, record_ids=("<urn:uuid:1>",))
    store.articles.correct(committed.article_id, "withhold", "asked by the outlet", "Ani", NOW)
    assert found(store) == []
    assert found(store, disposition=Disposition.WITHHELD) == [committed.article_id]
    ids = [f"<urn:uuid:{n}>" for n in (1, 2, 3)]
    assert store.captures.withheld(ids) == {ids[0], ids[2]}
    store.articles.undo_correction(committed.article_id, "withhold", "Ani", NOW)
    assert store.captures.withheld(ids) == frozenset()
    assert found(store, in_scope=True) == [committed.article_id]
    check(store)


def test_undoing_one_of_two_corrections_leaves_the_other(store: Store) -> None:
    run = start(store)
    committed = kept(store, run, 1)
    store.articles.correct(committed.article_id, "reject", "not ours", "Ani", NOW)
    store.articles.correct(committed.article_id, "withhold", "nor anybody's", "Ani", NOW)
    assert stored(store, committed.article_id).disposition is Disposition.WITHHELD
    store.articles.undo_correction(committed.article_id, "withhold", "Budi", NOW)
    assert stored(store, committed.article_id).disposition is Disposition.REJECTED
    keep(store, None, article(url(1)), verdict=NO_WATCH, code="code2")
    store.articles.undo_correction(committed.article_id, "reject", "Budi", NOW)
    record = store.ledger.get(url(1))
    assert record is not None
    assert (record.disposition, record.rule) == (Disposition.REJECTED, "no watch matched")
    assert [one.undone_by for one in store.articles.corrections(committed.article_id)] == ["Budi", "Budi"]
    check(store)


def test_corrections_of_what_is_not_there(store: Store) -> None:
    with pytest.raises(NotFoundError, match="article 7"):
        store.articles.correct(7, "reject", "why", "Ani", NOW)
    committed = kept(store, start(store), 1)
    with pytest.raises(NotFoundError, match="no reject stands"):
        store.articles.undo_correction(committed.article_id, "reject", "Ani", NOW)


def test_nothing_is_stored_again_of_what_was_taken_down(store: Store) -> None:
    run = start(store)
    committed = kept(store, run, 1)
    store.ledger.settle(url(1), WITHDRAWN, actor="Ani", now=NOW)
    again = keep(store, run, article(url(1), body="Baru."), code="code2")
    assert (again.version_id, again.changed) == (committed.version_id, False)
    assert found(store) == []
    store.ledger.record_listing(run.id, read(listed(url(2))), NOW)
    store.ledger.settle(url(2), WITHDRAWN, actor="Ani", now=NOW)
    with pytest.raises(StoreError, match="was taken down"):
        keep(store, run, article(url(2)))
    check(store)


def test_commit_of_an_unknown_url(store: Store) -> None:
    with pytest.raises(NotFoundError, match="never been seen"):
        keep(store, None, article(url(1)))


def test_gone_is_a_mark_until_it_is_fetched_again(store: Store) -> None:
    run = start(store)
    committed = kept(store, run, 1)
    store.articles.mark_gone(committed.article_id, NOW)
    store.articles.mark_gone(committed.article_id, NOW + MINUTE)
    one = stored(store, committed.article_id)
    assert (one.gone_at, one.disposition) == (NOW, Disposition.KEPT)
    keep(store, None, article(url(1)), code="code2")
    assert stored(store, committed.article_id).gone_at == NOW
    keep(store, run, article(url(1)))
    assert stored(store, committed.article_id).gone_at is None


def test_find_newest_first_by_publication_else_by_commit(store: Store) -> None:
    run = start(store)
    dates = [NOW - timedelta(days=2), NOW - timedelta(days=9), None, NOW - timedelta(days=2)]
    ids = [kept(store, run, n, date_published=date).article_id for n, date in enumerate(dates)]
    assert found(store) == [ids[2], ids[3], ids[0], ids[1]]
    assert found(store, limit=2) == [ids[2], ids[3]]
    assert found(store, since=NOW - timedelta(days=2)) == [ids[2], ids[3], ids[0]]
    assert found(store, until=NOW - timedelta(days=2)) == [ids[1]]


def test_find_reads_on_over_many_batches(store: Store) -> None:
    run = start(store)
    ids = [kept(store, run, n).article_id for n in range(7)]
    store.articles.batch = 2
    assert found(store) == ids[::-1]
    assert found(store, limit=5) == ids[:1:-1]


def test_find_by_watch_tag_outlet_and_story(store: Store) -> None:
    run = start(store)
    amf = (WatchMatch("amf", None, "named"), WatchMatch("amf", 2023, "its year too"), WatchMatch("mgmac", 2026, "x"))
    first = kept(store, run, 1, watches=amf, tags=(Tag("banjir", "Banjir", "in the headline"),))
    second = kept(store, run, 2)
    assert found(store, watch="amf") == [first.article_id]
    assert found(store, watch="mgmac") == [second.article_id, first.article_id]
    assert found(store, tag="banjir", outlet="kota") == [first.article_id]
    assert found(store, outlet="kantor") == []
    assert found(store, story="s1") == []
    keep(store, None, article(url(1), watches=()), code="code2")
    assert found(store, watch="amf") == []


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("da nang", True),
        ("ĐÀ NẴNG", True),
        ("wali bertemu", True),  # every word, in any order and place
        ("bertemu wali", True),
        ("100%", True),
        ("1_0", False),  # no wildcard
        ("%", True),
        ("เชียงใหม่", True),
        ("ใหม่", True),
        ("ｆｕｌｌ", True),  # full-width letters
        ("Manila", False),
        ("", True),
    ],
)
def test_find_text_without_case_and_diacritics(store: Store, text: str, hit: bool) -> None:
    body = "Đà Nẵng dan เชียงใหม่ naik 100% penuh, full."
    committed = kept(store, start(store), 1, article_body=(body,))
    assert found(store, text=text) == ([committed.article_id] if hit else [])


def test_a_date_before_all_calendars_is_no_date(store: Store) -> None:
    odd = datetime(1, 1, 1, tzinfo=JAKARTA)
    committed = kept(store, start(store), 1, date_published=odd)
    assert found(store, since=NOW) == [committed.article_id]


def test_many_keeps_the_order_asked_for(store: Store) -> None:
    run = start(store)
    ids = [kept(store, run, n).article_id for n in range(3)]
    assert [one.id for one in store.articles.many([ids[2], 99, ids[0]])] == [ids[2], ids[0]]


def test_every_stored_instant_is_utc(store: Store) -> None:
    committed = kept(store, start(store), 1)
    assert stored(store, committed.article_id).committed_at.tzinfo is UTC


def test_one_verdict_changes_one_row_of_the_trail(store: Store) -> None:
    run = start(store)
    kept(store, run, 1)
    keep(store, run, article(url(1)))
    keep(store, None, article(url(1)), code="code2", verdict=KEPT)
    trail = store.ledger.trail(url(1))
    assert trail is not None
    assert [change.disposition for change in trail.changes] == ["pending", "kept"]
