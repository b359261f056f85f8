"""Quotes on labelled texts: which words are spoken, and by whom. The product's own steps read the bare text.

A quote is right where its span is the label's, once marks, spaces and stops at both ends are off; the lenient figure
takes spans that share `LENIENT` of their characters. A speaker is right where its name has the words of the label's, or
the label's has its; it is counted over the quotes whose span is right and whose label names somebody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipeline.evaluate.json_lines import read_lines, write_lines
from pipeline.evaluate.pfsa import PfsaArticle, is_pfsa, read_pfsa
from pipeline.evaluate.report import Cell, Progress, Report, Table
from pipeline.locations import find_locations
from pipeline.model import Article, Kind, Quote
from pipeline.people import find_people
from pipeline.process import set_language
from pipeline.quotes import find_quotes
from pipeline.quotes.cues import cues

LENIENT = 0.8  # intersection over union, in characters
_EDGES = " \t\r\n\u00a0\"'“”„‟‘’«»「」『』.,;:!?…"
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_SMALL = frozenset({"seorang", "para", "the", "a", "an", "itu", "tersebut"})
_UNKNOWN = datetime(1970, 1, 1, tzinfo=UTC)  # nobody fetched these texts


@dataclass(frozen=True, slots=True)
class Label:
    """A labelled quote: code points into the text. `kind` None: the data do not tell direct from indirect."""

    start: int
    end: int
    speaker: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """One line of the data; `quotes` None where it has no labels."""

    text: str
    id: str | int | None = None
    lang: str | None = None
    quotes: tuple[Label, ...] | None = None


@dataclass(frozen=True, slots=True)
class _Text:
    """A text with what is expected of it: `speakers` of each label, and where a quote without a label is no fault."""

    id: str | int
    text: str
    lang: str | None
    labels: tuple[Label, ...] | None
    speakers: tuple[tuple[str, ...], ...]
    labelled: tuple[tuple[int, int], ...] | None = None  # None: every quote of the text has a label


@dataclass(slots=True)
class _Score:
    """Counts of one table's row."""

    expected: int = 0
    found: int = 0
    exact: int = 0
    lenient: int = 0
    named: int = 0  # of the exact ones, those whose label names a speaker
    speaker: int = 0  # of these, right
    unlabelled: int = 0  # found, of somebody whom the data leave out


def evaluate_quotes(data: Path, predictions: Path | None, progress: Progress | None = None) -> Report:
    """Read every text of `data` (JSON Lines or PFSA-ID, `.gz` too), write `predictions`, score where labels are.

    Raises `KlipingError` naming file and line where the data cannot be read or the predictions cannot be written.
    """
    of_pfsa = is_pfsa(data)
    texts = _of_pfsa(read_pfsa(data)) if of_pfsa else _of_lines(read_lines(data, Sample))
    found: list[tuple[Quote, ...]] = []
    for done, one in enumerate(texts, 1):
        found.append(quotes_in(one.text, one.lang))
        if progress is not None:
            progress(done, len(texts))
    if predictions is not None:
        write_lines(predictions, (_line(one, quotes) for one, quotes in zip(texts, found, strict=True)))
    return Report("quotes", tuple(_tables(texts, found, of_pfsa=of_pfsa)))


def quotes_in(text: str, language: str | None = None) -> tuple[Quote, ...]:
    """The quotes of a bare text, cut into paragraphs at "\\n"; offsets are code points into that very text."""
    article = Article(
        url="",
        canonical_url="",
        outlet=None,
        kind=Kind.ARTICLE,
        fetched_at=_UNKNOWN,
        sha256="",
        article_body=tuple(text.split("\n")),
        in_language=language,
    )
    article = article if language else set_language(article, None)
    return find_quotes(find_people(find_locations(article))).quotes


def _of_lines(samples: Sequence[Sample]) -> list[_Text]:
    return [
        _Text(
            number if one.id is None else one.id,
            one.text,
            one.lang,
            one.quotes,
            tuple((label.speaker,) if label.speaker else () for label in one.quotes or ()),
        )
        for number, one in enumerate(samples)
    ]


def _of_pfsa(articles: Sequence[PfsaArticle]) -> list[_Text]:
    return [
        _Text(
            number,
            one.text,
            "id",
            tuple(
                Label(said.start, said.end, None, "direct" if said.direct else "indirect") for said in one.statements
            ),
            tuple(said.speakers for said in one.statements),
            one.labels,
        )
        for number, one in enumerate(articles)
    ]


def _line(one: _Text, quotes: Sequence[Quote]) -> dict[str, object]:
    wanted = ("start", "end", "text", "speaker", "role", "kind")
    return {"id": one.id, "quotes": [{name: getattr(quote, name) for name in wanted} for quote in quotes]}


