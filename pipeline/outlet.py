"""An outlet as data: the frozen `Outlet` and the checked reader of its TOML file.

It lives in `pipeline` because worker processes and rework need the selectors too, not only spiders.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Literal

from lxml.cssselect import CSSSelector
from lxml.etree import ParserError, XPathError
from pydantic import AfterValidator, ConfigDict, Field, StringConstraints, TypeAdapter

from pipeline.errors import OutletError
from pipeline.toml_files import parse_as, read_text
from pipeline.zones import Zone


def _selector(value: str) -> str:
    try:
        CSSSelector(value)
    except (SyntaxError, XPathError, ParserError) as error:
        raise ValueError(f"not a CSS selector: {error}") from None
    return value


def _pattern(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from None
    return value


def _host(value: str) -> str:
    if not re.fullmatch(r"(?:\{portal\}|[a-z0-9_-]+)(?:\.[a-z0-9_-]+)*", value):
        raise ValueError("a host is lower-case letters, digits, hyphens and dots, without https:// and path")
    return value


def _address(value: str) -> str:
    if not re.match(r"https?://[^/\s]+", value):
        raise ValueError("an address begins with http:// or https://")
    return value


Selector = Annotated[str, AfterValidator(_selector)]
Pattern = Annotated[str, AfterValidator(_pattern)]
Address = Annotated[str, AfterValidator(_address)]
Patterns = Annotated[tuple[Pattern, ...], Field(min_length=1)]
Hosts = Annotated[tuple[Annotated[str, AfterValidator(_host)], ...], Field(min_length=1)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{1,62}$")]
Portal = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,63}$")]
_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True)
class Terms:
    """The outlet's terms of use as far as they are known, shown by `outlets enable`."""

    __pydantic_config__ = _STRICT
    summary: str  # in one sentence of ours
    url: Address | None = None
    full_text: bool = False  # may the full text leave the archive (exports, PDF)?


@dataclass(frozen=True, slots=True)
class Discovery:
    """Where article links are found. In templates `{page}`, `{query}`, `{day}` (strftime `day_format`) are filled.

    `{portal}` is filled when the file is read: a publisher with one site per region is one file (ANTARA's portals).
    """

    __pydantic_config__ = _STRICT
    article: Patterns  # a canonical URL that matches one of these is an article
    exclude: tuple[Pattern, ...] = ()  # and none of these
    feeds: tuple[Address, ...] = ()
    sitemaps: tuple[Address, ...] = ()
    indexes: tuple[Address, ...] = ()
    tags: tuple[Address, ...] = ()
    searches: tuple[Address, ...] = ()  # with {query}: filled with each watch's search terms
    archives: tuple[Address, ...] = ()  # read by a back-fill only: indexes that reach further back, mostly with {day}
    wordpress: Address | None = None  # root of a WordPress site whose /wp-json/wp/v2/posts answers
    portals: tuple[Portal, ...] = ()  # what {portal} stands for in hosts and in the addresses above, each in turn
    pages: int = 1  # how many pages of each template with {page} a daily run reads
    first_page: int = 1
    day_format: str = "%d-%m-%Y"
    root: Selector | None = None  # links are taken only inside this element of an HTML listing
    headline: Selector | None = None  # within a listing entry, where its link text is not the headline
    date: Selector | None = None  # within a listing entry: the date it prints, "20 menit lalu" too

    @property
    def roads(self) -> dict[str, tuple[str, ...]]:
        """Every listing's address or template by road; a road that the outlet does not have is absent."""
        found = {
            "feed": self.feeds,
            "sitemap": self.sitemaps,
            "index": self.indexes,
            "tag": self.tags,
            "search": self.searches,
            "api": (self.wordpress,) if self.wordpress else (),
        }
        return {road: addresses for road, addresses in found.items() if addresses}


@dataclass(frozen=True, slots=True)
class Canonical:
    """How addresses of one page become one. Applied after the general rules of `pipeline.urls`."""

    __pydantic_config__ = _STRICT
    rewrite: tuple[tuple[Pattern, str], ...] = ()  # re.sub pairs, in order, over the whole URL
    keep_parameters: tuple[str, ...] = ()  # query parameters that name the page; all others are dropped


@dataclass(frozen=True, slots=True)
class Dates:
    """The outlet's habits, and its lies, about time."""

    __pydantic_config__ = _STRICT
    order: Literal["dmy", "mdy", "ymd"] = "dmy"
    metadata_is_local: bool = False  # its "Z" or offset is wrong: read the clock as local time
    ignore_metadata: bool = False  # its machine-readable dates are not publication dates at all
    founded: int | None = None  # no article is older than this year


@dataclass(frozen=True, slots=True)
class Names:
    """Who is who in this outlet's metadata, and names that are no person."""

    __pydantic_config__ = _STRICT
    metadata_author: Literal["author", "editor", "ignore"] = "author"
    house: tuple[str, ...] = ()  # "Kompas Cyber Media", "Redaksi": never a person


