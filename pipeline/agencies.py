"""Whose text it is: wire agencies, the outlet's own signatures, wires of paid releases, prose that names a release."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from pipeline.blocks import SENTENCE_END
from pipeline.wordlists import load

_SHORT = 4  # letters; "ANI" is an agency, "Ani" a person
_MOST_WORDS = 5  # of a signature
_LONGEST = 60  # characters of a signature
_LAST_LINES = 12  # of a text, among which a sender's lines stand
_LONGEST_SENDER_LINE = 200  # characters
_PARTS = re.compile(r"\s*[/|&]\s*|\s+[-–—]\s+|-(?=[A-Z]{2})")
_CLOSING = re.compile(
    r"\s*(?:(?:[-–—]{1,3}|[-–—]\s*[-–—])\s*(?P<dash>[^\s()–—-][^()–—]{1,40}?)|[(\[](?P<bracket>[^()\[\]]{2,40})[)\]])[\s.]*$"
)


@dataclass(frozen=True, slots=True)
class _Agencies:
    names: tuple[str, ...]
    releases: tuple[str, ...]
    outlets: tuple[str, ...]
    short: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Never:
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Labels:
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Release:
    stems: tuple[str, ...]
    patterns: tuple[str, ...]
    reporting: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    patterns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Sender:
    about: tuple[str, ...]
    contact: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    agencies: _Agencies
    told: _Told
    sender: _Sender
    never: _Never
    labels: _Labels
    press_release: _Release


@cache
def _words() -> _Words:
    return load("agencies", _Words)


@cache
def _names() -> frozenset[str]:
    """The agencies' names: the short as they are, the others case-folded."""
    return frozenset(name if len(name) <= _SHORT else name.casefold() for name in _words().agencies.names)


@cache
def _prose() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """(names a release, says that the outlet asked for itself)"""
    words = _words().press_release
    both = [
        re.compile("|".join(f"(?:{part})" for part in parts), re.IGNORECASE)
        for parts in (words.patterns, words.reporting)
    ]
    return both[0], both[1]


def is_no_place(text: str) -> bool:
    """A label that stands where a place should: "INFO NASIONAL - "."""
    return text.casefold() in _words().never.places


def is_own(credit: str, own: tuple[str, ...]) -> bool:
    """Is this how the outlet signs? Regional desks count: "ANTARA Sulsel", "iNEWSKarawang.id"; and a host's label."""
    low, plain = credit.casefold(), _letters(credit)
    for name in own:
        if low == name.casefold() or (plain and plain in (_letters(name), f"{_letters(name)}news")):
            return True
        if low.startswith(name.casefold() + " ") and not credit[len(name) + 1 :][:1].islower():
            return True
    return any(
        "." in name and low.startswith(name.casefold().split(".")[0]) and low.endswith(name.casefold().split(".")[-1])
        for name in own
    )


def _letters(text: str) -> str:
    """Letters and digits alone: "CNN Indonesia" is "cnnindonesia", as in an address."""
    return "".join(character for character in text[:_LONGEST].casefold() if character.isalnum())


def is_agency(credit: str) -> bool:
    """A wire agency, alone ("Reuters"), with a desk ("ANTARA Sulsel") or with partners ("ANTARA/Xinhua")."""
    return any(_is_name(part) for part in _PARTS.split(credit[:_LONGEST].strip()) if part)


def is_only_agencies(credit: str) -> bool:
    """Agencies and nothing else: "AFP", "Bernama-AFP", "The Associated Press"; "Ratna/Antara" is not."""
    parts = _parts(credit)
    return bool(parts) and all(_is_name(part, desk=False) for part in parts)


def is_signed_by_agencies(credit: str) -> bool:
    """The same, with desks: "ANTARA Sulsel", "CNN Indonesia"."""
    parts = _parts(credit)
    return bool(parts) and all(_is_name(part) or is_release(part) for part in parts)


def _parts(credit: str) -> list[str]:
    """The partners of a signature; none of a text that is too long for one."""
    return [part for part in _PARTS.split(credit.strip()) if part] if len(credit) <= _LONGEST else []


