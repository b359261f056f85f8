"""Which outlets there are: the bundled files, then the operator's folder; and Scrapy's view of them as spiders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

from crawlers.platforms import BACK_FILL
from pipeline.config import Settings, load_settings
from pipeline.errors import OutletError
from pipeline.outlet import Outlet, read_alone, share_markup

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
    bundled = _bundled()
    outlets = dict(bundled)
    errors = []
    for path in _operator_files(settings.outlets):
        try:
            outlets[path.stem] = _operators(path, bundled.get(path.stem))
        except OutletError as error:
            outlets.pop(path.stem, None)
            errors.append(str(error))
    return _with_shared_markup(outlets, errors)


def _operators(path: Path, bundled: Outlet | None) -> Outlet:
    """The outlet of an operator's file. It replaces the bundled one in everything but whether that is watched."""
    outlet = read_alone(path)
    if outlet.platform is not None and outlet.platform not in BACK_FILL:
        raise OutletError(f"{path}: platform: {outlet.platform!r} is unknown; there are: {', '.join(BACK_FILL)}")
    if bundled is None and outlet.enabled:
        how = f"`kliping outlets enable {outlet.name}` does, and records who accepted the terms"
        raise OutletError(f"{path}: enabled: a file cannot begin to watch an outlet; take the line out: {how}")
    return replace(outlet, enabled=bundled is not None and bundled.enabled)


def _with_shared_markup(outlets: Mapping[str, Outlet], errors: Sequence[str]) -> Loaded:
    """What `markup_of` names is looked up last: an operator's repair of one outlet mends all on the same CMS."""
    complete: dict[str, Outlet] = {}
    faults = list(errors)
    for name, outlet in sorted(outlets.items()):
        try:
            complete[name] = share_markup(outlet, outlets)
        except OutletError as error:
            faults.append(str(error))
    return Loaded(complete, tuple(faults))


@cache
def _bundled() -> dict[str, Outlet]:
    with as_file(files("crawlers").joinpath("outlets")) as folder:
        return {path.stem: read_alone(path) for path in sorted(folder.glob("*.toml"))}


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
