"""The operator's watch file, changed without an editor: a watch added or taken out, and the change taken back."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

from pipeline.draft import Draft
from pipeline.errors import NotFoundError, WatchError
from pipeline.toml_files import read_text_if_there
from pipeline.watches.model import Watch, Watches
from pipeline.watches.read import bundled_watches, parse_watches
from pipeline.watches.typed import checked, watch_toml

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
    for written in _without_each_block(text):
        try:
            left = parse_watches(written, file=str(operator_file))
        except WatchError:
            continue  # not the block, or not the whole of it
        if left.items == wanted:
            _change(operator_file, text, written)
            return left
    raise WatchError(f"{operator_file}: watch {identifier!r} cannot be cut out of it, take it out in an editor")


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
