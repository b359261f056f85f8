"""The plain forms of further languages: “…”, ông X nói; "…," sabi ni X; X กล่าวว่า “…”; X说：“…”. Pure.

Names are taken as printed: nothing is known of them but where they stand.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.quotes.cues import cues
from pipeline.quotes.stage import Voice

Found = tuple[Voice, str, tuple[int, int]]  # who, the cue, where it stands
_CAPITALS = r"(?P<name>[^\W\d_a-z][\w.'’-]*(?:\s[^\W\d_a-z][\w.'’-]*){0,5})"
_THAI = r"(?P<name>[\u0e00-\u0e7f]{2,40}(?:\s[\u0e00-\u0e7f]{2,40})?)"
_HAN_PRONOUNS = frozenset({"他", "她"})
_FAR = 400  # characters back for whom a pronoun means
_HAN = r"(?P<name>[他她]|[\u3400-\u9fff]{2,12}?)"


def _any(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


@cache
def _before() -> tuple[re.Pattern[str], ...]:
    plain = cues().plain
    return (
        re.compile(rf"(?i:{_any(plain.vi_titles)})\s{_CAPITALS}\s(?P<cue>{_any(plain.vi)})[^:“\"]{{0,40}}[:,]?\s*$"),
        re.compile(rf"(?:{_any(plain.th_titles)})?\s?{_THAI}\s?(?P<cue>{_any(plain.th)})\s*$"),
        re.compile(rf"{_HAN}(?P<cue>{_any(plain.zh)})[：:，,]?\s*$"),
    )


@cache
def _behind() -> tuple[re.Pattern[str], ...]:
    plain = cues().plain
    return (
        re.compile(rf"[\s,.]{{0,3}}(?i:{_any(plain.vi_titles)})\s{_CAPITALS}\s(?P<cue>{_any(plain.vi)})"),
        re.compile(rf"[\s,.]{{0,3}}(?:{_any(plain.th_titles)})?\s?{_THAI}\s?(?P<cue>{_any(plain.th)})"),
        re.compile(rf"[\s，,。]{{0,3}}{_HAN}(?P<cue>{_any(plain.zh)})"),
    )


@cache
def _tagalog() -> re.Pattern[str]:
    return re.compile(rf"[\s,.]{{0,3}}(?P<cue>{_any(cues().plain.tl)})\s", re.IGNORECASE)


def tagalog_cue(text: str, start: int, limit: int) -> re.Match[str] | None:
    """ "sabi ni": the cue before a speaker, right behind a quotation."""
    return _tagalog().match(text, start, limit)


def _found(match: re.Match[str]) -> Found:
    return Voice(match["name"].strip(), None, match.span("name")), match["cue"], match.span("cue")


def plain_before(text: str, start: int, end: int) -> Found | None:
    """By what ends right before a quotation, at `end`."""
    for pattern in _before():
        match = pattern.search(text, start, end)
        if match is not None:
            return _found(match)
    return None


def plain_behind(text: str, start: int, limit: int) -> Found | None:
    """By what begins right behind it, at `start`."""
    for pattern in _behind():
        match = pattern.match(text, start, limit)
        if match is not None:
            return _chinese_pronoun(text, match) if match["name"] in _HAN_PRONOUNS else _found(match)
    return None


def _chinese_pronoun(text: str, match: re.Match[str]) -> Found:
    """ "她说" means who is said to speak last before."""
    earlier = list(_han_speaker().finditer(text, max(0, match.start() - _FAR), match.start()))
    voice = Voice(earlier[-1]["name"], None, earlier[-1].span("name")) if earlier else Voice(None, None, None)
    return voice, match["cue"], match.span("cue")


@cache
def _han_speaker() -> re.Pattern[str]:
    """A name behind a stop, with or without brackets, before a cue."""
    return re.compile(
        rf"(?:^|[\n。，；])(?P<name>[\u3400-\u9fff]{{2,12}}?)(?:（[^）\n]{{1,40}}）)?(?:{_any(cues().plain.zh)})"
    )
