"""Statements that contradict recorded facts: marked, never corrected."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from pipeline.model import Article
from pipeline.sentences import sentences
from pipeline.wordlists import load


@dataclass(frozen=True, slots=True)
class _Subject:
    names: tuple[str, ...]
    year: int  # when it was founded


@dataclass(frozen=True, slots=True)
class _Facts:
    verbs: tuple[str, ...]
    subject: tuple[_Subject, ...]


@cache
def _facts() -> _Facts:
    return load("facts", _Facts)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], int], ...]:
    """(how a sentence says in which year the subject began, the recorded year)"""
    verbs = "|".join(re.escape(verb) for verb in _facts().verbs)
    year = r"(?:pada|sejak|in|since|tahun|noong)\s+(?:tahun\s+)?(?P<year>(?:19|20)\d\d)\b"
    found = []
    for subject in _facts().subject:
        names = rf"(?<![^\W_])(?i:{'|'.join(map(re.escape, subject.names))})(?!\s*[-–]?\s*\d{{4}})(?![^\W_])"
        # "MGMAC diprakarsai oleh … pada tahun 2013", "Didirikan pada 2013, MGMAC …", "Established in 2013, the MGMAC …"
        behind = rf"{names}[^.;]{{0,80}}?\b(?i:{verbs})\b[^.;]{{0,120}}?\b{year}"
        before = rf"\b(?i:{verbs})\b[^.;]{{0,40}}?\b{year}[,)]?\s(?i:the\s)?{names}"
        found += [(re.compile(pattern), subject.year) for pattern in (behind, before)]
    return tuple(found)


@cache
def _names() -> tuple[str, ...]:
    """Every subject's names, in small letters: a text without one need not be cut into sentences."""
    return tuple(sorted({name.lower() for subject in _facts().subject for name in subject.names}))


def _names_one(text: str) -> bool:
    small = text.lower()
    return any(name in small for name in _names())


def mark_disputed(article: Article) -> Article:
    """Set `disputed`: sentences that give a subject's founding another year than the recorded one."""
    if not _names_one(article.text):
        return article
    found = [
        sentence
        for paragraph in article.article_body
        if _names_one(paragraph)
        for sentence in (paragraph[start:end] for start, end in sentences(paragraph))
        if any(match["year"] != str(year) for pattern, year in _patterns() if (match := pattern.search(sentence)))
    ]
    return replace(article, disputed=tuple(found)) if found else article
