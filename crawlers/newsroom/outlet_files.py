"""The bundled outlet files, as far as the newsroom needs them: who has which hosts and which listings.

They are read as bare TOML, for hosts must be known at once and `pipeline.outlet` would check every pattern.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

_OUTLET_FILES = Path(__file__).resolve().parent.parent / "outlets"
_ADDRESSES = Path(__file__).parent / "addresses.toml"
_ROADS = {"feeds": "feed", "sitemaps": "sitemap", "indexes": "index", "tags": "tag", "searches": "search"}


@dataclass(frozen=True, slots=True)
class OutletFile:
    """One outlet file. `{portal}` in its addresses is filled in."""

    name: str
    title: str
    country: str  # ISO 3166-1
    language: str
    timezone: str
    hosts: tuple[str, ...]  # those of its listings and articles too
    listings: tuple[tuple[str, str], ...]  # (road, address or template)
    wordpress: str | None = None  # root of a site whose REST interface answers
    day_format: str = "%d-%m-%Y"
    first_page: int = 1
    markup_of: str | None = None  # another outlet, on whose content system it is
    address: str | None = None  # template of its articles; None: the newsroom has a markup of its own for it
    first: int = 1  # its articles' ids begin here
    format: str = "rss"  # of its feeds: rss | atom | rdf | json
    sitemaps: str = "plain"  # plain | index (its sitemap names another one) | gzip (so it does, and that one is packed)

    @property
    def feed_type(self) -> str:
        """The media type a page names its feeds by."""
        kinds = {"atom": "atom+xml", "json": "feed+json"}
        return f"application/{kinds.get(self.format, 'rss+xml')}"

    def address_of(self, number: int, slug: str, published: datetime, host: str | None = None) -> str:
        """Where an article stands; `published` in the outlet's zone, `host` where a publisher has several.

        Raises ValueError for an outlet that addresses.toml does not know.
        """
        if self.address is None:
            raise ValueError(f"addresses.toml names no address of {self.name}")
        return self.address.format(
            y=f"{published:%Y}",
            m=f"{published:%m}",
            d=f"{published:%d}",
            ymd=f"{published:%Y%m%d}",
            number=number,
            slug=slug,
            host=host or self.hosts[0],
        )

    @property
    def feeds(self) -> tuple[str, ...]:
        return tuple(address for road, address in self.listings if road == "feed")


@lru_cache(maxsize=1)
def outlet_files() -> dict[str, OutletFile]:
    """Every bundled outlet, by name."""
    addresses = tomllib.loads(_ADDRESSES.read_text(encoding="utf-8"))
    read = (tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(_OUTLET_FILES.glob("*.toml")))
    return {raw["name"]: _outlet(raw, addresses.get(raw["name"], {})) for raw in read}


def _outlet(raw: dict[str, Any], plain: dict[str, Any]) -> OutletFile:
    discovery = raw["discovery"]
    portals = discovery.get("portals", ())
    listings = [
        (road, address)
        for option, road in (*_ROADS.items(), ("archives", "index"))
        for template in discovery.get(option, ())
        for address in _each_portal(template, portals)
    ]
    wordpress = discovery.get("wordpress")
    stands = [host for template in raw["hosts"] for host in _each_portal(template, portals)]
    places = [*(address for _, address in listings), plain.get("address", ""), wordpress or ""]
    spoken = [host for address in places if (host := urlsplit(address).netloc) and "{" not in host]
    return OutletFile(
        name=raw["name"],
        title=raw["title"],
        country=raw["country"],
        language=raw["language"],
        timezone=raw["timezone"],
        hosts=tuple(dict.fromkeys((*stands, *spoken))),
        listings=tuple(listings),
        wordpress=wordpress,
        day_format=discovery.get("day_format", "%d-%m-%Y"),
        first_page=discovery.get("first_page", 1),
        markup_of=raw.get("markup_of"),
        **plain,
    )


def _each_portal(template: str, portals: tuple[str, ...]) -> list[str]:
    return [template.replace("{portal}", portal) for portal in portals] if "{portal}" in template else [template]
