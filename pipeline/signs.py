"""What a page shows of its kind, gathered once for `pipeline.kinds` and its parts: its text, names and address."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from pipeline.blocks import SENTENCE_END
from pipeline.document import folded, lines_of, text_of
from pipeline.extract import Reading
from pipeline.wordlists import load

PROSE = 60  # characters of a block that is a paragraph
FULL_TEXT = 600  # characters of prose: no challenge, no wall and no missing page shows so much
_IDEOGRAPH = re.compile("[\u2e80-\u9fff]")
_STOPLESS = re.compile("[\u0e00-\u109f\u1780-\u17ff]")
_DUMP = 3000  # characters of a block in a script without full stops above which it is no paragraph
_SHORTEST_LINE = 20  # characters of a verse or a result
_MANY_LINES = 450  # characters in such lines that make a text, sentences or not
_CUT = 20_000  # characters at which `pipeline.text` cuts a paragraph, wherever its sentence ends
_WHOLE = 0.8  # share of a page's lines from which on its text is the page itself
_MOST_LABELS = 1000  # links that are looked at
_SHORTEST_LABEL = 12  # characters of a link that may be a headline
_MOST_NAMES = 5  # headings of a page that may name what it is
_MOST_TEXT = 20_000  # characters of a page's lines that are looked at
_LONGEST_NAME = 300  # characters
_LONGEST_MESSAGE = 120  # characters of a heading that is a message, not a headline


@dataclass(frozen=True, slots=True)
class Refusals:
    """Challenges and refusals. `walls` and `scripts` stand on such pages only; the rest needs company."""

    walls: tuple[str, ...]
    scripts: tuple[str, ...]
    selectors: tuple[str, ...]
    titles: tuple[str, ...]
    words: tuple[str, ...]
    consent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gone:
    selectors: tuple[str, ...]
    titles: tuple[str, ...]
    fillers: tuple[str, ...]
    words: tuple[str, ...]
    parked: tuple[str, ...]
    maintenance: tuple[str, ...]
    script_needed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paywall:
    selectors: tuple[str, ...]
    words: tuple[str, ...]
    hints: tuple[str, ...]
    login: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Media:
    """`photo`, `video`, `live`, `graphic`, `quiz`: words of an address; `live_titles`: how a headline begins."""

    photo: tuple[str, ...]
    video: tuple[str, ...]
    live: tuple[str, ...]
    graphic: tuple[str, ...]
    quiz: tuple[str, ...]
    live_titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lists:
    """Words of an address before the name of a tag, an author or a search, and before that of a section.

    `types`: what JSON-LD calls such pages.
    """

    names: tuple[str, ...]
    sections: tuple[str, ...]
    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signs:
    block: Refusals
    gone: Gone
    paywall: Paywall
    media: Media
    lists: Lists


@cache
def signs() -> Signs:
    """The lists of `pipeline/data/kinds.toml`."""
    return load("kinds", Signs)


@dataclass(frozen=True, slots=True)
class Look:
    """The evidence. Lengths are in characters of Latin script: one Chinese character says as much as three."""

    reading: Reading = field(repr=False)
    prose: int  # in the paragraphs of the text that was read
    length: int  # of that text
    paragraphs: int
    segments: frozenset[str]  # of the address: labels of the host, parts of the path but the last
    is_root: bool  # the address of a site's front page
    is_named: bool  # the address ends in a headline or a number, not in the word of a section

    @property
    def tree(self) -> HtmlElement:
        return self.reading.document.tree

    @property
    def is_marked(self) -> bool:
        """An outlet file knows where the text stands, and it stands there."""
        return self.reading.document.markup is not None

    @property
    def calls_itself_article(self) -> bool:
        types = self.reading.metadata.types
        return any(name.endswith(("article", "blogposting")) for name in types)


def look(reading: Reading) -> Look:
    """The evidence of one page."""
    texts = _texts(reading)
    parts = urlsplit(reading.document.page.url.lower())
    path = parts.path.split("/")
    return Look(
        reading=reading,
        prose=sum(weight(text) for text, linked in texts if is_prose(text, linked)),
        length=sum(weight(text) for text, _ in texts),
        paragraphs=len(texts),
        segments=frozenset({*(parts.hostname or "").split(".")[:-1], *path[:-1]} - {""}),
        is_named=bool(re.search(r"\d|[-_].*[-_]", path[-1] or (path[-2] if len(path) > 2 else ""))),
        is_root=parts.path in ("", "/", "/index.html", "/index.php") and not parts.query and bool(parts.hostname),
    )


def _texts(reading: Reading) -> list[tuple[str, int]]:
    """(paragraph, characters of it that are linked). Where the reader gave the whole page as one, its lines that are
    sentences: nobody knows then where a text begins.
    """
    blocks = reading.text.blocks
    body = reading.document.tree.find("body")
    if len(blocks) == 1 and body is not None and reading.text.source == "trafilatura":
        lines = lines_of(body)
        if len(blocks[0].text) >= _WHOLE * sum(map(len, lines)):
            labels = tuple(labels_of(body))
            own = [line for line in lines if weight(line) >= _SHORTEST_LINE and not line.startswith(labels)]
            if sum(map(len, own)) >= _MANY_LINES:
                return [(line, 0) for line in own]
            return [(line, 0) for line in own if weight(line) >= PROSE and is_sentence(line)]
    return [(block.text, sum(link.end - link.start for link in block.links)) for block in blocks]


def labels_of(tree: HtmlElement) -> set[str]:
    """The labels of links that may be headlines."""
    anchors = zip(range(_MOST_LABELS), tree.iter("a"), strict=False)
    return {label for _, anchor in anchors if len(label := text_of(anchor)) >= _SHORTEST_LABEL}


def weight(text: str) -> int:
    """How much a text says, in characters of Latin script."""
    return len(text) if text.isascii() else len(text) + 2 * len(_IDEOGRAPH.findall(text))


def is_prose(text: str, linked: int = 0) -> bool:
    """A paragraph: long enough, no list of links, and ended as sentences are where the script has an end for them."""
    if weight(text) < PROSE or 2 * linked >= len(text):
        return False
    return len(text) < 4 * PROSE or len(text) >= _CUT or is_sentence(text)


def is_sentence(text: str) -> bool:
    """Ended as its script ends sentences: Thai, Lao, Khmer and Burmese may end a paragraph without any sign."""
    if text.endswith((*SENTENCE_END, ":", ";")):
        return True
    return len(text) <= _DUMP and 2 * len(_STOPLESS.findall(text)) > len(text)


def names_of(page: Look) -> list[str]:
    """What the page calls itself: title and first headings, case-folded."""
    elements = page.tree.iter("title", "h1", "h2")
    found = [
        text_of(element)[:_LONGEST_NAME].casefold() for _, element in zip(range(_MOST_NAMES), elements, strict=False)
    ]
    return [name for name in found if name]


def said_outside(page: Look) -> list[str]:
    """The page's lines that are none of the text's paragraphs, case-folded; what walls and missing pages say."""
    body = page.tree.find("body")
    lines = lines_of(body if body is not None else page.tree)
    own = {block.text for block in page.reading.text.blocks if len(block.text) >= 2 * PROSE}
    found, total = [], 0
    for line in lines:
        total += len(line)
        if total > _MOST_TEXT:
            break
        if line not in own:
            found.append(line.casefold())
    return found


def first_in(words: tuple[str, ...], texts: list[str]) -> str | None:
    """The first of the words that stands in any of the texts."""
    whole = "\n".join(texts)
    return next((word for word in words if word in whole), None)


def message(names: list[str], phrases: tuple[str, ...], fillers: tuple[str, ...] = ()) -> str | None:
    """A name of the page that says little more than one of the phrases: "Maaf, 404 – Halaman tidak ditemukan"."""
    for name in names:
        if len(name) > _LONGEST_MESSAGE or not first_in(phrases, [name]):
            continue
        for part in (name, *re.split(r"\s+[|–—·»:-]+\s+", name)):
            rest = folded(part)
            for phrase in (*phrases, *fillers):
                rest = rest.replace(folded(phrase), "")
            if first_in(phrases, [part]) and 3 * len(rest) <= len(folded(part)):
                return name
    return None
