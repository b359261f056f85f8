"""Why a request failed, and whether to ask again. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from scrapy import exceptions
from scrapy.utils._compression import _DecompressionMaxSizeExceeded
from twisted.internet import error as twisted_error
from twisted.web.client import ResponseFailed

from crawlers.errors import HostBusyError, HostPausedError, NotTriedError
from crawlers.limits import TooLargeError
from crawlers.middlewares import guard
from crawlers.middlewares.replay import NotRecordedError
from crawlers.middlewares.robots import RobotsForbiddenError, RobotsUnreachableError
from crawlers.workers import WorkerDiedError, WorkerTimeoutError
from pipeline.errors import ArchiveError, StoreError
from pipeline.model import FailureClass

if TYPE_CHECKING:
    from collections.abc import Mapping

_FIRST_RETRY = timedelta(minutes=15)  # after a failed attempt; four times longer after each further one
_LAST_RETRY = timedelta(hours=24)
_LONGEST_DETAIL = 300  # characters
_FINAL_CLASSES = frozenset(
    {FailureClass.FORBIDDEN_ADDRESS, FailureClass.LIMIT, FailureClass.NOT_AN_ARTICLE, FailureClass.EMPTY}
)
_BLOCKING = frozenset({401, 403, 407, 429, 451})
_WALLS = (b"cf-mitigated", b"x-amzn-waf-action")  # headers of challenges, whatever their status
_PASSING = frozenset({408, 425})  # client errors that another try may not meet


@dataclass(frozen=True, slots=True)
class Failure:
    """One failed attempt."""

    failure: FailureClass
    detail: str
    status: int | None = None
    final: bool = False  # asking again cannot help
    retry_after: timedelta | None = None  # what the server asked for


def of_status(status: int, headers: Mapping[bytes, bytes] | None = None, *, now: datetime) -> Failure | None:
    """The failure an HTTP status is, or a wall's header; `None` for 200 to 299 and 304."""
    wall = next((name for name in _WALLS if (headers or {}).get(name)), None)
    if wall:
        return Failure(FailureClass.BLOCKED, f"a challenge instead of the page ({wall.decode()})", status)
    if 200 <= status < 300 or status == 304:
        return None
    after = retry_after((headers or {}).get(b"Retry-After"), now)
    if status in _BLOCKING:
        return Failure(FailureClass.BLOCKED, f"the server answered {status}", status, retry_after=after)
    final = 400 <= status < 500 and status not in _PASSING
    return Failure(FailureClass.HTTP_STATUS, f"the server answered {status}", status, final, after)


def retry_after(value: bytes | None, now: datetime) -> timedelta | None:
    """The Retry-After header (seconds, or an HTTP date) as a span from now; `None` when absent or nonsense."""
    text = (value or b"").decode("ascii", "ignore").strip()
    if text.isdigit():
        return timedelta(seconds=min(int(text), 30 * 24 * 3600))
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(aware - now, timedelta(0))


def of_error(error: BaseException | None, host: str = "") -> Failure:
    """The failure an exception of Scrapy, of a middleware or of a worker is."""
    failure = _class_of(error, host)
    detail = " ".join(str(error).split()) or type(error).__name__
    if failure is FailureClass.FORBIDDEN_ADDRESS and host in guard.refused:
        detail = f"{host} resolves to {guard.refused[host]}, which is not a public address"
    if failure is FailureClass.INTERNAL:
        detail = f"{type(error).__name__}: {detail}"
    settled = failure in _FINAL_CLASSES or isinstance(error, RobotsForbiddenError)
    final = settled and not isinstance(error, NotTriedError)
    return Failure(failure, detail[:_LONGEST_DETAIL], final=final)


_CLASSES: tuple[tuple[type[BaseException], FailureClass], ...] = (
    (guard.ForbiddenAddressError, FailureClass.FORBIDDEN_ADDRESS),
    (RobotsForbiddenError, FailureClass.ROBOTS),
    (RobotsUnreachableError, FailureClass.ROBOTS),
    (HostPausedError, FailureClass.BLOCKED),
    (HostBusyError, FailureClass.LIMIT),
    (TooLargeError, FailureClass.LIMIT),
    (exceptions.DownloadCancelledError, FailureClass.LIMIT),
    (NotRecordedError, FailureClass.CONNECT),
    (exceptions.DownloadTimeoutError, FailureClass.TIMEOUT),
    (exceptions.DownloadConnectionRefusedError, FailureClass.CONNECT),
    (exceptions.ResponseDataLossError, FailureClass.CONNECT),
    (exceptions.UnsupportedURLSchemeError, FailureClass.FORBIDDEN_ADDRESS),
    (exceptions.NotSupported, FailureClass.FORBIDDEN_ADDRESS),
    (WorkerTimeoutError, FailureClass.LIMIT),
    (WorkerDiedError, FailureClass.INTERNAL),
    (ArchiveError, FailureClass.STORAGE),
    (StoreError, FailureClass.STORAGE),
    (twisted_error.ConnectError, FailureClass.CONNECT),
    (twisted_error.ConnectionClosed, FailureClass.CONNECT),
)


def _class_of(error: BaseException | None, host: str) -> FailureClass:
    if isinstance(error, exceptions.CannotResolveHostError):
        return FailureClass.FORBIDDEN_ADDRESS if host in guard.refused else FailureClass.DNS
    if isinstance(error, exceptions.DownloadFailedError):
        return FailureClass.TLS if _is_tls(error) else FailureClass.CONNECT
    for kind, failure in _CLASSES:
        if isinstance(error, kind):
            return failure
    if isinstance(error, exceptions.IgnoreRequest):
        oversized = isinstance(error.__cause__, _DecompressionMaxSizeExceeded)
        return FailureClass.LIMIT if oversized else FailureClass.HTTP_STATUS  # else: a redirect loop
    return FailureClass.INTERNAL


def _is_tls(error: BaseException) -> bool:
    """OpenSSL's errors arrive inside Twisted's ResponseFailed."""
    cause = error.__cause__
    reasons = cause.reasons if isinstance(cause, ResponseFailed) else ()
    return any("SSL" in type(reason.value).__module__ for reason in reasons) or "VerificationError" in str(error)


def retry_at(failure: Failure, attempts: int, now: datetime) -> datetime | None:
    """When to ask again after this many failed attempts before this one; `None` where it is final."""
    if failure.final:
        return None
    pause: timedelta = min(_FIRST_RETRY * 4 ** min(attempts, 6), _LAST_RETRY)
    return now + max(pause, failure.retry_after or timedelta())
