"""What is stored, told by watches that have changed."""

from __future__ import annotations

from datetime import timedelta

from pipeline.fingerprint import content_digest, keys
from pipeline.headlines import check
from pipeline.model import Article, Disposition, StoredArticle
from pipeline.process import read_text, verdict
from pipeline.rematch import Rematched, rematch
from pipeline.store import CommitArticle, CorrectionAction, Store
from pipeline.watches import Names, Watch, Watches, bundled_watches
from tests.pipeline.store.build import NOW, article, listed, read, start, url

OLD = bundled_watches()
NEW = Watches((*OLD, Watch("flood", "Banjir rob", (Names("id", ("banjir rob",)),))))
LATER = NOW + timedelta(hours=1)
FLOOD = ("Banjir rob merendam empat kampung di pesisir utara sejak Senin pagi.", "Pompa bekerja siang dan malam.")
FORUM = ("ASEAN Mayors Forum 2023 dibuka di Jakarta pada Selasa pagi.", "Para wali kota membahas sampah.")
PARK = ("Pemerintah kota menanam seribu pohon di tepi kanal.", "Warga ikut menyiramnya setiap sore.")


def keep(store: Store, n: int, headline: str, body: tuple[str, ...], watches: Watches = OLD) -> int:
    """Store an article as a crawl with these watches reads it."""
    made: Article = read_text(article(url(n), headline=headline, article_body=body), watches, "id")
    run = start(store)
    store.ledger.record_listing(run.id, read(listed(made.url)), NOW)
    new = CommitArticle(made.url, made, verdict(made), content_digest(made), "code1", keys(made), run.id)
    return store.articles.commit(new, NOW).article_id


def got(store: Store, number: int) -> StoredArticle:
    found = store.articles.get(number)
    assert found is not None
    return found


def watched(store: Store, number: int) -> dict[str, int | None]:
    return {one.id: one.edition for one in got(store, number).article.watches}


def test_what_is_newly_caught_comes_into_scope(store: Store) -> None:
    flood, forum, park = (
        keep(store, n, headline, body)
        for n, (headline, body) in enumerate((("Rob di Utara", FLOOD), ("Forum Dibuka", FORUM), ("Pohon", PARK)), 1)
    )
    seen: list[int] = []
    assert rematch(store, NEW, LATER, seen.append) == Rematched(looked_at=3, changed=1, came=1)
    assert seen == [3]
    assert [got(store, n).disposition for n in (flood, forum, park)] == [
        Disposition.KEPT, Disposition.KEPT, Disposition.REJECTED,
    ]  # fmt: skip
    assert (watched(store, flood), watched(store, forum)) == ({"flood": None}, {"amf": 2023})
    assert (got(store, flood).version, got(store, flood).article.article_body) == (1, FLOOD)


def test_a_second_pass_changes_nothing(store: Store) -> None:
    keep(store, 1, "Rob di Utara", FLOOD)
    rematch(store, NEW, LATER)
    assert rematch(store, NEW, LATER) == Rematched(looked_at=1)


def test_what_is_lost_leaves_the_scope_and_comes_back(store: Store) -> None:
    forum = keep(store, 1, "Forum Dibuka", FORUM)
    without = Watches(tuple(watch for watch in OLD if watch.id not in {"amf", "asean-capitals"}))
    assert rematch(store, without, LATER) == Rematched(looked_at=1, changed=1, left=1)
    assert (got(store, forum).disposition, watched(store, forum)) == (Disposition.REJECTED, {})
    assert rematch(store, OLD, LATER) == Rematched(looked_at=1, changed=1, came=1)
    assert watched(store, forum) == {"amf": 2023}


def test_what_a_person_rejected_stays_out(store: Store) -> None:
    flood = keep(store, 1, "Rob di Utara", FLOOD, NEW)
    store.articles.correct(flood, CorrectionAction.REJECT, reason="bukan kita", actor="sari", now=NOW)
    rematch(store, OLD, LATER)
    rematch(store, NEW, LATER)
    assert got(store, flood).disposition is Disposition.REJECTED


def test_a_headline_that_was_taken_out_stays_out(store: Store) -> None:
    """The reading that is made anew is of the page, not of what was left of it: nothing is lost for good."""
    foreign = "Seribu Pohon Baru Ditanam di Tepi Kanal Timur Kota"
    keep(store, 1, foreign, PARK)
    flood = keep(store, 2, "Rob di Utara", (*FLOOD, foreign))
    check(store, OLD, NOW)
    assert got(store, flood).article.article_body == FLOOD
    rematch(store, NEW, LATER)
    assert (got(store, flood).article.article_body, watched(store, flood)) == (FLOOD, {"flood": None})
    taken = [one.key for one in store.headlines.removed(flood)]
    store.headlines.restore(flood, taken, actor="sari", reason="a subhead", now=LATER)
    check(store, NEW, LATER)
    assert got(store, flood).article.article_body == (*FLOOD, foreign)
