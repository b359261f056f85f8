"""One story as lines of plain text. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from digests.columns import wrap
from digests.phrases import Phrases
from digests.placement_view import GroupView, PlacementView
from digests.story_view import StoryView


def story_lines(number: int, story: StoryView, words: Phrases) -> Iterator[str]:
    """The headline with its number, what it says, who told it, with every address."""
    mark = f"{number}. "
    indent = " " * len(mark)
    yield from wrap(story.headline, first=mark, rest=indent)
    for line in (_marks(story, words), story.why):
        if line:
            yield from wrap(line, first=indent, rest=indent)
    yield from _told(story, indent)
    for label, text in ((words.text("note"), story.note), ("", _quote(story))):
        if text:
            yield ""
            yield from wrap(f"{label}: {text}" if label else text, first=indent, rest=indent)
    yield ""
    yield from _where(story, indent)
    yield from _afterwards(story, words, indent)


def _marks(story: StoryView, words: Phrases) -> str:
    """ "MGMAC 2023 · Update · in Khmer"."""
    language = words.text("in_language", language=story.language_name) if story.language_name else ""
    return " · ".join(part for part in (story.kicker, language) if part)


def _told(story: StoryView, indent: str) -> Iterator[str]:
    disputed = f" [{story.disputed}]" if story.disputed else ""
    if story.extract or disputed:
        yield ""
        yield from wrap((story.extract or "") + disputed, first=indent, rest=indent)


def _quote(story: StoryView) -> str:
    if story.quote is None:
        return ""
    who = " · ".join(part for part in (story.quote.speaker, story.quote.outlet) if part)
    return f"{story.quote.text} – {who}" if who else story.quote.text


def _where(story: StoryView, indent: str) -> Iterator[str]:
    if story.byline and not story.listed:
        first = f"{story.first}: " if story.first else ""
        noted = f", {story.byline.notes}" if story.byline.notes else ""
        yield from wrap(f"{first}{story.byline.outlet}{noted}", first=indent, rest=indent)
        if not story.groups and story.byline.url:
            yield indent + story.byline.url
    if story.reach:
        yield from wrap(f"{story.reach}:", first=indent, rest=indent)
    for group in story.groups:
        yield from _group(group, indent)
    if story.more:
        yield indent + story.more


def _group(group: GroupView, indent: str) -> Iterator[str]:
    inner = indent
    if group.lead:
        folded = f" {group.folded}" if group.folded else ""
        yield from _place(group.lead, indent, folded)
        inner = indent + "  " if group.folded else indent
    elif group.folded:
        yield from wrap(f"{group.folded}:", first=f"{indent}* ", rest=f"{indent}  ")
        inner = indent + "  "
    for copy in group.copies:
        yield from _place(copy, inner, "")


def _place(place: PlacementView, indent: str, folded: str) -> Iterator[str]:
    noted = f" ({place.notes})" if place.notes else ""
    yield from wrap(place.outlet + noted + folded, first=f"{indent}* ", rest=f"{indent}  ")
    if place.url:
        yield f"{indent}  {place.url}"


def _afterwards(story: StoryView, words: Phrases, indent: str) -> Iterator[str]:
    lines = [f"{line.label}: {line.text}" if line.label else line.text for line in story.context]
    if story.tones:
        lines.append(words.text("tone_line", tones=", ".join(tone.text for tone in story.tones)))
    lines += story.warnings
    if story.tags:
        lines.append(f"{words.text('tags')}: {story.tags}")
    for line in lines:
        yield from wrap(line, first=indent, rest=indent)
