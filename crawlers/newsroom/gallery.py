"""Any text in any generation of markup with any furniture, and what of it the page then tells."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from crawlers.newsroom import furniture
from crawlers.newsroom.article import ArticleText
from crawlers.newsroom.furniture import Placement
from crawlers.newsroom.generations import Generation
from crawlers.newsroom.hosts import slug_of
from crawlers.newsroom.piece_text import article_text
from crawlers.newsroom.plain import plain_world
from crawlers.newsroom.render import page_html
from crawlers.newsroom.stories import Piece
from crawlers.newsroom.world import World, world_of

_CAST = ("Galih Prasetyo", "Wulan Anggraeni", "Bimo Hartanto", "Sekar Pratiwi")  # where a text names nobody
_PLACES = {"en": "Kuala Lumpur", "ms": "Kuala Lumpur", "id": "Jakarta"}
_ROLES = ("authors", "editors", "translators", "photographers")


@dataclass(frozen=True, slots=True)
class Told:
    """What a page tells, to the letter: the true value of each field."""

    url: str
    headline: str
    article_body: tuple[str, ...]
    date_published: datetime
    authors: tuple[str, ...]
    editors: tuple[str, ...]
    translators: tuple[str, ...]
    photographers: tuple[str, ...]
    dateline: str | None
    credit_line: str | None


def texts(today: date) -> tuple[ArticleText, ...]:
    """Every readable text of the newsroom, then those of the other outlets in languages of which it has none."""
    own = world_of(today, 0)
    found = [_bare(own, piece) for piece in own.pieces if not piece.record.odd]
    plain = plain_world(today)
    seldom = [p for p in plain.pieces if p.record.language not in ("id", "en") and p.record.story is None]
    return (*(text for text in found if len(text.paragraphs) > 2), *(_bare(plain, piece) for piece in seldom))


def _bare(world: World, piece: Piece) -> ArticleText:
    """A piece's text without what its own outlet adds."""
    text = article_text(world, replace(piece, record=replace(piece.record, prints_date=True)))
    return replace(
        text,
        related=(),
        date=piece.published,
        date_modified=None,
        opening=None,
        pull_quote=None,
        closing=(),
        pages=1,
        short=False,
        amp_url=None,
    )


def printed_by(generation: Generation, text: ArticleText) -> ArticleText:
    """The text as that outlet prints it: its address, its opening, the people it names."""
    moment = (text.date or datetime(2026, 1, 1, tzinfo=UTC)).astimezone(ZoneInfo(generation.zone))
    place = _PLACES.get(text.language, "Jakarta")
    opening = generation.opening and generation.opening.format(
        place=place, PLACE=place.upper(), day=f"{moment:%b} {moment.day}"
    )
    return replace(
        text,
        url=_address(generation, text, moment),
        opening=opening,
        pages=generation.pages,
        short=generation.short,
        authors=_people(generation, text, "authors"),
        editors=_people(generation, text, "editors"),
        translators=_people(generation, text, "translators"),
        photographers=_people(generation, text, "photographers"),
    )


def _people(generation: Generation, text: ArticleText, role: str) -> tuple[str, ...]:
    if role not in generation.roles:
        return ()
    return tuple(getattr(text, role)) or (_CAST[_ROLES.index(role)],)


def _address(generation: Generation, text: ArticleText, moment: datetime) -> str:
    slug = slug_of(text.headline or "")
    fit = slug if slug.count("-") > 2 else f"berita-kota-hari-ini-{len(text.paragraphs)}"
    return generation.url.format(
        number=7_300_000 + sum(map(ord, text.headline or "")) % 9000,
        slug=fit,
        y=f"{moment:%Y}",
        m=f"{moment:%m}",
        d=f"{moment:%d}",
    )


def render(
    generation: Generation, text: ArticleText, variant: str | None = None, placement: Placement = "middle"
) -> tuple[bytes, ...]:
    """The page or, of a paged generation, the pages of a text as UTF-8."""
    page = with_furniture(generation, text, variant, placement)
    if generation.pages == 1:
        return (page_html(generation, page).encode(),)
    return tuple(page_html(generation, replace(page, page=n)).encode() for n in range(1, generation.pages + 1))


def with_furniture(generation: Generation, text: ArticleText, variant: str | None, placement: Placement) -> ArticleText:
    page = printed_by(generation, text)
    return furniture.furnished(page, variant, generation.url, placement) if variant else page


def told(generation: Generation, text: ArticleText, variant: str | None = None) -> Told:
    """What the pages of `render` tell."""
    page = with_furniture(generation, text, variant, "middle")
    dateline, credit = _opening(generation, page)
    return Told(
        url=page.url or "",
        headline=page.headline or "",
        article_body=_body(page, page.opening if generation.opening_stays else None),
        date_published=(page.date or datetime(2026, 1, 1, tzinfo=UTC)).astimezone(ZoneInfo(generation.zone)),
        authors=page.authors,
        editors=page.editors,
        translators=page.translators,
        photographers=page.photographers,
        dateline=dateline,
        credit_line=credit,
    )


def _body(page: ArticleText, opening: str | None) -> tuple[str, ...]:
    after = len(page.paragraphs) if page.items_after is None else page.items_after
    items = tuple(f"{number}. {item}" for number, item in enumerate(page.items, 1))
    paragraphs = ((opening or "") + page.paragraphs[0], *page.paragraphs[1:])
    return (*paragraphs[:after], *items, *paragraphs[after:])


def _opening(generation: Generation, page: ArticleText) -> tuple[str | None, str | None]:
    """Place and credit, by what the generation fills in."""
    form = generation.opening
    if form is None:
        return None, None
    place = _PLACES.get(page.language, "Jakarta")
    shown = place.upper() if "{PLACE}" in form else place if "{place}" in form else None
    credit = form
    for filled in ("{PLACE}", "{place}", "{day}"):
        credit = credit.replace(filled, "")
    return shown, credit.strip(" ()-–—,:") or None
