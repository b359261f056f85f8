"""What a page says of itself to machines: JSON-LD, OpenGraph, meta elements, microdata. Second to what it prints."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml.html import HtmlElement

from pipeline.document import select, text_of, tidy

_ARTICLE_TYPES = re.compile(r"(?i)(?:article|blogposting|report)$")
_MOST_DATES = 5  # elements of the page that state one date
_MOST_NODES = 2000  # of JSON-LD looked at; a hostile page may nest a million


@dataclass(frozen=True, slots=True)
class Stated:
    """A value and where it stood: "json-ld:datePublished", "meta:pubdate", "microdata:datePublished"."""

    source: str
    text: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """The stated values, the most trustworthy first; none where the page is silent."""

    headlines: tuple[Stated, ...] = ()
    descriptions: tuple[Stated, ...] = ()
    published: tuple[Stated, ...] = ()
    modified: tuple[Stated, ...] = ()
    authors: tuple[Stated, ...] = ()
    sections: tuple[Stated, ...] = ()
    keywords: tuple[str, ...] = ()
    types: frozenset[str] = frozenset()  # JSON-LD and OpenGraph types of the page, lower case
    robots: str | None = None
    site: str | None = None  # og:site_name
    free: bool = True  # isAccessibleForFree is not false


_PUBLISHED = (
    "article:published_time", "datepublished", "publishdate", "dtk:publishdate", "content_publisheddate", "pubdate",
    "publish-date", "publish_date", "date.publish", "dc.date.issued", "dcterms.created", "parsely-pub-date",
    "sailthru.date", "article.published", "published_time", "og:article:published_time", "og:pubdate",
    "rnews:datepublished", "date", "dc.date",
)  # fmt: skip
_MODIFIED = ("article:modified_time", "datemodified", "og:updated_time", "lastmod", "last-modified", "dcterms.modified")
_AUTHORS = ("content_author", "author", "article:author", "dc.creator", "parsely-author", "sailthru.author", "byl")


def read_metadata(tree: HtmlElement) -> Metadata:
    """All of it, in one pass over the head and the JSON-LD scripts. Broken JSON is passed over."""
    named = _meta(tree)
    nodes = list(_json_ld(tree))
    types = {name.lower() for node in nodes for name in _types(node)}
    articles = (node for node in nodes if _ARTICLE_TYPES.search(" ".join(_types(node))))
    article: Mapping[str, object] = next(articles, {})
    printed = _microdata(tree)
    return Metadata(
        headlines=_stated(article, "headline") + _named(named, "og:title", "twitter:title", "dc.title"),
        descriptions=_stated(article, "description")
        + _named(named, "og:description", "description", "twitter:description"),
        published=_stated(article, "datePublished") + _named(named, *_PUBLISHED) + printed["datePublished"],
        modified=_stated(article, "dateModified") + _named(named, *_MODIFIED) + printed["dateModified"],
        authors=_people(article, "author") + _names(_named(named, *_AUTHORS)),
        sections=_stated(article, "articleSection") + _named(named, "article:section", "content_category"),
        keywords=_keywords(article, named),
        types=frozenset(types | {value.lower() for value in named.get("og:type", ())}),
        robots=next(iter(named.get("robots", ())), None),
        site=next(iter(named.get("og:site_name", ())), None),
        free=str(article.get("isAccessibleForFree", "true")).lower() != "false",
    )


def _meta(tree: HtmlElement) -> dict[str, list[str]]:
    """Lower-case name, property or itemprop of every meta element -> its contents that are not empty."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = tidy(_unescaped(element.get("content") or ""))
        if content:
            for key in {element.get(attribute) for attribute in ("property", "name", "itemprop")}:
                if key:
                    found.setdefault(key.strip().lower(), []).append(content)
    return found


def _unescaped(text: str) -> str:
    """What was escaped twice, as sites do, once more unescaped."""
    return html.unescape(text) if "&" in text else text


