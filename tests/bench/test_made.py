"""The made archive: each article again from its number, every row as the store reads it, copies to be found."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from pipeline.duplicates import compare
from pipeline.fingerprint import text_keys
from pipeline.model import Disposition
from pipeline.store import Store, open_store
from tests.bench.archive_made import NOW, fill, identity
from tests.bench.copies import KINDS, added, copies_of
from tests.bench.made_texts import GROUPS, SENTENCES, Stock, copied, group_of, made, prints

COUNT = 330
_WORDS = ("kota", "pasar", "sungai", "warga", "hujan", "jalan", "lampu", "sekolah", "kapal", "sawah", "gunung", "taman")
SENTENCE_LENGTHS = (9, 12, 15)


@pytest.fixture(scope="module")
def of() -> Stock:
    sentences = tuple(
        tuple(f"{_WORDS[(n * k + place) % len(_WORDS)]}{place * n % 97}" for place in range(SENTENCE_LENGTHS[n % 3]))
        for n in range(1, 60)
        for k in (1, 5, 7)
    )
    return Stock(sentences, tuple(f"{word}{n}" for word in _WORDS for n in range(40)), COUNT)


@pytest.fixture(scope="module")
def store(of: Stock, tmp_path_factory: pytest.TempPathFactory) -> Store:
    file = tmp_path_factory.mktemp("made") / "archive.sqlite"
    told: list[int] = []
    fill(file, of, [copied(of, 151, "near", COUNT)], progress=told.append)
    assert told == [COUNT]
    return open_store(f"sqlite:///{file}")


def test_an_article_is_the_same_each_time(of: Stock) -> None:
    assert made(of, 7) == made(of, 7)
    assert made(of, 7).text != made(of, 8).text
    assert len(made(of, 7).paragraphs) == -(-SENTENCES // 2) + 1


def test_only_prints_are_one_text(of: Stock) -> None:
    own = [number for number in range(COUNT) if group_of(number, COUNT) is None][:30]
    assert all(compare(made(of, a).text, made(of, b).text) is None for a, b in pairwise(own))
    first, second, *_ = prints(0, COUNT)
    assert compare(made(of, first).text, made(of, second).text) is not None
    assert {group_of(number, COUNT) for number in range(COUNT)} == {None, *range(GROUPS)}


@pytest.mark.parametrize("kind", KINDS)
def test_copies_of_each_kind_are_copies(of: Stock, kind: str) -> None:
    original, copy = made(of, 151), copied(of, 151, kind, 999)
    found = compare(original.text, copy.text)
    assert found is not None
    assert (len(copy.text) < 0.7 * len(original.text)) == (kind == "abridged")
    assert copy.headline != original.headline


def test_the_store_reads_what_was_filled_in(of: Stock, store: Store) -> None:
    numbers = [identity(number) for number in (0, 7, COUNT - 1, COUNT)]
    read = {stored.id: stored for stored in store.articles.many(numbers)}
    assert [read[number].article.text for number in numbers[:3]] == [made(of, n).text for n in (0, 7, COUNT - 1)]
    assert {stored.disposition for stored in read.values()} == {Disposition.KEPT}
    assert [read[number].story_id is None for number in numbers] == [False, False, False, True]
    assert read[numbers[2]].committed_at < NOW
    assert store.fingerprints.keys(numbers[1:2]) == {numbers[1]: text_keys(made(of, 7).text)}


def test_an_added_copy_is_found(store: Store) -> None:
    _, links = copies_of(store, identity(COUNT))
    assert {(link.a, link.b) for link in links} == {(identity(151), identity(COUNT))}


def test_as_many_articles_copy_nothing_as_copy_something(of: Stock) -> None:
    larger = Stock(of.sentences, of.words, 4_000)
    coming = added(larger)
    assert 2 * sum(one.kind == "nothing" for one in coming) == len(coming)
    assert {one.kind for one in coming} == {*KINDS, "nothing"}
    assert [one.article.number for one in coming] == list(range(4_000, 4_000 + len(coming)))


def test_the_template_is_of_the_schema(store: Store, tmp_path: Path) -> None:
    with store.database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    assert not list(tmp_path.iterdir())
