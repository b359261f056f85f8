"""Which language a text is in: script first, then langdetect, then what tells its blind spots apart.

langdetect knows no Malay, Javanese, Sundanese or Tetum and calls them Indonesian, Tagalog or Portuguese with 0.9999.
Where it answers with one of those, py3langid, asked about the languages in question only, and lists of telling words
decide together.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass

from pipeline.language.markers import marker_weights
from pipeline.language.scripts import ScriptShare, chief_script
from pipeline.language.statistics import SECOND, first_opinion, second_opinion

# scripts that one language of the region's press writes; the others need a second look
_CERTAIN = {
    "Thai": "th", "Khmer": "km", "Lao": "lo", "Myanmar": "my", "Tamil": "ta", "Han": "zh", "Kana": "ja", "Hangul": "ko",
    "Greek": "el", "Hebrew": "he", "Armenian": "hy", "Georgian": "ka", "Sinhala": "si", "Gujarati": "gu",
    "Gurmukhi": "pa", "Telugu": "te", "Kannada": "kn", "Malayalam": "ml",
}  # fmt: skip
_SHARED = {
    "Arabic": ("ar", "fa", "ug", "ur"),
    "Bengali": ("as", "bn"),
    "Cyrillic": ("be", "bg", "kk", "ky", "mk", "mn", "ru", "sr", "tg", "uk"),
    "Devanagari": ("hi", "mr", "ne", "sa"),
}
_SURE = 0.99  # langdetect's own probability from which it is believed, where it is not blind
_BLIND = frozenset({"id", "tl", "pt"})  # what it calls Malay, Javanese, Sundanese and Tetum
_MALAYIC = ("id", "jv", "ms")
_FLOOR = 0.45  # below it the language is not known
_LEAST_LETTERS = 3
# Weights of the evidence and what a language without a model of its own is held back by. Round figures, chosen on a
# coarse grid; halving or doubling any of them moves no language by more than about a point.
_MODEL, _FIRST, _PRIOR = 1.0, 0.5, 0.6
_SUNDANESE, _TETUM = 0.5, 2.0
_STEEPNESS = 1.6  # of the softmax that makes scores a confidence: of texts given 0.9, some 90 % are right
_NOISE = re.compile(r"https?://\S+|\S+@\S+\.\S+|[\ud800-\udfff]")
_PIECE = 400  # characters of each of the three pieces that stand for a long text


@dataclass(frozen=True, slots=True)
class Guess:
    """A language and how sure we are."""

    language: str | None  # BCP 47 primary subtag; None: not known
    confidence: float  # 0..1


UNKNOWN = Guess(None, 0.0)


def detect(text: str, prior: str | None = None) -> Guess:
    """The language of a text. `prior` is the outlet's language: it tips a balance, evidence beats it.

    Deterministic, never raises; texts without (enough) letters and undecided ones give `Guess(None, …)`.
    """
    clean = _NOISE.sub(" ", unicodedata.normalize("NFC", text))
    script = chief_script(clean)
    if script.script is None:
        return UNKNOWN
    if script.script == "Latin":
        return _latin(clean, script.letters, prior)
    return _by_script(clean, script)


def _by_script(text: str, found: ScriptShare) -> Guess:
    certainty = 0.5 + found.share / 2
    language = _CERTAIN.get(found.script or "")
    if language is not None:
        return Guess(language, certainty)
    ranked = second_opinion(_sample(text), _SHARED[found.script or ""])
    language = max(ranked, key=lambda name: (ranked[name], name))
    return Guess(language, certainty * ranked[language])


def _latin(text: str, letters: int, prior: str | None) -> Guess:
    if letters < _LEAST_LETTERS:
        return UNKNOWN
    sample = _sample(text)
    first = first_opinion(sample)
    top = max(first, key=lambda name: (first[name], name), default=None)
    if top is not None and top not in _BLIND and first[top] >= _SURE:
        return Guess(top, first[top])
    return _decide(_scores(sample, text, first, prior))


def _scores(sample: str, text: str, first: dict[str, float], prior: str | None) -> dict[str, float]:
    """Evidence for each language, in natural logarithms up to a constant."""
    second = second_opinion(sample)
    model = {language: math.log(second.get(language, 0.0) + 1e-3) for language in SECOND}
    model["su"] = max(model[language] for language in _MALAYIC) - _SUNDANESE
    model["tet"] = max(model[language] for language in (*_MALAYIC, "pt", "es")) - _TETUM
    words = marker_weights(text)
    scores = {}
    for language, value in model.items():
        heard = math.log(_first_share(language, first) + 1e-2)
        held = _PRIOR if language == prior else 0.0
        scores[language] = _MODEL * value + words.get(language, 0.0) + _FIRST * heard + held
    return scores


def _first_share(language: str, first: dict[str, float]) -> float:
    """langdetect's probability for a language, or for those it mistakes it for."""
    if language == "tet":
        return max(first.get(name, 0.0) for name in _BLIND)
    return first.get("id" if language in {"jv", "ms", "su"} else language, 0.0)


def _decide(scores: dict[str, float]) -> Guess:
    language = max(scores, key=lambda name: (scores[name], name))
    total = sum(math.exp(_STEEPNESS * (score - scores[language])) for score in scores.values())
    confidence = 1.0 / total
    return Guess(language if confidence >= _FLOOR else None, confidence)


def _sample(text: str) -> str:
    """The text, or pieces of its beginning, middle and end: a quotation in another language is not all of it."""
    if len(text) <= 3 * _PIECE:
        return text
    middle = len(text) // 2
    return " ".join((text[:_PIECE], text[middle : middle + _PIECE], text[-_PIECE:]))
