"""What was told at once, and by which rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Told:
    """A rule that a story fulfilled."""

    rule: str  # watch:ID | outlets
    story_id: str
    articles: tuple[int, ...]  # ids of the story's articles then, ascending


@dataclass(frozen=True, slots=True)
class AlertRecord:
    """One mail of a list of alerts; its content is the edition's."""

    id: int
    list: str
    edition_id: int
    period: str  # 2026-11-21.0001: the day and the alert's number in it
    told_at: datetime
    mailed_at: datetime | None  # when its messages were frozen; None: they are yet to be
    told: tuple[Told, ...]
