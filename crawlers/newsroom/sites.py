"""What answers at each host: robots.txt, listings, articles, redirects, and nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import lru_cache
from urllib.parse import urlsplit

from crawlers.newsroom import hosts
from crawlers.newsroom.listings import listing_response
from crawlers.newsroom.odd import not_found, odd_response
from crawlers.newsroom.piece_text import article_text
from crawlers.newsroom.plain_sites import plain_answer
from crawlers.newsroom.render import GENERATIONS, article_html
from crawlers.newsroom.response import Request, Response, Shown, redirect, text_response
from crawlers.newsroom.routes import find_listing
from crawlers.newsroom.validators import validated
from crawlers.newsroom.world import Target, World, world_of

_ROBOTS = """User-agent: *
{disallow}Crawl-delay: {delay}

User-agent: GPTBot
Disallow: /
"""
_CRAWL_DELAY = 0.01  # seconds: the newsroom is in a hurry, and lets a crawler be so


def answer(world: World, request: Request, *, dateless: bool = False) -> Response:
    """The answer to one request; hosts that are none of ours are misdirected (421). `dateless`: articles print none."""
    if request.host not in hosts.HOSTS:
        return text_response(f"The newsroom does not speak for {request.host}; its hosts are listed in HOSTS.\n", 421)
    if request.host in hosts.PLAIN:
        return plain_answer(world.today, request, dateless=dateless)
    if request.host in hosts.ALIASES:
        return redirect(f"https://{hosts.ALIASES[request.host]}{request.target}")
    if request.headers.get("x-forwarded-proto") == "http":
        return redirect(f"https://{request.host}{request.target}")
    if request.path == "/robots.txt":
        return text_response(_robots(world, request.host))
    return _page(world, request, dateless)


def _robots(world: World, host: str) -> str:
    forbidden = [urlsplit(p.url).path for p in world.pieces if p.host == host and p.record.odd == "robots"]
    lines = "".join(f"Disallow: {path}\n" for path in ["/user/", "/ajax/", *forbidden])
    return _ROBOTS.format(disallow=lines, delay=_CRAWL_DELAY)


def _page(world: World, request: Request, dateless: bool) -> Response:
    target = world.targets.get((request.host, request.path))
    if target:
        return _article(world, request, target, dateless)
    if moved := _moved(world, request):
        return moved
    return _listing(world.today, world.archive_days, request.host, request.path, tuple(request.query.items()))


@lru_cache(maxsize=512)
def _listing(today: date, archive_days: int, host: str, path: str, parameters: tuple[tuple[str, str], ...]) -> Response:
    query = dict(parameters)
    listing = find_listing(world_of(today, archive_days), host, path, query)
    return listing_response(listing, host, query) if listing else not_found()


def _moved(world: World, request: Request) -> Response | None:
    """An article's number under another slug, or WordPress's `?p=`, leads to the article's own address."""
    number = request.query.get("p", "") if request.host == hosts.REDAKSI else ""
    if match := re.match(r"/(?:berita|news|read|en/read)/(\d+)(?:/|$)", request.path):
        number = match[1]
    known = number.isdecimal() and len(number) < 12
    piece = world.numbers.get((request.host, int(number))) if known else None
    return redirect(piece.url) if piece else None


def _article(world: World, request: Request, target: Target, dateless: bool) -> Response:
    piece = target.piece
    if target.form == "redirect":
        return redirect(piece.url)
    odd = odd_response(piece, request.host)
    if odd:
        return replace(odd, article=Shown(language=piece.record.language))
    return _rendered(world.today, world.archive_days, piece.record.id, target.form, dateless)


@lru_cache(maxsize=512)
def _rendered(today: date, archive_days: int, piece_id: str, form: str, dateless: bool) -> Response:
    world = world_of(today, archive_days)
    piece = world.by_id[piece_id]
    page = article_text(world, piece, form)
    if dateless:
        page = replace(page, date=None, date_modified=None)
    known = GENERATIONS[piece.record.outlet]
    generation = form if form in known else piece.record.generation or known[0]
    text = article_html(piece.record.outlet, page, metadata=True, generation=generation)
    charset = piece.record.charset
    declared = "; charset=utf-8" if charset == "utf-8" else ""
    shown = Shown(piece.paragraphs, piece.record.language)
    response = Response(200, text.encode(charset, "xmlcharrefreplace"), f"text/html{declared}", article=shown)
    return validated(response, piece.modified or piece.published)
