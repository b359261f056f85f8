"""Add a watch to the operator's file, without an editor."""

from __future__ import annotations

from pathlib import Path

from pipeline.watches.model import Watch


def add_watch(operator_file: Path, new: Watch) -> None:
    """Write the watch into the operator's file."""
