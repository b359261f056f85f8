"""Makes the tables of `pipeline/language/latin.py` from counts of words."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.language.latin import GRAM_UNIT, ORDER, PAIR, UNIT, Scores, Tables, pair_scores, spell, whole
from tests.language.letters import Letters, conditional
from tests.language.sources import LANGUAGES, WEIGHT, WEIGHTS, Text, letter_model, word_lists

Counts = dict[str, dict[str, float]]  # language -> word -> count

_LIST_SIZE = 2e6  # words a word list stands for
_UNSEEN = 2e4  # words' worth of weight for those never seen, as the letters tell them
_MOST_UNSEEN = 0.3  # share of a language's words never seen, at most: little text must not make a language of names
_BORROWED = 0.3  # of what Javanese, Sundanese and Tetum have not shown of themselves, the share of Indonesian words
_BORROWERS = ("jv", "su", "tet")
_NAMES = 0.02  # share of the world's words in what no language has shown
_WORLD = ("en", "es", "fr", "de", "it", "nl", "pt")
_SEEN_OFTEN = 10.0  # a word seen so often in a list is trusted halfway to tell Indonesian from Malay
_RAREST_RUN = {1: 0.0, 2: 0.0, 3: 4.0, 4: 25.0, 5: 60.0}  # weight in any one language from which a run is kept
_TELLING = 0.75  # natural logarithms: a run or word that says no more than its letters alone is left out
# most frequent words of each list that are weighed one by one; the letters speak for the others
_KEPT = {"id": 32_000, "ms": 32_000, "tl": 14_000, "en": 14_000, "pt": 6_000, "vi": 4_000}
_KEPT_ELSEWHERE = 2_500


@dataclass(frozen=True)
class Learned:
    counts: Counts
    letters: dict[str, Letters]
    totals: dict[str, float]
    unseen: dict[str, float]  # share of words never seen


def learn(texts: Sequence[Text]) -> Tables:
    """The tables that these texts give, with the word lists."""
    learned = _learned(_counted(texts))
    runs = _runs(learned)
    without_words = Tables(
        LANGUAGES,
        {},
        np.zeros((0, len(LANGUAGES)), dtype=np.int8),
        {run: row for row, run in enumerate(runs)},
        np.array([_run_scores(learned, run) for run in runs], dtype=np.int8),
        np.array([math.log(learned.unseen[language]) for language in LANGUAGES]),
    )
    words, rows = [], []
    for word in sorted(_candidates(learned.counts)):
        scores = _word_scores(learned, word)
        if np.abs(scores - spell(without_words, word)).max() >= _TELLING * UNIT:
            words.append(word)
            rows.append(scores)
    return Tables(
        LANGUAGES,
        {word: row for row, word in enumerate(words)},
        np.array(rows, dtype=np.int8),
        without_words.grams,
        without_words.gram_scores,
        without_words.unseen,
        tuple(sorted({one.source for one in texts})),
    )


def _counted(texts: Iterable[Text]) -> Counts:
    counts: dict[str, dict[str, float]] = {language: defaultdict(float) for language in LANGUAGES}
    for language, listed in word_lists().items():
        for word, share in listed.items():
            counts[language][word] += share * _LIST_SIZE
    for one in texts:
        for word in one.words:
            counts[one.language][word] += WEIGHTS.get(one.source, WEIGHT)
    return counts


def _learned(counts: Counts) -> Learned:
    totals = {language: sum(words.values()) for language, words in counts.items()}
    unseen = {language: min(_UNSEEN / (total + _UNSEEN), _MOST_UNSEEN) for language, total in totals.items()}
    return Learned(counts, {language: Letters(words) for language, words in counts.items()}, totals, unseen)


def _word_scores(learned: Learned, word: str) -> Scores:
    lists = word_lists()
    world = sum(lists[language].get(word, 0.0) for language in _WORLD) / len(_WORLD)
    indonesian = lists["id"].get(word, 0.0)
    scores = np.zeros(len(LANGUAGES))
    for place, language in enumerate(LANGUAGES):
        expected = math.exp(learned.letters[language].word(word)) * (1 - _NAMES) + _NAMES * world
        if language in _BORROWERS:
            expected = expected * (1 - _BORROWED) + _BORROWED * indonesian
        seen = learned.counts[language].get(word, 0.0) / learned.totals[language]
        share = learned.unseen[language]
        scores[place] = math.log((1 - share) * seen + share * expected)
    first, second = (LANGUAGES.index(language) for language in PAIR)
    trust = _trust(learned.counts, lists, word)
    scores[first], scores[second] = pair_scores(scores[first], scores[second], trust, _letters_apart(word))
    return whole(scores)


def _trust(counts: Counts, lists: Mapping[str, Mapping[str, float]], word: str) -> float:
    """How far the counts of a word are believed to tell Indonesian from Malay, 0..1; less if it is rare or foreign."""
    often = max(counts[language].get(word, 0.0) for language in PAIR)
    foreign = max(lists[language].get(word, 0.0) for language in ("en", "es", "fr", "de", "it"))
    here = max(lists[language].get(word, 0.0) for language in PAIR)
    native = min(1.0, (here + 1e-9) / (foreign + 1e-9))
    return (0.3 + 0.7 * often / (often + _SEEN_OFTEN)) * native


def _letters_apart(word: str) -> float:
    """Indonesian over Malay by the second letter model, in natural logarithms."""
    return sum(_apart(word[max(0, end - ORDER) : end]) for end in range(1, len(word) + 1))


def _apart(run: str) -> float:
    first, second = (conditional(letter_model(language), run) for language in PAIR)
    return math.log(first / second)


def _runs(learned: Learned) -> list[str]:
    """The runs of letters that are frequent enough somewhere and say something the shorter run does not."""
    heaviest: dict[str, float] = defaultdict(float)
    for letters in learned.letters.values():
        for run, weight in letters.runs.items():
            heaviest[run] = max(heaviest[run], weight)
    frequent = [run for run, weight in heaviest.items() if weight >= _RAREST_RUN[len(run)]]
    return sorted(run for run in frequent if len(run) == 1 or _says_more(learned, run))


def _says_more(learned: Learned, run: str) -> bool:
    change = _run_scores(learned, run) - _run_scores(learned, run[1:])
    return bool(np.abs(change).max() >= _TELLING * GRAM_UNIT)


def _run_scores(learned: Learned, run: str) -> Scores:
    scores = np.array([math.log(learned.letters[language].probability(run)) for language in LANGUAGES])
    scores -= scores.mean()
    plain = run.replace("<", "")
    apart = 0.0 if not plain or plain.endswith(">") else _apart(plain)
    scaled: Scores = np.clip(np.rint(GRAM_UNIT * np.append(scores, apart)), -127, 127).astype(np.int64)
    return scaled


def _candidates(counts: Counts) -> set[str]:
    listed = word_lists()
    found: set[str] = set()
    for language, words in counts.items():
        if language in listed:
            most = _KEPT.get(language, _KEPT_ELSEWHERE)
            found |= {word for word, _ in Counter(listed[language]).most_common(most)}
        own = (word for word, count in words.items() if count >= 2 and word not in listed.get(language, {}))
        found |= set(own)
    return found
