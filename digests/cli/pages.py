"""The readers' pages beside the scheduler: opened at the start, or as soon as the port is free."""

from __future__ import annotations

from contextlib import ExitStack
from types import TracebackType
from typing import Self

from digests.cli.office import Office
from digests.cli.output import remark
from digests.console import serving
from pipeline.errors import KlipingError
from pipeline.store import open_store


class PagesBeside:
    """What goes wrong with the pages stops no digest: a `serve` that stands by finds its port taken, for one."""

    def __init__(self, here: Office) -> None:
        self._here, self._opened, self._open = here, ExitStack(), False

    def __enter__(self) -> Self:
        try:
            if line := self.open():
                remark(line)
        except KlipingError as error:
            remark(f"no pages for readers: {error}")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._opened.close()

    def open(self) -> str | None:
        """Open them unless they are; where they are, in one line. Raises `SettingsError` while it cannot be done."""
        if self._open or not self._here.settings.web.listen:
            return None
        here = self._here
        pages = serving(
            here.settings,
            lambda: open_store(here.settings.database_url),
            outlets=lambda: here.loaded.outlets,
            clock=lambda: here.now,
        )
        address = self._opened.enter_context(pages)
        self._open = True
        return f"pages for readers at {address.url}" if address else None
