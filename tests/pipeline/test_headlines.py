"""The check over the archive: an outlet's other headlines are taken out of a text, whichever was stored first."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from pipeline import headlines as step
from pipeline.assemble import LEASE, assemble
from pipeline.errors import LeasedError, NotFoundError
from pipeline.fingerprint import content_digest, keys
from pipeline.foreign import headline_key
from pipeline.headlines import Checked, check
from pipeline.model import Article, Disposition, Stage, StoredArticle
from pipeline.process import read_text, verdict
from pipeline.store import ArticleFilter, CommitArticle, Committed, Store, open_store
from pipeline.store.schema import article_watches, extractions, headlines, unchecked_texts, versions
from pipeline.watches import bundled_watches
from tests.pipeline.store.build import NOW, article, listed, read, start, url
from tests.pipeline.store.build import check as check_ledger

WATCHES = bundled_watches()
HOUR = timedelta(hours=1)
OPENING = "Para gubernur dan wali kota ASEAN bertemu di Jakarta dalam ASEAN Mayors Forum 2026."
CLOSING = "Pertemuan berlangsung tiga hari dan dihadiri utusan dari sepuluh negara."
PARK = "Pemerintah kota menanam seribu pohon di taman tepi kanal pada Selasa pagi."
FOREIGN = "Wali Kota Resmikan Taman Baru di Tepi Kanal Timur"
FORUM = "Jakarta Jadi Tuan Rumah ASEAN Mayors Forum 2026"


def text(n: int, headline: str, *body: str) -> Article:
    """An article as `process_page` gives it."""
    made = article(url(n), headline=headline, article_body=body, date_published=NOW)
    return read_text(made, WATCHES, "id")


def keep(
    store: Store, made: Article, *, code: str = "code1", run: int | None = None, at: timedelta = timedelta(0)
) -> Committed:
    """List it without a headline, and commit what was read."""
    run_id = run or start(store).id
    store.ledger.record_listing(run_id, read(listed(made.url)), NOW)
    new = CommitArticle(made.url, made, verdict(made), content_digest(made), code, keys(made), run_id, watches=WATCHES)
    return store.articles.commit(new, NOW + at)


def got(store: Store, n: int) -> StoredArticle:
    found = store.articles.by_url(url(n))
    assert found is not None
    return found


def body(store: Store, n: int) -> tuple[str, ...]:
    return got(store, n).article.article_body


def meeting(n: int = 1, *more: str) -> Article:
    return text(n, "Wali kota ASEAN bertemu", OPENING, *more, CLOSING)


def park(n: int = 2) -> Article:
    return text(n, FOREIGN, PARK)


@pytest.mark.parametrize("held", [(FOREIGN,), (f"{PARK} {FOREIGN} {PARK}",)], ids=["a line", "glued"])
@pytest.mark.parametrize("first", [1, 2], ids=["text first", "headline first"])
def test_a_headline_goes_whichever_was_stored_first(store: Store, held: tuple[str, ...], first: int) -> None:
    made = [meeting(1, *held), park(2)]
    for one in made if first == 1 else reversed(made):
        keep(store, one)
        check(store, WATCHES, NOW)
    rest = (OPENING, CLOSING) if held == (FOREIGN,) else (OPENING, f"{PARK} {PARK}", CLOSING)
    assert body(store, 1) == rest
    assert got(store, 1).version == 1
    assert body(store, 2) == (PARK,)
    assert check(store, WATCHES, NOW) == Checked()
    check_ledger(store)


def test_what_hangs_on_the_text_is_told_anew_and_noted(store: Store) -> None:
    keep(store, park())
    number = keep(store, meeting(1, FOREIGN)).article_id
    assert check(store, WATCHES, NOW) == Checked(texts=2, headlines=2, rewritten=1)
    stored = got(store, 1)
    assert stored.disposition is Disposition.KEPT
    assert stored.content_digest == content_digest(meeting(1, FOREIGN))
    assert set(store.fingerprints.keys({number})[number]) == set(keys(meeting()))
    found = store.articles.find(ArticleFilter(text="resmikan taman baru"))
    assert [one.article.canonical_url for one in found] == [url(2)]
    (removal,) = store.headlines.removed(number)
    assert (removal.text, removal.url, removal.stands) == (FOREIGN, url(2), True)
    (entry,) = store.audit.list(f"article:{number}")
    assert (entry.actor, entry.action) == ("assembler", "article.foreign-headline")
    trail = store.ledger.trail(url(1))
    assert trail is not None
    assert trail.removals == (removal,)


def test_an_article_that_only_a_foreign_headline_put_in_scope_is_rejected(store: Store) -> None:
    keep(store, text(2, FORUM, OPENING))
    number = keep(store, text(1, "Pohon ditanam di tepi kanal", PARK, FORUM, CLOSING)).article_id
    assert got(store, 1).disposition is Disposition.KEPT
    assemble(store, NOW)
    check(store, WATCHES, NOW)
    record = store.ledger.get(url(1))
    assert record is not None
    assert (record.disposition, record.stage, record.rule) == (
        Disposition.REJECTED,
        Stage.WATCH,
        "no watch matched",
    )
    assert record.detail == f'only the headline of another article did: "{FORUM}"'
    assert got(store, 1).story_id is not None
    assemble(store, NOW)
    assert got(store, 1).story_id is None
    with store.database.engine.connect() as connection:
        rows = select(func.count()).where(article_watches.c.article_id == number)
        assert connection.execute(rows).scalar() == 0
    check_ledger(store)
    store.headlines.restore(number, [headline_key(FORUM)], actor="Sari", reason="it is its subject", now=NOW)
    check(store, WATCHES, NOW)
    assert got(store, 1).disposition is Disposition.KEPT
    check_ledger(store)


def test_a_headline_that_only_a_listing_printed_counts_and_the_articles_own_does_not(store: Store) -> None:
    run = start(store)
    keep(store, meeting(1, FOREIGN, "Wali kota ASEAN bertemu di Jakarta pekan ini"), run=run.id)
    check(store, WATCHES, NOW)
    entries = listed(url(1), headline="Wali kota ASEAN bertemu di Jakarta pekan ini"), listed(url(9), headline=FOREIGN)
    store.ledger.record_listing(run.id, read(*entries), NOW)
    check(store, WATCHES, NOW)
    assert body(store, 1) == (OPENING, "Wali kota ASEAN bertemu di Jakarta pekan ini", CLOSING)


def test_another_address_of_the_page_is_the_article_itself(store: Store) -> None:
    run = start(store)
    keep(store, meeting(1, FOREIGN), run=run.id)
    store.ledger.record_listing(run.id, read(listed(url("1?amp"), url(1), headline=FOREIGN)), NOW)
    check(store, WATCHES, NOW)
    assert FOREIGN in body(store, 1)


def test_outlets_do_not_share_headlines(store: Store) -> None:
    keep(store, meeting(1, FOREIGN))
    made = replace(park(2), outlet="lain")
    store.ledger.add(made.url, made.url, "lain", None, None, NOW)
    store.articles.commit(CommitArticle(made.url, made, verdict(made), "d", "code1"), NOW)
    check(store, WATCHES, NOW)
    assert FOREIGN in body(store, 1)


def test_a_rejected_articles_headline_and_text_count_too(store: Store) -> None:
    keep(store, text(1, "Pohon ditanam di tepi kanal", PARK, FOREIGN, CLOSING))
    keep(store, park(2))
    check(store, WATCHES, NOW)
    assert [got(store, n).disposition for n in (1, 2)] == [Disposition.REJECTED, Disposition.REJECTED]
    assert body(store, 1) == (PARK, CLOSING)


def extracted(store: Store) -> int:
    with store.database.engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(extractions)).scalar_one()


def test_a_revisit_does_not_bring_it_back_even_before_the_next_check(store: Store) -> None:
    keep(store, park())
    keep(store, meeting(1, FOREIGN))
    check(store, WATCHES, NOW)
    number = extracted(store)
    again = keep(store, meeting(1, FOREIGN), at=HOUR)
    assert (again.changed, extracted(store), body(store, 1)) == (False, number, (OPENING, CLOSING))
    changed = keep(store, meeting(1, FOREIGN, PARK), at=2 * HOUR)
    assert (changed.changed, changed.n, body(store, 1)) == (True, 2, (OPENING, PARK, CLOSING))
    check(store, WATCHES, NOW)
    assert body(store, 1) == (OPENING, PARK, CLOSING)
    check_ledger(store)


def test_rework_by_newer_code_takes_it_out_again(store: Store) -> None:
    keep(store, park())
    committed = keep(store, meeting(1, FOREIGN))
    check(store, WATCHES, NOW)
    read_anew = meeting(1, FOREIGN)
    new = CommitArticle(url(1), read_anew, verdict(read_anew), content_digest(read_anew), "code2", watches=WATCHES)
    assert not store.articles.commit(new, NOW + HOUR).changed
    assert body(store, 1) == (OPENING, CLOSING)
    assert store.articles.read_by(committed.article_id) == "code2"
    assert len(store.headlines.removed(committed.article_id)) == 1


def test_a_reading_without_watches_is_put_right_by_the_next_check(store: Store) -> None:
    keep(store, park())
    keep(store, meeting(1, FOREIGN))
    check(store, WATCHES, NOW)
    read_anew = meeting(1, FOREIGN)
    new = CommitArticle(url(1), read_anew, verdict(read_anew), content_digest(read_anew), "code2")
    store.articles.commit(new, NOW + HOUR)
    assert check(store, WATCHES, NOW).rewritten == 1
    assert body(store, 1) == (OPENING, CLOSING)


def counted(store: Store) -> int:
    with store.database.engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(versions)).scalar_one()


def test_another_related_headline_at_every_visit_is_no_new_version(store: Store) -> None:
    """Once the check has seen it, and at once where the other headline was taken out before."""
    other = "Dinas Taman Tanam Seribu Pohon di Tepi Kanal"
    keep(store, park())
    keep(store, text(3, other, PARK))
    first = keep(store, meeting(1, FOREIGN))
    check(store, WATCHES, NOW)
    store.editions.freeze("daily", "2026-11-20", {}, [(first.version_id, "story")], NOW)
    assert keep(store, meeting(1, other), at=HOUR).n == 2
    check(store, WATCHES, NOW)
    assert (got(store, 1).version, got(store, 1).version_id, counted(store)) == (1, first.version_id, 3)
    assert first.article_id not in {one.id for one in store.editions.unsent("daily")}
    assert not keep(store, meeting(1, other), at=2 * HOUR).changed
    assert not keep(store, meeting(1, FOREIGN), at=3 * HOUR).changed
    assert (got(store, 1).version, body(store, 1)) == (1, (OPENING, CLOSING))
    check(store, WATCHES, NOW)
    assert (counted(store), check(store, WATCHES, NOW)) == (3, Checked())


def test_a_version_that_an_edition_holds_stays(store: Store) -> None:
    keep(store, meeting())
    second = keep(store, meeting(1, FOREIGN), at=HOUR)
    store.editions.freeze("daily", "2026-11-20", {}, [(second.version_id, "story")], NOW)
    keep(store, park())
    check(store, WATCHES, NOW)
    assert (got(store, 1).version, body(store, 1)) == (2, (OPENING, CLOSING))


def test_a_person_puts_a_line_back_for_good_and_takes_that_back(store: Store) -> None:
    keep(store, park())
    number = keep(store, meeting(1, FOREIGN)).article_id
    check(store, WATCHES, NOW)
    key = [headline_key(FOREIGN)]
    store.headlines.restore(number, key, actor="Sari", reason="a subhead", now=NOW)
    check(store, WATCHES, NOW)
    assert body(store, 1) == (OPENING, FOREIGN, CLOSING)
    keep(store, meeting(1, FOREIGN, PARK), code="code2", at=HOUR)
    keep(store, text(4, FOREIGN, PARK))
    check(store, WATCHES, NOW)
    assert body(store, 1) == (OPENING, FOREIGN, PARK, CLOSING)
    store.headlines.restore(number, key, actor="Sari", reason="a link after all", undo=True, now=NOW)
    check(store, WATCHES, NOW)
    assert body(store, 1) == (OPENING, PARK, CLOSING)
    acts = [(one.actor, one.action, one.reason) for one in reversed(store.audit.list(f"article:{number}"))]
    assert ("Sari", "restore line", "a subhead") in acts
    assert ("Sari", "undo restore line", "a link after all") in acts


def test_a_line_that_was_not_taken_out_cannot_be_put_back(store: Store) -> None:
    number = keep(store, meeting()).article_id
    with pytest.raises(NotFoundError, match=f"kliping articles show {number}"):
        store.headlines.restore(number, ["0" * 16], actor="Sari", reason="why", now=NOW)


def test_a_persons_reject_and_withhold_stand(store: Store) -> None:
    keep(store, park())
    numbers = [keep(store, meeting(n, FOREIGN)).article_id for n in (1, 3)]
    store.articles.correct(numbers[0], "reject", "not ours", "Sari", NOW)
    store.articles.correct(numbers[1], "withhold", "court order", "Sari", NOW)
    check(store, WATCHES, NOW)
    assert [got(store, n).disposition for n in (1, 3)] == [Disposition.REJECTED, Disposition.WITHHELD]
    assert body(store, 3) == (OPENING, CLOSING)
    store.articles.undo_correction(numbers[0], "reject", "Sari", NOW)
    assert got(store, 1).disposition is Disposition.KEPT
    check_ledger(store)


def test_it_is_the_assemblers_work(store: Store) -> None:
    keep(store, meeting())
    store.leases.claim(LEASE, "another", timedelta(minutes=5), NOW)
    with pytest.raises(LeasedError, match="another"):
        check(store, WATCHES, NOW)


def test_it_reads_again_when_a_person_was_faster(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(store, park())
    number = keep(store, meeting(1, FOREIGN)).article_id
    check(store, WATCHES, NOW)
    keep(store, meeting(1, FOREIGN, PARK), at=HOUR)
    calls = []

    def raced(*given: object) -> object:
        calls.append(given)
        if len(calls) == 1:
            store.headlines.restore(number, [headline_key(FOREIGN)], actor="Sari", reason="a subhead", now=NOW)
        return compare(*given)  # type: ignore[arg-type]  # what it is called with

    compare = step._compare
    monkeypatch.setattr("pipeline.headlines._compare", raced)
    check(store, WATCHES, NOW)
    assert len(calls) >= 2
    assert body(store, 1) == (OPENING, FOREIGN, PARK, CLOSING)


def test_a_reading_that_comes_while_it_compares_is_compared_too(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(store, park())
    keep(store, meeting(1, FOREIGN))
    calls = []

    def raced(*given: object) -> object:
        calls.append(given)
        if len(calls) == 1:
            keep(store, meeting(1, FOREIGN, PARK), at=HOUR)
        return compare(*given)  # type: ignore[arg-type]  # what it is called with

    compare = step._compare
    monkeypatch.setattr("pipeline.headlines._compare", raced)
    check(store, WATCHES, NOW)
    assert (got(store, 1).version, body(store, 1)) == (2, (OPENING, PARK, CLOSING))


def test_killed_anywhere_the_next_one_ends_the_work(store_url: str) -> None:
    """A child is killed a little later each time; the parent's check always ends where an unharmed one does."""
    with open_store(store_url) as store:
        for n in range(1, 31):
            keep(store, text(100 + n, f"{FOREIGN} Bagian Kota Nomor {n}", PARK))
            keep(store, meeting(n, f"{FOREIGN} Bagian Kota Nomor {n}"))
    for pause in (0.02, 0.05, 0.1, 0.2):
        _killed_check(store_url, pause)
    with open_store(store_url) as store:
        check(store, WATCHES, NOW + HOUR)
        assert {body(store, n) for n in range(1, 31)} == {(OPENING, CLOSING)}
        with store.database.engine.connect() as connection:
            waiting = connection.execute(select(func.count()).select_from(unchecked_texts)).scalar()
            new = connection.execute(select(func.count()).where(~headlines.c.checked)).scalar()
        assert (waiting, new) == (0, 0)
        assert len([one for one in store.audit.list(limit=None) if one.action == "article.foreign-headline"]) == 30
        check_ledger(store)


def _killed_check(address: str, pause: float) -> None:
    child = os.fork()
    if child == 0:
        with open_store(address) as store:
            step.TEXTS = 3
            check(store, WATCHES, NOW)
        os._exit(0)
    time.sleep(pause)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
