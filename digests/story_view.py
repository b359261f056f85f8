"""One story in one language, as strings ready to be laid out. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from digests.marks import TagMark, WatchMark
from digests.model import FirstReport, Placement, StoryBlock
from digests.phrases import Phrases
from digests.placement_view import GroupView, PlacementView, Timing, foreign, notes, placement_groups
from digests.recap import Section, TopStory
from digests.story_marks import QuoteView, ToneView, quote_of, tones_of, warnings_of, why_of
from pipeline.tags import label

_SHORT = re.compile(r"\(([^()]{2,12})\)$")


@dataclass(frozen=True, slots=True)
class LineView:
    """ "Follows up: HEADLINE"."""

    label: str  # may be empty
    text: str
    language: str | None = None  # of the text; set when it is not the mail's


@dataclass(frozen=True, slots=True)
class StoryView:
    kicker: str  # "MGMAC 2023 · Update"; may be empty
    headline: str
    url: str | None
    language: str | None  # set when it is not the mail's
    language_name: str | None  # "Khmer", likewise
    extract: str | None
    disputed: str | None
    byline: PlacementView | None  # who had it first, or the only outlet; its notes are the time
    first: str | None  # the word before it
    reach: str | None  # "3 outlets (1 owned, 2 earned), 1 copy"; None for a single placement
    groups: tuple[GroupView, ...]
    more: str | None
    context: tuple[LineView, ...]  # what it continues
    tags: str | None
    why: str | None = None  # of a story that comes first: "told by 9 outlets · about Jakarta"
    quote: QuoteView | None = None
    note: str | None = None  # an editor's
    tones: tuple[ToneView, ...] = ()
    warnings: tuple[str, ...] = ()  # differing tones, what the city should answer
    outlets: str | None = None  # "3 outlets", beside a headline alone; None for one
    listed: bool = False  # who had it first stands among the groups with its time: no byline is needed

    @property
    def placements(self) -> tuple[PlacementView, ...]:
        """All that are shown, in their order."""
        return tuple(place for group in self.groups for place in (*([group.lead] if group.lead else []), *group.copies))


def story_view(
    words: Phrases,
    story: StoryBlock,
    limit: int | None,
    *,
    top: TopStory | None = None,
    section: Section | None = None,
) -> StoryView:
    """The story with at most `limit` placements (None: all). What the section's heading says is not said again."""
    told = story.telling(words.language)
    only = story.placements[0] if len(story.placements) == 1 else None
    shown = () if only and _is_first(only, story.first) else story.placements
    language = foreign(words, told.language if told.headline else None)
    listed = _listed(story, shown[:limit])
    return StoryView(
        kicker=_kicker(words, story, section, top),
        headline=told.headline or words.text("no_headline"),
        url=told.url,
        language=language,
        language_name=words.language_name(language) if language else None,
        extract=told.extract or None,
        disputed=words.text("disputed") if told.disputed and not story_clarified(story) else None,
        byline=_byline(words, story, only),
        first=words.text("first_report") if story.first and not only else None,
        reach=_reach(words, story),
        groups=placement_groups(Timing(words, listed, all=story.first is None), shown[:limit]),
        more=words.some("more_outlets", len(shown) - limit) if limit is not None else None,
        context=_context(words, story),
        tags=", ".join(topic_name(words, tag) for tag in story.tags if not _is_topic(section, tag)) or None,
        why=why_of(words, top) if top else None,
        quote=quote_of(words, story),
        note=story.note or None,
        tones=tones_of(words, story),
        warnings=warnings_of(words, story),
        outlets=words.count("outlets", story.reach) if story.reach > 1 else None,
        listed=listed is not None,
    )


def short_title(mark: WatchMark) -> str:
    """ "MGMAC 2026": the abbreviation that a long title ends with, and the forum's year."""
    short = _SHORT.search(mark.title)
    return " ".join((short[1] if short else mark.title, *([str(mark.edition)] if mark.edition else [])))


def story_clarified(story: StoryBlock) -> bool:
    """True when one of its placements says why the city should answer."""
    return any(place.clarify for place in story.placements)


def topic_name(words: Phrases, tag: TagMark) -> str:
    """A topic in the reader's language; any other tag as it was frozen."""
    return label(tag.id, words.language) or tag.label


def _kicker(words: Phrases, story: StoryBlock, section: Section | None, top: TopStory | None) -> str:
    """A top story says with its reasons that it is pinned."""
    marks = [short_title(mark) for mark in story.watches if section is None or mark.id != section.watch]
    if story.pinned and top is None:
        marks.append(words.text("pinned"))
    if story.earlier:
        marks.append(words.text("update"))
    return " · ".join(mark for mark in marks if mark)


def _is_topic(section: Section | None, tag: TagMark) -> bool:
    return section is not None and section.topic is not None and section.topic.id == tag.id


def _listed(story: StoryBlock, shown: Sequence[Placement]) -> str | None:
    """The address of who had it first, where that one is shown and its time is known."""
    first = story.first
    if first is None or first.url is None or first.published is None:
        return None
    return first.url if any(place.url == first.url and place.published for place in shown) else None


def _is_first(place: Placement, first: FirstReport | None) -> bool:
    """The only placement needs no line of its own when the byline already names it."""
    return first is None or first.url == place.url


def _byline(words: Phrases, story: StoryBlock, only: Placement | None) -> PlacementView | None:
    if only and _is_first(only, story.first):
        when = words.moment(only.published) if only.published else None
        owned = words.text("owned") if only.owned else None
        told = [note for note in (when, owned, *notes(words, only)) if note]
        return PlacementView(only.outlet_title, only.url, ", ".join(told))
    if story.first is None:
        return None
    return PlacementView(story.first.outlet_title, story.first.url, _moment(words, story.first.published))


def _moment(words: Phrases, value: datetime | None) -> str:
    return words.moment(value) if value else words.text("undated")


def _reach(words: Phrases, story: StoryBlock) -> str | None:
    """How many told it; the city's own are told apart where both kinds did."""
    if len(story.placements) == 1:
        return None
    parts = [words.count("outlets", story.reach)]
    if len(story.placements) > story.reach:
        parts.insert(0, words.count("articles", len(story.placements)))
    if story.copies:
        parts.append(words.count("copies", story.copies))
    if story.owned:
        parts.append(sides(words, story.owned, len(story.placements) - story.owned))
    return ", ".join(parts)


def sides(words: Phrases, owned: int, earned: int) -> str:
    """ "2 owned, 5 earned"; one of them alone where the other is none."""
    both = [words.some("owned_count", owned), words.some("earned_count", earned)]
    return ", ".join(part for part in both if part)


def _context(words: Phrases, story: StoryBlock) -> tuple[LineView, ...]:
    lines = []
    if story.earlier:
        dates = ", ".join(words.day(day, "short_date") for day in story.earlier[-3:])
        lines.append(LineView("", words.text("update_of", dates=dates)))
    if story.follows and story.follows.headline:
        language = foreign(words, story.follows.language)
        lines.append(LineView(words.text("follows"), story.follows.headline, language))
    return tuple(lines)
