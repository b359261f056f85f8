"""A WARC of a selection holds that selection's records, as they are, and nothing else."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.archive.reader import iter_records, read_response
from pipeline.archive.select import copy_records
from pipeline.errors import ArchiveError
from pipeline.model import Capture, CaptureRef
from tests.pipeline.archive.samples import PLAIN, archive, numbered, warcio_check


def selected(folder: Path, captures: Sequence[Capture | CaptureRef]) -> bytes:
    out = io.BytesIO()
    assert copy_records(folder, captures, out, file="s.warc.gz", description="a test") == len(set(captures))
    return out.getvalue()


def test_the_chosen_records_are_copied_byte_by_byte(tmp_path: Path) -> None:
    first, second = archive(tmp_path, numbered(6)), archive(tmp_path, numbered(3), name="kota-2")
    chosen = [first[4], second[1], first[0]]
    (path := tmp_path / "s.warc.gz").write_bytes(selected(tmp_path, chosen))
    records = list(iter_records(path))
    assert [record.type for record in records] == ["warcinfo"] + ["response", "request"] * 3
    assert [record.id for record in records[1::2]] == [capture.record_id for capture in chosen]
    for record, capture in zip(records[1::2], chosen, strict=True):
        moved = replace(capture, file=path.name, offset=record.offset)
        assert read_response(tmp_path, moved) == read_response(tmp_path, capture)
    assert warcio_check(path).count("digest pass") == 7


def test_the_same_choice_gives_the_same_bytes_and_names_no_time_of_its_own(tmp_path: Path) -> None:
    captures = archive(tmp_path, numbered(3))
    once = selected(tmp_path, captures)
    assert selected(tmp_path, captures) == once
    references = [CaptureRef(capture.record_id, capture.file, capture.offset) for capture in captures]
    assert selected(tmp_path, references) == once
    (path := tmp_path / "s.warc.gz").write_bytes(once)
    assert next(iter(iter_records(path))).get("WARC-Date") == "2026-12-05T06:30:17.123456Z"  # of the newest record


def test_a_record_named_twice_is_copied_once(tmp_path: Path) -> None:
    (capture,) = archive(tmp_path, [PLAIN])
    assert selected(tmp_path, [capture, capture]) == selected(tmp_path, [capture])


def test_a_record_without_a_request_is_copied_alone(tmp_path: Path) -> None:
    captures = archive(tmp_path, [replace(PLAIN, method=None), PLAIN])
    (path := tmp_path / "s.warc.gz").write_bytes(selected(tmp_path, captures[:1]))
    assert [record.type for record in iter_records(path)] == ["warcinfo", "response"]


def test_nothing_chosen_gives_a_file_that_says_so_only(tmp_path: Path) -> None:
    (path := tmp_path / "s.warc.gz").write_bytes(selected(tmp_path, []))
    assert [record.type for record in iter_records(path)] == ["warcinfo"]
    warcio_check(path)


def test_a_record_that_is_not_as_recorded_is_refused(tmp_path: Path) -> None:
    (capture,) = archive(tmp_path, [PLAIN])
    for wrong in (replace(capture, record_id="<urn:uuid:x>"), replace(capture, file="absent.warc.gz")):
        with pytest.raises(ArchiveError):
            selected(tmp_path, [wrong])
    path = tmp_path / capture.file
    whole = path.read_bytes()
    end = capture.offset + capture.length
    for tail, reason in ((b"", "the file ends before it"), (whole[:end], "not the request of <urn:uuid:")):
        path.write_bytes(whole[:end] + tail)
        with pytest.raises(ArchiveError, match=reason):
            selected(tmp_path, [capture])
