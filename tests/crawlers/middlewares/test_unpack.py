"""Content encodings undone within bounds: bombs are cut, mislabelled bodies are read as the archive reads them."""

from __future__ import annotations

import gzip
import sys
import tracemalloc
import zlib
from collections.abc import Callable

import brotli  # type: ignore[import-untyped]  # ships no types
import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, Response
from scrapy.utils.test import get_crawler

from crawlers.limits import TooLargeError
from crawlers.middlewares.unpack import UnpackMiddleware
from pipeline.archive.payload import payload

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

MEGABYTE = 1_000_000
LIMIT = 10 * MEGABYTE  # the default of crawl.max_bytes
BOMB = 300  # megabytes
URL = "https://warta.example/baca/1"


def unpacked(body: bytes, encoding: str) -> Response:
    middleware = UnpackMiddleware.from_crawler(get_crawler(settings_dict={"DOWNLOAD_MAXSIZE": LIMIT}))
    headers = {"Content-Encoding": encoding, "Content-Type": "text/html; charset=utf-8"}
    result = middleware.process_response(Request(URL), Response(URL, 200, headers=headers, body=body))
    assert isinstance(result, Response)
    return result


def deflated(megabytes: int, wbits: int) -> bytes:
    packer, block = zlib.compressobj(1, zlib.DEFLATED, wbits), bytes(MEGABYTE)
    return b"".join(packer.compress(block) for _ in range(megabytes)) + packer.flush()


def brotlied(megabytes: int) -> bytes:
    packer, block = brotli.Compressor(quality=1), bytes(MEGABYTE)
    return b"".join([*(packer.process(block) for _ in range(megabytes)), packer.finish()])


BOMBS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "gzip": ("gzip", lambda: deflated(BOMB, 31)),
    "deflate": ("deflate", lambda: deflated(BOMB, 15)),
    "raw deflate": ("deflate", lambda: deflated(BOMB, -15)),
    "brotli": ("br", lambda: brotlied(BOMB)),
    "zstd": ("zstd", lambda: zstd.compress(bytes(MEGABYTE)) * BOMB),
    "gzip within gzip": ("gzip, gzip", lambda: gzip.compress(deflated(BOMB, 31))),
    "four encodings": ("gzip, br, br, gzip", lambda: gzip.compress(brotli.compress(brotlied(BOMB)))),
}


@pytest.mark.parametrize("kind", BOMBS)
def test_a_bomb_is_cut_at_the_limit_and_memory_stays_low(kind: str) -> None:
    encoding, make = BOMBS[kind]
    body = make()
    assert len(body) < 2 * MEGABYTE
    tracemalloc.start()
    try:
        if kind == "four encodings":  # honest servers use one: nothing of it is undone beyond three
            assert len(unpacked(body, encoding).body) < LIMIT
        else:
            with pytest.raises(TooLargeError, match="when unpacked"):
                unpacked(body, encoding)
        assert tracemalloc.get_traced_memory()[1] < 4 * LIMIT
    finally:
        tracemalloc.stop()


HTML = b"<p>Taman kota dibuka.</p>" * 40
PACKED = {
    "gzip": gzip.compress(HTML),
    "x-gzip": gzip.compress(HTML),
    "deflate": zlib.compress(HTML),
    "br": brotli.compress(HTML),
    "zstd": zstd.compress(HTML),
}


@pytest.mark.parametrize("encoding", PACKED)
def test_an_honest_body_is_unpacked(encoding: str) -> None:
    response = unpacked(PACKED[encoding], encoding)
    assert response.body == HTML
    assert isinstance(response, HtmlResponse)
    assert "Content-Encoding" not in response.headers


@pytest.mark.parametrize("encoding", PACKED)
@pytest.mark.parametrize("damage", ["mislabelled", "cut"])
def test_a_broken_body_is_what_the_archive_reads_from_it(encoding: str, damage: str) -> None:
    body = HTML if damage == "mislabelled" else PACKED[encoding][: len(PACKED[encoding]) * 2 // 3]
    headers = ((b"Content-Encoding", encoding.encode()),)
    found = unpacked(body, encoding).body
    if damage == "mislabelled":
        assert found == HTML
    assert found == payload(body, headers)
