"""The pages on a port of this machine, in a thread of their own, and the sender of the mails that readers wait for."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Event, Thread
from typing import TYPE_CHECKING

from digests import confirmations
from digests.console.editions import Editions
from digests.console.readers import Readers
from pipeline.config import Settings
from pipeline.errors import KlipingError, SettingsError
from pipeline.outlet import Outlet
from pipeline.store import Store
from pipeline.watches import load_watches

if TYPE_CHECKING:
    from uvicorn import Server

_ROUND = 60.0  # seconds between two looks at mails that could not be sent before
_STOP = 10.0  # seconds for the requests under way
_AT_ONCE = 100  # connections; the others get 503
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Address:
    """Where the pages are answered."""

    host: str
    port: int

    @property
    def url(self) -> str:
        return f"http://[{self.host}]:{self.port}" if ":" in self.host else f"http://{self.host}:{self.port}"


def _no_outlets() -> Mapping[str, Outlet]:
    return {}


@contextmanager
def serving(
    settings: Settings,
    open_store: Callable[[], Store],
    *,
    outlets: Callable[[], Mapping[str, Outlet]] = _no_outlets,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Iterator[Address | None]:
    """Answer while the block runs; None where `web.listen` is "". `outlets`: whose full texts a PDF may hold.

    Raises `SettingsError` in one line when the port is taken or no address of this machine.
    """
    if not settings.web.listen:
        yield None
        return
    with _listening(settings.web.listen) as listener, open_store() as store:
        host, port = listener.getsockname()[:2]
        address = Address(host, port)
        with _mailing(store, settings, address, clock) as wake:
            server = _server(store, settings, outlets, clock, wake)
            thread = Thread(target=server.run, kwargs={"sockets": [listener]}, name="console", daemon=True)
            thread.start()
            try:
                _wait(server, thread)
                yield address
            finally:
                server.should_exit = True
                thread.join(_STOP)


@contextmanager
def _listening(listen: str) -> Iterator[socket.socket]:
    host, _, port = listen.rpartition(":")
    family = socket.AF_INET6 if host.startswith("[") else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host.strip("[]"), int(port)))
            listener.listen(_AT_ONCE)
        except OSError as error:
            what = f"web.listen: {listen}: {error.strerror or error}"
            raise SettingsError(f'{what}; choose another HOST:PORT, or "" for no pages') from None
        yield listener


def _server(
    store: Store,
    settings: Settings,
    outlets: Callable[[], Mapping[str, Outlet]],
    clock: Callable[[], datetime],
    wake: Event,
) -> Server:
    import uvicorn  # noqa: PLC0415 (with Starlette a quarter of a second, and only `serve` needs it)

    from digests.console.app import Pages, application  # noqa: PLC0415 (see above)

    watches = tuple((watch.id, watch.title) for watch in load_watches(settings.watches))
    readers = Readers(store, settings, watches, clock, wake.set)
    pages = Pages(readers, Editions(store, settings, outlets, readers.failed), store, settings)
    config = uvicorn.Config(
        application(pages),
        access_log=False,  # addresses of pages hold tokens
        log_config=None,
        lifespan="off",
        limit_concurrency=_AT_ONCE,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=5,
        server_header=False,
        date_header=True,
        ws="none",
    )
    logging.getLogger("uvicorn.access").disabled = True  # also where somebody else gives loggers their handlers
    return uvicorn.Server(config)


def _wait(server: Server, thread: Thread) -> None:
    """Until it answers. Raises `SettingsError` when it ended instead."""
    tick = Event()
    while not server.started:
        if not thread.is_alive():
            raise SettingsError("web.listen: the pages could not be started; see the log")
        tick.wait(0.01)


@contextmanager
def _mailing(store: Store, settings: Settings, address: Address, clock: Callable[[], datetime]) -> Iterator[Event]:
    """A thread that sends what readers wait for: when woken, and once a minute what could not leave before."""
    wake, ended = Event(), Event()
    base = settings.web.base_url or address.url

    def work() -> None:
        while not ended.is_set():
            wake.clear()
            try:
                confirmations.send(store, settings, base, now=clock())
            except KlipingError as error:
                _LOG.error("confirmations wait: %s", error)
            wake.wait(_ROUND)

    thread = Thread(target=work, name="confirmations", daemon=True)
    thread.start()
    try:
        yield wake
    finally:
        ended.set()
        wake.set()
        thread.join(_STOP)
