"""Language detection on labelled texts, beside langdetect, py3langid and other programs' answers in the same run."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory
from langdetect.lang_detect_exception import LangDetectException
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from pipeline.errors import KlipingError
from pipeline.evaluate.json_lines import read_lines, write_lines
from pipeline.evaluate.report import Cell, Progress, Report, Table
from pipeline.language import detect
from pipeline.language.latin import shipped

Detector = Callable[[str], str | None]
_BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99)  # lower bounds of the confidence tables
_REFERENCE = "langdetect"  # costs are told as a multiple of its


@dataclass(frozen=True, slots=True)
class Sample:
    """One line of the data. `lang` is a BCP 47 primary subtag; `kind` and `src` say what sort of text, from where."""

    text: str
    lang: str | None = None
    kind: str = "text"
    src: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One line of a program's predictions, in the order of the data."""

    lang: str | None = None
    confidence: float = 0.0


def evaluate_language(
    data: Path, predictions: Path | None, progress: Progress | None = None, *, against: Sequence[Path] = ()
) -> Report:
    """Detect every text of `data` (JSON Lines, `.gz` too), write `predictions` and score against the labels.

    `against`: files of other programs' predictions of the same data, named by their stem. Raises `KlipingError` naming
    file and line where a file cannot be read, has another length, or the predictions cannot be written.
    """
    samples = read_lines(data, Sample)
    others = {_name(path): _answers(path, len(samples)) for path in against}
    started = time.process_time()
    guesses = []
    for done, sample in enumerate(samples, 1):
        guesses.append(detect(sample.text))
        if progress is not None:
            progress(done, len(samples))
    seconds = {"kliping": time.process_time() - started}
    if predictions is not None:
        rows = ({"lang": guess.language, "confidence": round(guess.confidence, 6)} for guess in guesses)
        write_lines(predictions, rows)
    if not any(sample.lang for sample in samples):
        return Report("language", (_costs(len(samples), seconds),))
    answers = {"kliping": [guess.language for guess in guesses]}
    answers |= {name: [answer.lang for answer in given] for name, given in others.items()}
    for name, detector in (("langdetect", _langdetect()), ("py3langid", _py3langid())):
        started = time.process_time()
        answers[name] = [detector(sample.text) for sample in samples]
        seconds[name] = time.process_time() - started
    confidences = [_calibration("kliping", samples, [Answer(one.language, one.confidence) for one in guesses])]
    confidences += [_calibration(name, samples, given) for name, given in others.items()]
    return Report("language", (*_accuracy(samples, answers), *confidences, _costs(len(samples), seconds)))


def _name(path: Path) -> str:
    return path.name.partition(".")[0]


def _answers(path: Path, expected: int) -> Sequence[Answer]:
    answers = read_lines(path, Answer)
    if len(answers) != expected:
        raise KlipingError(f"{path}: {len(answers)} predictions for {expected} texts; one a line is needed, in order")
    return answers


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
    """One table per kind of text: language, texts, share of them our table learned from, share right of each."""
    groups: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for place, sample in enumerate(samples):
        if sample.lang is not None:
            groups[sample.kind][sample.lang].append(place)
    tables = []
    for kind, languages in sorted(groups.items()):
        rows: list[tuple[Cell, ...]] = [
            (
                language,
                len(places),
                sum(_is_learned(samples[place]) for place in places) / len(places),
                *(_right(samples, given, places) for given in answers.values()),
            )
            for language, places in sorted(languages.items())
        ]
        tables.append(Table(f"accuracy: {kind}", ("language", "texts", "learned from", *answers), tuple(rows)))
    return tuple(tables)


def _is_learned(sample: Sample) -> bool:
    """Whether our table was made from texts of this source: a figure on them is fitted, not measured."""
    source = (sample.src or "").partition("/")[0]
    return source in shipped().sources and sample.lang in shipped().languages


def _right(samples: tuple[Sample, ...], given: list[str | None], places: list[int]) -> float:
    return sum(given[place] == samples[place].lang for place in places) / len(places)


def _calibration(name: str, samples: tuple[Sample, ...], answers: Sequence[Answer]) -> Table:
    """Of the texts given a confidence, how many are right."""
    rows = []
    for low, high in zip(_BINS, (*_BINS[1:], 1.01), strict=True):
        inside = [
            (sample.lang == answer.lang, answer.confidence)
            for sample, answer in zip(samples, answers, strict=True)
            if sample.lang is not None and answer.lang is not None and low <= answer.confidence < high
        ]
        if inside:
            right = sum(hit for hit, _ in inside) / len(inside)
            rows.append((low, len(inside), sum(confidence for _, confidence in inside) / len(inside), right))
    return Table(f"confidence ({name})", ("from", "texts", "mean confidence", "right"), tuple(rows))


def _costs(texts: int, seconds: dict[str, float]) -> Table:
    reference = seconds.get(_REFERENCE)
    rows: list[tuple[Cell, ...]] = [
        (name, round(1e6 * spent / max(texts, 1), 1), None if reference is None else round(spent / reference, 3))
        for name, spent in seconds.items()
    ]
    return Table("cost", ("detector", "µs a text", f"of {_REFERENCE}'s"), tuple(rows))
