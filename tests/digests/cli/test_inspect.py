"""`kliping inspect`: a page with all of how it was read, for a person and for a script."""

from __future__ import annotations

import gzip
import io
import json
import sys
from pathlib import Path

import pytest
from rich.text import Text

from digests.cli import inspect, saved, sheet
from digests.cli.entry import run
from digests.cli.fields import print_article
from pipeline.errors import NotFoundError
from pipeline.evaluate.inspection import differences, inspect_pages
from pipeline.exports.jsonl import FIELDS
from pipeline.model import Article, Evidence
from pipeline.watches import bundled_watches
from tests.digests.cli.running import one_line
from tests.pipeline.reading import SENTENCE, outlets, page

CREDIT = "byline, copyright or source line"
URL = "https://www.inews.id/news/megapolitan/taman-kota-baru-dibuka"
SECOND = (
    "Panitia MGMAC 2026 menyebut pertemuan itu akan berlangsung di Jakarta pada bulan depan dengan sebelas delegasi."
)
HTML = f"""<html lang="id"><head><title>Taman kota baru dibuka - iNews.id</title>
<meta property="og:title" content="Taman kota dibuka kemarin"><meta name="author" content="Kabar Cyber">
<meta property="article:published_time" content="2026-11-17T10:30:00+07:00"></head><body>
<h1 class="headerTitle">Taman kota baru dibuka di Jakarta</h1>
<div class="createdAt">Selasa, 17 November 2026 - 10:30 WIB</div>
<ul class="author"><li class="authorList"><a href="/penulis/1">Ratna Dewi</a></li></ul>
<article class="bodyArticleWrapper"><p>JAKARTA, iNews.id - {SENTENCE}</p>
<figure class="adsPlacement">Advertisement . Scroll to see content</figure>
<article class="bacaJuga"><p class="bacaJugatitle">Baca Juga</p><a href="/news/nasional/jembatan">Jembatan</a></article>
<p>{SECOND}</p><p>Editor: Made Arta</p></article></body></html>"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_text(HTML, encoding="utf-8")
    return path


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KLIPING_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def in_terminal(monkeypatch: pytest.MonkeyPatch, columns: int, *arguments: str) -> str:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("TERM", "xterm-256color")
    assert run(["inspect", *arguments]) == 0
    return terminal.getvalue()


# --- for a person ----------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("home")
def test_a_pipe_gets_one_line_an_entry(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["inspect", str(file), "--url", URL]) == 0
    out = capsys.readouterr().out
    lines = out.splitlines()
    assert lines[0] == "read as iNews.id; kept at watch: mgmac"
    assert "\x1b" not in out
    (headline,) = [line for line in lines if line.startswith("headline") and "css:" in line]
    assert headline.endswith(" 1.00")
    assert f"  2  {SECOND}" in lines
    assert any(line.startswith("text, 2 paragraph(s)") for line in lines)
    assert any(line.startswith("absent") and "translators" in line for line in lines)
    assert any(line.startswith("mgmac") and "paragraph 2]" in line for line in lines)
    assert any(line.endswith(f"Editor: Made Arta  [{CREDIT}]") for line in lines)
    assert any(line.startswith("authors") and "Kabar Cyber" in line and "[meta:author]" in line for line in lines)


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("columns", [40, 80, 120])
def test_a_terminal_gets_wrapped_lines_in_colour(file: Path, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    out = in_terminal(monkeypatch, columns, str(file), "--url", URL, "--markup", "--compare")
    assert "\x1b[" in out
    plain = Text.from_ansi(out).plain.splitlines()
    assert [line for line in plain if len(line) > columns and len(line.split()) > 3] == []
    assert any(line.startswith("  1  ") for line in plain)
    words = " ".join(" ".join(plain).split())
    assert SECOND in words


@pytest.mark.usefixtures("home")
def test_no_color_is_honoured(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    out = in_terminal(monkeypatch, 80, str(file), "--url", URL)
    assert not any(f"\x1b[{code}m" in out for code in range(30, 38))


def test_an_address_is_left_to_the_terminal_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setenv("COLUMNS", "40")
    address = "https://kota.example/" + "a" * 60
    sheet.Sheet(10).entry("url", address, "the request")
    assert address in terminal.getvalue()


@pytest.mark.usefixtures("home")
def test_the_markup_shows_what_each_selector_finds(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["inspect", str(file), "--url", URL, "--markup"]) == 0
    lines = capsys.readouterr().out.splitlines()
    (fits,) = [line for line in lines if line.endswith("(this one fits)")]
    assert fits.startswith("markup ")
    assert any(line.startswith("headline") and "1 × Taman kota baru dibuka di Jakarta" in line for line in lines)
    assert any(line.startswith("prune") and "nothing" in line for line in lines)


@pytest.mark.usefixtures("home")
def test_a_page_without_an_outlet_file_says_how_to_name_one(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["inspect", str(file), "--markup"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("read as a page of no listed outlet")
    assert "--outlet NAME" in out


@pytest.mark.usefixtures("home")
def test_a_page_that_no_generation_fits_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "page.html"
    text = "".join(f"<p>{line}</p>" for line in (SENTENCE, SECOND) * 3)
    path.write_text(f"<html><body><main><h1>Taman kota</h1>{text}</main></body></html>", encoding="utf-8")
    assert run(["inspect", str(path), "--outlet", "antara", "--compare"]) == 0
    out = capsys.readouterr().out
    assert "none fits: read as a page of no listed outlet; --markup shows why" in out


@pytest.mark.usefixtures("home")
def test_trafilatura_alone_can_stand_beside(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["inspect", str(file), "--url", URL, "--compare"]) == 0
    out = capsys.readouterr().out
    assert "trafilatura alone" in out
    assert any(line.startswith("only ") for line in out.splitlines())


def test_an_article_without_a_body_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    read = inspect_pages([page("<html><body></body></html>")], None, None, bundled_watches()).article
    print_article(read)
    assert "paragraph" not in capsys.readouterr().out


# --- for a script ----------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("home")
def test_json_holds_the_article_and_how_it_was_read(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["inspect", str(file), "--url", URL, "--json", "--compare"]) == 0
    found = json.loads(capsys.readouterr().out)
    stored_only = {"version", "copy_of", "story_id", "disposition", "capture"}
    assert set(FIELDS) - stored_only <= set(found)
    assert {"verdict", "reason", "markup", "notes", "sources", "stated", "removed", "selectors"} < set(found)
    assert found["provenance"]["headline"] == found["sources"][0]["source"]
    assert found["watches"][0]["evidence"][0]["field"] == "article_body[1]"
    assert {one["fate"] for one in found["stated"]} == {"used", "other"}
    assert {"text": "Editor: Made Arta", "rule": CREDIT, "selector": None} in found["removed"]
    assert {one["field"] for one in found["selectors"]} > {"root", "headline", "prune"}
    assert set(found["trafilatura"]) == {
        "headline", "date_published", "authors", "only_trafilatura", "only_kliping",
    }  # fmt: skip


# --- what is read ----------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("home")
def test_a_packed_page_is_the_same_page(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    packed = tmp_path / "page.html.gz"
    packed.write_bytes(gzip.compress(file.read_bytes(), mtime=0))
    bodies = []
    for one in (file, packed):
        assert run(["inspect", str(one), "--url", URL, "--json"]) == 0
        bodies.append(json.loads(capsys.readouterr().out)["article_body"])
    assert bodies[0] == bodies[1] == [SENTENCE, SECOND]


@pytest.mark.usefixtures("home")
def test_several_pages_are_one_article(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    further = tmp_path / "page-2.html"
    text = "Warga menanam dua ratus pohon di tepi kali itu pada Minggu pagi bersama pelajar dari lima sekolah."
    file.write_text(HTML.replace("<p>Editor: Made Arta</p>", ""), encoding="utf-8")
    further.write_text(f"<html><body><article class='bodyArticleWrapper'><p>{text}</p></article></body></html>")
    assert run(["inspect", str(file), str(further), "--url", URL, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["article_body"] == [SENTENCE, SECOND, text]


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty; save the page again"),
        (b" \n\t", "is empty"),
        (b"%PDF-1.7 <<", "is no page but a PDF"),
        (b"\x89PNG\r\n\x1a\n<", "is no page but a picture"),
        (b"PK\x03\x04", "is no page but a zip archive"),
        (b"WARC/1.1\r\n", "kliping crawl --replay"),
        (gzip.compress(b"WARC/1.1\r\n", mtime=0), "kliping crawl --replay"),
        (b"\x1f\x8b\x08 no gzip", "cannot be unpacked"),
        (gzip.compress(b"x" * 500, mtime=0)[:-12], "cannot be unpacked"),
        (b"just words", "holds no markup"),
        (b"\x00\x01\x02", "holds no markup"),
    ],
)
def test_what_is_no_page_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, message: str
) -> None:
    path = tmp_path / "file.bin"
    path.write_bytes(content)
    assert run(["inspect", str(path)]) == 1
    assert message in one_line(capsys.readouterr().err)


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["missing.html"], 1, "missing.html: No such file"),
        (["."], 1, ".: is a folder; name a page saved in it"),
        (["a\0b"], 1, "give a saved page or an address"),
        (["https://kota.example/berita/1"], 1, "was never seen"),
        (["https://"], 2, "no address"),
        ([__file__, "--outlet", "nobody"], 2, "no outlet is called 'nobody'"),
        ([__file__, "--url", "kota"], 2, "--url kota"),
        ([], 2, "Missing argument"),
    ],
)
def test_what_cannot_be_inspected_is_one_line(
    capsys: pytest.CaptureFixture[str], arguments: list[str], status: int, message: str
) -> None:
    assert run(["inspect", *arguments]) == status
    assert message in one_line(capsys.readouterr().err)


@pytest.mark.usefixtures("home")
def test_a_file_nobody_may_read_is_one_line(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refuse)  # root may read every file: no mode can refuse it
    with pytest.raises(NotFoundError, match=r"page\.html: Permission denied; give"):
        saved._bytes(str(file))


# --- the pure part ---------------------------------------------------------------------------------------------------


def test_a_page_without_markup_is_not_readable() -> None:
    found = inspect_pages([page("only words")], None, None, bundled_watches())
    assert (found.readable, found.selected, found.stated) == (False, (), ())


def test_what_the_outlets_file_prunes_is_told_with_its_selector() -> None:
    found = inspect_pages([page(HTML, URL)], None, outlets()["inews"], bundled_watches())
    assert found.generation is not None
    pruned = [one for one in found.removed if one.rule == "pruned"]
    assert any(one.text.startswith("Baca Juga") and one.selector for one in pruned)


def test_a_date_that_is_not_believed_is_shown_with_the_reason(capsys: pytest.CaptureFixture[str]) -> None:
    html = HTML.replace("2026-11-17T10:30:00+07:00", "2031-01-01T00:00:00+07:00")
    print_article(inspect_pages([page(html, URL)], None, outlets()["inews"], bundled_watches()).article)
    lines = capsys.readouterr().out.splitlines()
    (refused,) = [line for line in lines if line.startswith("date_published") and "2031" in line]
    assert lines.index(refused) > lines.index("read and not believed")
    assert refused.endswith("[meta:article:published_time]")


def test_a_stated_value_is_used_or_says_the_same_or_another() -> None:
    found = inspect_pages([page(HTML, URL)], None, outlets()["inews"], bundled_watches())
    fates = {(one.field, one.text): one.fate for one in found.stated}
    assert fates["headline", "Taman kota dibuka kemarin"] == "other"
    assert fates["date_published", "2026-11-17T10:30:00+07:00"] in {"used", "same"}


def test_nothing_differs_from_a_page_that_trafilatura_reads_alike() -> None:
    body = "".join(f"<p>{line}</p>" for line in (SENTENCE, SECOND))
    one = page(f"<html><body><article><h1>Taman kota</h1>{body}</article></body></html>")
    found = differences(one, inspect_pages([one], None, None, bundled_watches()).article)
    assert (found.only_kliping, [line for line in found.only_trafilatura if line in (SENTENCE, SECOND)]) == ((), [])


@pytest.mark.parametrize(
    ("field", "told"),
    [("article_body[0]", "paragraph 1"), ("article_body[12]", "paragraph 13"), ("headline", "headline")],
)
def test_a_place_is_told_as_it_is_shown(field: str, told: str) -> None:
    assert inspect._place(Evidence(field, 0, 1, "x", "name")) == told


def test_every_field_of_an_article_is_shown_or_named_absent(capsys: pytest.CaptureFixture[str]) -> None:
    read: Article = inspect_pages([page(HTML, URL)], None, outlets()["inews"], bundled_watches()).article
    print_article(read)
    out = capsys.readouterr().out
    for name in (set(FIELDS) & set(Article.__dataclass_fields__)) - {"article_body", "rights", "provenance", "refused"}:
        assert name in out