@dataclass(frozen=True, slots=True)
class Markup:
    """One generation of the outlet's article markup. A generation applies when `root` is found."""

    __pydantic_config__ = _STRICT
    name: str  # e.g. "2022", or what it is known by
    root: Selector
    headline: Selector | None = None
    description: Selector | None = None
    date: Selector | None = None
    byline: Selector | None = None
    editor: Selector | None = None
    photographer: Selector | None = None
    section: Selector | None = None
    keywords: Selector | None = None
    pull_quote: Selector | None = None
    prune: tuple[Selector, ...] = ()  # removed from the root before reading; byline tails are read first
    pages: Selector | None = None  # links to the further pages of a paged article
    gone: Selector | None = None  # present on a "not found" page that answers 200


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who publishes, as data. Picklable; equal files are equal objects."""

    __pydantic_config__ = _STRICT
    name: Name
    title: str  # as printed in the digest: "ANTARA"
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]  # ISO 3166-1: whose public it writes for
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]  # prior for detection, BCP 47
    timezone: Zone
    hosts: Hosts  # every host it answers under, m. and amp. too; the first is the chief one
    discovery: Discovery
    terms: Terms
    ownership: Literal["owned", "earned"] = "earned"  # owned: by a city, or by the organisation whose forum is watched
    # What the file was written from: a saved page; other public scrapers; knowledge of the addresses, never proven.
    evidence: Literal["seen", "public scrapers", "guess"] = "guess"
    enabled: bool = False  # watched before anybody chose; what an operator chose, kept in the store, wins
    platform: str | None = None  # a spider of crawlers/platforms
    fetch: Literal["all", "matching"] = "all"
    delay: float = 2.0  # seconds between two requests to one host; a larger Crawl-delay wins
    agency: bool = False  # a wire agency: its credit in another outlet's text names the origin
    credits: tuple[str, ...] = ()  # how its own datelines sign: "ANTARA", "ANTARA News"
    canonical: Canonical = Canonical()
    dates: Dates = Dates()
    names: Names = Names()
    markup_of: Name | None = None  # an outlet on the same CMS: its markup applies where none of this file's does
    markup: tuple[Markup, ...] = ()  # newest first; none: generic extraction

    @property
    def digest(self) -> str:
        """SHA-256 (hex) over all values: listings' validators and extractions are void when it changes."""
        return hashlib.sha256(repr(self).encode()).hexdigest()


_ADAPTER = TypeAdapter(Outlet)
_TEMPLATED = ("feeds", "sitemaps", "indexes", "tags", "searches", "archives")  # may hold {portal}


def parse_outlet(text: str, *, file: str = "outlet file") -> Outlet:
    """Read one outlet file. Raises `OutletError` with file, option and what is expected, in one line."""
    outlet = parse_as(_ADAPTER, text, file=file, error=OutletError)
    if outlet.markup_of == outlet.name:
        raise OutletError(f"{file}: markup_of: names the outlet itself; name another one, or take the line out")
    if any("{portal}" in host for host in outlet.hosts) and not outlet.discovery.portals:
        raise OutletError(f"{file}: hosts: {{portal}} needs discovery.portals, the names to fill in")
    discovery = _with_portals(outlet.discovery, file)
    return replace(outlet, discovery=discovery, hosts=_each_portal(outlet.hosts, discovery.portals))


def _with_portals(discovery: Discovery, file: str) -> Discovery:
    """`{portal}` filled in, one address a portal. Raises `OutletError` where one is there without the other."""
    templates: dict[str, tuple[str, ...]] = {option: getattr(discovery, option) for option in _TEMPLATED}
    meant = [option for option, addresses in templates.items() if any("{portal}" in one for one in addresses)]
    if discovery.portals and not meant:
        raise OutletError(f"{file}: discovery.portals: no address has {{portal}} to fill in")
    if meant and not discovery.portals:
        raise OutletError(f"{file}: discovery.{meant[0]}: {{portal}} needs discovery.portals, the names to fill in")
    filled = {option: _each_portal(templates[option], discovery.portals) for option in meant}
    return replace(discovery, **filled)  # type: ignore[arg-type]  # these options are all tuples of addresses


def _each_portal(templates: tuple[str, ...], portals: tuple[str, ...]) -> tuple[str, ...]:
    filled = (one.replace("{portal}", portal) for one in templates for portal in portals or ("{portal}",))
    return tuple(dict.fromkeys(filled))  # what has no {portal} stays once


def read_outlet(path: Path) -> Outlet:
    """Read and check an outlet file; its name must be the file's stem. `markup_of` is looked for beside it."""
    outlet = read_alone(path)
    beside = path.with_name(f"{outlet.markup_of}.toml")
    return share_markup(outlet, {beside.stem: read_alone(beside)} if beside.is_file() else {})


def read_alone(path: Path) -> Outlet:
    """`read_outlet` without another outlet's markup."""
    outlet = parse_outlet(read_text(path, OutletError), file=str(path))
    if outlet.name != path.stem:
        raise OutletError(f"{path}: name: is {outlet.name!r}, must be the file's name {path.stem!r}")
    return outlet


def share_markup(outlet: Outlet, others: Mapping[str, Outlet]) -> Outlet:
    """The outlet with the markup of the one it names behind its own. Raises `OutletError` where that one is unknown."""
    if outlet.markup_of is None:
        return outlet
    if outlet.markup_of not in others:
        raise OutletError(
            f"{outlet.name}.toml: markup_of: no outlet is called {outlet.markup_of!r}; name one of the others"
        )
    return replace(outlet, markup=outlet.markup + others[outlet.markup_of].markup)
