"""The words of a dossier by language: `templates/dossier-LANGUAGE.toml` beside those of the mail."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources import files

from babel.dates import format_date

from digests.phrases import Phrases, phrases

_MARKS = {"≈": "about", ">": "over", "<": "nearly", "≤": "up_to"}  # of `pipeline.dossiers.counts`


@cache
def dossier_words(language: str, timezone: str) -> Phrases:
    """The mail's words with the dossier's over them. Raises `SettingsError` for a language that has no file."""
    base = phrases(language, timezone)
    text = files("digests").joinpath("templates", f"dossier-{language}.toml").read_text(encoding="utf-8")
    return replace(base, words={**base.words, **tomllib.loads(text)})


def form(words: Phrases, table: str, key: str, **values: str) -> str:
    """A sentence of a table of sentences; the key itself where the table has none."""
    forms = words.words[table]
    return forms.get(key, key).format(**values) if not isinstance(forms, str) else forms


def country(words: Phrases, code: str | None) -> str:
    """ "ID" is Indonesia."""
    return words.locale.territories.get(code, code) if code else words.text("no_country")


def language_name(words: Phrases, code: str | None) -> str:
    """ "ms" is Malay; a dash where it is not known."""
    return words.locale.languages.get(code, code) if code else "–"


def number(words: Phrases, value: str) -> str:
    """ "≈200" as "about 200"."""
    mark = _MARKS.get(value[:1])
    digits = value[1:] if mark else value
    shown = words.number(int(digits)) if digits.isdigit() else digits
    return words.text(mark, n=shown) if mark else shown


def span(words: Phrases, first: date, last: date) -> str:
    """One day, "1–2 August 2023", or "31 July to 2 August 2023"."""
    shown = words.day(last, "subject_date")
    if first == last:
        return shown
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{shown}"
    begins = format_date(first, "d MMMM" if first.year == last.year else "d MMMM y", locale=words.locale)
    return words.text("to", first=begins, last=shown)
