"""Every generation of markup that the newsroom can write: whose it is, where its pages stand, whom it names and how."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pydantic import ConfigDict, TypeAdapter

_FILE = Path(__file__).with_name("generations.toml")


@dataclass(frozen=True, slots=True)
class Generation:
    """One generation of an outlet's article pages."""

    __pydantic_config__ = ConfigDict(extra="forbid")
    outlet: str  # name of the outlet file
    name: str
    template: str  # a file of templates/, without ".html"
    url: str  # of an article; {number} and {slug} and the day's {y}, {m}, {d} are filled in
    roles: tuple[str, ...] = ("authors", "editors")  # of the people of a text, those the page names
    opening: str | None = None  # before the first paragraph; {place}, {PLACE} and {day} ("Nov 19") are filled in
    opening_stays: bool = False  # it names nobody to credit: it is the text's own beginning
    zone: str = "Asia/Jakarta"
    languages: tuple[str, ...] = ()  # it prints these alone; none: any
    pages: int = 1  # a text stands on so many
    short: bool = False
    root: str = ""  # for templates that serve several outlets: class of the element that holds the text
    site: str = ""  # the same: what the outlet calls itself

    @property
    def id(self) -> str:
        return f"{self.outlet}-{self.name}"

    def prints(self, language: str) -> bool:
        """Does the outlet print texts of that language?"""
        return not self.languages or language in self.languages


def _read() -> tuple[Generation, ...]:
    raw = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return TypeAdapter(tuple[Generation, ...]).validate_python(raw["generation"])


ALL: tuple[Generation, ...] = _read()


def find(outlet: str, name: str | None = None) -> Generation:
    """The generation of that name, or the outlet's newest. Raises ValueError for one the newsroom does not know."""
    known = [generation for generation in ALL if generation.outlet == outlet]
    if not known:
        raise ValueError(f"no markup of {outlet!r}: use one of {_listed(one.outlet for one in ALL)}")
    for generation in known:
        if name in (None, generation.name):
            return generation
    raise ValueError(f"{outlet} has no generation {name!r}: use one of {_listed(one.name for one in known)}")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(names))
