"""PFSA-ID, Indonesian news with the statements of public figures labelled, as samples of quotes.

A file of `token<TAB>label` lines (BILOU). Blank lines and lines without a label are no boundaries: the stream is joined
and cut at each `CITY , KOMPAS —`, then written out as text, whose offsets the labels keep. What it does not label: who
belongs to which statement (the nearest person of the sentence, else the last one before, is taken), paragraphs, and
whatever ordinary citizens say: only persons of public life have labels.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from pipeline.errors import KlipingError

_MARKS = frozenset('”“"')
_DASHES = frozenset("—–-")
_HYPHEN = frozenset("-")
_TIGHT = frozenset(".,;:?!)%/…™")  # no space before these
_OPEN = frozenset("(/")  # nor behind these
_PERSONS = ("PERSON", "PERSONCOREF")
_CUES = ("CUE", "CUECOREF")
_NEAR = 3  # tokens behind a statement within which its cue stands
_SENTENCE = 45  # tokens behind a cue within which its person stands
_PRONOUNS = frozenset({"dia", "ia", "beliau"})


@dataclass(frozen=True, slots=True)
class Token:
    """A printed token: its label without the letter before it, whether a label begins, where it stands in the text."""

    text: str
    label: str
    begins: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Labelled:
    """A labelled stretch. `speakers`: any of these is right; empty where the labels name nobody."""

    start: int
    end: int
    direct: bool
    speakers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PfsaArticle:
    """`labels`: the stretches that bear any label, by which a quotation of somebody unlabelled is told."""

    text: str
    statements: tuple[Labelled, ...]
    labels: tuple[tuple[int, int], ...]


def is_pfsa(path: Path) -> bool:
    """Whether the file begins as PFSA-ID does, with a token and a label."""
    try:
        with _open(path) as lines:
            first = next(iter(lines), "")
    except (OSError, EOFError, UnicodeDecodeError):
        return False
    return not first.lstrip().startswith("{") and first.count("\t") == 1


def _open(path: Path) -> TextIO:
    return gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8")


def read_pfsa(path: Path) -> tuple[PfsaArticle, ...]:
    """Its articles, in order. Raises `KlipingError` in one line."""
    pairs: list[tuple[str, str]] = []
    try:
        with _open(path) as lines:
            for number, line in enumerate(lines, 1):
                parts = line.rstrip("\n").split("\t")
                if len(parts) > 2:
                    raise KlipingError(f"{path}: line {number}: a token, a tab and a label are needed")
                if len(parts) == 2 and parts[0].strip():
                    pairs.append((parts[0].strip(), parts[1].strip()))
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise KlipingError(f"{path}: cannot be read: {error}") from None
    return tuple(_article(piece) for piece in _cut(pairs))


def _cut(pairs: Sequence[tuple[str, str]]) -> Iterator[Sequence[tuple[str, str]]]:
    starts = [place for place in range(len(pairs)) if _begins(pairs, place)]
    for start, end in zip(starts, [*starts[1:], len(pairs)], strict=True):
        yield pairs[start:end]


def _begins(pairs: Sequence[tuple[str, str]], place: int) -> bool:
    """Whether an article begins here: its city in capitals, before ", KOMPAS —"."""
    following = [token for token, _ in pairs[place : place + 8]]
    if "KOMPAS" not in following or not following[0].isupper() or (place and pairs[place - 1][0].isupper()):
        return False
    at = following.index("KOMPAS")
    return at > 0 and following[at + 1 : at + 2] != [] and following[at + 1] in _DASHES and _is_city(following[:at])


def _is_city(tokens: Sequence[str]) -> bool:
    return tokens[-1] == "," and all(token.isupper() or token in {",", "-"} for token in tokens)


def _article(pairs: Sequence[tuple[str, str]]) -> PfsaArticle:
    tokens, text = _written(pairs)
    statements = [_statement(tokens, first, last, text) for first, last in _spans(tokens, ("STATEMENT",))]
    labels = [
        (tokens[first].start, tokens[last].end)
        for first, last in _spans(
            tokens, ("STATEMENT", "PERSON", "PERSONCOREF", "CUE", "CUECOREF", "ROLE", "AFFILIATION")
        )
    ]
    return PfsaArticle(text, tuple(statements), tuple(labels))


def _written(pairs: Sequence[tuple[str, str]]) -> tuple[list[Token], str]:
    """The tokens as a text is printed. Which way a quotation mark turns, the stream does not say: they take turns."""
    tokens: list[Token] = []
    text, tight, opened = "", True, False
    for place, (token, label) in enumerate(pairs):
        following = pairs[place + 1][0] if place + 1 < len(pairs) else ""
        mark = token in _MARKS
        closes = mark and (opened or following in _SAID) and not (opened and _hands_over(tokens))
        hyphen = token in _HYPHEN and bool(tokens) and tokens[-1].text[-1].isalnum() and following[:1].isalnum()
        if text and not (tight or token[0] in _TIGHT or closes or hyphen):
            text += " "
        tokens.append(Token(token, label[2:] or "O", label[:1] in "BU", len(text), len(text) + len(token)))
        text += token
        opened = not closes if mark else opened
        tight = token in _OPEN or hyphen or (mark and not closes)
    return tokens, text


_SAID = frozenset({"kata", "ujar", "katanya", "ujarnya", "tutur", "tuturnya", "ucap", "ucapnya", "ungkap", "ungkapnya"})


def _hands_over(tokens: Sequence[Token]) -> bool:
    """Whether the words before a mark can only open a quotation: "mengatakan ,"."""
    last = [token.text for token in tokens[-2:]]
    return (
        len(last) == 2
        and last[1] in {",", ":"}
        and last[0] in {"mengatakan", "menyatakan", "menuturkan", "menambahkan"}
    )


def _spans(tokens: Sequence[Token], wanted: Sequence[str]) -> Iterator[tuple[int, int]]:
    """(first, last) token of each labelled stretch."""
    first: int | None = None
    for place, token in enumerate(tokens):
        if first is not None and (token.begins or token.label != tokens[first].label):
            yield first, place - 1
            first = None
        if first is None and token.label in wanted:
            first = place
    if first is not None:
        yield first, len(tokens) - 1


def _statement(tokens: Sequence[Token], first: int, last: int, text: str) -> Labelled:
    start, end = tokens[first].start, tokens[last].end
    direct = text[start] in _MARKS or (start > 0 and text[start - 1] in _MARKS)
    return Labelled(start, end, direct, _speakers(tokens, first, last))


def _speakers(tokens: Sequence[Token], first: int, last: int) -> tuple[str, ...]:
    """The labelled person that belongs to a statement: behind its cue in the sentence, else the last one before it."""
    cue = next(
        (place for place in range(last + 1, min(last + 1 + _NEAR, len(tokens))) if tokens[place].label in _CUES), None
    )
    if cue is not None and tokens[cue].label == "CUE":
        person = _behind(tokens, cue)
        if person:
            if person.casefold() not in _PRONOUNS:
                return (person,)
            return (person, *_before(tokens, first))
        return ()
    return _before(tokens, first)


def _behind(tokens: Sequence[Token], cue: int) -> str | None:
    role: str | None = None
    for first, last in _spans(tokens[cue + 1 : cue + _SENTENCE], (*_PERSONS, "ROLE", "STATEMENT")):
        between = tokens[cue + 1 : cue + 1 + first]
        label = tokens[cue + 1 + first].label
        if label == "STATEMENT" or any(token.text == "." for token in between):
            break
        words = " ".join(token.text for token in tokens[cue + 1 + first : cue + 2 + last])
        if label in _PERSONS:
            return words
        role = role or words
    return role


def _before(tokens: Sequence[Token], first: int) -> tuple[str, ...]:
    spans = list(_spans(tokens[max(0, first - 400) : first], _PERSONS))
    offset = max(0, first - 400)
    for begin, end in reversed(spans):
        words = " ".join(token.text for token in tokens[offset + begin : offset + end + 1])
        if words.casefold() not in _PRONOUNS:
            return (words,)
    return ()
