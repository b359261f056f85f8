"""What a crawl is asked to do: one frozen value that travels to the crawl's own process as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter, ValidationError

from pipeline.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Rebuild:
    """The recorded run that a replay stands for, so that it leaves in this home what it left in another."""

    kind: str  # of its Run record
    outlet: str | None
    started_at: datetime
    until: datetime | None = None  # what it did after this instant is left for a later rebuild; None: all of it


@dataclass(frozen=True, slots=True)
class CrawlRequest:
    """One run. Without `urls` the outlet's listings are read; with them, these addresses only."""

    outlet: str | None = None  # None: `urls` or the recorded pages of `replay`, each by the outlet it belongs to
    since: datetime | None = None  # articles published from here on …
    until: datetime | None = None  # … and before here; both aware
    urls: tuple[str, ...] = ()
    limit: int | None = None  # article addresses to ask for at most; the rest stays pending
    replay: tuple[Path, ...] = ()  # WARC files that answer every request instead of the network
    wait: float = 0.0  # seconds to wait for another run of the same outlet; for shared hosts see `crawlers.run`
    backfill_id: int | None = None  # the back-fill it works on; `since` and `until` are then its first and last day
    trial: tuple[str, ...] = ()  # instead of a crawl: outlets to check, or a site to try; `urls` are their hosts'
    rebuild: Rebuild | None = None  # `replay` is then the one file of that run, in this home's archive

    @property
    def kind(self) -> str:
        """The kind of its Run record: crawl | backfill | replay | address | trial."""
        if self.rebuild is not None:
            return self.rebuild.kind
        if self.trial:
            return "trial"
        if self.replay:
            return "replay"
        if self.backfill_id is not None:
            return "backfill"
        return "address" if self.urls else "crawl"


_ADAPTER = TypeAdapter(CrawlRequest)


def to_json(request: CrawlRequest) -> str:
    """As one line, for the child's command line."""
    return _ADAPTER.dump_json(request).decode()


def from_json(text: str) -> CrawlRequest:
    """Raises `SettingsError` in one line."""
    try:
        return _ADAPTER.validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        option = ".".join(str(part) for part in first["loc"])
        raise SettingsError(f"crawl request: {option or 'JSON'}: {first['msg']}") from None


def moment(text: str, zone: ZoneInfo, *, end: bool = False) -> datetime:
    """A day (2026-11-03) or an instant (2026-11-03T07:00) given by a person, in UTC.

    With `end`, a day means its last instant: the midnight after it. Raises `SettingsError`.
    """
    try:
        if len(text) == len("2026-11-03"):
            day = date.fromisoformat(text) + timedelta(days=1 if end else 0)
            return datetime.combine(day, time(), zone).astimezone(UTC)
        instant = datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        raise SettingsError(f"{text!r} is no date; write it as 2026-11-03") from None
    return (instant if instant.tzinfo else instant.replace(tzinfo=zone)).astimezone(UTC)


_OPTIONS = ("since", "until", "limit", "url", "wait", "replay")


def of_options(outlet: str | None, options: dict[str, str], zone: ZoneInfo) -> CrawlRequest:
    """`scrapy crawl NAME -a since=2026-11-01 -a until=2026-11-07 -a limit=20`. Raises `SettingsError`."""
    if unknown := sorted(options.keys() - set(_OPTIONS)):
        raise SettingsError(f"-a {unknown[0]}: unknown; there are {', '.join(_OPTIONS)}")
    try:
        limit = int(options["limit"]) if "limit" in options else None
        wait = float(options.get("wait", 0))
    except ValueError:
        raise SettingsError("-a limit and -a wait take a number") from None
    return CrawlRequest(
        outlet=outlet,
        since=moment(options["since"], zone) if "since" in options else None,
        until=moment(options["until"], zone, end=True) if "until" in options else None,
        urls=tuple(options.get("url", "").split()),
        limit=limit,
        replay=tuple(Path(file) for file in options.get("replay", "").split()),
        wait=wait,
    )
