"""What a text is about, as weighted terms: words and names for its own language, letters for another language."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from pipeline.wordlists import load
from pipeline.words import fold_token, is_unspaced, rough_sentences, tokens

NAME_WEIGHT = 1.5  # a capitalised word counts so much more than a common one: 1 to 2 measured alike, 3 worse
NUMBER_WEIGHT = 1.3
REPETITION = 0.5  # per logarithm of how often a term stands in a text: a speaker named at every turn is no event
# Of two words in a row: on ECB+ B³ F1 .887 with weight 1, .866 without (mean of three thresholds); in small windows of
# short texts, where any phrase is rare, less of it joins fewer that have nothing in common.
PHRASE_WEIGHT = 0.5
ANCHOR_WEIGHT = 2.0  # of names and numbers beside letters, across languages: 1 to 3 measured alike
_NAME = "="  # before what stands whole among runs of letters
_LETTERS = 4  # length of the letter runs that cognates and names share across languages
_UNSPACED_RUN = 3  # characters of Thai, Khmer or Chinese taken for a word
_FAMILY = {"ms": "id"}  # Malay and Indonesian share most words: compared as one language
_NUMBER = re.compile(r"\d")
_THOUSANDS = re.compile(r"[.,](?=\d{3}(?:\D|$))")
_ENGLISH_ENDINGS = ("'s", "ing", "ed", "es", "s", "ly")
_MALAY_ENDINGS = ("nya", "lah", "kah", "pun")


@dataclass(frozen=True, slots=True)
class Terms:
    """The weighted terms of one text, logarithmic in how often they occur."""

    family: str | None  # language or group of close languages; None: unknown
    words: Mapping[str, float]  # stems, names, numbers, and phrases: two stems in a row, function words left out
    letters: Mapping[str, float]  # letter runs, names and numbers
    names: Mapping[str, str]  # stem → as printed
    numbers: frozenset[str]
    length: int  # distinct stems


@dataclass(frozen=True, slots=True)
class _Language:
    code: str
    function: str
    usual: str


@dataclass(frozen=True, slots=True)
class _CommonWords:
    language: tuple[_Language, ...]


@cache
def function_words() -> frozenset[str]:
    """Words that take no part in comparisons, of all listed languages."""
    languages = load("common_words", _CommonWords).language
    return frozenset(word for language in languages for word in language.function.split())


@cache
def usual_stems() -> frozenset[str]:
    """Stems of words that stand in many articles of any newspaper."""
    return frozenset(
        stem(word, language.code)
        for language in load("common_words", _CommonWords).language
        for word in language.usual.split()
    )


def family_of(language: str | None) -> str | None:
    """The language, or the chief one of its group of close languages."""
    return _FAMILY.get(language, language) if language else None


@lru_cache(maxsize=1024)  # one after the other the passes over a window ask for the same articles
def terms(headline: str | None, text: str, language: str | None) -> Terms:
    """The terms of a text with its headline; names are read from the text only: headlines capitalise anything."""
    family = family_of(language)
    names = _names(text or headline or "", family)
    found = stems(f"{headline or ''}\n{text}", family)
    counts = Counter(found)
    phrases = Counter(f"{one} {other}" for one, other in pairwise(found))
    return Terms(
        family=family,
        words={term: _repeated(n) * _word_weight(term, names) for term, n in counts.items()}
        | {phrase: _repeated(n) * PHRASE_WEIGHT for phrase, n in phrases.items()},
        letters=_letters(counts, names),
        names=names,
        numbers=frozenset(term for term in counts if _NUMBER.match(term)),
        length=len(counts),
    )


def parts(term: str) -> list[str]:
    """The stems of a term: two of a phrase, else the term itself."""
    return term.split(" ")


def stems(text: str, family: str | None) -> list[str]:
    """Stems in order, function words left out, numbers in one way of writing, unspaced scripts as character runs."""
    found: list[str] = []
    run: list[str] = []
    for token in tokens(text):
        if is_unspaced(token):
            run.append(token)
            continue
        found += _runs(run)
        run = []
        word = fold_token(token)
        if word not in function_words():
            found.append(stem(word, family))
    return found + _runs(run)


def stem(word: str, family: str | None) -> str:
    """A case-folded word without its commonest ending; numbers without thousands separators."""
    if _NUMBER.match(word):
        return _THOUSANDS.sub("", word).replace(",", ".")
    for ending in _MALAY_ENDINGS if family == "id" else _ENGLISH_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def _runs(characters: list[str]) -> list[str]:
    if not characters:
        return []
    last = max(1, len(characters) - _UNSPACED_RUN + 1)
    return ["".join(characters[start : start + _UNSPACED_RUN]) for start in range(last)]


def _names(text: str, family: str | None) -> dict[str, str]:
    """Words mostly written with a capital inside sentences, and capitals alone (MGMAC), stem → as printed."""
    printed: dict[str, Counter[str]] = {}
    small: Counter[str] = Counter()
    for sentence in rough_sentences(text):
        for place, token in enumerate(tokens(sentence)):
            term = stem(fold_token(token), family)
            if not token[0].isupper():
                small[term] += 1
            elif len(token) > 2 and (place or token.isupper()) and token.casefold() not in function_words():
                printed.setdefault(term, Counter())[token] += 1
    return {
        term: max(forms.items(), key=lambda form: (form[1], form[0]))[0]
        for term, forms in sorted(printed.items())
        if forms.total() > small[term]
    }


def _word_weight(term: str, names: Mapping[str, str]) -> float:
    if _NUMBER.match(term):
        return NUMBER_WEIGHT
    return NAME_WEIGHT if term in names else 1.0


def letter_runs(names: Iterable[str]) -> frozenset[str]:
    """The keys under which names stand among `Terms.letters`: whole, and as runs of letters."""
    return frozenset(run for name in names for run in (_whole(name), *_runs_of_letters(name)))


def _letters(counts: Mapping[str, int], names: Collection[str]) -> dict[str, float]:
    """Runs of letters of all words, and names and numbers whole, which count more."""
    runs: Counter[str] = Counter()
    whole: dict[str, float] = {}
    for term, n in counts.items():
        number = bool(_NUMBER.match(term))
        if number or term in names:
            whole[_whole(term)] = ANCHOR_WEIGHT * _repeated(n)
        if not number:
            for run in _runs_of_letters(term):
                runs[run] += n
    return {run: _repeated(n) for run, n in runs.items()} | whole


def _repeated(n: int) -> float:
    return 1 + REPETITION * math.log(n)


def whole_name(letters: str) -> str | None:
    """The name or number that stands whole among `Terms.letters` under this key; None: it is a run of letters."""
    return letters.removeprefix(_NAME) if letters.startswith(_NAME) else None


def edged(term: str) -> str:
    """A term with its edges marked, as its runs of letters see it."""
    return f"_{term}_"


def _whole(term: str) -> str:
    return f"{_NAME}{term}"


def _runs_of_letters(term: str) -> list[str]:
    """Runs of four letters over the word and its edges, marked "_"."""
    marked = edged(term)
    return [marked[start : start + _LETTERS] for start in range(max(1, len(marked) - _LETTERS + 1))]
