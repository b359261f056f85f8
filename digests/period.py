"""What time an edition is about, in words: a day, a week, or the dates of a report. Pure."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date

from digests.model import Content
from digests.phrases import Phrases

WEEKLY = "-weekly"  # a list's weekly roll-up is the list of that name with this ending


def is_weekly(content: Content) -> bool:
    return content.kind in ("edition", "draft") and content.list.endswith(WEEKLY)


def kind(words: Phrases, content: Content) -> str:
    """ "Kliping harian", "Kliping mingguan", "Laporan kliping"."""
    if content.kind in ("report", "alert"):
        return words.text(f"kind_{content.kind}")
    return words.text("kind_weekly" if is_weekly(content) else "kind_daily")


def names(words: Phrases, content: Content) -> tuple[str | None, str]:
    """(kind, title) for a cover: a title that the kind says already is not said again."""
    said = kind(words, content)
    return (None, said) if content.title.casefold() in said.casefold() else (said, content.title)


def days(words: Phrases, content: Content) -> str:
    """A daily edition's day with its weekday; of others from the first day to the last."""
    if content.kind != "report" and not is_weekly(content):
        return words.day(content.period)
    return span(words, content.since.astimezone(words.zone).date(), content.period)


def short_days(words: Phrases, content: Content) -> str:
    """The same without the weekday, for a subject line."""
    if content.kind != "report" and not is_weekly(content):
        return words.day(content.period, "subject_date")
    return days(words, content)


def span(words: Phrases, first: date, last: date) -> str:
    """One day, "1–2 August 2023", or "31 July – 2 August 2023"."""
    shown = words.day(last, "subject_date")
    if first >= last:
        return shown
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{shown}"
    begins = format_date(first, "d MMMM" if first.year == last.year else "d MMMM y", locale=words.locale)
    return f"{begins} – {shown}"
