"""The pages that are measured: real ones with labels, a public benchmark's, and the bundled newsroom's."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from crawlers.loader import load_outlets
from crawlers.newsroom import ArticleText, render_article, truth
from pipeline.config import load_settings
from pipeline.evaluate.labels import Label, read_labels, read_page, read_truth
from pipeline.model import Page
from pipeline.outlet import Outlet
from pipeline.urls import outlet_for

TODAY = date(2026, 11, 18)
NOW = datetime(2026, 11, 18, 1, tzinfo=UTC)
SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
OUTLETS = load_outlets(load_settings(Path(tempfile.gettempdir()) / "kliping-bench")).outlets


@dataclass(frozen=True)
class Read:
    """A page, and the outlet file it is read with."""

    name: str
    page: Page
    outlet: Outlet | None


def newsroom() -> list[Read]:
    """One page for every true article of a listed outlet that carries text."""
    found = []
    for true in truth(TODAY):
        if true.outlet in OUTLETS and true.article_body and true.headline:
            text = ArticleText(headline=true.headline, paragraphs=tuple(true.article_body), date=true.date_published)
            body = render_article(true.outlet, text)
            headers = (("Content-Type", "text/html; charset=utf-8"),)
            page = Page(true.url, 200, headers, body, NOW, true.outlet)
            found.append(Read(true.id, page, OUTLETS[true.outlet]))
    return found


def real() -> list[Read]:
    """The labelled pages with their outlet files; none where the data are not here."""
    return _saved(SHARED / "pages", read_labels(SHARED / "pages")) if SHARED.exists() else []


def unlisted() -> list[Read]:
    """The pages of the public benchmark; none where the data are not here."""
    return _saved(SHARED / "extraction", read_truth(SHARED / "extraction")) if SHARED.exists() else []


def _saved(data: Path, labels: Sequence[Label]) -> list[Read]:
    known = tuple(OUTLETS.values())
    return [Read(label.file, read_page(data, label), outlet_for(label.url, known)) for label in labels]
