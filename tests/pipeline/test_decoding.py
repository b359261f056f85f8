"""Bytes to text, whatever the charset says."""

from __future__ import annotations

import codecs
import gzip
import json
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.decoding import decode
from pipeline.mojibake import is_suspect, repaired
from pipeline.oversize import MAX_CHARACTERS, MAX_DEPTH, MAX_TAGS, flattened, within_limits, without_ballast

Headers = tuple[tuple[str, str], ...]
TEXT = "<html><body><p>“Taman dibuka,” kata José – wali kota.</p></body></html>"
THAI = "<html><body><p>" + "นายกเทศมนตรีเปิดสวนสาธารณะแห่งใหม่ในกรุงเทพ " * 6 + "</p></body></html>"
SIMPLIFIED = (
    "<html><body><p>" + "市长周一早上在河边为新的城市公园揭幕，居民们说这里以前是停车场。" * 3 + "</p></body></html>"
)
TRADITIONAL = (
    "<html><body><p>" + "市長週一早上在河邊為新的城市公園揭幕，居民們說這裡以前是停車場。" * 3 + "</p></body></html>"
)
VIETNAMESE = (
    "<html><body><p>" + "Thị trưởng khánh thành công viên mới bên bờ sông vào sáng thứ Hai. " * 3 + "</p></body></html>"
)
PORTUGUESE = (
    "<html><body><p>"
    + "A câmara inaugurou o jardim “à beira-rio” na segunda-feira de manhã. " * 3
    + "</p></body></html>"
)
TONES = "\u0300\u0301\u0303\u0309\u0323"


def header(charset: str) -> Headers:
    return (("Content-Type", f"text/html; charset={charset}"),)


def windows_1258(text: str) -> bytes:
    """Vietnamese as that charset writes it: a letter, then its tone."""
    parts = []
    for letter in text:
        marks = unicodedata.normalize("NFD", letter)
        base = "".join(mark for mark in marks if mark not in TONES)
        tones = "".join(mark for mark in marks if mark in TONES)
        parts.append(unicodedata.normalize("NFC", base) + tones)
    return "".join(parts).encode("cp1258")


@pytest.mark.parametrize(
    ("body", "headers", "text"),
    [
        (TEXT.encode(), (), TEXT),
        (TEXT.encode(), header("iso-8859-1"), TEXT),  # a wrong label
        (TEXT.encode("cp1252"), header("ISO-8859-1"), TEXT),  # as browsers read it
        (TEXT.encode("cp1252"), (), TEXT),  # undeclared
        (TEXT.encode("cp1252"), header("utf-8"), TEXT),
        (TEXT.encode("utf-8-sig"), header("cp1252"), TEXT),
        (TEXT.encode("utf-16"), (), TEXT),
        (TEXT.encode("utf-16-le"), (), TEXT),
        (TEXT.encode("utf-16-be"), (), TEXT),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), header("utf-8"), TEXT),
        (("\n " + TEXT).encode("utf-16-le"), (), "\n " + TEXT),
        (THAI.encode("cp874"), header("tis-620"), THAI),
        (THAI.encode("cp874"), header("windows-874"), THAI),
        (THAI.encode("cp874"), (), THAI),
        (THAI.encode("cp874"), header("utf-8"), THAI),
        (THAI.encode("cp874"), header("iso-8859-1"), THAI),  # the default of a server
        (b"<meta charset=windows-874>" + THAI.encode("cp874"), (), '<meta charset=windows-874>' + THAI),
        (b"<meta charset=tis-620>" + THAI.encode("cp874"), header("iso-8859-1"), '<meta charset=tis-620>' + THAI),
        (b"<!--" + b"x" * 5000 + b"--><meta charset=tis-620>" + THAI.encode("cp874"), (),
         "<!--" + "x" * 5000 + '--><meta charset=tis-620>' + THAI),
        (b"<div>" * 9000 + THAI.encode("cp874"), (), "<div>" * 9000 + THAI),  # far behind a sample's end
        (SIMPLIFIED.encode("gb18030"), header("gb2312"), SIMPLIFIED),
        (SIMPLIFIED.encode("gb18030"), (), SIMPLIFIED),
        (SIMPLIFIED.encode("gbk"), header("utf-8"), SIMPLIFIED),
        (SIMPLIFIED.encode("gbk"), header("windows-1252"), SIMPLIFIED),
        (TRADITIONAL.encode("big5"), header("big5"), TRADITIONAL),
        (TRADITIONAL.encode("big5"), (), TRADITIONAL),
        (windows_1258(VIETNAMESE), header("windows-1258"), VIETNAMESE),
        (windows_1258(VIETNAMESE), (), VIETNAMESE),
        (PORTUGUESE.encode("cp1252"), (), PORTUGUESE),
        (PORTUGUESE.encode("cp1252"), header("utf-8"), PORTUGUESE),
        (TEXT.replace("<p>", "<p>\x00\x0b").encode(), (), TEXT),
        (TEXT.replace("<p>", "<p>\ufffe\uffff").encode(), (), TEXT),
        (TEXT.encode(), header("hex"), TEXT),
        (TEXT.encode(), header("utf-7"), TEXT),
        (b"<p>+ADw-script+AD4-</p>", header("utf-7"), "<p>+ADw-script+AD4-</p>"),
        (TEXT.encode("cp1252"), header("no-such-charset"), TEXT),
        (TEXT.encode("cp1252"), header("idna"), TEXT),
    ],
)  # fmt: skip
def test_decode(body: bytes, headers: Headers, text: str) -> None:
    assert decode(body, headers).text == text


