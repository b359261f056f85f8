"""What is written: read back by warcio, which is not ours."""

from __future__ import annotations

import gzip
import resource
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from pipeline.archive.reader import iter_records, read_response
from pipeline.archive.writer import WarcWriter
from pipeline.errors import ArchiveError
from pipeline.model import Capture
from tests.pipeline.archive.samples import NOW, PAGE, PLAIN, archive, numbered, warcio_check

ZIPPED = replace(
    PLAIN,
    response_headers=((b"Content-Type", b"text/html"), (b"Content-Encoding", b"gzip")),
    body=gzip.compress(PAGE, mtime=0),
)


def fields(path: Path) -> list[dict[str, str]]:
    """Every record's fields, in order, by warcio."""
    with path.open("rb") as file:
        return [dict(record.rec_headers.headers) for record in ArchiveIterator(file)]


def test_a_file_passes_warcio_check_and_every_digest_is_verified(tmp_path: Path) -> None:
    archive(tmp_path, [PLAIN, ZIPPED, *numbered(5)])
    said = warcio_check(tmp_path / "kota-1.warc.gz")
    assert said.count("digest pass") == 1 + 2 * 7  # warcinfo, then response and request of each


def test_the_records_stand_in_order_and_name_each_other(tmp_path: Path) -> None:
    (capture,) = archive(tmp_path, [PLAIN])
    info, response, request = fields(tmp_path / "kota-1.warc.gz")
    assert [record["WARC-Type"] for record in (info, response, request)] == ["warcinfo", "response", "request"]
    assert response["WARC-Record-ID"] == capture.record_id == request["WARC-Concurrent-To"]
    assert response["WARC-Concurrent-To"] == request["WARC-Record-ID"]
    assert response["WARC-Target-URI"] == request["WARC-Target-URI"] == PLAIN.url
    assert response["WARC-Date"] == request["WARC-Date"] == "2026-12-05T06:30:15.123456Z"
    assert response["WARC-IP-Address"] == "192.0.2.7"
    assert "WARC-Truncated" not in response
    assert info["WARC-Filename"] == "kota-1.warc.gz"


def test_the_first_record_says_who_wrote_the_file_and_how(tmp_path: Path) -> None:
    archive(tmp_path, [PLAIN], run_id=17)
    first = next(iter(iter_records(tmp_path / "kota-1.warc.gz"))).block.decode()
    lines = dict(line.split(": ", 1) for line in first.splitlines())
    assert lines["software"].startswith("kliping/")
    assert lines["format"] == "WARC File Format 1.1"
    assert lines["conformsTo"].endswith("warc-1.1/")
    assert lines["robots"] == "obeyed (RFC 9309)"
    assert lines["isPartOf"] == "run 17"


def test_every_record_is_a_gzip_member_of_its_own_where_the_pointer_says(tmp_path: Path) -> None:
    content = b""
    captures = archive(tmp_path, [PLAIN, ZIPPED])
    content = (tmp_path / "kota-1.warc.gz").read_bytes()
    for capture in captures:
        record = gzip.decompress(content[capture.offset : capture.offset + capture.length])
        assert record.startswith(b"WARC/1.1\r\n")
        assert capture.record_id.encode() in record
        assert record.count(b"WARC/1.1\r\n") == 1
        assert record.endswith(b"\r\n\r\n")


def test_a_body_stays_content_encoded_and_its_payload_digest_is_that_of_the_decoded_text(tmp_path: Path) -> None:
    plain, zipped = archive(tmp_path, [PLAIN, ZIPPED])
    assert plain.payload_sha256 == zipped.payload_sha256
    with (tmp_path / "kota-1.warc.gz").open("rb") as file:
        bodies = [record.raw_stream.read() for record in ArchiveIterator(file) if record.rec_type == "response"]
    assert bodies == [PAGE, ZIPPED.body]


