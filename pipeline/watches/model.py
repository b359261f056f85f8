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
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,62}$")]
Context = Annotated[str, AfterValidator(_context)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\r\n]+$", strip_whitespace=True)]
Kind = Annotated[tuple[Term, ...], Field(min_length=1)]  # words that do for one another
Reach = Annotated[int, Field(ge=20, le=5000)]  # code points to each side


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
    dated: bool = False  # only with a year right behind it: "AMF 2023"
    search: bool = False  # also asked of the outlets' search pages
    context: tuple[Context, ...] = ()  # one of these within `reach`; "a + b" wants both; none: no context needed
    hint: tuple[Context, ...] = ()  # no context near, but one of these or of the contexts anywhere: doubtful
    exclude: tuple[Term, ...] = ()  # anywhere in the text: the alias means something else there
    exclude_near: tuple[Term, ...] = ()  # within `reach`
    reach: Reach = 300
    lone: bool = False  # doubtful even where neither context nor hint stands anywhere, and nothing excludes it
    doubtful: bool = False  # at best "possibly ours": a person judges
    bare: bool = True  # in a listing, where a headline is too short for context, it counts alone


@dataclass(frozen=True, slots=True)
class Some:
    """Words of at least so many different kinds: "three of these cities"."""

    __pydantic_config__ = _STRICT
    least: Annotated[int, Field(ge=2, le=50)]
    of: Annotated[tuple[Kind, ...], Field(min_length=2)]


@dataclass(frozen=True, slots=True)
class Together:
    """Kinds of words which, close together, tell of the watch though nothing names it.

    One word of each kind in `all` within `reach` code points, and all that `some` asks for.
    """

    __pydantic_config__ = _STRICT
    all: Annotated[tuple[Kind, ...], Field(min_length=1)]
    some: tuple[Some, ...] = ()
    exclude: tuple[Term, ...] = ()  # anywhere in the text
    exclude_near: tuple[Term, ...] = ()  # within `reach` of the words
    reach: Reach = 200
    doubtful: bool = False  # at best "possibly ours": a person judges


@dataclass(frozen=True, slots=True)
class Held:
    """One edition of a forum: when and where. It settles the year where a text names the host's place instead."""

    __pydantic_config__ = _STRICT
    year: Annotated[int, Field(ge=1900, le=2100)]
    place: Line | None = None  # a city; None where it was held nowhere in particular
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] | None = None  # ISO 3166-1 alpha-2
    number: Annotated[int, Field(ge=1, le=500)] | None = None  # "the 7th"
    also: tuple[Line, ...] = ()  # further words for the place: spellings, its country, a second host


@dataclass(frozen=True, slots=True)
class Watch:
    """Something the team follows."""

    __pydantic_config__ = _STRICT
    id: Identifier
    title: Line  # as a person reads it
    names: Annotated[tuple[Names, ...], BeforeValidator(_names)] = ()
    aliases: tuple[Alias, ...] = ()
    together: tuple[Together, ...] = ()
    unless: tuple[Identifier, ...] = ()  # not where one of these watches matches: it stands for what they do not name
    editions: tuple[Held, ...] = ()  # those that are known, by year
    annual: bool = True  # False: a text's own year is no edition, only one that it names
    first_edition: Annotated[int, Field(ge=1900, le=2100)] | None = None  # a forum's first year; None: no editions
    urgent: bool = field(default=False, repr=False)  # told at once; not in `Watches.digest`: it matches nothing


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
