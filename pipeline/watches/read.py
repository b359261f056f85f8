"""Read and check watches: the bundled file, then the operator's."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from pydantic import ConfigDict, TypeAdapter, ValidationError

from pipeline.errors import WatchError
from pipeline.lexicon import expand
from pipeline.watches.model import Watch, Watches


@dataclass(frozen=True, slots=True)
class _File:
    __pydantic_config__ = ConfigDict(extra="forbid")
    watch: tuple[Watch, ...] = ()


_ADAPTER = TypeAdapter(_File)


def parse_watches(text: str, *, file: str = "watch file") -> Watches:
    """Read one watch file. Raises `WatchError` with file, option and what is expected, in one line."""
    try:
        found = _ADAPTER.validate_python(tomllib.loads(text)).watch
    except tomllib.TOMLDecodeError as error:
        raise WatchError(f"{file}: not valid TOML: {error}") from None
    except ValidationError as error:
        raise WatchError(f"{file}: {first_fault(error)}") from None
    seen: set[str] = set()
    for place, watch in enumerate(found):
        if watch.id in seen:
            raise WatchError(f"{file}: watch.{place}.id: {watch.id!r} stands there twice, give each watch its own id")
        if not watch.names and not watch.aliases:
            raise WatchError(f"{file}: watch.{place}.names: {watch.id!r} has neither names nor aliases, give one")
        seen.add(watch.id)
    return Watches(found)


def first_fault(error: ValidationError) -> str:
    """What is wrong, in one line: option and expectation."""
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"]) or "file"
    more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
    return f"{where}: {first['msg']}{more}"


def bundled_watches() -> Watches:
    """The watches that come with the program."""
    text = resources.files("pipeline").joinpath("data/watches.toml").read_text(encoding="utf-8")
    return parse_watches(text, file="pipeline/data/watches.toml")


def load_watches(operator_file: Path | None) -> Watches:
    """The bundled watches, then the operator's: one with the same id replaces, the others are added.

    A missing operator file is no error. Raises `WatchError` where it cannot be read or used.
    """
    bundled = bundled_watches()
    if operator_file is None or not operator_file.exists():
        return bundled
    merged = {watch.id: watch for watch in bundled}
    merged |= {watch.id: watch for watch in read_watches(operator_file)}
    return Watches(tuple(merged.values()))


def read_watches(path: Path) -> Watches:
    """Read and check one watch file."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise WatchError(f"{path}: cannot be read: {error}") from None
    return parse_watches(text, file=str(path))


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
