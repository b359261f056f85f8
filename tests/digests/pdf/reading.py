"""A PDF read back by another program than the one that wrote it: its text, links, fonts, bookmarks."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

URI = 3  # PDFACTION_URI
_LONGEST = 4000  # bytes of an address
_HYPHEN = "\x02"  # as pdfium gives one at the end of a line


def squeezed(text: str) -> str:
    """Without white space: a reader puts a line's end wherever the page does."""
    return "".join(text.split())


def pages(pdf: bytes) -> list[str]:
    """The text of each page, as a person would copy it. A hyphen at a line's end is read as a hyphen."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_bounded().replace(_HYPHEN, "-") for page in document]


def text(pdf: bytes) -> str:
    """All of it, without white space."""
    return squeezed("".join(pages(pdf)))


def links(pdf: bytes) -> list[str]:
    """The addresses that the file leads to. Raises `AssertionError` for a link that does anything else."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [uri for page in document for uri in _links(document, page)]


def _links(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> Iterator[str]:
    position, link = ctypes.c_int(0), pdfium.FPDF_LINK()
    while pdfium.FPDFLink_Enumerate(page, position, link):
        if pdfium.FPDFLink_GetDest(document, link):
            continue  # to a page of the file
        action = pdfium.FPDFLink_GetAction(link)
        assert pdfium.FPDFAction_GetType(action) == URI
        room = ctypes.create_string_buffer(_LONGEST)
        length = pdfium.FPDFAction_GetURIPath(document, action, room, _LONGEST)
        yield room.raw[: length - 1].decode()


def loose_fonts(pdf: bytes) -> set[str]:
    """The names of fonts that the file does not carry itself."""
    with pypdfium2.PdfDocument(pdf) as document:
        found = set()
        for page in document:
            for thing in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
                font = pdfium.FPDFTextObj_GetFont(thing)
                if not pdfium.FPDFFont_GetIsEmbedded(font):
                    room = ctypes.create_string_buffer(200)
                    length = pdfium.FPDFFont_GetBaseFontName(font, room, 200)
                    found.add(room.raw[: length - 1].decode())
        return found


def active(pdf: bytes) -> list[str]:
    """What could act by itself: scripts, attached files."""
    with pypdfium2.PdfDocument(pdf) as document:
        counted = {
            "scripts": pdfium.FPDFDoc_GetJavaScriptActionCount(document),
            "attachments": pdfium.FPDFDoc_GetAttachmentCount(document),
        }
    return [name for name, count in counted.items() if count > 0]
