"""A short extract: one or two of an article's own sentences, chosen, never written.

The lead usually says who, what, where and when; where it does not, the sentence that adds most to it stands beside
it. No pull quote, no greeting, no bare quotation, no disputed statement.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.model import Article
from pipeline.sentences import is_bare_quotation, sentences

MOST_CHARACTERS = 500  # of the whole extract
_SENTENCE = 320  # of a sentence
_LEAD = 430  # of a sentence of the first paragraph: agencies pack everything into it
_SHORTEST = 40
_PARAGRAPHS = 12  # what stands further down is background
_LONG_WORD = re.compile(r"[^\W\d_]{4,}|\d{2,}")  # shorter words say nothing of the subject
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]+")

_GREETING = re.compile(
    r"\W*(?:ass?alamu\w*|selamat (?:pagi|siang|sore|malam|datang)|salam|halo|hai|yang terhormat|"
    r"good (?:morning|evening|afternoon)|hello|dear|welcome|xin chào|magandang|kumusta|สวัสดี)\b",
    re.IGNORECASE,
)
# words that lean on a sentence before them
_LEANING = re.compile(
    r"(?:ia|dia|beliau|mereka|hal (?:itu|ini|tersebut)|itu|ini|selain itu|karena itu|oleh (?:karena|sebab) itu|namun|"
    r"tetapi|tapi|kemudian|lalu|sementara itu|sehingga|dengan demikian|menurut(?:nya| dia)|di sisi lain|katanya|"
    r"ujarnya|meski(?:pun)? (?:begitu|demikian)|tambahnya|bagaimanapun|oleh itu|walau bagaimanapun|dalam pada itu|"
    r"he|she|they|it|this|that|these|those|however|but|meanwhile|therefore|also|moreover|in addition|"
    r"ông|bà|anh|chị|tuy nhiên|ngoài ra|siya|sila|ito|gayunman)\b",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"\b(?:senin|selasa|rabu|kamis|jumat|sabtu|minggu|isnin|khamis|jumaat|ahad|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật|"
    r"lunes|martes|miyerkules|huwebes|biyernes|sabado|linggo)\b"
    r"|\b\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?\b|\b(?:19|20)\d\d\b"
    r"|\b\d{1,2} (?:jan|feb|mar|apr|mei|may|jun|jul|agu|aug|ogos|sep|okt|oct|nov|des|dec)",
    re.IGNORECASE,
)
_WHERE = re.compile(r"\b(?:di|ke|dari|in|at|from|tại|ở|sa)\s(?:Kota |Provinsi |Balai |Hotel )?[A-ZĐ]\w+")
_WHO = re.compile(
    r"\b(?:gubernur|wali ?kota|bupati|menteri|presiden|sekda|kepala|ketua|direktur|camat|juru bicara|"
    r"governor|mayor|minister|president|chairman|chairwoman|director|secretary|spokes\w+|"
    r"gabenor|datuk bandar|pengarah|pengerusi|alkalde|gobernador|thị trưởng|chủ tịch)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence that may be chosen."""

    place: int  # paragraph
    start: int
    text: str
    words: frozenset[str]
    aspects: frozenset[str]  # of who, when, where, watch
    weight: float


def summarise(article: Article) -> Article:
    """Set `summary`: verbatim sentences in the order of the text, 500 characters at most; None where none will do."""
    found = _candidates(article)
    if not found:
        return replace(article, summary=None)
    first = max(found, key=lambda one: (one.weight, -one.place, -one.start))
    chosen = [first]
    room = MOST_CHARACTERS - len(first.text) - 1
    others = [one for one in found if one is not first and len(one.text) <= room]
    gains = {one: gain for one in others if (gain := _gain(one, first)) > 0}
    if gains:
        chosen.append(max(gains, key=lambda one: (gains[one], -one.place, -one.start)))
    chosen.sort(key=lambda one: (one.place, one.start))
    return replace(article, summary=" ".join(one.text for one in chosen))


def _candidates(article: Article) -> list[_Candidate]:
    headline = _words(article.headline or "")
    unwanted = [" ".join(text.split()) for text in (*article.disputed, article.pull_quote or "") if _core(text)]
    found = []
    for place, paragraph in enumerate(article.article_body[:_PARAGRAPHS]):
        for order, (start, end) in enumerate(sentences(paragraph)):
            text = paragraph[start:end]
            if _usable(text, place, unwanted):
                named = _names_watch(article, place, start, end)
                found.append(_candidate(text, place, start, order, headline, named=named))
    return found


def _usable(text: str, place: int, unwanted: Sequence[str]) -> bool:
    if not _SHORTEST <= len(text) <= (_LEAD if place == 0 else _SENTENCE):
        return False
    if text.endswith((":", ";", ",")) or "\n" in text or _GREETING.match(text) or is_bare_quotation(text):
        return False
    plain = " ".join(text.split())
    return not any(plain in other or _core(other) in plain for other in unwanted)


def _core(text: str) -> str:
    """A statement without the marks around it."""
    return text.strip("\"'“”‘’«».,…! ")


def _candidate(text: str, place: int, start: int, order: int, headline: frozenset[str], *, named: bool) -> _Candidate:
    words = _words(text)
    aspects = {name for name, rule in (("when", _WHEN), ("where", _WHERE), ("who", _WHO)) if rule.search(text)}
    aspects |= {"watch"} if named else set()
    weight = 4.0 / (1 + place) + (0.6 if order == 0 else 0.0) + 0.5 * len(aspects)
    weight += 2.5 * len(words & headline) / max(len(headline), 1)
    weight += 1.0 if named else 0.0
    weight -= 1.5 if _LEANING.match(text) else 0.0
    weight -= 1.0 if text[0] in "\"“«‘'" else 0.0
    weight -= 1.0 if text[0].isdigit() or text.endswith("?") else 0.0
    weight -= 1.0 if len(text) > _SENTENCE else 0.0
    return _Candidate(place, start, text, words, frozenset(aspects), weight)


def _gain(one: _Candidate, first: _Candidate) -> float:
    """What a second sentence adds: what the first did not say, without saying the same again."""
    shared = len(one.words & first.words) / max(min(len(one.words), len(first.words)), 1)
    if shared > 0.6:
        return 0.0
    nearby = 0.8 if 0 <= one.place - first.place <= 1 else 0.0
    return one.weight + 0.8 * len(one.aspects - first.aspects) - 2.0 * shared + nearby - (1.5 if one.place > 5 else 0.0)


def _words(text: str) -> frozenset[str]:
    """Words that may tell a subject, in small letters; runs of unspaced scripts are taken in pairs of signs."""
    words = set(_LONG_WORD.findall(text.lower()))
    if not text.isascii():
        words |= {run[place : place + 2] for run in _UNSPACED.findall(text) for place in range(len(run) - 1)}
    return frozenset(words)


def _names_watch(article: Article, place: int, start: int, end: int) -> bool:
    field = f"article_body[{place}]"
    return any(
        piece.field == field and start <= piece.start < end and piece.rule in {"name", "alias"}
        for found in article.watches
        for piece in found.evidence
    )
