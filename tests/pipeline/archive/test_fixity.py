"""Every way in which a file and the pointers into it can disagree."""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.archive.checksum import disagreement
from pipeline.archive.fixity import Flaw, verify
from pipeline.archive.records import WarcRecord
from pipeline.archive.writer import WarcWriter
from pipeline.model import Capture
from tests.pipeline.archive.samples import NOW, PLAIN, archive, numbered

FILE = "kota-1.warc.gz"


@pytest.fixture
def captures(tmp_path: Path) -> list[Capture]:
    return archive(tmp_path, numbered(4))


def flaws(folder: Path, captures: list[Capture]) -> list[tuple[Flaw, str | None, int | None]]:
    return [(p.flaw, p.record_id, p.offset) for report in verify(folder, captures) for p in report.problems]


def test_a_sound_archive_has_no_flaw(tmp_path: Path, captures: list[Capture]) -> None:
    other = archive(tmp_path, [PLAIN], name="kota-0")
    reports = list(verify(tmp_path, [*captures, *other]))
    assert [(r.file, r.records, r.captures, r.ok, r.orphans) for r in reports] == [
        ("kota-0.warc.gz", 3, 1, True, ()),
        (FILE, 9, 4, True, ()),
    ]


def test_a_response_without_a_row_is_an_orphan_and_no_flaw(tmp_path: Path, captures: list[Capture]) -> None:
    (report,) = verify(tmp_path, captures[1:])
    assert report.ok
    assert report.orphans == (captures[0].record_id,)


def test_a_missing_file_is_said_once(tmp_path: Path, captures: list[Capture]) -> None:
    (tmp_path / FILE).unlink()
    (report,) = verify(tmp_path, captures)
    assert [problem.flaw for problem in report.problems] == [Flaw.MISSING]
    assert report.captures == 4


def test_pointers_that_lead_astray_are_told_apart(tmp_path: Path, captures: list[Capture]) -> None:
    first, second, third, fourth = captures
    end = (tmp_path / FILE).stat().st_size
    wrong = [
        first,
        replace(first, record_id=second.record_id),
        replace(second, payload_sha256="0" * 64),
        replace(third, offset=third.offset + 1),
        replace(fourth, offset=end),
    ]
    assert flaws(tmp_path, wrong) == [
        (Flaw.RECORD_ID, second.record_id, first.offset),
        (Flaw.DIGEST, second.record_id, second.offset),
        (Flaw.NO_RECORD, third.record_id, third.offset + 1),
        (Flaw.BEYOND_END, fourth.record_id, end),
    ]


def test_damage_is_found_where_it_is_and_what_lies_behind_it_is_said(tmp_path: Path, captures: list[Capture]) -> None:
    content = bytearray((tmp_path / FILE).read_bytes())
    place = captures[2].offset + captures[2].length // 2
    content[place : place + 4] = b"\0\0\0\0"
    (tmp_path / FILE).write_bytes(content)
    assert flaws(tmp_path, captures) == [
        (Flaw.TORN, None, captures[2].offset),
        (Flaw.BEYOND_END, captures[2].record_id, captures[2].offset),
        (Flaw.BEYOND_END, captures[3].record_id, captures[3].offset),
    ]


def test_the_half_record_of_a_running_crawl_is_no_flaw(tmp_path: Path) -> None:
    writer = WarcWriter(tmp_path, "kota-1", run_id=1, now=NOW)
    captures = list(writer.write(PLAIN))
    with (tmp_path / (FILE + ".open")).open("ab") as file:
        file.write(b"\x1f\x8b\x08")
    assert flaws(tmp_path, captures) == []
    writer.close()
    assert flaws(tmp_path, captures) == [(Flaw.TORN, None, (tmp_path / FILE).stat().st_size - 3)]


def test_a_file_that_cannot_be_read_is_said_and_the_others_are_checked(tmp_path: Path, captures: list[Capture]) -> None:
    (tmp_path / FILE).unlink()
    (tmp_path / FILE).symlink_to("/proc/self/mem")  # a file that the kernel refuses to give
    other = archive(tmp_path, [PLAIN], name="kota-2")
    broken, sound = verify(tmp_path, [*captures, *other])
    assert sound.ok
    assert [problem.flaw for problem in broken.problems] == [Flaw.UNREADABLE]
    assert "cannot be read: " in broken.problems[0].detail


def test_bytes_that_a_forger_packed_anew_are_found_by_the_digests_inside(tmp_path: Path) -> None:
    (capture,) = archive(tmp_path, [PLAIN], name="kota-2")
    path = tmp_path / capture.file
    content = path.read_bytes()
    end = capture.offset + capture.length
    forged = gzip.decompress(content[capture.offset : end]).replace(b"bertemu", b"BERTEMU")
    path.write_bytes(content[: capture.offset] + gzip.compress(forged, mtime=0) + content[end:])
    (report,) = verify(tmp_path, [capture])
    assert [problem.detail for problem in report.problems] == [
        "block digest differs",
        "the payload's SHA-256 is not the stored one",
    ]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("WARC-Block-Digest", "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", "block digest differs"),
        ("WARC-Block-Digest", "sha1:B2IIPDIFOMXZXHBJEZNT2Y6EAIKD55KI", None),  # base32, as most tools write it
        ("WARC-Block-Digest", "SHA-1:0e90878d05732f9b9c29265b3d63c402143ef548", None),
        ("WARC-Payload-Digest", "md5:6cd3556deb0da54bca060b4c39479839", "payload digest differs"),
        ("WARC-Payload-Digest", "blake3:unknown", None),
        ("WARC-Payload-Digest", "", None),
    ],
)
def test_digests_of_any_notation_are_checked(name: str, value: str, said: str | None) -> None:
    block = b"HTTP/1.1 200 OK\r\n\r\nhalo"
    fields = (("WARC-Type", "response"), ("WARC-Target-URI", "http://kota.example/"), (name, value))
    assert disagreement(WarcRecord(0, 0, 0, fields, block)) == said


def test_a_revisit_carries_the_digest_of_another_record() -> None:
    fields = (("WARC-Type", "revisit"), ("WARC-Payload-Digest", "sha256:" + "0" * 64))
    assert disagreement(WarcRecord(0, 0, 0, fields, b"")) is None
