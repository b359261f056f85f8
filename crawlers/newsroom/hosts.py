"""The hosts the newsroom speaks for, and the addresses of its pages there."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

from crawlers.newsroom.outlet_files import outlet_files

ANTARA = "www.antaranews.com"
MEGAPOLITAN = "megapolitan.antaranews.com"
ANTARA_MOBILE = "m.antaranews.com"
ANTARA_EN = "en.antaranews.com"
BERITAJAKARTA = "www.beritajakarta.id"
BERITAJAKARTA_MOBILE = "m.beritajakarta.id"
INEWS = "www.inews.id"
# Nothing is known of Redaksi Jakarta's address: the outlet file's assumption, the chief host first.
_REDAKSI_HOSTS = outlet_files()["redaksijakarta"].hosts
REDAKSI = _REDAKSI_HOSTS[0]
KABARKOTA = "www.kabarkota.test"

# host: the chief host that a request for it is redirected to
ALIASES = {
    "antaranews.com": ANTARA,
    "beritajakarta.id": BERITAJAKARTA,
    "inews.id": INEWS,
    "kabarkota.test": KABARKOTA,
    **{host: REDAKSI for host in (*_REDAKSI_HOSTS, "redaksijakarta.id", "www.redaksijakarta.id") if host != REDAKSI},
}
# host: outlets whose pages stand there in a markup of their own
_MARKED = {
    ANTARA: ("antara",),
    ANTARA_MOBILE: ("antara",),
    MEGAPOLITAN: ("antara",),
    ANTARA_EN: ("antara_en",),
    BERITAJAKARTA: ("beritajakarta", "beritajakarta_en"),
    BERITAJAKARTA_MOBILE: ("beritajakarta", "beritajakarta_en"),
    INEWS: ("inews",),
    REDAKSI: ("redaksijakarta",),
    KABARKOTA: ("kabarkota",),
}
MARKED: tuple[str, ...] = tuple(dict.fromkeys(name for names in _MARKED.values() for name in names))


def _plain() -> dict[str, tuple[str, ...]]:
    """The hosts of all other outlet files, with their outlets: see `plain.py`."""
    found: dict[str, tuple[str, ...]] = {}
    for outlet in outlet_files().values():
        if outlet.name not in MARKED:
            for host in outlet.hosts:
                if host not in _MARKED and host not in ALIASES:
                    found[host] = (*found.get(host, ()), outlet.name)
    return found


PLAIN: dict[str, tuple[str, ...]] = _plain()


def plain_outlet(host: str, path: str) -> str | None:
    """The outlet of `PLAIN` a page belongs to, where several share a host: told by the first part of their paths."""
    for name in PLAIN.get(host, ()):
        outlet = outlet_files()[name]
        known = [urlsplit(address).path for address in (*(one for _, one in outlet.listings), outlet.address or "")]
        if any(path.split("/")[1:2] == one.split("/")[1:2] for one in known):
            return name
    return None


OUTLETS_OF: dict[str, tuple[str, ...]] = {**_MARKED, **PLAIN}
HOSTS: frozenset[str] = frozenset(OUTLETS_OF) | frozenset(ALIASES)
OUTLETS: tuple[str, ...] = tuple(dict.fromkeys(name for names in OUTLETS_OF.values() for name in names))
CHIEF_HOST = {
    "antara": ANTARA,
    "antara_en": ANTARA_EN,
    "beritajakarta": BERITAJAKARTA,
    "beritajakarta_en": BERITAJAKARTA,
    "inews": INEWS,
    "redaksijakarta": REDAKSI,
    "kabarkota": KABARKOTA,
}


def slugify(text: str) -> str:
    """Lower-case words and figures joined by hyphens, as the outlets' addresses have them."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def slug_of(text: str) -> str:
    """As `slugify`, with the letters of accented ones kept."""
    apart = unicodedata.normalize("NFKD", text.replace("đ", "d").replace("Đ", "D"))
    return slugify("".join(letter for letter in apart if not unicodedata.combining(letter)))


def article_path(outlet: str, number: int, section_path: str, slug: str, kind: str = "article") -> str:
    """The path of an article. `number` is the outlet's own id; `section_path` is used by iNews only."""
    if outlet == "antara":
        return f"/{ {'photo': 'foto', 'video': 'video'}.get(kind, 'berita') }/{number}/{slug}"
    if outlet == "antara_en":
        return f"/news/{number}/{slug}"
    if outlet.startswith("beritajakarta"):
        return f"{'/en' if outlet.endswith('_en') else ''}/read/{number}/{slug}"
    if outlet == "inews":
        return f"/{section_path}/{slug}"
    if outlet == "redaksijakarta":
        return f"/{slug}/"
    return f"/arsip/{number}/{slug}"
