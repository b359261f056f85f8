"""From the bytes of a page to its text, whatever its charset says or does not say."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

MAX_CHARACTERS = 2_000_000  # of one page; the largest real page measured had 0.6 million
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_META = re.compile(rb"""(?i)<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([a-z0-9_.:-]{2,40})""")
_HEADER = re.compile(r"""(?i)charset\s*=\s*["']?\s*([a-z0-9_.:-]{2,40})""")
# What browsers read under these labels (WHATWG Encoding Standard).
_AS_BROWSERS_DO = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-11": "cp874", "tis-620": "cp874", "gb2312": "gb18030",
    "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs", "iso8859-9": "cp1254",
}  # fmt: skip
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_SAMPLE = 40_000  # bytes enough to guess a charset by
_FEW = 0.03  # share of high bytes in a page of Latin script; accents and quotation marks make less


def decode(body: bytes, headers: tuple[tuple[str, str], ...]) -> str:
    """The text of a page, without NULs and other control characters, at most `MAX_CHARACTERS` long.

    Byte order mark, then valid UTF-8 (which no other charset's text is by chance, so it beats a wrong label), then the
    label of the header, then that of the page, then detection. Bytes that fit nothing become U+FFFD.
    """
    body = body[: 4 * MAX_CHARACTERS]
    return _CONTROLS.sub("", _decode(body, headers))[:MAX_CHARACTERS]


def _decode(body: bytes, headers: tuple[tuple[str, str], ...]) -> str:
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    if _is_utf16(body):
        return body.decode("utf-16-le" if body[1:2] == b"\x00" else "utf-16-be", "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        if _mostly_utf8(body[: max(error.start, _SAMPLE)]):
            return body.decode("utf-8", "replace")
    for label in _labels(body, headers):
        try:
            return body.decode(label)
        except (UnicodeDecodeError, LookupError):
            continue
    return _detected(body)


def _is_utf16(body: bytes) -> bool:
    """Markup in UTF-16 without a mark has a NUL at every second byte of its tags."""
    start = body[:4]
    return start in (b"<\x00!\x00", b"<\x00h\x00", b"\x00<\x00!", b"\x00<\x00h", b"<\x00?\x00", b"\x00<\x00?")


def _mostly_utf8(sample: bytes) -> bool:
    """UTF-8 with a few broken bytes, as where a text was cut in the middle of a character."""
    text = sample.decode("utf-8", "ignore")
    whole = sum(1 for character in text if ord(character) > 127)
    broken = len(sample) - len(text.encode("utf-8"))
    return whole > 20 * broken


def _labels(body: bytes, headers: tuple[tuple[str, str], ...]) -> list[str]:
    """The page's own statements of its charset, the stronger first, as Python names them."""
    stated = [value for name, value in headers if name.lower() == "content-type"]
    found = [match[1] for value in stated if (match := _HEADER.search(value))]
    found += [match[1].decode("ascii") for match in _META.finditer(body[:8000])]
    names = []
    for label in found:
        try:
            name = codecs.lookup(label).name
        except LookupError:
            continue
        names.append(_AS_BROWSERS_DO.get(name, name))
    return [name for name in names if not name.startswith(("utf-8", "utf-7", "utf-16", "utf-32")) and _is_text(name)]


def _is_text(name: str) -> bool:
    """Python also registers codecs that are no charsets: zip and hex decode to bytes, idna is for host names."""
    try:
        return isinstance(b"a".decode(name), str) and name not in {"idna", "punycode"} and "escape" not in name
    except (LookupError, UnicodeDecodeError):
        return False


def _detected(body: bytes) -> str:
    """Undeclared and not UTF-8. A few high bytes among Latin letters are cp1252; a text full of them is guessed at."""
    sample = body[:_SAMPLE]
    high = sum(1 for byte in sample if byte > 127)
    if high < _FEW * len(sample):
        return body.decode("cp1252", "replace")
    best = from_bytes(sample).best()
    if best is not None:
        return body.decode(_AS_BROWSERS_DO.get(best.encoding, best.encoding), "replace")
    return body.decode("utf-8", "replace")
