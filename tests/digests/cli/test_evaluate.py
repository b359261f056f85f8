"""`kliping evaluate`: its tables and JSON, other programs' predictions, and wrong use."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from digests.cli.entry import run
from tests.digests.cli.running import one_line
from tests.pipeline.reading import SENTENCE, article_html, paragraphs


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KLIPING_HOME", str(tmp_path / "home"))
    folder = tmp_path / "pages"
    folder.mkdir()
    label = {"file": "a.html", "url": "https://kabar.example/kota/a", "body": SENTENCE}
    (folder / "gold.jsonl").write_text(json.dumps(label) + "\n")
    (folder / "a.html").write_text(article_html(paragraphs(SENTENCE)))
    (folder / "other.jsonl").write_text(json.dumps({"file": "a.html", "article": {"article_body": [SENTENCE]}}) + "\n")
    return folder


def test_another_programs_figures_stand_in_the_table(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["evaluate", "pages", str(data), "--against", str(data / "other.jsonl")]) == 0
    out = capsys.readouterr().out
    (header,) = [line for line in out.splitlines() if line.startswith("field") and "trafilatura" in line]
    assert header.split()[-1] == "other"


def test_json_is_one_document(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = data / "out.jsonl"
    assert run(["evaluate", "pages", str(data), "--json", "--predictions", str(out)]) == 0
    assert json.loads(capsys.readouterr().out)["task"] == "pages"
    assert json.loads(out.read_text())["article"]["article_body"] == [SENTENCE]


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["stories", "{data}/gold.jsonl", "--against", "{data}/other.jsonl"], 2, "only pages, extraction"),
        (["pages", "{data}", "--against", "{data}/none.jsonl"], 1, "none.jsonl: cannot be read"),
        (["pages", "{data}", "--against", "{data}/a.html"], 1, "a.html: line 1: not JSON"),
        (["pages", "{data}/none"], 2, "does not exist"),
        (["pages", "{data}", "--predictions", "{data}"], 1, "cannot be written"),
        (["extraction", "{data}"], 1, "ground-truth.json: cannot be read"),
        (["weather", "{data}"], 2, "weather"),
    ],
)
def test_wrong_use_is_one_line(
    data: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], status: int, message: str
) -> None:
    assert run(["evaluate", *(word.format(data=data) for word in arguments)]) == status
    assert message in one_line(capsys.readouterr().err)
