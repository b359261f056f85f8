"""The fields of an article or a listing entry as one text, so that one pass and one distance serve them all."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from pipeline.model import Article, Listing


@dataclass(frozen=True, slots=True)
class Joined:
    """`text` is the fields joined by line breaks; `starts[i]` is where field i begins. Offsets are code points."""

    text: str
    fields: tuple[str, ...]
    starts: tuple[int, ...]

    def place(self, offset: int) -> tuple[str, int]:
        """The field of an offset, and the offset within it."""
        index = bisect_right(self.starts, offset) - 1
        return self.fields[index], offset - self.starts[index]


def _joined(parts: list[tuple[str, str]]) -> Joined:
    starts, at = [], 0
    for _, text in parts:
        starts.append(at)
        at += len(text) + 1
    return Joined("\n".join(text for _, text in parts), tuple(name for name, _ in parts), tuple(starts))


def of_article(article: Article) -> Joined:
    """Headline, description, body and keywords of an article. The last ones are kept: many steps ask for them."""
    return _of(article.headline or "", article.description or "", article.article_body, article.keywords)


@lru_cache(maxsize=2)
def _of(headline: str, description: str, body: tuple[str, ...], keywords: tuple[str, ...]) -> Joined:
    parts = [("headline", headline), ("description", description)]
    parts += [(f"article_body[{place}]", paragraph) for place, paragraph in enumerate(body)]
    return _joined([*parts, ("keywords", ", ".join(keywords))])


def of_listing(listing: Listing) -> Joined:
    """What a listing said. Where it printed no headline, the words of the address stand in."""
    headline = listing.headline or _slug(listing.url)
    keywords = ", ".join(listing.keywords)
    return _joined([("headline", headline), ("description", listing.description or ""), ("keywords", keywords)])


def _slug(url: str) -> str:
    try:
        path = urlsplit(url).path
    except ValueError:
        return ""
    return unquote(path.rstrip("/").rpartition("/")[2]).replace("-", " ").replace("_", " ").upper()
