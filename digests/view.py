"""An edition in one language, as strings ready to be laid out: what HTML and plain text share. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from digests.model import (
    Checked,
    Content,
    FirstReport,
    OutletCoverage,
    Placement,
    StoryBlock,
    TagMark,
    Totals,
    WatchMark,
    Why,
)
from digests.phrases import Phrases, phrases
from pipeline.model import Role
from pipeline.tags import label

_TROUBLE = (Checked.PARTLY, Checked.NOT)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")  # BCP 47, as far as detection gives it
_SHORT = re.compile(r"\(([^()]{2,12})\)$")
_TROUBLES = 6  # outlets named on the first screen


@dataclass(frozen=True, slots=True)
class PlacementView:
    outlet: str
    url: str | None
    notes: str  # "copy of ANTARA, date not printed"; may be empty


@dataclass(frozen=True, slots=True)
class StoryView:
    kicker: str  # "MGMAC 2023 · Update"; may be empty
    headline: str
    url: str | None
    language: str | None  # set when it is not the mail's
    extract: str | None
    disputed: str | None
    byline: PlacementView | None  # who had it first, or the only outlet; its notes are the time
    first: str | None  # the word before it
    reach: str | None  # "3 outlets, 1 copy"; None for a single placement
    placements: tuple[PlacementView, ...]
    more: str | None
    context: tuple[str, ...]  # what it continues
    tags: str | None


@dataclass(frozen=True, slots=True)
class RowView:
    title: str
    state: str
    why: str | None
    trouble: bool
    numbers: tuple[str, ...]  # listed, new, kept, failed


@dataclass(frozen=True, slots=True)
class View:
    language: str
    subject: str
    preheader: str
    title: str
    day: str
    figures: str
    coverage: str  # "5 of 6 outlets checked"
    complete: bool
    troubles: tuple[RowView, ...]
    more_troubles: str | None
    failed: str | None  # how many articles could not be fetched
    no_news: str | None
    stories: tuple[StoryView, ...]
    headlines: tuple[StoryView, ...]
    remaining: str | None
    older: str | None
    period: str
    rows: tuple[RowView, ...]
    more_rows: str | None
    total: RowView
    footer: tuple[str, ...]
    words: Phrases


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a form shows of each; None: all. What is left out is counted in words."""

    stories: int | None = None  # in full
    headlines: int | None = None  # of the stories after those
    placements: int | None = None  # of one story
    outlets: int | None = None  # rows of the coverage table


WHOLE = Limits()


def view(content: Content, language: str, limits: Limits = WHOLE) -> View:
    """The edition in words."""
    words = phrases(language, content.timezone)
    full, listed = _shares(len(content.stories), limits)
    rest = len(content.stories) - full - listed
    stories = tuple(_story(words, story, limits.placements) for story in content.stories[: full + listed])
    rows = _rows(content.coverage, limits.outlets)
    coverage = _coverage_line(words, content.totals)
    top = content.stories[0].telling(language).headline if content.stories else None
    troubles = [row for row in content.coverage if row.state in _TROUBLE]
    return View(
        language=language,
        subject=subject(content, language),
        preheader=" · ".join(part for part in (coverage, top) if part),
        title=content.title,
        day=_day(words, content),
        figures=_figures(words, content.totals),
        coverage=coverage,
        complete=content.complete,
        troubles=tuple(_row(words, row) for row in troubles[:_TROUBLES]),
        more_troubles=_more(words, "more_troubles", len(troubles) - _TROUBLES),
        failed=_more(words, "articles_failed", content.totals.failed),
        no_news=None if content.stories else _no_news(words, content.totals),
        stories=stories[:full],
        headlines=stories[full:],
        remaining=words.text("remaining", stories=words.count("stories", rest)) if rest else None,
        older=_older(words, content),
        period=_period(words, content),
        rows=tuple(_row(words, row) for row in rows),
        more_rows=_more(words, "more_rows", len(content.coverage) - len(rows)),
        total=_total(words, content.totals),
        footer=_footer(words, content),
        words=words,
    )


