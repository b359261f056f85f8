"""What the verbs over reviews give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from pipeline.model import Disposition, StoredArticle
from pipeline.store.records import Correction, CorrectionAction


@dataclass(frozen=True, slots=True)
class Doubt:
    """A text that waits for a person. `score`: how much speaks for it, from 1 (`pipeline.reviews.doubt`)."""

    stored: StoredArticle
    score: float


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's word on whether an article is ours, with the text as it was judged."""

    correction: Correction
    version_id: int
    watches: Mapping[str, int | None]  # watch → edition: all that the text is about; empty: it is not ours
    accepted: Mapping[str, int | None]  # those of them that only the person's word puts it under
    doubtful: tuple[str, ...]  # watches that it was possibly about; empty: it did not wait for a person
    url: str
    outlet: str | None
    disposition: Disposition
    headline: str | None
    article_body: tuple[str, ...] = field(repr=False)
    description: str | None = None
    keywords: tuple[str, ...] = ()
    date_published: datetime | None = None
    in_language: str | None = None

    @property
    def ours(self) -> bool:
        return self.correction.action is CorrectionAction.ACCEPT

    @property
    def stands(self) -> bool:
        return self.correction.undone_at is None

    @property
    def hidden(self) -> bool:
        """Whether its text may not be given out: somebody withheld it, or took it down."""
        return self.disposition in {Disposition.WITHHELD, Disposition.TAKEN_DOWN}
