"""Which outlets there are: the bundled files, then the operator's folder; and Scrapy's view of them as spiders."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

from crawlers.platforms import BACK_FILL
from pipeline.config import Settings, load_settings
from pipeline.errors import OutletError
from pipeline.outlet import Outlet, read_outlet

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from scrapy.settings import BaseSettings


@dataclass(frozen=True, slots=True)
class Loaded:
    """Outlets by name, and one line for each file that cannot be used."""

    outlets: dict[str, Outlet]
    errors: tuple[str, ...] = ()


def load_outlets(settings: Settings) -> Loaded:
    """The bundled outlets, replaced and extended by the operator's files.

    An operator's file that cannot be used disables only itself: its error is reported, and where it was meant to
    replace a bundled outlet that outlet is left out too, for what the operator wanted to change is not known.
    """
    outlets = dict(_bundled())
    errors = []
    for path in _operator_files(settings.outlets):
        try:
            outlet = _checked(read_outlet(path), path)
        except OutletError as error:
            outlets.pop(path.stem, None)
            errors.append(str(error))
        else:
            outlets[outlet.name] = outlet
    return Loaded(dict(sorted(outlets.items())), tuple(errors))


def _checked(outlet: Outlet, path: Path) -> Outlet:
    if outlet.platform is not None and outlet.platform not in BACK_FILL:
        raise OutletError(f"{path}: platform: {outlet.platform!r} is unknown; there are: {', '.join(BACK_FILL)}")
    return outlet


@cache
def _bundled() -> dict[str, Outlet]:
    with as_file(files("crawlers").joinpath("outlets")) as folder:
        return {path.stem: read_outlet(path) for path in sorted(folder.glob("*.toml"))}


def _operator_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.toml") if not path.name.startswith(".")) if folder.is_dir() else []


class OutletSpiderLoader:
    """`scrapy list` and `scrapy crawl NAME`: one spider per outlet file."""

    def __init__(self, loaded: Loaded) -> None:
        self._loaded = loaded

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> OutletSpiderLoader:
        """Scrapy's constructor. Its own settings do not matter: the outlets are those of KLIPING_HOME."""
        del settings
        return cls(load_outlets(load_settings()))

    def list(self) -> list[str]:
        """The outlets' names."""
        return list(self._loaded.outlets)

    def load(self, spider_name: str) -> type[Spider]:
        """The spider of an outlet. Raises `KeyError` for an unknown name, as Scrapy expects."""
        from crawlers.spider import spider_class  # noqa: PLC0415 (imports Twisted; the command line lists without it)

        try:
            return spider_class(self._loaded.outlets[spider_name])
        except KeyError:
            known = ", ".join(self._loaded.outlets)
            raise KeyError(f"no outlet is called {spider_name!r}; there are: {known}") from None

    def find_by_request(self, request: Request) -> list[str]:  # type: ignore[valid-type]  # `list` is the method above
        """Names of the outlets that publish the request's address (`scrapy fetch`, `scrapy parse`)."""
        from pipeline.urls import outlet_for  # noqa: PLC0415

        outlet = outlet_for(request.url, tuple(self._loaded.outlets.values()))
        return [outlet.name] if outlet else []