def test_credentials_are_never_written(tmp_path: Path) -> None:
    secret = b"rahasia-123"
    names = [b"Cookie", b"AUTHORIZATION", b"proxy-authorization", b"Set-Cookie", b"set-cookie2", b" Cookie", b"Cookie "]
    headers = tuple((name, secret) for name in names)
    exchange = replace(
        PLAIN,
        url="https://nama:rahasia-123@kota.example/1",
        request_headers=(*PLAIN.request_headers, *headers),
        response_headers=(*PLAIN.response_headers, *headers),
    )
    (capture,) = archive(tmp_path, [exchange])
    assert secret not in gzip.decompress((tmp_path / "kota-1.warc.gz").read_bytes())
    assert capture.url == "https://kota.example/1"
    assert len(read_response(tmp_path, capture).headers) == len(PLAIN.response_headers)


def test_a_transfer_coding_that_was_undone_is_no_longer_claimed(tmp_path: Path) -> None:
    (capture,) = archive(tmp_path, [replace(PLAIN, response_headers=((b"Transfer-Encoding", b"chunked"),))])
    page = read_response(tmp_path, capture)
    assert page.headers == (("X-Archive-Orig-Transfer-Encoding", "chunked"),)
    assert page.body == PAGE


@pytest.mark.parametrize(
    ("status", "reason", "role", "body"),
    [
        (301, "Moved Permanently", "redirect", b""),
        (304, "Not Modified", "listing", b""),
        (404, "", "robots", b"tidak ada"),
        (503, "Service Unavailable", "error", b"sedang dirawat"),
    ],
)
def test_every_answer_is_recorded_whatever_its_status(
    tmp_path: Path, status: int, reason: str, role: str, body: bytes
) -> None:
    exchange = replace(PLAIN, status=status, reason=reason, role=role, body=body)
    (capture,) = archive(tmp_path, [exchange])
    assert (capture.status, capture.role) == (status, role)
    page = read_response(tmp_path, capture)
    assert (page.status, page.body) == (status, body)
    warcio_check(tmp_path / capture.file)


@pytest.mark.parametrize(("given", "written"), [("length", "length"), ("dataloss", "unspecified")])
def test_a_cut_body_is_marked(tmp_path: Path, given: str, written: str) -> None:
    archive(tmp_path, [replace(PLAIN, truncated=given)])
    assert fields(tmp_path / "kota-1.warc.gz")[1]["WARC-Truncated"] == written


@pytest.mark.parametrize(
    ("address", "written"), [("2001:DB8::1", "2001:db8::1"), ("kota.example", None), ("", None), (None, None)]
)
def test_an_ip_address_is_written_only_where_it_is_one(
    tmp_path: Path, address: str | None, written: str | None
) -> None:
    archive(tmp_path, [replace(PLAIN, remote_address=address)])
    assert fields(tmp_path / "kota-1.warc.gz")[1].get("WARC-IP-Address") == written


def test_the_request_carries_its_host_line_once(tmp_path: Path) -> None:
    named = replace(PLAIN, request_headers=((b"host", b"kota.example"),))
    archive(tmp_path, [PLAIN, named, replace(PLAIN, url="http://kota.example:8080?q=1")])
    blocks = [r.block.lower() for r in iter_records(tmp_path / "kota-1.warc.gz") if r.type == "request"]
    assert [block.count(b"host: kota.example") for block in blocks] == [1, 1, 1]
    assert blocks[2].startswith(b"get /?q=1 http/1.1\r\nhost: kota.example:8080\r\n")


def test_no_request_record_is_written_where_the_request_is_not_known(tmp_path: Path) -> None:
    archive(tmp_path, [replace(PLAIN, method=None, request_headers=())])
    _, response = fields(tmp_path / "kota-1.warc.gz")
    assert response["WARC-Type"] == "response"
    assert "WARC-Concurrent-To" not in response


@pytest.mark.parametrize(
    ("given", "kept"),
    [("<urn:uuid:0f0e0d0c-0b0a-4908-8706-050403020100>", True), ("urn:x:1", False), ("<urn:uuid:1>\r\nX: y", False)],
)
def test_a_replayed_record_keeps_a_proper_id(tmp_path: Path, given: str, *, kept: bool) -> None:
    (capture,) = archive(tmp_path, [replace(PLAIN, record_id=given)])
    assert (capture.record_id == given) is kept
    assert len(capture.record_id) == 47


