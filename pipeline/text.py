"""The text of an article as its pages print it: blocks without furniture, credit lines apart, and what was removed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC

from lxml.html import HtmlElement

from pipeline import byline, clean, furniture, repeats
from pipeline.blocks import Block, read_blocks
from pipeline.dates import parse as parse_date
from pipeline.document import Document, folded, select, text_of
from pipeline.generic import read_generic
from pipeline.metadata import Metadata
from pipeline.related import related_headlines

_MOST_TEXT = 200_000  # characters of one article; the longest of 2,000 real ones had 41,000
_MOST_BLOCKS = 3_000
_MOST_BLOCK = 20_000  # characters of one paragraph
_COMBINED = re.compile(r"[\s>+~]")  # a selector that may name elements around the root
_DATE_LINES = 4  # blocks at the top among which the date may stand
_LONGEST_DATE_LINE = 80  # characters
_LABEL_IN_TEXT = re.compile(r"(?<=[.!?\"”’)])\s*(?=(?:Editor|Pewarta|Reporter|Penulis|Redaktur|Penerjemah)\s?:)")
_ENDS_ALIKE = 12  # characters by which a line is known again after something was cut out of it


@dataclass(frozen=True, slots=True)
class Removed:
    """What the text's element prints and is not the text; `rule` says why, for a person."""

    text: str
    rule: str


@dataclass(frozen=True, slots=True)
class Text:
    """The article's own blocks, and what was printed with them."""

    blocks: tuple[Block, ...] = field(repr=False)
    source: str  # "css:…", "structure:…" or "trafilatura"
    tail: tuple[str, ...] = ()  # byline, copyright, source and notice lines above, in and below the text
    pull_quote: str | None = None
    cut: str | None = None  # that the text was too long to be read whole, in words
    stages: tuple[tuple[str, tuple[Block, ...]], ...] = field(default=(), repr=False)  # rule, and the blocks before it

    @property
    def removed(self) -> tuple[Removed, ...]:
        """What each rule took out, in the order of the rules."""
        after = [*(blocks for _, blocks in self.stages[1:]), self.blocks]
        pairs = zip(self.stages, after, strict=False)
        return tuple(Removed(gone, rule) for (rule, before), left in pairs for gone in _gone(before, left))


def _gone(before: Sequence[Block], after: Sequence[Block]) -> Iterator[str]:
    """The lines that are gone, and what was cut out of lines that are left."""
    old, left = {block.text for block in before}, {block.text for block in after}
    shortened = [block.text for block in after if block.text not in old]
    for text in (block.text for block in before if block.text not in left):
        same = (one for one in shortened if text.startswith(one[:_ENDS_ALIKE]) or text.endswith(one[-_ENDS_ALIKE:]))
        yield _without_ends_of(text, next(same, ""))


def _without_ends_of(text: str, other: str) -> str:
    """What stands between the beginning and the end that the texts share."""
    pairs = list(zip(text, other, strict=False))
    start = next((place for place, (a, b) in enumerate(pairs) if a != b), len(pairs))
    ends = zip(reversed(text[start:]), reversed(other[start:]), strict=False)
    end = next((place for place, (a, b) in enumerate(ends) if a != b), len(other) - start)
    return text[start : len(text) - end].strip()


def read_text(documents: Sequence[Document], headline: str | None, metadata: Metadata) -> Text:
    """The blocks of all pages without furniture, tails and repeated quotes. The order of the steps matters."""
    read, source, tail = _read_documents(documents)
    blocks, cut = _within_limits(read)
    around = _around(documents[0], blocks, headline, metadata)
    stages = [("date line", blocks)]
    blocks = _without_date_lines(blocks)
    notices = {block.text for block in blocks if _is_notice(block.text)}
    credited = tuple(block.text for block in blocks if byline.is_photo_line(block.text) or block.text in notices)
    stages.append(("prompt, advert, notice or the page's own headline", blocks))
    blocks = clean.without_furniture([block for block in blocks if block.text not in notices], around)
    stages.append(("byline, copyright or source line", blocks))  # before links go: such a line may hold some
    blocks, ends = split_tail(blocks)
    stages.append(("link to another article, or its headline", blocks))
    blocks = clean.without_related(blocks, around)
    stages.append(("prompt, advert or heading of a list", blocks))
    blocks = clean.without_furniture(blocks, around)
    stages.append(("byline, copyright or source line", blocks))
    blocks, more = split_tail(blocks)
    stages.append(("quotation printed twice", blocks))
    blocks, quote = repeats.without_repeated(blocks, _pull_quotes(documents[0]))
    stages.append(("headline of another article, printed bare", blocks))
    blocks = repeats.without_bare_headlines(blocks)
    return Text(blocks, source, tail + ends + more + credited, quote, cut, tuple(stages))


