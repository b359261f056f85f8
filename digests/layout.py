"""The plain-text form: the whole edition, in lines that any mail program shows. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from digests.columns import WIDTH, columns, table_line, wrap
from digests.coverage_view import CoverageView, RowView
from digests.layout_story import story_lines
from digests.view import View

_NUMBER = 10  # columns of one figure in a table


def as_text(view: View) -> str:
    """The whole edition. A line longer than 72 columns is an address, or a script written without spaces."""
    lines = [*wrap(view.title.upper()), *wrap(view.day)]
    if view.figures:
        lines += wrap(view.figures)
    if view.usual:
        lines += wrap(view.usual)
    lines += _screen(view)
    lines += _corrections(view)
    lines += _stories(view)
    for sentence in (view.older, view.dropped):
        lines += ["", *wrap(sentence)] if sentence else []
    lines += [*_trends(view), *_tones(view), *_coverage(view), "", "-" * WIDTH]
    for paragraph in view.footer:
        lines += wrap(paragraph)
    return "\n".join(lines) + "\n"


def _heading(text: str) -> list[str]:
    """A part of the edition. A screen reader says a row of signs as one, a short one at most."""
    return ["", "", *wrap(text.upper()), "=" * min(WIDTH, columns(text.upper()))]


def _screen(view: View) -> Iterator[str]:
    if view.banner:
        yield ""
        yield from wrap(view.banner)
    if view.coverage:
        yield ""
        yield from wrap(view.no_news or view.coverage.short)
        yield from _troubles(view.coverage)


def _troubles(coverage: CoverageView) -> Iterator[str]:
    for row in coverage.troubles:
        yield from wrap(_state(row), first="- ", rest="  ")
    if coverage.more_troubles:
        yield from wrap(coverage.more_troubles, first="- ", rest="  ")
    if coverage.failed:
        yield from wrap(coverage.failed)


def _state(row: RowView) -> str:
    return f"{row.title}: {row.state}" + (f" – {row.why}" if row.why else "")


def _corrections(view: View) -> Iterator[str]:
    if not view.corrections:
        return
    yield from _heading(view.words.text("corrections_heading"))
    for one in view.corrections:
        told = ": ".join(part for part in (one.what, one.headline) if part)
        yield from wrap(f"{told} ({one.where})", first="- ", rest="  ")
        if one.detail:
            yield from wrap(one.detail, first="  ", rest="  ")
        if one.url:
            yield f"  {one.url}"


def _stories(view: View) -> Iterator[str]:
    number = 0
    for part in view.parts:
        yield from _heading(part.heading)
        for story in part.stories:
            number += 1
            yield ""
            yield from story_lines(number, story, view.words)


def _trends(view: View) -> Iterator[str]:
    """A line of block characters each, and the same in words."""
    if not view.trends:
        return
    yield from _heading(view.words.text("trend_heading"))
    for trend in view.trends:
        yield ""
        yield from wrap(trend.label)
        yield f"{trend.span[0]} {trend.spark} {trend.span[1]}"


def _tones(view: View) -> Iterator[str]:
    if view.tones is None:
        return
    words = view.words
    yield from _heading(words.text("tone_heading"))
    names = tuple(words.text(f"column_{kind}") for kind in ("positive", "neutral", "negative"))
    yield from table_line(words.text("column_outlet"), names, _NUMBER)
    for row in view.tones.rows:
        yield from table_line(row.title, row.now, _NUMBER)
        if row.before:
            yield from wrap(row.before, first="  ", rest="  ")
    if view.tones.untold:
        yield from wrap(view.tones.untold)


def _coverage(view: View) -> Iterator[str]:
    if view.coverage is None:
        return
    words, coverage = view.words, view.coverage
    yield from _heading(words.text("coverage_heading"))
    yield from wrap(coverage.period)
    if not coverage.whole:
        yield from wrap(words.text("coverage_note"))
    yield from wrap(words.text("coverage_plain"))
    yield ""
    names = tuple(words.text(f"column_{name}") for name in ("listed", "new", "kept", "failed"))
    yield from table_line(words.text("column_outlet"), names, _NUMBER)
    for row in (*coverage.rows, coverage.total):
        yield from table_line(row.title, row.numbers, _NUMBER)
        if row.noted:
            yield from wrap(row.state + (f": {row.why}" if row.why else ""), first="  ", rest="  ")
        if row.completeness:
            yield from wrap(row.completeness, first="  ", rest="  ")
