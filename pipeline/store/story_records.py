"""What the store gives of the stories' history, as frozen dataclasses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pipeline.story_changes import ChangeAction


@dataclass(frozen=True, slots=True)
class StoryChange:
    """One change of stories that readers may have seen before, as the audit keeps it."""

    id: int
    at: datetime
    actor: str
    action: ChangeAction
    story: str  # where the articles were
    into: str  # where they were after it
    articles: tuple[int, ...]
    reason: str  # in words


@dataclass(frozen=True, slots=True)
class Night:
    """One nightly pass: before the editions of a period all articles of the window are told anew."""

    period: str  # ISO date
    told_at: datetime
    merged: int
    split: int
    moved: int
