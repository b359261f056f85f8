"""A month's figures as a small chart: heights for HTML, block characters for text, a sentence for all. Pure.

A day without an edition is a gap in every form, never a zero: nothing was counted on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from digests.phrases import Phrases
from digests.recap import DayCount, Trend

_BLOCKS = "▁▂▃▄▅▆▇█"  # U+2581 to U+2588
_GAP = " "  # as wide as a block in a fixed-width font
_FOLLOWING = ("articles", "outlets")
_SUBJECTS = ("stories", "articles", "outlets")
_THIN = 2  # pixels
_SOME = 3  # days with an edition: fewer make no line


@dataclass(frozen=True, slots=True)
class Bar:
    """One day."""

    height: int | None  # pixels, at least 2; None: a gap
    last: bool  # this edition's


@dataclass(frozen=True, slots=True)
class TrendView:
    """One figure over the last days, three times over: seen, typed and said."""

    subject: str  # as in `Trend`
    title: str  # "Stories"
    figure: str  # "12"; empty for none
    means: str  # "7 days: 9.4 · 28 days: 8.1"; empty where too few days had an edition
    highest: str  # "most: 15 on 12 July"
    gaps: str  # "3 days without an edition"; empty for none
    bars: tuple[Bar, ...]  # oldest first
    spark: str  # the same as block characters
    span: tuple[str, str]  # the first and the last day
    label: str  # all of it in one sentence, for who cannot see the chart


def trend_views(
    words: Phrases, trends: tuple[Trend, ...], height: int, limit: int | None = None
) -> tuple[TrendView, ...]:
    """Charts of those trends that have something to show, of at most `height` pixels.

    Where only `limit` may stand, the stories and the watches come before what follows from them: articles, outlets.
    """
    made = tuple(made for trend in trends if (made := trend_view(words, trend, height)) is not None)
    if limit is None or len(made) <= limit:
        return made
    return tuple(sorted(made, key=lambda one: one.subject in _FOLLOWING)[:limit])


def trend_view(words: Phrases, trend: Trend, height: int) -> TrendView | None:
    """None where fewer than three days had an edition, or nothing was counted on any."""
    known = [day for day in trend.days if day.count is not None]
    counts = [day.count or 0 for day in known]
    if len(known) < _SOME or not any(counts) or trend.days[-1].count is None:
        return None
    title = _title(words, trend)
    parts = [_means(words, trend), _highest(words, known), _gaps(words, len(trend.days) - len(known))]
    today = trend.days[-1].count or 0
    figure = words.number(today) if today else ""
    since, until = trend.days[0].day, trend.days[-1].day
    return TrendView(
        subject=trend.subject,
        title=title,
        figure=figure,
        means=parts[0],
        highest=parts[1],
        gaps=parts[2],
        bars=bars(trend.days, height),
        spark=spark(trend.days),
        span=(words.day(since, "short_date"), words.day(until, "short_date")),
        label=words.text(
            "trend_label",
            title=title,
            figure=figure or words.text("trend_none"),
            rest="; ".join(part for part in parts if part),
        ),
    )


def trend_line(words: Phrases, trends: tuple[Trend, ...]) -> str | None:
    """The first screen's: this edition's stories beside what is usual; None where that is not known."""
    trend = next((trend for trend in trends if trend.subject == "stories"), None)
    if trend is None or trend.mean_7 is None or not trend.days or trend.days[-1].count is None:
        return None
    usual = words.text("usual_7", mean=words.mean(trend.mean_7))
    if trend.mean_28 is not None:
        usual = words.text("usual_28", mean=words.mean(trend.mean_7), month=words.mean(trend.mean_28))
    return words.text(_direction(trend.days[-1].count, trend.mean_7), usual=usual)


def bars(days: tuple[DayCount, ...], height: int) -> tuple[Bar, ...]:
    """Heights in proportion to the highest; a zero is a thin line, so that it is no gap."""
    top = max((day.count or 0 for day in days), default=0)
    return tuple(
        Bar(None if day.count is None else max(_THIN, _share(day.count, top, height)), last=day is days[-1])
        for day in days
    )


def spark(days: tuple[DayCount, ...]) -> str:
    """One block character a day, a space for a gap. The lowest block is also the zero."""
    top = max((day.count or 0 for day in days), default=0)
    return "".join(
        _GAP if day.count is None else _BLOCKS[_share(day.count, top, len(_BLOCKS) - 1)] for day in days
    ).rstrip()


def _share(count: int, top: int, steps: int) -> int:
    """Of `steps`, rounded to the nearest, halves up."""
    return int(Fraction(count * steps, top) + Fraction(1, 2)) if top else 0


def _direction(count: int, mean: float) -> str:
    """More or fewer by a quarter is worth a word; the rest is as usual."""
    if count > mean * 1.25:
        return "more_than_usual"
    return "fewer_than_usual" if count < mean * 0.75 else "as_usual"


def _title(words: Phrases, trend: Trend) -> str:
    if trend.subject in _SUBJECTS:
        return words.text(f"trend_{trend.subject}")
    return trend.title or trend.subject.partition(":")[2]


def _means(words: Phrases, trend: Trend) -> str:
    means = [("mean_7", trend.mean_7), ("mean_28", trend.mean_28)]
    return "; ".join(words.text(key, mean=words.mean(value)) for key, value in means if value is not None)


def _highest(words: Phrases, known: list[DayCount]) -> str:
    best = max(known, key=lambda day: (day.count or 0, day.day))
    return words.text("trend_most", count=words.number(best.count or 0), day=words.day(best.day, "short_date"))


def _gaps(words: Phrases, number: int) -> str:
    return words.some("trend_gaps", number) or ""
