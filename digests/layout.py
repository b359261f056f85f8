"""The plain-text form: 72 columns, every story and every outlet, addresses on lines of their own. Pure."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterator

from digests.story_view import PlacementView, StoryView
from digests.view import RowView, View

_WIDTH = 72  # columns; RFC 3676 recommends no more than 78
_NUMBER = 10  # columns of one figure in the coverage table


def as_text(view: View) -> str:
    """The whole edition. A line longer than 72 columns is an address, or a script written without spaces."""
    lines = [view.title.upper(), view.day]
    if view.figures:
        lines.append(view.figures)
    lines += ["", *_first_screen(view)]
    for number, story in enumerate((*view.stories, *view.headlines), start=1):
        lines += ["", "-" * _WIDTH, *_story(number, story, view)]
    if view.older:
        lines += ["", "-" * _WIDTH, *_wrap(view.older)]
    lines += ["", "=" * _WIDTH, *_coverage(view), "", "-" * _WIDTH]
    for paragraph in view.footer:
        lines += _wrap(paragraph)
    return "\n".join(lines) + "\n"


def _first_screen(view: View) -> Iterator[str]:
    if view.no_news:
        yield from _wrap(view.no_news)
    else:
        yield view.coverage
    for row in view.troubles:
        yield from _wrap(_state(row), first="- ", rest="  ")
    if view.more_troubles:
        yield from _wrap(view.more_troubles, first="- ", rest="  ")
    if view.failed:
        yield from _wrap(view.failed)


def _state(row: RowView) -> str:
    return f"{row.title}: {row.state}" + (f" – {row.why}" if row.why else "")


def _story(number: int, story: StoryView, view: View) -> Iterator[str]:
    mark = f"{number}. "
    indent = " " * len(mark)
    yield from _wrap(story.headline, first=mark, rest=indent)
    if story.kicker:
        yield from _wrap(story.kicker, first=indent, rest=indent)
    if story.extract:
        disputed = f" [{story.disputed}]" if story.disputed else ""
        yield ""
        yield from _wrap(story.extract + disputed, first=indent, rest=indent)
    yield ""
    if story.byline:
        first = f"{story.first}: " if story.first else ""
        notes = f", {story.byline.notes}" if story.byline.notes else ""
        yield from _wrap(f"{first}{story.byline.outlet}{notes}", first=indent, rest=indent)
        if not story.placements and story.byline.url:
            yield indent + story.byline.url
    if story.reach:
        yield f"{indent}{story.reach}:"
    for place in story.placements:
        yield from _place(place, indent)
    if story.more:
        yield indent + story.more
    for line in story.context:
        yield from _wrap(line, first=indent, rest=indent)
    if story.tags:
        yield from _wrap(f"{view.words.text('tags')}: {story.tags}", first=indent, rest=indent)


def _place(place: PlacementView, indent: str) -> Iterator[str]:
    notes = f" ({place.notes})" if place.notes else ""
    yield from _wrap(place.outlet + notes, first=f"{indent}* ", rest=f"{indent}  ")
    if place.url:
        yield f"{indent}  {place.url}"


def _coverage(view: View) -> Iterator[str]:
    words = view.words
    yield words.text("coverage_heading").upper()
    yield from _wrap(view.period)
    if not view.complete:
        yield from _wrap(words.text("coverage_note"))
    yield ""
    columns = tuple(words.text(f"column_{name}") for name in ("listed", "new", "kept", "failed"))
    yield _columns(words.text("column_outlet"), columns)
    for row in (*view.rows, view.total):
        yield _columns(row.title, row.numbers)
        yield from _wrap(row.state + (f": {row.why}" if row.why else ""), first="  ", rest="  ")
        if row.completeness:
            yield from _wrap(row.completeness, first="  ", rest="  ")


def _columns(title: str, numbers: tuple[str, ...]) -> str:
    """A title, then figures set to the right. A long title gets a line of its own."""
    room = _WIDTH - _NUMBER * len(numbers)
    figures = "".join(number.rjust(_NUMBER) for number in numbers)
    if _columns_of(title) > room:
        return f"{title}\n{' ' * room}{figures}"
    return title + " " * (room - _columns_of(title)) + figures


def _columns_of(text: str) -> int:
    """How wide it is in a fixed-width font."""
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )


def _wrap(text: str, *, first: str = "", rest: str = "") -> list[str]:
    """Lines of at most 72 columns; words are never broken, nor scripts without spaces."""
    return textwrap.wrap(
        text,
        width=_WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [first.rstrip()]
