"""Text that was encoded twice ("KhÃ¡nh", "â€œTaman"), turned back where it is certain, and left alone elsewhere.

The usual accident: UTF-8 bytes were read as windows-1252 (or ISO-8859-1) and saved as UTF-8 again, in a whole page or
in the one paragraph that was pasted. The inverse is exact: those characters back to bytes, and these read as UTF-8.
"""

from __future__ import annotations

import re

_HIGH = {bytes([byte]).decode("cp1252", "ignore") or chr(byte): byte for byte in range(0x80, 0x100)}
_BYTES = {ord(character): byte for character, byte in _HIGH.items()} | {byte: byte for byte in range(0x80, 0x100)}


def _class(first: int, last: int) -> str:
    """The characters that bytes `first`..`last` become, as a character class."""
    characters = {chr(code) for code, byte in _BYTES.items() if first <= byte <= last}
    return "[" + "".join(map(re.escape, sorted(characters))) + "]"


_TRAIL = _class(0x80, 0xBF)
_TWO = f"{_class(0xC2, 0xCC)}{_TRAIL}"  # Latin letters, and signs as the degree's; no newsroom prints more than these
_THREE = f"{_class(0xE0, 0xEF)}{_TRAIL}{{2}}"
_FOUR = f"{_class(0xF0, 0xF3)}{_TRAIL}{{3}}"
_TWICE = re.compile(f"{_FOUR}|{_THREE}|{_TWO}")
# Three of them in this order are no words in any language; two may be ("CAFÉ…"), but not in the middle of a word.
_IN_A_WORD = f"(?<=[a-z]){_TWO}|(?<=[A-Za-z]){_TWO}(?=[a-z])|Â[©®°£¥§±²³½¼¾]"
_CERTAIN = re.compile(f"{_FOUR}|{_THREE}|{_IN_A_WORD}")
_MANGLED = "[" + "".join(map(re.escape, sorted(set("âáàãäåæçèéêëìíîïðÃÄÅÆÂ")))) + "]"
_SUSPECT = re.compile(_MANGLED + _TRAIL)
# The same in UTF-8, beginning with one plain byte: a search for that is ten times as fast.
_SUSPECT_BYTES = re.compile(
    rb"\xc3[\x80-\xbf](?:\xc2|\xc5[\x92\x93\xa0\xa1\xb8\xbd\xbe]|\xc6\x92|\xcb|\xe2[\x80\x82\x84])"
)
_LOST = re.compile("â€(?![\u0080-\u00bf\u0152-\u0178\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122])")
_TOUCHING = re.compile(r"\w")
_STRING = re.compile(r"[^<>]+")


def repaired(text: str) -> str:
    """The text, or markup, with every string that was certainly encoded twice turned back; linear in its length.

    A string is what stands between two tags. It is certain when a sequence in it is impossible in writing and touches
    a letter: an article that shows "â€œ" by itself, between spaces, keeps it.
    """
    if text.isascii() or not _SUSPECT.search(text):
        return text
    return _STRING.sub(lambda match: _once(match[0]), text)


def is_suspect(body: bytes) -> bool:
    """May this UTF-8 hold text that was encoded twice? A quick look, for pages that do not."""
    return _SUSPECT_BYTES.search(body) is not None


def _once(string: str) -> str:
    if string.isascii() or not any(_is_certain(string, match) for match in _CERTAIN.finditer(string)):
        return string
    return _LOST.sub("”", _TWICE.sub(lambda match: _inverse(match[0]) or match[0], string))


def _is_certain(string: str, match: re.Match[str]) -> bool:
    meant = _inverse(match[0])
    if meant is None or not _is_written(meant):
        return False
    around = string[max(0, match.start() - 1) : match.start()] + string[match.end() : match.end() + 1]
    return len(match[0]) != len("â€œ") or meant.isalpha() or bool(_TOUCHING.search(around))


def _is_written(character: str) -> bool:
    """A letter or sign of the languages read here: Latin with its accents, South-East Asian and Chinese scripts."""
    code = ord(character)
    return (
        code < 0x250 or 0xE00 <= code < 0x1100 or 0x1780 <= code < 0x1800 or 0x1E00 <= code < 0x2200 or code >= 0x3000
    )


def _inverse(mangled: str) -> str | None:
    try:
        return bytes(_BYTES[ord(character)] for character in mangled).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return None
