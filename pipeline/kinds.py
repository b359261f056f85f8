"""What a page is: an article, or one of the things that look like one. By structure first, with the reason in words."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from pipeline.extract import Reading
from pipeline.media import by_medium
from pipeline.missing import empty, gone
from pipeline.model import Kind
from pipeline.signs import FULL_TEXT, PROSE, Look, first_in, is_sentence, labels_of, look, signs
from pipeline.urls import canonical_url, is_article
from pipeline.walls import asks_consent, blocked, walled

_SHORT = 450  # characters of body below which a text of one or two paragraphs is a short note
_LISTING_LINKS = 12  # headlines of other articles on a page that is one itself: fewer than on an index, with its prose
_FEW_LINKS = 5  # the same, where address or page say that it is an index
_HEADLINE_WORDS = 4  # of an address: fewer may name a section
_MOSTLY_LINKED = 0.6  # share of a text that is labels of links
_FEEDS = ("rss", "feed", "urlset", "sitemapindex", "channel")


def classify(reading: Reading) -> tuple[Kind, str]:
    """(kind, why). A page with a full text is never a challenge, whatever words it holds.

    The reason ends with what had to be done to read the page: charset, mending, cuts.
    """
    kind, reason = _classify(look(reading))
    return kind, "; ".join(filter(None, (reason, *reading.document.notes, reading.text.cut)))


def _classify(page: Look) -> tuple[Kind, str]:
    foreign = page.reading.document.foreign
    if foreign:
        return Kind.EMPTY, f"{foreign} instead of a page"
    if _is_feed(page.tree):
        return Kind.LISTING, "a feed or sitemap instead of a page"
    instead = None
    if page.prose < FULL_TEXT:
        instead = blocked(page) or asks_consent(page)
    instead = instead or gone(page) or walled(page)
    if instead:
        return instead
    named = by_medium(page) if page.is_named else None  # a gallery links others; /foto/ alone is the list of them
    return named or _listed(page) or by_medium(page) or _by_text(page)


def _is_feed(tree: HtmlElement) -> bool:
    """The parser for HTML sets a feed's own elements under body."""
    top = [tree, *tree[:2], *(child for part in tree[:2] for child in part[:1])]
    return any(element.tag in _FEEDS for element in top)


def _by_text(page: Look) -> tuple[Kind, str]:
    reading = page.reading
    if page.length < PROSE / 2:
        return Kind.EMPTY, empty(page)
    if not reading.headline and not page.is_marked and page.prose < PROSE:
        return Kind.EMPTY, "neither a headline nor a paragraph was found"
    if page.length < _SHORT and not page.is_marked and not _speaks(page):
        return Kind.EMPTY, empty(page)
    if page.length < _SHORT and page.paragraphs <= 2:
        return Kind.SHORT_NOTE, f"{page.length} characters of text"
    return Kind.ARTICLE, f"{len(reading.text.blocks)} paragraphs from {reading.text.source}"


def _speaks(page: Look) -> bool:
    """Is there a sentence, or at least a place that is made for the text?"""
    blocks = page.reading.text.blocks
    if page.length < 3 * PROSE and first_in(signs().gone.script_needed, [block.text.casefold() for block in blocks]):
        return False
    return page.reading.text.source.startswith(("css:", "structure:")) or any(
        is_sentence(block.text) for block in blocks
    )


def _listed(page: Look) -> tuple[Kind, str] | None:
    """Many headlines of others and little text of its own."""
    if page.is_marked or (page.prose >= 2 * FULL_TEXT and not page.is_root):
        return None
    index = _index_word(page)
    own = not index and _is_article(page)
    if own and page.prose >= (PROSE if page.calls_itself_article else 2 * PROSE):
        return None
    if _is_made_of_links(page):
        return Kind.LISTING, "a list of links, without a text of its own"
    links = page.reading.links or (len(labels_of(page.tree)) if page.is_root else 0)
    if index and links >= _FEW_LINKS:
        return Kind.LISTING, f"a list of {links} other articles ({index})"
    if links >= _LISTING_LINKS and (not own or page.prose < PROSE):
        return Kind.LISTING, f"a list of {links} other articles, without a text of its own"
    return None


def _index_word(page: Look) -> str | None:
    """By what the address or the page itself says that this is an index."""
    if page.is_root:
        return "a site's front page"
    marks = signs().lists
    named = next((name for name in marks.types if name in page.reading.metadata.types), None)
    if named and not page.calls_itself_article:
        return f"the page calls itself {named}"
    word = None if page.calls_itself_article else _list_word(page.reading.document.page.url)
    return f"by its address ({word})" if word else None


def _list_word(url: str) -> str | None:
    """The word of an address that leads to a list: /tag/taman, /indeks/2026/06/01, /kategori/kota, /?s=taman.

    Behind such a word may also stand an article: where more follows, or a whole headline behind a section's word.
    """
    marks, parts = signs().lists, urlsplit(url.lower())
    segments = [segment for segment in parts.path.split("/") if segment]
    for position, segment in enumerate(segments):
        rest = segments[position + 1 :]
        if segment not in marks.names and segment not in marks.sections:
            continue
        while rest and not re.search(r"[^\W\d_]", rest[-1]):  # a day, the number of a page
            rest.pop()
        if not rest or (len(rest) == 1 and (segment in marks.names or rest[0].count("-") < _HEADLINE_WORDS - 1)):
            return f"/{segment}/"
    searched = not segments and re.match(r"(?:s|q|query|search|cari)=", parts.query)
    return f"?{parts.query[:20]}" if searched else None


def _is_article(page: Look) -> bool:
    document = page.reading.document
    try:
        return is_article(canonical_url(document.page.url, document.outlet), document.outlet)
    except ValueError:
        return False


def _is_made_of_links(page: Look) -> bool:
    """Is the text that was read little else than labels of links?"""
    blocks = page.reading.text.blocks
    length = sum(len(block.text) for block in blocks)
    if length < 2 * PROSE:
        return False
    if sum(link.end - link.start for block in blocks for link in block.links) >= _MOSTLY_LINKED * length:
        return True
    text = "\n".join(block.text for block in blocks)
    return sum(len(label) * text.count(label) for label in labels_of(page.tree)) >= _MOSTLY_LINKED * length
