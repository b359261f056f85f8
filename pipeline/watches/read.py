"""Read and check watches: the bundled file, then the operator's."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from pydantic import ConfigDict, TypeAdapter

from pipeline.errors import WatchError
from pipeline.lexicon import expand
from pipeline.toml_files import parse_as, read_text_if_there
from pipeline.watches.model import Watch, Watches


@dataclass(frozen=True, slots=True)
class _File:
    __pydantic_config__ = ConfigDict(extra="forbid")
    watch: tuple[Watch, ...] = ()


_ADAPTER = TypeAdapter(_File)


def parse_watches(text: str, *, file: str = "watch file") -> Watches:
    """Read one watch file. Raises `WatchError` with file, option and what is expected, in one line."""
    found = parse_as(_ADAPTER, text, file=file, error=WatchError).watch
    seen: set[str] = set()
    for place, watch in enumerate(found):
        if watch.id in seen:
            raise WatchError(f"{file}: watch.{place}.id: {watch.id!r} stands there twice, give each watch its own id")
        if not watch.names and not watch.aliases:
            raise WatchError(f"{file}: watch.{place}.names: {watch.id!r} has neither names nor aliases, give one")
        seen.add(watch.id)
    return Watches(found)


def bundled_watches() -> Watches:
    """The watches that come with the program."""
    text = resources.files("pipeline").joinpath("data/watches.toml").read_text(encoding="utf-8")
    return parse_watches(text, file="pipeline/data/watches.toml")


def load_watches(operator_file: Path | None) -> Watches:
    """The bundled watches, then the operator's: one with the same id replaces, the others are added.

    A missing operator file is no error. Raises `WatchError` where it cannot be read or used.
    """
    bundled = bundled_watches()
    text = read_text_if_there(operator_file, WatchError) if operator_file is not None else None
    if text is None:
        return bundled
    merged = {watch.id: watch for watch in (*bundled, *parse_watches(text, file=str(operator_file)))}
    return Watches(tuple(merged.values()))


def search_terms(watches: Watches, language: str) -> tuple[str, ...]:
    """What to ask the search page of an outlet in that language: abbreviations, names of no language, then one name.

    Each watch gives its name in that language, or the English one.
    """
    terms: list[str] = []
    for watch in watches:
        terms += [alias.text for alias in watch.aliases if alias.search]
        by_language = {names.language: names.terms for names in watch.names}
        terms += [expand(term)[0] for term in by_language.get("any", ())]
        named = by_language.get(language) or by_language.get("en") or ()
        terms += [" ".join(expand(term)[0].split()) for term in named[:1]]
    return tuple(dict.fromkeys(terms))
