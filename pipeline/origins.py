"""Who had a text first: whose article the prints of one text repeat, by credit, time and completeness."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from pipeline.clusters import average_link
from pipeline.copies import CopyLink
from pipeline.document import folded
from pipeline.model import Article, StoredArticle

_FEWEST_LETTERS = 4  # of a name that is looked for inside a credit: "AP" would be found in anything
_LATER_THAN_ANY = datetime.max.replace(tzinfo=UTC)
_NO_NAME = frozenset({"www", "m", "amp", "co", "com", "go"})  # labels of a host that name nobody


@dataclass(frozen=True, slots=True)
class Text:
    """One text and the articles that print it, in order of publication."""

    prints: tuple[StoredArticle, ...]
    first: StoredArticle
    release: bool  # a press release that several outlets print: it has no first outlet

    @property
    def printed_at(self) -> datetime | None:
        """When it was first seen in print; None when no print is dated."""
        return min((one.article.date_published for one in self.prints if one.article.date_published), default=None)


def texts_of(members: Sequence[StoredArticle], links: Iterable[CopyLink]) -> tuple[Text, ...]:
    """The texts that these articles, in their order, print."""
    place = {stored.id: number for number, stored in enumerate(members)}
    pairs = [(place[link.a], place[link.b]) for link in links if link.a in place and link.b in place]
    groups = average_link(len(members), {}, together=pairs)
    return tuple(_text([members[number] for number in group]) for group in groups)


def order_key(stored: StoredArticle) -> tuple[datetime, str]:
    """Publication, then address; the undated come last. Never by number: that is the order of arrival."""
    return stored.article.date_published or _LATER_THAN_ANY, stored.article.canonical_url


def publisher(article: Article) -> str:
    """The outlet's name, or the host of an unlisted address."""
    return article.outlet or urlsplit(article.canonical_url).netloc


def credit(article: Article) -> str | None:
    """Whom the article names as the source of its text, as printed; None when nobody but its own outlet."""
    for named in (article.syndicated_from, article.credit_line):
        if named and not is_named(named, article):
            return named
    return None


def is_named(named: str, article: Article) -> bool:
    """Does a printed credit ("En.Antara News", "antaranews.com") mean the outlet of this article?"""
    printed = folded(named)
    return any(
        (len(own) >= _FEWEST_LETTERS and own in printed) or (len(printed) >= _FEWEST_LETTERS and printed in own)
        for own in _own_names(article)
    )


def _text(prints: Sequence[StoredArticle]) -> Text:
    return Text(prints=tuple(prints), first=_first(prints), release=_is_release(prints))


def _is_release(prints: Sequence[StoredArticle]) -> bool:
    """Several outlets print it, one at least says it is a release, and none names another outlet as its source."""
    return (
        len({publisher(one.article) for one in prints}) > 1
        and any(one.article.press_release for one in prints)
        and not any(credit(one.article) for one in prints)
    )


def _first(prints: Sequence[StoredArticle]) -> StoredArticle:
    """The article that the others repeat.

    An outlet that another one names as its source comes first, whatever times the pages show: an agency's page often
    shows when it was last touched, a reprint's when the agency sent it. Then one that names no source; then the
    earliest; of the undated the longest.
    """
    return min(prints, key=lambda one: (not _named_by_others(one, prints), _seniority(one)))


def _seniority(stored: StoredArticle) -> tuple[bool, datetime, int, str]:
    published, address = order_key(stored)
    return credit(stored.article) is not None, published, -len(stored.article.text), address


def _named_by_others(stored: StoredArticle, prints: Sequence[StoredArticle]) -> bool:
    named = (credit(other.article) for other in prints if other is not stored)
    return any(name is not None and is_named(name, stored.article) for name in named)


def _own_names(article: Article) -> list[str]:
    """The outlet's name without its edition ("antara_en"), and the telling labels of the host."""
    labels = urlsplit(article.canonical_url).netloc.split(".")[:-1]
    outlet = [article.outlet.split("_")[0]] if article.outlet else []
    return [folded(name) for name in (*outlet, *(label for label in labels if label not in _NO_NAME))]
