"""The opening of a text that names place and agency: "Jakarta (ANTARA) - ", "JAKARTA, iNews.id - "."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.wordlists import load

# One word of a place: "Phnom", "JAKARTA", "D.I.", "of", "Sa'dan"; at most five and a region behind a comma.
_WORD = r"(?:[^\W\d_a-zà-ÿ][\w.'’-]{0,30}|di|of|and|dan|the)"
_PLACE = rf"(?P<place>{_WORD}(?:[ /]{_WORD}){{0,4}}(?:\s?,\s?{_WORD}(?:[ ]{_WORD}){{0,3}})?)"
_DAY = (  # "17/11", "(17/11/2026)", "23 Februari 2026", "Nov 22"
    r"(?:,?\s+(?:\(?\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?\)?"
    r"|\d{1,2}\s+[^\W\d_]{3,10}\.?(?:\s+\d{4})?"
    r"|[^\W\d_]{3,10}\.?\s+\d{1,2}(?:,\s+\d{4})?))?"
)
_DASH = r"\s*(?:--|[-–—―])\s+"
_CREDIT = r"(?P<credit>[\w.’'& /|-]{2,60}?)"
_SITE = r"(?P<credit>[A-Za-z0-9-]{2,40}\.(?:[A-Za-z]{2,4})(?:\.[A-Za-z]{2})?)"

_IN_BRACKETS = re.compile(rf"^{_PLACE}{_DAY},?\s*\({_CREDIT}\)\s*(?:--|[-–—―:])\s*")
_ONLY_BRACKETS = re.compile(rf"^\({_CREDIT}\)\s*(?:--|[-–—―:])\s*")
_PLACE_SITE = re.compile(rf"^{_PLACE},\s*{_SITE}{_DAY}{_DASH}")
_SITE_PLACE = re.compile(rf"^{_SITE},\s*{_PLACE}{_DAY}{_DASH}")
_SITE_ONLY = re.compile(rf"^{_SITE}{_DASH}")
_PLACE_CREDIT = re.compile(rf"^{_PLACE},\s*(?P<credit>[\w.’' -]{{2,40}}?){_DASH}")
_CREDIT_ONLY = re.compile(rf"^(?P<credit>[\w.’' -]{{2,40}}?){_DASH}")
_PLACE_ONLY = re.compile(rf"^{_PLACE}{_DAY}{_DASH}(?=\S)")


@dataclass(frozen=True, slots=True)
class Opening:
    """What the first paragraph opens with. `length`: code points of a credit's opening, to be taken off; else 0."""

    place: str | None
    credit: str | None
    length: int


@dataclass(frozen=True, slots=True)
class _Agencies:
    names: tuple[str, ...]
    releases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Release:
    patterns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    agencies: _Agencies
    press_release: _Release


@cache
def _words() -> _Words:
    return load("agencies", _Words)


@cache
def _release_patterns() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in _words().press_release.patterns), re.IGNORECASE)


def read_opening(paragraph: str, own: tuple[str, ...] = ()) -> Opening | None:
    """The dateline of a first paragraph, or `None`. `own`: how this outlet signs.

    An opening with a credit comes off the text; a place alone ("PUTRAJAYA, Nov 22 — ") is the text's own beginning.
    """
    for pattern in (_IN_BRACKETS, _ONLY_BRACKETS, _PLACE_SITE, _SITE_PLACE, _SITE_ONLY, _PLACE_CREDIT, _CREDIT_ONLY):
        match = pattern.match(paragraph[:200])
        if match is None or match.end() >= len(paragraph):
            continue
        named = pattern in (_PLACE_CREDIT, _CREDIT_ONLY)  # plain words: only a known name is a credit
        credit = match["credit"].strip()
        if (named and not is_own(credit, own) and not is_agency(credit)) or not _plausible(credit, own, named=named):
            continue
        place = match.groupdict().get("place")
        return Opening(place.strip(" ,") if place else None, credit, match.end())
    match = _PLACE_ONLY.match(paragraph[:120])
    if match and (match["place"].isupper() or match["place"].istitle()) and len(match["place"]) >= 4:
        return Opening(match["place"].strip(" ,"), None, 0)
    return None


def _plausible(credit: str, own: tuple[str, ...], *, named: bool) -> bool:
    """A known signature, an agency, a release wire or a site's name; "(37) - " and "(foto) - " are none."""
    if named or is_own(credit, own) or is_agency(credit) or is_release(credit):
        return True
    return bool(re.search(r"\.[A-Za-z]{2,4}$", credit)) or (
        credit[0].isupper() and any(c.islower() for c in credit) and "/" in credit
    )


def is_own(credit: str, own: tuple[str, ...]) -> bool:
    """Is this how the outlet signs? Regional desks count: "ANTARA Sulsel", "iNEWSKarawang.id"."""
    low = credit.casefold()
    return any(low == name.casefold() or low.startswith(name.casefold() + " ") for name in own) or any(
        "." in name and low.startswith(name.casefold().split(".")[0]) and low.endswith(name.casefold().split(".")[-1])
        for name in own
    )


def is_agency(credit: str) -> bool:
    """A wire agency, alone ("Reuters"), with a desk ("ANTARA Sulsel") or with partners ("ANTARA/Xinhua")."""
    names = [name.casefold() for name in _words().agencies.names]
    parts = [part.strip().casefold() for part in re.split(r"[/|&]|\s-\s", credit)]
    return any(part in names or part.split()[:1] == [name] for part in parts if part for name in names)


def is_release(credit: str) -> bool:
    """A wire that carries paid releases: "Antara/PRNewswire"."""
    low = credit.casefold()
    return any(name.casefold() in low for name in _words().agencies.releases)


def says_release(text: str) -> bool:
    """Does the prose say that it is, or draws on, a press release?"""
    return any(_release_patterns().search(line) for line in text.split("\n"))
