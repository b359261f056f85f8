"""From the bytes of a page to its text, whatever its charset says or does not say."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass, field

from charset_normalizer import from_bytes

from pipeline.mojibake import is_suspect, repaired
from pipeline.oversize import MAX_CHARACTERS, within_limits, without_ballast

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_META = re.compile(rb"""(?i)<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([a-z0-9_.:-]{2,40})""")
_META_WITHIN = 8000  # bytes; browsers look at the first 1,024, and pages put scripts before it
_HEADER = re.compile(r"""(?i)charset\s*=\s*["']?\s*([a-z0-9_.:-]{2,40})""")
# What browsers read under these labels (WHATWG Encoding Standard).
_AS_BROWSERS_DO = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-11": "cp874", "tis-620": "cp874", "gb2312": "gb18030",
    "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs", "iso8859-9": "cp1254",
}  # fmt: skip
# Labels of that standard that Python does not know.
_ALSO_CALLED = {
    "windows-874": "cp874", "dos-874": "cp874", "x-gbk": "gb18030", "x-sjis": "cp932", "windows-949": "cp949",
    "cn-big5": "big5hkscs", "x-cp1252": "cp1252", "x-cp1258": "cp1258", "gb_2312-80": "gb18030",
}  # fmt: skip
_CONTROL_BYTES = bytes([*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F])
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_NO_CHARACTERS = re.compile(b"\xef\xbf[\xbe\xbf]")  # U+FFFE and U+FFFF in UTF-8
_SAMPLE = 40_000  # bytes around the first high one, enough to guess a charset by
_RUN = re.compile(rb"[\x80-\xff]{4,}")
_COMMON_THAI = "านรอกเงมยวทสตดค่้ัีิ".encode("cp874")  # three letters in four of any Thai text
_COMMON_CHINESE = frozenset(
    "的一是在不了有和人這这中大為为上個个國国我以要他時时來来用們们到說说地就出會会也年月日市新"
)
_LATIN = re.compile(r"cp125[02478]|iso8859-(?:1|2|3|4|9|10|13|14|15|16)|mac.*|cp437|cp850")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a page, without NULs and other control characters, and in words what had to be done for it."""

    text: str = field(repr=False)
    notes: tuple[str, ...] = ()


def decode(body: bytes, headers: tuple[tuple[str, str], ...]) -> Decoded:
    """The text of a page, of bounded length.

    Byte order mark, then valid UTF-8 (which no other charset's text is by chance, so it beats a wrong label), then the
    label of the header, then that of the page, then detection. Bytes that fit nothing become U+FFFD; text that was
    certainly encoded twice is turned back.
    """
    text, note = _decode(body, headers)
    mended = text if note is None and not is_suspect(body) else repaired(text)
    twice = "text that was encoded twice is repaired" if mended != text else None
    text, cut = within_limits(mended)
    return Decoded(text, tuple(filter(None, (note, twice, cut))))


def _decode(body: bytes, headers: tuple[tuple[str, str], ...]) -> tuple[str, str | None]:
    """(the text, how its charset was told where it is not simply UTF-8)"""
    name = _utf16(body)
    if name:
        text = body[: 4 * MAX_CHARACTERS].decode(name, "replace").removeprefix("\ufeff")
        return _CONTROLS.sub("", text), f"read as {name}"
    body = without_ballast(body).translate(None, _CONTROL_BYTES).removeprefix(codecs.BOM_UTF8)
    try:
        return _NO_CHARACTERS.sub(b"", body).decode("utf-8"), None
    except UnicodeDecodeError as error:
        if _mostly_utf8(body[max(0, error.start - _SAMPLE) : error.start + _SAMPLE]):
            return _CONTROLS.sub("", body.decode("utf-8", "replace")), "read as utf-8 with broken bytes"
    for label in _labels(body, headers):
        try:
            return _composed(body.decode(label), label), f"read as {label}, as labelled"
        except (UnicodeDecodeError, LookupError):
            continue
    text, guess = _detected(body)
    return _CONTROLS.sub("", text), f"read as {guess}, by its bytes"


def _utf16(body: bytes) -> str | None:
    """By its mark; markup without one has a NUL at every second byte of its tags."""
    for mark, name in _BOMS[1:]:
        if body.startswith(mark):
            return name
    start = body[:200].lstrip(b" \t\r\n\x00")
    nulls = body[:200].count(b"\x00")
    if not start.startswith(b"<") or not 0.3 * len(body[:200]) <= nulls <= 0.6 * len(body[:200]):
        return None
    return "utf-16-le" if body[1:200:2].count(b"\x00") > body[:200:2].count(b"\x00") else "utf-16-be"


def _mostly_utf8(sample: bytes) -> bool:
    """UTF-8 with a few broken bytes, as where a text was cut in the middle of a character.

    By chance one character in four of a Thai or Chinese text in another charset is valid UTF-8, of Latin ones none.
    """
    text = sample.decode("utf-8", "ignore")
    whole = sum(1 for character in text if ord(character) > 127)
    broken = len(sample) - len(text.encode("utf-8"))
    return whole > 2 * broken


def _labels(body: bytes, headers: tuple[tuple[str, str], ...]) -> list[str]:
    """The page's own statements of its charset that its bytes may bear out, the stronger first, as Python names them.

    A server's default (Latin) over a page that is Thai or Chinese is no statement: such bytes stand in long runs.
    """
    stated = [value for name, value in headers if name.lower() == "content-type"]
    found = [match[1] for value in stated if (match := _HEADER.search(value))]
    found += [match[1].decode("ascii") for match in _META.finditer(body[:_META_WITHIN])]
    names = []
    for label in found:
        try:
            name = codecs.lookup(_ALSO_CALLED.get(label.lower(), label)).name
        except LookupError:
            continue
        names.append(_AS_BROWSERS_DO.get(name, name))
    foreign = _in_runs(_sample(body))
    names = [name for name in names if not (foreign and _LATIN.fullmatch(name))]
    return [name for name in names if not name.startswith(("utf-8", "utf-7", "utf-16", "utf-32")) and _is_text(name)]


def _is_text(name: str) -> bool:
    """Python also registers codecs that are no charsets: zip and hex decode to bytes, idna is for host names."""
    try:
        return isinstance(b"a".decode(name), str) and name not in {"idna", "punycode"} and "escape" not in name
    except (LookupError, UnicodeDecodeError):
        return False


def _sample(body: bytes) -> bytes:
    """The part that tells a charset: from the first byte on that is no ASCII."""
    first = re.search(rb"[\x80-\xff]", body)
    start = max(0, first.start() - 200) if first else 0
    return body[start : start + _SAMPLE]


def _in_runs(sample: bytes) -> bool:
    """Do the high bytes stand in runs, as in scripts that have no Latin letters? Accents stand alone or in pairs."""
    high = sum(map(len, re.findall(rb"[\x80-\xff]+", sample)))
    return 2 * sum(map(len, _RUN.findall(sample))) > high


def _composed(text: str, name: str) -> str:
    """windows-1258 writes a letter and its tone apart."""
    return unicodedata.normalize("NFC", text) if name == "cp1258" else text


def _detected(body: bytes) -> tuple[str, str]:
    """(text, charset) of a page that declares none and is not UTF-8."""
    sample = _sample(body)
    if not _in_runs(sample):
        name = "cp1258" if _is_vietnamese(sample) else "cp1252"
        return _composed(body.decode(name, "replace"), name), name
    runs = b"".join(_RUN.findall(sample))
    if sum(runs.count(byte) for byte in _COMMON_THAI) >= 0.6 * len(runs):
        return body.decode("cp874", "replace"), "cp874"
    chinese = max(("gb18030", "big5hkscs"), key=lambda name: _common_chinese(sample, name))
    if _common_chinese(sample, chinese) >= 0.05:
        return body.decode(chinese, "replace"), chinese
    best = from_bytes(sample).best()
    name = _AS_BROWSERS_DO.get(best.encoding, best.encoding) if best is not None else "utf-8"
    return body.decode(name, "replace"), name


def _is_vietnamese(sample: bytes) -> bool:
    """Letters of two marks, which windows-1258 alone can write, and no mark left over."""
    high = unicodedata.normalize(
        "NFC", re.sub(rb"[\x00-\x7f]+(?=[\x00-\x7f])", b"", sample).decode("cp1258", "replace")
    )
    letters = [character for character in high if ord(character) > 127]
    marked = sum(1 for character in letters if 0x1EA0 <= ord(character) < 0x1EFA)
    alone = sum(1 for character in letters if unicodedata.combining(character))
    return marked >= max(1, 0.15 * len(letters)) and 20 * alone <= len(letters)


def _common_chinese(sample: bytes, name: str) -> float:
    """Share of the commonest characters among those beyond ASCII; a wrong charset yields rare ones."""
    text = sample.decode(name, "ignore")
    high = [character for character in text if character > "\u2fff"]
    return sum(1 for character in high if character in _COMMON_CHINESE) / max(1, len(high))
