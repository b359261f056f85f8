"""From arguments to an exit status: errors are one line, JSON is alone on standard output."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from digests.cli.entry import run
from tests.digests.cli.running import kliping, one_line


def outcome(home: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = run(["--home", str(home), *arguments])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (["frobnicate"], 2, "No such command"),
        (["crawl", "nosuch"], 2, "no outlet is called 'nosuch'"),
        (["crawl", "--since", "soon"], 2, "is no date"),
        (["crawl", "--url", "ftp://x.example/"], 2, "--url ftp://x.example/"),
        (["crawl", "--replay", "missing.warc.gz"], 1, "there is no such file"),
        (["crawl", "--limit", "0"], 2, "--limit"),
        (["explain", "https://www.antaranews.com/berita/1/never-seen"], 1, "was never seen"),
        (["explain", "no address"], 2, "is no address"),
        (["inspect", "missing.html"], 1, "missing.html: No such file"),
        (["articles", "show", "12"], 1, "no article is stored as 12"),
        (["articles", "reject", "12"], 2, "--reason"),
        (["stories", "show", "s1"], 1, "no story is called 's1'"),
        (["digest", "show", "--date", "2026-01-01"], 1, "digest build --date 2026-01-01"),
        (["digest", "resolve", "1"], 2, "one of --resend and --skip"),
        (["digest", "report", "--since", "today", "--until", "7d"], 2, "--since must be before --until"),
        (["subscribers", "add", "nobody"], 2, "is no mail address"),
        (["subscribers", "remove", "a@b.example"], 1, "a@b.example"),
        (["subscribers", "import", "missing.csv"], 1, "missing.csv"),
        (["watches", "test", "nosuch"], 1, "no watch is called 'nosuch'"),
        (["outlets", "show", "nosuch"], 2, "no outlet is called"),
        (["export", "--format", "jsonl", "-o", "/nowhere/x.jsonl"], 1, "/nowhere"),
    ],
)
def test_an_error_is_one_line_with_its_status(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], status: int, told: str
) -> None:
    got, out, err = outcome(tmp_path, capsys, *arguments)
    assert (got, out) == (status, "")
    assert told in one_line(err)


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        ("timezone = 'Mars/Olympus'", "timezone"),
        ("colour = 'red'", "colour"),
        ("[crawl]\nretries = -1", "crawl.retries"),
        ("[mail]\nhost = 3", "mail.host"),
        ("smtp_password = 'secret'", "KLIPING_SMTP_PASSWORD"),
        ("newsroom = 'http://example.org'", "newsroom"),
        ("[digest\nat = 1", "not valid TOML"),
    ],
)
def test_a_wrong_setting_stops_the_program_naming_the_option(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], toml: str, told: str
) -> None:
    (tmp_path / "kliping.toml").write_text(toml, encoding="utf-8")
    status, out, err = outcome(tmp_path, capsys, "status")
    assert (status, out) == (2, "")
    line = one_line(err)
    assert told in line
    assert "secret" not in line


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    status, _, err = outcome(tmp_path / "file", capsys, "status")
    assert status == 2
    assert "KLIPING_HOME" in one_line(err)


def test_a_database_that_is_none_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "kliping.sqlite").write_bytes(b"this is no database" * 100)
    status, _, err = outcome(tmp_path, capsys, "status")
    assert status == 1
    assert "kliping.sqlite" in one_line(err)


@pytest.mark.parametrize(
    "command", ["status", "doctor", "outlets list", "watches list", "articles list", "stories list"]
)
def test_json_stands_alone_on_standard_output(tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str) -> None:
    status, out, _ = outcome(tmp_path, capsys, *command.split(), "--json")
    assert status == (3 if command == "doctor" else 0)
    if command in {"status", "doctor"}:
        json.loads(out)
    else:
        assert all(json.loads(line) for line in out.splitlines())


def test_a_broken_outlet_file_disables_only_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "outlets"
    folder.mkdir()
    (folder / "kota.toml").write_text('name = "kota"\ncolour = 3\n', encoding="utf-8")
    status, out, err = outcome(tmp_path, capsys, "outlets", "list", "--json")
    assert status == 0
    assert "kota.toml" in err
    assert "antara" in {json.loads(line)["name"] for line in out.splitlines()}


def test_debug_shows_the_traceback(tmp_path: Path) -> None:
    ran = kliping(tmp_path, "crawl", "nosuch", "--debug")
    assert "Traceback" in ran.err


def test_the_version_and_the_help_are_printed(tmp_path: Path) -> None:
    assert kliping(tmp_path, "--version").out.startswith("kliping ")
    assert "crawl" in kliping(tmp_path, "--help").out


def test_a_closed_pipe_is_no_error(tmp_path: Path) -> None:
    import subprocess  # noqa: PLC0415
    import sys  # noqa: PLC0415

    command = f"KLIPING_HOME={tmp_path} {sys.executable} -m digests.cli watches list --json | head -c 10"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.stderr == ""
