"""Further pages of a paged article, and the address a page declares to be its own."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawlers.extraction import FurtherPages, declared_canonical, further_pages
from crawlers.loader import load_outlets
from pipeline.config import Settings
from pipeline.model import Page
from pipeline.outlet import Outlet

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
