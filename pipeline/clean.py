"""What is printed between the paragraphs of an article and is not the article: related links, prompts, repeated quotes.

Related links are told by the DOM first, by words second: outlets also glue them into a paragraph without any mark.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from urllib.parse import urljoin

from lxml.html import HtmlElement

from pipeline.blocks import SENTENCE_END, Block, Link
from pipeline.document import folded, text_of
from pipeline.outlet import Outlet
from pipeline.urls import canonical_url, is_article
from pipeline.wordlists import load

_LONGEST_HEADLINE = 200  # characters
_SHORTEST_HEADLINE = 4  # words; "Jakarta" in a related list must not go wherever it stands
_SHORTEST_QUOTE = 40  # letters and digits; a shorter sentence may well stand twice
_SHORTEST_SET_QUOTE = 15  # the same, where the markup says that it is a quote
_SHORTEST_PROSE = 60  # characters
_MOST_LINKS = 3000  # of a page; menus of real pages have up to 900
_MOST_BLOCKS = 500  # compared with each other for repetition; the longest real article had 120


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of the page around the text."""

    url: str
    outlet: Outlet | None
    headline: str | None
    related: dict[str, str]  # folded headline of another article -> as printed


@dataclass(frozen=True, slots=True)
class _Related:
    markers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Lines:
    exact: tuple[str, ...]
    patterns: tuple[str, ...]
    ends: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Headings:
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Small:
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    related: _Related
    lines: _Lines
    headings: _Headings
    small: _Small


@dataclass(frozen=True, slots=True)
class _Patterns:
    marker: re.Pattern[str]  # "Baca juga :" at the start of a line; group 1 is the colon
    inside: re.Pattern[str]  # the same behind a sentence
    line: re.Pattern[str]


@cache
def _words() -> _Words:
    return load("furniture", _Words)


@cache
def _patterns() -> _Patterns:
    words = _words()
    markers = "|".join(re.escape(marker) for marker in sorted(words.related.markers, key=len, reverse=True))
    return _Patterns(
        marker=re.compile(rf"(?i)^[\[(•>»\-\s]*(?:{markers})(?![^\W\d_])\s*([:：])?"),
        inside=re.compile(rf"(?i)(?<=[.!?…\"”’)\]])\s*(?:{markers})\s*[:：].{{0,{_LONGEST_HEADLINE}}}$"),
        line=re.compile("|".join(f"(?:{pattern})" for pattern in words.lines.patterns), re.IGNORECASE),
    )


def is_heading_of_furniture(text: str) -> bool:
    """ "Berita Terpopuler" is no article's headline."""
    return text.casefold().strip(" :") in _words().headings.names


def related_headlines(tree: HtmlElement, url: str, outlet: Outlet | None) -> dict[str, str]:
    """The headlines by which the page links to other articles, folded -> as printed. Links in a sentence are none."""
    own = _same_page(url, outlet)
    found: dict[str, str] = {}
    for anchor in islice(tree.iter("a"), _MOST_LINKS):
        href = anchor.get("href")
        if not href or anchor.text_content().count(" ") < _SHORTEST_HEADLINE - 1:
            continue
        text = text_of(anchor)
        headline = len(text.split()) >= _SHORTEST_HEADLINE and len(text) <= _LONGEST_HEADLINE
        if headline and _stands_alone(anchor, text) and leads_elsewhere(href, url, outlet, own):
            found.setdefault(folded(text), text)
    return found


def _stands_alone(anchor: HtmlElement, text: str) -> bool:
    """Is the link (almost) all that its line says? "Baca juga:" may stand before it, the time behind it."""
    parent = anchor.getparent()
    while parent is not None and parent.tag in ("b", "strong", "em", "i", "u", "span", "font"):
        parent = parent.getparent()
    return parent is None or not _has_more_words(parent, len(text.split()) + _SHORTEST_HEADLINE)


def _has_more_words(element: HtmlElement, most: int) -> bool:
    """Has the element more words than that? Reads no further than it must: a line may hold thousands of links."""
    words, open_end = 0, False  # whether the last word may go on in the next string
    for string in element.itertext():
        if string:
            words += len(string.split()) - (open_end and not string[0].isspace())
            open_end = not string[-1].isspace()
        if words > most:
            return True
    return False


def _same_page(url: str, outlet: Outlet | None) -> str:
    try:
        return canonical_url(url, outlet)
    except ValueError:
        return url


def leads_elsewhere(href: str, url: str, outlet: Outlet | None, own: str | None = None) -> bool:
    """Is this a link to another article?"""
    try:
        target = canonical_url(urljoin(url, href.strip()), outlet)
    except ValueError:
        return False
    return target != (own or _same_page(url, outlet)) and (is_article(target, outlet) or is_article(target, None))


def without_related(blocks: Sequence[Block], around: Around) -> tuple[Block, ...]:
    """The blocks without those that only lead to other articles, and without such links inside paragraphs."""
    kept: list[Block] = []
    expecting = False  # the line before said "Baca juga:" and nothing else
    for block in blocks:
        marker = _patterns().marker.match(block.text)
        rest = block.text[marker.end() :].strip(" :-–") if marker else ""
        if expecting and _could_be_headline(block, around):
            expecting = False
            continue
        expecting = bool(marker) and not rest
        if marker and (expecting or marker[1] or block.links) and len(rest) <= _LONGEST_HEADLINE:
            continue
        if _is_only_link(block, around) or folded(block.text) in around.related:
            continue
        cut = _without_inline(block, around)
        if cut is not None:
            kept.append(cut)
    return tuple(kept)


