"""What a reader wrote into the form: read, bounded and checked, with what is wrong in his language."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from digests import subscribers as domain
from digests.console.answers import Asked
from digests.console.drawing import Entered
from digests.phrases import LANGUAGES, Phrases
from digests.plain import one_line
from digests.subscribers import Choice
from pipeline.errors import SettingsError
from pipeline.locations.gazetteer import place_named

_LONGEST = 200  # characters of a name or a city
_MOST_CITIES = 50
_MOST_WRONG = 5  # cities for which another name is looked for


@dataclass(frozen=True, slots=True)
class Read:
    """The choice, or what is wrong with it."""

    choice: Choice | None
    entered: Entered
    wrong: tuple[str, ...] = ()


def read(asked: Asked, known: Collection[str], words: Phrases) -> Read:
    """The form as a choice. `known`: the ids of the watches."""
    entered = _entered(asked)
    cities, wrong = _cities(entered.cities, words)
    picked = (entered.language in LANGUAGES, entered.frequency in domain.FREQUENCIES, entered.form in ("html", "text"))
    if not all(picked) or set(entered.watches) - set(known):
        wrong.append(words.text("wrong_choice"))
    if wrong:
        return Read(None, entered, tuple(wrong))
    formats = (entered.form, *(("pdf",) if entered.pdf else ()))
    choice = Choice(entered.language, entered.frequency, entered.watches, entered.name or None, cities, formats)
    try:
        return Read(domain.check_choice(choice, known), entered)
    except SettingsError:
        return Read(None, entered, (words.text("wrong_choice"),))


def entered_of(choice: Choice, address: str = "") -> Entered:
    """The form filled with a choice."""
    return Entered(
        address=address,
        name=choice.name or "",
        language=choice.language,
        frequency=choice.frequency,
        watches=choice.watches,
        cities=", ".join(choice.cities),
        form="text" if "text" in choice.formats and "html" not in choice.formats else "html",
        pdf="pdf" in choice.formats,
    )


def _entered(asked: Asked) -> Entered:
    return Entered(
        address=(one_line(asked.one("address")) or "")[:320],
        name=(one_line(asked.one("name")) or "")[:_LONGEST],
        language=asked.one("language") or asked.language,
        frequency=asked.one("frequency") or "daily",
        watches=tuple(sorted(set(asked.form.get("watches", ())))),
        cities=one_line(asked.one("cities")) or "",
        form=asked.one("form") or "html",
        pdf=asked.one("pdf") == "pdf",
    )


def _cities(text: str, words: Phrases) -> tuple[tuple[str, ...], list[str]]:
    """(cities as the gazetteer writes them, what is wrong)."""
    names = [name for part in re.split(r"[,;|]", text) if (name := part.strip())]
    if len(names) > _MOST_CITIES:
        return (), [words.text("too_many_cities")]
    good: list[str] = []
    wrong: list[str] = []
    for name in names:
        place = place_named(name) if len(name) <= _LONGEST else None
        if place is not None:
            good.append(place.name)
            continue
        if len(wrong) == _MOST_WRONG:
            break
        offered, shown = domain.near(name), name[:60]
        key = "wrong_city_near" if offered else "wrong_city"
        wrong.append(words.text(key, city=shown, near=" / ".join(offered)))
    return tuple(sorted(set(good))), wrong
