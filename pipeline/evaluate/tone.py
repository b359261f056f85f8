"""Tone of headlines and texts on labelled cases, and the mark "headline and body differ".

A tone that is not told counts as missed: recall and F1 know no abstention. How much was told stands beside them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pipeline.errors import KlipingError
from pipeline.evaluate.json_lines import read_lines, write_lines
from pipeline.evaluate.report import Cell, Progress, Report, Table
from pipeline.language import detect
from pipeline.model import Article, Kind, StoredArticle, ToneReading
from pipeline.tone import ToneOverride, TonePart, read_tone

Value = Literal["positif", "netral", "negatif"]
VALUES: tuple[Value, ...] = ("positif", "netral", "negatif")
_UNKNOWN = datetime(1970, 1, 1, tzinfo=UTC)  # when nobody fetched anything
_SUFFIXES = (".jsonl", ".jsonl.gz")
Pair = tuple[str, str | None]  # (label, what was read)


@dataclass(frozen=True, slots=True)
class _Line:
    """One case of the data; a tone that is absent or null is not scored."""

    id: str | int
    headline: str | None = None
    body: tuple[str, ...] = ()
    lang: str | None = None
    headline_tone: Value | None = None
    body_tone: Value | None = None


@dataclass(frozen=True, slots=True)
class ToneCase:
    """A text and what a person says of its tone; None is not scored."""

    id: str
    article: Article
    headline_tone: str | None
    body_tone: str | None


@dataclass(frozen=True, slots=True)
class _Read:
    """A case with what the program made of it."""

    case: ToneCase
    article: Article

    @property
    def headline(self) -> str | None:
        return _value(self.article.headline_tone)

    @property
    def body(self) -> str | None:
        return _value(self.article.body_tone)


def evaluate_tone(
    data: Path | None,
    predictions: Path | None,
    progress: Progress | None = None,
    *,
    overridden: Iterable[ToneCase] = (),
) -> Report:
    """Read the tone of every case of `data` (a JSON Lines file, `.gz` too, or a folder of them) and score it.

    `overridden`: cases that persons' overrides make, scored with them. Raises `KlipingError` in one line where a file
    cannot be read or written, or there is no case at all.
    """
    cases = [*(_cases(data) if data is not None else ()), *overridden]
    if not cases:
        raise KlipingError("tone: nothing to score; give labelled cases, or set tones by `kliping articles tone`")
    found = []
    for done, case in enumerate(cases, 1):
        found.append(_Read(case, read_tone(case.article)))
        if progress is not None:
            progress(done, len(cases))
    if predictions is not None:
        write_lines(predictions, (_prediction(one) for one in found))
    return Report("tone", tuple(_tables(found)))


def override_cases(overrides: Iterable[ToneOverride], stored: Iterable[StoredArticle]) -> tuple[ToneCase, ...]:
    """The labelled cases that standing overrides make of stored articles; one that says "not to be told" is none."""
    said: dict[int, dict[TonePart, str]] = {}
    for one in overrides:
        if one.value is not None:
            said.setdefault(one.article_id, {})[one.part] = one.value
    return tuple(
        ToneCase(
            f"article:{one.id}",
            one.article,
            said[one.id].get(TonePart.HEADLINE),
            said[one.id].get(TonePart.BODY),
        )
        for one in stored
        if one.id in said
    )


def _cases(data: Path) -> list[ToneCase]:
    """In the order of the files' names, each once."""
    paths = [data]
    if data.is_dir():
        paths = sorted(path for path in data.iterdir() if path.name.endswith(_SUFFIXES))
    if not paths:
        raise KlipingError(f"{data}: holds no .jsonl file; give labelled cases, one JSON object a line")
    found: dict[str, ToneCase] = {}
    for path in paths:
        for line in read_lines(path, _Line):
            if str(line.id) in found:
                raise KlipingError(f"{path}: case {line.id} stands twice; give every case an id of its own")
            found[str(line.id)] = ToneCase(str(line.id), _article(line), line.headline_tone, line.body_tone)
    return list(found.values())