def test_a_file_is_called_open_until_it_is_closed_and_can_be_read_meanwhile(tmp_path: Path) -> None:
    writer = WarcWriter(tmp_path, "kota-1", run_id=1, now=NOW)
    (capture,) = writer.write(PLAIN)
    assert [path.name for path in tmp_path.iterdir()] == ["kota-1.warc.gz.open"]
    assert capture.file == "kota-1.warc.gz"
    assert read_response(tmp_path, capture).body == PAGE
    writer.close()
    writer.close()
    assert [path.name for path in tmp_path.iterdir()] == ["kota-1.warc.gz"]
    assert read_response(tmp_path, capture).body == PAGE
    with pytest.raises(ArchiveError, match="is closed; begin a new file"):
        writer.write(PLAIN)


def test_no_file_is_ever_overwritten(tmp_path: Path) -> None:
    archive(tmp_path, [PLAIN])
    before = (tmp_path / "kota-1.warc.gz").read_bytes()
    with pytest.raises(ArchiveError, match="there is a file of that name already"):
        WarcWriter(tmp_path, "kota-1", run_id=2, now=NOW)
    writer = WarcWriter(tmp_path, "kota-2", run_id=2, now=NOW)
    with pytest.raises(ArchiveError, match="File exists"):
        WarcWriter(tmp_path, "kota-2", run_id=3, now=NOW)
    (tmp_path / "kota-2.warc.gz").write_bytes(b"something else")
    with pytest.raises(ArchiveError, match=r"there is a file kota-2\.warc\.gz already"):
        writer.close()
    assert (tmp_path / "kota-1.warc.gz").read_bytes() == before
    assert (tmp_path / "kota-2.warc.gz").read_bytes() == b"something else"


@pytest.mark.parametrize("name", ["", "../kota", "a/b", ".kota", "kota\n"])
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ArchiveError, match="use letters, digits, dots and hyphens only"):
        WarcWriter(tmp_path / "archive", name, run_id=1, now=NOW)


@pytest.mark.parametrize("folder", ["/proc", "/dev/null/archive"])
def test_a_folder_that_cannot_be_written_gives_one_line(folder: str) -> None:
    with pytest.raises(ArchiveError) as caught:
        WarcWriter(Path(folder), "kota-1", run_id=1, now=NOW)
    assert "check free space and the folder's rights" in str(caught.value)
    assert "\n" not in str(caught.value)


@contextmanager
def no_file_beyond(size: int) -> Iterator[None]:
    """The kernel refuses to let any file of this process grow further, as a full disk does, in mid-write."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_leaves_the_file_whole_and_a_later_write_succeeds(tmp_path: Path) -> None:
    with WarcWriter(tmp_path, "kota-1", run_id=1, now=NOW) as writer:
        (first,) = writer.write(PLAIN)
        before = (tmp_path / "kota-1.warc.gz.open").read_bytes()
        with no_file_beyond(len(before) + 700), pytest.raises(ArchiveError, match="cannot be written: File too large"):
            writer.write(PLAIN)
        assert (tmp_path / "kota-1.warc.gz.open").read_bytes() == before
        (second,) = writer.write(PLAIN)
    assert first.offset < second.offset == len(before)
    assert read_response(tmp_path, second).body == PAGE
    warcio_check(tmp_path / "kota-1.warc.gz")


def test_a_full_disk_at_the_start_leaves_no_file(tmp_path: Path) -> None:
    with no_file_beyond(100), pytest.raises(ArchiveError, match="cannot be created: File too large"):
        WarcWriter(tmp_path, "kota-1", run_id=1, now=NOW)
    assert not list(tmp_path.iterdir())


def test_threads_may_share_a_writer(tmp_path: Path) -> None:
    with WarcWriter(tmp_path, "kota-1", run_id=1, now=NOW) as writer:
        captures: list[Capture] = []

        def work() -> None:
            captures.extend(writer.write(exchange)[0] for exchange in numbered(20))

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len({read_response(tmp_path, capture).record_id for capture in captures}) == 80
    warcio_check(tmp_path / "kota-1.warc.gz")