def _tables(texts: Sequence[_Text], found: Sequence[tuple[Quote, ...]], *, of_pfsa: bool) -> Iterator[Table]:
    yield _counts(texts, found)
    labelled = [(one, quotes) for one, quotes in zip(texts, found, strict=True) if one.labels is not None]
    if not labelled:
        return
    half = len(labelled) // 2
    parts = {"all": labelled, "first half": labelled[:half], "second half": labelled[half:]}
    kinds = {label.kind for one, _ in labelled for label in one.labels or ()}
    for kind in ("direct", "indirect", None):
        if kind not in kinds:
            continue
        if of_pfsa and kind == "indirect":
            continue  # it labels next to none: a role outside marks has the label of a statement
        rows = [_row(name, _score(part, kind, lenient_labels=False)) for name, part in parts.items()]
        if of_pfsa:
            rows += [
                _row(f"{name}, public figures", _score(part, kind, lenient_labels=True)) for name, part in parts.items()
            ]
        yield Table(f"{kind or 'all'} quotes", _COLUMNS, tuple(rows))


_COLUMNS = ("texts", "labels", "found", "unlabelled", "precision", "recall", "F1", "lenient F1", "speaker right")


def _row(name: str, score: _Score) -> tuple[Cell, ...]:
    precision, recall, f1 = _figures(score.exact, score.found, score.expected)
    lenient = _figures(score.lenient, score.found, score.expected)[2]
    speaker = round(score.speaker / score.named, 4) if score.named else None
    return (name, score.expected, score.found, score.unlabelled, precision, recall, f1, lenient, speaker)


def _figures(right: int, found: int, expected: int) -> tuple[float, float, float]:
    precision = right / found if found else 0.0
    recall = right / expected if expected else 0.0
    return round(precision, 4), round(recall, 4), round(2 * right / (found + expected), 4) if found + expected else 0.0


def _score(part: Sequence[tuple[_Text, tuple[Quote, ...]]], kind: str | None, *, lenient_labels: bool) -> _Score:
    """`lenient_labels`: a quote that lies apart from every label, its attribution too, is left out of the count."""
    score = _Score()
    for one, quotes in part:
        spans = [(place, _bare(one.text, label.start, label.end)) for place, label in enumerate(one.labels or ())]
        wanted = [(place, span) for place, span in spans if (one.labels or ())[place].kind == kind]
        score.expected += len(wanted)
        for quote in quotes:
            if kind is not None and quote.kind != kind:
                continue
            _count(score, one, quote, wanted, lenient_labels=lenient_labels)
    return score


def _count(
    score: _Score, one: _Text, quote: Quote, wanted: list[tuple[int, tuple[int, int]]], *, lenient_labels: bool
) -> None:
    span = _bare(one.text, quote.start, quote.end)
    if lenient_labels and one.labelled is not None and _is_unlabelled(quote, one.labelled):
        score.unlabelled += 1
        return
    score.found += 1
    best = max(wanted, key=lambda label: _shared(label[1], span), default=None)
    if best is None or _shared(best[1], span) < LENIENT:
        return
    score.lenient += 1
    wanted.remove(best)
    if best[1] != span:
        return
    score.exact += 1
    speakers = one.speakers[best[0]]
    if speakers:
        score.named += 1
        score.speaker += any(is_same_speaker(quote, name) for name in speakers)


def _is_unlabelled(quote: Quote, labelled: Sequence[tuple[int, int]]) -> bool:
    """Whether neither its words nor its cue and what follows it bear a label."""
    start, end = quote.start, quote.end
    if quote.cue_span is not None:
        start, end = min(start, quote.cue_span[0]), max(end, quote.cue_span[1])
    return not any(first < end and start < last for first, last in labelled)


def is_same_speaker(quote: Quote, name: str) -> bool:
    """Whether a quote's speaker, by name or by role, is the one that a label names."""
    wanted = _words(name)
    spoken = _words(quote.speaker or "")
    if wanted and spoken and (wanted <= spoken or spoken <= wanted):
        return True
    return bool(wanted) and wanted <= _words(quote.role or "")


def _words(name: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORD.findall(name)) - _SMALL - cues().titles


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without marks, spaces and stops at its ends."""
    words = text[start:end]
    begin = start + len(words) - len(words.lstrip(_EDGES))
    return begin, max(begin, start + len(words.rstrip(_EDGES)))


def _shared(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Intersection over union of two spans."""
    both = min(one[1], other[1]) - max(one[0], other[0])
    union = max(one[1], other[1]) - min(one[0], other[0])
    return max(0, both) / union if union else 0.0


def _counts(texts: Sequence[_Text], found: Sequence[tuple[Quote, ...]]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for kind in ("direct", "indirect"):
        of_kind = [quote for quotes in found for quote in quotes if quote.kind == kind]
        rows.append((kind, len(of_kind), sum(quote.speaker is not None for quote in of_kind)))
    rows.append(("texts", len(texts), None))
    return Table("found", ("what", "number", "with a speaker"), tuple(rows))
