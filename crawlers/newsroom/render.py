"""Any text in an outlet's real markup: ArticleText in, the bytes of a page out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from crawlers.newsroom import plain_dates, printed
from crawlers.newsroom.article import ArticleText
from crawlers.newsroom.blocks import Block, body_blocks, related_list
from crawlers.newsroom.furniture import furnished, parse
from crawlers.newsroom.generations import ALL, Generation, find

# outlet: generations of its markup, the newest (and default) first
GENERATIONS: dict[str, tuple[str, ...]] = {
    "antara": ("2022", "2018", "2015", "amp"),
    "antara_en": ("2022", "2018", "amp"),  # in 2015 English stood at www.antaranews.com/en/
    "beritajakarta": ("new", "old"),
    "beritajakarta_en": ("new", "old"),
    "inews": ("2024",),
    "redaksijakarta": ("wordpress",),
    "kabarkota": ("plain",),
}
_FAMILY = {"antara_en": "antara", "beritajakarta_en": "beritajakarta"}  # English editions use the same templates
AI_NOTICE = {
    "id": "Isi laman ini tidak boleh diambil mesin atau dirayapi untuk melatih AI tanpa izin tertulis redaksi.",
    "en": "Machines may not take or crawl this page to train AI without the newsroom's written permission.",
}


def render_article(
    outlet_name: str,
    page: ArticleText,
    *,
    metadata: bool = True,
    generation: str | None = None,
    furniture: str | None = None,
) -> bytes:
    """The page as UTF-8. `metadata=False` leaves out every machine-readable field: meta, og, JSON-LD, microdata.

    `generation`: one of those the newsroom serves (`GENERATIONS`) or can write (`generations.ALL`); none: the newest.
    `furniture`: a variant of `furniture.VARIANTS`, "glued" or "glued@last", in place of the page's own related links.
    Raises ValueError for an outlet, generation, variant or place the newsroom does not know.
    """
    served = GENERATIONS.get(outlet_name, ())
    chosen = generation or next(iter(served), None)
    written = find(outlet_name, chosen) if chosen not in served else None
    if furniture:
        variant, placement = parse(furniture)
        page = furnished(page, variant, _addresses(outlet_name), placement)
    if written:
        return page_html(written, page, metadata).encode()
    return article_html(outlet_name, page, metadata, chosen or "").encode()


def _addresses(outlet_name: str) -> str:
    """The template of an outlet's addresses."""
    written = (generation.url for generation in ALL if generation.outlet == outlet_name)
    return next(written, "https://www.kabarkota.test/arsip/{number}/{slug}")


def article_html(outlet_name: str, page: ArticleText, metadata: bool, generation: str) -> str:
    """The page as text, for those who encode it otherwise."""
    family = _FAMILY.get(outlet_name, outlet_name)
    return _filled(f"{family}_{generation}.html", page, metadata, generation=generation)


def page_html(generation: Generation, page: ArticleText, metadata: bool = True) -> str:
    """The page in any of `generations.ALL`."""
    more = {"generation": generation.name, "root": generation.root, "site": generation.site}
    return _filled(f"{generation.template}.html", page, metadata, **more)


def _filled(template: str, page: ArticleText, metadata: bool, **more: str | None) -> str:
    return render_template(
        template,
        page=page,
        blocks=body_blocks(page),
        related=related_list(page),
        metadata=metadata,
        year=page.date.year if page.date else None,
        notice=AI_NOTICE.get(page.language, AI_NOTICE["id"]),
        host=urlsplit(page.url).netloc if page.url else None,
        **more,
    )


def render_template(name: str, **context: object) -> str:
    return _environment().get_template(name).render(**context)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,  # HTML and XML alike
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        antara_date=printed.antara,
        inews_date=printed.inews,
        beritajakarta_date=printed.beritajakarta,
        iso=_iso,
        clock=plain_dates.clock,
        utc=lambda moment: moment.astimezone(UTC).isoformat(timespec="seconds"),
        without=_without,
        persons=lambda names: [{"@type": "Person", "name": name} for name in names],
        printed=plain_dates.printed,
        own_iso=lambda moment: moment.isoformat(timespec="seconds"),  # in the outlet's zone
        known=lambda values: {key: value for key, value in values.items() if value},
        rfc822=_rfc822,
        rfc822_utc=lambda moment: format_datetime(moment.astimezone(UTC)),  # WordPress writes +0000
        day=lambda moment: f"{moment.astimezone(printed.JAKARTA):%d-%m-%Y}",
    )
    return environment


def _without(block: Block, opening: str) -> Block:
    """A paragraph whose opening stands in an element of its own."""
    return replace(block, text=block.text.removeprefix(opening))


def _iso(moment: datetime) -> str:
    return moment.astimezone(printed.JAKARTA).isoformat(timespec="seconds")


def _rfc822(moment: datetime) -> str:
    """Tue, 17 Nov 2026 09:42:00 +0700, with English names whatever the machine's locale."""
    local = moment.astimezone(printed.JAKARTA)
    day, month = printed.weekday(local, "en")[:3], printed.MONTHS["en"][local.month - 1][:3]
    return f"{day}, {local.day:02} {month} {local.year} {local:%H:%M:%S} +0700"
