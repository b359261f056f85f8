"""Marks of which event an article tells: the forum's edition, where and when it was, what it counts, its phase."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from pipeline.days import MONTH_AWAY, Days, days_until, told_days
from pipeline.figures import Figures, figures
from pipeline.model import Article
from pipeline.phases import Phase, announces, phase
from pipeline.roundups import is_roundup
from pipeline.terms import family_of
from pipeline.venues import Setting, elsewhere, venues
from pipeline.words import rough_sentences

AWAY = timedelta(days=10)  # reports of one event are not published further apart
_NEAR = timedelta(hours=36)  # this morning's event in tomorrow's evening article

# What is left of a score, or what it gains. Days and figures: chosen on ECB+ and Wikinews together, over the likeness
# of words: the mean B³ F1 at thresholds of .9 to 1.1 rises from .875 to .887 and from .764 to .813. Of ECB+'s pairs of
# one topic 35 % of the right ones name a weekday in common, 18 % of the wrong ones; a date 61 % of the right ones that
# both name one, 1.4 % of the wrong ones; 38 % of the right ones count something alike, 10 % of the wrong ones. That no
# number at all is shared, or that the chief name of one is not in the other, brings nothing more.
_FADED = 0.25  # in the end
_FADING = timedelta(days=2.5)  # in which all but a third of the rest goes: own reports a week later are follow-ups
_SAME_RHYTHM = 1.2  # of weekdays
_OTHER_RHYTHM = 0.75
_SAME_DAY = 1.1
_OTHER_DAY = 0.9
_OTHER_FIGURES = 0.9  # they count the same things otherwise; how many, tells no more
_SAME_FIGURES = 1.1  # they count something alike
# By hand, for what those sets hold too little of: the newsroom's week and tables of cases. They cost nothing there.
_OTHER_PHASE = 0.5  # between an announcement and a report
_OTHER_END = 0.7  # between the opening and the closing
_OTHER_FIRST_DAY = 0.7  # what is told first is of another day, though both name one in common ("Monday's pact")
_LATER = 0.55  # what one tells first happened after the other was published, which did not announce it
_OTHER_HEADLINE_DAY = 0.25  # "harga emas 19 Juni", "harga emas 20 Juni"
_ELSEWHERE = 0.4
_MAYBE_ELSEWHERE = 0.9  # one of them only names its places at the beginning
_OTHER_ORDINAL = 0.4  # the 5th forum and the 6th
_ROUNDUP = 0.3  # tells of many events, and is none of them

_SIDELINES = re.compile(r"\bdi sela(?:-sela)?\b|\bsidelines of\b", re.IGNORECASE)

Edition = tuple[str, int]  # (watch, year of the forum)


@dataclass(frozen=True, slots=True)
class Clues:
    """What ties an article to one event."""

    published: datetime | None
    family: str | None  # of its language: figures are compared within one
    editions: tuple[Edition, ...]  # where the text settles the year
    announces: bool  # tells of an event to come
    phase: Phase | None  # opening or closing, as the headline says
    roundup: bool  # "five things", "terpopuler": tells of many events
    sidelines: bool  # took place at the side of a forum that is a story of its own
    days: Days  # all that it names
    first_days: Days  # of its headline and its first sentence
    headline_days: Days
    setting: Setting
    figures: Figures


def clues(article: Article) -> Clues:
    """The clues of an article."""
    headline = article.headline or ""
    family = family_of(article.in_language)
    first = "".join(rough_sentences(article.text)[:1])
    beginning = f"{headline} {first}"
    whole = f"{headline}\n{article.text}"
    ahead = announces(article)
    day = article.date_published.date() if article.date_published is not None else None
    return Clues(
        published=article.date_published,
        family=family,
        editions=tuple((match.id, match.edition) for match in article.watches if match.edition is not None),
        announces=ahead,
        phase=phase(article.headline),
        roundup=is_roundup(headline),
        sidelines=bool(_SIDELINES.search(beginning)),
        days=told_days(whole, day, ahead=ahead),
        first_days=told_days(beginning, day, ahead=ahead),
        headline_days=told_days(headline, day, ahead=ahead),
        setting=venues(article.headline, article.text),
        figures=figures(whole, family, beginning),
    )


def other_edition(a: Iterable[Edition], b: Iterable[Edition]) -> bool:
    """Do these editions say that one forum is told of in two different years? Then it is never one story."""
    years: dict[str, set[int]] = {}
    for watch, year in a:
        years.setdefault(watch, set()).add(year)
    shared = [year in years[watch] for watch, year in b if watch in years]
    return bool(shared) and not any(shared)


def too_far_apart(a: Clues, b: Clues) -> bool:
    """Were they published too far apart to report one event?"""
    return a.published is not None and b.published is not None and abs(a.published - b.published) > AWAY


def weight(a: Clues, b: Clues) -> float:
    """What is left of a likeness when all that speaks for two events is held against it; figures may add a little."""
    return (
        _time_weight(a, b)
        * _phase_weight(a, b)
        * _day_weight(a, b)
        * _place_weight(a.setting, b.setting)
        * _figure_weight(a, b)
        * (_ROUNDUP if a.roundup or b.roundup else 1.0)
    )


def _time_weight(a: Clues, b: Clues) -> float:
    if a.published is None or b.published is None:
        return 1.0
    beyond = abs(a.published - b.published) - _NEAR
    return 1.0 if beyond <= timedelta(0) else _FADED + (1 - _FADED) * math.exp(-beyond / _FADING)


def _phase_weight(a: Clues, b: Clues) -> float:
    if a.announces != b.announces:
        return _OTHER_PHASE
    return _OTHER_END if a.phase and b.phase and a.phase is not b.phase else 1.0


def _day_weight(a: Clues, b: Clues) -> float:
    """Of two dated texts days only lower: that both are of one day is known from their publication."""
    dated = a.published is not None and b.published is not None
    if a.headline_days.agree(b.headline_days) is False:
        return _OTHER_HEADLINE_DAY
    if dated and a.first_days.agree(b.first_days) is False:
        return _LATER if _came_after(a, b) or _came_after(b, a) else _OTHER_FIRST_DAY
    agree, rhythm = a.days.agree(b.days), a.days.rhythm(b.days)
    found = 1.0 if agree is None else _SAME_DAY if agree else _OTHER_DAY
    found *= 1.0 if rhythm is None else _OTHER_RHYTHM + (_SAME_RHYTHM - _OTHER_RHYTHM) * rhythm
    return min(found, 1.0) if dated else found


def _came_after(one: Clues, other: Clues) -> bool:
    """Are all days that one tells of first later than the other's publication?"""
    if other.published is None or other.announces:
        return False
    gaps = (days_until(other.published.date(), day, MONTH_AWAY) for day in one.first_days.calendar)
    near = [gap for gap in gaps if gap is not None]
    return bool(near) and min(near) > 0


def _place_weight(a: Setting, b: Setting) -> float:
    if not elsewhere(a.places, b.places):
        return 1.0
    return _ELSEWHERE if a.stated and b.stated else _MAYBE_ELSEWHERE


def _figure_weight(a: Clues, b: Clues) -> float:
    if a.family != b.family:
        return 1.0
    found = _OTHER_ORDINAL if a.figures.another_of_a_row(b.figures) else 1.0
    same = a.figures.agree(b.figures)
    return found if same is None else found * (_SAME_FIGURES if same else _OTHER_FIGURES)
