"""The sentences of a text, cut once for all the steps that read it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from pipeline.model import Article
from pipeline.sentences import sentences


@dataclass(frozen=True, slots=True)
class Sentence:
    """`start` and `end` are code points into "\\n".join(body); `offset` is where its paragraph begins there."""

    paragraph: int  # from 0
    offset: int
    start: int
    end: int
    text: str


def body_sentences(article: Article) -> tuple[Sentence, ...]:
    """The sentences of the body, in order. Those of the last texts are kept."""
    return _cut(article.article_body)


@lru_cache(maxsize=2)
def _cut(body: tuple[str, ...]) -> tuple[Sentence, ...]:
    found, offset = [], 0
    for place, paragraph in enumerate(body):
        for start, end in sentences(paragraph):
            found.append(Sentence(place, offset, offset + start, offset + end, paragraph[start:end]))
        offset += len(paragraph) + 1
    return tuple(found)
