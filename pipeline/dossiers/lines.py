"""The headline and the sentences of an article, each with what it says of a forum: is it named, and which year's."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.dossiers import lists
from pipeline.dossiers.naming import Named, named
from pipeline.model import Article
from pipeline.texts import body_sentences
from pipeline.watches import Watches

_REACH = 3  # sentences in which "this meeting" may stand behind the name
_BEFORE = 40  # code points before a name
_OF = re.compile(r"\b(?P<what>[^\W\d_]+)\s(?:of|under|by|at)\s(?:the\s|this year's\s)?[(]?$", re.IGNORECASE)
_WHOLE = frozenset(  # the forum itself is spoken of: "the host of the", "the third edition of the"
    """
    edition host hosts hosting hosted organisers organizers organizer organiser meeting opening closing start
    end eve day days conclusion members member delegates participants part sidelines chair venue leaders mayors
    governors gathering attend session organised organized held attended people
    """.split()  # noqa: SIM905 (a list of words is read as words)
)
_FIRST = re.compile(r"\b(?:first|inaugural|maiden)\s$", re.IGNORECASE)  # the first one, not this year's
_IS_FIRST = re.compile(r"[\s)]{1,2}(?:yang\s)?(?:pertama|perdana)\b(?!\skali)", re.IGNORECASE)
_YEAR = re.compile(
    r"\b(?:in|pada|tahun|sejak|since|noong|taong|năm)\s(?P<year>(?:19|20)\d\d)(?![\d/]|-\d\d)", re.IGNORECASE
)
_LONGEST = 1500  # code points of a sentence that is read; what is longer is no sentence


@dataclass(frozen=True, slots=True)
class Line:
    """`offset` is where it begins in its field; `names` are offsets into `text`."""

    field: str  # headline | article_body[3]
    offset: int
    text: str
    names: tuple[Named, ...]  # of all forums
    spoken_of: bool  # the forum asked for is named, or meant by "this meeting"
    part: bool  # speaks of a part of the event, a workshop or a dinner
    edition: int | None  # the year's event that it speaks of; None: not to be told


def lines(article: Article, watch: str, watches: Watches) -> tuple[Line, ...]:
    """The headline, then the sentences; those longer than any sentence are left out."""
    edition = next((match.edition for match in article.watches if match.id == watch), None)
    found: list[Line] = []
    since = _REACH + 1  # sentences since the forum was named
    for field, offset, text in _texts(article):
        names = named(text, watches)
        mine = [one for one in names if one.watch == watch]
        since = 0 if mine else since + 1
        meant = since <= _REACH and lists.of("itself").search(text) is not None
        found.append(
            Line(
                field=field,
                offset=offset,
                text=text,
                names=names,
                spoken_of=bool(mine) or (meant and not names),
                part=lists.of("parts").search(text) is not None or any(_is_within(text, one.start) for one in mine),
                edition=_edition(mine, text, edition),
            )
        )
    return tuple(found)


def _is_within(text: str, start: int) -> bool:
    """Is something of the forum spoken of: "the clean air week of the ASEAN Mayors Forum"?"""
    found = _OF.search(text[max(0, start - _BEFORE) : start])
    return found is not None and found["what"].casefold() not in _WHOLE


def _texts(article: Article) -> list[tuple[str, int, str]]:
    """(field, where it begins there, text)"""
    texts = [("headline", 0, article.headline)] if article.headline else []
    begins = 0
    paragraphs = {}
    for place, paragraph in enumerate(article.article_body):
        paragraphs[place] = begins
        begins += len(paragraph) + 1
    texts += [
        (f"article_body[{one.paragraph}]", one.start - paragraphs[one.paragraph], one.text)
        for one in body_sentences(article)
    ]
    return [text for text in texts if len(text[2]) <= _LONGEST]


def _edition(mine: list[Named], text: str, edition: int | None) -> int | None:
    years = [one.year for one in mine if one.year is not None]
    if years:
        return years[0] if len(set(years)) == 1 else None
    first = any(
        _FIRST.search(text[max(0, one.start - 12) : one.start]) or _IS_FIRST.match(text, one.end) for one in mine
    )
    another = edition is not None and any(int(year["year"]) != edition for year in _YEAR.finditer(text))
    return None if first or another or lists.of("other_year").search(text) else edition
