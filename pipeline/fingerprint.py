"""What identifies a text: its digest, and keys by which its copies are found at constant cost.

The keys are a sample of the text's word 5-grams chosen by their hashes (scaled MinHash: the same hash space for
every article, so that what a short text shares with a long one is in both samples), and its sentences whole. On the
312 articles of the near-duplicate set every one of the 179 copies and abridged copies shares at least four keys with
its partner; MinHash bands need a Jaccard of about .3, which an abridged copy (.07 to .45 there) does not have.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from hashlib import blake2b
from heapq import nsmallest
from itertools import chain

from pipeline.document import visible
from pipeline.model import Article
from pipeline.words import rough_sentences, runs, shingle_length, words

SHINGLE_WORDS = 5
SCALE = 16  # one shingle in 16 is a key
FEWEST = 12  # of a short text at least so many shingles are keys
MOST = 512  # keys of either kind: of 8,000 words and more only the lowest count, so that no text costs without bound
SENTENCE_WORDS = 8  # a shorter sentence says too little about where it came from
WHOLE_SENTENCE = 1 << 48  # set in the key of a sentence
_LIMIT = (2**64 // SCALE).to_bytes(8)  # digests are compared as bytes, most significant first


def content_digest(article: Article) -> str:
    """SHA-256 (hex) of what the outlet published: what headline and paragraphs say, not how they are set.

    Letters, vowel signs and other marks of every script, numbers and the signs that belong to them count, and where
    one paragraph ends. Case, white space, punctuation, typographic quotes and dashes do not, nor which digits a number
    is written with; nor do description, names, tags and dates, which change without the text. A comma within a number
    is part of the number.
    """
    parts = [_said(article.headline or ""), *filter(None, map(_said, article.article_body))]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _said(text: str) -> str:
    """The letters of a text run together, each number set apart: "COVID-19: 2 mati" is covid|19||2|mati."""
    return "".join(_piece(found) for found in _SAID.finditer(visible(text)))


def _piece(found: re.Match[str]) -> str:
    if found["number"] is None:
        return _letter(found[0])
    plain = (str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in found["number"])
    return f"|{'-' if found['minus'] else ''}{''.join(plain)}|"


@cache
def _letter(character: str) -> str:
    """A character as it counts: a letter plain and case-folded, a mark or a meaningful sign as it is; others are ""."""
    kind = unicodedata.category(character)
    if kind[0] == "L":  # full-width and presentation forms, ligatures; superscripts are numbers and stay
        return unicodedata.normalize("NFKC", character).casefold()
    if kind[0] == "M":
        return "" if character in _VARIATIONS else character
    return character if kind in ("Nl", "No", "Sc") or character in _SIGNS else ""


_SIGNS = "%‰°+±<>=≤≥×÷&"  # "5%" is not "5", "A & B" is not "AB"; bullets, bars and stars are ornament
_VARIATIONS = frozenset(map(chr, range(0xFE00, 0xFE10)))  # how an emoji is drawn
_SAID = re.compile(r"(?P<minus>(?<![^\s(\[])[-−–](?=\d))?(?P<number>\d+(?:[.,:/]\d+)*)|\D")


def keys(article: Article) -> tuple[int, ...]:
    """Keys of the body, ascending: two texts that share one may be copies. Empty for an article without text."""
    return text_keys(article.text)


def text_keys(text: str) -> tuple[int, ...]:
    """`keys` of a bare text. Each key is 49 bits: 48 of a hash, and above them whether it is of a whole sentence."""
    sentences = [words(sentence) for sentence in rough_sentences(text)]
    found = list(chain.from_iterable(sentences))
    sampled = _sample(runs(found, shingle_length(found, SHINGLE_WORDS)))
    long = {_digest(" ".join(sentence)) for sentence in sentences if len(sentence) >= SENTENCE_WORDS}
    whole = nsmallest(MOST, long)
    return tuple(sorted({*map(_number, sampled), *(WHOLE_SENTENCE | _number(digest) for digest in whole)}))


def _sample(shingles: Iterable[str]) -> list[bytes]:
    """The digests below the limit, which is the same for every text; of a short text the lowest."""
    digests = [_digest(shingle) for shingle in set(shingles)]
    low = [digest for digest in digests if digest < _LIMIT]
    return nsmallest(MOST, low) if len(low) >= FEWEST else nsmallest(FEWEST, digests)


def _digest(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=8).digest()


def _number(digest: bytes) -> int:
    return int.from_bytes(digest[2:])
