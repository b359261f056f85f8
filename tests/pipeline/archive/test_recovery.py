"""What a killed writer leaves behind is closed, and nothing whole is lost."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.archive.fixity import verify
from pipeline.archive.reader import iter_records, read_response
from pipeline.archive.recovery import Recovered, recover
from pipeline.archive.writer import WarcWriter
from pipeline.errors import ArchiveError
from pipeline.model import Capture
from tests.pipeline.archive.samples import NOW, PLAIN, archive, numbered, warcio_check

FILE = "kota-1.warc.gz"


def dead(_: str) -> bool:
    return False


def reopened(folder: Path, content: bytes) -> Path:
    """The file as a killed writer leaves it: open, with these bytes."""
    (folder / FILE).unlink(missing_ok=True)
    path = folder / (FILE + ".open")
    path.write_bytes(content)
    return path


def test_what_is_before_a_torn_exchange_is_kept(tmp_path: Path) -> None:
    captures = archive(tmp_path, numbered(5))
    content = (tmp_path / FILE).read_bytes()
    last, request = captures[-1].offset, captures[-1].offset + captures[-1].length
    for size in (last, last + 1, last + 10, request - 1, request, request + 1, len(content) - 9, len(content) - 1):
        reopened(tmp_path, content[:size])
        assert recover(tmp_path, dead) == [Recovered(FILE, 4, size - last)]
        assert (tmp_path / FILE).read_bytes() == content[:last]
    for capture in captures[:-1]:
        assert read_response(tmp_path, capture).record_id == capture.record_id
    warcio_check(tmp_path / FILE)


def test_a_whole_file_is_closed_as_it_is(tmp_path: Path) -> None:
    archive(tmp_path, numbered(3))
    content = (tmp_path / FILE).read_bytes()
    reopened(tmp_path, content)
    assert recover(tmp_path, dead) == [Recovered(FILE, 3, 0)]
    assert (tmp_path / FILE).read_bytes() == content
    assert recover(tmp_path, dead) == []


def test_an_exchange_without_its_request_is_kept_where_none_was_known(tmp_path: Path) -> None:
    archive(tmp_path, [replace(PLAIN, method=None), PLAIN, replace(PLAIN, method=None)])
    content = (tmp_path / FILE).read_bytes()
    reopened(tmp_path, content)
    assert recover(tmp_path, dead) == [Recovered(FILE, 3, 0)]


@pytest.mark.parametrize(
    "tail", [b"\0" * 4096, b"\0", b"WARC/1.1\r\n", b"\x1f\x8b\x08\0\0\0\0\0", b"rusak\x1f\x8b\x08-\x1f\x8b\x08"]
)
def test_rubbish_behind_the_last_record_is_cut_off(tmp_path: Path, tail: bytes) -> None:
    archive(tmp_path, numbered(2))
    content = (tmp_path / FILE).read_bytes()
    reopened(tmp_path, content + tail)
    assert recover(tmp_path, dead) == [Recovered(FILE, 2, len(tail))]
    assert (tmp_path / FILE).read_bytes() == content


def test_a_file_without_one_whole_record_is_removed(tmp_path: Path) -> None:
    archive(tmp_path, [])
    content = (tmp_path / FILE).read_bytes()
    for size in (0, 1, len(content) - 1):
        reopened(tmp_path, content[:size])
        assert recover(tmp_path, dead) == [Recovered(FILE, 0, size)]
        assert list(tmp_path.iterdir()) == []


def test_damage_in_the_middle_costs_no_record_behind_it(tmp_path: Path) -> None:
    captures = archive(tmp_path, numbered(4))
    content = bytearray((tmp_path / FILE).read_bytes())
    middle = captures[1].offset + captures[1].length // 2
    content[middle : middle + 4] = b"\0\0\0\0"
    reopened(tmp_path, bytes(content))
    (recovered,) = recover(tmp_path, dead)
    assert recovered.cut == 0
    assert f"is damaged at byte {captures[1].offset}; restore it from a backup" in (recovered.problem or "")
    assert (tmp_path / FILE).read_bytes() == bytes(content)
    assert read_response(tmp_path, captures[3]).url == captures[3].url


def test_another_file_of_the_final_name_is_left_alone(tmp_path: Path) -> None:
    archive(tmp_path, numbered(2))
    content = (tmp_path / FILE).read_bytes()
    path = reopened(tmp_path, content)
    (tmp_path / FILE).write_bytes(b"another")
    (recovered,) = recover(tmp_path, dead)
    assert "is there already; compare the two and remove one" in (recovered.problem or "")
    assert (path.read_bytes(), (tmp_path / FILE).read_bytes()) == (content, b"another")


def test_the_file_of_a_living_run_is_left_alone(tmp_path: Path) -> None:
    with WarcWriter(tmp_path, "kota-1", run_id=1, now=NOW) as writer:
        writer.write(PLAIN)
        assert recover(tmp_path, lambda file: file == FILE) == []
        assert recover(tmp_path, dead) == []  # wrongly believed dead: its lock says otherwise
        writer.write(PLAIN)
    assert len(list(iter_records(tmp_path / FILE))) == 5


def test_a_folder_that_refuses_gives_one_line(tmp_path: Path) -> None:
    (tmp_path / (FILE + ".open")).mkdir()
    with pytest.raises(ArchiveError, match="cannot be closed: Is a directory; check free space"):
        recover(tmp_path, dead)


def test_a_file_closed_meanwhile_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / (FILE + ".open")).symlink_to(tmp_path / "no longer there")
    assert recover(tmp_path, dead) == []


def test_no_folder_has_nothing_to_recover(tmp_path: Path) -> None:
    assert recover(tmp_path / "absent", dead) == []


def killed(folder: Path, seed: int) -> list[Capture]:
    """Start a writer, kill it in the middle of its work; return what it had said to be on the disk."""
    command = [sys.executable, "-m", "tests.pipeline.archive.endless_writer", str(folder), str(seed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3]) as process:
        assert process.stdout is not None
        said = [process.stdout.readline()]
        time.sleep(random.Random(seed).uniform(0, 0.06))
        process.kill()
        said += process.stdout.readlines()
    captures = []
    for line in said:
        if line.endswith("\n"):
            offset, length, record_id, digest = line.split()
            file = f"kota-{seed}.warc.gz"
            captures.append(
                Capture(record_id, PLAIN.url, 200, NOW, file, int(offset), int(length), digest, "text/html", "page")
            )
    return captures


def test_nothing_acknowledged_is_lost_when_the_writer_is_killed(tmp_path: Path) -> None:
    acknowledged: list[Capture] = []
    for seed in range(8):
        captures = killed(tmp_path, seed)
        (recovered,) = recover(tmp_path, dead)
        assert recovered.problem is None
        assert recovered.exchanges - len(captures) in (0, 1)  # one may be on the disk before its word is out
        warcio_check(tmp_path / recovered.file)
        acknowledged += captures
    reports = list(verify(tmp_path, acknowledged))
    assert [problem for report in reports for problem in report.problems] == []
    assert sum(report.captures for report in reports) == len(acknowledged) > 8
