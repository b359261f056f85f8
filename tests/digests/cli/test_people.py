"""`kliping people`: the register for a person and for scripts, and the corrections of it."""

from __future__ import annotations

import pytest

from pipeline.people import find_people
from tests.digests.cli.desk import Desk
from tests.pipeline.store.build import article, url

SAID = "Wali Kota Bogor Ratna Dewi mengatakan sampah dipilah di rumah. Ratna hadir di Bogor."
LATER = "Gubernur Jawa Barat Ratna Dewi membuka pasar."


@pytest.fixture
def desk(desk: Desk) -> Desk:
    for n, text in ((1, SAID), (2, SAID), (3, LATER)):
        people = find_people(article(url(n), body=text)).people
        desk.write(n, "antara", "Pasar dibuka", (text,), n, people=people)
    return desk


def test_the_list_tells_who_is_named_where_and_as_what(desk: Desk) -> None:
    mayor, governor = desk.lines("people", "list")
    assert (mayor["name"], mayor["articles"], mayor["office"], mayor["city"]) == ("Ratna Dewi", 2, "mayor", "id-bogor")
    assert (governor["role"], governor["articles"]) == ("Gubernur Jawa Barat", 1)
    assert [one["id"] for one in desk.lines("people", "list", "--city", "Bogor")] == [mayor["id"]]
    assert [one["id"] for one in desk.lines("people", "list", "--role", "governor")] == [governor["id"]]
    shown = desk.run("people", "list", "--name", "ratna")
    assert shown.status == 0
    assert "Wali Kota Bogor" in shown.out


def test_a_merge_shows_roles_over_time_and_is_taken_back(desk: Desk) -> None:
    mayor, governor = (one["id"] for one in desk.lines("people", "list"))
    made = desk.run("people", "merge", str(governor), str(mayor), "--reason", "elected", "--by", "Sari")
    assert f"decision 1 of Sari: person {governor} is person {mayor} (elected)" in made.out
    page = desk.json("people", "show", str(governor))
    assert [role["role"] for role in page["roles"]] == ["Wali Kota Bogor", "Gubernur Jawa Barat"]
    assert (page["person"]["id"], page["person"]["articles"]) == (mayor, 3)
    assert "3 articles" in desk.run("people", "show", str(mayor)).out
    assert "taken back by Sari" in desk.run("people", "undo", "1", "--by", "Sari").out
    assert len(desk.lines("people", "list")) == 2
    assert "taken back" in desk.run("people", "decisions").out


def test_a_split_and_a_name_are_told_for_scripts(desk: Desk) -> None:
    mayor = desk.lines("people", "list")[0]["id"]
    number = desk.json("people", "show", str(mayor))["appearances"][0]["article_id"]
    split = desk.json("people", "split", str(mayor), str(number))
    assert (split["action"], split["articles"]) == ("split", [number])
    renamed = desk.json("people", "rename", str(split["into_id"]), "Ratna Dewi dari Medan")
    assert renamed["name"] == "Ratna Dewi dari Medan"
    assert [one["action"] for one in desk.lines("people", "decisions")] == ["rename", "split"]


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("show", "99"), 1, "person 99: nobody of that number"),
        (("merge", "1", "1"), 2, "one person already"),
        (("split", "1", "99"), 2, "`kliping people show 1` lists the articles"),
        (("rename", "1", "  "), 2, "a name is wanted"),
        (("undo", "7"), 1, "does not stand"),
        (("list", "--city", "Atlantis"), 2, "no city or province"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_what_cannot_be_done_is_said_in_one_line(desk: Desk, words: tuple[str, ...], status: int, said: str) -> None:
    done = desk.run("people", *words)
    assert done.status == status
    assert said in done.err
    assert "Traceback" not in done.err
