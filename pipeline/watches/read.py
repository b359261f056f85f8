"""Read and check watches: the bundled file, then the operator's."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from importlib import resources
from pathlib import Path

from pipeline.errors import WatchError
from pipeline.lexicon import expand
from pipeline.toml_files import read_text_if_there
from pipeline.watches.file import Lists, lists_of, urgent_of, watches_of
from pipeline.watches.model import Watch, Watches

_BUNDLED = "pipeline/data/watches.toml"


def parse_watches(text: str, *, file: str = "watch file") -> Watches:
    """Read one watch file. Raises `WatchError` with file, option and what is expected, in one line."""
    found = watches_of(text, file, _bundled_lists())
    seen: set[str] = set()
    for place, watch in enumerate(found):
        if watch.id in seen:
            raise WatchError(f"{file}: watch.{place}.id: {watch.id!r} stands there twice, give each watch its own id")
        _check(watch, f"{file}: watch.{place}")
        seen.add(watch.id)
    return Watches(found)


def _check(watch: Watch, where: str) -> None:
    """What one option alone does not show. Raises `WatchError`."""
    if not watch.names and not watch.aliases and not watch.together:
        raise WatchError(f"{where}.names: {watch.id!r} has neither names nor aliases nor together, give one")
    if watch.id in watch.unless:
        raise WatchError(f"{where}.unless: {watch.id!r} cannot stand back for itself, take it out")
    years = [held.year for held in watch.editions]
    twice = next((year for place, year in enumerate(years) if year in years[:place]), None)
    if twice is not None:
        raise WatchError(f"{where}.editions: {twice} stands there twice, a year has one edition")
    if years and watch.first_edition is None:
        raise WatchError(f"{where}.first_edition: {watch.id!r} has editions, say which year was the first")
    if watch.first_edition is not None and years and min(years) < watch.first_edition:
        raise WatchError(f"{where}.editions: {min(years)} lies before the first edition, {watch.first_edition}")
    for place, rule in enumerate(watch.together):
        if len(rule.all) + len(rule.some) < 2 and not rule.doubtful:
            raise WatchError(f"{where}.together.{place}.all: one kind of word is no certainty, give two, or doubtful")
        for some in rule.some:
            if some.least > len(some.of):
                raise WatchError(f"{where}.together.{place}.some: {some.least} of {len(some.of)} kinds cannot be there")


@lru_cache(maxsize=1)
def _bundled_text() -> str:
    return resources.files("pipeline").joinpath("data/watches.toml").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _bundled_lists() -> Lists:
    """The lists of words and places that any watch file may use."""
    return lists_of(_bundled_text(), _BUNDLED)


@lru_cache(maxsize=1)
def bundled_watches() -> Watches:
    """The watches that come with the program."""
    return parse_watches(_bundled_text(), file=_BUNDLED)


def load_watches(operator_file: Path | None) -> Watches:
    """The bundled watches, then the operator's: one with the same id replaces, the others are added.

    A missing operator file is no error. Raises `WatchError` where it cannot be read or used.
    """
    bundled = bundled_watches()
    text = read_text_if_there(operator_file, WatchError) if operator_file is not None else None
    if text is None:
        return bundled
    merged = {watch.id: watch for watch in (*bundled, *parse_watches(text, file=str(operator_file)))}
    for identifier in urgent_of(text, str(operator_file)):
        if identifier not in merged:
            known = f"`kliping watches urgent {identifier} --off` takes it out"
            raise WatchError(f"{operator_file}: urgent: no watch is called {identifier!r}; {known}")
        merged[identifier] = replace(merged[identifier], urgent=True)
    return Watches(tuple(merged.values()))


def search_terms(watches: Watches, language: str) -> tuple[str, ...]:
    """What to ask the search page of an outlet in that language: abbreviations, names of no language, then one name.

    Each watch gives its name in that language, or the English one. A term that holds another one is not asked: what
    that one finds holds it.
    """
    terms: list[str] = []
    for watch in watches:
        terms += [alias.text for alias in watch.aliases if alias.search]
        by_language = {names.language: names.terms for names in watch.names}
        terms += [expand(term)[0] for term in by_language.get("any", ())]
        named = by_language.get(language) or by_language.get("en") or ()
        terms += [" ".join(expand(term)[0].split()) for term in named[:1]]
    asked = dict.fromkeys(terms)
    return tuple(term for term in asked if not any(_holds(term, other) for other in asked if other != term))


def _holds(term: str, other: str) -> bool:
    """Does the one stand in the other, as whole words?"""
    return f" {other.casefold()} " in f" {term.casefold()} "
