"""The recap table: placements by outlet and tone, owned and earned apart, with the week before beside. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from digests.model import Content
from digests.phrases import Phrases
from digests.recap import OutletTones, Tones

NONE = "–"  # a column of zeros hides the figures among them


@dataclass(frozen=True, slots=True)
class RecapRow:
    """Figures of each tone and their sum; `before` is None where no row has a week before."""

    title: str
    now: tuple[str, ...]
    before: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class RecapGroup:
    """Outlets of one kind with their sum; `subtotal` is None where there is one group only."""

    heading: str
    rows: tuple[RecapRow, ...]
    subtotal: RecapRow | None


@dataclass(frozen=True, slots=True)
class Recap:
    columns: tuple[str, ...]
    compared: bool
    groups: tuple[RecapGroup, ...]
    total: RecapRow


def recap(words: Phrases, content: Content) -> Recap | None:
    """None where nothing stands in this edition."""
    counted = [row for row in content.tones if _sum(row.now) or _sum(row.last_week or Tones())]
    if not any(_sum(row.now) for row in counted):
        return None
    compared = any(row.last_week is not None for row in counted)
    untold = any(row.now.untold or (row.last_week or Tones()).untold for row in counted)
    keys = ("positive", "neutral", "negative", *(["untold"] if untold else []))
    parts = [(key, [row for row in counted if row.owned is owned]) for key, owned in _KINDS]
    kept = [(key, rows) for key, rows in parts if rows]
    shown = _Columns(words, keys, compared)
    return Recap(
        columns=tuple(words.text(key) for key in (*(_COLUMNS[key] for key in keys), "sheet_all")),
        compared=compared,
        groups=tuple(shown.group(key, rows, alone=len(kept) == 1) for key, rows in kept),
        total=shown.sum(words.text("sheet_all"), counted),
    )


_KINDS = (("sheet_earned", False), ("sheet_owned", True))
_COLUMNS = {"positive": "positif", "neutral": "netral", "negative": "negatif", "untold": "sheet_not_told"}


@dataclass(frozen=True, slots=True)
class _Columns:
    words: Phrases
    keys: tuple[str, ...]
    compared: bool

    def group(self, key: str, rows: list[OutletTones], *, alone: bool) -> RecapGroup:
        order = sorted(rows, key=lambda row: (-_sum(row.now), row.title.casefold(), row.outlet))
        made = tuple(self.row(row.title or self.words.text("addresses"), row.now, row.last_week) for row in order)
        subtotal = None if alone else self.sum(self.words.text("sheet_subtotal"), rows)
        return RecapGroup(self.words.text(key), made, subtotal)

    def sum(self, title: str, rows: list[OutletTones]) -> RecapRow:
        before = [row.last_week for row in rows if row.last_week is not None]
        return self.row(title, _added(row.now for row in rows), _added(before) if before else None)

    def row(self, title: str, now: Tones, before: Tones | None) -> RecapRow:
        return RecapRow(title, self.figures(now), self.figures(before) if self.compared else None)

    def figures(self, tones: Tones | None) -> tuple[str, ...]:
        if tones is None:
            return ("",) * (len(self.keys) + 1)
        counts = (*(getattr(tones, key) for key in self.keys), _sum(tones))
        return tuple(self.words.number(count) if count else NONE for count in counts)


def _sum(tones: Tones) -> int:
    return tones.positive + tones.neutral + tones.negative + tones.untold


def _added(rows: Iterable[Tones]) -> Tones:
    total = Tones()
    for row in rows:
        total = Tones(
            total.positive + row.positive,
            total.neutral + row.neutral,
            total.negative + row.negative,
            total.untold + row.untold,
        )
    return total
