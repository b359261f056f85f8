"""`kliping dossiers`: they open by themselves, show themselves in three forms, and keep what persons say."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from pipeline.model import RunState
from tests.digests.cli.desk import Desk
from tests.digests.cli.running import one_line
from tests.digests.world import crawl
from tests.pipeline.store.build import NOW

OPENING = ("MGMAC 2026 berlangsung pada 20-21 November 2026.", "MGMAC 2026 dihadiri 234 delegasi.")
OTHER = ("MGMAC 2026 dibuka di kota.", "About 200 delegates attended MGMAC 2026.")


@pytest.fixture
def told(desk: Desk) -> Desk:
    """Two reports of a forum beside the desk's six pieces."""
    desk.write(21, "antara", "MGMAC Dibuka", OPENING, 1)
    desk.write(22, "malaymail", "MGMAC opens", OTHER, 2)
    return desk


def test_a_dossier_opens_by_itself(told: Desk) -> None:
    (row,) = told.lines("dossiers", "list")
    assert (row["id"], row["state"], row["notes"]) == ("mgmac-2026", "open", 0)
    again = told.lines("dossiers", "list", "--watch", "mgmac")
    assert again == [row]  # with the same instant of opening
    assert told.lines("dossiers", "list", "--watch", "ascn") == []
    assert "mgmac-2026" in told.run("dossiers", "list").out


def test_it_is_shown_as_text(told: Desk) -> None:
    shown = told.run("dossiers", "show", "mgmac-2026", "--language", "en")
    assert shown.status == 0
    for words in ("20–21 November 2026", "DISPUTED FACTS", "about 200", "234", "WHAT WAS NOT COVERED", "MGMAC Dibuka"):
        assert words in shown.out


def test_it_is_written_as_a_page(told: Desk, tmp_path: Path) -> None:
    file = tmp_path / "dossier.html"
    done = told.run("dossiers", "show", "mgmac-2026", "--format", "html", "-o", str(file))
    assert (done.status, done.out) == (0, "")
    assert file.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_json_has_what_was_not_covered(told: Desk) -> None:
    here = told.office(NOW)
    crawl(here.store, "inews", state=RunState.FAILED, now=NOW + timedelta(hours=1))
    here.close()
    found = told.json("dossiers", "show", "mgmac-2026")
    assert found == json.loads(told.run("dossiers", "show", "mgmac-2026", "--format", "json").out)
    assert {gap["why"] for gap in found["gaps"] if gap["outlet"] == "inews"} >= {"failed"}
    assert [one["about"] for one in found["disputes"]] == ["attended delegates"]


def test_a_note_a_closing_and_days_stand_until_they_are_undone(told: Desk) -> None:
    note = told.json("dossiers", "note", "mgmac-2026", "ask the bureau", "--by", "Sari")
    closed = told.json("dossiers", "close", "mgmac-2026", "--by", "Sari", "--reason", "complete")
    fixed = told.json("dossiers", "days", "mgmac-2026", "2026-11-22", "2026-11-23", "--by", "Sari")
    assert [one["action"] for one in (note, closed, fixed)] == ["note", "close", "days"]
    (row,) = told.lines("dossiers", "list")
    assert (row["state"], row["notes"]) == ("closed", 1)
    shown = told.run("dossiers", "show", "mgmac-2026", "--language", "en").out
    for words in ("ask the bureau", "Closed", "complete", "22–23 November 2026", "fixed by Sari"):
        assert words in shown
    for one in (note, closed, fixed):
        assert told.run("dossiers", "undo", str(one["id"])).status == 0
    (row,) = told.lines("dossiers", "list")
    assert (row["state"], row["notes"]) == ("open", 0)
    assert "20–21 November 2026" in told.run("dossiers", "show", "mgmac-2026", "--language", "en").out


def test_a_closed_dossier_is_reopened_once(told: Desk) -> None:
    assert told.run("dossiers", "close", "mgmac-2026").status == 0
    again = told.run("dossiers", "close", "mgmac-2026")
    assert again.status == 2
    assert "closed already" in one_line(again.err)
    assert told.run("dossiers", "reopen", "mgmac-2026").status == 0
    assert "nothing to reopen" in one_line(told.run("dossiers", "reopen", "mgmac-2026").err)


def test_a_dossier_whose_articles_were_rejected_is_told_of(told: Desk) -> None:
    assert told.run("dossiers", "note", "mgmac-2026", "ask the bureau").status == 0
    here = told.office(NOW)
    for stored in here.store.articles.find():
        here.store.articles.correct(stored.id, "reject", "not ours", "Sari", NOW)
    here.close()
    (row,) = told.lines("dossiers", "list")
    assert (row["id"], row["articles"], row["state"], row["notes"]) == ("mgmac-2026", 0, "empty", 1)
    assert "none of its articles is in scope" in one_line(told.run("dossiers", "show", "mgmac-2026").err)


WRONG = (
    (("show", "mgmac-1999"), "no dossier is called"),
    (("show", "mgmac"), "there is mgmac-2026"),
    (("days", "mgmac-2026", "2026-11-23", "2026-11-22"), "before it begins"),
    (("days", "mgmac-2026", "soon"), "soon"),
    (("show", "mgmac-2026", "--json", "--format", "html"), "give one of them"),
    (("note", "mgmac-2026", "  "), "write the note"),
    (("undo", "99"), "none stands"),
    (("show", "mgmac-2026", "--language", "fr"), "fr"),
    (("show", "mgmac-2026", "-o", "/no/such/folder/file"), "cannot be written"),
)


def test_a_wrong_word_is_one_line(told: Desk) -> None:
    for words, said in WRONG:
        done = told.run("dossiers", *words)
        assert done.status in (1, 2), words
        assert said in done.err.strip().splitlines()[-1]
        assert "Traceback" not in done.err