def test_decode_of_utf8_cut_inside_a_character_keeps_the_rest() -> None:
    body = ("<p>" + "ạ" * 200).encode()[:-1]
    assert decode(body, ()).text.startswith("<p>" + "ạ" * 199)


@pytest.mark.parametrize("broken", [b"\xff", b"\xe2\x80", b"\xed\xa0\x80"])
def test_decode_of_utf8_with_a_broken_byte_keeps_the_accents(broken: bytes) -> None:
    """One bad byte among seven accents does not make the page windows-1252, wherever it stands."""
    text = "<p>José, André, Müller, Çelik, Ñuñoa, Köln</p>"
    for body in (broken + text.encode(), text.encode() + broken, b"<p>" + b"x" * 90_000 + text.encode() + broken):
        assert text in decode(body, ()).text


def test_decode_of_zawgyi_leaves_it_as_it_is() -> None:
    """Burmese of before Unicode uses the same code points; turning it into Unicode is not certain enough."""
    zawgyi = "<p>ၿမိဳ႕ေတာ္ဝန္</p>"
    assert decode(zawgyi.encode(), ()).text == zawgyi


def test_decode_is_bounded() -> None:
    decoded = decode(b"a" * (MAX_CHARACTERS + 5), ())
    assert len(decoded.text) < MAX_CHARACTERS + 100
    assert decoded.notes == ("5 characters in the middle of the page were not read",)


@pytest.mark.parametrize(
    ("body", "headers", "note"),
    [
        (THAI.encode("cp874"), header("tis-620"), "read as cp874, as labelled"),
        (THAI.encode("cp874"), (), "read as cp874, by its bytes"),
        (TEXT.encode("utf-16"), (), "read as utf-16-le"),
        (("<p>" + "ạ" * 200).encode()[:-1], (), "read as utf-8 with broken bytes"),
        ("<p>KhÃ¡nh membuka taman</p>".encode(), (), "text that was encoded twice is repaired"),
    ],
)
def test_decode_says_what_it_had_to_do(body: bytes, headers: Headers, note: str) -> None:
    assert decode(body, headers).notes == (note,)


@given(st.binary(max_size=400), st.sampled_from([(), header("utf-16"), header("big5"), header("tis-620")]))
def test_decode_never_raises(body: bytes, headers: Headers) -> None:
    decoded = decode(body, headers)
    assert "\x00" not in decoded.text
    assert decode(body, headers) == decoded


def twice(text: str, charset: str) -> str:
    """The accident: UTF-8 bytes read as one of the Latin charsets, whose holes browsers fill."""
    if charset == "latin-1":
        return text.encode().decode("latin-1")
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode())


