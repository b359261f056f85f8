"""What a run over the newsroom must end with: stories, older articles and counts, for a given set of troubles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import parse_qsl, urlsplit

from crawlers.newsroom import hosts
from crawlers.newsroom.routes import ListingPage, find_listing
from crawlers.newsroom.truth import TrueArticle, truth
from crawlers.newsroom.world import entries, world_of
from pipeline.model import Disposition, FailureClass

DEMO_FAILING = ("beritajakarta_en",)  # answers 503 in the demo


@dataclass(frozen=True, slots=True)
class TrueStory:
    """One event of the edition. `origin` is None where a press release is the origin."""

    label: str
    urls: tuple[str, ...]  # canonical, oldest first
    origin: str | None
    copies: dict[str, str]  # url: url of the text it prints
    continues: str | None  # label


@dataclass(frozen=True, slots=True)
class TrueCounts:
    """What becomes of the addresses that an outlet's listings print."""

    listed: int = 0  # distinct addresses, variants too
    kept: int = 0
    rejected: int = 0
    duplicate: int = 0  # variants of an address that is listed as well
    failed: dict[FailureClass, int] = field(default_factory=dict)  # those to be asked for again included


@dataclass(frozen=True, slots=True)
class TrueEdition:
    """The edition of `today`, the kept articles that are too old for it, and each outlet's counts."""

    stories: tuple[TrueStory, ...]  # by label
    older: tuple[str, ...]  # canonical URLs
    outlets: dict[str, TrueCounts]
    failing: tuple[str, ...]


def truth_edition(
    today: date,
    *,
    failing: Collection[str] = DEMO_FAILING,
    listings: Sequence[str] | None = None,
    addresses: Collection[str] = (),
) -> TrueEdition:
    """The truth of a first run over all outlets. `failing` outlets could not be checked at all.

    `listings` are the addresses of the listings that were read (the newsroom's log has them); None: each outlet's
    whole list. `addresses` are article addresses that a person asked for besides, of the unlisted site say.
    """
    printed = _printed(today, listings)
    articles = [a for a in truth(today) if a.outlet not in failing and (a.url in printed or a.url in addresses)]
    kept = [article for article in articles if article.in_scope]
    names = [name for name in hosts.MARKED if name != "kabarkota"]
    return TrueEdition(
        stories=_stories([article for article in kept if not article.older]),
        older=tuple(article.url for article in kept if article.older),
        outlets={
            name: TrueCounts() if name in failing else _counts([a for a in articles if a.outlet == name], printed)
            for name in names
        },
        failing=tuple(failing),
    )


def listed_on(today: date, url: str, archive_days: int = 0) -> tuple[str, ...]:
    """The addresses that the listing at `url` prints as entries; empty where no listing stands there.

    Photo and video pages count where a feed names them; on HTML pages their addresses are not an article's. A feed that
    is cut off counts as if it were whole: its entries all stand in another listing of the outlet too.
    """
    parts = urlsplit(url)
    query = dict(reversed(parse_qsl(parts.query, keep_blank_values=True)))
    listing = find_listing(world_of(today, archive_days), parts.netloc.lower(), parts.path or "/", query)
    return _entries_of(listing) if listing else ()


def _entries_of(listing: ListingPage) -> tuple[str, ...]:
    shown = [
        entry.url for entry in listing.entries if listing.is_feed or entry.piece.record.odd not in ("photo", "video")
    ]
    return tuple(dict.fromkeys(shown))


def _printed(today: date, listings: Sequence[str] | None) -> frozenset[str]:
    if listings is not None:
        return frozenset(url for listing in listings for url in listed_on(today, listing))
    world = world_of(today)
    fed = [piece for piece in world.pieces if not (piece.record.outlet == "inews" and piece.record.odd == "video")]
    return frozenset(entry.url for entry in entries(tuple(p for p in fed if p.record.outlet != "kabarkota")))


def _stories(kept: Sequence[TrueArticle]) -> tuple[TrueStory, ...]:
    labels = sorted({article.story for article in kept})
    return tuple(_story(label, [article for article in kept if article.story == label]) for label in labels)


def _story(label: str, members: list[TrueArticle]) -> TrueStory:
    members = sorted(members, key=lambda article: article.came_out)
    own = [member for member in members if not (member.copy_of or member.translation_of or member.release)]
    return TrueStory(
        label=label,
        urls=tuple(member.url for member in members),
        origin=own[0].url if own else None,
        copies={member.url: member.copy_of for member in members if member.copy_of},
        continues=members[0].continues,
    )


def _counts(articles: Sequence[TrueArticle], printed: frozenset[str]) -> TrueCounts:
    listed = [article for article in articles if article.url in printed]
    duplicates = [url for article in articles for url in article.listed_variants if url in printed]
    dispositions = Counter(article.disposition for article in listed)
    return TrueCounts(
        listed=len(listed) + len(duplicates),
        kept=dispositions[Disposition.KEPT],
        rejected=dispositions[Disposition.REJECTED],
        duplicate=len(duplicates),
        failed=dict(Counter(article.failure for article in listed if article.failure)),
    )
