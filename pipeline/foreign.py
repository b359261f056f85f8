"""Headlines of other articles that were left in a text, found by the text alone. Pure.

The page tells most related links (`pipeline.clean`). What it links nowhere and marks by nothing is told by the
archive: the line, or the words between two sentences, is word for word the headline of another article of the outlet.

A true text may hold such words too: a sentence that became a headline later, a subject's name, a round-up of the
day's headlines. So only these count:

- a line of its own, with nothing but a label such as "Baca juga:" before it. One that ends in a full stop or begins
  with a quotation mark, where the headline does not, is prose; an item of a list names what the list is about;
- words behind the end of a sentence, up to the end of the paragraph: prose would end in a full stop. Between two
  sentences only where the headline is set in capitals, or glued to the full stop before it, as no sentence is; there
  an exact match is one in every letter.

A round-up stays: a text most of whose lines are headlines, or with several of them, each told by what follows it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.blocks import SENTENCE_END
from pipeline.document import folded
from pipeline.model import Article, Provenance
from pipeline.watches import Watches
from pipeline.words import is_unspaced, tokens, words

LONGEST = 200  # characters of a headline; longer ones are teasers
_FEWEST_WORDS = 4
_FEWEST_INSIDE = 6  # of one between two sentences: a short one may be a name
_FEWEST_LETTERS = 20
_FEWEST_IDEOGRAPHS = 10
_OPENING = 32  # letters by which headlines and places in texts are looked up; nearly all of them tell one headline
_READ = 160  # characters in which so many letters are found
_MOST_STARTS = 300  # places looked at in a text; the longest real article had 120 sentences
_CAPITALS = 0.7  # share of the words of a headline that is set in capitals: "dan", "di", "of" stay small
_OPENING_CAPITALS = 0.6  # the same of its first words
_ROUND_UP = 0.34  # share of a text's paragraphs from which on its headlines are what it is about
_MANY = 4  # and how many of them
_SEVERAL = 3  # headings of a round-up, where each stands over a paragraph that tells it; a related link stands anywhere
_TOLD = 0.66  # share of them that are told so
_WEIGHTY = 4  # letters of a word that tells a subject
_SENTENCE = 12  # letters; what is shorter, such as the number of a list, is no sentence that a headline follows

_IDEOGRAPH = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_START = re.compile(r"(?<=[.!?…:\"”’»)\]\u3002\uff01\uff1f\u17d4\u17d5\u104b\u0964])\s*(?=\S)")
_LABEL = re.compile(r"[^\s:：]{1,20}(?:\s[^\s:：]{1,20}){0,3}\s?[:：]\s*")
_LISTED = re.compile(r"[-–—•*·▪►»>]\s")
_QUOTES = "\"“”'‘’«»「『"
_STOPS = (".", "\u3002", "\u17d4", "\u104b")


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline as printed, and whose it is."""

    text: str
    url: str

    @property
    def key(self) -> str:
        """Equal for two printings of one headline."""
        return headline_key(self.text)


def headline_key(text: str) -> str:
    """16 hex digits of what the printings of a headline have in common."""
    return hashlib.blake2b(folded(text).encode(), digest_size=8).hexdigest()


def is_telling(text: str) -> bool:
    """Whether a headline is long enough to be told from other words: four words and twenty letters."""
    if len(text) > LONGEST or not _has_letters(folded(text)):
        return False
    found = tokens(text)
    signs = sum(map(is_unspaced, found))
    ideographs = len(_IDEOGRAPH.findall(text))
    return len(found) - signs + ideographs / 2 + (signs - ideographs) / 3 >= _FEWEST_WORDS


def _has_letters(fold: str) -> bool:
    return len(fold) >= (_FEWEST_IDEOGRAPHS if _IDEOGRAPH.match(fold) else _FEWEST_LETTERS)


def opening(text: str) -> str | None:
    """The key under which a headline, or what stands at a place of a text, is found; `None`: too short."""
    fold = folded(text[:_READ])[:_OPENING]
    return fold if _has_letters(fold) else None


