"""Text folded for searching: "Đà Nẵng" and "da nang" are one. Both sides of a comparison are folded alike."""

from __future__ import annotations

import re
import unicodedata

# Only marks over Latin, Greek and Cyrillic letters fall away: the vowel signs of Thai, Lao or Khmer are marks too, and
# dropping them would make one word of many. These letters carry a stroke, which no decomposition takes off.
_MARKS = re.compile("[\u0300-\u036f]+")
_STROKES = str.maketrans({"đ": "d", "ð": "d", "ħ": "h", "ł": "l", "ø": "o", "ı": "i"})


def fold(text: str) -> str:
    """Without case, diacritics, width and presentation forms; white space as single blanks."""
    plain = unicodedata.normalize("NFKD", text.casefold()).casefold()
    return " ".join(_MARKS.sub("", plain).translate(_STROKES).split())
