"""Watches that are told at once: marked in the operator's file, of the bundled ones too."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import WatchError
from pipeline.watches import load_watches, mark_urgent, new_watch, remove_watch, undo_change, watch_toml
from pipeline.watches.read import bundled_watches

OWN = '[[watch]]\nid = "sungai"\ntitle = "Sungai"\nnames.id = ["Forum Kota Tepi Sungai"]\n'


def urgent(file: Path) -> set[str]:
    return {watch.id for watch in load_watches(file) if watch.urgent}


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("", set()),
        ('urgent = ["mgmac"]\n', {"mgmac"}),
        (f'urgent = ["mgmac", "sungai"]\n{OWN}', {"mgmac", "sungai"}),
        (f"{OWN}urgent = true\n", {"sungai"}),
        (f"{OWN}urgent = false\n", set()),
    ],
    ids=["nothing", "a-bundled-one", "two", "its-own-line", "its-own-line-says-no"],
)
def test_which_are_urgent(tmp_path: Path, text: str, marked: set[str]) -> None:
    file = tmp_path / "watches.toml"
    file.write_text(text, encoding="utf-8")
    assert urgent(file) == marked


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('urgent = ["nobody"]\n', "no watch is called 'nobody'"),
        ('urgent = "mgmac"\n', "urgent"),
        ("urgent = [3]\n", "urgent"),
        (f'{OWN}urgent = "yes please"\n', "urgent"),
    ],
    ids=["an-unknown-one", "no-list", "a-number", "no-yes-or-no"],
)
def test_a_wrong_mark_is_refused_in_one_line(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "watches.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(WatchError, match=told) as refused:
        load_watches(file)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "text",
    ["", OWN, f"# ours\nurgent = []\n\n{OWN}", f'urgent = [\n  "amf",  # also\n]\n{OWN}'],
    ids=["no-file", "none", "empty", "over-lines"],
)
def test_a_mark_is_set_and_taken_away_and_all_else_stays(tmp_path: Path, text: str) -> None:
    file = tmp_path / "watches.toml"
    file.write_text(text, encoding="utf-8")
    before, ids = urgent(file), {watch.id for watch in load_watches(file)}
    mark_urgent(file, "mgmac", urgent=True)
    mark_urgent(file, "mgmac", urgent=True)
    assert urgent(file) == before | {"mgmac"}
    mark_urgent(file, "mgmac", urgent=False)
    assert urgent(file) == before
    assert {watch.id for watch in load_watches(file)} == ids
    undo_change(file)
    assert urgent(file) == before | {"mgmac"}


def test_a_watch_that_says_it_itself_is_left_to_an_editor(tmp_path: Path) -> None:
    file = tmp_path / "watches.toml"
    file.write_text(f"{OWN}urgent = true\n", encoding="utf-8")
    with pytest.raises(WatchError, match="take that line out in an editor"):
        mark_urgent(file, "sungai", urgent=False)


def test_a_removed_watch_leaves_no_mark_behind(tmp_path: Path) -> None:
    file = tmp_path / "watches.toml"
    file.write_text(f'urgent = ["mgmac", "sungai"]\n{OWN}', encoding="utf-8")
    remove_watch(file, "sungai")
    assert urgent(file) == {"mgmac"}


def test_a_mark_changes_nothing_of_what_matches(tmp_path: Path) -> None:
    """The digest keys what was matched by: it stays, and nothing is matched anew."""
    file = tmp_path / "watches.toml"
    file.write_text('urgent = ["mgmac"]\n', encoding="utf-8")
    assert load_watches(file).digest == bundled_watches().digest


def test_a_written_watch_keeps_its_mark() -> None:
    assert "urgent" not in watch_toml(new_watch("Forum Kota Tepi Sungai"))
