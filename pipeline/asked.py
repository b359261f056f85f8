"""Which quotes a question asks for: by what they are about and who spoke. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.model import Article, Quote, StoredArticle
from pipeline.store.folding import fold
from pipeline.wordings import Said, quotes_of
from pipeline.words import words


@dataclass(frozen=True, slots=True)
class Question:
    """All given conditions hold. Case and diacritics do not matter; words are whole words, in any order."""

    about: str | None = None  # words that stand in the quote, in its paragraph or in the headline
    speaker: str | None = None  # words of the speaker's name or role
    kind: str | None = None  # direct | indirect

    def __bool__(self) -> bool:
        return any((self.about, self.speaker, self.kind))


def asked_for(stored: StoredArticle, question: Question) -> Iterator[Said]:
    """The quotes of an article that the question asks for, in the order of the text."""
    about, speaker = _words(question.about), _words(question.speaker)
    for said in quotes_of(stored):
        if question.kind is not None and said.quote.kind != question.kind:
            continue
        if speaker and not speaker <= _words(f"{said.quote.speaker or ''} {said.quote.role or ''}"):
            continue
        if about and not about <= _around(stored.article, said.quote):
            continue
        yield said


def _around(article: Article, quote: Quote) -> frozenset[str]:
    """The words of the headline and of the paragraphs that the quote stands in."""
    text = article.text
    begin = text.rfind("\n", 0, quote.start) + 1
    end = text.find("\n", quote.end)
    return _words(f"{article.headline or ''}\n{text[begin : end if end >= 0 else len(text)]}")


def _words(text: str | None) -> frozenset[str]:
    return frozenset(words(fold(text or "")))
