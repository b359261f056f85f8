"""CONTRIBUTING's "Add an outlet", followed as an operator does: one file in KLIPING_HOME, no code."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.digests.cli.running import command, one_line

ROOT = Path(__file__).resolve().parents[3]
OUTLET = r"""# Kota Kita: made up for this test.
name = "kotakita"
title = "Kota Kita"
country = "ID"
language = "id"
timezone = "Asia/Jakarta"
hosts = ["kotakita.example"]
evidence = "guess"

[terms]
summary = "Made up: everything is allowed."

[discovery]
article = ['^https://kotakita\.example/berita/\d+$']
feeds = ["https://kotakita.example/rss"]

[[markup]]
name = "now"
root = ".isi"
headline = "h1.judul"
date = ".tanggal"
byline = ".penulis"
"""
PAGE = """<html><body><h1 class="judul">Taman tepi kali dibuka untuk umum</h1>
<p class="penulis">Penulis: Sri Wulandari</p><p class="tanggal">Selasa, 17 November 2026 10:30 WIB</p>
<div class="isi"><p>Jakarta - Taman di tepi kali dibuka pada Selasa pagi dan boleh dikunjungi siapa saja.</p>
<p>Wali kota mengatakan taman itu dibangun bersama warga selama dua tahun, dan tamu MGMAC 2026 akan melihatnya.</p>
</div></body></html>"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A home with an outlet file of the operator's own."""
    folder = tmp_path / "home" / "outlets"
    folder.mkdir(parents=True)
    (folder / "kotakita.toml").write_text(OUTLET, encoding="utf-8")
    return tmp_path / "home"


def test_an_operators_outlet_is_listed_shown_and_watched(own: Path) -> None:
    rows = {row["name"]: row for row in command(own, "outlets", "list", "--json").lines}
    assert (rows["kotakita"]["title"], rows["kotakita"]["enabled"]) == ("Kota Kita", False)
    shown = command(own, "outlets", "show", "kotakita").out
    assert "https://kotakita.example/rss" in shown
    assert "Made up: everything is allowed." in shown
    assert command(own, "outlets", "enable", "kotakita", "--yes").status == 0
    rows = {row["name"]: row for row in command(own, "outlets", "list", "--json").lines}
    assert rows["kotakita"]["enabled"]
    assert command(own, "outlets", "disable", "kotakita").status == 0
    rows = {row["name"]: row for row in command(own, "outlets", "list", "--json").lines}
    assert not rows["kotakita"]["enabled"]


def test_scrapy_lists_an_operators_outlet(own: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "list"],
        cwd=ROOT, env={**os.environ, "KLIPING_HOME": str(own)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert {"kotakita", "antara"} <= set(done.stdout.split())


def test_inspect_reads_a_page_by_an_operators_markup(own: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE, encoding="utf-8")
    options = (str(page), "--url", "https://kotakita.example/berita/12", "--outlet", "kotakita")
    read = command(own, "inspect", *options, "--json").json
    assert (read["headline"], read["provenance"]["headline"]) == ("Taman tepi kali dibuka untuk umum", "css:h1.judul")
    assert (read["date_published"], read["authors"]) == ("2026-11-17T10:30:00+07:00", ["Sri Wulandari"])
    assert [(watch["id"], watch["edition"]) for watch in read["watches"]] == [("mgmac", 2026)]
    shown = command(own, "inspect", *options).out
    assert "read as Kota Kita; kept at watch: mgmac" in shown
    assert "[css:h1.judul]" in shown
    assert "absent" in shown


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("country = ", "land = "), "country: Field required"),
        (('root = ".isi"', 'root = ".isi["'), "not a CSS selector"),
        (("[terms]", "[terms"), "not valid TOML"),
        (('name = "kotakita"', 'name = "Kota Kita"'), "name"),
    ],
)
def test_a_wrong_outlet_file_is_refused_with_file_and_option_and_only_itself(
    own: Path, change: tuple[str, str], told: str
) -> None:
    (own / "outlets" / "kotakita.toml").write_text(OUTLET.replace(*change, 1), encoding="utf-8")
    ran = command(own, "outlets", "list", "--json")
    assert ran.status == 0
    assert "antara" in {row["name"] for row in ran.lines}
    (line,) = ran.err.splitlines()
    assert "kotakita.toml" in line
    assert told in line
    unknown = command(own, "inspect", "https://kotakita.example/", "--outlet", "kotakita")
    assert unknown.status != 0
    assert one_line(unknown.err.splitlines()[-1])