def openings(body: Sequence[str]) -> frozenset[str]:
    """The keys of all places of a text where another article's headline may begin."""
    places = ((paragraph, start) for paragraph in body for start in _starts(paragraph))
    found: set[str] = set()
    for count, (paragraph, start) in enumerate(places):
        if count >= _MOST_STARTS:
            break
        found.add(opening(paragraph[start : start + _READ]) or "")
    return frozenset(found - {""})


def _starts(paragraph: str) -> Iterator[int]:
    """Where a headline may begin: a short line, behind its label, and behind the end of a sentence."""
    short = len(paragraph) <= LONGEST + 90
    if short or _looks_set(paragraph[:_READ]):
        yield 0
    label = _LABEL.match(paragraph) if short else None
    if label:
        yield label.end()
    for found in _START.finditer(paragraph):
        rest = paragraph[found.end() : found.end() + LONGEST + 1]
        if len(rest) > LONGEST or rest.endswith(_STOPS):
            if _looks_set(rest[:_READ]) or (_is_glued(paragraph, found.end()) and _is_capital(rest)):
                yield found.end()
        else:
            yield found.end()


def _is_glued(paragraph: str, start: int) -> bool:
    """Whether nothing parts the place from the end of the sentence before it, as no typesetter does."""
    return start > 0 and paragraph[start - 1] in ".!?…"


def _looks_set(text: str) -> bool:
    """Whether the first words, those of a key, are set as a headline in capitals is."""
    first, letters = [], 0
    for word in text.split():
        first.append(word)
        letters += len(word)
        if letters >= _OPENING:
            break
    return _is_capital(first[0]) and _share(first) >= _OPENING_CAPITALS if first else False


def _share(printed: Sequence[str]) -> float:
    """Of the words that begin with a capital or a figure."""
    return sum(map(_is_capital, printed)) / len(printed)


def _is_capital(word: str) -> bool:
    plain = word.lstrip(_QUOTES + "([")
    return plain[:1].isupper() or plain[:1].isdigit()


@dataclass(frozen=True, slots=True)
class Cut:
    """A text without headlines of other articles, and those that stood in it, in their order."""

    body: tuple[str, ...]
    removed: tuple[Headline, ...]


def cut(body: Sequence[str], headlines: Iterable[Headline]) -> Cut:
    """Take these headlines out wherever they stand by the rules above. Nothing is taken where nothing would be left."""
    known = _by_opening(headlines)
    rests: list[str] = []
    removed: dict[str, Headline] = {}
    for paragraph in body:
        rest, found = _without(paragraph, known)
        rests.append(rest)
        removed |= {one.key: one for one in found}
    if not removed or not any(rests) or _is_round_up(body, rests):
        return Cut(tuple(body), ())
    return Cut(tuple(filter(None, rests)), tuple(removed.values()))


def _is_round_up(body: Sequence[str], rests: Sequence[str]) -> bool:
    """Whether the text is about the headlines in it: they are most of it, or each is told by what follows it."""
    lines = [place for place, rest in enumerate(rests) if not rest]
    if len(lines) >= _MANY and len(lines) >= _ROUND_UP * len(body):
        return True
    told = sum(place + 1 < len(body) and _tells(body[place + 1], body[place]) for place in lines)
    return len(lines) >= _SEVERAL and told >= _TOLD * len(lines)


def _tells(paragraph: str, headline: str) -> bool:
    """Whether half of the headline's weighty words stand in the paragraph."""
    weighty = {word for word in words(headline) if len(word) >= _WEIGHTY}
    return 2 * len(weighty & set(words(paragraph))) >= max(len(weighty), 1)


def _by_opening(headlines: Iterable[Headline]) -> dict[str, list[Headline]]:
    """The longest first: one may be the beginning of another."""
    known: dict[str, list[Headline]] = {}
    for headline in sorted(headlines, key=lambda one: (-len(one.text), one.text, one.url)):
        place = opening(headline.text)
        if place is not None and is_telling(headline.text):
            known.setdefault(place, []).append(headline)
    return known


