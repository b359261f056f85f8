"""Further pages of a paged article, and the address a page declares to be its own."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawlers.extraction import Extracted, FurtherPages, declared_canonical, examine, further_pages, in_order
from crawlers.loader import load_outlets
from pipeline.config import Settings
from pipeline.model import Page
from pipeline.outlet import Outlet
from pipeline.watches import load_watches

OUTLETS = load_outlets(Settings()).outlets
INEWS = "https://www.inews.id/news/megapolitan/taman-rawa-dibuka"


def page(body: str, url: str) -> Page:
    return Page(
        url,
        200,
        (("Content-Type", "text/html; charset=utf-8"),),
        body.encode(),
        datetime(2026, 11, 3, tzinfo=UTC),
        None,
    )


def inews(pagination: str) -> Page:
    body = (
        f'<article class="bodyArticleWrapper"><p>Isi.</p></article><div class="pagination"><ul>{pagination}</ul></div>'
    )
    return page(f"<html><body>{body}</body></html>", INEWS)


def link(kind: str, href: str, text: str) -> str:
    return f'<li class="{kind}"><a href="{href}">{text}</a></li>'


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ([], FurtherPages(())),
        ([("pageList", INEWS, "1")], FurtherPages(())),
        (
            [
                ("pageList", INEWS, "1"),
                ("pageList", f"{INEWS}/2", "2"),
                ("pageList", f"{INEWS}/3", "3"),
                ("pageList", f"{INEWS}/2", "Lanjut"),
            ],
            FurtherPages((f"{INEWS}/2", f"{INEWS}/3")),
        ),
        (
            [("pageList", f"{INEWS}/2", "2"), ("showAll", f"{INEWS}/all", "Show All")],
            FurtherPages((f"{INEWS}/all",), whole=True),
        ),
        ([("pageList", "/news/megapolitan/berita-lain", "2")], FurtherPages(())),
        ([("pageList", "javascript:void(0)", "2"), ("pageList", "", "3")], FurtherPages(())),
    ],
    ids=["none", "only this one", "pages", "show all", "another article", "no address"],
)
def test_further_pages(links: list[tuple[str, str, str]], expected: FurtherPages) -> None:
    found = further_pages(inews("".join(link(*one) for one in links)), OUTLETS["inews"])
    assert found == expected


KABAR = "https://kabar.example/2026/11/taman-rawa-di-kota-dibuka"


def unlisted(links: str, url: str = KABAR, head: str = "") -> Page:
    return page(f"<html><head>{head}</head><body><p>Isi.</p>{links}</body></html>", url)


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ("<a href='?page=2'>2</a><a href='?page=3'>3</a>", ("?page=2", "?page=3")),
        ("<a href='?page=1'>1</a><a href='?page=2'>Halaman 2</a>", ("?page=2",)),
        (f"<a href='{KABAR}/2/'>Selanjutnya</a>", ("/2/",)),
        (f"<a rel='next' href='{KABAR}/page/2'><img></a>", ("/page/2",)),
        ("<a href='?halaman=2'>Next</a><a href='?page=all'>Show All</a>", "?page=all"),
        ("<a href='?page=2#komentar'>2</a><a href='#2'>2</a>", ("?page=2",)),
        ("<a href='/2026/11/pasar-kota-yang-lain-pindah?page=2'>2</a>", ()),
        ("<a href='/indeks?page=2'>2</a><a rel='next' href='/2026/11/pasar-kota-yang-lain-pindah'>Next</a>", ()),
        ("<a href='?page=2'>Komentar Anda tentang halaman ini</a>", ()),
        ("<a href='?utm_source=x'>2</a>", ()),
    ],
)  # fmt: skip
def test_further_pages_where_no_outlet_file_names_their_links(links: str, expected: tuple[str, ...] | str) -> None:
    found = further_pages(unlisted(links), None)
    if isinstance(expected, str):
        assert found == FurtherPages((KABAR + expected,), whole=True)
    else:
        assert found == FurtherPages(tuple(KABAR + one for one in expected))


def test_a_link_of_the_head_tells_the_next_page_too() -> None:
    head = f'<link rel="next" href="{KABAR}?page=2">'
    assert further_pages(unlisted("", head=head), None).urls == (f"{KABAR}?page=2",)


def test_pages_that_only_later_ones_name_are_asked_for_and_all_are_read_in_order() -> None:
    one = unlisted("<a href='?page=2'>2</a> <a href='?page=4'>4</a>")
    two = unlisted("<a href='?page=3'>3</a>", f"{KABAR}?page=2")
    four = unlisted("<a href='?page=3'>3</a> <a href='?page=all'>All</a>", f"{KABAR}?page=4")
    three = unlisted("", f"{KABAR}?page=3")
    watches = load_watches(Settings().watches)
    assert examine((one,), None, None, watches, complete=False) == FurtherPages((two.url, four.url))
    assert examine((one, two, four), None, None, watches, complete=True) == FurtherPages((three.url,))
    assert isinstance(examine((one, two, four, three), None, None, watches, complete=True), Extracted)
    assert in_order((one, four, three, two)) == (one, two, three, four)


def test_paging_that_leads_back_is_given_up() -> None:
    """`?page=2` is redirected to the article itself: asking on would never end."""
    one = unlisted("<a href='?page=2'>2</a>")
    watches = load_watches(Settings().watches)
    assert isinstance(examine((one, one), None, None, watches, complete=True), Extracted)


ANTARA = "https://www.antaranews.com/berita/5230001/taman-rawa-dibuka"
OTHER = "https://www.antaranews.com/berita/5230002/taman-lain"


@pytest.mark.parametrize(
    ("head", "outlet", "expected"),
    [
        ("", "antara", None),
        ('<link rel="canonical" href="">', "antara", None),
        (f'<link rel="canonical" href="{ANTARA}?utm_source=x">', "antara", ANTARA),
        ('<link rel="canonical" href="/berita/5230002/taman-lain">', "antara", OTHER),
        ('<link rel="canonical" href="https://www.antaranews.com/">', "antara", None),
        ('<link rel="canonical" href="https://pasar.example/berita/1/iklan">', "antara", None),
        (f'<link rel="canonical" href="{ANTARA}">', None, ANTARA),
        ('<link rel="canonical" href="https://pasar.example/2026/11/03/empat-kata-di-sini">', None, None),
    ],
)  # fmt: skip
def test_declared_canonical(head: str, outlet: str | None, expected: str | None) -> None:
    source: Outlet | None = OUTLETS[outlet] if outlet else None
    assert (
        declared_canonical(page(f"<html><head>{head}</head><body><p>x</p></body></html>", ANTARA), source) == expected
    )
