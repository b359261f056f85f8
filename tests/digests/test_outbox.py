"""Journal and outbox: what survives a kill, a full disk and a torn line."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from digests import outbox
from digests.journal import NAME, Entry, Journal, Road, Step, read
from pipeline.errors import DeliveryError, LeasedError
from tests.digests.world import FROZEN

ENTRY = Entry(FROZEN, Step.SENDING, ("daily", "2023-08-01", "a@b.example"), "<1@b.example>", Road.SMTP, "ภาษา")


def test_what_is_written_is_read(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        journal.write(ENTRY)
        journal.write(replace(ENTRY, step=Step.DATA))
    assert read(tmp_path / NAME) == [ENTRY, replace(ENTRY, step=Step.DATA)]
    with Journal(tmp_path) as journal:
        assert journal.last[ENTRY.key].step is Step.DATA


def test_a_torn_line_is_ignored_and_the_next_one_stands_by_itself(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        journal.write(ENTRY)
        journal.write(replace(ENTRY, step=Step.DATA))
    whole = (tmp_path / NAME).read_bytes()
    for cut in range(len(whole) // 2 + 1, len(whole), 9):
        (tmp_path / NAME).write_bytes(whole[:cut])
        with Journal(tmp_path) as journal:
            assert journal.last[ENTRY.key].step in (Step.SENDING, Step.DATA)
            journal.write(replace(ENTRY, step=Step.SENT))
        assert read(tmp_path / NAME)[-1].step is Step.SENT


def test_one_sender_has_the_journal_at_a_time(tmp_path: Path) -> None:
    with Journal(tmp_path) as first:
        with pytest.raises(LeasedError, match="another sender is at work"):
            Journal(tmp_path)
        name = first.identity
    with Journal(tmp_path) as second:
        assert second.identity == name


def test_reconciling_does_not_forget_what_left(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        journal.write(replace(ENTRY, step=Step.SENT))
        journal.write(replace(ENTRY, step=Step.RECONCILED))
    with Journal(tmp_path) as journal:
        assert journal.last[ENTRY.key].step is Step.SENT
        assert journal.reconciled == {ENTRY.key}


def test_a_missing_journal_is_empty(tmp_path: Path) -> None:
    assert read(tmp_path / NAME) == []


def test_a_full_disk_stops_the_journal_in_one_line(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        journal.write(ENTRY)
        with (
            files_of_at_most((tmp_path / NAME).stat().st_size + 10),
            pytest.raises(DeliveryError, match="the disk is full"),
        ):
            journal.write(ENTRY)
    with Journal(tmp_path) as journal:
        journal.write(replace(ENTRY, step=Step.SENT))
    assert [entry.step for entry in read(tmp_path / NAME)] == [Step.SENDING, Step.SENT]


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """No file of this process can grow beyond `size` bytes: what a full disk does, for a moment."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_message_is_written_once(tmp_path: Path) -> None:
    path = outbox.write(tmp_path, "<1@b.example>", b"first")
    assert outbox.write(tmp_path, "<1@b.example>", b"second") == path
    assert path.read_bytes() == b"first"
    assert [file.name for file in tmp_path.iterdir()] == ["1@b.example.eml"]
    assert outbox.has(tmp_path, "<1@b.example>")


def test_an_unwritable_folder_leaves_no_draft(tmp_path: Path) -> None:
    with pytest.raises(DeliveryError, match="cannot be written"):
        outbox.write(tmp_path / "missing", "<1@b.example>", b"text")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("identifier", ["<../../etc/passwd@x>", "<a/b@x>", "<.hidden@x>", "<a\x00b@x>", "<a b;rm@x>"])
def test_file_names_stay_in_the_folder(identifier: str, tmp_path: Path) -> None:
    name = outbox.file_name(identifier)
    assert not name.startswith(".")
    assert (tmp_path / name).parent == tmp_path
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.@_-")


def test_drafts_of_killed_writers_are_swept(tmp_path: Path) -> None:
    (tmp_path / ".0f0f.draft").write_bytes(b"half")
    outbox.sweep(tmp_path)
    assert list(tmp_path.iterdir()) == []
