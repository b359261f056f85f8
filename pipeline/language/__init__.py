"""Which language a text is in: script first, then its words and letters, then langdetect.

langdetect is strong on the world's large languages, and knows no Malay, Javanese, Sundanese or Tetum: it calls them
Indonesian, Tagalog or Portuguese with 0.9999. So a table of our own training (`latin.py`) says first whether a text of
Latin script is in a language of the region; where it is not, or that is not sure, langdetect names it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

import numpy as np

from pipeline.language.latin import OTHER, UNIT, Tables, shipped, words_of
from pipeline.language.scripts import ScriptShare, chief_script
from pipeline.language.statistics import first_opinion, second_opinion

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
REGION = frozenset({"id", "ms", "jv", "su", "tl", "tet", "en", "pt", "vi"})  # of Latin script; langdetect names others
_FOREIGN = 0.8  # langdetect's own probability from which it is believed on a language outside the region
_FLOOR = 0.45  # below it the language is not known
_LEAST_LETTERS = 3
_LEAST_FOREIGN = 12  # letters from which langdetect tells a language outside the region from an abbreviation
# What Malay is held back by, as Indonesian is printed far more, and what each word gives it, as its word list is the
# smaller one; natural logarithms, chosen on held-out parts. Short texts tell little: there the first decides.
_MALAY_HELD, _MALAY_WORD, _MALAY_WORDS = 1.0, 0.1, 30
_PRIOR = 4.0  # natural logarithms: what the outlet's language is worth, as much as one telling word
# Words of a text bear on each other, so their evidence counts the less the more they are: score / words ** _SPREAD.
# Both fitted on held-out folds so that of the texts given 0.9 some 90 % are right (pipeline/data/latin.md).
_STEEPNESS, _SPREAD = 1.2, 0.5
_MOST_SURE = 0.999
_NOISE = re.compile(r"https?://\S+|[^\s@]{1,64}@[^\s@]{2,255}|[\ud800-\udfff]")
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
    return detect_with(None, text, prior)


def detect_with(tables: Tables | None, text: str, prior: str | None = None) -> Guess:
    """`detect` with other tables than the package's (None): how a table is measured on text it was not made from."""
    clean = _NOISE.sub(" ", _sample(text))
    if not clean.isascii():
        clean = unicodedata.normalize("NFC", clean)
    script = chief_script(clean)
    if script.script is None:
        return UNKNOWN
    if script.script == "Latin":
        return _latin(tables or shipped(), clean, script.letters, prior)
    return _by_script(clean, script)


def _by_script(text: str, found: ScriptShare) -> Guess:
    certainty = 0.5 + found.share / 2
    language = _CERTAIN.get(found.script or "")
    if language is not None:
        return Guess(language, certainty)
    ranked = second_opinion(text, _SHARED[found.script or ""])
    language = max(ranked, key=lambda name: (ranked[name], name))
    return Guess(language, certainty * ranked[language])


def _latin(tables: Tables, text: str, letters: int, prior: str | None) -> Guess:
    words = words_of(text)
    if letters < _LEAST_LETTERS or not words:
        return UNKNOWN
    scores = tables.score(words) / UNIT
    scores[tables.languages.index("ms")] += _MALAY_WORD * min(len(words), _MALAY_WORDS) - _MALAY_HELD
    if prior in tables.languages:
        scores[tables.languages.index(prior)] += _PRIOR
    place = int(scores.argmax())
    language = tables.languages[place]
    if language not in REGION:
        return _foreign(text, language) if letters >= _LEAST_FOREIGN else UNKNOWN
    confidence = min(certainty(scores, len(words)), _MOST_SURE)
    return Guess(language if confidence >= _FLOOR else None, confidence)


def certainty(scores: np.ndarray[tuple[int], np.dtype[np.float64]], words: int) -> float:
    """Of the highest score, 0..1. `scores` in natural logarithms."""
    steep = _STEEPNESS / words**_SPREAD
    return 1.0 / float(np.exp(steep * (scores - scores.max())).sum())


def _foreign(text: str, language: str) -> Guess:
    """A language outside the region, as langdetect names it. It is believed where it is not blind, or we agree."""
    opinion = first_opinion(text)
    top = max(opinion, key=lambda name: (opinion[name], name), default=None)
    if top is None or opinion[top] < _FOREIGN or (top in REGION and language == OTHER):
        return UNKNOWN
    return Guess(top, min(opinion[top], _MOST_SURE))


def _sample(text: str) -> str:
    """The text, or pieces of its beginning, middle and end: a quotation in another language is not all of it."""
    if len(text) <= 3 * _PIECE:
        return text
    middle = len(text) // 2
    return " ".join((text[:_PIECE], text[middle : middle + _PIECE], text[-_PIECE:]))
