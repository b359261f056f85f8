"""A file appears whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.draft import Draft
from pipeline.errors import ExportError, WatchError


def test_a_published_draft_replaces_the_file_and_keeps_its_mode(tmp_path: Path) -> None:
    target = tmp_path / "a.toml"
    target.write_text("old")
    target.chmod(0o600)
    with Draft(target, WatchError, overwrite=True) as draft:
        draft.write(b"new")
        assert target.read_text() == "old"
        draft.finish()
        draft.publish()
    assert (target.read_text(), target.stat().st_mode & 0o777) == ("new", 0o600)
    assert list(tmp_path.iterdir()) == [target]


def test_a_draft_that_is_not_published_leaves_nothing(tmp_path: Path) -> None:
    with Draft(tmp_path / "a", ExportError, overwrite=False) as draft:
        draft.write(b"half")
    assert list(tmp_path.iterdir()) == []


def test_a_refusal_is_the_callers_error(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    with pytest.raises(ExportError, match="is there already; choose another name"):
        Draft(tmp_path / "a", ExportError, overwrite=False)
    with pytest.raises(WatchError, match="is a folder; name a file"):
        Draft(tmp_path, WatchError, overwrite=True)
    with pytest.raises(WatchError, match="cannot be written: No such file"):
        Draft(tmp_path / "absent" / "a", WatchError, overwrite=True)