def _without(paragraph: str, known: dict[str, list[Headline]]) -> tuple[str, list[Headline]]:
    found: list[Headline] = []
    while known:
        hit = _first(paragraph, known)
        if hit is None:
            break
        headline, start, end = hit
        found.append(headline)
        paragraph = " ".join(part for part in (paragraph[:start].strip(), paragraph[end:].strip()) if part)
    return paragraph, found


def _first(paragraph: str, known: dict[str, list[Headline]]) -> tuple[Headline, int, int] | None:
    for start in _starts(paragraph):
        for headline in known.get(opening(paragraph[start : start + _READ]) or "", ()):
            if _is_line(paragraph, start, headline):
                return headline, 0, len(paragraph)
            end = _end_inside(paragraph, start, headline)
            if end is not None:
                return headline, start, end
    return None


def _is_line(paragraph: str, start: int, headline: Headline) -> bool:
    """Is the headline all that the paragraph says, but for a label?"""
    label = _LABEL.match(paragraph)
    if start and not (label and label.end() == start):
        return False
    line = paragraph[start:].strip()
    if _LISTED.match(line) or folded(line) != folded(headline.text):
        return False
    return not _is_prose(line, headline.text)


def _is_prose(line: str, headline: str) -> bool:
    """Whether it is set as a sentence or as words spoken, and the headline is not."""
    stopped = line.rstrip(_QUOTES + ")]").endswith(_STOPS) and not headline.rstrip(_QUOTES + ")]").endswith(_STOPS)
    return stopped or (line[0] in _QUOTES and headline.strip()[0] not in _QUOTES)


def _end_inside(paragraph: str, start: int, headline: Headline) -> int | None:
    """Where the headline ends that begins at `start` within a paragraph, if it is none of the sentences there."""
    end = _same_letters(paragraph, start, headline.text)
    if end is None:
        return None
    rest = paragraph[end:].lstrip()
    before = paragraph[:start].rstrip()
    if before and not (before.endswith(SENTENCE_END) and len(folded(before)) >= _SENTENCE):
        return None
    if not rest:
        return end if before and not _is_prose(paragraph[start:end], headline.text) else None
    printed = headline.text.split()
    parted = _share(printed) >= _CAPITALS or _is_glued(paragraph, start)
    if len(printed) < _FEWEST_INSIDE or not parted or not _begins(paragraph, end):
        return None
    return end


def _begins(paragraph: str, place: int) -> bool:
    """Whether a sentence begins there, be it glued to what stands before."""
    rest = paragraph[place:].lstrip()
    return _is_capital(rest) and rest.rstrip().endswith(SENTENCE_END)


def _same_letters(text: str, start: int, wanted: str) -> int | None:
    """The end of `wanted` at `start`, in equal letters of equal case; signs and spaces may be others."""
    place = start
    for character in wanted:
        if not character.isalnum():
            continue
        while place < len(text) and not text[place].isalnum():
            place += 1
        if place >= len(text) or text[place] != character:
            return None
        place += 1
    while place < len(text) and text[place] in _QUOTES + "?!)]":
        place += 1
    return place


def without(article: Article, done: Cut, watches: Watches) -> Article:
    """The article with that text, and all that follows from a text read anew; its provenance says what is missing."""
    from pipeline.process import read_text  # noqa: PLC0415 (heavy, and few texts hold a foreign headline)

    notes = (
        Provenance("article_body", "step: foreign", detail=f'removed "{one.text}": headline of {one.url}')
        for one in done.removed
    )
    bare = replace(
        article,
        article_body=done.body,
        disputed=(),
        content_locations=(),
        people=(),
        organisations=(),
        events=(),
        quotes=(),
        headline_tone=None,
        body_tone=None,
        needs_clarification=None,
        provenance=(*article.provenance, *notes),
    )
    return read_text(bare, watches, article.in_language)


def digest_without(code_digest: str, removed: Iterable[Headline]) -> str:
    """SHA-256 (hex) that names an extraction made of another one by taking these headlines out."""
    parts = (code_digest, *sorted(one.key for one in removed))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
