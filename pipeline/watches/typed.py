"""A watch from what a person typed, and as it stands in a watch file."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence

from pipeline.errors import WatchError
from pipeline.watches.model import Alias, Held, Names, Together, Watch
from pipeline.watches.read import parse_watches


def new_watch(
    name: str,
    *,
    identifier: str | None = None,
    title: str | None = None,
    names: Sequence[str] = (),
    aliases: Sequence[str] = (),
    context: Sequence[str] = (),
    exclude: Sequence[str] = (),
    language: str = "any",
    first_edition: int | None = None,
) -> Watch:
    """A watch from what a person typed. `names` are further full names beside `name`.

    An alias all in capitals is an abbreviation: its case counts. Aliases need one of the `context` words near them,
    or the name somewhere in the text. Raises `WatchError` in one line.
    """
    terms = tuple(dict.fromkeys(stripped for term in (name, *names) if (stripped := term.strip())))
    watch = Watch(
        id=identifier or _identifier(name),
        title=title or name.strip(),
        names=(Names(language, terms),) if terms else (),
        aliases=tuple(
            Alias(text.strip(), exact_case=text.isupper(), search=True, context=tuple(context), exclude=tuple(exclude))
            for text in aliases
        ),
        first_edition=first_edition,
    )
    return checked(watch)


def watch_toml(watch: Watch) -> str:
    """The watch as it stands in a watch file."""
    lines = ["[[watch]]", f"id = {_string(watch.id)}", f"title = {_string(watch.title)}"]
    if watch.first_edition is not None:
        lines.append(f"first_edition = {watch.first_edition}")
    if not watch.annual:
        lines.append("annual = false")
    if watch.urgent:
        lines.append("urgent = true")
    if watch.unless:
        lines.append(f"unless = {_list(watch.unless)}")
    lines += [f"names.{names.language} = {_list(names.terms)}" for names in watch.names]
    for alias in watch.aliases:
        lines += _alias_lines(alias)
    for rule in watch.together:
        lines += _together_lines(rule)
    for held in watch.editions:
        lines += _edition_lines(held)
    return "\n".join(lines) + "\n"


def _alias_lines(alias: Alias) -> list[str]:
    lines = ["", "[[watch.aliases]]", f"text = {_string(alias.text)}"]
    lines += [
        f"{flag} = true" for flag in ("exact_case", "dated", "search", "lone", "doubtful") if getattr(alias, flag)
    ]
    lines += [] if alias.bare else ["bare = false"]
    lines += [] if alias.reach == Alias("xx").reach else [f"reach = {alias.reach}"]
    options = ("context", "hint", "exclude", "exclude_near")
    return lines + [f"{option} = {_list(terms)}" for option in options if (terms := getattr(alias, option))]


def _together_lines(rule: Together) -> list[str]:
    lines = ["", "[[watch.together]]", f"all = [{', '.join(map(_list, rule.all))}]"]
    some = [f"{{ least = {one.least}, of = [{', '.join(map(_list, one.of))}] }}" for one in rule.some]
    lines += [f"some = [{', '.join(some)}]"] if some else []
    lines += [f"reach = {rule.reach}"]
    lines += ["doubtful = true"] if rule.doubtful else []
    options = ("exclude", "exclude_near")
    return lines + [f"{option} = {_list(terms)}" for option in options if (terms := getattr(rule, option))]


def _edition_lines(held: Held) -> list[str]:
    lines = ["", "[[watch.editions]]", f"year = {held.year}"]
    lines += [f"place = {_string(held.place)}"] if held.place is not None else []
    lines += [f"country = {_string(held.country)}"] if held.country is not None else []
    lines += [f"number = {held.number}"] if held.number is not None else []
    return lines + ([f"also = {_list(held.also)}"] if held.also else [])


def checked(watch: Watch) -> Watch:
    """The watch as reading it back from a file gives it: the one place where its options are checked."""
    read = parse_watches(watch_toml(watch), file="new watch").get(watch.id)
    if read is None:
        raise WatchError(f"new watch: id: {watch.id!r} cannot be used")
    return read


def _identifier(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.replace("Đ", "D").replace("đ", "d")).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:60].rstrip("-")
    if not re.match(r"[a-z]", words) or len(words) < 2:
        raise WatchError(f"no id can be made of {name!r}: give one, such as city-forum (a-z, 0-9, hyphens)")
    return words


def _string(value: str) -> str:
    """A TOML basic string; JSON's escapes are among TOML's, but for DEL."""
    return json.dumps(value.encode("utf-8", "replace").decode(), ensure_ascii=False).replace("\x7f", "\\u007f")


def _list(values: Sequence[str]) -> str:
    return f"[{', '.join(_string(value) for value in values)}]"
