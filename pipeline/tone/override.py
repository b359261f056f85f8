"""A person's word on the tone of an article. It outweighs what the program reads, in every later reading."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from pipeline.model import Article, ToneReading
from pipeline.tone.clarify import clarify


class TonePart(StrEnum):
    HEADLINE = "headline"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class ToneOverride:
    """Undone, never deleted; a newer one on the same part undoes it too."""

    article_id: int
    part: TonePart
    value: str | None  # positif | netral | negatif; None: not to be told
    reason: str
    actor: str
    at: datetime
    undone_at: datetime | None = None
    undone_by: str | None = None


def overridden(article: Article, overrides: Iterable[ToneOverride]) -> Article:
    """The article with what persons say of its tone in place of what the program read, and what follows from it."""
    readings = {one.part: ToneReading(one.value, f"set by {one.actor}: {one.reason}") for one in overrides}
    if not readings:
        return article
    article = replace(
        article,
        headline_tone=readings.get(TonePart.HEADLINE, article.headline_tone),
        body_tone=readings.get(TonePart.BODY, article.body_tone),
    )
    return replace(article, needs_clarification=clarify(article))
