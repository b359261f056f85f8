"""The doubtful wait for a person; a yes and a no survive every later reading; each is a labelled case."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pipeline.errors import NotFoundError
from pipeline.model import Disposition, Kind, Stage, StoredArticle, WatchMatch
from pipeline.store import ArticleFilter, CorrectionAction, Store, open_store
from tests.pipeline.store.build import (
    BLOCKED,
    MINUTE,
    NO_WATCH,
    NOW,
    POSSIBLE,
    article,
    check,
    doubtful,
    keep,
    kept,
    start,
    url,
    waiting,
)
from tests.pipeline.store.test_decisions import bring_to

DAY = timedelta(days=1)


def stored(store: Store, article_id: int) -> StoredArticle:
    found = store.articles.get(article_id)
    assert found is not None
    return found


def queue(store: Store, limit: int | None = None) -> list[int]:
    return [one.stored.id for one in store.reviews.waiting(limit)]


def yes(store: Store, number: int, now: datetime = NOW, **watches: int | None) -> None:
    store.reviews.accept(number, watches or {"amf": 2026}, reason="mayors of ASEAN", actor="Ani", now=now)


def no(store: Store, number: int, now: datetime = NOW) -> None:
    store.reviews.decline(number, reason="a bowling alley", actor="Budi", now=now)


def test_a_doubtful_text_waits_and_is_counted(store: Store) -> None:
    run = start(store)
    kept(store, run, 1)
    one = waiting(store, run, 2).article_id
    (found,) = store.reviews.waiting()
    assert (found.stored.id, found.score, found.stored.disposition) == (one, 3.0, Disposition.REJECTED)
    assert store.reviews.count() == 1
    record = store.ledger.get(url(2))
    assert record is not None
    assert (record.stage, record.rule) == (Stage.WATCH, "possibly ours")
    assert one not in [unsent.id for unsent in store.editions.unsent("daily")]
    check(store)


def test_what_most_speaks_for_comes_first_then_the_newest(store: Store) -> None:
    run = start(store)
    old = waiting(store, run, 1, date_published=NOW - DAY).article_id
    new = waiting(store, run, 2, date_published=NOW).article_id
    keep(store, run, doubtful(article(url(3)), field="article_body[0]"), at=_listed(store, run.id, 3), verdict=POSSIBLE)
    assert [one.score for one in store.reviews.waiting()] == [3.0, 3.0, 2.0]
    assert queue(store)[:2] == [new, old]
    assert queue(store, 1) == [new]


def _listed(store: Store, run_id: int, n: int) -> str:
    store.ledger.add(url(n), url(n), "kota", None, run_id, NOW)
    return url(n)


def test_a_yes_puts_it_into_scope_under_its_watch(store: Store) -> None:
    one = waiting(store, start(store), 1).article_id
    yes(store, one)
    found = stored(store, one)
    assert found.disposition is Disposition.KEPT
    ((match,), possible) = found.article.watches, found.article.possible
    assert (match.id, match.edition, match.reason, possible) == ("amf", 2026, "Ani said so: mayors of ASEAN", ())
    assert match.evidence  # what made it doubtful still shows why it came up
    for wanted in (ArticleFilter(watch="amf", in_scope=True), ArticleFilter(tag="amf")):
        assert [hit.id for hit in store.articles.find(wanted)] == [one]
    assert [unsent.id for unsent in store.editions.unsent("daily")] == [one]
    assert queue(store) == []
    check(store)


def _read_by_other_code(store: Store, _run: int) -> None:
    keep(store, None, doubtful(article(url(1))), verdict=POSSIBLE, code="code2", now=NOW + MINUTE)


def _read_as_nothing(store: Store, _run: int) -> None:
    keep(store, None, replace(article(url(1)), watches=()), verdict=NO_WATCH, code="code2", now=NOW + MINUTE)


def _printed_anew(store: Store, run: int) -> None:
    made = replace(doubtful(article(url(1))), article_body=("Diralat.",))
    keep(store, store.runs.get(run), made, verdict=POSSIBLE, now=NOW + MINUTE)


def _printed_anew_with_its_name(store: Store, run: int) -> None:
    keep(store, store.runs.get(run), article(url(1), body="MGMAC 2026."), now=NOW + MINUTE)


def _answered_by_a_captcha(store: Store, run: int) -> None:
    made = replace(article(url(1)), article_body=("Are you human?",), kind=Kind.BLOCK_PAGE, watches=())
    keep(store, store.runs.get(run), made, verdict=BLOCKED, now=NOW + MINUTE)


LATER: tuple[Callable[[Store, int], None], ...] = (
    _read_by_other_code,
    _read_as_nothing,
    _printed_anew,
    _printed_anew_with_its_name,
    _answered_by_a_captcha,
)


@pytest.mark.parametrize("later", LATER)
def test_a_yes_survives_every_later_reading(store: Store, later: Callable[[Store, int], None]) -> None:
    run = start(store)
    one = waiting(store, run, 1).article_id
    yes(store, one)
    later(store, run.id)
    found = stored(store, one)
    assert found.disposition is Disposition.KEPT
    assert found.article.text != "Are you human?"
    assert "amf" in {match.id for match in found.article.watches}
    assert [hit.id for hit in store.articles.find(ArticleFilter(watch="amf"))] == [one]
    assert queue(store) == []
    check(store)


@pytest.mark.parametrize("later", LATER[:4])
def test_a_no_closes_it_for_good(store: Store, later: Callable[[Store, int], None]) -> None:
    run = start(store)
    one = waiting(store, run, 1).article_id
    no(store, one)
    later(store, run.id)
    found = stored(store, one)
    assert (found.disposition, found.rejected_reason) == (Disposition.REJECTED, "a bowling alley")
    assert queue(store) == []
    assert store.editions.unsent("daily") == []
    check(store)


def test_of_yes_and_no_the_later_word_counts(store: Store) -> None:
    one = waiting(store, start(store), 1).article_id
    for word, outcome in ((no, "rejected"), (yes, "kept"), (no, "rejected"), (yes, "kept")):
        word(store, one)
        assert stored(store, one).disposition == outcome
        assert (stored(store, one).rejected_reason is None) == (outcome == "kept")
    assert len(store.reviews.judged()) == 1
    assert [case.ours for case in store.reviews.of_article(one)] == [False, True, False, True]
    check(store)


def test_saying_the_same_again_changes_nothing(store: Store) -> None:
    one = waiting(store, start(store), 1).article_id
    yes(store, one)
    yes(store, one, now=NOW + MINUTE)
    assert len(store.reviews.of_article(one)) == 1
    assert len(store.audit.list(f"article:{one}")) == 1


def test_a_further_yes_adds_a_watch(store: Store) -> None:
    one = waiting(store, start(store), 1).article_id
    yes(store, one)
    yes(store, one, u20=2022)
    assert [(match.id, match.edition) for match in stored(store, one).article.watches] == [("amf", 2026), ("u20", 2022)]
    (case,) = store.reviews.judged()
    assert dict(case.watches) == dict(case.accepted) == {"amf": 2026, "u20": 2022}


def test_an_article_in_scope_gets_a_further_watch(store: Store) -> None:
    one = kept(store, start(store), 1).article_id
    yes(store, one)
    assert [match.id for match in stored(store, one).article.watches] == ["mgmac", "amf"]
    (case,) = store.reviews.judged()
    assert (dict(case.watches), dict(case.accepted)) == ({"mgmac": 2026, "amf": 2026}, {"amf": 2026})
    assert case.doubtful == ()


@pytest.mark.parametrize(("word", "rule"), [(yes, "accepted by a person"), (no, "rejected by a person")])
def test_undo_lets_it_wait_again(store: Store, word: Callable[[Store, int], None], rule: str) -> None:
    one = waiting(store, start(store), 1).article_id
    word(store, one)
    record = store.ledger.get(url(1))
    assert record is not None
    assert (record.stage, record.rule) == (Stage.PERSON, rule)
    undone = store.reviews.undo(one, actor="Cici", reason="a slip", now=NOW)
    assert undone.action in {CorrectionAction.ACCEPT, CorrectionAction.REJECT}
    assert queue(store) == [one]
    assert store.reviews.judged() == []
    assert list(store.articles.find(ArticleFilter(watch="amf"))) == []
    assert store.audit.list(f"article:{one}")[0].actor == "Cici"
    with pytest.raises(NotFoundError, match="nobody has judged it"):
        store.reviews.undo(one, actor="Cici", now=NOW)
    check(store)


def test_undo_takes_one_word_back_at_a_time(store: Store) -> None:
    one = waiting(store, start(store), 1).article_id
    no(store, one)
    yes(store, one)
    yes(store, one, u20=2022)
    for left in (["amf"], []):
        assert store.reviews.undo(one, actor="Cici", now=NOW).action is CorrectionAction.ACCEPT
        assert [match.id for match in stored(store, one).article.watches] == left
    assert stored(store, one).rejected_reason == "a bowling alley"
    check(store)


def test_withholding_comes_before_a_yes(store: Store) -> None:
    one = waiting(store, start(store), 1).article_id
    yes(store, one)
    store.articles.correct(one, "withhold", "court order", "Ani", NOW)
    assert stored(store, one).disposition is Disposition.WITHHELD
    (case,) = store.reviews.judged()
    assert case.hidden
    store.articles.undo_correction(one, "withhold", "Ani", NOW)
    assert stored(store, one).disposition is Disposition.KEPT
    check(store)


def test_a_case_is_the_text_as_it_was_judged(store: Store) -> None:
    run = start(store)
    one = waiting(store, run, 1).article_id
    yes(store, one)
    _printed_anew(store, run.id)
    (case,) = store.reviews.judged()
    assert (case.headline, case.article_body) == ("Wali Kota Bertemu", ("Para wali kota bertemu.",))
    assert (case.doubtful, case.url, case.outlet, case.ours, case.stands) == (("amf",), url(1), "kota", True, True)


def test_a_case_keeps_all_that_a_watch_may_match_by(store: Store) -> None:
    told = {"description": "Di Jakarta.", "keywords": ("ASEAN",), "date_published": NOW - DAY, "in_language": "id"}
    no(store, waiting(store, start(store), 1, **told).article_id)
    (case,) = store.reviews.judged()
    assert {name: getattr(case, name) for name in told} == told


def test_a_page_without_a_text_cannot_be_ours(store: Store) -> None:
    run = start(store)
    empty = replace(article(_listed(store, run.id, 1)), article_body=(), watches=())
    one = keep(store, run, empty, verdict=NO_WATCH).article_id
    with pytest.raises(NotFoundError, match="no text of it is stored"):
        yes(store, one)
    no(store, one)
    assert store.reviews.judged()[0].article_body == ()


def test_rejecting_an_article_wrongly_matched_is_a_case_too(store: Store) -> None:
    one = kept(store, start(store), 1).article_id
    store.articles.correct(one, "reject", "another MGMAC", "Ani", NOW)
    (case,) = store.reviews.judged()
    assert (case.correction.article_id, case.ours, dict(case.watches), case.doubtful) == (one, False, {}, ())
    store.articles.undo_correction(one, "reject", "Ani", NOW)
    assert store.reviews.judged() == []


def test_answered_counts_what_waited_and_stands(store: Store) -> None:
    run = start(store)
    first, second, third = (waiting(store, run, n).article_id for n in (1, 2, 3))
    other = kept(store, run, 4).article_id
    no(store, first, now=NOW - DAY)
    yes(store, second)
    no(store, third)
    store.articles.correct(other, "reject", "an advertisement", "Ani", NOW)
    assert store.reviews.answered(NOW - MINUTE) == 2
    store.reviews.undo(third, actor="Ani", now=NOW)
    assert store.reviews.answered(NOW - MINUTE) == 1
    assert store.reviews.answered(NOW - 2 * DAY) == 2


def test_what_comes_to_match_a_watch_waits_no_more(store: Store) -> None:
    run = start(store)
    waiting(store, run, 1)
    keep(store, None, article(url(1)), code="code2")
    assert (queue(store), store.reviews.count()) == ([], 0)
    keep(store, None, replace(article(url(1)), watches=()), verdict=NO_WATCH, code="code3")
    assert queue(store) == []


def test_a_text_in_which_a_watch_matches_does_not_wait_for_a_further_one(store: Store) -> None:
    made = replace(doubtful(article(url(1))), watches=(WatchMatch("mgmac", None, "its name"),))
    keep(store, start(store), made, at=_listed(store, start(store).id, 1))
    assert queue(store) == []


def test_a_yes_needs_an_article_and_a_watch(store: Store) -> None:
    with pytest.raises(NotFoundError, match="article 7"):
        yes(store, 7)
    one = waiting(store, start(store), 1).article_id
    with pytest.raises(ValueError, match="under which watch"):
        store.reviews.accept(one, {}, reason="why", actor="Ani", now=NOW)
    with pytest.raises(ValueError, match=r"reviews\.accept"):
        store.articles.correct(one, "accept", "why", "Ani", NOW)


def test_two_persons_at_once_leave_one_word_that_counts(store_url: str) -> None:
    with open_store(store_url) as store:
        numbers = [waiting(store, start(store), n).article_id for n in range(6)]
        with ThreadPoolExecutor(4) as pool:
            jobs = [pool.submit(word, store, number) for number in numbers for word in (yes, no)]
            for job in jobs:
                job.result()
        check(store)
        for case in store.reviews.judged():
            found = stored(store, case.correction.article_id)
            assert found.disposition is (Disposition.KEPT if case.ours else Disposition.REJECTED)
            assert [match.id for match in found.article.watches] == (["amf"] if case.ours else [])
        assert (queue(store), len(store.reviews.judged())) == ([], 6)


OLDER = (  # an article that a person rejected and another withheld, as they were kept before there were reviews
    (
        "INSERT INTO urls (id, url, canonical_url, disposition, first_seen_at, changed_at, attempts) "
        "VALUES (1, 'u1', 'u1', 'withheld', '2026-01-01', '2026-01-01', 1)"
    ),
    (
        "INSERT INTO articles (id, url_id, canonical_url, version_id, extraction_id, verdict, dated_at, kind, "
        "in_scope, created_at, search_text, date_published) "
        "VALUES (1, 1, 'u1', 1, 1, '{}', '2026-01-01', 'article', '0', '2026-01-01', '', '2026-01-01 03:00:00+00:00')"
    ),
    "INSERT INTO versions (id, article_id, n, content_digest, committed_at) VALUES (1, 1, 1, 'd', '2026-01-01')",
    (
        "INSERT INTO extractions (id, version_id, code_digest, extracted_at, article) VALUES (1, 1, 'c', '2026-01-01', "
        """'{"headline": "Wali Kota", "article_body": ["Satu.", "Dua."], "in_language": "id", "keywords": ["x"]}')"""
    ),
    (
        "INSERT INTO corrections (id, article_id, action, reason, actor, at) "
        "VALUES (1, 1, 'reject', 'no', 'Ani', '2026-01-02'), (2, 1, 'withhold', 'no', 'Ani', '2026-01-02')"
    ),
)


def test_articles_rejected_before_there_were_reviews_become_cases(empty_url: str) -> None:
    bring_to(empty_url, "0010", OLDER)
    with open_store(empty_url) as store:
        (case,) = store.reviews.judged()
    assert (case.headline, case.article_body, case.in_language) == ("Wali Kota", ("Satu.", "Dua."), "id")
    assert (case.ours, dict(case.watches), case.version_id, case.hidden) == (False, {}, 1, True)
    assert (case.description, case.keywords, case.date_published) == (None, ("x",), datetime(2026, 1, 1, 3, tzinfo=UTC))
