"""The words of stories as frozen dataclasses; `pipeline.model` has them too. Imports nothing of ours."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """The part an article plays in its story."""

    ORIGIN = "origin"  # had it first
    COPY = "copy"  # reprints another member's text
    REPORT = "report"  # its own text


class Relation(StrEnum):
    """What an article's text is to the text of the article it was compared with."""

    REPRINT = "reprint"  # the same text
    ABRIDGED = "abridged"  # the same text, cut
    TRANSLATION = "translation"  # the same text in another language
    RELEASE = "release"  # both print what somebody gave to several outlets
    AGAIN = "again"  # the same text, printed again by the same house


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a print keeps of the text it was compared with. The sentences themselves are in the two articles only.

    Counts are sentences, `kept`, `changed` and `cut` of the other text, `added` of this one; `None` in a translation,
    where sentences are not counted.
    """

    relation: Relation
    to: int  # article id
    kept: int | None = None
    changed: int | None = None
    added: int | None = None
    cut: int | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """One article in a story, and in words why it is there."""

    article_id: int
    role: Role
    reason: str
    copy_of: int | None = None
    comparison: Comparison | None = None  # of one that prints another member's text


@dataclass(frozen=True, slots=True)
class Story:
    """The articles, in any language, that tell one event. `id` is stable: its oldest article names it."""

    id: str
    members: tuple[Member, ...]
    origin: int | None  # article id; None where the release is the origin and no outlet had it first
    continues: str | None = None  # id of the story it follows up
    continues_reason: str | None = None  # why, in words
