"""Pages that keep an article from the reader: challenges, refusals, questions of consent, payment, log-in."""

from __future__ import annotations

from lxml.html import HtmlElement

from pipeline.document import select, text_of
from pipeline.model import Kind
from pipeline.signs import FULL_TEXT, PROSE, Look, first_in, message, names_of, said_outside, signs

_FEW_LINKS = 5  # on a challenge at most: help, terms, its vendor
_LONGEST_SCRIPTS = 200_000  # characters of scripts that are looked at
_REFUSALS = frozenset({401, 403, 405, 429, 451, 503})  # statuses that walls answer with
_LONG_TEASER = 1500  # characters of prose that may be a beginning only, where the page itself says it is not free


def blocked(page: Look) -> tuple[Kind, str] | None:
    """A challenge instead of the page. A captcha beside a comment form stands on pages that have an article's root."""
    marks, tree, status = signs().block, page.tree, page.reading.document.page.status
    if page.is_marked and page.prose:
        return None
    wall = _wall(tree) if page.prose < 2 * PROSE else None
    structure = wall or next((css for css in marks.selectors if select(tree, css)), None)
    if wall or (structure and not page.prose and _leads_nowhere(tree)):
        return Kind.BLOCK_PAGE, f"a challenge or refusal instead of the page ({structure})"
    names = names_of(page)
    # A headline may hold such a word: above a paragraph the word must be all that the heading says.
    named = first_in(marks.titles, names) if page.prose < PROSE else message(names, marks.titles)
    words = text_of(tree)[:5000].casefold() if structure or named or page.prose < PROSE else ""
    said = first_in(marks.words, [words])
    refused = status in _REFUSALS
    # Words alone: a headline and a sentence may speak of captchas, on a page that has a paragraph of its own.
    little = page.prose < 2 * PROSE or (page.prose < FULL_TEXT / 2 and named)
    if sum(map(bool, (structure, named, said, refused))) >= 2 and (structure or refused or little):
        return Kind.BLOCK_PAGE, f"a challenge or refusal instead of the page ({structure or named or said})"
    return None


def _wall(tree: HtmlElement) -> str | None:
    """What stands on challenges only: an element, or a word of a script."""
    marks = signs().block
    found = next((css for css in marks.walls if select(tree, css)), None)
    if found:
        return found
    scripts = " ".join(script.text or "" for script in tree.iter("script"))[:_LONGEST_SCRIPTS].casefold()
    return next((word for word in marks.scripts if word in scripts), None)


def _leads_nowhere(tree: HtmlElement) -> bool:
    """A page of a newsroom leads to others of its pages, a captcha does not."""
    return sum(1 for _ in zip(range(_FEW_LINKS + 1), tree.iter("a"), strict=False)) <= _FEW_LINKS


def asks_consent(page: Look) -> tuple[Kind, str] | None:
    """A question about cookies or age in place of the text; on ordinary pages it lies over one."""
    if page.prose >= 4 * PROSE or page.calls_itself_article or not _leads_nowhere(page.tree):
        return None
    said = first_in(signs().block.consent, [text_of(page.tree)[:5000].casefold()])
    return (Kind.BLOCK_PAGE, f"a question instead of the page ({said})") if said else None


def walled(page: Look) -> tuple[Kind, str] | None:
    """The beginning of a text for those who do not pay, or a log-in form in its place.

    A page that calls itself not free and shows a whole text all the same is an article.
    """
    if page.prose >= _LONG_TEASER:
        return None
    marks, tree = signs().paywall, page.tree
    locked = not page.reading.metadata.free or _is_locked(tree)
    if page.prose >= FULL_TEXT and not locked:
        return None
    structure = next((css for css in marks.selectors if select(tree, css)), None)
    lines = said_outside(page)
    said = first_in(marks.words, lines)
    if structure or page.prose < 2 * PROSE:
        said = said or first_in(marks.hints, lines)
    if page.prose < FULL_TEXT and locked:
        why = said or structure or "the page says that it is not free"
        return Kind.PAYWALL, f"only the beginning is shown to those who do not pay ({why})"
    if said and (structure or locked or page.prose < FULL_TEXT):
        return Kind.PAYWALL, f"only the beginning is shown to those who do not pay ({said})"
    return _login(page)


def _is_locked(tree: HtmlElement) -> bool:
    """The tier of content as some sites state it to networks: free, metered or locked."""
    return any(
        element.get("content") == "locked" and "article:content_tier" in (element.get("property"), element.get("name"))
        for element in tree.iter("meta")
    )


def _login(page: Look) -> tuple[Kind, str] | None:
    """A form that asks for a password, named as such, on a page without a paragraph."""
    if page.prose >= 2 * PROSE or not select(page.tree, "input[type=password]"):
        return None
    named = first_in(signs().paywall.login, names_of(page) or [text_of(page.tree)[:500].casefold()])
    return (Kind.PAYWALL, f"a log-in form instead of the text ({named})") if named else None
