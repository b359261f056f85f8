"""A page of HTML printed as PDF by WeasyPrint, which is loaded only here and only when a file is made.

Nothing is fetched: the only address that has an answer is the letterhead's logo. The file's identifier is made from the
page, its dates come from the page's own metadata, and no clock or chance goes into it.
"""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from pipeline.errors import SettingsError

LOGO = "kliping:logo"  # the address of the logo within the page
_OBJECTS = 20_000  # made between two looks for garbage; 700 is Python's own

# Scripts whose letters are reordered or joined when they are drawn (Indic, Thai, Lao, Tibetan, Burmese, Khmer, …, and
# those of Indonesia in the second range): what is read back glyph by glyph is not what was written.
_SHAPED = (("\u0590", "\u1cff"), ("\ua800", "\uabff"), ("\u0300", "\u036f"))


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole page of HTML with its style inside, and the image that `LOGO` stands for."""

    html: str
    logo: bytes | None = None


def print_paper(paper: Paper) -> bytes:
    """The PDF: tagged, with bookmarks, every font embedded. Raises `SettingsError` where Pango is not there."""
    weasyprint = load()
    page = weasyprint.HTML(string=paper.html, base_url="kliping:", url_fetcher=_fetcher(paper.logo))
    identifier = hashlib.sha256(paper.html.encode("utf-8", "replace") + (paper.logo or b"")).digest()[:16]
    with _seldom_collected():
        document = page.render()
        for each in document.pages:
            each.paint = _speaking(each.paint)
        written: bytes = document.write_pdf(pdf_tags=True, pdf_identifier=identifier)
    return written


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Boxes of pages are many and stay in use: looking for garbage among them took 30 % of the time."""
    usual = gc.get_threshold()
    gc.set_threshold(_OBJECTS, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def load() -> Any:
    """WeasyPrint, which ships no types. Raises `SettingsError` where it or the libraries it needs are not there."""
    try:
        import weasyprint  # noqa: PLC0415 (a second to load, and libraries that not every system has)
    except (ImportError, OSError) as error:
        reason = next(iter(str(error).splitlines()), type(error).__name__)
        raise SettingsError(f"format pdf: WeasyPrint cannot be loaded ({reason}): install Pango, see README") from None
    return weasyprint


def _fetcher(logo: bytes | None) -> Any:
    """Answers for the logo and refuses everything else; what is refused is left out of the page."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415 (as above)

    class Fetcher(URLFetcher):  # type: ignore[misc]  # it ships no types
        def fetch(self, url: str, headers: object = None) -> Any:  # noqa: ARG002 (its signature)
            if url == LOGO and logo is not None:
                return URLFetcherResponse(url, logo)
            raise ValueError("nothing is fetched")

    return Fetcher()


def _speaking(paint: Callable[..., None]) -> Callable[..., None]:
    """Painting that writes beside each line of a shaped script what it says (PDF's ActualText)."""

    def painted(stream: Any, scale: float = 1) -> None:
        paint(stream, scale)
        properties = {part["MCID"]: part for part in stream.stream if isinstance(part, dict) and "MCID" in part}
        for box, mark in (stream._tags or {}).items():
            text = getattr(box, "text", None)
            if text and _is_shaped(text):
                properties[mark["mcid"]]["ActualText"] = _string(text)

    return painted


def _string(text: str) -> Any:
    from pydyf import String  # noqa: PLC0415 (WeasyPrint's own writer)

    return String(text)


def _is_shaped(text: str) -> bool:
    return any(first <= character <= last for character in text for first, last in _SHAPED)
