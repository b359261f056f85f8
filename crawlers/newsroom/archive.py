"""Ordinary pieces of months gone by, for antara and redaksijakarta: what a back-fill must find."""

from __future__ import annotations

from datetime import date

from crawlers.newsroom.stories import Piece

LONGEST = 120  # days


def load_archive(today: date, days: int) -> tuple[Piece, ...]:
    """The archive's pieces of that many days before today. Raises ValueError for more than `LONGEST`."""
    if not 0 <= days <= LONGEST:
        raise ValueError(f"archive_days is {days}: use 0 to {LONGEST}")
    return ()