def _article(line: _Line) -> Article:
    address = "https://evaluation.invalid/"
    text = "\n".join((line.headline or "", *line.body))
    return Article(
        url=address,
        canonical_url=address,
        outlet=None,
        kind=Kind.ARTICLE,
        fetched_at=_UNKNOWN,
        sha256="",
        headline=line.headline,
        article_body=line.body,
        in_language=line.lang or detect(text).language,
    )


def _value(reading: ToneReading | None) -> str | None:
    return reading.value if reading is not None else None


def _prediction(one: _Read) -> dict[str, object]:
    differ = one.article.tones_differ
    return {"id": one.case.id, "headline_tone": one.headline, "body_tone": one.body, "tones_differ": differ}


def _tables(found: Sequence[_Read]) -> Iterable[Table]:
    headlines = [(one.case.headline_tone, one.headline) for one in found]
    bodies = [(one.case.body_tone, one.body) for one in found]
    parts = {"headline": _labelled(headlines), "body": _labelled(bodies)}
    parts["both"] = parts["headline"] + parts["body"]
    yield Table(
        "Tone",
        ("part", "labelled", "told", "accuracy", "macro-F1"),
        tuple((name, *_figures(pairs)) for name, pairs in parts.items()),
    )
    for name, pairs in parts.items():
        yield _confusion(name, pairs)
    yield _by_language(found)
    yield _differences(found)


def _labelled(pairs: Iterable[tuple[str | None, str | None]]) -> list[Pair]:
    return [(label, told) for label, told in pairs if label is not None]


def _figures(pairs: Sequence[Pair]) -> tuple[Cell, ...]:
    told = sum(told is not None for _, told in pairs)
    right = sum(label == told for label, told in pairs)
    return len(pairs), _share(told, len(pairs)), _share(right, len(pairs)), macro_f1(pairs)


def macro_f1(pairs: Sequence[Pair]) -> float | None:
    """The mean of F1 over the tones that are labelled or told; None where there is nothing."""
    told = Counter(told for _, told in pairs)
    labels = Counter(label for label, _ in pairs)
    right = Counter(label for label, told in pairs if label == told)
    figures = [2 * right[one] / (labels[one] + told[one]) for one in VALUES if labels[one] + told[one]]
    return round(sum(figures) / len(figures), 4) if figures else None


def _confusion(name: str, pairs: Sequence[Pair]) -> Table:
    """What was read of each label."""
    counts = Counter(pairs)
    told = Counter(told for _, told in pairs)
    rows: list[tuple[Cell, ...]] = []
    for label in VALUES:
        row = [counts[label, value] for value in (*VALUES, None)]
        right = counts[label, label]
        rows.append((label, *row, _share(right, told[label]), _share(right, sum(row))))
    return Table(f"Tone of {name}: label, and what was read", ("label", *VALUES, "not told", "P", "R"), tuple(rows))


def _by_language(found: Sequence[_Read]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for language in sorted({one.case.article.in_language or "?" for one in found}):
        ours = [one for one in found if (one.case.article.in_language or "?") == language]
        headlines = _labelled((one.case.headline_tone, one.headline) for one in ours)
        bodies = _labelled((one.case.body_tone, one.body) for one in ours)
        figures = (macro_f1(headlines), macro_f1(bodies), macro_f1(headlines + bodies))
        told = sum(told is not None for _, told in headlines + bodies)
        rows.append((language, len(ours), *figures, _share(told, len(headlines) + len(bodies))))
    columns = ("language", "cases", "headline macro-F1", "body macro-F1", "macro-F1", "told")
    return Table("By language", columns, tuple(rows))


def _differences(found: Sequence[_Read]) -> Table:
    """The mark, by the model's own rule, where headline and body are both labelled."""
    both = [one for one in found if one.case.headline_tone and one.case.body_tone]
    wanted = [_differ(one.case) for one in both]
    told = [one.article.tones_differ for one in both]
    right = sum(a and b for a, b in zip(wanted, told, strict=True))
    row = (sum(wanted), sum(told), right, _share(right, sum(told)), _share(right, sum(wanted)))
    return Table("Headline and body differ", ("labelled", "told", "right", "P", "R"), (row,))


def _differ(case: ToneCase) -> bool:
    headline, body = (ToneReading(value, "label") for value in (case.headline_tone, case.body_tone))
    return replace(case.article, headline_tone=headline, body_tone=body).tones_differ


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
