"""Pages and outlets for the tests of extraction; all text here is our own."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from pipeline.model import Article, Listing, Page
from pipeline.outlet import Outlet, read_outlet
from pipeline.process import process_page
from pipeline.watches import bundled_watches

OUTLET_FILES = Path(__file__).resolve().parents[2] / "crawlers" / "outlets"
FETCHED = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
SENTENCE = (
    "Wali kota dari sebelas ibu kota membahas angkutan umum dan taman kota di balai kota, kata panitia acara itu."
)


@cache
def outlets() -> dict[str, Outlet]:
    return {path.stem: read_outlet(path) for path in sorted(OUTLET_FILES.glob("*.toml"))}


def page(
    html: str | bytes,
    url: str = "https://kabar.example/kota/taman-kota-baru-dibuka",
    *,
    status: int = 200,
    headers: tuple[tuple[str, str], ...] = (),
) -> Page:
    body = html.encode() if isinstance(html, str) else html
    return Page(url=url, status=status, headers=headers, body=body, fetched_at=FETCHED, outlet=None)


def read(*pages: Page, outlet: str | None = None, listing: Listing | None = None) -> Article:
    return process_page(pages, listing, outlets()[outlet] if outlet else None, bundled_watches())


def article_html(body: str, head: str = "", above: str = "<h1>Taman kota baru dibuka di Jakarta</h1>") -> str:
    text = f"<main>{above}<div class='entry-content'>{body}</div></main>"
    return f"<html lang='id'><head>{head}</head><body>{text}</body></html>"


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)
