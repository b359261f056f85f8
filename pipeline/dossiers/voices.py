"""Who is quoted on an event and with what words: mayors and governors first, the same words in several outlets once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from pipeline.dossiers.model import Voice
from pipeline.model import StoredArticle
from pipeline.wordings import Statement, group_quotes, quotes_of
from pipeline.words import words

FIRST = ("mayor", "governor", "deputy-mayor", "deputy-governor")
_PRINTED = (  # by hand, where the people of the article know no office; the deputies first
    ("deputy-governor", r"\b(?:wakil gubernur|wagub|timbalan gabenor|(?:deputy|vice)[ -]governor)"),
    ("deputy-mayor", r"\b(?:wakil wali ?kota|timbalan datuk bandar|(?:deputy|vice)[ -]mayor)"),
    ("mayor", r"\b(?:wali ?kota|datuk bandar|mayor|alkalde(?:sa)?|đô trưởng|thị trưởng)\b|นายกเทศมนตรี"),
    ("governor", r"\b(?:gubernur|gabenor|governor|gobernador|thống đốc)\b|ผู้ว่าราชการ|អភិបាល"),
)
_ROLES = tuple((office, re.compile(words_of_it, re.IGNORECASE)) for office, words_of_it in _PRINTED)


def voices(articles: Iterable[StoredArticle]) -> tuple[Voice, ...]:
    """Every speaker with the statements; what nobody is named for comes last."""
    known = list(articles)
    offices = {stored.id: stored for stored in known}
    by_speaker: defaultdict[str, list[Statement]] = defaultdict(list)
    for statement in group_quotes(said for stored in known for said in quotes_of(stored)):
        by_speaker[" ".join(words(statement.speaker or ""))].append(statement)
    found = [_voice(statements, offices) for statements in _joined(by_speaker).values()]
    return tuple(sorted(found, key=_order))


def _joined(by_speaker: Mapping[str, list[Statement]]) -> dict[str, list[Statement]]:
    """ "Joko" goes to "Joko Agus Setyono" where one longer name alone has all its words."""
    found: dict[str, list[Statement]] = {}
    for name in sorted(by_speaker, key=lambda one: (-len(one.split()), one)):
        parts = set(name.split())
        longer = [other for other in found if parts and parts < set(other.split())]
        found.setdefault(longer[0] if len(longer) == 1 else name, []).extend(by_speaker[name])
    return found


def _voice(statements: Sequence[Statement], articles: Mapping[int, StoredArticle]) -> Voice:
    named = max(statements, key=lambda one: (len(one.speaker or ""), one.role is not None))
    role = named.role or next((one.role for one in statements if one.role), None)
    office = next((office for one in statements if (office := _office(one, articles)) is not None), None)
    ordered = sorted(
        statements, key=lambda one: (-len(one.prints), one.prints[0].article_id, one.prints[0].quote.start)
    )
    return Voice(named.speaker, role, office or _told(role or named.speaker), tuple(ordered))


def _office(statement: Statement, articles: Mapping[int, StoredArticle]) -> str | None:
    """As the people of the article have it."""
    for said in statement.prints:
        speaker = set(words(said.quote.speaker or ""))
        for person in articles[said.article_id].article.people:
            if person.office is not None and speaker and speaker <= set(words(person.name)):
                return person.office
    return None


def _told(role: str | None) -> str | None:
    return next((office for office, pattern in _ROLES if role and pattern.search(role)), None)


def _order(voice: Voice) -> tuple[int, bool, int, str]:
    rank = 0 if voice.office in FIRST else 1 if voice.speaker else 2
    return rank, voice.speaker is None, -sum(len(one.prints) for one in voice.statements), voice.speaker or ""
