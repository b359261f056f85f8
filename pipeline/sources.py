"""Whom an article gives as the source of its text: by a credit, by a link, by whom its text says it was told to."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlsplit

from pipeline.agencies import is_agency, is_only_agencies, is_release, spelt_out, told_to
from pipeline.document import folded
from pipeline.model import Article, StoredArticle
from pipeline.urls import domain

_LATER_THAN_ANY = datetime.max.replace(tzinfo=UTC)
_FEWEST_LETTERS = 4  # of a name that is looked for inside a credit: "AP" would be found in anything
# labels of a host that name nobody
_NO_NAME = frozenset({"www", "m", "amp", "co", "com", "go", "news", "newsinfo", "berita", "english", "online"})
_SHARED = frozenset({"blogspot", "wordpress", "medium", "substack", "weebly", "wixsite", "kompasiana"})  # by many
_VARIANTS = frozenset({"www", "m", "amp", "en", "id", "ms", "my", "news", "english"})  # labels before a site's own name


def publisher(article: Article) -> str:
    """The outlet's name, or the host of an unlisted address."""
    return article.outlet or urlsplit(article.canonical_url).netloc


def house(article: Article) -> str:
    """Whose edition it is: "inquirer" at bandera.inquirer.net, "kota" at en.kota.example. To compare, not to print."""
    site = domain(urlsplit(article.canonical_url).hostname or "")
    label = site.split(".")[0]
    return _site(article.canonical_url) if label in _SHARED else label.split("_")[0] or publisher(article)


def credit(article: Article) -> str | None:
    """Whom the article names as the source of its text, as printed; None when nobody but its own outlet.

    Of what signs the opening only agencies count: a station may sign by a name of its own ("KBRN").
    """
    for named in (article.syndicated_from, article.credit_line):
        if named and not is_named(named, article) and (named is article.syndicated_from or is_agency(named)):
            return named
    return None


def is_named(named: str, article: Article) -> bool:
    """Does a printed credit ("En.Antara News", "antaranews.com") mean the outlet of this article?"""
    printed = spelt_out(folded(named))
    return any(
        own == printed
        or (len(own) >= _FEWEST_LETTERS and own in printed)
        or (len(printed) >= _FEWEST_LETTERS and printed in own)
        for own in _own_names(article)
    )


def order_key(stored: StoredArticle) -> tuple[datetime, str]:
    """Publication, then address; the undated come last. Never by number: that is the order of arrival."""
    return stored.article.date_published or _LATER_THAN_ANY, stored.article.canonical_url


def links_to(article: Article, other: Article) -> bool:
    """Does it link to the other article as its source?"""
    addresses = {_plain(other.url), _plain(other.canonical_url)}
    return any(_plain(link) in addresses for link in article.source_links)


def credits_to(article: Article, other: Article) -> bool:
    """Does it name the other's outlet as its source, or link to its site?"""
    if house(article) == house(other):
        return False
    named = credit(article)
    if named is not None and is_named(named, other):
        return True
    if article.credit_line and is_named(article.credit_line, other):  # an opening that was left in
        return True
    return any(_site(link) == _site(other.canonical_url) for link in article.source_links)


def names(article: Article, other: Article) -> bool:
    """Does it give the other's outlet as the source of the text that both print: also by "told NAME" in the text?"""
    if house(article) == house(other):
        return False
    return credits_to(article, other) or any(_is_outlets(told, other) for told in told_to(article.text))


def absent(article: Article) -> str | None:
    """Whom it gives as its source, for when no article here is that one's; a wire of paid releases is no source."""
    named = credit(article)
    if named is not None:
        return None if is_release(named) else named
    elsewhere = (_site(link) for link in article.source_links)
    return next((site for site in elsewhere if site != _site(article.canonical_url)), None)


def told_agency(article: Article) -> str | None:
    """A news agency that its text says it was told to, "told Reuters", where that is another's."""
    told = (name for name in told_to(article.text) if is_only_agencies(name))
    return next((name for name in told if not is_named(name, article)), None)


def is_own_words(article: Article) -> bool:
    """Does its text say that its own outlet was told: "kepada Kabar Kota" at kabarkota?"""
    return any(_is_outlets(told, article) for told in told_to(article.text))


def own_names(article: Article) -> list[str]:
    """The outlet's name without its edition ("antara_en"), and the telling labels of the host, folded."""
    return _own_names(article)


def _is_outlets(told: str, article: Article) -> bool:
    """ "kepada Jakarta" is not told to a paper that has the city in its name: the whole name must stand there."""
    printed = folded(told)
    return any(len(own) >= _FEWEST_LETTERS and own in printed for own in _own_names(article))


def _own_names(article: Article) -> list[str]:
    labels = urlsplit(article.canonical_url).netloc.split(".")[:-1]
    outlet = [article.outlet.split("_")[0]] if article.outlet else []
    return [folded(name) for name in (*outlet, *(label for label in labels if label not in _NO_NAME))]


def _site(url: str) -> str:
    """The host without the labels of editions and devices."""
    labels = (urlsplit(url).hostname or "").split(".")
    while len(labels) > 2 and labels[0] in _VARIANTS:
        labels = labels[1:]
    return ".".join(labels)


def _plain(url: str) -> str:
    """An address as it is compared: without scheme, query and a slash at its end."""
    parts = urlsplit(url)
    return f"{_site(url)}{parts.path.rstrip('/')}"
