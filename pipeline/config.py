"""Settings: `kliping.toml` in KLIPING_HOME, then `KLIPING_*` environment; secrets by environment only.

A bad value stops the program at start with one line that names the option.
"""

from __future__ import annotations

import os
import re
from datetime import time
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from pipeline.errors import SettingsError
from pipeline.toml_files import first_fault, parse_table, read_text_if_there
from pipeline.zones import Zone


def _newsroom(value: str) -> str:
    if not re.fullmatch(r"bundled(:\d{4}-\d{2}-\d{2})?|127\.0\.0\.1:\d{1,5}", value):
        raise ValueError("write bundled, bundled:2026-11-17 or 127.0.0.1:PORT")
    return value


_FREEZE_LEAD = 5  # minutes from the freeze to the first mail, when nothing else is set
Newsroom = Annotated[str, AfterValidator(_newsroom)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class CrawlSettings(_Section):
    """Manners and limits of crawls."""

    contact: str = "https://example.org/kliping (set crawl.contact in kliping.toml)"
    every_minutes: Annotated[int, Field(ge=5, le=1440)] = 60
    processes: Annotated[int, Field(ge=1, le=64)] = 2  # crawls at once; each is a process of its own
    retries: Annotated[int, Field(ge=0, le=10)] = 2  # further attempts at a URL within one run
    attempts: Annotated[int, Field(ge=1, le=50)] = 6  # attempts over all runs before a URL is `failed`
    timeout: Annotated[float, Field(gt=0, le=600)] = 30.0  # seconds for one response
    max_bytes: Annotated[int, Field(ge=10_000)] = 10_000_000  # of one decoded response
    extract_seconds: Annotated[float, Field(gt=0, le=300)] = 20.0  # for one page in a worker process
    workers: Annotated[int, Field(ge=1, le=32)] = 2
    window_days: Annotated[int, Field(ge=1, le=3650)] = 14  # what a daily run keeps, when no --since is given


class DigestSettings(_Section):
    """The morning digest."""

    list: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,62}$")] = "daily"
    title: str = "Kliping"
    draft_at: time | None = None  # from then on an editor may drop, pin and note; None: no draft
    freeze_at: time | None = None  # the edition holds what was there by then; None: five minutes before `at`
    at: time = time(6, 30)  # the first mail leaves
    expires_hours: Annotated[int, Field(ge=1, le=72)] = 18  # what has not left by then never leaves
    language: Literal["id", "en"] = "id"
    window_hours: Annotated[int, Field(ge=24, le=24 * 31)] = 72  # older articles go to reports
    top: Annotated[int, Field(ge=0, le=10)] = 3  # stories that come first, with why
    order: Literal["reach", "newest"] = "reach"
    max_stories: Annotated[int, Field(ge=1, le=500)] = 15  # blocks in the mail; the rest is listed by headline
    cities: tuple[str, ...] = ()  # the readers' own cities: what is about them stands on top

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        """Draft, freeze and mail are of one day, in that order; local times, whose zone is `timezone`."""
        for name, at in (("draft_at", self.draft_at), ("freeze_at", self.freeze_at), ("at", self.at)):
            if at is not None and at.tzinfo is not None:
                raise ValueError(f"{name} = {at} has an offset: write the hour in `timezone`, such as 06:30")
        if self.freezes_at > self.at:
            raise ValueError(f"freeze_at = {self.freezes_at} comes after at = {self.at}: both are hours of one day")
        if self.draft_at is not None and self.draft_at >= self.freezes_at:
            raise ValueError(
                f"draft_at = {self.draft_at} does not come before the freeze at {self.freezes_at}:"
                " leave it out where no draft is wanted"
            )
        return self

    @property
    def freezes_at(self) -> time:
        """The hour of the freeze: `freeze_at`, else five minutes before `at`, of the same day."""
        if self.freeze_at is not None:
            return self.freeze_at
        minutes = max(0, self.at.hour * 60 + self.at.minute - _FREEZE_LEAD)
        return self.at.replace(hour=minutes // 60, minute=minutes % 60)


class MailSettings(_Section):
    """Where mail goes. Without `host` every message is written to `outbox/` and nothing is sent."""

    host: str | None = None
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    username: str | None = None
    sender: str = "kliping@localhost"
    sender_name: str = "Kliping"
    reply_to: str | None = None
    unsubscribe: str | None = None  # address for List-Unsubscribe; the sender when absent
    timeout: Annotated[float, Field(gt=0, le=600)] = 30.0  # seconds for a reply
    final_timeout: Annotated[float, Field(gt=0, le=1800)] = 120.0  # for the reply to a whole message (RFC 5321: 600)
    connections: Annotated[int, Field(ge=1, le=16)] = 2  # at once
    per_minute: Annotated[int, Field(ge=0, le=100_000)] = 0  # messages; 0: as fast as the server takes them


class LetterheadSettings(_Section):
    """What the PDF's pages are headed with. What is not set is not shown."""

    organisation: Annotated[str, Field(max_length=120)] = ""
    unit: Annotated[str, Field(max_length=160)] = ""
    address: Annotated[str, Field(max_length=400)] = ""  # several lines
    logo: Path | None = None  # PNG, JPEG or SVG, 2 MB at most; a relative one lies under KLIPING_HOME


class RelaySettings(_Section):
    """A second mail server, for what must reach operators when the first one is the trouble."""

    host: str | None = None
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    username: str | None = None  # its password: KLIPING_RELAY_PASSWORD


class DkimSettings(_Section):
    """Signs what is sent (RFC 6376). Without `key` nothing is signed."""

    domain: str | None = None  # the sender's, when absent
    selector: str = "kliping"
    key: Path | None = None  # PEM file with the private key


def _base_url(value: str) -> str:
    parts = urlsplit(value)
    plain = value.isascii() and value.isprintable() and not parts.query and not parts.fragment and "@" not in value
    if parts.scheme not in ("http", "https") or not parts.hostname or not plain or re.search(r"[\s\"'<>\\]", value):
        raise ValueError("write the address as readers reach it, such as https://kliping.example.go.id")
    return value.rstrip("/")


def _listen(value: str) -> str:
    found = re.fullmatch(r"(?:\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]+):(\d{1,5})", value)
    if value and (found is None or int(found[1]) > 65535):
        raise ValueError('write HOST:PORT such as 127.0.0.1:8025, or "" for nowhere')
    return value


class WebSettings(_Section):
    """The pages for readers. Without `base_url` nothing on the web is linked to and mail is unsubscribed by mail."""

    base_url: Annotated[str, AfterValidator(_base_url)] | None = None  # as readers reach it
    listen: Annotated[str, AfterValidator(_listen)] = "127.0.0.1:8025"  # of `kliping serve`; "" answers nowhere
    editions: Literal["link", "public", "off"] = "link"  # who reads them: who has a mail's link, everybody, nobody
    subscribe: bool = True  # readers may subscribe themselves to digest.list, confirmed by mail


class BounceSettings(_Section):
    """Where mail servers' reports of what could not be delivered lie, and what they come to."""

    address: str | None = None  # where mail servers return what they cannot deliver; the sender when absent
    maildir: Path | None = None  # a relative one lies under KLIPING_HOME
    mbox: Path | None = None
    soft_days: Annotated[int, Field(ge=1, le=60)] = 5  # so many days with a refusal for now …
    within_days: Annotated[int, Field(ge=1, le=365)] = 14  # … among so many: no further mail goes there


class AlertSettings(_Section):
    """What is mailed at once. Without `outlets` and urgent watches nothing is."""

    list: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,62}$")] = "alerts"
    outlets: Annotated[int, Field(ge=0, le=500)] = 0  # this many outlets tell one story …
    within_hours: Annotated[int, Field(ge=1, le=72)] = 3  # … within so many hours; 0 outlets: never
    fresh_hours: Annotated[int, Field(ge=1, le=72)] = 12  # what was published longer ago is no alert
    per_hour: Annotated[int, Field(ge=1, le=60)] = 6  # mails at most; what would be more becomes one summary


