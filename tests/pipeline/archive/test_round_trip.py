"""Any exchange at all comes back as it was, and warcio agrees."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from pipeline.archive import message
from pipeline.archive.exchange import Headers
from pipeline.archive.payload import payload
from pipeline.archive.reader import iter_records, read_response
from pipeline.archive.recovery import recover
from pipeline.archive.replay import ReplayIndex
from tests.pipeline.archive.samples import PLAIN, archive

TOKEN = st.from_regex(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,20}", fullmatch=True)
VALUE = st.binary(max_size=60)
HEADERS = st.lists(st.tuples(st.one_of(TOKEN, st.binary(max_size=12)), VALUE), max_size=8).map(tuple)
ON_DISK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
COUNTER = iter(range(10**9))


def as_read(headers: Headers) -> Headers:
    """What the archive promises to keep of them."""
    kept = []
    for given_name, value in headers:
        name = re.sub(rb"[\r\n:]", b"_", given_name).strip(b" \t") or b"_"
        if name.lower() in message.CREDENTIALS:
            continue
        formerly = b"X-Archive-Orig-" if name.lower() == b"transfer-encoding" else b""
        kept.append((formerly + name, re.sub(rb"[\r\n]+[ \t]*", b" ", value).strip(b" \t")))
    return tuple(kept)


@ON_DISK
@given(headers=HEADERS, body=st.binary(max_size=3000), status=st.integers(100, 999), reason=st.text(max_size=20))
def test_any_response_comes_back(tmp_path: Path, headers: Headers, body: bytes, status: int, reason: str) -> None:
    exchange = replace(PLAIN, response_headers=headers, body=body, status=status, reason=reason)
    (capture,) = archive(tmp_path, [exchange], name=f"kota-{next(COUNTER)}")
    page = read_response(tmp_path, capture)
    assert tuple((name.encode("latin-1"), value.encode("latin-1")) for name, value in page.headers) == as_read(headers)
    assert page.body == payload(body, headers)
    assert (page.status, page.fetched_at, page.url) == (status, PLAIN.fetched_at, PLAIN.url)
    with (tmp_path / capture.file).open("rb") as file:
        bodies = {r.rec_type: r.raw_stream.read() for r in ArchiveIterator(file, check_digests="raise")}
    assert bodies["response"] == body


@ON_DISK
@given(headers=HEADERS, url=st.text(max_size=40))
def test_any_request_is_written_so_that_it_can_be_read(tmp_path: Path, headers: Headers, url: str) -> None:
    exchange = replace(PLAIN, url=f"https://kota.example/{url}", request_headers=headers)
    (capture,) = archive(tmp_path, [exchange], name=f"kota-{next(COUNTER)}")
    records = list(iter_records(tmp_path / capture.file))
    assert [record.type for record in records] == ["warcinfo", "response", "request"]
    assert {record.url for record in records[1:]} == {capture.url}
    parsed = message.parse_request(records[2].block)
    assert parsed is not None
    assert parsed[0] == "GET"
    assert [pair for pair in parsed[1] if pair[0] != b"Host"] == [p for p in as_read(headers) if p[0] != b"Host"]


@ON_DISK
@given(body=st.binary(max_size=500), headers=HEADERS)
def test_a_replayed_exchange_is_the_recorded_one(tmp_path: Path, headers: Headers, body: bytes) -> None:
    first = f"kota-{next(COUNTER)}"
    (capture,) = archive(tmp_path, [replace(PLAIN, response_headers=headers, body=body)], name=first)
    replayed = ReplayIndex([tmp_path / capture.file]).find(PLAIN.url)
    assert replayed is not None
    (copy,) = archive(tmp_path / "copies", [replayed], name=first)
    assert (copy.record_id, copy.payload_sha256) == (capture.record_id, capture.payload_sha256)
    assert read_response(tmp_path / "copies", copy) == read_response(tmp_path, capture)


@ON_DISK
@given(rubbish=st.binary(min_size=1, max_size=200))
def test_any_rubbish_behind_the_last_record_is_left_out(tmp_path: Path, rubbish: bytes) -> None:
    name = f"kota-{next(COUNTER)}"
    archive(tmp_path, [PLAIN], name=name)
    path = tmp_path / f"{name}.warc.gz"
    whole = path.read_bytes()
    path.write_bytes(whole + rubbish)
    scan = iter_records(path)
    assert [record.type for record in scan] == ["warcinfo", "response", "request"]
    assert scan.torn is not None
    assert scan.torn.offset == len(whole)
    path.rename(path.with_name(path.name + ".open"))
    (recovered,) = recover(tmp_path, lambda file: not file.startswith(name + "."))
    assert (recovered.cut, path.read_bytes()) == (len(rubbish), whole)


@pytest.mark.parametrize(
    ("body", "read"),
    [
        (b"5\r\nhalo \r\n4\r\nkota\r\n0\r\n\r\n", b"halo kota"),
        (b"5;name=value\r\nhalo \r\n4\r\nkota\r\n0\r\nTrailer: x\r\n\r\n", b"halo kota"),
        (b"5\r\nhalo \r\n4\r\nko", b"halo ko"),  # cut
        (b"5\r\nhalo \r\nrusak", b"halo "),  # damaged
        (b"<p>halo</p>", b"<p>halo</p>"),  # somebody undid the chunks and left the header
        (b"", b""),
    ],
)
def test_chunks_of_other_tools_are_undone(body: bytes, read: bytes) -> None:
    response = message.parse_response(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + body)
    assert response is not None
    assert response.body == read


@pytest.mark.parametrize(
    ("block", "start", "headers", "body"),
    [
        (b"HTTP/1.0 200 OK\nA: 1\nB:2\n\nhalo", b"HTTP/1.0 200 OK", ((b"A", b"1"), (b"B", b"2")), b"halo"),
        (b"HTTP/1.1 200\r\nA: 1\r\n\t2\r\n\r\n", b"HTTP/1.1 200", ((b"A", b"1 2"),), b""),
        (b"HTTP/1.1 200 OK\r\nno colon\r\nA:\r\n\r\n", b"HTTP/1.1 200 OK", ((b"A", b""),), b""),
        (b"HTTP/1.1 204 No Content", b"HTTP/1.1 204 No Content", (), b""),
    ],
)
def test_messages_of_other_tools_are_read(block: bytes, start: bytes, headers: Headers, body: bytes) -> None:
    assert message.split(block) == (start, headers, body)


@pytest.mark.parametrize("block", [b"", b"220 ftp ready\r\n\r\n", b"HTTP/1.1 OK\r\n\r\n", b"\x00" * 50])
def test_what_is_no_http_response_is_none(block: bytes) -> None:
    assert message.parse_response(block) is None
