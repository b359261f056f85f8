"""What identifies a text: its digest, and keys by which its copies are found at constant cost.

The keys are a sample of the text's word 5-grams chosen by their hashes (scaled MinHash: the same hash space for
every article, so that what a short text shares with a long one is in both samples), and its sentences whole. On the
312 articles of the near-duplicate set every one of the 179 copies and abridged copies shares at least four keys with
its partner; MinHash bands need a Jaccard of about .3, which an abridged copy (.07 to .45 there) does not have.
"""

from __future__ import annotations

import hashlib

from pipeline.document import tidy
from pipeline.model import Article
from pipeline.words import rough_sentences, shingles, words

SHINGLE_WORDS = 5
SCALE = 16  # one shingle in 16 is a key
FEWEST = 12  # of a short text at least so many shingles are keys
SENTENCE_WORDS = 8  # a shorter sentence says too little about where it came from
_LIMIT = 2**64 // SCALE


def content_digest(article: Article) -> str:
    """SHA-256 (hex) of what the outlet published: headline and paragraphs made tidy.

    Empty paragraphs do not count; where one paragraph ends does.
    """
    parts = [tidy(article.headline or ""), *filter(None, map(tidy, article.article_body))]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def keys(article: Article) -> tuple[str, ...]:
    """Keys of the body, sorted: two texts that share one may be copies. Empty for an article without text."""
    return text_keys(article.text)


def text_keys(text: str) -> tuple[str, ...]:
    """`keys` of a bare text. Each key is 13 characters: its kind (w word shingle, s sentence) and 48 bits in hex."""
    hashes = sorted(_hash(shingle) for shingle in shingles(text, SHINGLE_WORDS))
    sampled = (value for place, value in enumerate(hashes) if value < _LIMIT or place < FEWEST)
    whole = (_hash(sentence) for sentence in _long_sentences(text))
    return tuple(sorted({_key("w", value) for value in sampled} | {_key("s", value) for value in whole}))


def _long_sentences(text: str) -> list[str]:
    found = (words(sentence) for sentence in rough_sentences(text))
    return [" ".join(sentence) for sentence in found if len(sentence) >= SENTENCE_WORDS]


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())


def _key(kind: str, value: int) -> str:
    return f"{kind}{value & 0xFFFFFFFFFFFF:012x}"
