"""`kliping quotes`: who said what, in which words, and which outlet-days nobody read."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from pipeline.model import Quote, RunState
from tests.digests.cli.desk import Desk
from tests.digests.cli.running import one_line
from tests.pipeline.store.build import NOW

RAHMAT = "Tarifnya tetap dua ribu rupiah sampai akhir tahun"
LONGER = "Tarifnya masih tetap dua ribu rupiah sampai akhir tahun"
MAYOR = "Kota ini milik semua warga"
TOLD = "kolam itu aman bagi anak-anak"


def quoted(text: str, words: str, speaker: str | None, role: str | None = None, kind: str = "direct") -> Quote:
    start = text.index(words)
    return Quote(words, speaker, role, kind, start, start + len(words), "kata")


def write(
    desk: Desk, n: int, outlet: str, paragraphs: Sequence[str], *said: tuple[str, str | None, str | None, str]
) -> None:
    text = "\n".join(paragraphs)
    quotes = tuple(quoted(text, words, speaker, role, kind) for words, speaker, role, kind in said)
    desk.write(n, outlet, f"Berita {n}", tuple(paragraphs), n, quotes=quotes)


@pytest.fixture
def spoken(desk: Desk) -> Desk:
    """Three articles with four quotes; two outlets print the same words."""
    bus = f"“{RAHMAT},” kata Rahmat soal bus listrik."
    write(desk, 11, "antara", (bus,), (RAHMAT, "Rahmat", None, "direct"))
    more = (f"“{LONGER},” kata Rahmat Siregar.", f"“{MAYOR},” ujar Wali Kota Ratna Dewi.")
    write(
        desk, 12, "inews", more,
        (LONGER, "Rahmat Siregar", "Kepala Dinas", "direct"), (MAYOR, "Ratna Dewi", "Wali Kota", "direct"),
    )  # fmt: skip
    write(desk, 13, "beritajakarta", (f"Laila menyebut {TOLD}.",), (TOLD, "Laila Wattimena", None, "indirect"))
    return desk


def asked(desk: Desk, *words: str) -> list[tuple[str, str, list[str]]]:
    found = desk.json("quotes", "--since", "2026-11-01", *words)["statements"]
    return [
        (one["text"], one["speaker"], [said["outlet"] for form in one["wordings"] for said in form["prints"]])
        for one in found
    ]


TOGETHER = (LONGER, "Rahmat Siregar", ["inews", "antara"])
BY_MAYOR = (MAYOR, "Ratna Dewi", ["inews"])
BY_LAILA = (TOLD, "Laila Wattimena", ["beritajakarta"])


def test_every_statement_stands_once_with_all_its_prints(spoken: Desk) -> None:
    assert asked(spoken) == [TOGETHER, BY_MAYOR, BY_LAILA]


def test_questions_narrow_the_answer(spoken: Desk) -> None:
    cases: list[tuple[tuple[str, ...], list[tuple[str, str, list[str]]]]] = [
        (("--speaker", "ratna"), [BY_MAYOR]),
        (("--speaker", "WALI KOTA"), [BY_MAYOR]),
        (("--speaker", "siregar"), [(LONGER, "Rahmat Siregar", ["inews"])]),
        (("--about", "bus listrik"), [(RAHMAT, "Rahmat", ["antara"])]),
        (("--about", "mgmac"), [TOGETHER, BY_MAYOR, BY_LAILA]),
        (("--about", "amf"), []),
        (("--watch", "mgmac", "--about", "anak-anak"), [BY_LAILA]),
        (("--kind", "indirect"), [BY_LAILA]),
        (("--outlet", "antara"), [(RAHMAT, "Rahmat", ["antara"])]),
        (("--language", "en"), []),
        (("--limit", "1"), [TOGETHER]),
        (("--until", "2026-11-19"), []),
    ]
    for words, expected in cases:
        assert asked(spoken, *words) == expected, words


def test_a_person_reads_who_said_it_and_what_was_not_covered(spoken: Desk) -> None:
    shown = spoken.run("quotes", "--since", "2026-11-01", "--speaker", "rahmat").out
    assert "Rahmat Siregar, Kepala Dinas, 2026-11-20\n" in shown
    assert f"  “{LONGER}”\n  also: “{RAHMAT}”\n  antara, inews: https://koran11.example/berita/11\n" in shown
    assert "outlet-day(s), on which these outlets were not read" in shown
    assert "  antara: 2026-11-01 to " in shown
    nothing = spoken.run("quotes", "--about", "tak ada kata ini").out
    assert nothing.startswith("no quotes; leave a condition out")


def test_the_days_without_a_reading_are_named(spoken: Desk) -> None:
    here = spoken.office(NOW)
    for day in range(3):
        run = here.store.runs.begin("antara", "crawl", pid=1, host="satu", now=NOW - timedelta(days=day))
        here.store.runs.end(run.id, RunState.FINISHED, run.counts, now=NOW)
    here.close()
    asked_days = ("--since", "2026-11-17", "--until", "2026-11-20", "--outlet", "antara")
    missing = spoken.json("quotes", *asked_days)["not_covered"]
    assert missing == [{"outlet": "antara", "since": "2026-11-17", "until": "2026-11-17", "why": "never_ran"}]


def test_a_table_has_a_row_for_every_print_and_every_gap(spoken: Desk, tmp_path: Path) -> None:
    path = tmp_path / "kutipan.csv"
    done = spoken.run("quotes", "--since", "2026-11-01", "--format", "csv", "-o", str(path))
    assert done.status == 0, done.err
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    said = [row for row in rows if row["record"] == "quote"]
    assert [(row["statement"], row["wording"], row["outlet"], row["speaker"]) for row in said] == [
        ("1", "1", "inews", "Rahmat Siregar"),
        ("1", "2", "antara", "Rahmat"),
        ("2", "1", "inews", "Ratna Dewi"),
        ("3", "1", "beritajakarta", "Laila Wattimena"),
    ]
    assert {row["why"] for row in rows if row["record"] == "not_covered"} == {"never_ran", "running"}
    again = spoken.run("quotes", "--format", "csv", "-o", str(path))
    assert again.status == 1
    assert "is there already" in one_line(again.err)
    assert spoken.run("quotes", "--format", "json", "-o", str(path), "--overwrite").status == 0
    assert set(json.loads(path.read_text(encoding="utf-8"))) == {"statements", "not_covered"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--json", "--format", "csv"), "--json and --format csv: give one of them"),
        (("-o", "x.txt"), "-o writes a file of --format csv or json"),
        (("--outlet", "nobody"), "no outlet is called 'nobody'"),
        (("--watch", "nobody"), "nobody"),
        (("--since", "2026-11-20", "--until", "2026-11-01"), "--since must be before --until"),
    ],
)
def test_a_wrong_question_is_answered_in_one_line(desk: Desk, words: tuple[str, ...], told: str) -> None:
    done = desk.run("quotes", *words)
    assert done.status == 2
    assert told in one_line(done.err)
