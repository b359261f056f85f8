"""Articles made of real sentences with words replaced: as many as are wanted, each again from its number alone.

As in an archive of one language, any two share phrases of the trade, all of an outlet share its footer, and a few
texts were printed by everybody. No two others are one text.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from pipeline.words import rough_sentences

SENTENCES = 7  # of an article, before phrases and footer
REPLACED = 0.3  # of its words: one 5-gram in six is as it was in the real text
OUTLETS = 40  # the larger a number the fewer articles: the first has an eighth of them
GROUPS = 25  # texts that everybody printed
PRINTS = 100  # of each of them
_SEED = 6
_STEP = 3  # every so manyth article is a print, while a text is being printed
_NOT_ARTICLES = 1 << 40  # numbers from here on are of texts that only prints are made of
_WORDS = (8, 24)  # of a sentence that is used
_PHRASES = (
    "kata dia dalam keterangan tertulis yang diterima redaksi pada hari itu juga",
    "ujarnya kepada wartawan saat ditemui seusai acara di balai kota setempat",
    "hal itu disampaikan dalam rapat kerja bersama para kepala dinas terkait",
    "masyarakat diimbau tetap tenang dan tidak mudah percaya kabar yang belum jelas",
    "hingga berita ini diturunkan belum ada tanggapan resmi dari pihak terkait",
    "polisi masih mendalami kasus tersebut dan memeriksa sejumlah saksi di lokasi",
    "pemerintah terus mendorong percepatan pembangunan yang merata di seluruh daerah",
    "acara itu turut dihadiri para pejabat daerah dan perwakilan sejumlah negara sahabat",
)


@dataclass(frozen=True, slots=True)
class Made:
    number: int
    outlet: str
    headline: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.paragraphs)


@dataclass(frozen=True, slots=True)
class Stock:
    """What articles are made of, and how many articles there are."""

    sentences: tuple[tuple[str, ...], ...]  # real ones, as their words
    words: tuple[str, ...]  # all of theirs in plain letters, the usual ones often: what words are replaced by
    count: int


def stock(shared: Path, count: int) -> Stock:
    """Sentences of the real texts of the shared data."""
    split = (sentence.split() for text in _texts(shared) for sentence in rough_sentences(text))
    sentences = tuple(sorted({tuple(words) for words in split if _WORDS[0] <= len(words) <= _WORDS[1]}))
    words = tuple(word for sentence in sentences for word in sentence if word.isascii() and word.isalpha())
    return Stock(sentences, words, count)


def _texts(shared: Path) -> list[str]:
    bodies = [json.loads(line)["body"] for line in _lines(shared / "corpus" / "indonesian_news_2025-06.jsonl.gz")]
    reprints = [json.loads(line)["text"] for line in _lines(shared / "neardup" / "articles.jsonl.gz")]
    pages = json.loads((shared / "extraction" / "ground-truth.json").read_text(encoding="utf-8"))
    return [*filter(None, bodies), *reprints, *(page["articleBody"] for page in pages.values())]


def _lines(path: Path) -> list[str]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return list(file)


# --- articles by number ----------------------------------------------------------------------------------------------


def made(of: Stock, number: int) -> Made:
    """The article of that number."""
    group = group_of(number, of.count)
    if group is None:
        return _with_footer(_own(of, number))
    text = _own(of, _NOT_ARTICLES + group)
    return _with_footer(replace(text, number=number, outlet=f"kabar{number % OUTLETS}", headline=f"Kabar {number}"))


def group_of(number: int, count: int) -> int | None:
    """Which of the texts that everybody printed the article prints, if any."""
    group, place = divmod(number, count // (GROUPS + 1))
    is_print = group < GROUPS and place % _STEP == 0 and place < _STEP * PRINTS
    return group if is_print else None


def prints(group: int, count: int) -> list[int]:
    """The articles that print that text."""
    first = group * (count // (GROUPS + 1))
    return [number for number in range(first, first + _STEP * PRINTS, _STEP) if group_of(number, count) == group]


def _own(of: Stock, number: int) -> Made:
    chance = np.random.default_rng([_SEED, number])
    outlet = int(OUTLETS * chance.random() ** 1.5)
    sentences = [
        _edited(of, of.sentences[place], chance) for place in chance.integers(len(of.sentences), size=SENTENCES)
    ]
    for place in chance.integers(len(_PHRASES), size=2):
        at = int(chance.integers(len(sentences)))
        sentences[at] = f"{sentences[at][:-1]}, {_PHRASES[place]}."
    return Made(number, f"kabar{outlet}", sentences[0][:60], paragraphs_of(sentences))


def _edited(of: Stock, words: Sequence[str], chance: np.random.Generator) -> str:
    """The sentence with some of its words replaced by others, begun with a capital and ended with a full stop."""
    found = list(words)
    for place in np.flatnonzero(chance.random(len(found)) < REPLACED):
        found[place] = of.words[int(chance.integers(len(of.words)))]
    found[0] = found[0][0].upper() + found[0][1:]
    return " ".join(found).rstrip(".,;:!?\"'") + "."


def paragraphs_of(sentences: Sequence[str]) -> tuple[str, ...]:
    """Two sentences a paragraph."""
    return tuple(" ".join(sentences[start : start + 2]) for start in range(0, len(sentences), 2))


def _with_footer(one: Made) -> Made:
    return replace(one, paragraphs=(*one.paragraphs, *footer(one.outlet)))


def footer(outlet: str) -> tuple[str, ...]:
    """What stands under every article of the outlet."""
    return (f"Ikuti kabar terbaru {outlet} setiap pagi lewat saluran pesan yang dapat Anda buka dari halaman depan.",)


# --- copies to be found ----------------------------------------------------------------------------------------------


def copied(of: Stock, original: int, kind: str, number: int) -> Made:
    """A copy of an article, printed by another outlet under another headline and above its own footer."""
    chance = np.random.default_rng([_SEED, number, original])
    source = made(of, original)
    own = list(source.paragraphs[: -len(footer(source.outlet))])
    paragraphs = {
        "exact": lambda: own,
        "near": lambda: [_rewritten(of, paragraph, chance) for paragraph in own],
        "abridged": lambda: [" ".join(_sentences(own)[: -(-SENTENCES // 3)])],
        "merged": lambda: [" ".join(own)],
        "much printed": lambda: own,
    }[kind]()
    outlet = f"kabar{OUTLETS + number % OUTLETS}"
    return _with_footer(Made(number, outlet, f"Cetak ulang {number}", tuple(paragraphs)))


def _sentences(paragraphs: Sequence[str]) -> list[str]:
    return [sentence for paragraph in paragraphs for sentence in rough_sentences(paragraph)]


def _rewritten(of: Stock, paragraph: str, chance: np.random.Generator) -> str:
    """A tenth to a fifth of the words edited, in runs of three to six, as a sub-editor does."""
    words = paragraph.split()
    left = round(len(words) * chance.uniform(0.1, 0.2))
    while left > 0:
        length = min(left, int(chance.integers(3, 7)))
        start = int(chance.integers(max(1, len(words) - length)))
        words[start : start + length] = [of.words[place] for place in chance.integers(len(of.words), size=length)]
        left -= length
    return " ".join(words)