def _is_notice(text: str) -> bool:
    """A condition on machines that the page prints, wherever it stands; prose about such conditions is none."""
    return furniture.speaks_of_itself(text) and byline.is_notice(text)


def _pull_quotes(first: Document) -> list[str]:
    elements = select(first.tree, first.markup.pull_quote) if first.markup else []
    return [text for element in elements if (text := text_of(element))]


def _around(first: Document, blocks: Sequence[Block], headline: str | None, metadata: Metadata) -> clean.Around:
    url, outlet = first.page.url, first.outlet
    own = {folded(text) for text in (headline or "", *(stated.text for stated in metadata.headlines))} - {""}
    return clean.Around(url, outlet, frozenset(own), related_headlines(first.tree, blocks, url, outlet))


def _without_date_lines(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Without the line above a text that prints nothing but its date and time."""
    kept = list(blocks[:_DATE_LINES])
    for block in blocks[:_DATE_LINES]:
        instant = parse_date(block.text, UTC) if len(block.text) <= _LONGEST_DATE_LINE else None
        if instant and len(instant.text) >= 0.8 * len(block.text):
            kept.remove(block)
    return (*kept, *blocks[_DATE_LINES:])


def _read_documents(documents: Sequence[Document]) -> tuple[tuple[Block, ...], str, tuple[str, ...]]:
    """(the blocks of every page in order, where the first came from, credit lines that end a page but the last).

    A paragraph that a later page repeats stands once.
    """
    blocks, source = _read_document(documents[0])
    if len(documents) == 1:
        return blocks, source, ()
    blocks, lines = split_tail(blocks)
    seen = {folded(block.text) for block in blocks} | {folded(line) for line in lines}
    for position, document in enumerate(documents[1:], start=2):
        further = tuple(block for block in _read_document(document)[0] if folded(block.text) not in seen)
        if position < len(documents):
            further, more = split_tail(further)
            lines += more
        seen |= {folded(block.text) for block in further}
        blocks += further
    return blocks, source, lines


def _within_limits(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], str | None]:
    """As many blocks as an article can have, and whether more was cut: what follows is a dump or an attack."""
    kept, total = [], 0
    for block in blocks[:_MOST_BLOCKS]:
        short = block if len(block.text) <= _MOST_BLOCK else Block(block.text[:_MOST_BLOCK], block.kind)
        total += len(short.text)
        if total > _MOST_TEXT:
            break
        kept.append(short)
    whole = len(kept) == len(blocks) and all(len(block.text) <= _MOST_BLOCK for block in blocks)
    return tuple(kept), None if whole else f"the text was cut at {sum(len(block.text) for block in kept)} characters"


def _read_document(document: Document) -> tuple[tuple[Block, ...], str]:
    if document.markup is None or document.root is None:
        return read_generic(document.tree)
    root = document.root
    pruned = [element for selector in document.markup.prune for element in _under(document.tree, root, selector)]
    credit = [element for element in select(root, document.markup.byline) if element is not root]
    blocks = read_blocks(root, [*pruned, *credit]) or read_blocks(root, [*pruned, *credit], captions=True)
    return blocks, f"css:{document.markup.root}"


def _under(tree: HtmlElement, root: HtmlElement, selector: str) -> list[HtmlElement]:
    """What to prune. A selector without a combinator needs no look at the page around the root."""
    return select(tree if _COMBINED.search(selector.strip()) else root, selector)


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