@pytest.mark.parametrize("charset", ["cp1252", "latin-1"])
@pytest.mark.parametrize(
    "text",
    [
        "“Taman dibuka,” kata José – wali kota.", "Thị trưởng khánh thành công viên mới đường Đống Đa", "suhu 30°C",
        "นายกเทศมนตรีเปิดสวน", "市长周一早上", "မြို့တော်ဝန်", "ភ្នំពេញ", "ນະຄອນຫຼວງ", "Café à Paris", "😀 hai", "naïve", "“Ya”",
        "skor 7–2", "São Paulo dan Barça",
    ],
)  # fmt: skip
def test_text_encoded_twice_is_turned_back(text: str, charset: str) -> None:
    assert repaired(twice(text, charset)) == text
    assert is_suspect(twice(text, charset).encode())


@pytest.mark.parametrize(
    "text",
    [
        "CAFÉ…", "‘Ä’", "È “bello”", "À la", "SÃO PAULO", "CÔNG TY “Â”", 'tanda "â€œ" muncul', "ÀÉÈ»", "Ô, ƒ",
        "voilà… “oui”", "CHÂ»", "là “hoa”", "ô “tô”", "â, ê, ô", "đã “có”", "“Đà…”", "à €5", "é€5", "thế giới “mới”",
        "Ã", "l’été»", "MOÇÃ“", "¡Olé!", "Über… “so”", "ทดสอบ", "plain", "",
    ],
)  # fmt: skip
def test_text_that_may_be_meant_is_left_alone(text: str) -> None:
    assert repaired(text) == text


def test_only_the_paragraph_that_was_encoded_twice_is_turned_back() -> None:
    page = f"<p>Thị trưởng “mới”</p><p>{twice('Khánh “mới”', 'cp1252')}</p><p>CAFÉ…</p>"
    assert repaired(page) == "<p>Thị trưởng “mới”</p><p>Khánh “mới”</p><p>CAFÉ…</p>"


@given(st.text(max_size=200))
def test_repairing_never_raises_and_repairs_once(text: str) -> None:
    assert isinstance(repaired(text), str)


@pytest.mark.shared
def test_real_sentences_that_are_turned_back_are_few(shared: Callable[..., Path]) -> None:
    """35 of 17,757 sentences in 14 languages have the accident in them, all looked at; none else may change."""
    with gzip.open(shared("language.jsonl.gz"), "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    changed = [text for text in texts if repaired(text) != text]
    assert len(changed) == 35
    assert all(re.search("[ÃÅÄÂ][\u0080-\u00bf\u2018-\u203a\u0152-\u0178]|â€", text) for text in changed)


def test_what_makes_a_page_large_goes_first() -> None:
    ballast = (
        b"<style>" + b".a{}" * 600_000 + b"</style><!--" + b"x" * 600_000 + b"--><img src='" + b"A" * 400_000 + b"'>"
    )
    page = b"<script>" + b"var a;" * 100_000 + b"</script>" + ballast + TEXT.encode()
    assert without_ballast(page) == b"<img>" + TEXT.encode()
    linked = b"<script type='application/ld+json'>{}</script>"
    assert linked in without_ballast(linked + page)


def test_of_a_page_that_is_too_large_the_middle_goes() -> None:
    text, cut = within_limits("<p>awal</p>" + "<a href='/x'>tautan</a>" * MAX_TAGS + "<p>akhir</p>")
    assert text.startswith("<p>awal</p>")
    assert text.endswith("<p>akhir</p>")
    assert text.count("<") <= MAX_TAGS + 5
    assert cut is not None
    assert cut.endswith("characters in the middle of the page were not read")


def test_tags_that_repeat_without_end_are_folded_without_loss() -> None:
    text, cut = within_limits("<div>" * MAX_TAGS + "<p>isi</p>" + "<i></i>" * MAX_TAGS)
    assert "<p>isi</p>" in text
    assert len(text) < 200
    assert cut is None


def test_elements_that_nest_too_deep_are_set_side_by_side() -> None:
    text = "".join(f"<div><b>{n} " for n in range(3 * MAX_DEPTH)) + "<p>isi"
    flat = flattened(text)
    depth = deepest = 0
    for part in flat.split("<")[1:]:
        depth += -1 if part.startswith("/") else 1
        deepest = max(deepest, depth)
    assert deepest <= MAX_DEPTH + 1
    assert [word for word in flat.replace("<", " <").replace(">", "> ").split() if "<" not in word] == [
        *map(str, range(3 * MAX_DEPTH)), "isi",
    ]  # fmt: skip
