"""A running console, and a browser without a head: what tests ask of it, over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from digests.console import Address, serving
from pipeline.config import Settings, WebSettings
from pipeline.store import open_store
from tests.digests import world

FORM = {"address": "budi@kota.example", "language": "en", "frequency": "daily", "form": "html"}


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    headers: Mapping[str, str]  # names in lower case
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True, slots=True)
class Site:
    """A console under test."""

    address: Address

    def get(self, path: str, **headers: str) -> Reply:
        return self.ask("GET", path, headers=headers)

    def post(self, path: str, form: Mapping[str, str | Sequence[str]] | bytes = b"", **headers: str) -> Reply:
        body = form if isinstance(form, bytes) else urlencode(form, doseq=True).encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded", **headers}
        return self.ask("POST", path, body, kind)

    def ask(self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Reply:
        connection = HTTPConnection(self.address.host, self.address.port, timeout=30)
        try:
            connection.request(method, path, body or None, {**(headers or {}), "Connection": "close"})
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Reply(answer.status, found, answer.read())
        finally:
            connection.close()


def settings(home: Path, *, mail: Mapping[str, object] | None = None, **web: object) -> Settings:
    """Of a home whose pages listen on a free port."""
    (home / "outbox").mkdir(exist_ok=True)
    chosen = WebSettings.model_validate({"listen": "127.0.0.1:0", **web})
    return world.settings(home, **(mail or {})).model_copy(update={"web": chosen})


@contextmanager
def console(settings: Settings, url: str, now: datetime) -> Iterator[Site]:
    """The console, running over the database at that URL; its clock stands still."""
    with serving(settings, lambda: open_store(url), clock=lambda: now) as address:
        assert address is not None
        yield Site(address)
