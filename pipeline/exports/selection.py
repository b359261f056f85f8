"""What an export is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pipeline.model import Disposition
from pipeline.store import ArticleFilter

Format = Literal["jsonl", "csv", "warc"]


@dataclass(frozen=True, slots=True)
class Selection:
    """All given conditions hold. `since <= date < until`: of publication, where unknown of the first commit."""

    since: datetime | None = None
    until: datetime | None = None
    outlet: str | None = None
    watch: str | None = None
    tag: str | None = None
    language: str | None = None
    story: str | None = None
    disposition: Disposition = Disposition.KEPT

    def filter(self, disposition: Disposition) -> ArticleFilter:
        """The store's filter for the articles of this selection that have that disposition."""
        return ArticleFilter(
            since=self.since,
            until=self.until,
            outlet=self.outlet,
            watch=self.watch,
            tag=self.tag,
            language=self.language,
            story=self.story,
            disposition=disposition,
        )
