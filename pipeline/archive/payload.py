"""Undoing the content encoding of a body, within bounds. Pure, and the same bytes for every reader.

Servers cut bodies, mislabel them and append rubbish. What can be decoded is the payload; a body that does not
have its declared encoding at all is its own payload. Nothing here raises.
"""

from __future__ import annotations

import hashlib
import sys
import zlib
from collections.abc import Callable, Iterator

import brotli  # type: ignore[import-untyped]  # ships no types

from pipeline.archive.exchange import Headers

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PAYLOAD_LIMIT = 64 * 2**20  # bytes; what lies beyond is no part of the payload: 300 kB of gzip can hold 300 MB
_MOST_ENCODINGS = 3  # honest servers use one
_MOST_STREAMS = 1_000  # gzip members or zstd frames in one body; honest bodies have one, some a few
_PIECE = 16 * 2**10  # bytes fed at once, so that a damaged stream keeps what came before the damage


def payload(body: bytes, headers: Headers) -> bytes:
    """The body without its content encodings, at most `PAYLOAD_LIMIT` bytes of it."""
    for encoding in reversed(_encodings(headers)):
        decode = _DECODERS.get(encoding)
        if decode is None:
            break
        body = _collected(body, decode)
    return body[:PAYLOAD_LIMIT]


def payload_sha256(body: bytes, headers: Headers) -> str:
    """SHA-256 (hex) of the payload: what `Capture.payload_sha256` and `Article.sha256` hold."""
    return hashlib.sha256(payload(body, headers)).hexdigest()


def _encodings(headers: Headers) -> list[str]:
    values = b",".join(value for name, value in headers if name.lower() == b"content-encoding").decode("latin-1")
    named = [value.strip().lower() for value in values.split(",")]
    return [value for value in named if value not in ("", "identity")][:_MOST_ENCODINGS]


def _collected(body: bytes, decode: Callable[[bytes], Iterator[bytes]]) -> bytes:
    out = bytearray()
    try:
        for piece in decode(body):
            out += piece
            if len(out) >= PAYLOAD_LIMIT:
                break
    except (zlib.error, brotli.error, zstd.ZstdError):
        if not out:
            return body
    return bytes(out[:PAYLOAD_LIMIT])


def _gzip(data: bytes) -> Iterator[bytes]:
    return _zlib(data, 31)  # 16 + 15: gzip, the largest window


def _deflate(data: bytes) -> Iterator[bytes]:
    """RFC 9110 means a zlib stream; some servers send bare deflate."""
    zlib_stream = len(data) > 1 and data[0] & 0x0F == 8 and int.from_bytes(data[:2], "big") % 31 == 0
    return _zlib(data, 15 if zlib_stream else -15)


def _zlib(data: bytes, window_bits: int) -> Iterator[bytes]:
    position = 0
    for _ in range(_MOST_STREAMS):
        decoder = zlib.decompressobj(window_bits)
        while position < len(data) and not decoder.eof:
            piece = data[position : position + _PIECE]
            position += len(piece)
            while piece and not decoder.eof:
                yield decoder.decompress(piece, _PIECE)
                piece = decoder.unconsumed_tail
        yield decoder.flush()
        position -= len(decoder.unused_data)
        if position >= len(data):
            return


def _zstd(data: bytes) -> Iterator[bytes]:
    position = 0
    for _ in range(_MOST_STREAMS):
        decoder = zstd.ZstdDecompressor()
        while position < len(data) and not decoder.eof:
            piece = data[position : position + _PIECE]
            position += len(piece)
            yield decoder.decompress(piece, _PIECE)
            while not (decoder.needs_input or decoder.eof):
                yield decoder.decompress(b"", _PIECE)
        position -= len(decoder.unused_data)
        if position >= len(data):
            return


def _brotli(data: bytes) -> Iterator[bytes]:
    decoder = brotli.Decompressor()
    for start in range(0, len(data), _PIECE):
        yield decoder.process(data[start : start + _PIECE], output_buffer_limit=_PIECE)
        while held_back := decoder.process(b"", output_buffer_limit=_PIECE):
            yield held_back
        if decoder.is_finished():
            return


_DECODERS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
