"""After any sequence of verbs the ledger adds up; and an article comes back as it went in."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from random import Random

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipeline.errors import KlipingError
from pipeline.model import (
    Article,
    Disposition,
    Evidence,
    FailureClass,
    Kind,
    Person,
    Provenance,
    Quote,
    Rights,
    Run,
    Stage,
    Tag,
    Verdict,
    WatchMatch,
)
from pipeline.store import CorrectionAction, Store
from pipeline.store.folding import fold
from pipeline.store.json_values import ARTICLE
from tests.pipeline.store.build import (
    BLOCKED,
    KEPT,
    NO_WATCH,
    NOW,
    PHOTO,
    POSSIBLE,
    TOO_OLD,
    article,
    check,
    doubtful,
    keep,
    listed,
    read,
    start,
    url,
)

Step = Callable[[Store, Run, Random], object]
MOVED = Verdict(Disposition.DUPLICATE, Stage.FETCH, "redirected")
AGAIN = Verdict(Disposition.PENDING, Stage.FETCH, "to be fetched again")


def _list(store: Store, run: Run, chance: Random) -> object:
    entries = [
        listed(url(chance.randrange(8)), url(chance.randrange(8)), chance.choice([None, None, None, PHOTO, TOO_OLD]))
        for _ in range(chance.randrange(1, 5))
    ]
    return store.ledger.record_listing(run.id, read(*entries), NOW)


def _commit(store: Store, run: Run, chance: Random) -> object:
    made = article(url(chance.randrange(8)), body=f"Teks {chance.randrange(3)}.")
    verdict = chance.choice([KEPT, KEPT, KEPT, NO_WATCH, BLOCKED, TOO_OLD])
    if chance.random() < 0.2:
        made, verdict = doubtful(made), POSSIBLE
    whose = chance.choice([run, run, None])
    return keep(store, whose, made, at=url(chance.randrange(8)), verdict=verdict, code=f"code{chance.randrange(3)}")


def _attempt(store: Store, run: Run, chance: Random) -> object:
    failure = chance.choice([None, *FailureClass])
    return store.ledger.attempt(url(chance.randrange(8)), run.id, NOW, failure=failure, limit=2)


def _settle(store: Store, run: Run, chance: Random) -> object:
    verdict = chance.choice([BLOCKED, PHOTO, TOO_OLD, AGAIN])
    return store.ledger.settle(url(chance.randrange(8)), verdict, run_id=run.id, now=NOW)


def _redirect(store: Store, run: Run, chance: Random) -> object:
    a, b = url(chance.randrange(8)), url(chance.randrange(8))
    return store.ledger.settle(a, MOVED, run_id=run.id, duplicate_of=b, now=NOW)


def _add(store: Store, run: Run, chance: Random) -> object:
    return store.ledger.add(url(chance.randrange(8)), url(chance.randrange(8)), "kota", None, run.id, NOW)


def _correct(store: Store, run: Run, chance: Random) -> object:
    number, action = chance.randrange(1, 5), chance.choice([*CorrectionAction])
    if action is CorrectionAction.ACCEPT:
        return store.reviews.accept(number, {"amf": 2026}, reason="why", actor="Ani", now=NOW)
    return store.articles.correct(number, action, "why", "Ani", NOW)


def _undo(store: Store, run: Run, chance: Random) -> object:
    return store.articles.undo_correction(chance.randrange(1, 5), chance.choice([*CorrectionAction]), "Ani", NOW)


STEPS: tuple[Step, ...] = (_list, _list, _list, _commit, _commit, _attempt, _settle, _redirect, _add, _correct, _undo)


@pytest.mark.parametrize("seed", range(12))
def test_the_ledger_adds_up_after_any_sequence(store: Store, seed: int) -> None:
    chance = Random(seed)
    run = start(store, since=NOW - timedelta(days=14))
    for n in range(60):
        if chance.random() < 0.1:
            run = start(store, since=NOW - timedelta(days=chance.randrange(1, 30)))
        with suppress(KlipingError):  # a URL or an article that is not there yet
            chance.choice(STEPS)(store, run, chance)
        if n % 10 == 9:
            check(store)
    check(store)


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
MAYBE = st.none() | TEXT
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.builds(
    lambda seconds, zone: datetime.fromtimestamp(seconds / 1000, zone), st.integers(-(10**12), 4 * 10**12), OFFSETS
)
SHARES = st.floats(0, 1)
NUMBERS = st.integers(0, 10**6)
ARTICLES = st.builds(
    Article,
    url=st.just(url(1)),
    canonical_url=st.just(url(1)),
    outlet=st.just("kota"),
    kind=st.sampled_from(Kind),
    fetched_at=MOMENTS,
    sha256=TEXT,
    headline=MAYBE,
    description=MAYBE,
    article_body=TEXTS,
    date_published=st.none() | MOMENTS,
    date_modified=st.none() | MOMENTS,
    authors=TEXTS,
    keywords=TEXTS,
    in_language=st.none() | st.sampled_from(["id", "en", "tet"]),
    language_confidence=st.none() | SHARES,
    press_release=st.booleans(),
    watches=st.lists(
        st.builds(
            WatchMatch,
            id=st.sampled_from(["mgmac", "amf"]),
            edition=st.none() | NUMBERS,
            reason=TEXT,
            evidence=st.lists(st.builds(Evidence, TEXT, NUMBERS, NUMBERS, TEXT, TEXT), max_size=2).map(tuple),
        ),
        max_size=3,
    ).map(tuple),
    tags=st.lists(st.builds(Tag, st.sampled_from(["a", "b"]), TEXT, TEXT), max_size=3).map(tuple),
    people=st.lists(st.builds(Person, TEXT, MAYBE), max_size=2).map(tuple),
    quotes=st.lists(st.builds(Quote, TEXT, MAYBE, MAYBE, TEXT, NUMBERS, NUMBERS), max_size=2).map(tuple),
    rights=st.builds(Rights, MAYBE, MAYBE, MAYBE, MAYBE),
    provenance=st.lists(st.builds(Provenance, TEXT, TEXT, SHARES, MAYBE), max_size=2).map(tuple),
)


def offsets(one: Article) -> list[timedelta | None]:
    moments = (one.fetched_at, one.date_published, one.date_modified)
    return [moment.utcoffset() for moment in moments if moment is not None]


@settings(max_examples=200, deadline=None)
@given(ARTICLES)
def test_an_article_in_json_is_the_article(made: Article) -> None:
    back = ARTICLE.validate_python(ARTICLE.dump_python(made, mode="json"))
    assert back == made
    assert offsets(back) == offsets(made)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=ARTICLES)
@example(made=article(url(1), body="\0 \ufffe \U0010ffff", headline="\0"))
def test_a_stored_article_is_the_article(store: Store, made: Article) -> None:
    address = url(store.ledger.seen())
    made = replace(made, url=address, canonical_url=address)
    store.ledger.add(address, address, "kota", None, None, NOW)
    one = store.articles.get(keep(store, None, made).article_id)
    assert one is not None
    assert one.article == made
    assert offsets(one.article) == offsets(made)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đà Nẵng", "da nang"),
        ("STRASSE Straße", "strasse strasse"),
        ("  satu\n\tdua ", "satu dua"),
        ("ﬁlm ½", "film 1⁄2"),
        ("İstanbul ı", "istanbul i"),
        ("เชียงใหม่", "เชียงใหม่"),
        ("ភ្នំពេញ", "ភ្នំពេញ"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(folded) == folded
