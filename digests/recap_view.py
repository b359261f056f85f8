"""Corrections and the table of tones, as strings ready to be laid out. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from digests.model import Content
from digests.phrases import Phrases
from digests.placement_view import foreign
from digests.recap import Correction, CorrectionRule, OutletTones, Tones


@dataclass(frozen=True, slots=True)
class CorrectionView:
    what: str  # "Rejected by an editor"
    headline: str | None  # None: it must not be shown any more
    url: str | None
    language: str | None  # set when it is not the mail's
    where: str  # "ANTARA, edition of 31 Jul"
    detail: str | None  # a person's reason


@dataclass(frozen=True, slots=True)
class ToneRow:
    title: str
    owned: bool
    now: tuple[str, ...]  # positive, neutral, negative
    before: str | None  # "a week ago 2 · 1 · –"; None: not known


@dataclass(frozen=True, slots=True)
class ToneTable:
    rows: tuple[ToneRow, ...]
    more: str | None
    untold: str | None  # how many placements have no known tone


def corrections_view(words: Phrases, content: Content) -> tuple[CorrectionView, ...]:
    """In their order."""
    return tuple(_correction(words, one) for one in content.corrections)


def _correction(words: Phrases, one: Correction) -> CorrectionView:
    hidden = one.rule is CorrectionRule.WITHHELD
    edition = words.text("in_edition", date=words.day(one.period, "short_date"))
    outlet = None if hidden else one.outlet_title
    return CorrectionView(
        what=words.text(f"correction_{one.rule.value}"),
        headline=None if hidden else one.headline or words.text("no_headline"),
        url=None if hidden or one.rule is not CorrectionRule.CHANGED else one.url,
        language=None if hidden else foreign(words, one.language if one.headline else None),
        where=", ".join(part for part in (outlet, edition) if part),
        detail=None if hidden else one.detail or None,
    )


def tone_table(words: Phrases, content: Content, limit: int | None) -> ToneTable | None:
    """Outlets with a known tone, those with most of them first; None where none is known."""
    known = [row for row in content.tones if _told(row.now)]
    if not known:
        return None
    order = sorted(known, key=lambda row: (-_told(row.now), row.title, row.outlet))
    rows = tuple(_row(words, row) for row in order[:limit])
    untold = sum(row.now.untold for row in content.tones)
    return ToneTable(
        rows=rows,
        more=words.some("more_tone_rows", len(order) - len(rows)),
        untold=words.some("tone_untold", untold),
    )


def _told(tones: Tones) -> int:
    return tones.positive + tones.neutral + tones.negative


def _row(words: Phrases, row: OutletTones) -> ToneRow:
    told = _before(words, row.last_week) if row.last_week else None
    return ToneRow(row.title, row.owned, _figures(words, row.now), told)


def _before(words: Phrases, tones: Tones) -> str:
    positive, neutral, negative = _figures(words, tones)
    return words.text("week_before", positive=positive, neutral=neutral, negative=negative)


def _figures(words: Phrases, tones: Tones) -> tuple[str, ...]:
    """A dash for none: a column of zeros hides the figures among them."""
    return tuple(words.number(count) if count else "–" for count in (tones.positive, tones.neutral, tones.negative))