def _shares(count: int, limits: Limits) -> tuple[int, int]:
    """(stories in full, stories by headline)."""
    full = count if limits.stories is None else min(limits.stories, count)
    rest = count - full
    return full, rest if limits.headlines is None else min(limits.headlines, rest)


def _rows(coverage: tuple[OutletCoverage, ...], limit: int | None) -> tuple[OutletCoverage, ...]:
    """At most `limit` rows in their order: troubles first to stay, then outlets with articles."""
    if limit is None or len(coverage) <= limit:
        return coverage
    chosen = sorted(coverage, key=lambda row: (row.state not in _TROUBLE, row.articles == 0))[:limit]
    names = {row.outlet for row in chosen}
    return tuple(row for row in coverage if row.outlet in names)


def _more(words: Phrases, key: str, number: int) -> str | None:
    return words.count(key, number) if number > 0 else None


def _period(words: Phrases, content: Content) -> str:
    since, until = (words.moment(moment, "moment") for moment in (content.since, content.until))
    return words.text("coverage_period", since=since, until=until)


def subject(content: Content, language: str) -> str:
    """Title, date, what there is, and a mark when not every outlet was wholly checked. One line."""
    words = phrases(language, content.timezone)
    totals = content.totals
    news = words.count("stories", totals.stories) if totals.stories else words.text("no_news")
    until = words.day(content.period, "subject_date")
    if content.kind == "report":
        since = words.day(content.since.astimezone(words.zone).date(), "subject_date")
        line = words.text("subject_report", title=content.title, since=since, until=until, news=news)
    else:
        line = words.text("subject", title=content.title, date=until, news=news)
    if content.complete:
        return line
    checked, watched = words.number(totals.checked), words.number(totals.watched)
    return f"{line} {words.text('subject_incomplete', checked=checked, watched=watched)}"


def _day(words: Phrases, content: Content) -> str:
    if content.kind != "report":
        return words.day(content.period)
    since = content.since.astimezone(words.zone).date()
    return words.text("report", since=words.day(since, "subject_date"), until=words.day(content.period, "subject_date"))


def _figures(words: Phrases, totals: Totals) -> str:
    """What is there; nothing for what is not."""
    if not totals.stories:
        return ""
    articles = words.count("articles", totals.articles)
    if totals.copies:
        articles += f" ({words.count('copies', totals.copies)})"
    return " · ".join((words.count("stories", totals.stories), articles, words.count("outlets", totals.outlets)))


def _coverage_line(words: Phrases, totals: Totals) -> str:
    if not totals.watched:
        return words.text("coverage_none")
    return words.text("coverage_short", checked=words.number(totals.checked), watched=words.number(totals.watched))


def _no_news(words: Phrases, totals: Totals) -> str:
    if not totals.watched:
        return words.text("no_news_unwatched")
    return words.text("no_news_sentence", checked=words.number(totals.checked), watched=words.number(totals.watched))


def _older(words: Phrases, content: Content) -> str | None:
    if not content.older or content.window_hours is None:
        return None
    articles = words.count("articles", len(content.older))
    return words.text("older_sentence", articles=articles, hours=words.number(content.window_hours))


def _footer(words: Phrases, content: Content) -> tuple[str, ...]:
    frozen = words.text("frozen", time=words.moment(content.until, "moment"))
    if content.kind == "report":
        return words.text("quality"), words.text("footer_report")
    return f"{frozen} {words.text('quality')}", words.text("footer", list=content.list)


def _story(words: Phrases, story: StoryBlock, limit: int | None) -> StoryView:
    told = story.telling(words.language)
    only = story.placements[0] if len(story.placements) == 1 else None
    shown = () if only and _is_first(only, story.first) else story.placements
    marks = [_mark(mark) for mark in story.watches]
    if story.earlier:
        marks.append(words.text("update"))
    return StoryView(
        kicker=" · ".join(marks),
        headline=told.headline or words.text("no_headline"),
        url=told.url,
        language=_foreign(words, told.language if told.headline else None),
        extract=told.extract,
        disputed=words.text("disputed") if told.disputed else None,
        byline=_byline(words, story, only),
        first=words.text("first_report") if story.first and not only else None,
        reach=_reach(words, story),
        placements=tuple(_placement(words, place) for place in shown[:limit]),
        more=_more(words, "more_outlets", len(shown) - limit) if limit is not None else None,
        context=_context(words, story),
        tags=", ".join(_label(words, tag) for tag in story.tags) or None,
    )