def _is_name(part: str, *, desk: bool = True) -> bool:
    """`desk`: may a word follow, as in "ANTARA Sulsel"?"""
    if part in _names() or (len(part) > _SHORT and part.casefold() in _names()):
        return True
    first, *desks = part.split()[:_MOST_WORDS]
    if not desk or not desks or any(word[0].islower() for word in desks):
        return False
    return first in _names() or (len(first) > _SHORT and first.casefold() in _names())


def is_release(credit: str) -> bool:
    """A wire that carries paid releases: "Antara/PRNewswire"."""
    low = credit.casefold()
    return any(name.casefold() in low for name in _words().agencies.releases)


def is_release_label(text: str) -> bool:
    """A section, heading or label that says so: "Siaran Pers", "Advertorial", "INFO NASIONAL"."""
    return " ".join(text.casefold().strip(" :-–—#[]()").split()) in _words().labels.names


def release_phrase(text: str) -> str | None:
    """The words by which prose says that it comes from a release; `None` where it does not.

    A text that says it draws on a release is marked as one. It is not where the outlet also says that it asked for
    itself ("kepada wartawan", "told reporters"): that is a report which quotes a release. A written statement
    ("dalam keterangan tertulis") is no release.
    """
    low = text.casefold()
    if not any(stem in low for stem in _words().press_release.stems):
        return None
    names, asked = _prose()
    found = next((match for line in text.split("\n") if (match := names.search(line))), None)
    return None if found is None or asked.search(text) else found[0].strip()


def asked_phrase(text: str) -> str | None:
    """The words by which prose says that its outlet asked for itself, "told reporters"; `None` where it does not."""
    found = _prose()[1].search(text)
    return found[0] if found else None


def told_to(text: str) -> tuple[str, ...]:
    """Whom prose says that it was told to, as printed, each once: "kepada Kabar Kota" gives "Kabar Kota"."""
    return tuple(dict.fromkeys(found["name"].rstrip(".") for found in _told().finditer(text)))


@cache
def _told() -> re.Pattern[str]:
    name = r"(?P<name>(?:[A-Z][\w.]*|detik\w*)(?:[ -][A-Z][\w.]*){0,2})"
    return re.compile(rf"\b(?:{'|'.join(_words().told.patterns)}) {name}")


def is_agency_outlet(names: Iterable[str]) -> bool:
    """Do the folded names of an outlet and of its host say that it is a news agency, whose texts others print?"""
    return not set(_words().agencies.outlets).isdisjoint(names)


def spelt_out(plain: str) -> str:
    """A folded name, where it is an agency's short one by its full one: "ant" is "antara"."""
    return _words().agencies.short.get(plain, plain)


def sender_line(text: str) -> str | None:
    """A line that only the sender of a release writes: its contact, "About NAME"; `None` where there is none.

    They stand below the text, so only the last lines are looked at.
    """
    lines = [line.strip() for line in text.split("\n")[-_LAST_LINES:]]
    return next((line for line in lines if len(line) <= _LONGEST_SENDER_LINE and _sender().search(line)), None)


@cache
def _sender() -> re.Pattern[str]:
    words = _words().sender
    about = "|".join(words.about)
    return re.compile(rf"^(?:(?:{about}) [A-Z\d][^.!?,:]{{1,60}}:?$|(?i:{'|'.join(words.contact)}))")


def read_closing(paragraph: str) -> tuple[int, str] | None:
    """(where it begins, agency) of the signature that closes a text: "… — BERNAMA", "… (Reuters)"; else `None`."""
    start = max(0, len(paragraph) - _LONGEST)
    match = _CLOSING.search(paragraph, start)
    if match is None:
        return None
    name = (match["dash"] or match["bracket"]).strip()
    before = paragraph[: match.start()].rstrip()
    if not is_only_agencies(name) or (before and not before.endswith(SENTENCE_END)):
        return None
    return match.start(), name
