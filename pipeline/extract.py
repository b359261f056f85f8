"""From fetched pages to what they print: the tree, the headline, the text's blocks and the lines that credit it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from pipeline import byline, clean
from pipeline.blocks import SENTENCE_END, Block, read_blocks
from pipeline.dates import parse as parse_date
from pipeline.document import Document, folded, parse, select, text_of, tidy
from pipeline.generic import read_generic
from pipeline.metadata import Metadata, Stated, read_metadata
from pipeline.model import Page
from pipeline.outlet import Outlet

_MOST_TEXT = 200_000  # characters of one article; the longest of 2,000 real ones had 41,000
_MOST_BLOCKS = 3_000
_MOST_BLOCK = 20_000  # characters of one paragraph
_SUFFIX = re.compile(r"\s+(?:[|–—·»]|-{1,2}|::?)\s+(?=[^|–—·»]{2,60}$)")
_DATE_LINES = 4  # blocks at the top among which the date may stand
_LONGEST_DATE_LINE = 80  # characters
_LABEL_IN_TEXT = re.compile(r"(?<=[.!?\"”’)])\s*(?=(?:Editor|Pewarta|Reporter|Penulis|Redaktur|Penerjemah)\s?:)")


@dataclass(frozen=True, slots=True)
class Text:
    """The article's own blocks, and what was printed with them."""

    blocks: tuple[Block, ...] = field(repr=False)
    source: str  # "css:…" or "trafilatura"
    tail: tuple[str, ...] = ()  # byline, copyright, source and notice lines above and below the text
    pull_quote: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """All that later steps need of the pages."""

    document: Document  # of the first page
    metadata: Metadata
    headline: Stated | None
    text: Text
    links: int  # distinct headlines of other articles that the first page links


def read_pages(pages: Sequence[Page], outlet: Outlet | None) -> Reading | None:
    """Decode, parse and read the pages of one article, in order. `None`: the first page holds no markup."""
    documents = [document for page in pages if (document := parse(page, outlet))]
    if not documents or documents[0].page is not pages[0]:
        return None
    first = documents[0]
    metadata = read_metadata(first.tree)
    headline = read_headline(first, metadata)
    around = clean.Around(
        url=first.page.url,
        outlet=outlet,
        headline=headline.text if headline else None,
        related=clean.related_headlines(first.tree, first.page.url, outlet),
    )
    text = _clean_text(documents, around)
    if headline is None and first.markup is None:
        headline, text = _first_line(text)
    return Reading(first, metadata, headline, text, len(around.related))


def _first_line(text: Text) -> tuple[Stated | None, Text]:
    """A line that is no sentence, above the first paragraph of a page without any heading, is its headline."""
    blocks = text.blocks
    if len(blocks) < 3 or not 20 <= len(blocks[0].text) <= 200 or blocks[0].text.endswith((*SENTENCE_END, ":", ",")):
        return None, text
    body = [block for block in blocks[1:] if folded(block.text) != folded(blocks[0].text)]
    if not body or len(body[0].text) < 80 or not body[0].text.endswith(SENTENCE_END):
        return None, text
    return Stated("text:first-line", blocks[0].text), replace(text, blocks=tuple(body))


def _clean_text(documents: Sequence[Document], around: clean.Around) -> Text:
    """The blocks of all pages without furniture, tails and repeated quotes. The order of the steps matters."""
    blocks, source = _read_documents(documents)
    blocks = _without_date_lines(blocks)
    credited = tuple(block.text for block in blocks if byline.is_photo_line(block.text))
    blocks, tail = split_tail(clean.without_furniture(blocks, around))  # a tail may hold links: before they go
    blocks = clean.without_related(blocks, around)
    blocks, more = split_tail(clean.without_furniture(blocks, around))
    markup = documents[0].markup
    quotes = [text_of(element) for element in select(documents[0].tree, markup.pull_quote)] if markup else []
    blocks, quote = clean.without_repeated(blocks, [quote for quote in quotes if quote])
    blocks = clean.without_bare_headlines(blocks)
    return Text(blocks, source, tail + more + credited, quote)


