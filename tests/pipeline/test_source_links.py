"""Links by which a page names the original of its text, and links that say nothing of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipeline.model import Article, Page
from pipeline.process import process_page
from pipeline.store.json_values import ARTICLE
from pipeline.watches import bundled_watches
from tests.pipeline.reading import outlets

TEXT = "".join(
    f"<p>Kalimat nomor {number} menceritakan bakau yang ditanam di pantai oleh warga dan wali kota Teluk Baru.</p>"
    for number in range(6)
)
SOURCE = "https://www.kabarkawat.example/berita/71/tanam-bakau-di-pantai"


def read(body: str, head: str = "") -> Article:
    html = (
        f"<html><head><title>Bakau ditanam di pantai Teluk Baru</title>{head}</head><body><article>"
        f"<h1>Bakau ditanam di pantai Teluk Baru</h1>{TEXT}{body}</article></body></html>"
    )
    page = Page("https://harian.example/berita/9/bakau-ditanam-di-pantai", 200, (), html.encode(),
                datetime(2026, 8, 4, tzinfo=UTC), None)  # fmt: skip
    return process_page([page], None, None, bundled_watches())


CASES = {
    "the name in a source line": (f'<p>Sumber: <a href="{SOURCE}">Kabar Kawat</a></p>', "", (SOURCE,)),
    "in bold": (f'<p><strong>Sumber: <a href="{SOURCE}">Kabar Kawat</a></strong></p>', "", (SOURCE,)),
    "the label linked too": (f'<p><a href="{SOURCE}">Sumber: Kabar Kawat</a></p>', "", (SOURCE,)),
    "a line behind a break": (
        f'<p>Penulis: Ratna Dewi<br>Sumber: <a href="{SOURCE}">Kabar Kawat</a></p>', "", (SOURCE,)),
    "a fragment and spaces": (f'<p>Sumber: <a href=" {SOURCE}#top ">Kabar Kawat</a></p>', "", (SOURCE,)),
    "a site's front page": ('<p>Sumber: <a href="https://kabarkawat.example">Kabar Kawat</a></p>', "",
                            ("https://kabarkawat.example/",)),
    "a link in the text": (f'<p>Menurut <a href="{SOURCE}">Kabar Kawat</a>, bakau tumbuh cepat.</p>', "", ()),
    "a name linked in the text, and a source line without link": (
        f'<p>Menurut <a href="{SOURCE}">Kabar Kawat</a>, bakau tumbuh di sini.</p><p>Sumber: Kabar Kawat</p>',
        "", ()),
    "its own site": ('<p>Sumber: <a href="/redaksi">Kabar Kawat</a></p>', "", ()),
    "another label of its own site": (
        '<p>Sumber: <a href="https://foto.harian.example/1">Kabar Kawat</a></p>', "", ()),
    "no address of the web": ('<p>Sumber: <a href="mailto:redaksi@kabarkawat.example">Kabar Kawat</a></p>', "", ()),
    "a broken address": ('<p>Sumber: <a href="https://[kawat">Kabar Kawat</a></p>', "", ()),
    "a canonical address elsewhere": ("", f'<link rel="canonical" href="{SOURCE}">', (SOURCE,)),
    "its own canonical address": (
        "", '<link rel="canonical" href="https://www.harian.example/berita/9/bakau-ditanam-di-pantai">', ()),
    "a canonical address that is a front page": (
        "", '<link rel="canonical" href="https://grupmedia.example/">', ()),
    "stated for news searches": ("", f'<meta name="original-source" content="{SOURCE}">', (SOURCE,)),
    "stated twice": (f'<p>Sumber: <a href="{SOURCE}">Kabar Kawat</a></p>', f'<link rel="canonical" href="{SOURCE}">',
                     (SOURCE,)),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_which_links_name_a_source(case: tuple[str, str, tuple[str, ...]]) -> None:
    body, head, wanted = case
    article = read(body, head)
    assert article.source_links == wanted
    assert any(entry.field == "source_links" for entry in article.provenance) is bool(wanted)
    assert ARTICLE.validate_python(ARTICLE.dump_python(article, mode="json")) == article


@pytest.mark.parametrize(("name", "owned"), [("beritajakarta", True), ("asean", True), ("antara", False)])
def test_a_senders_own_outlet_is_known_by_its_file(name: str, *, owned: bool) -> None:
    outlet = outlets()[name]
    page = Page(f"https://{outlet.hosts[0]}/1", 200, (), b"<html><body><p>Teks</p></body></html>",
                datetime(2026, 8, 4, tzinfo=UTC), name)  # fmt: skip
    assert process_page([page], None, outlet, bundled_watches()).owned is owned


def test_an_article_of_no_listed_outlet_is_nobodys_own() -> None:
    assert read("").owned is False


def test_a_page_of_thousands_of_links_is_read_at_bounded_cost() -> None:
    link = f'<a href="{SOURCE}">Kabar Kawat</a> '
    article = read(f"<p>Sumber: Kabar Kawat</p><div>{link * 5000}</div>")
    assert article.source_links == ()
