"""`kliping subscribers` and `kliping bounces`, as a person types them, in this process."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from digests import letterbox
from pipeline.store import open_store
from tests.digests import returns
from tests.digests.cli.running import Ran, command


@pytest.fixture
def home(sqlite_template: Path, tmp_path: Path) -> Path:
    shutil.copyfile(sqlite_template, tmp_path / "kliping.sqlite")
    return tmp_path


def good(home: Path, *words: str) -> Ran:
    ran = command(home, *words)
    assert ran.status == 0, ran.err
    return ran


def test_a_subscriber_has_a_life_that_is_told(home: Path) -> None:
    good(home, "subscribers", "add", "ani@kota.example", "--city", "jakarta", "--format", "pdf", "--by", "tono")
    good(home, "subscribers", "remove", "ani@kota.example", "--by", "budi", "--reason", "asked by telephone")
    assert good(home, "subscribers", "list", "--json").out == ""
    shown = good(home, "subscribers", "show", "ani@kota.example", "--json").json
    assert (shown["state"], shown["state_reason"]) == ("unsubscribed", "asked by telephone")
    assert [(entry["actor"], entry["action"]) for entry in shown["history"]] == [
        ("budi", "unsubscribe"),
        ("tono", "subscribe"),
    ]
    assert "token" not in shown
    (one,) = good(home, "subscribers", "list", "--all", "--json").lines
    assert (one["cities"], one["formats"]) == (["Jakarta"], ["pdf"])
    assert "ani@kota.example" in good(home, "subscribers", "show", "ani@kota.example").out


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("add", "ani@kota.example", "--city", "Jakrta"), 2, "did you mean Jakarta"),
        (("add", "ani@kota.example", "--format", "docx"), 2, "is one of html, text, pdf"),
        (("show", "ani@kota.example"), 1, "never got list daily"),
        (("resume", "ani@kota.example"), 1, "never got list daily"),
        (("confirm", "ani@kota.example"), 1, "never got list daily"),
        (("export", "-o", "/nowhere/at/all.csv"), 1, "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_one_line(home: Path, words: tuple[str, ...], status: int, said: str) -> None:
    ran = command(home, "subscribers", *words)
    assert ran.status == status
    assert said in ran.err
    assert ran.err.count("\n") == 1


def test_a_list_goes_out_and_comes_back(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Surel;Nama;Kota\nani@kota.example;Ani;Jakarta\nsalah;x;\n", encoding="utf-8")
    dry = command(home, "subscribers", "import", str(file), "--dry-run")
    assert (dry.status, "nothing stored; would be: 1 added, 1 wrong" in dry.err) == (3, True)
    assert good(home, "subscribers", "list", "--json").out == ""
    done = command(home, "subscribers", "import", str(file), "--json")
    assert [(row["line"], row["became"]) for row in done.lines] == [(2, "added"), (3, "wrong")]
    out = tmp_path / "out.csv"
    good(home, "subscribers", "export", "-o", str(out))
    assert out.read_bytes().startswith(b"\xef\xbb\xbfaddress,")
    assert "1 unchanged" in good(home, "subscribers", "import", str(out)).err


def test_returned_mail_stops_and_a_person_resumes(home: Path, tmp_path: Path) -> None:
    good(home, "subscribers", "add", "ani@kota.example")
    with open_store(f"sqlite:///{home / 'kliping.sqlite'}") as store:
        (reader,) = store.subscribers.list()
    ours = returns.Ours(letterbox.mark(reader), "<kliping.daily.x@kota.example>", reader.address)
    file = tmp_path / "returned.eml"
    file.write_bytes(returns.report(ours, status="5.1.1", said="550 5.1.1 no such user"))
    ran = good(home, "bounces", "read", str(file), "--json")
    assert (ran.json["kinds"], ran.json["suppressed"]) == ({"hard": 1}, ["ani@kota.example"])
    again = good(home, "bounces", "read", str(file), "--json")
    assert (again.json["read"], again.json["known"]) == (0, 1)
    good(home, "subscribers", "resume", "ani@kota.example")
    shown = good(home, "subscribers", "show", "ani@kota.example", "--json").json
    assert (shown["state"], shown["returned"]) == ("active", {"hard": 1})
    assert "bounces.maildir" in command(home, "bounces", "read").err
