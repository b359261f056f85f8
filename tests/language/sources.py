"""What the table is made from: word lists and letter models of packages, and labelled texts by source.

The packages are needed for training only: wordfreq 3.1.1 and lingua-language-detector 1.3.5 (the last that keeps its
letter models as files), in an environment of their own.
"""

from __future__ import annotations

import gzip
import importlib
import importlib.util
import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import brotli  # type: ignore[import-untyped]  # ships no types

from pipeline.language.latin import OTHER, words_of

LANGUAGES = ("id", "ms", "jv", "su", "tl", "tet", "en", "pt", "vi", "es", "fr", "de", "nl", "it", OTHER)
# our code -> (wordfreq's, how many of its most frequent words)
LISTS = {
    "id": ("id", 32_000), "ms": ("ms", 32_000), "tl": ("fil", 32_000), "en": ("en", 30_000), "pt": ("pt", 30_000),
    "vi": ("vi", 30_000), "es": ("es", 30_000), "fr": ("fr", 30_000), "de": ("de", 30_000), "nl": ("nl", 30_000),
    "it": ("it", 30_000),
}  # fmt: skip
OTHERS = ("pl", "tr", "cs", "sv", "da", "nb", "fi", "hu", "ro", "ca", "sh", "sl", "sk", "lt", "lv")
_OTHERS_EACH = 6_000
# sources of the labelled texts that may be learned from, with the licence of each. The news sentences (dslcc) are
# excerpts without a free licence: they are measured on and never learned from.
LICENCES = {
    "flores": "CC BY-SA 4.0", "nusax": "CC BY-SA 4.0", "nusa-writes": "CC BY-SA 4.0", "talpco": "CC BY 4.0",
    "lingua": "Apache-2.0", "udhr": "free to use (United Nations)",
}  # fmt: skip
# how often one word of a text counts beside a word list of 2,000,000
WEIGHTS = {"nusa-writes": 1.0}
WEIGHT = 30.0
_OWN = {"jv": "javanese.txt", "su": "sundanese.txt", "tet": "tetum.txt"}


@dataclass(frozen=True, slots=True)
class Text:
    """A labelled text. `place` is where it stands among those of its source, kind and language, 0..1."""

    words: tuple[str, ...]
    language: str
    source: str
    kind: str
    text: str
    place: float


def labelled(data: Path) -> tuple[Text, ...]:
    """Every line of the data, in its order."""
    with gzip.open(data, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    totals = Counter((row["kind"], row["src"], row["lang"]) for row in rows)
    seen: Counter[tuple[str, str, str]] = Counter()
    texts = []
    for row in rows:
        key = row["kind"], row["src"], row["lang"]
        source = row["src"].partition("/")[0].removesuffix("-wordpairs")
        place = (seen[key] + 0.5) / totals[key]
        seen[key] += 1
        texts.append(Text(tuple(words_of(row["text"])), row["lang"], source, row["kind"], row["text"], place))
    return tuple(texts)


def allowed(texts: Iterable[Text]) -> tuple[Text, ...]:
    """Those that may be learned from: a licence that allows it, Latin script, running text."""
    return tuple(
        one for one in texts if one.source in LICENCES and one.language in LANGUAGES and one.kind != "wordpair"
    )


def own() -> tuple[Text, ...]:
    """Our own sentences and words of the languages that have no word list."""
    texts: list[Text] = []
    for language, name in _OWN.items():
        lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
        texts += (Text(tuple(words_of(line)), language, "own", "sent", line, 0.5) for line in lines)
    return tuple(texts)


@lru_cache(maxsize=1)
def word_lists() -> dict[str, dict[str, float]]:
    """Language -> word -> share of all words, 0..1."""
    lists = {ours: _word_list(theirs, most) for ours, (theirs, most) in LISTS.items()}
    others: dict[str, float] = defaultdict(float)
    for code in OTHERS:
        for word, share in _word_list(code, _OTHERS_EACH).items():
            others[word] += share / len(OTHERS)
    return lists | {OTHER: dict(others)}


def _word_list(code: str, most: int) -> dict[str, float]:
    wordfreq = importlib.import_module("wordfreq")
    shares: dict[str, float] = defaultdict(float)
    listed = sorted(wordfreq.get_frequency_dict(code, wordlist="best").items(), key=lambda entry: (-entry[1], entry[0]))
    for word, share in listed[:most]:
        for part in words_of(word):
            shares[part] += share
    return dict(shares)


@lru_cache(maxsize=2)
def letter_model(code: str) -> dict[str, float]:
    """Run of 1..5 letters -> probability of its last letter after the others, from lingua's model of a language."""
    found = importlib.util.find_spec("lingua")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("lingua-language-detector 1.3.5 is needed to train")
    folder = Path(found.origin).parent / "language-models" / code
    model: dict[str, float] = {}
    for name in ("unigrams", "bigrams", "trigrams", "quadrigrams", "fivegrams"):
        content = json.loads(brotli.decompress((folder / f"{name}.json.br").read_bytes()))
        for share, runs in content["ngrams"].items():
            over, _, under = share.partition("/")
            model |= dict.fromkeys(runs.split(" "), int(over) / int(under))
    return model
