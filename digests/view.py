"""An edition in one language, as strings ready to be laid out: what HTML and plain text share. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from digests.arrangement import Place, places
from digests.charts import TrendView, trend_line, trend_views
from digests.coverage_view import CoverageView, RowView, coverage_view, no_news
from digests.heading import day, figures, footer, older, preheader, subject, web
from digests.model import Content
from digests.phrases import Phrases, phrases
from digests.recap_view import CorrectionView, ToneTable, corrections_view, tone_table
from digests.safe import safe
from digests.story_view import LineView, StoryView, story_view

__all__ = [
    "WHOLE", "Limits", "PartView", "Place", "RowView", "StoryView", "View", "Viewer", "places", "subject", "view",
]  # fmt: skip
_CHART = 40  # pixels of the highest bar


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a form shows of each; None: all. What is left out is counted in words."""

    stories: int | None = None  # in full
    headlines: int | None = None  # of the stories after those
    placements: int | None = None  # of one story
    outlets: int | None = None  # rows of the coverage table
    trends: int | None = None  # charts
    tones: int | None = None  # rows of the table of tones
    corrections: int | None = None


WHOLE = Limits()


@dataclass(frozen=True, slots=True)
class PartView:
    """Stories under one heading."""

    heading: str
    top: bool
    stories: tuple[StoryView, ...]


@dataclass(frozen=True, slots=True)
class View:
    """Empty texts, empty tuples and None stand for what is not there."""

    kind: str  # as in `Content`
    language: str
    subject: str
    preheader: LineView
    banner: str | None  # of a draft
    title: str
    day: str
    figures: str
    usual: str | None  # this edition's stories beside what is usual
    coverage: CoverageView | None  # None: an alert, which says nothing about it
    no_news: str | None
    corrections: tuple[CorrectionView, ...]
    more_corrections: str | None
    parts: tuple[PartView, ...]  # stories in full
    headlines: tuple[StoryView, ...]
    remaining: str | None
    older: str | None
    dropped: str | None
    trends: tuple[TrendView, ...]
    tones: ToneTable | None
    web: str | None  # address of this edition's page, without the key that may be needed to open it
    footer: tuple[str, ...]
    words: Phrases

    @property
    def stories(self) -> tuple[StoryView, ...]:
        """Those in full, in their order."""
        return tuple(story for part in self.parts for story in part.stories)

    @property
    def rows(self) -> tuple[RowView, ...]:
        """The table of coverage."""
        return self.coverage.rows if self.coverage else ()

    @property
    def shortened(self) -> bool:
        """True when something of the edition is only counted here."""
        left = (self.remaining, self.more_corrections, self.coverage and self.coverage.more_rows)
        return any(left) or any(story.more for story in (*self.stories, *self.headlines))


def view(content: Content, language: str, limits: Limits = WHOLE, base_url: str | None = None) -> View:
    """The edition in words."""
    return Viewer(content, language, base_url).view(limits)


class Viewer:
    """Views of one content under several limits: a story is put into words once."""

    def __init__(self, content: Content, language: str, base_url: str | None = None) -> None:
        self.content = safe(content)
        self.words = phrases(language, content.timezone)
        self.base_url = base_url
        self._places = tuple(places(self.words, self.content))
        self._told: dict[tuple[int, int | None], StoryView] = {}

    def view(self, limits: Limits = WHOLE) -> View:
        """As much as the limits allow."""
        content, words = self.content, self.words
        full, listed = _shares(len(self._places), limits)
        rest = len(self._places) - full - listed
        corrections = corrections_view(words, content)
        alert = content.kind == "alert"
        return View(
            kind=content.kind,
            language=words.language,
            subject=subject(content, words.language),
            preheader=preheader(words, content),
            banner=words.text("draft_banner") if content.kind == "draft" else None,
            title=content.title,
            day=day(words, content),
            figures="" if alert else figures(words, content.totals),
            usual=trend_line(words, content.trends),
            coverage=None if alert else coverage_view(words, content, limits.outlets),
            no_news=None if content.stories or alert else no_news(words, content.totals),
            corrections=corrections[: limits.corrections],
            more_corrections=_more(words, "more_corrections", len(corrections), limits.corrections),
            parts=self._parts(full, limits.placements),
            headlines=tuple(self._story(number, limits.placements) for number in range(full, full + listed)),
            remaining=words.text("remaining", stories=words.count("stories", rest)) if rest else None,
            older=older(words, content),
            dropped=words.some("dropped_sentence", content.totals.dropped),
            trends=trend_views(words, content.trends, _CHART, limits.trends),
            tones=tone_table(words, content, limits.tones),
            web=web(self.base_url, content),
            footer=footer(words, content, linked=self.base_url is not None),
            words=words,
        )

    def _parts(self, full: int, placements: int | None) -> tuple[PartView, ...]:
        parts: list[PartView] = []
        for number, place in enumerate(self._places[:full]):
            told = self._story(number, placements)
            if parts and parts[-1].heading == place.heading:
                parts[-1] = PartView(place.heading, parts[-1].top, (*parts[-1].stories, told))
            else:
                parts.append(PartView(place.heading, place.top is not None, (told,)))
        return tuple(parts)

    def _story(self, number: int, placements: int | None) -> StoryView:
        key = (number, placements)
        if key not in self._told:
            place = self._places[number]
            self._told[key] = story_view(self.words, place.block, placements, top=place.top, section=place.section)
        return self._told[key]


def _shares(count: int, limits: Limits) -> tuple[int, int]:
    """(stories in full, stories by headline)."""
    full = count if limits.stories is None else min(limits.stories, count)
    rest = count - full
    return full, rest if limits.headlines is None else min(limits.headlines, rest)


def _more(words: Phrases, key: str, count: int, limit: int | None) -> str | None:
    return words.some(key, count - limit) if limit is not None else None