def _json_ld(tree: HtmlElement) -> Iterator[Mapping[str, object]]:
    """Every object of every JSON-LD script that stands at the top or in a `@graph`."""
    left = _MOST_NODES
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        waiting = [_loads(script.text or "")]
        while waiting and left:
            value, left = waiting.pop(0), left - 1
            if isinstance(value, list):
                waiting.extend(value)
            elif isinstance(value, dict):
                yield value
                waiting.append(value.get("@graph"))


def _loads(text: str) -> object:
    text = re.sub(r"^\s*(?:<!--|<!\[CDATA\[|//<!\[CDATA\[)|(?:-->|(?://)?\]\]>)\s*$", "", text)
    for form in (text, re.sub(r",\s*([}\]])", r"\1", text)):  # a comma too many is the commonest break
        try:
            value: object = json.loads(form, strict=False)
        except (ValueError, RecursionError):
            continue
        return value
    return None


def _types(node: Mapping[str, object]) -> list[str]:
    value = node.get("@type")
    return [str(name) for name in value] if isinstance(value, list) else [str(value or "")]


def _texts(value: object) -> Iterator[str]:
    """The strings in a JSON-LD value: itself, the members of a list, the `name` of an object."""
    if isinstance(value, str):
        text = tidy(re.sub(r"<[^<>]{1,200}>", " ", html.unescape(value)))
        if text:
            yield text
    elif isinstance(value, int):
        yield str(value)
    elif isinstance(value, list):
        for member in value[:50]:
            if not isinstance(member, list):
                yield from _texts(member)
    elif isinstance(value, dict):
        yield from _texts(value.get("name")) if not isinstance(value.get("name"), dict) else ()


def _stated(node: Mapping[str, object], key: str) -> tuple[Stated, ...]:
    return tuple(Stated(f"json-ld:{key}", text) for text in _texts(node.get(key)))[:1]


def _people(node: Mapping[str, object], key: str) -> tuple[Stated, ...]:
    """Names of persons; an organisation as author is none."""
    value = node.get(key)
    members = value if isinstance(value, list) else [value]
    persons = [m for m in members if not (isinstance(m, dict) and "organization" in " ".join(_types(m)).lower())]
    return _names(tuple(Stated(f"json-ld:{key}", text) for member in persons for text in _texts(member)))


def _names(values: tuple[Stated, ...]) -> tuple[Stated, ...]:
    """Without addresses and handles, which stand where a name should."""
    return tuple(value for value in values if not re.search(r"https?:|^@|\.com|^\d+$", value.text))


def _named(named: Mapping[str, list[str]], *keys: str) -> tuple[Stated, ...]:
    return tuple(Stated(f"meta:{key}", text) for key in keys for text in named.get(key, ()))


def _microdata(tree: HtmlElement) -> dict[str, tuple[Stated, ...]]:
    """The dates that elements of the page state or print, by property."""
    found: dict[str, list[Stated]] = {"datePublished": [], "dateModified": []}
    for element in select(tree, "[itemprop]"):
        stated = found.get(element.get("itemprop") or "")
        if stated is None or element.tag not in ("time", "span", "div") or len(stated) == _MOST_DATES:
            continue
        text = element.get("datetime") or element.get("content") or text_of(element)
        if text:
            stated.append(Stated(f"microdata:{element.get('itemprop')}", tidy(text)))
    return {name: tuple(stated) for name, stated in found.items()}


def _keywords(article: Mapping[str, object], named: Mapping[str, list[str]]) -> tuple[str, ...]:
    """Each once, in order; JSON-LD's, else the meta elements'."""
    texts = list(_texts(article.get("keywords"))) or named.get("article:tag") or named.get("keywords") or []
    words = [tidy(word) for text in texts for word in text.split(",")]
    return tuple(dict.fromkeys(word for word in words if word and ":" not in word))[:50]