def _mark(mark: WatchMark) -> str:
    """ "MGMAC 2026": the abbreviation that a long title ends with, and the forum's year."""
    short = _SHORT.search(mark.title)
    return " ".join((short[1] if short else mark.title, *([str(mark.edition)] if mark.edition else [])))


def _label(words: Phrases, tag: TagMark) -> str:
    """A topic in the reader's language; any other tag as it was frozen."""
    return label(tag.id, words.language) or tag.label


def _is_first(place: Placement, first: FirstReport | None) -> bool:
    """The only placement needs no line of its own when the byline already names it."""
    return first is None or first.url == place.url


def _byline(words: Phrases, story: StoryBlock, only: Placement | None) -> PlacementView | None:
    if only and _is_first(only, story.first):
        when = words.moment(only.published) if only.published else None
        notes = [note for note in (when, *_notes(words, only)) if note]
        return PlacementView(only.outlet_title, only.url, ", ".join(notes))
    if story.first is None:
        return None
    return PlacementView(story.first.outlet_title, story.first.url, _moment(words, story.first.published))


def _moment(words: Phrases, value: datetime | None) -> str:
    return words.moment(value) if value else words.text("undated")


def _reach(words: Phrases, story: StoryBlock) -> str | None:
    if len(story.placements) == 1:
        return None
    parts = [words.count("outlets", story.reach)]
    if len(story.placements) > story.reach:
        parts.insert(0, words.count("articles", len(story.placements)))
    if story.copies:
        parts.append(words.count("copies", story.copies))
    return ", ".join(parts)


def _placement(words: Phrases, place: Placement) -> PlacementView:
    return PlacementView(place.outlet_title, place.url, ", ".join(_notes(words, place)))


def _notes(words: Phrases, place: Placement) -> list[str]:
    notes = []
    if place.role is Role.COPY:
        notes.append(words.text("copy_of", outlet=place.copy_of) if place.copy_of else words.text("copy"))
    if place.published is None:
        notes.append(words.text("undated"))
    if place.changed:
        notes.append(words.text("changed"))
    return notes


def _context(words: Phrases, story: StoryBlock) -> tuple[str, ...]:
    lines = []
    if story.earlier:
        dates = ", ".join(words.day(day, "short_date") for day in story.earlier[-3:])
        lines.append(words.text("update_of", dates=dates))
    if story.follows and story.follows.headline:
        lines.append(words.text("follows", headline=story.follows.headline))
    return tuple(lines)


def _foreign(words: Phrases, language: str | None) -> str | None:
    """The language where it is known, well formed and not the mail's own."""
    if language is None or language == words.language or not _LANGUAGE.fullmatch(language):
        return None
    return language


def _row(words: Phrases, row: OutletCoverage) -> RowView:
    why = words.why(row.why) if row.why else None
    if why and row.checked_at and row.state is not Checked.WHOLE and row.why not in (Why.LISTINGS, Why.STOPPED):
        why = f"{why}; {words.text('last_read', time=words.moment(row.checked_at))}"
    return RowView(
        title=row.title or words.text("addresses"),
        state=words.text(row.state.value),
        why=why,
        trouble=row.state in _TROUBLE,
        numbers=tuple(words.number(number) for number in (row.listed, row.new, row.kept, row.failed)),
    )


def _total(words: Phrases, totals: Totals) -> RowView:
    numbers = (totals.listed, totals.new, totals.kept, totals.failed)
    return RowView(
        title=words.text("column_total"),
        state=_coverage_line(words, totals),
        why=None,
        trouble=False,
        numbers=tuple(words.number(number) for number in numbers),
    )
