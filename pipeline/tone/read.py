"""Set the tone of an article: of its headline, and of its body by sentences, each with what speaks for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.joined import Joined, of_article
from pipeline.lexicon import fold
from pipeline.model import Article, Evidence, ToneReading
from pipeline.texts import body_sentences
from pipeline.tone.clarify import clarify
from pipeline.tone.marks import Mark, by_span, find_marks, mark_names, weigh_headline
from pipeline.tone.score import Score, score
from pipeline.tone.vocabulary import BUT, PROBLEM, vocabulary

POSITIVE, NEUTRAL, NEGATIVE = "positif", "netral", "negatif"
_HEADLINE = 0.8  # what a headline must count to speak at all
_BODY, _GROWTH = 0.72, 0.7  # what a body must count: times its sentences to that power
_SENTENCE = 0.7  # what a sentence must count to be shown as evidence
_MOST = 2.5  # that one sentence counts
_LEAD = 1.3  # times, of a sentence of the first paragraph
_BEFORE_TURN, _AFTER_TURN = 0.7, 1.2  # times, where a sentence begins with "But"
_OPENING = 3  # characters into a sentence
_BLAME = 1.2  # times, of what speaks ill: news says it less readily
_BALANCED = 0.1  # of all that speaks, for and against: a smaller lead settles nothing
_DOUBTED = 0.6  # times, praise in a headline that asks
_SUSPECTED = 1.0  # what a question of yes or no counts against, unless it praises highly
_EXCITED = 1.0  # what a cry counts for, where no word speaks ill
_SHOWN = 3  # sentences of evidence, and words that a reason names
_OPEN_QUESTION = re.compile(
    r"(?i)(?:.*[:,] )?\W*(?:apa|apakah|siapa|kapan|di ?mana|ke mana|bagaimana|mengapa|kenapa|berapa|begini|"
    r"bila|bilakah|bagaimanakah|mau|ingin|what|want|who|whom|whose|when|where|which|how|why|ano|sino|kailan|saan|paano|bakit|ilan|magkano|gusto|muốn|"
    r"khi nào|ở đâu|tại sao|vì sao|thế nào|bao giờ|bao nhiêu)\b"
)
_LABEL = re.compile(r"\s*:")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence and what it counts. Offsets are code points into the joined text."""

    start: int
    end: int
    score: Score
    value: float  # of the score, within bounds and by the place of the sentence


def read_tone(article: Article) -> Article:
    """Set `headline_tone`, `body_tone` and `needs_clarification`."""
    words = vocabulary(article.in_language)
    if words is None:
        return _unread(article)
    joined = of_article(article)
    marks = find_marks(joined.text, fold(joined.text), words)
    headline, body = _headline(article, joined, marks), _body(article, joined, marks)
    article = replace(article, headline_tone=headline, body_tone=body, needs_clarification=None)
    unanswered = clarify(article)
    return article if unanswered is None else replace(article, needs_clarification=unanswered)


def _unread(article: Article) -> Article:
    language = article.in_language
    reason = f"Tone is not read in {language}." if language else "Tone is not read: the text's language is not known."
    nothing = ToneReading(None, reason)
    return replace(
        article,
        headline_tone=nothing if article.headline else None,
        body_tone=nothing if article.article_body else None,
        needs_clarification=clarify(replace(article, headline_tone=None, body_tone=None)),
    )


def _headline(article: Article, joined: Joined, marks: list[Mark]) -> ToneReading | None:
    headline = article.headline
    if not headline:
        return None
    inside = next(by_span(marks, [(0, len(headline))]))
    if inside and inside[0].roles & PROBLEM and _LABEL.match(headline, inside[0].end):
        inside = inside[1:]  # "Jerebu: …" tells the subject
    weigh_headline(inside)
    found = _as_said(headline, score(joined.text, inside))
    value = _told(found.plus, found.minus, _HEADLINE)
    if value is None:
        last = score(joined.text, [mark for mark in inside if mark.clause == inside[-1].clause])
        value = _told(last.plus, last.minus, _HEADLINE) if len(last.words) < len(found.words) else None
    evidence = () if value in {None, NEUTRAL} else (Evidence("headline", 0, len(headline), headline, value or ""),)
    return ToneReading(value, _reason("The headline", value, [found]), evidence)


