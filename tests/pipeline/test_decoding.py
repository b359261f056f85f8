"""Bytes to text, whatever the charset says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.decoding import MAX_CHARACTERS, decode

TEXT = "<html><body><p>“Taman dibuka,” kata José – wali kota.</p></body></html>"
THAI = "<html><body><p>" + "นายกเทศมนตรีเปิดสวนสาธารณะแห่งใหม่ในกรุงเทพ " * 6 + "</p></body></html>"


def header(charset: str) -> tuple[tuple[str, str], ...]:
    return (("Content-Type", f"text/html; charset={charset}"),)


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
        (THAI.encode("cp874"), header("tis-620"), THAI),
        (b"<meta charset=windows-874>" + THAI.encode("cp874"), (), '<meta charset=windows-874>' + THAI),
        (TEXT.replace("<p>", "<p>\x00\x0b").encode(), (), TEXT),
        (TEXT.encode(), header("hex"), TEXT),
        (TEXT.encode("cp1252"), header("no-such-charset"), TEXT),
    ],
)  # fmt: skip
def test_decode(body: bytes, headers: tuple[tuple[str, str], ...], text: str) -> None:
    assert decode(body, headers) == text


def test_decode_of_utf8_cut_inside_a_character_keeps_the_rest() -> None:
    body = ("<p>" + "ạ" * 200).encode()[:-1]
    assert decode(body, ()).startswith("<p>" + "ạ" * 199)


def test_decode_is_bounded() -> None:
    assert len(decode(b"a" * (MAX_CHARACTERS + 5), ())) == MAX_CHARACTERS


@given(st.binary(max_size=400))
def test_decode_never_raises(body: bytes) -> None:
    assert "\x00" not in decode(body, header("utf-16"))
