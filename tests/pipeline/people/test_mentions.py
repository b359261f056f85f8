"""Whom a form of words means where it stands: for the steps that read who spoke."""

from __future__ import annotations

import itertools

import pytest

from pipeline.model import Article
from pipeline.people import find_people, last_named, mentions, resolve
from tests.pipeline.store.build import article

BODY = (
    "Wali Kota Bogor Ratna Dewi membuka pasar bersama Gubernur Jawa Barat Hendra Wijaya.",
    "Ratna mengatakan pasar ramai. Gubernur itu mengangguk.",
    "“Kami siap,” ujarnya.",
)


@pytest.fixture
def read() -> Article:
    made = article("https://kota.example/1", article_body=BODY, headline="Pasar dibuka", in_language="id")
    return find_people(made)


def test_mentions_are_slices_of_the_body_in_order(read: Article) -> None:
    found = mentions(read)
    assert [read.text[one.start : one.end] for one in found] == ["Ratna Dewi", "Hendra Wijaya", "Ratna", "Gubernur"]
    assert [one.person.name for one in found] == ["Ratna Dewi", "Hendra Wijaya", "Ratna Dewi", "Hendra Wijaya"]
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("Ratna", "Ratna Dewi"),
        ("Gubernur itu", "Hendra Wijaya"),
        ("Wali Kota Bogor Ratna Dewi", "Ratna Dewi"),
        ("Hendra Wijaya", "Hendra Wijaya"),
    ],
)
def test_a_form_means_whom_it_names_there(read: Article, form: str, name: str) -> None:
    person = resolve(read, form, read.text.index(form))
    assert person is not None
    assert person.name == name


def test_a_form_of_nobody_means_nobody(read: Article) -> None:
    assert resolve(read, "Joko", len(read.text)) is None
    assert resolve(read, "", len(read.text)) is None


def test_a_form_that_stands_at_no_known_place_is_told_by_its_words(read: Article) -> None:
    person = resolve(read, "Dewi", len(read.text))
    assert person is not None
    assert person.name == "Ratna Dewi"


def test_who_was_named_last(read: Article) -> None:
    last = last_named(read, read.text.index("ujarnya"))
    assert last is not None
    assert last.name == "Hendra Wijaya"
    assert last_named(read, 0) is None