def _without_date_lines(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Without the line above a text that prints nothing but its date and time."""
    kept = list(blocks[:_DATE_LINES])
    for block in blocks[:_DATE_LINES]:
        instant = parse_date(block.text, UTC) if len(block.text) <= _LONGEST_DATE_LINE else None
        if instant and len(instant.text) >= 0.8 * len(block.text):
            kept.remove(block)
    return (*kept, *blocks[_DATE_LINES:])


def _read_documents(documents: Sequence[Document]) -> tuple[tuple[Block, ...], str]:
    """The blocks of every page in order; a paragraph that a later page repeats stands once."""
    blocks, source = _read_document(documents[0])
    seen = {folded(block.text) for block in blocks}
    for document in documents[1:]:
        further = [block for block in _read_document(document)[0] if folded(block.text) not in seen]
        seen |= {folded(block.text) for block in further}
        blocks += tuple(further)
    return _within_limits(blocks), source


def _within_limits(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """As many blocks as an article can have: what follows is a dump or an attack."""
    kept, total = [], 0
    for block in blocks[:_MOST_BLOCKS]:
        total += len(block.text)
        if total > _MOST_TEXT:
            break
        kept.append(block if len(block.text) <= _MOST_BLOCK else Block(block.text[:_MOST_BLOCK], block.kind))
    return tuple(kept)


def _read_document(document: Document) -> tuple[tuple[Block, ...], str]:
    if document.markup is None or document.root is None:
        return read_generic(document.tree)
    root = document.root
    pruned = [element for selector in document.markup.prune for element in select(document.tree, selector)]
    credit = [element for element in select(root, document.markup.byline) if element is not root]
    blocks = read_blocks(root, [*pruned, *credit]) or read_blocks(root, [*pruned, *credit], captions=True)
    return blocks, f"css:{document.markup.root}"


def split_tail(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """(the text, the credit lines printed above and below it). A credit glued to the last paragraph is cut off."""
    middle = list(blocks)
    if middle and (glued := _LABEL_IN_TEXT.search(middle[-1].text)):
        last = middle.pop()
        middle += [
            Block(last.text[: glued.start()].strip(), last.kind, mark=last.mark),
            Block(last.text[glued.end() :]),
        ]
    lines: list[str] = []
    while middle and byline.is_tail(middle[0].text) and len(middle) > 1:
        lines.append(middle.pop(0).text)
    below: list[str] = []
    while middle and byline.is_tail(middle[-1].text):
        below.insert(0, middle.pop().text)
    return tuple(middle), (*lines, *below)


def read_headline(document: Document, metadata: Metadata) -> Stated | None:
    """The headline as printed, else as stated to machines; `None` where the page has none."""
    if document.markup:
        for element in select(document.tree, document.markup.headline):
            text = text_of(element)
            if text and not clean.is_heading_of_furniture(text):
                return Stated(f"css:{document.markup.headline}", text)
    stated = [Stated(s.source, without_site(s.text, document, metadata)) for s in metadata.headlines]
    if not document.markup:
        stated += _title(document, metadata)
    stated = [s for s in stated if s.text and not clean.is_heading_of_furniture(s.text)]
    if document.markup:
        return stated[0] if stated else None
    return _printed_heading(document.tree, stated) or (stated[0] if stated else _only_h1(document))


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
    for element in tree.iter("h1", "h2"):
        text = text_of(element)
        plain = folded(text)
        if plain in wanted:
            return Stated(f"html:{element.tag!s}", text)
        if more is None and any(len(want) >= 15 and want in plain and len(plain) < 1.3 * len(want) for want in wanted):
            more = Stated(f"html:{element.tag!s}", text)
    return more


def _only_h1(document: Document) -> Stated | None:
    """The page's h1, when it has one alone and it reads like a headline."""
    texts = [text for element in document.tree.iter("h1") if (text := text_of(element))]
    if len(texts) == 1 and len(texts[0]) >= 15 and not clean.is_heading_of_furniture(texts[0]):
        return Stated("html:h1", texts[0])
    return None
