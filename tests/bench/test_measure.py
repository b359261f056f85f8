"""The measuring itself: whose time counts, and what a ratio is of."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench import peers
from tests.bench.measure import compared, measure


class Clock:
    """Moves on by what an act says it takes."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def taking(self, seconds: float) -> None:
        self.now += seconds


def test_a_ratio_is_of_each_items_median() -> None:
    clock = Clock()
    taken: list[float] = []

    def ours(item: float) -> None:
        taken.append(item)
        clock.taking(100 if len(taken) <= 2 else 2 * item)  # the first round warms up and counts for nothing

    (row,) = measure({"ours": ours}, clock.taking, [1.0, 3.0], rounds=3, clock=clock)
    assert (row.name, row.ours_ms, row.reference_ms) == ("ours", 4000, 2000)
    assert [row.total, row.worst, row.worst_item] == pytest.approx([2, 2, 0])
    assert len(taken) == 2 * (1 + 3)


def test_the_worst_item_is_named_and_the_typical_is_a_geometric_mean() -> None:
    row = compared("x", [1.0, 8.0], [1.0, 2.0])
    assert [row.total, row.typical, row.worst, row.worst_item] == pytest.approx([3, 2, 4, 1])


def test_an_act_of_no_time_gives_a_ratio() -> None:
    assert compared("x", [0.0], [0.0]).total >= 0


# --- the script that runs other programs -----------------------------------------------------------------------------


def test_pages_of_both_forms_are_found(tmp_path: Path) -> None:
    (tmp_path / "ground-truth.json").write_text('{"1": {"articleBody": "x", "url": "u"}, "2": {}}')
    assert list(peers.pages(tmp_path)) == [("html/1.html.gz", "u", None), ("html/2.html.gz", "", None)]
    (tmp_path / "gold.jsonl").write_text('{"file": "a.html", "url": "u", "lang": "id"}\n')
    assert list(peers.pages(tmp_path)) == [("a.html", "u", "id")]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>café", "<p>café"),
        ('<meta charset="windows-1252"><p>caf\udce9', '<meta charset="windows-1252"><p>café'),
        ("<meta charset=none-such><p>kota", "<meta charset=none-such><p>kota"),
    ],
)
def test_markup_is_decoded_as_it_declares(tmp_path: Path, body: str, text: str) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(body.encode("utf-8", "surrogateescape"))
    assert peers.decoded(path) == text


def test_a_program_that_fails_on_a_page_says_so_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def read(markup: str, url: str, language: str | None) -> dict[str, object]:
        if "bad" in markup:
            raise RuntimeError("no such tag")
        return {"headline": url}

    monkeypatch.setattr(socket.socket, "connect", socket.socket.connect)  # put back after the test
    monkeypatch.setitem(peers.PROGRAMS, "newspaper4k", read)
    (tmp_path / "a.html").write_text("bad")
    (tmp_path / "b.html").write_text("good")
    (tmp_path / "gold.jsonl").write_text('{"file": "a.html", "url": "1"}\n{"file": "b.html", "url": "2"}\n')
    peers.main("newspaper4k", tmp_path)
    out, err = capsys.readouterr()
    first, second = (json.loads(line) for line in out.splitlines())
    assert (first["article"], second["article"]) == (None, {"headline": "2"})
    assert "newspaper4k: a.html: RuntimeError: no such tag" in err


def test_the_script_needs_nothing_of_ours() -> None:
    command = [sys.executable, "-I", "-S", peers.__file__]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("usage: peers.py newspaper4k|news-please DATA")