def _could_be_headline(block: Block, around: Around) -> bool:
    if len(block.text) > _LONGEST_HEADLINE:
        return False
    return _is_only_link(block, around) or folded(block.text) in around.related or not block.text.endswith(".")


def _is_only_link(block: Block, around: Around) -> bool:
    """(Almost) all of the text is a link to another article."""
    linked = sum(link.end - link.start for link in block.links if leads_elsewhere(link.href, around.url, around.outlet))
    return linked >= 0.85 * len(block.text)


def _without_inline(block: Block, around: Around) -> Block | None:
    """The block without headlines glued into it, linked or bare; `None` when nothing is left."""
    text = block.text
    for link in reversed(block.links):
        if _is_glued(text, link, around):
            text = _joined(text[: link.start], text[link.end :])
    text = _patterns().inside.sub("", text)
    for headline in around.related.values():
        place = text.find(headline)
        if place > 0 and text[:place].rstrip().endswith(SENTENCE_END):
            text = _joined(text[:place], text[place + len(headline) :])
    if text == block.text:
        return block
    return replace(block, text=text, links=()) if text else None


def _joined(before: str, after: str) -> str:
    return " ".join(part for part in (before.strip(), after.strip()) if part)


def _is_glued(text: str, link: Link, around: Around) -> bool:
    """A linked headline between two sentences, or between a sentence and the end: not a link on words of a sentence."""
    label, before, after = text[link.start : link.end].strip(), text[: link.start].rstrip(), text[link.end :].lstrip()
    if len(label.split()) < _SHORTEST_HEADLINE or not leads_elsewhere(link.href, around.url, around.outlet):
        return False
    if before and not before.endswith((*SENTENCE_END, ":")):
        return False
    return not after or not (after[0].islower() or after[0] in ".,;:!?)’”")


def without_furniture(blocks: Sequence[Block], around: Around) -> tuple[Block, ...]:
    """The blocks without prompts, adverts and the page's own headline, cut where only other articles follow."""
    words, headline = _words().lines, folded(around.headline or "")
    kept: list[Block] = []
    for position, block in enumerate(blocks):
        low = block.text.casefold().strip(" :")
        if not any(character.isalnum() for character in low):
            continue
        if low in words.ends and not any(_is_prose(later) for later in blocks[position + 1 :]):
            break
        if low in words.exact or low in words.ends or _patterns().line.search(block.text[:400]):
            continue
        if headline and folded(block.text) == headline:
            continue
        kept.append(block)
    return tuple(kept)


def _is_prose(block: Block) -> bool:
    return len(block.text) >= _SHORTEST_PROSE and block.text.endswith(SENTENCE_END) and not block.links


def without_bare_headlines(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Without lines that look like another article's headline and stand between two paragraphs of prose.

    For a page that prints a related headline as plain text and links it nowhere. Subheads are bold or headings.
    """
    kept = []
    for position, block in enumerate(blocks):
        inside = 0 < position < len(blocks) - 1
        plain = block.kind == "text" and not block.bold and not block.mark
        if inside and plain and _is_title_case(block.text) and _is_prose_between(blocks, position):
            continue
        kept.append(block)
    return tuple(kept)


def _is_prose_between(blocks: Sequence[Block], position: int) -> bool:
    return all(blocks[p].text.endswith(SENTENCE_END) and len(blocks[p].text) > 80 for p in (position - 1, position + 1))


def _is_title_case(text: str) -> bool:
    """Seven words or more, nearly all of them capitalised, without a full stop."""
    words = text.split()
    if not 7 <= len(words) <= 25 or len(text) > _LONGEST_HEADLINE or text.endswith((*SENTENCE_END, ":", ",", ";")):
        return False
    weighty = [word for word in words if word.lower() not in _words().small.words]
    capital = sum(1 for word in weighty if word.lstrip("\"'“‘(")[:1].isupper() or word[:1].isdigit())
    return capital >= 0.9 * len(weighty) and text[:1] not in "\"“'‘"


def without_repeated(blocks: Sequence[Block], quotes: Collection[str] = ()) -> tuple[tuple[Block, ...], str | None]:
    """The blocks without one that repeats words of another paragraph, and that pull quote as printed.

    `quotes`: pull quotes found by the outlet's selector.
    """
    texts = [folded(block.text) for block in blocks[:_MOST_BLOCKS]]
    kept: list[Block] = []
    quote = next(iter(quotes), None)
    for position, (block, text) in enumerate(zip(blocks, texts, strict=False)):
        others = [other for other in enumerate(texts) if other[0] != position and text in other[1]]
        if len(text) >= _shortest(block) and any(_is_repeated(block, text, blocks[p], o) for p, o in others):
            quote = quote or block.text
            continue
        kept.append(block)
    return (*kept, *blocks[_MOST_BLOCKS:]), quote


def _shortest(block: Block) -> float:
    """From how many letters on a block is looked for in others: subheads and list items never are."""
    return {"text": _SHORTEST_QUOTE, "quote": _SHORTEST_SET_QUOTE}.get(block.kind, math.inf)


def _is_repeated(block: Block, text: str, other_block: Block, other: str) -> bool:
    """Is the block a part of the other, or, where it alone is set as a quote, the same?"""
    return len(text) < len(other) or (block.kind == "quote" and other_block.kind != "quote")
