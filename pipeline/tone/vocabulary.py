"""The words of tone by language, as `pipeline/data/tone_*.toml` lists them, ready to be looked up."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from pipeline.lexicon import fold
from pipeline.tone.forms import expand
from pipeline.wordlists import load

NEGATES: Final = 1
STRONGER: Final = 2
SOFTER: Final = 4
REMEDY: Final = 8  # a problem behind it is being solved
FRAME: Final = 16  # a problem behind it is spoken about
PROBLEM: Final = 32
WANTED: Final = 64
MORE: Final = 128
LESS: Final = 256
IRREAL: Final = 512  # what follows is hoped for
BUT: Final = 1024
ALTHOUGH: Final = 2048
ACCUSES: Final = 4096
ANSWERS: Final = 8192
OFFICIAL: Final = 16384
DENIES: Final = 32768
HEADLINE_PLUS: Final = 131072  # in a headline it speaks well, whatever it does elsewhere
HEADLINE_MINUS: Final = 262144
SUBJECT: Final = 65536  # a problem in name only: no ill word by itself

# which lists a language reads, what comes later overrides: news in Filipino uses English words, Malay shares most with
# Indonesian, and newsrooms that write Javanese or Sundanese use Indonesian words of praise and blame
_READ = {
    "id": ("id",),
    "ms": ("id", "ms"),
    "en": ("en",),
    "vi": ("vi",),
    "tl": ("en", "tl"),
    "jv": ("id",),
    "su": ("id",),
}
_STRONG, _PLAIN, _WEAK = 2.0, 1.2, 0.5


@dataclass(frozen=True, slots=True)
class _Polar:
    strong: tuple[str, ...]
    plain: tuple[str, ...]
    weak: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Values:
    problems: tuple[str, ...]
    subjects: tuple[str, ...]
    wanted: tuple[str, ...]
    more: tuple[str, ...]
    less: tuple[str, ...]
    remedies: tuple[str, ...]
    frames: tuple[str, ...]
    irreal: tuple[str, ...]
    negators: tuple[str, ...]
    stronger: tuple[str, ...]
    softer: tuple[str, ...]
    but: tuple[str, ...]
    although: tuple[str, ...]
    empty: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Clarify:
    accuses: tuple[str, ...]
    answers: tuple[str, ...]
    officials: tuple[str, ...]
    denies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Headline:
    plus: tuple[str, ...]
    minus: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToneWords:
    """One file. `not_ours`: words of the list read before it that mean something else here."""

    plus: _Polar
    minus: _Polar
    headline: _Headline
    values: _Values
    clarify: _Clarify
    not_ours: tuple[str, ...] = ()


@dataclass(slots=True)
class _Draft:
    weight: float = 0.0
    roles: int = 0


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase as folded tokens. `printed`: as it must stand in the text, where its diacritics count."""

    rest: tuple[str, ...]  # the tokens behind the first
    weight: float
    roles: int
    printed: str | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """The terms that begin with one token: phrases by their second token, the longest first, and the token itself."""

    phrases: Mapping[str, tuple[Term, ...]]
    single: tuple[Term, ...]  # several where they differ in diacritics


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Terms by their first token."""

    terms: Mapping[str, Choices] = field(repr=False)


@cache
def vocabulary(language: str | None) -> Vocabulary | None:
    """Of a language (BCP 47 primary subtag); None where its tone is not read."""
    lists = _READ.get(language or "")
    if lists is None:
        return None
    drafts: dict[str, _Draft] = {}
    for name in lists:
        own = _drafts(load(f"tone_{name}", ToneWords), name, drafts)
        drafts |= own
    return Vocabulary(_by_first(drafts, accented=language == "vi"))


def _drafts(words: ToneWords, language: str, before: dict[str, _Draft]) -> dict[str, _Draft]:
    """What one file says of each wording; takes what is `not_ours` out of what was read before."""
    for word in words.not_ours:
        before.pop(word, None)
    drafts: dict[str, _Draft] = {}
    for term, weight, role in _entries(words):
        for wording in expand(term, language):
            draft = drafts.setdefault(wording, _Draft())
            draft.roles |= role
            if abs(weight) > abs(draft.weight):
                draft.weight = weight
    for wording in words.values.empty:
        drafts[wording] = _Draft()
    return drafts


def _entries(words: ToneWords) -> Iterator[tuple[str, float, int]]:
    """(term, weight, role)"""
    for sign, polar in ((1, words.plus), (-1, words.minus)):
        for terms, weight in ((polar.strong, _STRONG), (polar.plain, _PLAIN), (polar.weak, _WEAK)):
            yield from ((term, sign * weight, 0) for term in terms)
    values, clarify, headline = words.values, words.clarify, words.headline
    roles = (
        (headline.plus, HEADLINE_PLUS), (headline.minus, HEADLINE_MINUS),
        (values.problems, PROBLEM), (values.subjects, PROBLEM | SUBJECT), (values.wanted, WANTED),
        (values.more, MORE), (values.less, LESS),
        (values.remedies, REMEDY), (values.frames, FRAME), (values.irreal, IRREAL), (values.negators, NEGATES),
        (values.stronger, STRONGER), (values.softer, SOFTER), (values.but, BUT), (values.although, ALTHOUGH),
        (clarify.accuses, ACCUSES), (clarify.answers, ANSWERS), (clarify.officials, OFFICIAL), (clarify.denies, DENIES),
    )  # fmt: skip
    for terms, role in roles:
        yield from ((term, 0.0, role) for term in terms)


def _by_first(drafts: Mapping[str, _Draft], *, accented: bool) -> dict[str, Choices]:
    found: dict[str, dict[tuple[tuple[str, ...], str | None], Term]] = {}
    for wording, draft in drafts.items():
        first, *rest = _tokens(wording)
        printed = unicodedata.normalize("NFC", wording).lower() if accented else None
        found.setdefault(first, {})[tuple(rest), printed] = Term(tuple(rest), draft.weight, draft.roles, printed)
    return {first: _choices(list(terms.values())) for first, terms in found.items()}


def _tokens(wording: str) -> list[str]:
    """Folded. Most words of the lists are so already: small letters of ASCII between single spaces."""
    if wording.isascii() and wording.replace(" ", "").isalnum() and wording.islower():
        return wording.split()
    return fold(wording).folded.split()


def _choices(terms: list[Term]) -> Choices:
    if len(terms) == 1 and not terms[0].rest:
        return Choices({}, (terms[0],))
    phrases: dict[str, list[Term]] = {}
    for term in sorted(terms, key=lambda term: (-len(term.rest), term.rest, term.printed or "")):
        if term.rest:
            phrases.setdefault(term.rest[0], []).append(term)
    single = tuple(term for term in terms if not term.rest)
    return Choices({second: tuple(found) for second, found in phrases.items()}, single)
