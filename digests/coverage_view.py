"""What was checked, as strings ready to be laid out. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from digests.model import Checked, Completeness, Content, OutletCoverage, Totals, Why
from digests.phrases import Phrases

TROUBLE = (Checked.PARTLY, Checked.NOT)
_TROUBLES = 6  # outlets named on the first screen


@dataclass(frozen=True, slots=True)
class RowView:
    title: str
    state: str
    why: str | None
    trouble: bool
    numbers: tuple[str, ...]  # listed, new, kept, failed
    plain: str = ""  # the word for an outlet that was wholly checked
    completeness: str | None = None  # "estimated complete: 96 % at best (feed × sitemap)"; in the table only

    @property
    def noted(self) -> bool:
        """True when its line in the table needs more words than its figures."""
        return self.state != self.plain or bool(self.why or self.completeness)


@dataclass(frozen=True, slots=True)
class CoverageView:
    """None and empty where there is nothing to say."""

    short: str  # "28/31 checked"; empty where no outlet is watched and none was crawled: an alert
    line: str  # "28 of 31 outlets checked"
    whole: bool
    troubles: tuple[RowView, ...]  # the failures, as many as the first screen holds
    more_troubles: str | None
    failed: str | None  # how many articles could not be fetched
    period: str
    rows: tuple[RowView, ...]  # the whole table
    more_rows: str | None
    total: RowView


def coverage_view(words: Phrases, content: Content, limit: int | None = None) -> CoverageView:
    """The coverage with at most `limit` rows of its table (None: all)."""
    totals = content.totals
    rows = _rows(content.coverage, limit)
    troubles = [row for row in content.coverage if row.state in TROUBLE]
    since, until = (words.moment(moment, "moment") for moment in (content.since, content.until))
    return CoverageView(
        short=short(words, totals),
        line=line(words, totals),
        whole=content.complete,
        troubles=tuple(row_view(words, row) for row in troubles[:_TROUBLES]),
        more_troubles=words.some("more_troubles", len(troubles) - _TROUBLES),
        failed=words.some("articles_failed", totals.failed),
        period=words.text("coverage_period", since=since, until=until),
        rows=tuple(row_view(words, row) for row in rows),
        more_rows=words.some("more_rows", len(content.coverage) - len(rows)),
        total=_total(words, totals),
    )


def short(words: Phrases, totals: Totals) -> str:
    """As the first screen has it."""
    if not totals.watched:
        return words.text("coverage_none")
    return words.text("checked_of", checked=words.number(totals.checked), watched=words.number(totals.watched))


def line(words: Phrases, totals: Totals) -> str:
    """As a sentence has it."""
    if not totals.watched:
        return words.text("coverage_none")
    return words.text("coverage_short", checked=words.number(totals.checked), watched=words.number(totals.watched))


def no_news(words: Phrases, totals: Totals) -> str:
    """That there is nothing to tell, and how much that says."""
    if not totals.watched:
        return words.text("no_news_unwatched")
    return words.text("no_news_sentence", checked=words.number(totals.checked), watched=words.number(totals.watched))


def row_view(words: Phrases, row: OutletCoverage) -> RowView:
    """One outlet."""
    why = _why(words, row)
    if why and row.checked_at and row.state is not Checked.WHOLE and row.why not in (Why.LISTINGS, Why.STOPPED):
        why = f"{why}; {words.text('last_read', time=words.moment(row.checked_at))}"
    return RowView(
        title=row.title or words.text("addresses"),
        state=words.text(row.state.value),
        why=why,
        trouble=row.state in TROUBLE,
        plain=words.text("checked"),
        numbers=tuple(words.number(number) for number in (row.listed, row.new, row.kept, row.failed)),
        completeness=_completeness(words, row.completeness),
    )


def _rows(coverage: tuple[OutletCoverage, ...], limit: int | None) -> tuple[OutletCoverage, ...]:
    """At most `limit` rows in their order: troubles first to stay, then outlets with articles."""
    if limit is None or len(coverage) <= limit:
        return coverage
    chosen = sorted(coverage, key=lambda row: (row.state not in TROUBLE, row.articles == 0))[:limit]
    names = {row.outlet for row in chosen}
    return tuple(row for row in coverage if row.outlet in names)


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
        state=line(words, totals),
        why=None,
        trouble=False,
        numbers=tuple(words.number(number) for number in numbers),
    )
