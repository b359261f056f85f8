"""Requests answered from files that other tools wrote (here: warcio, by itself)."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipeline.archive.exchange import Exchange
from pipeline.archive.payload import payload
from pipeline.archive.replay import ReplayIndex
from pipeline.errors import ArchiveError
from tests.pipeline.archive.samples import NOW, PAGE, PLAIN, archive

URL = "http://kota.example/berita"
Write = Callable[[WARCWriter], None]


def foreign(path: Path, *records: Write, zipped: bool = True) -> Path:
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=zipped)
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "another tool"}))
        for write in records:
            write(writer)
    return path


def answer(
    url: str = URL,
    *,
    status: str = "200 OK",
    body: bytes = b"halo",
    date: str = "2026-12-05T00:00:00Z",
    headers: tuple[tuple[str, str], ...] = (),
    record_type: str = "response",
    fields: dict[str, str] | None = None,
) -> Write:
    def write(writer: WARCWriter) -> None:
        head = StatusAndHeaders(status, list(headers), protocol="HTTP/1.1")
        names = {"WARC-Date": date, **(fields or {})}
        writer.write_record(
            writer.create_warc_record(
                url, record_type, payload=io.BytesIO(body), length=len(body), http_headers=head, warc_headers_dict=names
            )
        )

    return write


def revisit(url: str, refers_url: str, refers_date: str, digest: str, date: str, *, head: bool = True) -> Write:
    def write(writer: WARCWriter) -> None:
        headers = StatusAndHeaders("200 OK", [("X-Again", "yes")], protocol="HTTP/1.1") if head else None
        record = writer.create_revisit_record(url, digest, refers_url, refers_date, http_headers=headers)
        record.rec_headers.replace_header("WARC-Date", date)
        writer.write_record(record)

    return write


def found(index: ReplayIndex, url: str) -> Exchange:
    exchange = index.find(url)
    assert exchange is not None
    return exchange


@pytest.mark.parametrize("zipped", [True, False])
def test_an_answer_is_found_in_a_zipped_and_in_a_plain_file(tmp_path: Path, *, zipped: bool) -> None:
    index = ReplayIndex([foreign(tmp_path / "x.warc", answer(), zipped=zipped)])
    exchange = found(index, URL)
    assert (exchange.url, exchange.status, exchange.reason, exchange.body) == (URL, 200, "OK", b"halo")
    assert exchange.method is None
    assert exchange.role == "page"
    assert exchange.fetched_at.isoformat() == "2026-12-05T00:00:00+00:00"
    assert index.urls() == (URL,)
    assert index.notes == ()


def test_an_answer_is_found_in_a_file_zipped_as_a_whole(tmp_path: Path) -> None:
    plain = foreign(tmp_path / "x.warc", answer(body=b"satu"), answer(f"{URL}/2", body=b"dua"), zipped=False)
    (path := tmp_path / "x.warc.gz").write_bytes(gzip.compress(plain.read_bytes(), mtime=0))
    index = ReplayIndex([path])
    assert [found(index, url).body for url in index.urls()] == [b"satu", b"dua"]


@pytest.mark.parametrize(
    "asked",
    ["http://KOTA.example:80/berita#top", "https://kota.example/berita", "https://kota.example/./berita"],
)
def test_an_answer_is_found_under_other_spellings(tmp_path: Path, asked: str) -> None:
    assert found(ReplayIndex([foreign(tmp_path / "x.warc", answer())]), asked).body == b"halo"


@pytest.mark.parametrize(
    "asked", ["http://kota.example/berita/", "http://kota.example/berita?q=1", "ftp://kota.example/", "x"]
)
def test_another_address_has_no_answer(tmp_path: Path, asked: str) -> None:
    assert ReplayIndex([foreign(tmp_path / "x.warc", answer())]).find(asked) is None


def test_its_own_scheme_is_preferred(tmp_path: Path) -> None:
    secure = "https://kota.example/berita"
    path = foreign(
        tmp_path / "x.warc", answer(body=b"terbuka", date="2026-12-09T00:00:00Z"), answer(secure, body=b"aman")
    )
    assert found(ReplayIndex([path]), secure).body == b"aman"


def test_the_newest_answer_of_all_files_wins_whatever_its_place(tmp_path: Path) -> None:
    new = foreign(tmp_path / "new.warc", answer(body=b"baru", date="2026-12-06T00:00:00Z"))
    old = foreign(tmp_path / "old.warc", answer(body=b"lama", date="2026-12-05T00:00:00Z"))
    assert found(ReplayIndex([new, old]), URL).body == b"baru"
    assert found(ReplayIndex([old, new]), URL).body == b"baru"


def test_redirects_and_errors_are_answers(tmp_path: Path) -> None:
    path = foreign(
        tmp_path / "x.warc",
        answer(status="301 Moved Permanently", headers=(("Location", "/baru"),), body=b""),
        answer("http://kota.example/baru", status="503 Service Unavailable"),
    )
    index = ReplayIndex([path])
    assert [(found(index, url).status, found(index, url).role) for url in index.urls()] == [
        (503, "error"),
        (301, "redirect"),
    ]


def test_a_304_answers_only_where_there_is_nothing_else(tmp_path: Path) -> None:
    unchanged = answer(status="304 Not Modified", body=b"", date="2026-12-09T00:00:00Z")
    alone = foreign(tmp_path / "alone.warc", unchanged)
    both = foreign(tmp_path / "both.warc", unchanged, answer())
    assert found(ReplayIndex([alone]), URL).status == 304
    assert found(ReplayIndex([both]), URL).status == 200


def test_a_revisit_answers_with_the_body_it_refers_to(tmp_path: Path) -> None:
    digest, when = "sha256:" + "0" * 64, "2026-12-05T00:00:00Z"
    original = foreign(tmp_path / "a.warc", answer(body=b"asli", date=when, fields={"WARC-Payload-Digest": digest}))
    by_name = revisit(f"{URL}/2", URL, when, "sha256:" + "1" * 64, "2026-12-06T00:00:00Z")
    by_digest = revisit(f"{URL}/3", "http://other.example/", when, digest, "2026-12-06T00:00:00Z", head=False)
    lost = revisit(f"{URL}/4", "http://other.example/", when, "sha256:" + "2" * 64, "2026-12-06T00:00:00Z")
    again = foreign(tmp_path / "b.warc", by_name, by_digest, lost)
    index = ReplayIndex([again, original])
    assert [found(index, f"{URL}/{n}").body for n in (2, 3)] == [b"asli", b"asli"]
    assert found(index, f"{URL}/2").response_headers == ((b"X-Again", b"yes"),)
    assert index.find(f"{URL}/4") is None
    assert ReplayIndex([again]).urls() == ()


def test_other_records_are_passed_over(tmp_path: Path) -> None:
    path = foreign(
        tmp_path / "x.warc",
        answer("dns:kota.example", record_type="response", body=b"192.0.2.1"),
        answer("http://kota.example/lampiran", record_type="resource"),
        answer("metadata://x", record_type="metadata"),
        answer(f"{URL}/x", date="kemarin"),
        answer(),
    )
    assert ReplayIndex([path]).urls() == (URL,)


def test_chunked_and_encoded_bodies_are_understood(tmp_path: Path) -> None:
    zipped = gzip.compress(PAGE, mtime=0)
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(zipped), zipped)
    headers = (("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip"))
    exchange = found(ReplayIndex([foreign(tmp_path / "x.warc", answer(body=chunked, headers=headers))]), URL)
    assert exchange.body == zipped
    assert payload(exchange.body, exchange.response_headers) == PAGE


@pytest.mark.parametrize("named_by", ["request", "response"])
def test_the_request_comes_with_the_answer(tmp_path: Path, named_by: str) -> None:
    one, two = "<urn:uuid:00000000-0000-4000-8000-000000000001>", "<urn:uuid:00000000-0000-4000-8000-000000000002>"
    link = {"WARC-Concurrent-To": two} if named_by == "response" else {}
    back = {"WARC-Concurrent-To": one} if named_by == "request" else {}

    def request(writer: WARCWriter) -> None:
        head = StatusAndHeaders("/berita HTTP/1.1", [("Host", "kota.example")], protocol="GET")
        names = {"WARC-Record-ID": two, **back}
        writer.write_record(writer.create_warc_record(URL, "request", http_headers=head, warc_headers_dict=names))

    path = foreign(tmp_path / "x.warc", answer(fields={"WARC-Record-ID": one, **link}), request)
    exchange = found(ReplayIndex([path]), URL)
    assert (exchange.method, exchange.request_headers) == ("GET", ((b"Host", b"kota.example"),))
    assert exchange.record_id == one


def test_what_we_recorded_replays_as_it_was(tmp_path: Path) -> None:
    told = replace(PLAIN, truncated="length", status=206, reason="Partial Content")
    (capture,) = archive(tmp_path, [told])
    exchange = found(ReplayIndex([tmp_path / capture.file]), PLAIN.url)
    host = (b"Host", b"kota.example")
    assert exchange == replace(told, record_id=capture.record_id, request_headers=(host, *told.request_headers))
    assert exchange.fetched_at == NOW


def test_a_broken_end_is_noted_and_what_stands_before_it_is_used(tmp_path: Path) -> None:
    path = foreign(tmp_path / "x.warc.gz", answer(), answer(f"{URL}/2"))
    path.write_bytes(path.read_bytes()[:-20])
    index = ReplayIndex([path])
    assert index.urls() == (URL,)
    (note,) = index.notes
    assert "the file ends inside a record); what stands before is used" in note


@pytest.mark.parametrize("content", [b"", b"<html>", b"\x1f\x8b"])
def test_a_file_without_records_is_refused(tmp_path: Path, content: bytes) -> None:
    (path := tmp_path / "x.warc.gz").write_bytes(content)
    with pytest.raises(ArchiveError, match=r"holds no WARC record; give a \.warc or \.warc\.gz file"):
        ReplayIndex([path])


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="cannot be read: No such file"):
        ReplayIndex([tmp_path / "x.warc.gz"])


def test_a_file_that_changed_since_is_refused(tmp_path: Path) -> None:
    path = foreign(tmp_path / "x.warc", answer(), zipped=False)
    index = ReplayIndex([path])
    path.write_bytes(path.read_bytes().replace(b"HTTP/1.1 200", b"rusak rusak!"))
    with pytest.raises(ArchiveError, match="has changed since it was read"):
        index.find(URL)
