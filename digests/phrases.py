"""The mail's words in a reader's language: sentences from `templates/LANGUAGE.toml`, dates and numbers by Babel."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime, get_timezone_name
from babel.numbers import format_decimal, format_percent

from pipeline.errors import SettingsError

LANGUAGES = ("id", "en")
_LOCALES = {"id": "id", "en": "en_GB"}  # day before month, as the region writes English


@dataclass(frozen=True, slots=True)
class Phrases:
    """One language's words for one time zone."""

    language: str
    words: Mapping[str, str | Mapping[str, str]]
    locale: Locale
    zone: ZoneInfo

    def text(self, key: str, **values: str) -> str:
        """The sentence with its values filled in."""
        word = self.words[key]
        if not isinstance(word, str):
            raise KeyError(key)
        return word.format(**values) if values else word

    def count(self, key: str, number: int) -> str:
        """ "3 articles", in the right plural form."""
        forms = self._forms(key)
        form = self.locale.plural_form(number)
        return forms.get(form, forms["other"]).format(n=self.number(number))

    def some(self, key: str, number: int) -> str | None:
        """As `count`, and nothing for none."""
        return self.count(key, number) if number > 0 else None

    def why(self, reason: str) -> str:
        """A `FailureClass` or a `Why` as one plain phrase."""
        forms = self._forms("why")
        return forms.get(reason, forms["internal"])

    def number(self, value: int) -> str:
        return format_decimal(value, locale=self.locale)

    def mean(self, value: float) -> str:
        """With one decimal where it has one."""
        return format_decimal(round(value, 1), format="#,##0.#", locale=self.locale)

    def language_name(self, code: str) -> str:
        """ "Khmer"; the code itself where CLDR has no name for it."""
        names = self.locale.languages
        return names.get(code) or names.get(code.partition("-")[0]) or code

    def clarify(self, rule: str | None, otherwise: str) -> str:
        """Why the city should answer, by its rule; as it was frozen where the rule is not known."""
        forms = self._forms("clarify")
        return forms[rule] if rule is not None and rule in forms else f"{forms['unknown']}: {otherwise}"

    def percent(self, share: float) -> str:
        """A share of 0..1 in whole percent, rounded down."""
        return format_percent(math.floor(share * 100 + 1e-9) / 100, locale=self.locale)

    def day(self, value: date, form: str = "date") -> str:
        """A day: `date` with its weekday, `subject_date` in full, `short_date`."""
        return format_date(value, self.text(form), locale=self.locale)

    def moment(self, value: datetime, form: str = "time") -> str:
        """An instant in the list's zone, with the zone's short name."""
        local = value.astimezone(self.zone)
        zone = get_timezone_name(local, width="short", locale=Locale.parse("id") if self._indonesian else self.locale)
        if zone[0] in "+-":  # no short name that readers know: "+0800"
            zone = f"UTC{zone[:3]}:{zone[3:]}"
        return f"{format_datetime(local, self.text(form), tzinfo=self.zone, locale=self.locale)} {zone}"

    @property
    def _indonesian(self) -> bool:
        """WIB, WITA and WIT are what readers know, in English too; CLDR's English says GMT+7."""
        return self.zone.key in ("Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura")

    def _forms(self, key: str) -> Mapping[str, str]:
        forms = self.words[key]
        if isinstance(forms, str):
            raise KeyError(key)
        return forms


@cache
def phrases(language: str, timezone: str) -> Phrases:
    """The words of a language. Raises `SettingsError` for one that has no file."""
    if language not in LANGUAGES:
        raise SettingsError(f"language {language!r}: the digest speaks {' and '.join(LANGUAGES)}")
    text = files("digests").joinpath("templates", f"{language}.toml").read_text(encoding="utf-8")
    return Phrases(language, tomllib.loads(text), Locale.parse(_LOCALES[language]), ZoneInfo(timezone))
