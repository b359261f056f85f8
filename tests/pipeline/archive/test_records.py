"""Reading records of any form, and stopping where a file stops being records."""

from __future__ import annotations

import gzip
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.archive.reader import iter_records, read_response
from pipeline.archive.records import record_at
from pipeline.errors import ArchiveError
from pipeline.model import CaptureRef
from tests.pipeline.archive.samples import PLAIN, archive, numbered


@pytest.fixture
def zipped(tmp_path: Path) -> Path:
    archive(tmp_path, numbered(4))
    return tmp_path / "kota-1.warc.gz"


def test_the_three_forms_of_a_file_hold_the_same_records(zipped: Path, tmp_path: Path) -> None:
    content = gzip.decompress(zipped.read_bytes())
    (plain := tmp_path / "plain.warc").write_bytes(content)
    (whole := tmp_path / "whole.warc.gz").write_bytes(gzip.compress(content, mtime=0))
    expected = [(record.fields, record.block) for record in iter_records(zipped)]
    assert len(expected) == 1 + 2 * 4
    for path in (plain, whole):
        records = list(iter_records(path))
        assert [(record.fields, record.block) for record in records] == expected
        assert [record_at(path, r.offset, r.place).block for r in records] == [block for _, block in expected]
    assert [record.place for record in iter_records(whole)] == list(range(9))


def test_only_the_beginning_of_each_block_is_kept_where_asked(zipped: Path) -> None:
    assert [record.block[:5] for record in iter_records(zipped)] == [r.block for r in iter_records(zipped, keep=5)]


def test_lengths_lead_from_record_to_record(zipped: Path) -> None:
    records = list(iter_records(zipped))
    ends = [record.offset + record.length for record in records]
    assert [0, *ends] == [*(record.offset for record in records), zipped.stat().st_size]


@pytest.mark.parametrize("form", ["zipped", "plain"])
def test_a_file_cut_at_any_byte_gives_its_whole_records(zipped: Path, tmp_path: Path, form: str) -> None:
    path = zipped
    if form == "plain":
        (path := tmp_path / "plain.warc").write_bytes(gzip.decompress(zipped.read_bytes()))
    content = path.read_bytes()
    records = list(iter_records(path))
    last = records[-1]
    for size in range(last.offset, len(content)):
        path.write_bytes(content[:size])
        scan = iter_records(path)
        read = list(scan)
        if form == "plain" and size >= len(content) - 4:  # only the empty lines behind the last record are missing
            assert [r.block for r in read] == [r.block for r in records]
        else:
            assert read == records[:-1]
            assert (scan.torn.offset if scan.torn else size) == last.offset


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<html>not a WARC</html>", "no WARC record begins here"),
        (b"WARC/1.1\r\nWARC-Type: response\r\n\r\n", "a record without a length"),
        (b"WARC/1.1\r\nContent-Length: -5\r\n\r\n", "a record without a length"),
        (b"WARC/1.1\r\nContent-Length: 5\r\n", "the fields of a record do not end"),
        (b"WARC/1.1\r\n" + b"A: b\r\n" * 2000, "the fields of a record do not end"),
        (b"WARC/1.1\r\nContent-Length: 999999999999\r\n\r\nhalo", "the file ends inside a record"),
        (b"\x1f\x8b\x08 rubbish", "damaged or no gzip data"),
        (gzip.compress(b"rubbish", mtime=0), "no WARC record begins here"),
    ],
)
def test_what_is_no_record_is_said(tmp_path: Path, content: bytes, reason: str) -> None:
    (path := tmp_path / "x.warc").write_bytes(content)
    scan = iter_records(path)
    assert list(scan) == []
    assert scan.torn is not None
    assert (scan.torn.offset, scan.torn.reason) == (0, reason)


def test_folded_fields_and_angle_brackets_of_other_tools_are_read(tmp_path: Path) -> None:
    text = b"WARC/1.0\nWARC-Type: response\nWARC-Target-URI:\n <http://kota.example/>\nContent-Length: 4\n\nhalo\n\n"
    (path := tmp_path / "x.warc").write_bytes(text * 2)
    assert [(record.url, record.block) for record in iter_records(path)] == [("http://kota.example/", b"halo")] * 2


def test_a_changed_bit_is_refused_or_changes_nothing(zipped: Path) -> None:
    (capture,) = archive(zipped.parent, [PLAIN], name="kota-2")
    path = zipped.parent / capture.file
    content = path.read_bytes()
    true, refused = read_response(zipped.parent, capture), 0
    for place in range(capture.offset, capture.offset + capture.length):
        path.write_bytes(content[:place] + bytes([content[place] ^ 0x10]) + content[place + 1 :])
        try:
            assert read_response(zipped.parent, capture) == true
        except ArchiveError:
            refused += 1
    assert refused > capture.length - 16  # the rest: bits of the gzip head, and of the empty lines behind the block


def test_a_pointer_that_leads_elsewhere_is_refused(zipped: Path) -> None:
    first, second = archive(zipped.parent, numbered(2), name="kota-2")
    cases = {
        "not the recorded bytes": replace(first, offset=second.offset),
        "the payload's SHA-256 differs": replace(first, payload_sha256="0" * 64),
        "no record at offset": replace(first, offset=first.offset + 1),
        "the file ends before it": replace(first, offset=10**9),
        "is missing from the archive": replace(first, file="kota-9.warc.gz"),
    }
    for reason, capture in cases.items():
        with pytest.raises(ArchiveError, match=reason) as caught:
            read_response(zipped.parent, capture)
        assert "\n" not in str(caught.value)


def test_a_reference_without_digest_is_checked_by_the_record_itself(zipped: Path) -> None:
    (capture,) = archive(zipped.parent, [PLAIN], name="kota-2")
    reference = CaptureRef(capture.record_id, capture.file, capture.offset)
    assert read_response(zipped.parent, reference, outlet="kota").outlet == "kota"
    path = zipped.parent / capture.file
    forged = gzip.decompress(path.read_bytes()).replace(b"bertemu", b"BERTEMU")
    second = forged.index(b"WARC/1.1", 10)
    path.write_bytes(gzip.compress(forged[:second], mtime=0) + gzip.compress(forged[second:], mtime=0))
    offset = next(record.offset for record in iter_records(path) if record.type == "response")
    with pytest.raises(ArchiveError, match="block digest differs"):
        read_response(zipped.parent, replace(reference, offset=offset))


def test_a_record_that_holds_no_http_response_is_no_page(tmp_path: Path) -> None:
    text = b"WARC/1.1\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Type: resource\r\nContent-Length: 4\r\n\r\nhalo\r\n\r\n"
    (tmp_path / "x.warc.gz").write_bytes(gzip.compress(text, mtime=0))
    with pytest.raises(ArchiveError, match="it is no HTTP response with a date"):
        read_response(tmp_path, CaptureRef("<urn:uuid:1>", "x.warc.gz", 0))


def test_a_file_that_cannot_be_read_gives_one_line(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="cannot be read: Is a directory"):
        list(iter_records(tmp_path))
    shutil.rmtree(tmp_path)
    with pytest.raises(ArchiveError, match="cannot be read: No such file"):
        list(iter_records(tmp_path / "x"))
