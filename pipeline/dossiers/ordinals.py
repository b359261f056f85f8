"""Which meeting of the series it is said to be: "MGMAC ke-8", "the third ASEAN Mayors Forum", "edisi ketiga AMF"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.dossiers.beginnings import Found
from pipeline.dossiers.lines import Line

_WORDS = {
    "kedua": 2, "ketiga": 3, "keempat": 4, "kelima": 5, "keenam": 6, "ketujuh": 7, "kedelapan": 8, "kelapan": 8,
    "kesembilan": 9, "kesepuluh": 10, "kesebelas": 11, "kedua belas": 12, "kedua-belas": 12, "ketiga belas": 13,
    "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
    "eleventh": 11, "twelfth": 12, "thirteenth": 13, "ikalawa": 2, "ikatlo": 3, "ikaapat": 4, "ikalima": 5,
}  # fmt: skip
_ORDINAL = (
    r"(?P<number>ke-?\s?\d{1,2}(?!\d)|\d{1,2}(?:st|nd|rd|th)\b|ika-\d{1,2}|lần thứ \d{1,2}|[IVX]{1,5}\b"
    rf"|(?i:{'|'.join(sorted(_WORDS, key=lambda word: -len(word)))})\b)"
)
# behind the name: "(MGMAC) ke-8", "AMF 2023 yang ketiga", "MGMAC kali ke-9"
_BEHIND = re.compile(
    rf"[\s)\]]{{1,3}}(?:20\d\d\s)?(?:(?i:yang|edisi|kali|pertemuan|tahun)\s){{0,2}}{_ORDINAL}"
    r"(?!\s?(?i:hari|kota|sesi|kalinya|negara|day|session|time|place|peringkat|terbaik))"
)
# and further behind: "MGMAC tahun ini merupakan yang ke-8", "MGMAC, the eighth,", "memasuki penyelenggaraan kesepuluh"
_FURTHER = re.compile(
    rf"(?:\s20\d\d)?(?:\stahun ini|\sthis year)?(?:\s(?:merupakan|adalah|menjadi|is|was|memasuki)|,)\s"
    rf"(?:(?i:yang|the|its|penyelenggaraan|edisi|pertemuan|forum)\s){{1,2}}{_ORDINAL}"
    r"(?!\s?(?i:hari|kota|sesi|negara|tahun|day|session|time|place|year|largest|city|to))"
)
# before it: "the 8th annual", "third edition of the", "pertemuan ke-8", "ika-7 na"
_BEFORE = re.compile(
    rf"(?<![\w-]){_ORDINAL}\s(?:(?i:annual|tahunan|edition|edisi|meeting|pertemuan|gathering|na|of|dari|ASEAN|sidang)\s"
    r"|(?i:the|this year's)\s){0,4}[(]?$"
)
_PART_OF = re.compile(r"\b(?:hari|sesi|pekan|minggu|urutan|posisi|ranked)\s$", re.IGNORECASE)  # "hari ketiga MGMAC"
_ROMAN = {"I": 1, "V": 5, "X": 10}
_WINDOW = 60  # code points around a name


def ordinals(line: Line, watch: str) -> Iterator[Found]:
    """The numbers printed beside the forum's name; each once."""
    told: dict[str, Found] = {}
    for one in line.names:
        if one.watch != watch:
            continue
        following = line.text[one.end : one.end + _WINDOW]
        behind = _BEHIND.match(following) or _FURTHER.match(following)
        window = max(0, one.start - _WINDOW)
        before = _BEFORE.search(line.text[window : one.start])
        if behind is not None:
            _keep(told, behind["number"], one.start, one.end + behind.end("number"))
        elif before is not None and not _PART_OF.search(
            line.text[max(0, window + before.start() - 12) : window + before.start()]
        ):
            _keep(told, before["number"], window + before.start("number"), one.end)
    yield from told.values()


def _keep(told: dict[str, Found], printed: str, start: int, end: int) -> None:
    number = _value(printed)
    if number is not None and 1 < number < 60:
        told.setdefault(str(number), Found(start, end, str(number)))


def _value(printed: str) -> int | None:
    word = printed.casefold()
    if word in _WORDS:
        return _WORDS[word]
    digits = re.search(r"\d{1,2}", printed)
    if digits:
        return int(digits.group())
    return _roman(printed)


def _roman(printed: str) -> int | None:
    """ "VIII" is 8; None for what is no Roman number."""
    if not printed or any(letter not in _ROMAN for letter in printed):
        return None
    values = [_ROMAN[letter] for letter in printed]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)
