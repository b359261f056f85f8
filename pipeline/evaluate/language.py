"""Language detection on labelled texts, beside langdetect and py3langid in the same run."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory
from langdetect.lang_detect_exception import LangDetectException
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from pipeline.evaluate.json_lines import read_lines, write_lines
from pipeline.evaluate.report import Cell, Progress, Report, Table
from pipeline.language import Guess, detect

Detector = Callable[[str], str | None]
_BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99)  # lower bounds of the confidence table


@dataclass(frozen=True, slots=True)
class Sample:
    """One line of the data. `lang` is a BCP 47 primary subtag; `kind` and `src` say what sort of text, from where."""

    text: str
    lang: str | None = None
    kind: str = "text"
    src: str | None = None


def evaluate_language(data: Path, predictions: Path | None, progress: Progress | None = None) -> Report:
    """Detect every text of `data` (JSON Lines, `.gz` too), write `predictions` and score against the labels.

    Raises `KlipingError` naming file and line where the data cannot be read, or the predictions cannot be written.
    """
    samples = read_lines(data, Sample)
    started = time.perf_counter()
    guesses = []
    for done, sample in enumerate(samples, 1):
        guesses.append(detect(sample.text))
        if progress is not None:
            progress(done, len(samples))
    seconds = {"kliping": time.perf_counter() - started}
    if predictions is not None:
        rows = ({"lang": guess.language, "confidence": round(guess.confidence, 6)} for guess in guesses)
        write_lines(predictions, rows)
    if not any(sample.lang for sample in samples):
        return Report("language", (_costs(len(samples), seconds),))
    answers = {"kliping": [guess.language for guess in guesses]}
    for name, detector in (("langdetect", _langdetect()), ("py3langid", _py3langid())):
        started = time.perf_counter()
        answers[name] = [detector(sample.text) for sample in samples]
        seconds[name] = time.perf_counter() - started
    return Report(
        "language", (*_accuracy(samples, answers), _calibration(samples, guesses), _costs(len(samples), seconds))
    )


def _langdetect() -> Detector:
    """langdetect as it comes, with all its profiles; only the seed is set."""
    factory = DetectorFactory()
    factory.set_seed(0)
    profiles = sorted(Path(PROFILES_DIRECTORY).iterdir())
    factory.load_json_profile([profile.read_text(encoding="utf-8") for profile in profiles])

    def detector(text: str) -> str | None:
        one = factory.create()
        one.append(text)
        try:
            return str(one.detect()).partition("-")[0]  # zh-cn and zh-tw are zh
        except LangDetectException:
            return None

    return detector


def _py3langid() -> Detector:
    """py3langid as it comes, over all its languages."""
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)

    def detector(text: str) -> str | None:
        return str(identifier.classify(text)[0])

    return detector


def _accuracy(samples: tuple[Sample, ...], answers: dict[str, list[str | None]]) -> tuple[Table, ...]:
    """One table per kind of text: language, texts, share right of each detector."""
    groups: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for place, sample in enumerate(samples):
        if sample.lang is not None:
            groups[sample.kind][sample.lang].append(place)
    tables = []
    for kind, languages in sorted(groups.items()):
        rows: list[tuple[Cell, ...]] = [
            (language, len(places), *(_right(samples, given, places) for given in answers.values()))
            for language, places in sorted(languages.items())
        ]
        tables.append(Table(f"accuracy: {kind}", ("language", "texts", *answers), tuple(rows)))
    return tuple(tables)


def _right(samples: tuple[Sample, ...], given: list[str | None], places: list[int]) -> float:
    return sum(given[place] == samples[place].lang for place in places) / len(places)


def _calibration(samples: tuple[Sample, ...], guesses: list[Guess]) -> Table:
    """Of the texts given a confidence, how many are right."""
    rows = []
    for low, high in zip(_BINS, (*_BINS[1:], 1.01), strict=True):
        inside = [
            (sample.lang == guess.language, guess.confidence)
            for sample, guess in zip(samples, guesses, strict=True)
            if sample.lang is not None and guess.language is not None and low <= guess.confidence < high
        ]
        if inside:
            right = sum(hit for hit, _ in inside) / len(inside)
            rows.append((low, len(inside), sum(confidence for _, confidence in inside) / len(inside), right))
    return Table("confidence (kliping)", ("from", "texts", "mean confidence", "right"), tuple(rows))


def _costs(texts: int, seconds: dict[str, float]) -> Table:
    rows = tuple((name, round(1e6 * spent / max(texts, 1), 1)) for name, spent in seconds.items())
    return Table("cost", ("detector", "µs a text"), rows)
