"""The true value of every field of every piece, and what a monitor must make of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from crawlers.newsroom.generations import ALL
from crawlers.newsroom.stories import Odd, Piece, Record
from crawlers.newsroom.world import World, variants, world_of
from pipeline.model import Disposition, FailureClass, Kind, Stage, Verdict

WINDOW = timedelta(hours=72)  # of a daily edition (DESIGN §2); no piece lies near its edge
_OPENINGS = (
    re.compile(r"(?P<place>[^(]+) \((?P<credit>[^)]+)\) - "),  # Jakarta (ANTARA) -
    re.compile(r"(?P<place>[A-Z ]+), (?P<credit>[^-]+) - "),  # JAKARTA, iNews.id -
    re.compile(r"(?P<place>)(?P<credit>.+) – "),  # Redaksi Jakarta –
    re.compile(r"(?P<place>[A-Z ]+), \w+ \d+ \((?P<credit>[^)]+)\) -- "),  # KUCHING, Nov 17 (Bernama) --
    re.compile(r"(?P<place>[A-Z ]+), \w+ \d+ — (?P<credit>)"),  # KUALA LUMPUR, Nov 17 —
    re.compile(r"(?P<credit>[A-Z][\w.]+), (?P<place>[^-:]+) (?:--?|:) "),  # TEMPO.CO, Makassar -
)
# odd case: what the page is (None: there is none), its failure, and whether a crawler may ask again another day
_ODD: dict[Odd, tuple[Kind | None, Stage, FailureClass | None, bool]] = {
    "photo": (Kind.PHOTO, Stage.DISCOVERY, None, False),
    "video": (Kind.VIDEO, Stage.DISCOVERY, None, False),
    "not-found": (None, Stage.FETCH, FailureClass.HTTP_STATUS, False),
    "gone": (None, Stage.FETCH, FailureClass.HTTP_STATUS, False),
    "error": (None, Stage.FETCH, FailureClass.HTTP_STATUS, True),
    "captcha": (Kind.BLOCK_PAGE, Stage.EXTRACT, FailureClass.BLOCKED, True),
    "robots": (None, Stage.ROBOTS, FailureClass.ROBOTS, True),
    "loopback": (None, Stage.FETCH, FailureClass.FORBIDDEN_ADDRESS, False),
    "huge": (None, Stage.FETCH, FailureClass.LIMIT, False),
    "soft-404": (Kind.SOFT_404, Stage.EXTRACT, None, False),
}


@dataclass(frozen=True, slots=True)
class TrueArticle:
    """One piece as it is in truth. Where `disposition` is not kept or rejected by the watch, the text fields are empty.

    `headline` is then what the listings print.
    """

    id: str  # of the piece in the story files
    url: str  # canonical
    outlet: str | None  # name of the outlet file; None: an unlisted site
    variants: tuple[tuple[str, str], ...]  # (how it differs, address) of the same page
    listed_variants: tuple[str, ...]  # of these, the addresses that the outlet's listings print too
    headline: str
    story: str  # label of the event
    continues: str | None  # label of the story it follows up
    came_out: datetime  # aware, in the outlet's zone; also of a page that prints no date
    older: bool  # came out before the window of today's edition
    disposition: Disposition
    stage: Stage
    rule: str
    failure: FailureClass | None
    retried: bool  # failed for now: a ledger may hold it as pending until its attempts are used up
    kind: Kind | None  # None: no page could be read
    near_miss: str | None  # what it is about instead
    watches: dict[str, int]  # id: edition of the forum
    copy_of: str | None  # canonical URL of the text it prints
    copy_kind: str | None  # reprint | abridged
    translation_of: str | None  # canonical URL
    release: str | None  # label of the press release it prints; the release is the origin, not another outlet
    description: str | None = None
    article_body: tuple[str, ...] = field(default=(), repr=False)
    list_items: tuple[str, ...] = ()  # those paragraphs of article_body that are items of a list
    date_published: datetime | None = None  # aware, in the outlet's zone; None: the page and its listings print none
    date_modified: datetime | None = None
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    translators: tuple[str, ...] = ()
    photographers: tuple[str, ...] = ()
    dateline: str | None = None
    credit_line: str | None = None
    article_section: str | None = None
    keywords: tuple[str, ...] = ()
    in_language: str | None = None
    syndicated_from: str | None = None
    press_release: bool = False
    pull_quote: str | None = None
    related_headlines: tuple[str, ...] = ()  # in its body, and never part of it

    @property
    def in_scope(self) -> bool:
        return self.disposition is Disposition.KEPT


@lru_cache(maxsize=16)
def truth(today: date, archive_days: int = 0) -> tuple[TrueArticle, ...]:
    """Every piece of the newsroom of that day (Asia/Jakarta), newest first; the archive's of so many days too.

    Raises ValueError for more days than the archive has.
    """
    world = world_of(today, archive_days)
    return tuple(_true(piece, world, today) for piece in world.pieces)


@lru_cache(maxsize=16)
def plain_truth(today: date) -> tuple[TrueArticle, ...]:
    """Every piece of the outlets that have no markup of their own here, newest first; not part of `truth`."""
    from crawlers.newsroom.plain import plain_world  # noqa: PLC0415 (its texts are read when they are asked for)

    world = plain_world(today)
    return tuple(_true(piece, world, today) for piece in world.pieces)


@lru_cache(maxsize=16)
def week_truth(today: date) -> tuple[TrueArticle, ...]:
    """Of these, the pieces of events that several outlets tell, or that are near another one; newest first."""
    from crawlers.newsroom.plain import plain_world  # noqa: PLC0415 (as above)

    named = {piece.url for piece in plain_world(today).pieces if piece.record.story is not None}
    return tuple(article for article in plain_truth(today) if article.url in named)


def _true(piece: Piece, world: World, today: date) -> TrueArticle:
    record = piece.record
    urls = {name: other.url for name, other in world.by_id.items()}
    spelled = variants(piece)
    kind, verdict, failure, retried = _settled(record)
    readable = verdict.disposition is Disposition.KEPT or verdict.stage is Stage.WATCH
    bare = TrueArticle(
        id=record.id,
        url=piece.url,
        outlet=None if record.outlet == "kabarkota" else record.outlet,
        variants=tuple(spelled.items()),
        listed_variants=tuple(spelled[name] for name in record.listed_as),
        headline=record.headline,
        story=piece.story,
        continues=piece.continues,
        came_out=piece.published,
        older=piece.published.date() < today - WINDOW,
        disposition=verdict.disposition,
        stage=verdict.stage,
        rule=verdict.rule,
        failure=failure,
        retried=retried,
        kind=kind,
        near_miss=record.near_miss,
        watches=record.watches or {},
        copy_of=urls.get(record.copy_of or ""),
        copy_kind=record.copy_kind,
        translation_of=urls.get(record.translation_of or ""),
        release=record.release,
    )
    return _with_text(bare, piece, world) if readable else bare


def _settled(record: Record) -> tuple[Kind | None, Verdict, FailureClass | None, bool]:
    """What it is, the verdict on it, its failure, and whether it may be asked for again."""
    if record.odd:
        kind, stage, failure, retried = _ODD[record.odd]
        if failure:
            return kind, Verdict(Disposition.FAILED, stage, failure.value), failure, retried
        return kind, Verdict(Disposition.REJECTED, stage, kind or record.odd), None, retried
    if record.watches:
        return Kind(record.kind), Verdict(Disposition.KEPT, Stage.WATCH, ", ".join(record.watches)), None, False
    return Kind(record.kind), Verdict(Disposition.REJECTED, Stage.WATCH, "no watch matched"), None, False


def _with_text(bare: TrueArticle, piece: Piece, world: World) -> TrueArticle:
    record = piece.record
    place, credit = _opening(record.opening)
    return replace(
        bare,
        description=piece.description,
        article_body=_body(piece),
        list_items=_numbered(record.items),
        date_published=piece.published if record.prints_date else None,
        date_modified=piece.modified,
        authors=record.authors,
        editors=record.editors,
        translators=record.translators,
        photographers=record.photographers,
        dateline=place,
        credit_line=credit,
        article_section=record.section if record.generation != "2015" else None,  # that markup prints none
        keywords=record.tags,
        in_language=record.language,
        syndicated_from=record.syndicated_from,
        press_release=record.press_release,
        pull_quote=record.pull_quote,
        related_headlines=tuple(world.by_id[link.to].record.headline for link in record.related),
    )


def _body(piece: Piece) -> tuple[str, ...]:
    """The paragraphs in reading order, items of a list where it stands, with the numbers a reader sees."""
    record, paragraphs = piece.record, piece.paragraphs
    if record.opening and _stays(record):
        paragraphs = (record.opening + paragraphs[0], *paragraphs[1:])
    after = len(paragraphs) if record.items_after is None else record.items_after
    return (*paragraphs[:after], *_numbered(record.items), *paragraphs[after:])


def _stays(record: Record) -> bool:
    """Does the markup of a piece have its opening as part of the text?"""
    return any((g.outlet, g.name) == (record.outlet, record.generation) and g.opening_stays for g in ALL)


def _numbered(items: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{number}. {item}" for number, item in enumerate(items, 1))


def _opening(opening: str | None) -> tuple[str | None, str | None]:
    """Place and credit of an opening as printed."""
    for pattern in _OPENINGS:
        if opening and (match := pattern.fullmatch(opening)):
            return match["place"] or None, match["credit"] or None
    return None, None
