"""What a command needs of the world: settings, store, outlets, watches, clock. Opened when first asked for."""

from __future__ import annotations

import getpass
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from digests.cli.output import remark
from pipeline.config import Settings, load_settings
from pipeline.errors import SettingsError
from pipeline.outlet import Outlet
from pipeline.store import Store, open_store
from pipeline.watches import Watches, load_watches

if TYPE_CHECKING:
    from crawlers.loader import Loaded


@dataclass
class Office:
    """One command's view of KLIPING_HOME."""

    home: Path | None = None
    fixed_now: datetime | None = field(default=None)

    @property
    def now(self) -> datetime:
        return self.fixed_now or datetime.now(UTC)

    @cached_property
    def settings(self) -> Settings:
        settings = load_settings(self.home)
        for folder in (settings.home, settings.archive, settings.outbox, settings.outlets):
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                what = f"{folder}: this folder cannot be made: {error.strerror}"
                raise SettingsError(f"{what}; name another place with KLIPING_HOME or --home") from None
        return settings

    def use(self, settings: Settings) -> None:
        """Go on with other settings of the same home: a newsroom or a mail server that was started for this command."""
        self.__dict__["settings"] = settings

    def at(self, moment: datetime) -> Office:
        """The same home, settings and open store at another moment: for what is made as of then."""
        then = Office(self.home, fixed_now=moment)
        then.__dict__.update(settings=self.settings, store=self.store)
        return then

    @cached_property
    def store(self) -> Store:
        return open_store(self.settings.database_url)

    @cached_property
    def loaded(self) -> Loaded:
        from crawlers.loader import load_outlets  # lazily: only what needs outlets pays for importing Scrapy

        loaded = load_outlets(self.settings)
        for error in loaded.errors:
            remark(f"outlet left out: {error}")
        return loaded

    @cached_property
    def watches(self) -> Watches:
        return load_watches(self.settings.watches)

    def check_crawl(self) -> None:
        """Raise what would stop every crawl, before the first begins. Raises `SettingsError`."""
        _ = self.watches

    @property
    def enabled(self) -> dict[str, Outlet]:
        """The outlets that are watched: the operator's word wins over the file's default."""
        chosen = self.store.outlets.settings()
        return {
            name: outlet
            for name, outlet in self.loaded.outlets.items()
            if (chosen[name].enabled if name in chosen else outlet.enabled)
        }

    def outlet(self, name: str) -> Outlet:
        """The outlet of that name. Raises `SettingsError`: it is a word of the command line."""
        if name not in self.loaded.outlets:
            if any(file.name == f"{name}.toml" for file in self.settings.outlets.glob("*.toml")):
                take_away = f"mend it by hand, or `kliping outlets remove {name}` takes it away"
                raise SettingsError(f"{name}: your file {name}.toml cannot be used, see above; {take_away}")
            raise SettingsError(f"no outlet is called {name!r}; `kliping outlets list` shows them all")
        return self.loaded.outlets[name]

    @property
    def actor(self) -> str:
        """Who is at the terminal, for the audit."""
        try:
            return getpass.getuser()
        except (KeyError, OSError):  # no login name: a bare container
            return "operator"

    def close(self) -> None:
        if "store" in self.__dict__:
            self.store.close()


def office(context: typer.Context) -> Office:
    """The office of the running command."""
    found = context.find_object(Office)
    if found is None:
        raise SettingsError("no office was opened: run `kliping`, not the function")
    return found
