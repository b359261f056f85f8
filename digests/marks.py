"""What a story is marked with: watches, topics, its best quote."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WatchMark:
    """A watch that the story matches. `edition` is the forum's year."""

    id: str
    title: str
    edition: int | None


@dataclass(frozen=True, slots=True)
class TagMark:
    id: str
    label: str


@dataclass(frozen=True, slots=True)
class QuoteMark:
    """The words of the story that are most worth reading, with who spoke them."""

    text: str
    speaker: str | None
    role: str | None
    kind: str  # direct | indirect
    language: str | None
    outlet_title: str
    url: str | None
    version_id: int  # of the placement that has it