def _address(value: str) -> str:
    """An http(s) address that can be asked as it stands."""
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        raise ValueError("is no address: write https://HOST/PATH") from None
    plain = value.isascii() and value.isprintable() and " " not in value
    if parts.scheme not in {"http", "https"} or not parts.hostname or not plain or parts.username or parts.fragment:
        raise ValueError("write https://HOST/PATH or http://HOST/PATH, without name, password and #")
    return value


class ScheduleSettings(_Section):
    """Who is told that all goes well."""

    heartbeat: Annotated[str, AfterValidator(_address)] | None = None  # called after each edition that left whole


class AlarmSettings(_Section):
    """Who is told when an outlet breaks. Without `to` only `kliping status` shows it."""

    to: tuple[str, ...] = ()  # operators' mail addresses
    language: Literal["id", "en"] = "en"
    hook: str | None = None  # a command that is run with the alarm on its standard input
    relay: RelaySettings = RelaySettings()


class Settings(BaseSettings):
    """All options. `home` comes from KLIPING_HOME (default `./var`) and cannot stand in the file itself."""

    model_config = SettingsConfigDict(
        env_prefix="KLIPING_",
        env_nested_delimiter="__",
        extra="forbid",
        frozen=True,
        nested_model_default_partial_update=True,
    )

    home: Path = Path("var")
    database: str | None = None  # SQLAlchemy URL; SQLite under `home` when absent
    timezone: Zone = "Asia/Jakarta"
    smtp_password: SecretStr | None = None  # environment only: KLIPING_SMTP_PASSWORD
    relay_password: SecretStr | None = None  # environment only: KLIPING_RELAY_PASSWORD
    newsroom: Newsroom | None = None  # the made-up newsroom instead of the web; its hosts are asked there
    crawl: CrawlSettings = CrawlSettings()
    digest: DigestSettings = DigestSettings()
    mail: MailSettings = MailSettings()
    alarms: AlarmSettings = AlarmSettings()
    dkim: DkimSettings = DkimSettings()
    letterhead: LetterheadSettings = LetterheadSettings()
    web: WebSettings = WebSettings()
    bounces: BounceSettings = BounceSettings()
    alerts: AlertSettings = AlertSettings()
    schedule: ScheduleSettings = ScheduleSettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over the file, whose values arrive as init arguments."""
        return env_settings, init_settings

    @property
    def database_url(self) -> str:
        return self.database or f"sqlite:///{self.home.resolve() / 'kliping.sqlite'}"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def archive(self) -> Path:
        return self.home / "archive"

    @property
    def outbox(self) -> Path:
        return self.home / "outbox"

    @property
    def outlets(self) -> Path:
        """The operator's own outlet files."""
        return self.home / "outlets"

    @property
    def watches(self) -> Path:
        """The operator's own watches, one TOML file."""
        return self.home / "watches.toml"


_ENVIRONMENT_ONLY = ("home", "smtp_password", "relay_password")


def load_settings(home: Path | None = None) -> Settings:
    """Read the settings of `home` (default: KLIPING_HOME, then ./var). Raises `SettingsError` in one line."""
    home = home or Path(os.environ.get("KLIPING_HOME", "var"))
    file = home / "kliping.toml"
    values = parse_table(read_text_if_there(file, SettingsError) or "", file=str(file), error=SettingsError)
    for name in _ENVIRONMENT_ONLY:
        if name in values:
            raise SettingsError(f"{file}: {name}: is set by the environment only (KLIPING_{name.upper()})")
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        raise SettingsError(f"{file} or KLIPING_* environment: {first_fault(error)}") from None
    return settings.model_copy(update={"home": home})
