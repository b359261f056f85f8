"""Whose text several prints repeat: told from what they name and link, from agencies' marks, releases and times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pipeline.agencies import is_agency, is_agency_outlet
from pipeline.model import Article, StoredArticle
from pipeline.releases import differently_signed, release
from pipeline.sources import absent, house, is_own_words, links_to, names, order_key, own_names, publisher, told_agency


class Whose(StrEnum):
    """Who had a text first."""

    OUTLET = "outlet"  # the outlet of `Trace.first`
    RELEASE = "release"  # nobody: it was given to several
    ELSEWHERE = "elsewhere"  # somebody whose article is not here
    UNKNOWN = "unknown"  # the evidence does not say


@dataclass(frozen=True, slots=True)
class Trace:
    """Whose text the prints are. `first` is the print that the others are compared with, whoever had it first."""

    first: StoredArticle
    whose: Whose
    words: str | None  # why; `None` where time alone tells, or there is one print
    certain: bool = True  # of a release: a print says that it is one; else it may be a wire that nobody credits


def trace(prints: Sequence[StoredArticle]) -> Trace:
    """Whose text it is. What prints say outweighs what their clocks say.

    An outlet that others name or link to comes first, whatever times the pages show: an agency's page often shows when
    it was last touched, a reprint's when the agency sent it. Then a source that is not here; then a release; then an
    agency, whose texts are there to be printed; then time.
    """
    return _named(prints) or _elsewhere(prints) or _release(prints) or _own(prints)


def _named(prints: Sequence[StoredArticle]) -> Trace | None:
    """The print that others give as the source, and that gives none of them."""
    naming = {one.id: [other for other in prints if names(other.article, one.article)] for one in prints}
    cited = [one for one in prints if naming[one.id]]
    if not cited:
        return None
    clean = [one for one in cited if not any(one in naming[other.id] for other in prints)]
    first = min(clean or cited, key=lambda one: (-_houses(naming[one.id]), not _is_wire(one.article), _seniority(one)))
    source = absent(first.article) if clean else None
    if source is not None:
        words = f"others name it as the source, and it names “{source}”, which is not among the articles here"
        return Trace(first, Whose.ELSEWHERE, words)
    if clean:
        return Trace(first, Whose.OUTLET, _named_words(first, naming[first.id]))
    rivals = joined(sorted({publisher(one.article) for one in cited}))
    if _is_wire(first.article):
        return Trace(first, Whose.OUTLET, f"{rivals} name one another as the source, and it is a news agency")
    return Trace(first, Whose.UNKNOWN, f"{rivals} name one another as the source of this text")


def _named_words(first: StoredArticle, by: Sequence[StoredArticle]) -> str:
    outlets = sorted({publisher(one.article) for one in by})
    verb = "link to" if all(links_to(one.article, first.article) for one in by) else "name"
    if len(outlets) == 1:
        verb = verb.replace("link", "links").replace("name", "names")
    is_earlier = any(order_key(one)[0] < order_key(first)[0] for one in by)
    clock = ", though by its page's clock it came later" if is_earlier else ""
    return f"{joined(outlets)} {verb} it as the source of this text{clock}"


def _elsewhere(prints: Sequence[StoredArticle]) -> Trace | None:
    """A source that prints name and that is not here, unless a house that signs the text came before them."""
    sources = {one.id: source for one in prints if (source := absent(one.article)) is not None}
    if not sources:
        return None
    credited = [one for one in prints if one.id in sources]
    own = [one for one in prints if one.id not in sources and (one.article.authors or is_own_words(one.article))]
    signed = min(own, key=order_key, default=None)
    is_wire = any(is_agency(source) for source in sources.values())
    if signed is not None and not is_wire and order_key(signed) < min(map(order_key, credited)):
        return Trace(signed, Whose.OUTLET, "it signs this text, and came before every print that names a source")
    first = min(prints, key=_seniority)
    source = sources.get(first.id) or sources[credited[0].id]
    who = "it names" if first.id in sources else f"{publisher(credited[0].article)} names"
    return Trace(first, Whose.ELSEWHERE, f"{who} “{source}” as its source, which is not among the articles here")


def _release(prints: Sequence[StoredArticle]) -> Trace | None:
    found = release(prints)
    if found is None:
        return None
    return Trace(min(prints, key=_seniority), Whose.RELEASE, found.words, found.certain)


def _own(prints: Sequence[StoredArticle]) -> Trace:
    """No print names another: its whom the text says was told, else an agency's, else the earliest's."""
    first = min(prints, key=_seniority)
    if _houses(prints) == 1:
        return Trace(first, Whose.OUTLET, None)
    told = [one for one in prints if is_own_words(one.article)]
    if told:
        return Trace(min(told, key=_seniority), Whose.OUTLET, "the text itself says that this outlet was told")
    wires = [one for one in prints if _is_wire(one.article)]
    return _of_wire(min(wires, key=_seniority), prints) if wires else _of_nobody(first, prints)


def _of_wire(wire: StoredArticle, prints: Sequence[StoredArticle]) -> Trace:
    owned = next((publisher(one.article) for one in prints if one.article.owned), None)
    if owned is None:
        return Trace(wire, Whose.OUTLET, "it is a news agency, and no print names another source")
    words = f"a news agency prints it and so does {owned}, a sender's own outlet, and neither names the other"
    return Trace(min(prints, key=_seniority), Whose.UNKNOWN, words)


def _of_nobody(first: StoredArticle, prints: Sequence[StoredArticle]) -> Trace:
    agency = told_agency(first.article)
    if agency is not None:
        words = f"its text says that {agency} was told, which is not among the articles here"
        return Trace(first, Whose.ELSEWHERE, words)
    if _at_the_same_instant(first, prints):
        words = "several outlets published this text in the same minute, and none names a source"
        return Trace(first, Whose.UNKNOWN, words)
    if differently_signed(prints):
        words = "several outlets sign this text with different names, and none names a source"
        return Trace(first, Whose.UNKNOWN, words)
    return Trace(first, Whose.OUTLET, None)


def _at_the_same_instant(first: StoredArticle, prints: Sequence[StoredArticle]) -> bool:
    published, own = first.article.date_published, house(first.article)
    return published is not None and any(
        one.article.date_published == published and house(one.article) != own for one in prints
    )


def _seniority(stored: StoredArticle) -> tuple[datetime, int, str]:
    """The earliest; of the undated the longest."""
    published, address = order_key(stored)
    return published, -len(stored.article.text), address


def _is_wire(article: Article) -> bool:
    return is_agency_outlet(own_names(article))


def _houses(prints: Sequence[StoredArticle]) -> int:
    return len({house(one.article) for one in prints})


def joined(outlets: Sequence[str]) -> str:
    """ "harian, lintas and zaman"."""
    return "".join(outlets) if len(outlets) < 2 else f"{', '.join(outlets[:-1])} and {outlets[-1]}"
