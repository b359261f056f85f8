"""What a page is: an article, or one of the things that look like one. By structure first, with the reason in words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from pipeline.document import select, text_of
from pipeline.extract import Reading
from pipeline.model import Kind
from pipeline.urls import canonical_url, is_article
from pipeline.wordlists import load

_PROSE = 60  # characters of a block that is a paragraph
_FULL_TEXT = 600  # characters of prose: no challenge and no wall shows so much
_SHORT = 450  # characters of body below which a text of one or two paragraphs is a short note
_FEW_LINKS = 5  # on a challenge at most: help, terms, its vendor
_LONGEST_SCRIPTS = 200_000  # characters of scripts that are looked at
_REFUSALS = frozenset({401, 403, 405, 429, 451, 503})  # statuses that walls answer with
_LISTING_LINKS = 12  # headlines of other articles on a page that is one itself: fewer than on an index, with its prose


@dataclass(frozen=True, slots=True)
class _Block:
    walls: tuple[str, ...]
    scripts: tuple[str, ...]
    selectors: tuple[str, ...]
    titles: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Gone:
    selectors: tuple[str, ...]
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Paywall:
    selectors: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Media:
    photo: tuple[str, ...]
    video: tuple[str, ...]
    live: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Signs:
    block: _Block
    gone: _Gone
    paywall: _Paywall
    media: _Media


@cache
def _signs() -> _Signs:
    return load("kinds", _Signs)


def classify(reading: Reading) -> tuple[Kind, str]:
    """(kind, why). A page with a full text is never a challenge, whatever words it holds."""
    prose = sum(len(block.text) for block in reading.text.blocks if len(block.text) >= _PROSE)
    tree = reading.document.tree
    if prose < _FULL_TEXT:
        names = [text_of(element) for element in tree.iter("title", "h1", "h2")][:5]
        title = " ".join(names).casefold()
        found = _blocked(reading, title, prose) or _gone(reading, title, prose) or _walled(reading)
        if found:
            return found
    return _by_medium(reading, prose) or _by_text(reading, prose)


def _blocked(reading: Reading, title: str, prose: int) -> tuple[Kind, str] | None:
    """A challenge instead of the page. A captcha beside a comment form stands on pages that have an article's root."""
    signs, document = _signs().block, reading.document
    if document.markup and prose:
        return None
    wall = _wall(document.tree) if prose < 2 * _PROSE else None
    structure = wall or next((css for css in signs.selectors if select(document.tree, css)), None)
    if wall or (structure and not prose and _leads_nowhere(document.tree)):
        return Kind.BLOCK_PAGE, f"a challenge or refusal instead of the page ({structure})"
    named = next((name for name in signs.titles if name in title), None)
    words = text_of(document.tree)[:5000].casefold() if structure or named or prose < _PROSE else ""
    said = next((word for word in signs.words if word in words), None)
    refused = document.page.status in _REFUSALS
    # Words alone: a headline and a sentence may speak of captchas, on a page that has a paragraph of its own.
    if sum(map(bool, (structure, named, said, refused))) >= 2 and (structure or refused or prose < 2 * _PROSE):
        return Kind.BLOCK_PAGE, f"a challenge or refusal instead of the page ({structure or named or said})"
    return None


def _wall(tree: HtmlElement) -> str | None:
    """What stands on challenges only: an element, or a word of a script."""
    signs = _signs().block
    found = next((css for css in signs.walls if select(tree, css)), None)
    if found:
        return found
    scripts = " ".join(script.text or "" for script in tree.iter("script"))[:_LONGEST_SCRIPTS].casefold()
    return next((word for word in signs.scripts if word in scripts), None)


def _leads_nowhere(tree: HtmlElement) -> bool:
    """A page of a newsroom leads to others of its pages, a captcha does not."""
    return sum(1 for _ in zip(range(_FEW_LINKS + 1), tree.iter("a"), strict=False)) <= _FEW_LINKS


def _gone(reading: Reading, title: str, prose: int) -> tuple[Kind, str] | None:
    document, signs = reading.document, _signs().gone
    own = [m.gone for m in document.outlet.markup if m.gone] if document.outlet else []
    structure = next((css for css in [*own, *signs.selectors] if select(document.tree, css)), None)
    if document.page.status in (404, 410) or (structure and not document.markup):
        return Kind.SOFT_404, f"the page says that there is nothing ({structure or document.page.status})"
    named = next((name for name in signs.titles if name in title), None)
    if named and not prose and not reading.text.blocks:
        return Kind.SOFT_404, f"the page says that there is nothing ({named})"
    if named and prose < _FULL_TEXT / 2 and not document.markup:
        return Kind.SOFT_404, f"the page says that there is nothing ({named})"
    return None


def _walled(reading: Reading) -> tuple[Kind, str] | None:
    signs, tree = _signs().paywall, reading.document.tree
    structure = next((css for css in signs.selectors if select(tree, css)), None)
    words = text_of(tree).casefold() if structure or not reading.metadata.free else ""
    said = next((word for word in signs.words if word in words), None)
    if not reading.metadata.free or (structure and said):
        return (
            Kind.PAYWALL,
            f"only the beginning is shown to those who do not pay ({said or structure or 'the page says so'})",
        )
    return None


def _by_medium(reading: Reading, prose: int) -> tuple[Kind, str] | None:
    """Photo and video pages and live blogs, by what the page or its address calls itself."""
    parts = urlsplit(reading.document.page.url.lower())
    words = {*(parts.hostname or "").split(".")[:-1], *parts.path.split("/")[:-1]}
    types, media = reading.metadata.types, _signs().media
    if "liveblogposting" in types or not words.isdisjoint(media.live):
        return Kind.LIVE_BLOG, "a live blog: it changes all day"
    if types & {"imagegallery", "mediagallery", "imageobject"} or not words.isdisjoint(media.photo):
        return Kind.PHOTO, "a photo page"
    video = any(kind.startswith("video") for kind in types) and not types & {"newsarticle", "article"}
    if not words.isdisjoint(media.video) or (video and prose < _FULL_TEXT):
        return Kind.VIDEO, "a video page"
    return None


def _by_text(reading: Reading, prose: int) -> tuple[Kind, str]:
    document, blocks = reading.document, reading.text.blocks
    characters = sum(len(block.text) for block in blocks)
    if _is_listing(reading, prose):
        return Kind.LISTING, f"a list of {reading.links} other articles, without a text of its own"
    if characters < _PROSE / 2:
        return Kind.EMPTY, "no article text was found"
    if not reading.headline and not document.markup and prose < _PROSE:
        return Kind.EMPTY, "neither a headline nor a paragraph was found"
    if characters < _SHORT and len(blocks) <= 2:
        return Kind.SHORT_NOTE, f"{characters} characters of text"
    return Kind.ARTICLE, f"{len(blocks)} paragraphs from {reading.text.source}"


def _is_listing(reading: Reading, prose: int) -> bool:
    """Many headlines of others, little prose, and an address that is no article's."""
    document = reading.document
    if document.markup or reading.links < _LISTING_LINKS or prose >= 2 * _FULL_TEXT:
        return False
    try:
        own = is_article(canonical_url(document.page.url, document.outlet), document.outlet)
    except ValueError:
        own = False
    return not own or prose < _PROSE
