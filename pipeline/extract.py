"""From fetched pages to what they print: the tree, what it states to machines, the headline and the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from pipeline import furniture
from pipeline.blocks import SENTENCE_END
from pipeline.document import Document, folded, parse, select, text_of, tidy
from pipeline.metadata import Metadata, Stated, read_metadata
from pipeline.model import Page
from pipeline.outlet import Outlet
from pipeline.related import count_headlines
from pipeline.text import Text, read_text

_SUFFIX = re.compile(r"\s+(?:[|–—·»]|-{1,2}|::?)\s+(?=[^|–—·»]{2,60}$)")
_LONGEST_HEADLINE = 500  # characters; the longest of 2,000 real ones had 190
_MOST_HEADINGS = 200  # looked at


@dataclass(frozen=True, slots=True)
class Reading:
    """All that later steps need of the pages."""

    document: Document  # of the first page
    metadata: Metadata
    headline: Stated | None
    text: Text

    @property
    def links(self) -> int:
        """Distinct headlines of other articles that the first page links; counted when asked for."""
        return count_headlines(self.document.tree, self.document.page.url, self.document.outlet)


def read_pages(pages: Sequence[Page], outlet: Outlet | None) -> Reading | None:
    """Decode, parse and read the pages of one article, in order. `None`: the first page holds no markup."""
    documents = [document for page in pages if (document := parse(page, outlet))]
    if not documents or documents[0].page is not pages[0]:
        return None
    first = documents[0]
    metadata = read_metadata(first.tree)
    headline = read_headline(first, metadata)
    text = read_text(documents, headline.text if headline else None, metadata)
    if headline is None and first.markup is None:
        headline, text = _first_line(text)
    return Reading(first, metadata, headline, text)


def _first_line(text: Text) -> tuple[Stated | None, Text]:
    """A line that is no sentence, above the first paragraph of a page without any heading, is its headline."""
    blocks = text.blocks
    if len(blocks) < 3 or not 20 <= len(blocks[0].text) <= 200 or blocks[0].text.endswith((*SENTENCE_END, ":", ",")):
        return None, text
    body = [block for block in blocks[1:] if folded(block.text) != folded(blocks[0].text)]
    if not body or len(body[0].text) < 80 or not body[0].text.endswith(SENTENCE_END):
        return None, text
    return Stated("text:first-line", blocks[0].text), replace(text, blocks=tuple(body))


def read_headline(document: Document, metadata: Metadata) -> Stated | None:
    """The headline as printed, else as stated to machines; `None` where the page has none."""
    if document.markup:
        for element in select(document.tree, document.markup.headline):
            text = text_of(element)
            if _may_be_headline(text):
                return Stated(f"css:{document.markup.headline}", text)
    stated = [Stated(s.source, without_site(s.text, document, metadata)) for s in metadata.headlines]
    if not document.markup:
        stated += _title(document, metadata)
    stated = [s for s in stated if _may_be_headline(s.text)]
    if document.markup:
        return stated[0] if stated else None
    return _printed_heading(document.tree, stated) or (stated[0] if stated else _only_h1(document))


def _may_be_headline(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_HEADLINE and not furniture.is_heading(text)


def _title(document: Document, metadata: Metadata) -> list[Stated]:
    """The title element, where it says more than the site's name."""
    for element in document.tree.iter("title"):
        text = without_site(text_of(element), document, metadata)
        return [Stated("html:title", text)] if len(text.split()) >= 4 or len(text) >= 25 else []
    return []


def without_site(text: str, document: Document, metadata: Metadata) -> str:
    """The headline without " - Name of the Site" behind it; empty when it is the name alone."""
    host = urlsplit(document.page.url).hostname or ""
    names = {folded(label) for label in host.split(".")[:-1] if len(label) > 3} | {folded(metadata.site or "")}
    names |= {folded(name) for name in (document.outlet.credits if document.outlet else ())}
    names.discard("")
    while match := _SUFFIX.search(text):
        behind = folded(text[match.end() :])
        if not any(name in behind or behind in name for name in names):
            break
        text = text[: match.start()]
    return "" if folded(text) in names else tidy(text)


def _printed_heading(tree: HtmlElement, stated: Sequence[Stated]) -> Stated | None:
    """The h1 or h2 that prints a stated headline, or a little more than it."""
    wanted = [folded(s.text) for s in stated]
    more: Stated | None = None
    for element in islice(tree.iter("h1", "h2"), _MOST_HEADINGS):
        text = text_of(element)
        plain = folded(text)
        if plain in wanted:
            return Stated(f"html:{element.tag!s}", text)
        if more is None and any(len(want) >= 15 and want in plain and len(plain) < 1.3 * len(want) for want in wanted):
            more = Stated(f"html:{element.tag!s}", text)
    return more


def _only_h1(document: Document) -> Stated | None:
    """The page's h1, when it has one alone and it reads like a headline."""
    headings = islice(document.tree.iter("h1"), _MOST_HEADINGS)
    texts = [text for element in headings if (text := text_of(element))]
    if len(texts) == 1 and len(texts[0]) >= 15 and _may_be_headline(texts[0]):
        return Stated("html:h1", texts[0])
    return None