def _as_said(headline: str, found: Score) -> Score:
    """With what its mark adds: "Gagal?" suspects, "Asyik!" is glad. Praise that is asked for is half meant."""
    if "?" in headline and not _OPEN_QUESTION.match(headline):
        if found.plus * _DOUBTED >= _HEADLINE:
            return replace(found, plus=found.plus * _DOUBTED)
        return Score(0.0, found.minus + _SUSPECTED, (*found.words, ("?", -_SUSPECTED)))
    if "!" in headline and not found.minus:
        return Score(found.plus + _EXCITED, 0.0, (*found.words, ("!", _EXCITED)))
    return found


def _body(article: Article, joined: Joined, marks: list[Mark]) -> ToneReading | None:
    if not article.article_body:
        return None
    pieces = _pieces(article, joined, marks)
    plus = sum(max(piece.value, 0.0) for piece in pieces)
    minus = sum(max(-piece.value, 0.0) for piece in pieces)
    value = _told(plus, minus * _BLAME, _BODY * len(pieces) ** _GROWTH)
    telling = _telling(pieces, value)
    reason = _reason("The text", value, [piece.score for piece in telling])
    return ToneReading(value, reason, tuple(_evidence(joined, piece) for piece in telling))


def _pieces(article: Article, joined: Joined, marks: list[Mark]) -> list[_Piece]:
    base = joined.starts[2]
    cut = body_sentences(article)
    spans = [(base + one.start, base + one.end) for one in cut]
    pieces: list[_Piece] = []
    turned = False
    for one, (start, end), inside in zip(cut, spans, by_span(marks, spans), strict=True):
        if not turned and pieces and inside and inside[0].roles & BUT and inside[0].start - start < _OPENING:
            turned = True
            pieces = [replace(piece, value=piece.value * _BEFORE_TURN) for piece in pieces]
        mark_names(joined.text, start, inside)
        weight = _AFTER_TURN if turned else _LEAD if one.paragraph == 0 else 1.0
        found = score(joined.text, inside)
        pieces.append(_Piece(start, end, found, weight * max(-_MOST, min(_MOST, found.value))))
    return pieces


def _told(plus: float, minus: float, least: float) -> str | None:
    """The tone; None where as much speaks for it as against it."""
    if max(plus, minus) < least:
        return NEUTRAL
    lead = plus - minus
    if abs(lead) < _BALANCED * (plus + minus):
        return None
    if abs(lead) < least / 3:
        return NEUTRAL
    return POSITIVE if lead > 0 else NEGATIVE


def _telling(pieces: Sequence[_Piece], value: str | None) -> list[_Piece]:
    """The sentences that speak for the tone, or on both sides where none is told, in the order of the text."""
    spoken = [piece for piece in pieces if abs(piece.value) >= _SENTENCE]
    if value == POSITIVE:
        spoken = [piece for piece in spoken if piece.value > 0]
    elif value == NEGATIVE:
        spoken = [piece for piece in spoken if piece.value < 0]
    elif value == NEUTRAL:
        return []
    strongest = sorted(spoken, key=lambda piece: (-abs(piece.value), piece.start))[:_SHOWN]
    return sorted(strongest, key=lambda piece: piece.start)


def _evidence(joined: Joined, piece: _Piece) -> Evidence:
    name, start = joined.place(piece.start)
    tone = POSITIVE if piece.value > 0 else NEGATIVE
    return Evidence(name, start, start + piece.end - piece.start, joined.text[piece.start : piece.end], tone)


def _reason(what: str, value: str | None, scores: Sequence[Score]) -> str:
    ranked = sorted((word for one in scores for word in one.words), key=lambda word: (-abs(word[1]), word[0]))
    well = _listed([word for word, counts in ranked if counts > 0])
    ill = _listed([word for word, counts in ranked if counts < 0])
    if value == POSITIVE:
        return f"{what} speaks well: {well}." if well else f"{what} speaks well."
    if value == NEGATIVE:
        return f"{what} speaks ill: {ill}." if ill else f"{what} speaks ill."
    if value == NEUTRAL:
        return f"{what} reports without praise or blame."
    return f"{what} speaks both well ({well}) and ill ({ill})." if well and ill else f"{what} speaks both well and ill."


def _listed(words: Sequence[str]) -> str:
    distinct = list(dict.fromkeys(" ".join(word.split()) for word in words))[:_SHOWN]
    return ", ".join(f'"{word}"' for word in distinct)
