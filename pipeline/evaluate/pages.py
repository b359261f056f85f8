"""How well fetched pages are read: every labelled field of every page of a folder with `gold.jsonl`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipeline.dateline import read_opening
from pipeline.document import folded
from pipeline.errors import KlipingError
from pipeline.evaluate.json_lines import read_lines, write_lines
from pipeline.evaluate.report import Cell, Progress, Report, Table
from pipeline.exports.jsonl import page_json
from pipeline.model import Article, Page
from pipeline.outlet import Outlet
from pipeline.process import process_page
from pipeline.urls import outlet_for
from pipeline.watches import Watches

_FIELDS = ("title", "published", "printed date", "author", "editor", "dateline", "body", "furniture")
_TOKEN = re.compile(r"\w+")
_SAVED_AT = datetime(2026, 11, 1, tzinfo=UTC)  # pages in the folder carry no time of fetching; all are older than this
# Words that stand in no article's text: what a page prints around it.
_FURNITURE = re.compile(
    r"(?im)^\s*(?:baca juga|lihat juga|simak juga|read also|berita terkait|berita terpopuler|pewarta\s*:|editor\s*:"
    r"|copyright|advertisement|scroll to continue|\(adsbygoogle|\[gambas|komentari artikel)"
)


@dataclass(frozen=True, slots=True)
class _Section:
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _SilverBody:
    sections: tuple[_Section, ...] = ()


@dataclass(frozen=True, slots=True)
class _Silver:
    body: _SilverBody = _SilverBody()


@dataclass(frozen=True, slots=True)
class Label:
    """One line of `gold.jsonl`; an absent field is not scored."""

    file: str
    url: str
    title: str | None = None
    published: str | None = None
    author: str | None = None
    editor: str | None = None
    visible_date: str | None = None
    dateline: str | None = None  # with the credit in brackets: "Mataram, NTB (ANTARA News)"
    body: str | None = None
    silver: dict[str, _Silver] | None = None  # another parser's output, by its version
    hand_checked: bool = False

    @property
    def text(self) -> str | None:
        """The labelled body, else the other parser's."""
        if self.body is not None or not self.silver:
            return self.body
        silver = next(iter(self.silver.values()))
        return "\n".join(paragraph for section in silver.body.sections for paragraph in section.paragraphs) or None


@dataclass(frozen=True, slots=True)
class Prediction:
    """The fields of DESIGN §4 that are scored; `published` as ISO 8601 with offset."""

    headline: str | None = None
    date_published: str | None = None
    date_published_text: str | None = None
    dateline: str | None = None
    credit_line: str | None = None
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    article_body: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """Of one page: 1 right, 0 wrong, a share for the body, `None` where nothing is labelled."""

    file: str
    values: tuple[float | None, ...]  # in the order of _FIELDS


def evaluate_pages(
    data: Path,
    predictions: Path | None,
    outlets: Mapping[str, Outlet],
    watches: Watches,
    progress: Progress | None = None,
) -> Report:
    """Read every page, write `predictions` ({file, article}, one a line) and score every labelled field.

    Raises `KlipingError` in one line where the folder cannot be read or the predictions cannot be written.
    """
    labels = read_lines(data / "gold.jsonl", Label)
    scores, lines = [], []
    for done, label in enumerate(labels, start=1):
        outlet = outlet_for(label.url, tuple(outlets.values()))
        article = process_page([read_page(data, label)], None, outlet, watches)
        scores.append(score(label, prediction_of(article), outlet))
        lines.append({"file": label.file, "article": page_json(article)})
        if progress:
            progress(done, len(labels))
    if predictions is not None:
        write_lines(predictions, lines)
    return Report("pages", (_pages_table(scores), _totals_table(scores)))


def read_page(data: Path, label: Label) -> Page:
    """A saved page as if it had been fetched."""
    try:
        body = (data / label.file).read_bytes()
    except OSError as error:
        raise KlipingError(f"{data / label.file}: cannot be read: {error}") from None
    return Page(url=label.url, status=200, headers=(), body=body, fetched_at=_SAVED_AT, outlet=None)


def prediction_of(article: Article) -> Prediction:
    published = article.date_published.isoformat() if article.date_published else None
    return Prediction(
        headline=article.headline,
        date_published=published,
        date_published_text=article.date_published_text,
        dateline=article.dateline,
        credit_line=article.credit_line,
        authors=article.authors,
        editors=article.editors,
        article_body=article.article_body,
    )


def score(label: Label, prediction: Prediction, outlet: Outlet | None) -> Score:
    """Names and title exact, the instant with its offset, the body by words."""
    body = "\n".join(prediction.article_body)
    values = (
        _same(label.title, prediction.headline),
        _same_instant(label.published, prediction.date_published),
        _same(label.visible_date, prediction.date_published_text),
        _same_names(label.author, prediction.authors),
        _same_names(label.editor, prediction.editors),
        _same(label.dateline, f"{prediction.dateline} ({prediction.credit_line})"),
        None if label.text is None else token_f1(_opened(label.text, outlet), _opened(body, outlet)),
        None if label.text is None else float(not _FURNITURE.search(body)),
    )
    return Score(label.file, values)


def _same(label: str | None, value: str | None) -> float | None:
    """Equal but for white space."""
    return None if label is None else float(" ".join(label.split()) == " ".join((value or "").split()))


def _same_names(label: str | None, value: Sequence[str]) -> float | None:
    return None if label is None else float([label] == list(value))


def _same_instant(label: str | None, value: str | None) -> float | None:
    """The same instant, and printed with the same offset."""
    if label is None:
        return None
    try:
        told, wanted = datetime.fromisoformat(value or ""), datetime.fromisoformat(label)
    except ValueError:
        return 0.0
    return float(told == wanted and told.utcoffset() == wanted.utcoffset()) if told.tzinfo else 0.0


def _opened(text: str, outlet: Outlet | None) -> str:
    """Without "Jakarta (ANTARA) - ": it is a field of its own, and labels keep it in the body or not."""
    opening = read_opening(text.split("\n", 1)[0], outlet.credits if outlet else ())
    return text[opening.length :] if opening else text


def token_f1(label: str, value: str) -> float:
    """Harmonic mean of precision and recall over words as multisets; texts equal but for white space give 1."""
    if folded(label) == folded(value):
        return 1.0
    wanted, told = Counter(_TOKEN.findall(label)), Counter(_TOKEN.findall(value))
    common = sum((wanted & told).values())
    return 2 * common / (sum(wanted.values()) + sum(told.values())) if common else 0.0


def _pages_table(scores: Sequence[Score]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (page.file, *(None if v is None else round(v, 4) for v in page.values)) for page in scores
    ]
    return Table("pages (1 right, 0 wrong; body: token F1; furniture: 1 none)", ("file", *_FIELDS), tuple(rows))


def _totals_table(scores: Sequence[Score]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for place, field in enumerate(_FIELDS):
        values = [value for page in scores if (value := page.values[place]) is not None]
        right = sum(1 for value in values if value == 1.0)
        rows.append((field, len(values), right, round(sum(values) / len(values), 4) if values else None))
    return Table("totals", ("field", "labelled", "exact", "mean"), tuple(rows))
