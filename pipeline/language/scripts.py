"""The writing system of a text: free, and for most of the region's languages already the answer."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

_LATIN_LETTER = re.compile(r"[A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]")
# neither Latin nor the punctuation, symbols and marks that every script uses
_OTHER = re.compile(
    r"[^\x00-\u036f\u1dc0-\u1dff\u1e00-\u1eff\u2000-\u2bff\u3000-\u3004\u3008-\u3020\ufe00-\ufe6f\uff00-\uff20]"
)

# Unicode 15.1 blocks: (first, last, script). Order by first code point; what lies between belongs to none.
_BLOCKS = (
    (0x0370, 0x03FF, "Greek"),
    (0x0400, 0x052F, "Cyrillic"),
    (0x0530, 0x058F, "Armenian"),
    (0x0590, 0x05FF, "Hebrew"),
    (0x0600, 0x06FF, "Arabic"),
    (0x0750, 0x077F, "Arabic"),
    (0x08A0, 0x08FF, "Arabic"),
    (0x0900, 0x097F, "Devanagari"),
    (0x0980, 0x09FF, "Bengali"),
    (0x0A00, 0x0A7F, "Gurmukhi"),
    (0x0A80, 0x0AFF, "Gujarati"),
    (0x0B80, 0x0BFF, "Tamil"),
    (0x0C00, 0x0C7F, "Telugu"),
    (0x0C80, 0x0CFF, "Kannada"),
    (0x0D00, 0x0D7F, "Malayalam"),
    (0x0D80, 0x0DFF, "Sinhala"),
    (0x0E00, 0x0E7F, "Thai"),
    (0x0E80, 0x0EFF, "Lao"),
    (0x1000, 0x109F, "Myanmar"),
    (0x10A0, 0x10FF, "Georgian"),
    (0x1100, 0x11FF, "Hangul"),
    (0x1780, 0x17FF, "Khmer"),
    (0x19E0, 0x19FF, "Khmer"),
    (0x3005, 0x3007, "Han"),
    (0x3040, 0x30FF, "Kana"),
    (0x3130, 0x318F, "Hangul"),
    (0x3400, 0x4DBF, "Han"),
    (0x4E00, 0x9FFF, "Han"),
    (0xA9E0, 0xA9FF, "Myanmar"),
    (0xAA60, 0xAA7F, "Myanmar"),
    (0xAC00, 0xD7FF, "Hangul"),
    (0xF900, 0xFAFF, "Han"),
    (0xFB50, 0xFDFF, "Arabic"),
    (0xFE70, 0xFEFF, "Arabic"),
    (0x20000, 0x323AF, "Han"),
)
_STARTS = tuple(first for first, _, _ in _BLOCKS)
_KANA_SHARE = 0.2  # Japanese prose has more kana than kanji
# Letters of Latin script that one character is worth. Every script prints foreign names in Latin letters, hardly any
# text in Latin letters holds much of another script: so a letter of another counts two, one of Chinese, a word, three.
_WORTH, _OF_HAN = 2, 3


@dataclass(frozen=True, slots=True)
class ScriptShare:
    """The chief script of a text, and its share of all letters (0..1). `letters` counts in letters of Latin script."""

    script: str | None  # None: no letters at all
    share: float
    letters: int


def _script_of(character: str) -> str | None:
    code = ord(character)
    place = bisect_right(_STARTS, code) - 1
    if place < 0 or code > _BLOCKS[place][1]:
        return None
    return _BLOCKS[place][2]


def chief_script(text: str) -> ScriptShare:
    """Count letters by script. Where kana is usual, and not just a quoted name, the Han characters are Japanese."""
    counts = {"Latin": len(_LATIN_LETTER.findall(text))}
    for character in () if text.isascii() else _OTHER.findall(text):
        script = _script_of(character)
        if script is not None:
            counts[script] = counts.get(script, 0) + (_OF_HAN if script == "Han" else _WORTH)
    if counts.get("Kana", 0) > _KANA_SHARE * counts.get("Han", 0):
        counts["Kana"] += counts.pop("Han", 0)
    total = sum(counts.values())
    if not total:
        return ScriptShare(None, 0.0, 0)
    script = max(counts, key=lambda name: (counts[name], name))
    return ScriptShare(script, counts[script] / total, total)
