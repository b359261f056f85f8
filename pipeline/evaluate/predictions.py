"""What a program made of labelled pages: ours, trafilatura alone, and anybody's from a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree
from trafilatura import bare_extraction
from trafilatura.settings import Document

from pipeline.errors import KlipingError
from pipeline.evaluate.json_lines import read_lines
from pipeline.evaluate.labels import Label
from pipeline.model import Article, Page


@dataclass(frozen=True, slots=True)
class Prediction:
    """The fields of DESIGN §4 that are scored; `date_published` in ISO 8601, with offset where the program has one."""

    headline: str | None = None
    date_published: str | None = None
    date_published_text: str | None = None
    dateline: str | None = None
    credit_line: str | None = None
    authors: tuple[str, ...] | None = None
    editors: tuple[str, ...] | None = None
    in_language: str | None = None
    kind: str | None = None
    article_body: tuple[str, ...] | None = None

    @property
    def text(self) -> str:
        return "\n".join(self.article_body or ())


@dataclass(frozen=True, slots=True)
class _Line:
    file: str
    article: Prediction | None  # null: the program failed on the page


@dataclass(frozen=True, slots=True)
class Program:
    """A program and what it predicts for each labelled page, in the order of the labels."""

    name: str
    predictions: tuple[Prediction, ...]


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
        in_language=article.in_language,
        kind=article.kind.value,
        article_body=article.article_body,
    )


def read_program(path: Path, labels: Sequence[Label]) -> Program:
    """Another program's predictions, named by the file's stem. A page it does not name is one it failed on.

    Raises `KlipingError` in one line where the file cannot be read or names a page that is not there.
    """
    found = {line.file: line.article for line in read_lines(path, _Line)}
    if unknown := sorted(found.keys() - {label.file for label in labels}):
        raise KlipingError(f"{path}: predicts {unknown[0]!r}, which is no page of the data; give a file made from them")
    return Program(path.name.split(".")[0], tuple(found.get(label.file) or Prediction() for label in labels))


def by_trafilatura(page: Page) -> Prediction:
    """What trafilatura reads with its default settings, and its metadata. Its dates are days."""
    found = _bare(page, with_metadata=True)
    if found is None:
        return Prediction()
    return Prediction(
        headline=found.title,
        date_published=found.date,
        authors=tuple(found.author.split("; ")) if found.author else (),
        article_body=tuple((found.text or "").split("\n")),
    )


def text_by_trafilatura(page: Page) -> Prediction:
    """The text that trafilatura reads with its default settings."""
    found = _bare(page, with_metadata=False)
    return Prediction(article_body=tuple((found.text or "").split("\n")) if found else ())


def _bare(page: Page, *, with_metadata: bool) -> Document | None:
    try:
        found = bare_extraction(page.body, url=page.url, with_metadata=with_metadata)
    except (RecursionError, ValueError, TypeError, AttributeError, IndexError, AssertionError, etree.LxmlError):
        return None  # its own defects on broken markup
    return found if isinstance(found, Document) else None
