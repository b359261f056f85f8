"""Requests that were not made, or not finished, for a reason that is no answer's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.exceptions import IgnoreRequest

if TYPE_CHECKING:
    from crawlers.run import RunSession


class NotTriedError(IgnoreRequest):
    """Nothing was sent: the address stays as it was."""


class HostPausedError(NotTriedError):
    """The host asked for a longer pause than this run lasts, or blocks us."""


class HostBusyError(NotTriedError):
    """Another run asks the host, and asks it longer than this one waits."""


class StoppedError(NotTriedError):
    """The run is ending."""


def refuse_paused(session: RunSession, host: str) -> None:
    """Raises `HostPausedError` while the host wants no request."""
    if session.pause_of(host):
        raise HostPausedError(f"{host} asked for a pause, or blocks us")
