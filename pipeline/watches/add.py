"""Add a watch to the operator's file, without an editor."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from pipeline.draft import Draft
from pipeline.errors import WatchError
from pipeline.toml_files import read_text_if_there
from pipeline.watches.model import Alias, Names, Watch, Watches
from pipeline.watches.read import bundled_watches, parse_watches


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
    return _checked(watch)


def add_watch(operator_file: Path, new: Watch) -> Watches:
    """Append the watch to the operator's file, which is made where there is none, and return what is in it now.

    The file is replaced as a whole, checked before: it is never left half written. Raises `WatchError` where the
    watch cannot be used, its id is taken, or the file cannot be read or written.
    """
    text = read_text_if_there(operator_file, WatchError) or ""
    present = parse_watches(text, file=str(operator_file))
    if present.get(new.id) is not None or bundled_watches().get(new.id) is not None:
        raise WatchError(f"{operator_file}: a watch {new.id!r} is there already, choose another id or edit the file")
    lead = f"{text.rstrip()}\n\n" if text.strip() else ""
    written = f"{lead}{watch_toml(_checked(new))}"
    watches = parse_watches(written, file=str(operator_file))
    _replace(operator_file, written)
    return watches


def watch_toml(watch: Watch) -> str:
    """The watch as it stands in a watch file."""
    lines = ["[[watch]]", f"id = {_string(watch.id)}", f"title = {_string(watch.title)}"]
    if watch.first_edition is not None:
        lines.append(f"first_edition = {watch.first_edition}")
    lines += [f"names.{names.language} = {_list(names.terms)}" for names in watch.names]
    for alias in watch.aliases:
        lines += ["", "[[watch.aliases]]", f"text = {_string(alias.text)}"]
        lines += [f"{flag} = true" for flag in ("exact_case", "search") if getattr(alias, flag)]
        if alias.reach != Alias("xx").reach:
            lines.append(f"reach = {alias.reach}")
        for option, terms in (
            ("context", alias.context),
            ("exclude", alias.exclude),
            ("exclude_near", alias.exclude_near),
        ):
            if terms:
                lines.append(f"{option} = {_list(terms)}")
    return "\n".join(lines) + "\n"


def _checked(watch: Watch) -> Watch:
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


def _replace(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WatchError(f"{path}: cannot be written: {error}") from None
    with Draft(path, WatchError, overwrite=True) as draft:
        draft.write(text.encode("utf-8"))
        draft.finish()
        draft.publish()
