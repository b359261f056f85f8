"""The register of people: joined over articles on safe evidence only; a person's word stands through every rework."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from pipeline.errors import NotFoundError
from pipeline.model import Person, Quote, Run
from pipeline.store import Store
from tests.pipeline.store.build import MINUTE, NO_WATCH, NOW, article, keep, kept, start, url

RATNA = Person("Ratna Dewi", "Wali Kota Bogor", "mayor", "id-bogor")
WORD = Quote("Kami siap", "Ratna Dewi", None, "direct", 0, 9, "kata")


@pytest.fixture
def run(store: Store) -> Run:
    return start(store)


def read(store: Store) -> None:
    while waiting := store.people.unread(3)[0]:
        store.people.read_in(waiting)


def named(store: Store) -> dict[str, list[int]]:
    """Shown name and number of each person: his articles."""
    read(store)
    found = store.people.list(limit=100)
    return {f"{one.name} {one.id}": [each.article_id for each in store.people.get(one.id)[1]] for one in found}


def partition(store: Store) -> set[tuple[str, tuple[int, ...]]]:
    return {(name.rpartition(" ")[0], tuple(numbers)) for name, numbers in named(store).items()}


def test_one_name_one_office_and_city_are_one_person(store: Store, run: Run) -> None:
    a = kept(store, run, 1, people=(RATNA,), quotes=(WORD, WORD)).article_id
    b = kept(store, run, 2, people=(replace(RATNA, name="RATNA DEWI", role="Bogor Mayor"),)).article_id
    c = kept(store, run, 3, people=(replace(RATNA, role=None, office=None, city=None),)).article_id
    read(store)
    (only,) = store.people.list(limit=9)
    assert (only.name, only.articles, only.quotes, only.office, only.city) == ("Ratna Dewi", 3, 2, "mayor", "id-bogor")
    assert [one.article_id for one in store.people.get(only.id)[1]] == [a, b, c]


@pytest.mark.parametrize(
    "other",
    [
        replace(RATNA, role="Wali Kota Medan", city="id-medan"),
        replace(RATNA, role="Menteri Sosial", office="minister", city=None),
        replace(RATNA, name="Ratna Dewi Lestari"),
    ],
    ids=["another city", "another office", "a longer name"],
)
def test_what_may_be_another_person_is_not_joined(store: Store, run: Run, other: Person) -> None:
    kept(store, run, 1, people=(RATNA,))
    kept(store, run, 2, people=(other,))
    assert [len(numbers) for numbers in named(store).values()] == [1, 1]


def test_one_word_is_nobody_of_the_register(store: Store, run: Run) -> None:
    kept(store, run, 1, people=(Person("Joko", "Sekda", "regional-secretary"), Person("I. Joko", None)))
    assert named(store) == {}


def test_an_article_without_office_is_joined_where_only_one_can_be_meant(store: Store, run: Run) -> None:
    blank = replace(RATNA, role=None, office=None, city=None)
    kept(store, run, 1, people=(RATNA,))
    kept(store, run, 2, people=(replace(RATNA, city="id-medan"),))
    c = kept(store, run, 3, people=(blank,)).article_id
    d = kept(store, run, 4, people=(blank,)).article_id
    assert [c, d] in named(store).values()


def test_reading_twice_changes_nothing(store: Store, run: Run) -> None:
    kept(store, run, 1, people=(RATNA,))
    kept(store, run, 2, people=(RATNA, Person("Budi Santoso", "Gubernur Bali", "governor", "id-bali")))
    before = named(store)
    store.people.read_in([1, 2])
    assert named(store) == before
    assert store.people.unread(5) == ([], 0)


def test_a_rework_is_read_anew_and_what_leaves_scope_goes(store: Store, run: Run) -> None:
    kept(store, run, 1, people=(RATNA,))
    kept(store, run, 2, people=(RATNA,))
    assert [*named(store).values()] == [[1, 2]]
    keep(store, run, article(url(2), people=(replace(RATNA, name="Ratna Sari"),)), code="code2")
    assert partition(store) == {("Ratna Dewi", (1,)), ("Ratna Sari", (2,))}
    keep(store, run, article(url(1), watches=(), people=(RATNA,)), verdict=NO_WATCH, code="code3")
    assert partition(store) == {("Ratna Sari", (2,))}


def test_a_merge_stands_through_a_rework_and_is_undone(store: Store, run: Run) -> None:
    kept(store, run, 1, people=(RATNA,))
    kept(store, run, 2, people=(replace(RATNA, role="Gubernur Jawa Barat", office="governor", city="id-jawa-barat"),))
    first, second = (int(name.rpartition(" ")[2]) for name in sorted(named(store)))
    made = store.people.merge(first, second, reason="elected", actor="Ani", now=NOW)
    assert [*named(store).values()] == [[1, 2]]
    assert store.people.get(first)[0].id == second
    keep(store, run, article(url(1), people=(RATNA,)), code="code2")
    kept(store, run, 3, people=(RATNA,))
    assert [*named(store).values()] == [[1, 2, 3]]
    store.people.undo(made.id, actor="Budi", now=NOW + MINUTE)
    assert sorted(named(store).values()) == [[1, 3], [2]]
    assert [(one.action, one.actor) for one in store.audit.list(f"person:{first}")] == [
        ("undo merge of people, decision 1", "Budi"),
        ("merge people", "Ani"),
    ]


def test_a_split_stands_through_a_rework_and_takes_only_its_articles(store: Store, run: Run) -> None:
    for n in (1, 2, 3):
        kept(store, run, n, people=(RATNA,))
    (name,) = named(store)
    person = int(name.rpartition(" ")[2])
    made = store.people.split(person, [2], reason=None, actor="Ani", now=NOW)
    keep(store, run, article(url(2), people=(RATNA,)), code="code2")
    kept(store, run, 4, people=(RATNA,))
    assert sorted(named(store).values()) == [[1, 3, 4], [2]]
    assert made.articles == (2,)
    assert made.into_id is not None
    assert [one.article_id for one in store.people.get(made.into_id)[1]] == [2]


def test_a_name_that_a_person_gave_stands_and_is_found(store: Store, run: Run) -> None:
    kept(store, run, 1, people=(RATNA,))
    read(store)
    made = store.people.rename(1, "Hj. Ratna  Dewi, M.Si.", reason=None, actor="Ani", now=NOW)
    keep(store, run, article(url(1), people=(RATNA,)), code="code2")
    read(store)
    assert [one.name for one in store.people.list(text="ratna dewi, m.si", limit=5)] == ["Hj. Ratna Dewi, M.Si."]
    store.people.undo(made.id, actor="Ani", now=NOW)
    assert [one.name for one in store.people.list(text="RATNA", limit=5)] == ["Ratna Dewi"]


def test_lists_are_narrowed_by_office_city_and_number(store: Store, run: Run) -> None:
    kept(store, run, 1, people=(RATNA, Person("Budi Santoso", "Gubernur Bali", "governor", "id-bali")))
    kept(store, run, 2, people=(RATNA,))
    read(store)
    assert [one.name for one in store.people.list(limit=5)] == ["Ratna Dewi", "Budi Santoso"]
    assert [one.name for one in store.people.list(office="governor", limit=5)] == ["Budi Santoso"]
    assert [one.name for one in store.people.list(city="id-bogor", limit=5)] == ["Ratna Dewi"]
    assert [one.name for one in store.people.list(limit=1)] == ["Ratna Dewi"]


def test_nobody_and_what_means_nothing_are_refused_in_words(store: Store, run: Run) -> None:
    kept(store, run, 1, people=(RATNA,))
    read(store)
    with pytest.raises(NotFoundError, match="person 9: nobody"):
        store.people.get(9)
    with pytest.raises(NotFoundError, match="person 9: nobody"):
        store.people.merge(1, 9, reason=None, actor="Ani", now=NOW)
    with pytest.raises(ValueError, match="one person already"):
        store.people.merge(1, 1, reason=None, actor="Ani", now=NOW)
    with pytest.raises(ValueError, match="does not name person 1"):
        store.people.split(1, [7], reason=None, actor="Ani", now=NOW)
    with pytest.raises(ValueError, match="one must stay"):
        store.people.split(1, [1], reason=None, actor="Ani", now=NOW)
    with pytest.raises(NotFoundError, match="decision 4: does not stand"):
        store.people.undo(4, actor="Ani", now=NOW)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_when_all_is_undone_it_is_as_if_nothing_was_said(store: Store, run: Run, seed: int) -> None:
    chance = random.Random(seed)
    for n in range(1, 7):
        kept(store, run, n, people=(replace(RATNA, city=chance.choice(["id-bogor", "id-medan", "id-solo"])),))
    before = named(store)
    for _ in range(12):
        people = [one.id for one in store.people.list(limit=20)]
        who = chance.choice(people)
        articles = [one.article_id for one in store.people.get(who)[1]]
        if len(people) > 1 and chance.random() < 0.5:
            store.people.merge(*chance.sample(people, 2), reason=None, actor="Ani", now=NOW)
        elif len(articles) > 1:
            store.people.split(who, articles[1:], reason=None, actor="Ani", now=NOW)
        else:
            store.people.rename(who, f"Ratna {who}", reason=None, actor="Ani", now=NOW)
        assert sorted(number for numbers in named(store).values() for number in numbers) == [1, 2, 3, 4, 5, 6]
    standing = [one.id for one in store.people.decisions()]
    for number in chance.sample(standing, len(standing)):
        store.people.undo(number, actor="Ani", now=NOW)
    assert named(store) == before
