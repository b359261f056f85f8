"""The operator's watch file, changed without an editor: a watch added or taken out, and the change taken back."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from pipeline.draft import Draft
from pipeline.errors import NotFoundError, WatchError
from pipeline.toml_files import read_text_if_there
from pipeline.watches.file import urgent_of
from pipeline.watches.model import Watch, Watches
from pipeline.watches.read import bundled_watches, parse_watches
from pipeline.watches.typed import checked, watch_toml

_URGENT = re.compile(r"(?m)^[ \t]*urgent[ \t]*=[ \t]*\[[^\]]*\][^\n]*(?:\n|\Z)")
_FORMER = ".former"  # behind the file's name: how it was before the last change
_BLOCK = re.compile(r"(?m)^[ \t]*(?=\[\[[ \t]*watch[ \t]*\]\]|\[[ \t]*(?:words|places)[ \t]*\])")


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
    written = f"{lead}{watch_toml(checked(new))}"
    watches = parse_watches(written, file=str(operator_file))
    _change(operator_file, text, written)
    return watches


def remove_watch(operator_file: Path, identifier: str) -> Watches:
    """Take a watch out of the operator's file and return what is left in it; all else stays as it is written.

    Raises `NotFoundError` where it is not in there, `WatchError` where the file cannot be read, written or cut.
    """
    text = read_text_if_there(operator_file, WatchError) or ""
    present = parse_watches(text, file=str(operator_file))
    if present.get(identifier) is None:
        bundled = bundled_watches().get(identifier) is not None
        told = "it comes with the program; a watch of that id in your file replaces it" if bundled else "nothing to do"
        raise NotFoundError(f"{operator_file}: no watch {identifier!r} stands there: {told}")
    wanted = tuple(watch for watch in present if watch.id != identifier)
    marked = urgent_of(text, str(operator_file))
    kept = text
    if identifier in marked and bundled_watches().get(identifier) is None:  # nothing is left that could be urgent
        kept = _with_urgent(text, [one for one in marked if one != identifier], str(operator_file))
    for written in _without_each_block(kept):
        try:
            left = parse_watches(written, file=str(operator_file))
        except WatchError:
            continue  # not the block, or not the whole of it
        if left.items == wanted:
            _change(operator_file, text, written)
            return left
    raise WatchError(f"{operator_file}: watch {identifier!r} cannot be cut out of it, take it out in an editor")


def mark_urgent(operator_file: Path, identifier: str, *, urgent: bool) -> None:
    """Let a watch, a bundled one too, be told at once, or no more; nothing happens where it is so already.

    Raises `WatchError` where the file cannot be used or written, or where the watch's own lines say that it is urgent.
    """
    text = read_text_if_there(operator_file, WatchError) or ""
    file = str(operator_file)
    own = parse_watches(text, file=file).get(identifier)
    if not urgent and own is not None and own.urgent:
        raise WatchError(f"{file}: watch {identifier!r} itself says urgent = true, take that line out in an editor")
    marked = urgent_of(text, file)
    wanted = tuple(one for one in marked if one != identifier) + ((identifier,) if urgent else ())
    if set(wanted) != set(marked):
        _change(operator_file, text, _with_urgent(text, wanted, file))


def _with_urgent(text: str, wanted: Sequence[str], file: str) -> str:
    """The text with these ids as its `urgent`; that line stands before all tables. Raises `WatchError`."""
    line = f"urgent = {json.dumps(list(wanted))}\n" if wanted else ""
    found = _URGENT.search(text)
    written = f"{text[: found.start()]}{line}{text[found.end() :]}" if found else f"{line}\n{text}"
    if urgent_of(written, file) != tuple(wanted):
        raise WatchError(f"{file}: `urgent` cannot be changed in it, change it in an editor: {line.strip()}")
    return written


def undo_change(operator_file: Path) -> Watches:
    """Put the operator's file back as it was before the last change made here; doing it twice puts it forth again.

    Raises `NotFoundError` where nothing was changed here, `WatchError` where that file cannot be used.
    """
    former = read_text_if_there(_former(operator_file), WatchError)
    if former is None:
        raise NotFoundError(f"{operator_file}: nothing was added or removed here that could be undone")
    watches = parse_watches(former, file=str(_former(operator_file)))
    _change(operator_file, read_text_if_there(operator_file, WatchError) or "", former)
    return watches


def _without_each_block(text: str) -> list[str]:
    """The text without one of its blocks each; a block goes from its header to the next one's."""
    starts = [found.start() for found in _BLOCK.finditer(text)]
    blocks = pairwise([*starts, len(text)])
    return [f"{text[:start].rstrip()}\n\n{text[end:]}".lstrip() for start, end in blocks]


def _former(operator_file: Path) -> Path:
    return operator_file.with_name(operator_file.name + _FORMER)


def _change(operator_file: Path, before: str, after: str) -> None:
    """The former text is kept first: killed between the two, undoing puts back what is there."""
    _replace(_former(operator_file), before)
    _replace(operator_file, after)


def _replace(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WatchError(f"{path}: cannot be written: {error}") from None
    with Draft(path, WatchError, overwrite=True) as draft:
        draft.write(text.encode("utf-8"))
        draft.finish()
        draft.publish()
