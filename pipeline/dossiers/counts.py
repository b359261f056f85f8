"""How many came, were invited, are expected, signed: "dihadiri 234 delegasi", "about 200 delegates attended"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.dossiers import lists

_AWAY = 90  # code points between the number and what is said of it
_AHEAD = 30  # and from "will" to the first of both
_MOST = 1_000_000
_BREAK = re.compile(r"[;:]")
_ABOUT = "sekitar|kurang lebih|kira-kira|lebih kurang|about|around|some|approximately|roughly|khoảng|humigit-kumulang"
_OVER = (
    "lebih dari|lebih daripada|lebih|more than|over|at least|no fewer than|sedikitnya|setidaknya|sekurang-kurangnya|"
    "paling sedikit|tidak kurang dari|tak kurang dari|hơn|ít nhất|mahigit|higit sa|lampaui|exceeding"
)
_NEARLY = "hampir|nyaris|nearly|almost|close to|gần|halos"
_UP_TO = "hingga|sampai|maksimal|paling banyak|up to|as many as|at most|lên tới|aabot sa"
_AMOUNTS = "mencapai|berjumlah|sebanyak|tercatat|sejumlah|seramai|numbered|numbering|totalled|totaled|reached"
_PEOPLE = ("leaders", "mayors", "governors", "delegates", "participants")
_TENS = {"puluh": 10, "ratus": 100, "ribu": 1000, "hundred": 100, "thousand": 1000}
# between a number and what it counts; what stands here makes it a count of something else
_NOT_BETWEEN = frozenset(
    """
    of dari daripada per persen percent hari day days tahun year years jam hour hours menit minutes kali times
    km kilometer meter miliar juta billion million and dan rupiah ringgit baht peso usd anggota other others
    more another lain lainnya lagi
    """.split()  # noqa: SIM905 (a list of words is read as words)
)
_OTHERS = re.compile(
    r"\s(?:lain|lainnya|lagi|others|khác|pa)\b", re.IGNORECASE
)  # "eight others": some stand outside the number


@dataclass(frozen=True, slots=True)
class Count:
    """`start` and `end`: of the number with its unit; `value` as it is shown: "234", "about 200"."""

    start: int
    end: int
    predicate: str
    unit: str
    value: str
    low: int
    high: int


def counts(text: str) -> Iterator[Count]:
    """The counts of one sentence of which it says what they did; each with what is said closest to it."""
    said = [(found.start(), found.end(), found.lastgroup or "") for found in _predicate().finditer(text)]
    numbered = {one.end: one for one in _numbered(text, said)}
    yield from numbered.values()
    if not said:
        return
    ends = sorted(numbered)
    for found in _counted().finditer(text):
        number = _number(found["digits"] or "", found["words"] or "")
        unit = next((group.id for group in lists.units() if found[group.id]), None)
        between = (found["between"] or "").casefold().split()
        predicate = _closest(text, said, found.start(), found.end())
        if number is None or unit is None or predicate is None or not _NOT_BETWEEN.isdisjoint(between):
            continue
        place = bisect_left(ends, found.start())  # "delegasi mencapai 234 orang" counts delegates, not people
        if _OTHERS.match(text, found.end()) or (place < len(ends) and ends[place] <= found.end()):
            continue
        word, low, high = _bounds(found, number)
        yield Count(found.start(), found.end(), predicate, unit, f"{word}{number}", low, high)


def _numbered(text: str, said: Sequence[tuple[int, int, str]]) -> Iterator[Count]:
    """The number behind its unit: "jumlah delegasi mencapai 234 orang". Without another word they came."""
    for found in _behind().finditer(text):
        number = _number(found["digits"] or "", found["words"] or "")
        unit = next((group.id for group in lists.units() if group.id in _PEOPLE and found[group.id]), None)
        if number is not None and unit is not None:
            word, low, high = _bounds(found, number)
            predicate = _closest(text, said, found.start(), found.end()) or "attended"
            begins = found.start("digits") if found["digits"] else found.start("words")
            yield Count(begins, found.end(), predicate, unit, f"{word}{number}", low, high)


def _bounds(found: re.Match[str], number: int) -> tuple[str, int, int]:
    """The word shown before it, and what it may be in truth. By hand: a tenth about, half as many again over."""
    if found["about"] or found["suffix"] == "-an":
        return "≈", number * 9 // 10, -(-number * 11 // 10)
    if found["over"] or (found["suffix"] or "").strip() == "lebih":
        return ">", number, number * 3 // 2
    if found["nearly"]:
        return "<", number * 9 // 10, number
    if found["up_to"]:
        return "≤", number // 2, number
    return "", number, number


def _closest(text: str, said: Sequence[tuple[int, int, str]], start: int, end: int) -> str | None:
    """What is said nearest to the number; "attended" with "will" before it is an expectation."""
    best: tuple[int, int, str] | None = None
    least = _AWAY + 1
    behind = bisect_left(said, (start,))
    for one in said[max(0, behind - 1) : behind + 2]:
        apart = start - one[1] if one[1] <= start else one[0] - end
        if 0 <= apart < least and not _BREAK.search(text, min(end, one[1]), max(start, one[0])):
            best, least = one, apart
    if best is None:
        return None
    ahead = lists.of("ahead").search(text, max(0, min(start, best[0]) - _AHEAD), best[0])
    return "expected" if best[2] == "attended" and ahead else best[2]


def _number(digits: str, words: str) -> int | None:
    if digits:
        number = int(re.sub(r"[.,]", "", digits))
        return number if 1 < number <= _MOST else None
    total = current = 0
    for word in re.split(r"[\s-]+", words.casefold()):
        if word in lists.number_words():
            current += lists.number_words()[word]
        elif word == "belas":
            current += 10
        elif word in _TENS:
            current = max(current, 1) * _TENS[word]
            if _TENS[word] >= 100:
                total, current = total + current, 0
    number = total + current
    return number if 1 < number <= _MOST else None


@cache
def _predicate() -> re.Pattern[str]:
    groups = "|".join(f"(?P<{group.id}>{lists.alternatives(group.words)})" for group in lists.predicates())
    return re.compile(rf"(?<![^\W_])(?:{groups})(?![^\W_])", re.IGNORECASE)


@cache
def _counted() -> re.Pattern[str]:
    return re.compile(
        rf"{_figure()}(?P<suffix>-an|\slebih)?\s"
        rf"(?P<between>(?:[^\W\d_][\w'’-]{{0,20}}\s){{0,2}}?)"
        rf"(?:(?:orang|mga|total)\s)?(?:{_units(group.id for group in lists.units())})(?![^\W_])",
        re.IGNORECASE,
    )


@cache
def _behind() -> re.Pattern[str]:
    """Unit, up to five words, "mencapai", number."""
    return re.compile(
        rf"(?<![^\W_])(?:{_units(_PEOPLE)})\s(?:[\w/-]{{1,20}}\s){{0,5}}?(?:{_AMOUNTS})\s{_figure()}"
        rf"(?P<suffix>-an|\slebih)?(?:\s(?:orang|people))?(?![^\W_]|\s?(?:persen|percent|%))",
        re.IGNORECASE,
    )


def _units(wanted: Iterable[str]) -> str:
    chosen = set(wanted)
    groups = [group for group in lists.units() if group.id in chosen]
    return "|".join(f"(?P<{group.id}>{lists.alternatives(group.words)})" for group in groups)


def _figure() -> str:
    """A number in digits or words, with "about" and the like before it."""
    simple = lists.alternatives(lists.number_words())
    more = f"{simple}|{'|'.join(_TENS)}|belas"
    return (
        rf"(?:(?<![^\W_])(?:(?P<about>{_ABOUT})|(?P<over>{_OVER})|(?P<nearly>{_NEARLY})|(?P<up_to>{_UP_TO}))\s)?"
        rf"(?:(?<![\w.,/-])(?P<digits>\d{{1,3}}(?:[.,]\d{{3}})+|\d{{1,6}})(?![\d%]|[.,/]\d)"
        rf"|(?<![^\W_])(?P<words>(?:{simple})(?:[\s-](?:{more})){{0,4}})(?![^\W_]))"
    )
