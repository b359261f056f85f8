"""`kliping watches`: shown, tried over everything stored, added with a back-fill, removed, undone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.model import WatchMatch
from tests.digests.cli.desk import CHOIR, Desk

FORUM = ("Para wali kota ASEAN berhimpun dalam Forum Kota Tepi Sungai di Palembang.", "Mereka membahas rakit sampah.")


@pytest.fixture
def small(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """Two articles: one of a forum that no watch names yet, one of none."""
    desk = Desk(tmp_path / "var", capsys)
    desk.write(1, "antara", "Forum Kota Tepi Sungai dibuka", FORUM, 0, watches=(WatchMatch("mgmac", None, "told so."),))
    desk.write(2, "inews", "Paduan suara lansia tampil", CHOIR, 1, watches=())
    return desk


def test_list_and_show_tell_editions(small: Desk) -> None:
    listed = small.run("watches", "list").out
    assert "2025 Kuala Lumpur" in listed
    assert {one["id"] for one in small.lines("watches", "list")} >= {"u20", "citynet", "uclg-aspac", "asean-capitals"}
    shown = small.run("watches", "show", "amf")
    assert (shown.status, "Taguig" in shown.out, "within 500 of" in shown.out) == (0, True, True)
    assert small.json("watches", "show", "u20")["editions"][0]["place"] == "Buenos Aires"
    rules = small.run("watches", "show", "asean-capitals").out
    assert "stands back where one of these matches: mgmac" in rules
    assert "3 of 11 such as Jakarta" in rules
    assert "no editions by year" in rules


def test_show_of_no_watch_is_told(small: Desk) -> None:
    ran = small.run("watches", "show", "nosuch")
    assert (ran.status, "no watch is called 'nosuch'" in ran.err) == (1, True)


def test_test_shows_each_article_with_its_evidence(small: Desk) -> None:
    found = small.json("watches", "test", "sungai", "--name", "Forum Kota Tepi Sungai")
    assert (found["looked_at"], found["lost"]) == (2, [])
    ((caught),) = (one for one in found["caught"] if one["watch"] == "sungai")
    assert (caught["article"], caught["headline"]) == (1, "Forum Kota Tepi Sungai dibuka")
    piece = caught["match"]["evidence"][0]
    assert (piece["field"], piece["text"]) == ("headline", "Forum Kota Tepi Sungai")
    told = small.run("watches", "test", "sungai", "--name", "Forum Kota Tepi Sungai").out
    assert "looked at 2 stored article(s)" in told
    assert "would catch 1 stored article(s)" in told
    assert 'The headline names "Forum Kota Tepi Sungai"' in " ".join(told.split())


def test_test_of_a_file(small: Desk, tmp_path: Path) -> None:
    file = tmp_path / "new.toml"
    file.write_text(
        '[[watch]]\nid = "asean-capitals"\ntitle = "None"\nnames.id = ["tiada sama sekali"]\n\n'
        '[[watch]]\nid = "sungai"\ntitle = "Sungai"\n[[watch.together]]\nall = [["wali kota"], ["rakit"]]\n'
    )
    found = small.json("watches", "test", "--file", str(file))
    assert [one["watch"] for one in found["caught"]] == ["sungai"]
    assert [one["watch"] for one in found["lost"]] == ["asean-capitals"]
    alone = small.json("watches", "test", "sungai", "--file", str(file))
    assert ([one["watch"] for one in alone["caught"]], alone["lost"]) == (["sungai"], [])


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (("watches", "test"), 2, "say what to try"),
        (("watches", "test", "--file", "absent.toml"), 2, "absent.toml: cannot be read"),
        (("watches", "test", "nosuch", "--file", "{broken}"), 2, "not valid TOML"),
        (("watches", "test", "amf", "--file", "{broken}", "--name", "x"), 2, "leave the other options out"),
        (("watches", "remove", "amf", "--yes"), 1, "it comes with the program"),
        (("watches", "remove", "nosuch", "--yes"), 1, "no watch is called 'nosuch'"),
        (("watches", "undo"), 1, "nothing was added or removed"),
    ],
)
def test_mistakes_are_told_in_one_line(
    small: Desk, tmp_path: Path, words: tuple[str, ...], status: int, told: str
) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("[[watch]\n")
    ran = small.run(*(word.format(broken=broken) for word in words))
    assert ran.status == status
    assert told in " ".join(ran.err.split())
    assert "Traceback" not in ran.err


def test_add_offers_a_backfill_and_does_it(small: Desk) -> None:
    added = small.run("watches", "add", "Forum Kota Tepi Sungai", "--id", "sungai", "--yes")
    assert added.status == 0, added.err
    err = " ".join(added.err.split())
    assert "`kliping watches backfill` matches all of it anew" in err
    assert "kliping crawl --since" in err
    assert small.json("articles", "show", "1")["watches"][0]["id"] == "mgmac"
    done = small.json("watches", "backfill")
    assert (done["looked_at"], done["changed"]) == (2, 1)
    assert [one["id"] for one in small.json("articles", "show", "1")["watches"]] == ["asean-capitals", "sungai"]
    assert small.json("watches", "backfill")["changed"] == 0


def test_add_with_backfill_then_undo(small: Desk) -> None:
    added = small.run("watches", "add", "Forum Kota Tepi Sungai", "--id", "sungai", "--yes", "--backfill")
    assert "told anew" in added.out
    assert "sungai" in [one["id"] for one in small.json("articles", "show", "1")["watches"]]
    undone = small.run("watches", "undo", "--backfill")
    assert (undone.status, "no watch of your own" in undone.err) == (0, True)
    assert [one["id"] for one in small.json("articles", "show", "1")["watches"]] == ["asean-capitals"]
    assert small.run("watches", "undo", "--no-backfill").status == 0
    assert "sungai" in small.run("watches", "list").out


def test_remove_takes_it_out_of_the_operators_file(small: Desk) -> None:
    small.run("watches", "add", "Forum Kota Tepi Sungai", "--id", "sungai", "--yes", "--backfill")
    removed = small.run("watches", "remove", "sungai", "--yes", "--backfill")
    assert removed.status == 0, removed.err
    assert "would lose 1 stored article(s)" in removed.out
    assert "sungai" not in small.run("watches", "list").out
    assert [one["id"] for one in small.json("articles", "show", "1")["watches"]] == ["asean-capitals"]


def test_backfill_as_json_is_one_document(small: Desk) -> None:
    assert set(json.loads(small.run("watches", "backfill", "--json").out)) == {"looked_at", "changed", "came", "left"}
