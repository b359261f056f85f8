"""The words of page furniture (`data/furniture.toml`): markers of related links, prompts, adverts, list headings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice

from pipeline.wordlists import load

_BEFORE = r"[^\w\"“”‘’'«]{0,8}"  # bullets, arrows, brackets, pictographs; a quotation mark begins somebody's words
_BETWEEN = r"\s*(?P<colon>[:：])?[\s|»›→>–—-]*"  # between a marker and the headline
_NO_LATIN = r"(?<![A-Za-z\u00c0-\u024f\u1e00-\u1eff])"  # scripts without spaces have letters before a word
_SIGNS = re.compile(r"[:：\[(]")
_MOST_SIGNS = 100  # of one paragraph, looked at; a real one has a few
_LONGEST_MARKER = 60  # characters, with what stands before and behind it
_LONGEST_PROMPT = 220  # characters
_LONGEST_TAGS = 300


@dataclass(frozen=True, slots=True)
class _Related:
    markers: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Prompts:
    calls: tuple[str, ...]
    channels: tuple[str, ...]
    networks: tuple[str, ...]
    ours: tuple[str, ...]
    speech: tuple[str, ...]
    channel_addresses: tuple[str, ...]
    share_addresses: tuple[str, ...]
    itself: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Lines:
    exact: tuple[str, ...]
    labels: tuple[str, ...]
    patterns: tuple[str, ...]
    ends: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Headings:
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Small:
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    related: _Related
    prompts: _Prompts
    lines: _Lines
    headings: _Headings
    small: _Small


@dataclass(frozen=True, slots=True)
class Marker:
    """ "Baca juga:" in a text; `start` and `end` are code points, a bracket or bullet before it included."""

    start: int
    end: int
    colon: bool
    sure: bool  # it means nothing else: "Read also", not "Read"


@dataclass(frozen=True, slots=True)
class _Patterns:
    opening: re.Pattern[str]  # a marker at the start of a line
    inside: re.Pattern[str]  # a marker anywhere
    line: re.Pattern[str]
    call: re.Pattern[str]
    channel: re.Pattern[str]
    network: re.Pattern[str]
    ours: re.Pattern[str]
    speech: re.Pattern[str]
    tags: re.Pattern[str]
    itself: re.Pattern[str]
    channel_address: re.Pattern[str]
    share_address: re.Pattern[str]


@cache
def _words() -> _Words:
    return load("furniture", _Words)


def _any(words: tuple[str, ...]) -> str:
    found = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))
    return rf"(?:{found})(?![A-Za-z-])"


@cache
def _patterns() -> _Patterns:
    words = _words()
    marker = rf"(?:(?P<sure>{_any(words.related.markers)})|{_any(words.related.words)})(?![^\W\d_])"
    prompts = words.prompts
    return _Patterns(
        opening=re.compile(rf"(?i)^{_BEFORE}{marker}{_BETWEEN}"),
        inside=re.compile(rf"(?i)(?P<bracket>[\[(]\s*)?{_NO_LATIN}{marker}{_BETWEEN}"),
        line=re.compile("|".join(f"(?:{pattern})" for pattern in words.lines.patterns), re.IGNORECASE),
        call=re.compile(rf"(?i)^{_BEFORE}{_any(prompts.calls)}"),
        channel=re.compile(rf"(?i){_NO_LATIN}{_any(prompts.channels)}"),
        network=re.compile(rf"(?i){_NO_LATIN}{_any(prompts.networks)}"),
        ours=re.compile(rf"(?i){_NO_LATIN}{_any(prompts.ours)}"),
        speech=re.compile(rf"(?i){_NO_LATIN}{_any(prompts.speech)}|[“”\"]"),
        itself=re.compile(rf"(?i){_NO_LATIN}{_any(prompts.itself)}"),
        channel_address=re.compile("|".join(prompts.channel_addresses), re.IGNORECASE),
        share_address=re.compile("|".join(prompts.share_addresses), re.IGNORECASE),
        tags=re.compile(rf"(?i)^{_BEFORE}{_any(words.lines.labels)}\s*[:：]"),
    )


def opening_marker(text: str) -> Marker | None:
    """The marker that a line begins with."""
    match = _patterns().opening.match(text)
    return _marker(match) if match else None


def markers(text: str) -> list[Marker]:
    """Every marker with a colon behind it or an opening bracket before it, in order."""
    inside, found, end = _patterns().inside, [], 0
    for sign in islice(_SIGNS.finditer(text), _MOST_SIGNS):
        start = sign.start() if sign[0] in "[(" else max(end, sign.start() - _LONGEST_MARKER)
        match = inside.search(text, start, sign.end() if sign[0] in ":：" else start + _LONGEST_MARKER)
        whole = inside.match(text, match.start()) if match and match.start() >= end else None
        if whole and (whole["colon"] or whole["bracket"]):
            found.append(_marker(whole))
            end = whole.end()
    return found


def _marker(match: re.Match[str]) -> Marker:
    return Marker(match.start(), match.end(), bool(match["colon"]), match["sure"] is not None)


@lru_cache(maxsize=1024)
def is_line(text: str) -> bool:
    """Is the line a prompt, an advert's label, a list of tags or the like?"""
    patterns, words, low = _patterns(), _words().lines, text[:_LONGEST_TAGS].casefold().strip(" :.")
    if low in words.exact or low in words.ends or patterns.line.match(text):
        return True
    return is_prompt(text) or (len(text) <= _LONGEST_TAGS and bool(patterns.tags.match(text)))


def is_prompt(text: str) -> bool:
    """ "Follow us on Facebook": a call, and a channel of the outlet's. A sentence that somebody says is none."""
    patterns = _patterns()
    if len(text) > _LONGEST_PROMPT or not patterns.call.match(text) or patterns.speech.search(text):
        return False
    return bool(patterns.channel.search(text) or (patterns.network.search(text) and patterns.ours.search(text)))


def is_speech(text: str) -> bool:
    """Does somebody say it, or is something quoted in it?"""
    return bool(_patterns().speech.search(text))


def speaks_of_itself(text: str) -> bool:
    """ "Isi laman ini …": does a line speak of the page it stands on?"""
    return len(text) <= _LONGEST_TAGS and bool(_patterns().itself.search(text))


def is_channel(href: str) -> bool:
    """Does the address lead to a channel to follow an outlet on, or to its app?"""
    return bool(_patterns().channel_address.match(href.strip()))


def shares(href: str) -> bool:
    """Does the address share the page it stands on?"""
    return bool(_patterns().share_address.match(href.strip()))


def ends_text(text: str) -> bool:
    """Is it a heading after which only other articles follow?"""
    return text.casefold().strip(" :.") in _words().lines.ends


def is_heading(text: str) -> bool:
    """ "Berita Terpopuler" is no article's headline."""
    return text.casefold().strip(" :") in _words().headings.names


def is_small(word: str) -> bool:
    """Does the word stay small in a title-case headline?"""
    return word.lower() in _words().small.words
