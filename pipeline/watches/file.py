"""The form of a watch file: its watches, and the lists of words and places that they share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pydantic import ConfigDict, TypeAdapter, ValidationError

from pipeline.errors import WatchError
from pipeline.toml_files import first_fault, parse_table
from pipeline.watches.model import Held, Line, Watch

_STRICT = ConfigDict(extra="forbid")
_MARK = "@"  # "@meeting" in a list stands for the list of that name


@dataclass(frozen=True, slots=True)
class Lists:
    """`words` by name; `places`: further words for a place or a country, by its name or ISO 3166-1 code."""

    __pydantic_config__ = _STRICT
    words: dict[str, tuple[Line, ...]] = field(default_factory=dict)
    places: dict[str, tuple[Line, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _File:
    __pydantic_config__ = _STRICT
    watch: tuple[Watch, ...] = ()
    urgent: tuple[Line, ...] = ()  # ids of watches, the bundled ones too, that are told at once


_LISTS, _FILE = TypeAdapter(Lists), TypeAdapter(_File)


def lists_of(text: str, file: str) -> Lists:
    """The lists in a file, without its watches. Raises `WatchError`."""
    table = parse_table(text, file=file, error=WatchError)
    return _lists({name: value for name, value in table.items() if name != "watch"}, file)


def watches_of(text: str, file: str, bundled: Lists) -> tuple[Watch, ...]:
    """The watches in a file; it may use the bundled lists, and its own first. Raises `WatchError`."""
    table = parse_table(text, file=file, error=WatchError)
    own = _lists({name: table[name] for name in ("words", "places") if name in table}, file)
    words = _flat({**bundled.words, **own.words}, file)
    rest = {name: value for name, value in table.items() if name not in ("words", "places")}
    try:
        found = _FILE.validate_python(_spelled(rest, words, file)).watch
    except ValidationError as fault:
        raise WatchError(f"{file}: {first_fault(fault)}") from None
    places = {**bundled.places, **own.places}
    return tuple(replace(one, editions=tuple(_named(held, places) for held in one.editions)) for one in found)


def urgent_of(text: str, file: str) -> tuple[str, ...]:
    """The ids that a file marks as urgent, in its order. Raises `WatchError`."""
    table = parse_table(text, file=file, error=WatchError)
    try:
        return _FILE.validate_python({"urgent": table.get("urgent", [])}).urgent
    except ValidationError as fault:
        raise WatchError(f"{file}: {first_fault(fault)}") from None


def _lists(table: Mapping[str, object], file: str) -> Lists:
    try:
        return _LISTS.validate_python(table)
    except ValidationError as fault:
        raise WatchError(f"{file}: {first_fault(fault)}") from None


def _flat(words: Mapping[str, tuple[str, ...]], file: str) -> dict[str, tuple[str, ...]]:
    """The lists with those that they name in the place of their names."""

    def flat(name: str, inside: tuple[str, ...]) -> list[str]:
        if name in inside:
            raise WatchError(f"{file}: words.{name}: the list names itself, take '{_MARK}{name}' out")
        return [word for entry in words[name] for word in spelled(entry, (*inside, name))]

    def spelled(entry: str, inside: tuple[str, ...]) -> list[str]:
        if not entry.startswith(_MARK):
            return [entry]
        if entry[1:] not in words:
            raise WatchError(f"{file}: words.{inside[-1]}: {entry!r} names no list")
        return flat(entry[1:], inside)

    return {name: tuple(flat(name, ())) for name in words}


def _spelled(value: object, words: Mapping[str, tuple[str, ...]], file: str) -> object:
    """The value with each "@name" in a list replaced by the words of that name."""
    if isinstance(value, dict):
        return {key: _spelled(inner, words, file) for key, inner in value.items()}
    if not isinstance(value, list):
        return value
    spelled: list[object] = []
    for entry in value:
        if isinstance(entry, str) and entry.startswith(_MARK):
            if entry[1:] not in words:
                raise WatchError(f"{file}: {entry!r} names no list: the lists are {', '.join(sorted(words))}")
            spelled += words[entry[1:]]
        else:
            spelled.append(_spelled(entry, words, file))
    return spelled


def _named(held: Held, places: Mapping[str, tuple[str, ...]]) -> Held:
    """The edition with every word for its place and its country."""
    words = [*held.also, *places.get(held.place or "", ()), *places.get(held.country or "", ())]
    return replace(held, also=tuple(dict.fromkeys(word for word in words if word != held.place)))
