"""What is printed: safe in a terminal, readable in a narrow one, one row a line on a pipe, JSON that is JSON."""

from __future__ import annotations

import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from rich.text import Text

from digests.cli import output, tables
from digests.cli.visible import json_text, one_line, visible
from tests.digests.cli.running import kliping

HOSTILE = "\x1b]0;stolen\x07\x1b[2J\x9b31mred\x7f \u202egnp.exe\r"
FORBIDDEN = [
    chr(code) for code in (*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F)) if chr(code) not in "\t\n"
]


def obeyed(text: str) -> list[str]:
    """The characters in it that a terminal would obey."""
    return [character for character in text if character in FORBIDDEN]


@pytest.mark.parametrize("text", [HOSTILE, "\x00", "\ud800", "\x1b[31m[bold]x[/bold]", "".join(FORBIDDEN)])
def test_no_control_character_reaches_the_terminal(text: str) -> None:
    for shown in (visible(text), one_line(text), json_text([text], default=str, ascii_only=False)):
        assert obeyed(shown) == []
        shown.encode("utf-8")


@pytest.mark.parametrize("text", ["Selamat pagi,\n\tJakarta", "ရန်ကုန်", "নমস্কার", "क्\u200dष", "–“”"])
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize("foreign", [False, True])
def test_escaped_json_means_the_same(foreign: bool) -> None:
    document = {"text": HOSTILE, "lone": "\ud800", "good": "Việt Nam"}
    assert json.loads(json_text(document, default=str, ascii_only=foreign)) == document


def test_a_hostile_page_can_be_inspected(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    text = f"<html><body><h1>{HOSTILE}[bold]Judul[/bold]</h1><p>{HOSTILE} Kalimat yang pertama.</p></body></html>"
    page.write_text(text, encoding="utf-8")
    for more in ((), ("--json",)):
        ran = kliping(tmp_path / "home", "inspect", str(page), *more)
        assert (ran.status, obeyed(ran.out)) == (0, [])
    assert "[bold]Judul[/bold]" in ran.out


ROWS = [(1, "antara", "Sebuah judul yang panjang " * 4, "https://satu.example/" + "a" * 60), (22, None, "Pendek", None)]


def table_in_terminal(monkeypatch: pytest.MonkeyPatch, columns: int) -> str:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("TERM", "xterm")
    tables.print_table(("id", "outlet", "headline", "url"), ROWS)
    return Text.from_ansi(terminal.getvalue()).plain


def test_a_wide_terminal_gets_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    first, *rest = table_in_terminal(monkeypatch, 160).splitlines()
    assert first.split() == ["id", "outlet", "headline", "url"]
    assert any("https://satu.example/" + "a" * 60 in line for line in rest)


def test_a_narrow_terminal_gets_one_value_under_the_other_and_addresses_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = table_in_terminal(monkeypatch, 60).splitlines()
    assert lines[0].split() == ["id", "1"]
    assert "https://satu.example/" + "a" * 60 in "\n".join(lines)
    assert all(len(line) <= 60 for line in lines if "https" not in line)


def test_on_a_pipe_a_row_is_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    tables.print_table(("id", "outlet", "headline", "url"), ROWS)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1 + len(ROWS)
    assert lines[2].split() == ["22", "–", "Pendek", "–"]


def test_no_rows_are_told_of_beside_the_output(capsys: pytest.CaptureFixture[str]) -> None:
    tables.print_table(("id",), [], none="nothing is stored")
    assert tuple(capsys.readouterr()) == ("", "nothing is stored\n")


def test_long_work_shows_a_bar_in_a_terminal_and_nothing_in_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    with output.progress("counting") as bar:
        bar(1, 2)
    assert capsys.readouterr().err == ""
    code = "from digests.cli.output import progress\nwith progress('counting') as bar: bar(1, 2)"
    parent, child = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "80"}
    subprocess.run([sys.executable, "-c", code], stderr=child, env=environment, check=True)
    os.close(child)
    shown = os.read(parent, 100_000).decode()
    os.close(parent)
    assert "counting" in shown
    assert "1/2" in shown


@pytest.mark.parametrize("stream", ["> /dev/full", "| head -c 1", ">&-"])
def test_an_output_that_takes_no_more_is_no_traceback(tmp_path: Path, stream: str) -> None:
    command = f"KLIPING_HOME={tmp_path} {sys.executable} -m digests.cli watches list --json {stream}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    told = "kliping: standard output: cannot be written: No space left on device\n" if "full" in stream else ""
    assert done.stderr == told


@pytest.mark.parametrize("more", [(), ("--json",)])
def test_a_terminal_of_another_encoding_breaks_nothing(tmp_path: Path, more: tuple[str, ...]) -> None:
    ran = kliping(tmp_path, "watches", "list", *more, environment={"PYTHONIOENCODING": "ascii"})
    assert (ran.status, ran.out.isascii()) == (0, True)
    if more:
        assert "mgmac" in {watch["id"] for watch in ran.lines}
