"""An edition in one language, as strings ready to be laid out: what HTML and plain text share. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from digests.model import Checked, Completeness, Content, OutletCoverage, Totals, Why
from digests.phrases import Phrases, phrases
from digests.story_view import StoryView, story_view

_TROUBLE = (Checked.PARTLY, Checked.NOT)
_TROUBLES = 6  # outlets named on the first screen


@dataclass(frozen=True, slots=True)
class RowView:
    title: str
    state: str
    why: str | None
    trouble: bool
    numbers: tuple[str, ...]  # listed, new, kept, failed
    completeness: str | None = None  # "estimated complete: 96 % at best (feed × sitemap)"; in the table only


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
    stories = tuple(story_view(words, story, limits.placements) for story in content.stories[: full + listed])
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
        more_troubles=words.some("more_troubles", len(troubles) - _TROUBLES),
        failed=words.some("articles_failed", content.totals.failed),
        no_news=None if content.stories else _no_news(words, content.totals),
        stories=stories[:full],
        headlines=stories[full:],
        remaining=words.text("remaining", stories=words.count("stories", rest)) if rest else None,
        older=_older(words, content),
        period=_period(words, content),
        rows=tuple(_row(words, row) for row in rows),
        more_rows=words.some("more_rows", len(content.coverage) - len(rows)),
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


def _row(words: Phrases, row: OutletCoverage) -> RowView:
    why = _why(words, row)
    if why and row.checked_at and row.state is not Checked.WHOLE and row.why not in (Why.LISTINGS, Why.STOPPED):
        why = f"{why}; {words.text('last_read', time=words.moment(row.checked_at))}"
    return RowView(
        title=row.title or words.text("addresses"),
        state=words.text(row.state.value),
        why=why,
        trouble=row.state in _TROUBLE,
        numbers=tuple(words.number(number) for number in (row.listed, row.new, row.kept, row.failed)),
        completeness=_completeness(words, row.completeness),
    )


def _completeness(words: Phrases, estimate: Completeness | None) -> str | None:
    """Rounded down: what is not quite whole must not read 100 %."""
    if estimate is None:
        return None
    return words.text("completeness", share=words.percent(estimate.share), roads=" × ".join(estimate.roads))


def _why(words: Phrases, row: OutletCoverage) -> str | None:
    """Why it was not wholly read; of articles that could not be read also what they met, the commonest first."""
    if row.why is None:
        return None
    met = sorted(row.failures, key=lambda count: (-count.urls, count.failure)) if row.why == Why.ARTICLES else []
    told = ", ".join(f"{words.why(count.failure)} ({words.number(count.urls)})" for count in met)
    return f"{words.why(row.why)}: {told}" if told else words.why(row.why)


def _total(words: Phrases, totals: Totals) -> RowView:
    numbers = (totals.listed, totals.new, totals.kept, totals.failed)
    return RowView(
        title=words.text("column_total"),
        state=_coverage_line(words, totals),
        why=None,
        trouble=False,
        numbers=tuple(words.number(number) for number in numbers),
    )
