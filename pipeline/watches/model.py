"""A watch as data: what the team follows, in frozen dataclasses that travel to worker processes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, StringConstraints

from pipeline.lexicon import expand, pattern

_STRICT = ConfigDict(extra="forbid")


def _term(value: str) -> str:
    for wording in expand(value):
        if len(pattern(wording).strip()) < 2:
            raise ValueError(f"{value!r} is too short to look for")
    return value


def _context(value: str) -> str:
    for part in value.split(" + "):
        _term(part)
    return value


def _names(value: object) -> object:
    """In TOML a table: language -> list of names."""
    if not isinstance(value, dict):
        return value
    return tuple({"language": language, "terms": terms} for language, terms in value.items())


Term = Annotated[str, AfterValidator(_term)]
Context = Annotated[str, AfterValidator(_context)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\r\n]+$", strip_whitespace=True)]


@dataclass(frozen=True, slots=True)
class Names:
    """Full names in one language. A name is certain: it needs no context. `[…]` in a term is optional."""

    __pydantic_config__ = _STRICT
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]  # BCP 47 primary subtag, or "any"
    terms: Annotated[tuple[Term, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Alias:
    """An abbreviation or a loose wording that counts only where its surroundings bear it out."""

    __pydantic_config__ = _STRICT
    text: Term
    exact_case: bool = False  # "AMF" but never "amf"
    search: bool = False  # also asked of the outlets' search pages
    context: tuple[Context, ...] = ()  # one of these within `reach`; "a + b" wants both; none: no context needed
    exclude: tuple[Term, ...] = ()  # anywhere in the text: the alias means something else there
    exclude_near: tuple[Term, ...] = ()  # within `reach`
    reach: Annotated[int, Field(ge=20, le=5000)] = 300  # code points to each side


@dataclass(frozen=True, slots=True)
class Watch:
    """Something the team follows."""

    __pydantic_config__ = _STRICT
    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,62}$")]
    title: Line  # as a person reads it
    names: Annotated[tuple[Names, ...], BeforeValidator(_names)] = ()
    aliases: tuple[Alias, ...] = ()
    first_edition: Annotated[int, Field(ge=1900, le=2100)] | None = None  # a forum's first year; None: no editions


@dataclass(frozen=True, slots=True)
class Watches:
    """All watches in force, in a fixed order. Equal contents have equal digests."""

    items: tuple[Watch, ...]
    digest: str = field(init=False)  # SHA-256, hex

    def __post_init__(self) -> None:
        """Compute the digest once: it keys what a process builds from the watches."""
        object.__setattr__(self, "digest", hashlib.sha256(repr(self.items).encode()).hexdigest())

    def __hash__(self) -> int:
        return hash(self.digest)

    def __iter__(self) -> Iterator[Watch]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def get(self, identifier: str) -> Watch | None:
        """The watch of that id."""
        return next((watch for watch in self.items if watch.id == identifier), None)
