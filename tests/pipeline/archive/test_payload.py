"""Content encodings: right, wrong, cut, damaged and bombs."""

from __future__ import annotations

import gzip
import hashlib
import time
import zlib

import brotli  # type: ignore[import-untyped]  # ships no types
import pytest
from backports import zstd
from hypothesis import given
from hypothesis import strategies as st

from pipeline.archive.payload import PAYLOAD_LIMIT, payload, payload_sha256

TEXT = "".join(f"<p>Berita kota nomor {n}, dari hari ke-{n % 7}.</p>" for n in range(4000)).encode()


def bare_deflate(data: bytes) -> bytes:
    coder = zlib.compressobj(wbits=-15)
    return coder.compress(data) + coder.flush()


ENCODED = {
    "gzip": gzip.compress(TEXT, mtime=0),
    "X-GZIP": gzip.compress(TEXT, mtime=0),
    "deflate": zlib.compress(TEXT),
    "Deflate": bare_deflate(TEXT),
    "br": brotli.compress(TEXT, quality=4),
    "zstd": zstd.compress(TEXT),
    "deflate, gzip": gzip.compress(zlib.compress(TEXT), mtime=0),
    "gzip ,identity": gzip.compress(TEXT, mtime=0),
    "identity": TEXT,
    "": TEXT,
    "unheard-of": TEXT,
}


def header(value: str) -> tuple[tuple[bytes, bytes], ...]:
    return ((b"content-ENCODING", value.encode()),)


@pytest.mark.parametrize("encoding", ENCODED)
def test_a_body_is_decoded(encoding: str) -> None:
    assert payload(ENCODED[encoding], header(encoding)) == TEXT
    assert payload_sha256(ENCODED[encoding], header(encoding)) == hashlib.sha256(TEXT).hexdigest()


def test_a_body_without_the_header_is_its_own_payload() -> None:
    assert payload(ENCODED["gzip"], ((b"Content-Type", b"application/gzip"),)) == ENCODED["gzip"]


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_a_body_that_has_not_its_encoding_is_its_own_payload(encoding: str) -> None:
    assert payload(b"<html>halo</html>", header(encoding)) == b"<html>halo</html>"


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd", "Deflate"])
def test_an_empty_body_stays_empty(encoding: str) -> None:
    assert payload(b"", header(encoding)) == b""


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
def test_a_cut_body_gives_its_beginning(encoding: str) -> None:
    read = payload(ENCODED[encoding][: len(ENCODED[encoding]) // 2], header(encoding))
    assert len(TEXT) // 10 < len(read) < len(TEXT)
    assert TEXT.startswith(read)


def test_a_damaged_body_gives_what_comes_before_the_damage() -> None:
    noise = b"".join(hashlib.sha256(b"%d" % n).digest() for n in range(4000))
    whole = bytearray(gzip.compress(noise, mtime=0))
    whole[100_000:100_200] = bytes(200)
    read = payload(bytes(whole), header("gzip"))
    assert noise.startswith(read[:90_000])
    assert len(read) > 90_000


def test_members_one_behind_the_other_are_one_body_and_rubbish_behind_is_dropped() -> None:
    halves = gzip.compress(TEXT[:900], mtime=0) + gzip.compress(TEXT[900:], mtime=0)
    assert payload(halves, header("gzip")) == TEXT
    assert payload(halves + b"\0\0rubbish", header("gzip")) == TEXT
    frames = zstd.compress(TEXT[:900]) + zstd.compress(TEXT[900:])
    assert payload(frames, header("zstd")) == TEXT


@pytest.mark.parametrize("encoding", ["gzip", "gzip, gzip", "br", "zstd"])
def test_a_bomb_is_cut_at_the_limit(encoding: str) -> None:
    zeros = bytes(PAYLOAD_LIMIT + 10)
    bombs = {
        "gzip": gzip.compress(zeros, 6, mtime=0),
        "gzip, gzip": gzip.compress(gzip.compress(zeros, 6, mtime=0), mtime=0),
        "br": brotli.compress(zeros, quality=1),
        "zstd": zstd.compress(zeros),
    }
    assert len(payload(bombs[encoding], header(encoding))) == PAYLOAD_LIMIT


def test_a_million_empty_members_take_no_time() -> None:
    body = gzip.compress(b"", mtime=0) * 500_000
    begun = time.monotonic()
    assert payload(body, header("gzip")) == b""
    assert time.monotonic() - begun < 2


@given(
    data=st.binary(max_size=2000), encoding=st.sampled_from(["gzip", "deflate", "br", "zstd", "gzip,br,zstd,deflate"])
)
def test_nothing_raises_whatever_a_server_sends(data: bytes, encoding: str) -> None:
    assert payload(data, header(encoding)) == payload(data, header(encoding))
