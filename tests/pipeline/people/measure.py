"""How many of PFSA-ID's labelled persons are found, with their roles: python -m tests.pipeline.people.measure FILE.

A person counts where a place named by us is exactly the labelled one, ranks and titles before the name left out of
both. Of the roles only those count that stand just before the person, with their affiliation, printed exactly so. Only
who is quoted has labels: what we name besides is neither right nor wrong here, so the precision is that of the
boundaries, of names that touch a labelled one. The articles are two halves by lot: the rules were bettered by reading
the mistakes in the first, and never those in the second, whose figures are the ones that count.
"""

from __future__ import annotations

import gzip
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.people import find_people
from pipeline.people.lists import lists, plain
from tests.pipeline.store.build import article

_TIGHT = frozenset(",.!?;:)]%-/")
_OPENING = "([-/"
_RANKS = frozenset({"dokter", "pastor", "ustaz", "(pol)", "polisi", "(purn)"})
Label = tuple[str, int, int]  # what it labels, and code points into the text


@dataclass
class Counts:
    """Of persons: labelled, found exactly, touched otherwise. Of roles of found persons: labelled, given, right."""

    labelled: int = 0
    found: int = 0
    touched: int = 0
    roles: int = 0
    given: int = 0
    right: int = 0

    @property
    def recall(self) -> float:
        return self.found / self.labelled

    @property
    def boundaries(self) -> float:
        return self.found / (self.found + self.touched)

    @property
    def f1(self) -> float:
        return 2 * self.recall * self.boundaries / (self.recall + self.boundaries)


def articles(file: Path) -> list[tuple[str, list[Label]]]:
    """Text and labels of each; blank lines are no boundaries, each `CITY , KOMPAS —` is one."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        rows = [line.rstrip("\n").rpartition("\t")[::2] for line in lines if line.strip()]
    marks = [place for place in range(len(rows) - 1) if rows[place][0] == "KOMPAS" and rows[place + 1][0] in "—–-"]
    starts = [_city(rows, place) for place in marks]
    return [_written(rows[start:end]) for start, end in zip(starts, [*starts[1:], len(rows)], strict=True)]


def _city(rows: list[tuple[str, str]], place: int) -> int:
    """Where the city before "KOMPAS" begins: words in capitals, then a comma."""
    place -= 2 if rows[place - 1][0] == "," else 1
    while place > 0 and rows[place - 1][0].isupper() and len(rows[place - 1][0]) > 1:
        place -= 1
    return place


def halves(texts: list[tuple[str, list[Label]]]) -> tuple[list[tuple[str, list[Label]]], list[tuple[str, list[Label]]]]:
    """(the half whose mistakes were read, the other)."""
    order = list(range(len(texts)))
    random.Random(7).shuffle(order)
    middle = len(texts) // 2
    return [texts[place] for place in sorted(order[:middle])], [texts[place] for place in sorted(order[middle:])]


def _written(rows: list[tuple[str, str]]) -> tuple[str, list[Label]]:
    text, found = "", list[Label]()
    for token, label in rows:
        gap = "" if not text or token in _TIGHT or text[-1] in _OPENING else " "
        start = len(text) + len(gap)
        text += gap + token
        kind, begins = label[2:], label[:1] in ("B", "U") or not found or found[-1][0] != label[2:]
        if begins:
            found.append((kind, start, len(text)))
        else:
            found[-1] = (kind, found[-1][1], len(text))
    return text, [one for one in found if one[0]]


def measure(texts: list[tuple[str, list[Label]]]) -> Counts:
    counts = Counts()
    for text, labels in texts:
        _count(text, labels, counts)
    return counts


def _count(text: str, labels: list[Label], counts: Counts) -> None:
    made = find_people(article("https://koran.example/1", article_body=(text,), headline=None, in_language="id"))
    named = {(one.start, one.end): person for person in made.people for one in person.evidence if one.rule != "office"}
    for kind, start, end in labels:
        if kind != "PERSON":
            continue
        counts.labelled += 1
        person = named.get((_bare(text, start, end), end)) or named.get((start, end))
        counts.found += person is not None
        counts.touched += person is None and any(first < end and last > start for first, last in named)
        role = _role_before(text, labels, start)
        if role is not None:
            counts.roles += 1
            counts.given += person is not None and person.role is not None
            counts.right += person is not None and person.role == role


def _bare(text: str, start: int, end: int) -> int:
    """Where the name begins behind ranks and titles."""
    words = text[start:end].split(" ")
    for count in (4, 3, 2, 1):
        lead = [plain(word.strip(".")) for word in words[:count]]
        if len(words) > count and (" ".join(lead) in lists().honorifics or set(lead) <= _RANKS):
            return _bare(text, start + len(" ".join(words[:count])) + 1, end)
    return start


def _role_before(text: str, labels: list[Label], start: int) -> str | None:
    """The role and affiliation that end just before the person."""
    roles = [one for one in labels if one[0] in ("ROLE", "AFFILIATION")]
    last = next((one for one in roles if 0 <= start - one[2] <= 3), None)
    if last is None:
        return None
    first = last[1]
    for before in _chain(roles, first):
        first = before
    return text[first : last[2]]


def _chain(roles: list[Label], first: int) -> Iterator[int]:
    while (before := next((one for one in roles if 0 <= first - one[2] <= 1), None)) is not None:
        first = before[1]
        yield first


def main(file: Path) -> None:
    texts = articles(file)
    for name, part in zip(("read", "other", "all"), (*halves(texts), texts), strict=True):
        counts = measure(part)
        print(
            f"{name:5} {len(part)} articles: {counts.labelled} persons, R {counts.recall:.3f}"
            f" P {counts.boundaries:.3f} F1 {counts.f1:.3f};"
            f" {counts.roles} roles, R {counts.right / counts.roles:.3f} P {counts.right / counts.given:.3f}"
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
