"""The assembler over a real store: the newsroom's week arrives, is corrected, and survives races and kills."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from pipeline.assemble import LEASE, assemble
from pipeline.copies import CopyLink
from pipeline.errors import LeasedError
from pipeline.fingerprint import content_digest, keys
from pipeline.model import Article, Disposition, Kind, Role, Stage, StoredArticle, Story, Verdict, WatchMatch
from pipeline.store import CommitArticle, StaleError, Store
from pipeline.stories import Decisions, tell
from tests.pipeline.newsroom_articles import article, kept

TODAY = date(2026, 11, 18)
NOW = datetime(2026, 11, 18, 0, 0, tzinfo=UTC)
WEEK = tuple(article(piece) for piece in kept(TODAY))
OPENING = "MGMAC-AMF 2026 dibuka, 38 kota ASEAN bahas suhu perkotaan"


def keep(store: Store, one: Article, now: datetime = NOW) -> int:
    store.ledger.add(one.canonical_url, one.canonical_url, one.outlet, None, None, now)
    verdict = Verdict(Disposition.KEPT, Stage.WATCH, "mgmac")
    new = CommitArticle(one.canonical_url, one, verdict, content_digest(one), "code", keys(one))
    return store.articles.commit(new, now).article_id


def keep_all(store: Store, articles: Iterable[Article]) -> dict[str, int]:
    return {one.canonical_url: keep(store, one) for one in articles}


def told(store: Store) -> dict[str, tuple[frozenset[str], str | None]]:
    """Story → the addresses of its articles, and of its origin."""
    found = {}
    for story in store.stories.list():
        address = {member.article_id: _address(store, member.article_id) for member in story.members}
        found[story.id] = (frozenset(address.values()), address.get(story.origin or 0))
    return found


def _address(store: Store, number: int) -> str:
    stored = store.articles.get(number)
    assert stored is not None
    return stored.article.canonical_url


def story_of(store: Store, number: int) -> Story:
    stored = store.articles.get(number)
    assert stored is not None
    assert stored.story_id is not None
    story = store.stories.get(stored.story_id)
    assert story is not None
    return story


def opening(numbers: dict[str, int]) -> int:
    return next(numbers[one.canonical_url] for one in WEEK if one.headline == OPENING and one.outlet == "antara")


def test_a_week_is_told_and_a_second_time_changes_nothing(store: Store) -> None:
    numbers = keep_all(store, WEEK)
    done = assemble(store, NOW)
    before = told(store)
    assert (done.articles, done.stories, done.copies) == (len(WEEK), len({one.story for one in kept(TODAY)}), 4)
    again = assemble(store, NOW + timedelta(hours=1))
    assert replace(again, generation=done.generation) == done
    assert told(store) == before
    assert store.audit.list() == []
    assert {m.role for m in story_of(store, opening(numbers)).members} == {Role.ORIGIN, Role.COPY, Role.REPORT}


def test_the_same_stories_whatever_arrived_first_and_in_how_many_runs(store: Store) -> None:
    shuffled = random.Random(3).sample(WEEK, len(WEEK))
    for start in range(0, len(shuffled), 9):
        keep_all(store, shuffled[start : start + 9])
        assemble(store, NOW)
    piecewise = told(store)
    wanted: dict[str, set[str]] = {}
    for piece in kept(TODAY):
        wanted.setdefault(piece.story, set()).add(piece.url)
    assert {members for members, _ in piecewise.values()} == {frozenset(urls) for urls in wanted.values()}


def test_an_older_article_found_later_gives_the_story_its_name_and_the_old_name_still_answers(store: Store) -> None:
    late = next(one for one in WEEK if one.headline == OPENING and one.outlet == "antara")
    numbers = keep_all(store, [one for one in WEEK if one is not late])
    assemble(store, NOW)
    reprint = next(one for one in WEEK if one.syndicated_from == "ANTARA" and one.outlet == "inews")
    old = story_of(store, numbers[reprint.canonical_url])
    number = keep(store, late)
    assert assemble(store, NOW).merged == 0
    new = story_of(store, number)
    assert new.id != old.id
    assert store.stories.get(old.id) == new
    assert new.origin == number


def test_a_withheld_article_leaves_its_story_and_comes_back(store: Store) -> None:
    numbers = keep_all(store, WEEK)
    assemble(store, NOW)
    before = told(store)
    first = opening(numbers)
    members = {member.article_id for member in story_of(store, first).members}
    store.articles.correct(first, "withhold", "asked by the outlet", "Sari", NOW)
    assemble(store, NOW)
    rest = story_of(store, min(members - {first}))
    assert {member.article_id for member in rest.members} == members - {first}
    assert all(member.copy_of != first for member in rest.members)
    store.articles.undo_correction(first, "withhold", "Sari", NOW)
    assemble(store, NOW)
    assert told(store) == before


def test_a_persons_word_splits_and_joins_and_is_kept(store: Store) -> None:
    numbers = keep_all(store, WEEK)
    assemble(store, NOW)
    by_story = {piece.story: numbers[piece.url] for piece in kept(TODAY)}
    release = [numbers[piece.url] for piece in kept(TODAY) if piece.story == "rilis-angkutan"]
    store.stories.decide("apart", *release, actor="Sari", reason="two sessions", now=NOW)
    store.stories.decide("together", by_story["ascn"], by_story["pameran"], actor="Sari", now=NOW)
    for _ in range(2):
        assemble(store, NOW)
        assert story_of(store, release[0]).id != story_of(store, release[1]).id
        joined = story_of(store, by_story["ascn"])
        assert joined == story_of(store, by_story["pameran"])
    assert any("a person put it together" in member.reason for member in joined.members)
    acts = {(entry.actor, entry.action) for entry in store.audit.list()}
    assert {("assembler", "story.split"), ("assembler", "story.merge")} <= acts


def test_a_pinned_story_keeps_its_articles(store: Store) -> None:
    one, other = (
        _report("satu", "Anggaran taman kota disetujui dewan kota."),
        _report("dua", "Kapal baru tiba di dermaga."),
    )
    numbers = keep_all(store, [one, other])
    a, b = numbers.values()
    decision = store.stories.decide("together", a, b, actor="Sari", now=NOW)
    assemble(store, NOW)
    store.stories.decide("pin", a, None, actor="Sari", now=NOW)
    store.stories.undo_decision(decision.id, actor="Sari", now=NOW)
    assemble(store, NOW)
    assert story_of(store, a) == story_of(store, b)


def test_a_reprint_of_a_text_older_than_the_window_joins_its_story_unchanged(store: Store) -> None:
    old = NOW - timedelta(days=60)
    text = " ".join(f"Kalimat ke-{n} tentang taman bermain di tepi sungai kota." for n in range(12))
    first = _report("asal", text, published=old)
    mate = _report("rekan", "Wali kota lain menanam pohon di taman itu juga.", published=old)
    a, b = keep(store, first, old), keep(store, mate, old)
    store.stories.decide("together", a, b, actor="Sari", now=old)
    assemble(store, old)
    name = story_of(store, a).id
    c = keep(store, _report("cetak-ulang", text, outlet="harian"))
    assemble(store, NOW)
    story = story_of(store, c)
    assert (story.id, {member.article_id for member in story.members}) == (name, {a, b, c})
    assert next(member.copy_of for member in story.members if member.article_id == c) == a


def test_it_reads_again_when_somebody_was_faster(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = keep_all(store, WEEK)
    first = opening(numbers)
    calls = []

    def raced(articles: Iterable[StoredArticle], links: Iterable[CopyLink], decisions: Decisions) -> tuple[Story, ...]:
        calls.append(decisions)
        if len(calls) == 1:
            store.articles.correct(first, "reject", "not ours", "Sari", NOW)
        return tell(articles, links, decisions)

    monkeypatch.setattr("pipeline.assemble.tell", raced)
    assemble(store, NOW)
    assert len(calls) == 2
    assert all(first not in {m.article_id for m in story.members} for story in store.stories.list())


def test_it_gives_up_in_one_line_when_the_stories_keep_changing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    number = keep(store, WEEK[0])

    def raced(*_: object) -> tuple[Story, ...]:
        store.stories.decide("pin", number, None, actor="Sari", now=NOW)
        return ()

    monkeypatch.setattr("pipeline.assemble.tell", raced)
    with pytest.raises(StaleError, match="assemble them again"):
        assemble(store, NOW)
    assert store.leases.held(LEASE, NOW) is None


def test_a_second_assembler_is_refused(store: Store) -> None:
    store.leases.claim(LEASE, "another", timedelta(minutes=5), NOW)
    with pytest.raises(LeasedError, match="another"):
        assemble(store, NOW)


def test_one_that_was_killed_is_followed_by_one_that_ends_the_work(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_all(store, WEEK)
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.assemble.tell", _killed)
        with pytest.raises(KeyboardInterrupt):
            assemble(store, NOW)
    assert told(store) == {}
    assert assemble(store, NOW).stories == len({one.story for one in kept(TODAY)})


def test_an_empty_store_has_no_stories(store: Store) -> None:
    done = assemble(store, NOW)
    assert (done.articles, done.stories, done.copies) == (0, 0, 0)


def _killed(*_: object) -> tuple[Story, ...]:
    raise KeyboardInterrupt


def _report(name: str, text: str, *, outlet: str = "kota", published: datetime = NOW) -> Article:
    address = f"https://{outlet}.example/{name}"
    return Article(
        url=address,
        canonical_url=address,
        outlet=outlet,
        kind=Kind.ARTICLE,
        fetched_at=NOW,
        sha256="0" * 64,
        headline=name,
        article_body=(text,),
        date_published=published,
        in_language="id",
        watches=(WatchMatch("mgmac", 2026, "its name stands in the text"),),
    )
