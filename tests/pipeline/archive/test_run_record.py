"""What a run's file says of the run: its end, a kill, nothing at all; and files taken from one archive into another."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.archive import pointers, run_record
from pipeline.archive.adopt import adopt, archive_files
from pipeline.archive.exchange import Exchange
from pipeline.archive.fixity import verify
from pipeline.archive.records import iter_records
from pipeline.archive.run_record import RunRecord, Unanswered, read_run, to_json
from pipeline.archive.writer import WarcWriter
from pipeline.errors import ArchiveError
from pipeline.model import Capture, FailureClass, RunCounts, RunState

BEGAN = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
RECORD = RunRecord(
    outlet="antara",
    kind="crawl",
    state=RunState.PARTIAL,
    started_at=BEGAN,
    ended_at=BEGAN + timedelta(minutes=2),
    counts=RunCounts(listings=1, listed=3, new=3, fetched=2, kept=1, failed=1),
    failure=FailureClass.BLOCKED,
    detail="ditolak: \u1780\u17b6\u179a \x00",
    limit=5,
    urls=("https://kota.example/1",),
    presence={"headline": 1.0},
    vitals={"listed": 3},
    unanswered=(Unanswered("https://kota.example/2", FailureClass.TIMEOUT, "30 s", None, final=False),),
)


def fetched(url: str, status: int = 200) -> Exchange:
    headers = ((b"Content-Type", b"text/html"),)
    return Exchange(url, "GET", (), status, "OK", headers, b"<p>Kota</p>", BEGAN + timedelta(minutes=1), "page")


def write(
    folder: Path, name: str = "antara-1", *, record: RunRecord | None = RECORD, said: str | None = "crawl of antara"
) -> tuple[Path, tuple[Capture, ...]]:
    """A run's file with two exchanges; what it says at its beginning and at its end."""
    with WarcWriter(folder, name, run_id=1, now=BEGAN, description=said) as writer:
        captures = (
            *writer.write(fetched("https://kota.example/1")),
            *writer.write(fetched("https://kota.example/robots.txt")),
        )
        if record is not None:
            writer.write_metadata(to_json(record), record.ended_at)
    return folder / writer.file, captures


def test_a_run_that_ended_says_how(tmp_path: Path) -> None:
    path, captures = write(tmp_path)
    found = read_run(path)
    assert (found.record, found.killed, found.kind, found.outlet) == (RECORD, False, "crawl", "antara")
    assert [record.type for record in iter_records(path)][-1] == "metadata"
    (report,) = verify(tmp_path, captures)
    assert (report.ok, report.records, report.orphans) == (True, 6, ())


def test_the_record_is_whole_to_other_tools(tmp_path: Path) -> None:
    path, _ = write(tmp_path)
    command = [sys.executable, "-m", "warcio.cli", "check", "-v", str(path)]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize(
    ("said", "kind", "outlet", "killed"),
    [
        ("crawl of antara", "crawl", "antara", True),
        ("address of addresses", "address", None, True),
        (None, "replay", None, False),
        ("export of 3 articles", "replay", None, False),
    ],
    ids=["a-killed-crawl", "killed-addresses", "an-old-file", "an-export"],
)
def test_a_file_without_an_end_is_a_killed_run_s_or_older(
    tmp_path: Path, said: str | None, kind: str, outlet: str | None, *, killed: bool
) -> None:
    path, _ = write(tmp_path, record=None, said=said)
    found = read_run(path)
    assert (found.kind, found.outlet, found.killed, found.record) == (kind, outlet, killed, None)
    assert found.started_at == BEGAN


@pytest.mark.parametrize(
    "block", [b"{}", b"\xff\xfe", b'{"format": "other"}', to_json(replace(RECORD, format="kliping run 9"))]
)
def test_an_end_that_is_not_ours_says_nothing(tmp_path: Path, block: bytes) -> None:
    with WarcWriter(tmp_path, "a", run_id=1, now=BEGAN, description="crawl of antara") as writer:
        writer.write_metadata(block, BEGAN)
    assert read_run(tmp_path / writer.file).record is None


def test_a_file_that_is_no_warc_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(b"no")
    with pytest.raises(ArchiveError, match=r"a\.warc\.gz: holds no WARC record"):
        read_run(tmp_path / "a.warc.gz")


def test_pointers_are_those_that_the_writer_gave(tmp_path: Path) -> None:
    path, (page, robots) = write(tmp_path)
    assert list(pointers.pointers(path).values()) == [page, replace(robots, role="robots")]


def test_files_are_adopted_once_and_never_written_over(tmp_path: Path) -> None:
    source, mine = tmp_path / "source", tmp_path / "mine"
    first, _ = write(source)
    second, _ = write(source, "antara-2")
    mine.mkdir()
    assert adopt(source, mine) == 2
    assert adopt(source, mine) == adopt(mine, mine) == 0
    assert [path.read_bytes() for path in archive_files(mine)] == [first.read_bytes(), second.read_bytes()]
    (mine / second.name).write_bytes(b"another")
    with pytest.raises(ArchiveError, match="rebuild into an empty home"):
        adopt(source, mine)
    assert (mine / second.name).read_bytes() == b"another"


def test_a_folder_without_files_is_told(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="name the archive folder of a home"):
        adopt(tmp_path, tmp_path)


def test_what_a_file_says_is_read_by_one_pattern() -> None:
    assert run_record.describe("crawl", "antara") == "crawl of antara"
    assert run_record.describe("address", None) == "address of addresses"
