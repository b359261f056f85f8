"""The web application: routes, limits and headers around the pages. Starlette; nothing of a request is logged."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from digests.console.answers import Answer, Asked, headers
from digests.console.editions import Editions
from digests.console.readers import Readers
from digests.console.words import accepted, page_words
from digests.phrases import LANGUAGES
from pipeline.config import Settings
from pipeline.errors import KlipingError
from pipeline.store import Store

LARGEST = 16_384  # bytes of a form: a hundred cities
_FIELDS = 200
_SECONDS = 15.0  # for a form to arrive
_FORM = "application/x-www-form-urlencoded"
_LOG = logging.getLogger(__name__)

Page = Callable[[Asked], Answer]


class _TooMuchError(Exception):
    """The form is larger than any of ours."""


@dataclass(frozen=True, slots=True)
class Pages:
    """All pages of one console."""

    readers: Readers
    editions: Editions
    store: Store
    settings: Settings

    def routes(self) -> list[Route]:
        both, get, post = ["GET", "POST"], ["GET"], ["GET", "POST"]
        table: list[tuple[str, Page, list[str]]] = [
            ("/", self.readers.home, get),
            ("/subscribe", self.readers.subscribe, both),
            ("/confirm/{rest:path}", self.readers.confirm, both),
            ("/unsubscribe/{rest:path}", self.readers.unsubscribe, both),
            ("/resume/{rest:path}", self.readers.undo, post),
            ("/preferences/{rest:path}", self.readers.preferences, both),
            ("/editions", self.editions.index, get),
            ("/editions/{rest:path}", self.editions.edition, get),
            ("/healthz", self.healthz, get),
        ]
        return [Route(path, self._endpoint(page), methods=methods) for path, page, methods in table]

    def healthz(self, _asked: Asked) -> Answer:
        """Whether pages can be served: the database answers."""
        self.store.audit.list(limit=1)
        return Answer(b"ok\n", kind="text/plain; charset=utf-8")

    def failed(self, status: int, request: Request) -> Answer:
        return self.readers.failed(status, page_words(self._language(request), self.settings.timezone))

    def _endpoint(self, page: Page) -> Callable[[Request], object]:
        async def answer(request: Request) -> Response:
            try:
                asked = await self._asked(request)
                made = await run_in_threadpool(page, asked)
            except _TooMuchError:
                made = self.failed(413, request)
            except (TimeoutError, ClientDisconnect):
                made = self.failed(415, request)
            except KlipingError as error:  # the database is busy, or away: one line, and nothing of the request
                _LOG.error("a page failed: %s", error)
                made = self.failed(503, request)
            except Exception as error:  # noqa: BLE001 (the edge: a fault must neither stop the console nor show itself)
                _LOG.error("a page failed: %s", type(error).__name__)
                made = self.failed(500, request)
            return as_response(made)

        return answer

    async def _asked(self, request: Request) -> Asked:
        rest = request.path_params.get("rest", "")
        form, readable = await _form(request)
        return Asked(
            method=request.method,
            parts=tuple(rest.split("/")) if rest else (),
            query=dict(request.query_params),
            form=form,
            readable=readable,
            language=self._language(request),
            client=request.client.host if request.client else "",
            etag=request.headers.get("if-none-match", ""),
        )

    def _language(self, request: Request) -> str:
        chosen = request.query_params.get("language", "")
        if chosen in LANGUAGES:
            return chosen
        return accepted(request.headers.get("accept-language", ""), self.settings.digest.language)


async def _form(request: Request) -> tuple[Mapping[str, tuple[str, ...]], bool]:
    """(fields, whether it was a form of ours). Raises `_TooMuchError`, `TimeoutError`."""
    if request.method != "POST":
        return {}, True
    body = bytearray()
    async with asyncio.timeout(_SECONDS):
        async for chunk in request.stream():
            body += chunk
            if len(body) > LARGEST:
                raise _TooMuchError
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        return {}, not body
    try:
        pairs = parse_qsl(bytes(body).decode(), keep_blank_values=True, max_num_fields=_FIELDS, errors="strict")
    except ValueError:  # no UTF-8, or more fields than any form of ours has
        return {}, False
    fields: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        fields[name] = (*fields.get(name, ()), value)
    return fields, True


def as_response(answer: Answer) -> Response:
    """The answer with all its headers; without a body where there is none to be."""
    made = Response(answer.body, status_code=answer.status)
    for name in ("content-length", "content-type"):
        if name in made.headers:
            del made.headers[name]
    for name, value in headers(answer).items():
        if not (answer.status == 304 and name == "Content-Length"):
            made.headers[name] = value
    return made


def application(pages: Pages) -> Starlette:
    """The application. No redirects: neither of slashes nor anywhere else."""

    async def missing(request: Request, _error: Exception) -> Response:
        return as_response(pages.failed(404, request))

    async def not_so(request: Request, _error: Exception) -> Response:
        return as_response(pages.failed(405, request))

    app = Starlette(routes=pages.routes(), exception_handlers={404: missing, 405: not_so})
    app.router.redirect_slashes = False
    return app
