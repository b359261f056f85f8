"""Visits to stored articles: the plan stands with the text, and a visit in vain changes nothing but the plan."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from pipeline.model import Disposition, FailureClass
from pipeline.store import Committed, Store, Validators
from pipeline.store.crawl_records import UrlRecord
from pipeline.store.records import CommitArticle
from pipeline.store.schema import urls
from tests.pipeline.store.build import KEPT, NO_WATCH, NOW, article, check, kept, start, url

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TAGS = Validators('"a1"', "Fri, 20 Nov 2026 03:00:00 GMT")


def record(store: Store, n: int = 1) -> UrlRecord:
    found = store.ledger.get(url(n))
    assert found is not None
    return found


def visit(store: Store, run_id: int, *, after: timedelta, body: str, validators: Validators | None = TAGS) -> Committed:
    """A visit at which the page said this."""
    read = article(url(1), body=body, fetched_at=NOW + after, record_ids=(f"<urn:uuid:{after}>",))
    new = CommitArticle(url(1), read, KEPT, f"digest of {body}", "code1", (), run_id, validators)
    return store.articles.commit(new, NOW + after)


def test_a_commit_plans_the_next_visit_and_keeps_the_validators(store: Store) -> None:
    run = start(store)
    kept(store, run, 1, date_published=NOW)
    assert (record(store).revisit_at, record(store).validators) == (NOW + 2 * HOUR, None)
    assert visit(store, run.id, after=2 * HOUR, body="Lain.").changed
    assert (record(store).revisit_at, record(store).validators) == (NOW + 4 * HOUR, TAGS)
    assert not visit(store, run.id, after=4 * HOUR, body="Lain.", validators=None).changed
    assert (record(store).revisit_at, record(store).validators) == (NOW + 8 * HOUR, None)


def test_what_is_not_kept_is_not_visited_again(store: Store) -> None:
    run = start(store)
    kept(store, run, 1)
    read = article(url(1), watches=(), fetched_at=NOW + HOUR)
    store.articles.commit(CommitArticle(url(1), read, NO_WATCH, "d", "code1", (), run.id), NOW + HOUR)
    assert record(store).disposition is Disposition.REJECTED
    assert store.ledger.revisits("kota", NOW + DAY) == []


def test_rework_plans_nothing(store: Store) -> None:
    run = start(store)
    kept(store, run, 1)
    before = record(store).revisit_at
    new = CommitArticle(url(1), article(url(1), fetched_at=NOW + DAY), KEPT, "d", "code2", (), None)
    store.articles.commit(new, NOW + DAY)
    assert record(store).revisit_at == before


def test_due_revisits_come_in_the_order_they_are_due(store: Store) -> None:
    run = start(store)
    for n, published in ((1, NOW - DAY), (2, NOW), (3, NOW - 30 * DAY)):
        kept(store, run, n, date_published=published)
    assert store.ledger.revisits("kota", NOW + HOUR) == []
    assert [one.url for one in store.ledger.revisits("kota", NOW + DAY)] == [url(2), url(1)]
    assert store.ledger.revisits("another", NOW + DAY) == []


def test_a_304_takes_a_rung_and_leaves_the_text(store: Store) -> None:
    run = start(store)
    committed = kept(store, run, 1, date_published=NOW)
    after = store.ledger.revisited(url(1), run.id, NOW + 2 * HOUR, status=304)
    assert after.revisit_at == NOW + 6 * HOUR
    assert [one.version for one in store.articles.versions(committed.article_id)] == [1]
    trail = store.ledger.trail(url(1))
    assert trail is not None
    assert [(one.status, one.failure) for one in trail.attempts] == [(304, None)]
    check(store)


@pytest.mark.parametrize("failure", [FailureClass.BLOCKED, FailureClass.NOT_AN_ARTICLE, FailureClass.TIMEOUT])
def test_a_visit_in_vain_changes_only_attempts_and_plan(store: Store, failure: FailureClass) -> None:
    run = start(store)
    committed = kept(store, run, 1, date_published=NOW)
    before = store.articles.get(committed.article_id)
    after = store.ledger.revisited(url(1), run.id, NOW + 2 * HOUR, status=200, failure=failure, detail="why")
    assert after.disposition is Disposition.KEPT
    assert after.revisit_at == NOW + 6 * HOUR
    assert store.articles.get(committed.article_id) == before
    check(store)


def gone_at(store: Store, article_id: int) -> object:
    found = store.articles.get(article_id)
    assert found is not None
    assert found.disposition is Disposition.KEPT
    return found.gone_at


def test_410_marks_gone_at_once(store: Store) -> None:
    run = start(store)
    committed = kept(store, run, 1)
    store.ledger.revisited(url(1), run.id, NOW + 2 * HOUR, status=410, failure=FailureClass.GONE)
    assert gone_at(store, committed.article_id) == NOW + 2 * HOUR


def test_404_marks_gone_when_it_is_met_again_a_day_later(store: Store) -> None:
    run = start(store)
    committed = kept(store, run, 1)
    first = store.ledger.revisited(url(1), run.id, NOW + 2 * HOUR, status=404, failure=FailureClass.GONE)
    assert gone_at(store, committed.article_id) is None
    assert first.revisit_at == NOW + 26 * HOUR
    store.ledger.revisited(url(1), run.id, NOW + 26 * HOUR, status=404, failure=FailureClass.GONE)
    assert gone_at(store, committed.article_id) == NOW + 26 * HOUR
    check(store)


@pytest.mark.parametrize("answer", [200, 304])
def test_what_comes_back_is_not_gone_any_more(store: Store, answer: int) -> None:
    run = start(store)
    committed = kept(store, run, 1)
    store.ledger.revisited(url(1), run.id, NOW + HOUR, status=410, failure=FailureClass.GONE)
    if answer == 304:
        store.ledger.revisited(url(1), run.id, NOW + 2 * HOUR, status=304)
    else:
        visit(store, run.id, after=2 * HOUR, body="Kembali.")
    assert gone_at(store, committed.article_id) is None


def test_a_paused_host_puts_the_revisit_off(store: Store) -> None:
    run = start(store)
    kept(store, run, 1, date_published=NOW)
    store.ledger.postpone(url(1), NOW + 5 * HOUR)
    assert record(store).revisit_at == NOW + 5 * HOUR
    store.ledger.postpone(url(1), NOW + HOUR)
    assert record(store).revisit_at == NOW + 5 * HOUR


def test_every_version_stays_readable(store: Store) -> None:
    run = start(store)
    committed = kept(store, run, 1)
    visit(store, run.id, after=2 * HOUR, body="Dua.")
    visit(store, run.id, after=5 * HOUR, body="Tiga.")
    found = store.articles.versions(committed.article_id)
    assert [(one.version, one.article.text) for one in found] == [
        (1, "Para wali kota bertemu."),
        (2, "Dua."),
        (3, "Tiga."),
    ]


def test_a_digest_of_earlier_code_makes_no_version(store: Store) -> None:
    """The stored digest is what another code computed: the stored text is asked."""
    from pipeline.fingerprint import content_digest  # noqa: PLC0415 (beside the one test that needs it)

    run = start(store)
    committed = kept(store, run, 1)
    read = article(url(1), body="Para wali kota, bertemu!", fetched_at=NOW + HOUR)
    new = CommitArticle(url(1), read, KEPT, content_digest(read), "code1", (), run.id)
    assert not store.articles.commit(new, NOW + HOUR).changed
    found = store.articles.get(committed.article_id)
    assert found is not None
    assert found.content_digest == content_digest(read)


def test_an_article_of_an_earlier_release_has_no_plan(store: Store) -> None:
    kept(store, start(store), 1)
    with store.database.engine.begin() as connection:
        connection.execute(update(urls).values(revisit_at=None))
    assert store.ledger.revisits("kota", NOW + 30 * DAY) == []
