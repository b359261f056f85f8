"""What an editor said of a draft."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class DraftAction(StrEnum):
    DROP = "drop"  # the edition leaves it out
    PIN = "pin"  # it stands on top
    NOTE = "note"  # a line of the editor's is printed with it


@dataclass(frozen=True, slots=True)
class DraftDecision:
    """An editor's word on one story of a draft; undone, never deleted."""

    id: int
    list: str
    period: str  # ISO date
    action: DraftAction
    story_id: str  # `Drafts.standing` and `Drafts.list` give the story's present id
    articles: tuple[int, ...]  # ids of the story's articles when it was said
    text: str | None  # the note, or why it was dropped
    actor: str
    at: datetime
    undone_at: datetime | None = None
    undone_by: str | None = None

    @property
    def stands(self) -> bool:
        return self.undone_at is None
