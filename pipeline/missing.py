"""Pages on which there is nothing: soft 404s, parked domains, upkeep, shells for scripts, pages that only lead on."""

from __future__ import annotations

import re

from pipeline.document import select, text_of
from pipeline.model import Kind
from pipeline.signs import FULL_TEXT, PROSE, Look, first_in, message, names_of, said_outside, signs

_LONGEST_LINE = 240  # characters of one that says it
_LITTLE = 400  # characters of visible text on a page that scripts would fill
_REFRESH = re.compile(r"(?i)^\s*(\d{1,3})\s*[;,]\s*(?:url\s*=\s*)?['\"]?\s*([^'\"\s]{1,500})")
_SCRIPTED = re.compile(
    r"(?i)(?:^|[\s;{.(])(?:window|document|top|self)?\.?location(?:\.href)?(?:\s*=\s*|\.(?:replace|assign)\s*\(\s*)"
    r"['\"](https?:[^'\"\s]{1,500}|/[^'\"\s]{0,500})['\"]"
)
_LONGEST_SCRIPT = 20_000  # characters of one that is looked at


def gone(page: Look) -> tuple[Kind, str] | None:
    """The page says that what was asked for is not there, or not now, whatever its status says."""
    if page.prose >= FULL_TEXT and (page.is_marked or page.calls_itself_article):
        return None
    names = names_of(page)
    nothing = _by_structure(page) or _by_heading(page, names)
    if nothing:
        return Kind.SOFT_404, f"the page says that there is nothing ({nothing})"
    upkeep = first_in(signs().gone.maintenance, names)
    if upkeep and page.prose < PROSE and not page.is_marked:
        return Kind.EMPTY, f"the site is being worked on ({upkeep})"
    if page.prose >= FULL_TEXT / 2 or page.is_marked:
        return None
    said = _by_words(page, names)
    return (Kind.SOFT_404, said) if said else None


def _by_structure(page: Look) -> str | None:
    """An element that stands on such pages only, in a page without a full text; or the status."""
    document = page.reading.document
    if page.prose >= FULL_TEXT:
        return None
    if document.page.status in (404, 410):
        return f"status {document.page.status}"
    own = [markup.gone for markup in document.outlet.markup if markup.gone] if document.outlet else []
    found = next((css for css in [*own, *signs().gone.selectors] if select(document.tree, css)), None)
    return found if not page.is_marked else None


def _by_heading(page: Look, names: list[str]) -> str | None:
    """A heading that is the message, even above the teasers of other articles."""
    marked = page.is_marked or page.calls_itself_article
    upkeep = first_in(signs().gone.maintenance, names)
    return None if marked or upkeep else message(names, signs().gone.titles, signs().gone.fillers)


def _by_words(page: Look, names: list[str]) -> str | None:
    """A line that says so, on a page without a text."""
    marks, lines = signs().gone, said_outside(page)
    parked = first_in(marks.parked, [*names, *lines]) if page.prose < PROSE else message(names, marks.parked)
    if parked:
        return f"the domain is parked: nothing of a newsroom is there ({parked})"
    named = first_in(marks.titles, names)
    said = first_in(marks.words, [line for line in lines if len(line) <= _LONGEST_LINE])
    if (named and (said or not page.length)) or (said and page.prose < 2 * PROSE):
        return f"the page says that there is nothing ({said or named})"
    return None


def empty(page: Look) -> str:
    """Why there is no text, as far as the page shows it. For pages without one."""
    address = _leads_to(page)
    if address:
        return f"the page only leads on to {address}"
    names, lines = names_of(page), said_outside(page)
    upkeep = first_in(signs().gone.maintenance, [*names, *lines])
    if upkeep:
        return f"the site is being worked on ({upkeep})"
    body = page.tree.find("body")
    visible = text_of(body) if body is not None else ""
    needed = first_in(signs().gone.script_needed, [text.casefold() for text in _unread(page)] + lines)
    if needed or (len(visible) < _LITTLE and next(page.tree.iter("script"), None) is not None):
        return (
            f"scripts would write the text in a browser; the page itself holds none{f' ({needed})' if needed else ''}"
        )
    return "no article text was found"


def _unread(page: Look) -> list[str]:
    """What is shown where scripts do not run."""
    return [element.text_content()[:1000] for element in page.tree.iter("noscript")][:10]


def _leads_to(page: Look) -> str | None:
    """Where a page without a text sends its reader, by a meta element or a script."""
    for element in page.tree.iter("meta"):
        if (element.get("http-equiv") or "").lower() == "refresh":
            match = _REFRESH.match(element.get("content") or "")
            if match:
                return match[2]
    for script in page.tree.iter("script"):
        match = _SCRIPTED.search((script.text or "")[:_LONGEST_SCRIPT])
        if match:
            return match[1]
    return None
