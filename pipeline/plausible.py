"""Where a page is at home in time, and which of its dates are not to be believed. Nothing replaces a refused one."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, UTC, date, datetime, time, timedelta, tzinfo
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pipeline.dates import Instant, Order, home_zones
from pipeline.document import Document

AHEAD = timedelta(hours=1)  # clocks of newsrooms run ahead by minutes; more is an embargo or an error
FIRST_YEAR = 1995  # no news site of the region is older
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Setting:
    """What a printed time has to be read with."""

    zone: tzinfo
    zone_of: str | None  # whose zone that is, in words; None: nobody's, UTC stands in
    order: Order
    fetched: datetime
    founded: int | None = None  # the outlet's first year
    local: bool = False  # metadata's offsets are wrong: their clock is the zone's
    ignored: bool = False  # metadata are not dates of publication
    listed: bool = False  # an outlet file says all this


@dataclass(frozen=True, slots=True)
class Refused:
    """A date that was read and is not believed, and why."""

    field: str  # date_published | date_modified
    source: str
    text: str
    reason: str


def setting_of(document: Document) -> Setting:
    """The outlet's habits and zone; for an unlisted site the zone of its country, or of its language, or UTC."""
    outlet, fetched = document.outlet, document.page.fetched_at
    if outlet:
        habits, zone = outlet.dates, ZoneInfo(outlet.timezone)
        return Setting(
            zone, "the outlet's", habits.order, fetched, habits.founded,
            local=habits.metadata_is_local, ignored=habits.ignore_metadata, listed=True,
        )  # fmt: skip
    home, first = home_zones(), {f".{country}" for country in home_zones().month_first.countries}
    order: Order = "mdy" if first & set(_codes(document.page.url, document.tree.get("lang"))) else "dmy"
    for code in _every_code(document):
        name = home.domain.get(code[1:]) if code.startswith(".") else home.language.get(code)
        if name:
            return Setting(ZoneInfo(name), f"at home with {code}", order, fetched)
    return Setting(UTC, None, order, fetched)


def why_not(instant: Instant, setting: Setting, supported: Collection[date] = (), *, printed: bool) -> str | None:
    """The reason to refuse an instant; `None`: it is plausible.

    `supported` are the days that something besides the metadata names: 1 January at midnight is what a program writes
    that knows the year alone, and needs one of them.
    """
    when = instant.when
    if reason := _too_old(when, setting):
        return reason
    if when.year >= MAXYEAR:  # that year has no zone to move to
        return "it lies in the last year there is"
    if when - AHEAD > setting.fetched:
        return "it lies in the future of the fetching"
    if not printed and not _new_years(instant, setting) <= set(supported):
        return "it is midnight of 1 January, and nothing printed, listed or in the address says so"
    return None


def _too_old(when: datetime, setting: Setting) -> str | None:
    if when.date() == _EPOCH:
        return "it is the epoch, 1 January 1970"
    if when.year < FIRST_YEAR:
        return f"it is before {FIRST_YEAR}, when no news site was there"
    if setting.founded and when.year < setting.founded:
        return f"it is before {setting.founded}, when the outlet began"
    return None


def _new_years(instant: Instant, setting: Setting) -> set[date]:
    """The first of January that an instant means without a time of its own, by its own clock or the zone's."""
    clocks = (instant.when, instant.when.astimezone(setting.zone))
    return {c.date() for c in clocks if (c.month, c.day) == (1, 1) and (not instant.has_time or c.time() == time())}


def _every_code(document: Document) -> Iterator[str]:
    """Where an unlisted site may be at home, the surest first."""
    yield from _codes(document.page.url, document.tree.get("lang"))
    for element in document.tree.iter("meta"):
        if element.get("property") == "og:locale":
            yield from _codes("", element.get("content"))


def _codes(url: str, tag: str | None) -> list[str]:
    """ ".id" for the ending of a domain or a region, "id" for a language."""
    host = urlsplit(url).hostname or ""
    codes = [f".{host.rpartition('.')[2]}"] if host else []
    language, _, region = (tag or "").strip().lower().replace("_", "-").partition("-")
    return codes + ([f".{region.rpartition('-')[2]}"] if region else []) + ([language] if language else [])
