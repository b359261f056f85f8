"""Whether the city should answer, and why."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.joined import Joined, of_article
from pipeline.lexicon import fold
from pipeline.model import Article
from pipeline.texts import body_sentences
from pipeline.tone.marks import Mark, by_span, find_marks
from pipeline.tone.vocabulary import ACCUSES, ANSWERS, DENIES, OFFICIAL, vocabulary

_NEGATIVE = "negatif"
_SHOWN = 2  # words of complaint that a reason names
_LONGEST = 160  # characters of a disputed statement that a reason shows


def clarify(article: Article) -> str | None:
    """Why the city should answer, in one sentence; None where it need not, or the text is about no watch of ours.

    It should where a text states what recorded facts contradict, complains of us and lets no city official answer, or
    says worse in its headline than it bears out.
    """
    if not article.watches:
        return None
    if article.disputed:
        return f"It states what recorded facts contradict: {_short(article.disputed[0])}"
    headline = article.headline_tone.value if article.headline_tone else None
    body = article.body_tone.value if article.body_tone else None
    if body == _NEGATIVE:
        return _unanswered(article)
    if headline == _NEGATIVE and body is not None:
        return "The headline speaks ill of it and the text does not bear that out."
    return None


def _short(statement: str) -> str:
    plain = " ".join(statement.split())
    return f'"{plain}"' if len(plain) <= _LONGEST else f'"{plain[:_LONGEST].rsplit(" ", 1)[0]} …"'


def _unanswered(article: Article) -> str | None:
    """The complaint that no official of the city answers in the text."""
    words = vocabulary(article.in_language)
    if words is None:
        return None
    joined = of_article(article)
    base = joined.starts[2]
    spans = [(base + one.start, base + one.end) for one in body_sentences(article)]
    sentences = list(by_span(find_marks(joined.text, fold(joined.text), words), spans))
    complaints = [mark for marks in sentences for mark in marks if mark.roles & ACCUSES and not mark.roles & DENIES]
    if not complaints or any(_answers(marks) for marks in sentences) or _is_quoted(article, sentences, base):
        return None
    return f"The text complains ({_listed(joined, complaints)}) and no city official answers in it."


def _answers(marks: Sequence[Mark]) -> bool:
    """Does an official say something in this sentence that is no complaint of his own, nor a refusal to speak?"""
    roles = 0
    for mark in marks:
        roles |= mark.roles
    return bool(roles & OFFICIAL and roles & ANSWERS) and not roles & (ACCUSES | DENIES)


def _is_quoted(article: Article, sentences: Sequence[Sequence[Mark]], base: int) -> bool:
    """Does somebody who holds an office have a word, other than to complain?"""
    officials = {person.name for person in article.people if person.office is not None}
    accusing = [mark.start - base for marks in sentences for mark in marks if mark.roles & ACCUSES]
    return any(
        quote.speaker in officials and not any(quote.start <= place < quote.end for place in accusing)
        for quote in article.quotes
    )


def _listed(joined: Joined, marks: Sequence[Mark]) -> str:
    printed = (" ".join(joined.text[mark.start : mark.end].split()) for mark in marks)
    return ", ".join(f'"{word}"' for word in list(dict.fromkeys(printed))[:_SHOWN])
