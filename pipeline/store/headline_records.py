"""What the check for foreign headlines takes and gives, as frozen dataclasses."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.model import Article
from pipeline.store.crawl_records import Removal
from pipeline.store.records import CommitArticle


@dataclass(frozen=True, slots=True)
class StoredText:
    """The current version of an article as the page was read, before anything was taken out."""

    article_id: int
    page: int  # id of the canonical row of its URL
    version_id: int
    extraction_id: int  # the current one
    scope: str  # whose headlines it is compared with: the outlet; the host, where that is not listed
    article: Article = field(repr=False)
    code_digest: str  # of that reading
    shown_digest: str  # of the current extraction: another one where something was taken out
    own: frozenset[str]  # keys of its own headlines, in all versions and listings that are known
    removals: tuple[Removal, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownHeadline:
    """A headline of an outlet's article, and where it is looked up."""

    page: int  # id of the canonical row of its URL
    url_id: int
    url: str
    scope: str
    opening: str
    key: str
    text: str


@dataclass(frozen=True, slots=True)
class CheckedText:
    """What a check made of a text. `shown` None: it stands as it is."""

    text: StoredText
    found: tuple[KnownHeadline, ...] = ()  # that were not known to stand in it
    shown: CommitArticle | None = field(default=None, repr=False)
