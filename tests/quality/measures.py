"""The figures that have floors, each measured on the labelled data beside the project. Shares are 0..1."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path

from pipeline.evaluate.duplicates import evaluate_duplicates
from pipeline.evaluate.extraction import evaluate_extraction
from pipeline.evaluate.pages import evaluate_pages
from pipeline.evaluate.quotes import evaluate_quotes
from pipeline.evaluate.report import Cell, Report
from pipeline.evaluate.stories import evaluate_stories
from pipeline.evaluate.tone import evaluate_tone
from pipeline.evaluate.watches import evaluate_watches
from pipeline.language import detect
from pipeline.watches import bundled_watches
from tests.pipeline.reading import outlets

Figures = dict[str, float]  # name in floors.toml -> measured
_FEWEST = 25  # texts of a language; a share of fewer says little


def pages(data: Path) -> Figures:
    """Every labelled field of real pages: with their outlet files, without any, and beside trafilatura alone."""
    report = evaluate_pages(data / "pages", None, outlets(), bundled_watches())
    found: Figures = {}
    for field, row in _rows(report, "beside other programs: means (generic: kliping without outlet files)").items():
        name, ours = field.replace(" ", "_"), _number(row["kliping"])
        found[name] = ours
        found[f"{name}_without_outlet_files"] = _number(row["generic"])
        found[f"{name}_ahead_of_trafilatura"] = round(ours - _number(row["trafilatura"]), 4)
    return found


def extraction(data: Path) -> Figures:
    """Texts of general pages by the benchmark's definition, and how far ahead of trafilatura in the same run."""
    table = evaluate_extraction(data / "extraction", None).tables[0]
    ours, trafilatura = (dict(zip(table.columns, row, strict=True)) for row in table.rows)
    return {
        "f1": _number(ours["F1"]),
        "ahead_of_trafilatura": _number(trafilatura["ours is ahead by"]),
    }


def duplicates(data: Path) -> Figures:
    """Wire reprints among the articles of two days."""
    table = evaluate_duplicates(data / "neardup", None).tables[0]
    ours, *others = (dict(zip(table.columns, row, strict=True)) for row in table.rows)
    best = max(_number(other["F1"]) for other in others if "MinHash" in str(other["method"]))
    return {
        "f1": _number(ours["F1"]),
        "ari": _number(ours["ARI"]),
        "f1_ahead_of_minhash": round(_number(ours["F1"]) - best, 4),
    }


def stories(data: Path) -> Figures:
    """Events told by several articles, in one language and across two."""
    ecb, wikinews, translated = (
        evaluate_stories(data / "stories" / f"{name}.jsonl.gz", None)
        for name in ("ecbplus", "wikinews", "translated_id_en")
    )
    (pairs,) = _rows(translated, "Pairs id→en").values()
    online, night, tfidf = (
        _number(_rows(ecb, "Stories")[method]["B³ F1"])
        for method in ("kliping, online", "kliping, after the night", "online TF-IDF, at its best")
    )
    return {
        "ecbplus_online_bcubed_f1": online,
        "ecbplus_online_ahead_of_tfidf": round(online - tfidf, 4),
        "ecbplus_bcubed_f1": night,
        "wikinews_bcubed_f1": _number(_rows(wikinews, "Stories")["kliping, after the night"]["B³ F1"]),
        "translated_bcubed_f1": _number(_rows(translated, "Stories")["kliping, after the night"]["B³ F1"]),
        "translated_pair_f1": _number(pairs["F1"]),
        "translated_first_partner": _number(pairs["P@1"]),
    }


def language(data: Path) -> Figures:
    """Share right of every language and kind of text that has enough of them."""
    right: defaultdict[str, list[bool]] = defaultdict(list)
    with gzip.open(data / "language.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            one = json.loads(line)
            right[f"{one['kind']}_{one['lang']}"].append(detect(one["text"]).language == one["lang"])
    return {name: sum(hits) / len(hits) for name, hits in sorted(right.items()) if len(hits) >= _FEWEST}


def quotes(data: Path) -> Figures:
    """Statements of Kompas articles whose speakers are labelled, and who spoke them."""
    report = evaluate_quotes(data / "quotes" / "pfsa-id.txt.gz", None)
    row = _rows(report, "direct quotes")["all, public figures"]
    return {
        "direct_f1": _number(row["F1"]),
        "direct_recall": _number(row["recall"]),
        "direct_speaker_right": _number(row["speaker right"]),
    }


HALVES = ("news", "aside", "fresh", "blind")  # in the order in which they came; the last was never tuned on


def news(data: Path) -> Figures:
    """Labelled headlines and leads of our own writing, by four authors (CONTRIBUTING tells which were read when).

    `data` is not needed.
    """
    del data
    return {f"{half}_{name}": figure for half in HALVES for name, figure in _of_half(half).items()}


def _of_half(half: str) -> Figures:
    cases = Path(__file__).with_name(half)
    about, tone = evaluate_watches(cases, None, bundled_watches()), evaluate_tone(cases, None)
    scope, places = _rows(about, "Watches")["ours at all (texts)"], _rows(about, "Places by language")["all"]
    (differ,) = _rows(tone, "Headline and body differ").values()
    return {
        "scope_precision": _number(scope["P"]),
        "scope_recall": _number(scope["R"]),
        "watches_f1": _number(_rows(about, "Watches")["all"]["F1"]),
        "places_precision": _number(places["P"]),
        "places_recall": _number(places["R"]),
        "topics_f1": _number(_rows(about, "Topics by language")["all"]["F1"]),
        "tone_macro_f1": _number(_rows(tone, "Tone")["both"]["macro-F1"]),
        "tones_differ_recall": _number(differ["R"]),
    }


TASKS: Mapping[str, Callable[[Path], Figures]] = {
    "pages": pages,
    "extraction": extraction,
    "duplicates": duplicates,
    "stories": stories,
    "quotes": quotes,
    "news": news,
    "language": language,
}


def _rows(report: Report, title: str) -> dict[str, dict[str, Cell]]:
    """first cell -> column -> cell, of one table"""
    (table,) = [table for table in report.tables if table.title == title]
    return {str(row[0]): dict(zip(table.columns, row, strict=True)) for row in table.rows}


def _number(cell: Cell) -> float:
    return float(cell or 0)
