"""Failure classes, and when to ask again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from scrapy import exceptions
from scrapy.utils._compression import _DecompressionMaxSizeExceeded

from crawlers.accounts import describe
from crawlers.errors import HostPausedError
from crawlers.failures import Failure, of_error, of_status, retry_after, retry_at
from crawlers.middlewares import guard
from crawlers.middlewares.guard import ForbiddenAddressError
from crawlers.middlewares.robots import RobotsForbiddenError, RobotsUnreachableError
from crawlers.report import nothing_read
from crawlers.tally import Tally
from crawlers.workers import WorkerDiedError, WorkerTimeoutError
from pipeline.errors import ArchiveError, StoreError
from pipeline.model import FailureClass

NOW = datetime(2026, 11, 3, 5, 0, tzinfo=UTC)


def oversized() -> exceptions.IgnoreRequest:
    error = exceptions.IgnoreRequest("Ignored response")
    error.__cause__ = _DecompressionMaxSizeExceeded(11, 10)
    return error


@pytest.mark.parametrize(
    ("error", "failure", "final"),
    [
        (exceptions.CannotResolveHostError("no such name"), FailureClass.DNS, False),
        (exceptions.DownloadTimeoutError("slow"), FailureClass.TIMEOUT, False),
        (exceptions.DownloadConnectionRefusedError("refused"), FailureClass.CONNECT, False),
        (exceptions.DownloadFailedError("reset"), FailureClass.CONNECT, False),
        (exceptions.ResponseDataLossError("short"), FailureClass.CONNECT, False),
        (exceptions.DownloadCancelledError("Expected to receive 99 bytes"), FailureClass.LIMIT, True),
        (oversized(), FailureClass.LIMIT, True),
        (exceptions.IgnoreRequest("max redirections reached"), FailureClass.HTTP_STATUS, False),
        (ForbiddenAddressError("127.0.0.1 is not a public address"), FailureClass.FORBIDDEN_ADDRESS, True),
        (RobotsForbiddenError("no"), FailureClass.ROBOTS, True),
        (RobotsUnreachableError("503"), FailureClass.ROBOTS, False),
        (HostPausedError("later"), FailureClass.BLOCKED, False),
        (WorkerTimeoutError("slow"), FailureClass.LIMIT, True),
        (WorkerDiedError("gone"), FailureClass.INTERNAL, False),
        (ArchiveError("disk full"), FailureClass.STORAGE, False),
        (StoreError("disk full"), FailureClass.STORAGE, False),
        (ZeroDivisionError("ours"), FailureClass.INTERNAL, False),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else None,
)
def test_every_error_has_its_class(error: BaseException, failure: FailureClass, final: bool) -> None:
    found = of_error(error)
    assert (found.failure, found.final) == (failure, final)
    assert found.detail


def test_a_name_the_guard_refused_is_no_dns_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(guard.refused, "inner.example", "10.0.0.1")
    found = of_error(exceptions.CannotResolveHostError("no results"), "inner.example")
    assert found.failure is FailureClass.FORBIDDEN_ADDRESS
    assert found.detail == "inner.example resolves to 10.0.0.1, which is not a public address"


@pytest.mark.parametrize(
    ("status", "failure", "final"),
    [
        (200, None, False),
        (304, None, False),
        (401, FailureClass.BLOCKED, False),
        (403, FailureClass.BLOCKED, False),
        (429, FailureClass.BLOCKED, False),
        (451, FailureClass.BLOCKED, False),
        (404, FailureClass.HTTP_STATUS, True),
        (410, FailureClass.HTTP_STATUS, True),
        (408, FailureClass.HTTP_STATUS, False),
        (500, FailureClass.HTTP_STATUS, False),
        (503, FailureClass.HTTP_STATUS, False),
        (302, FailureClass.HTTP_STATUS, False),  # a redirect that could not be followed
    ],
)
def test_every_status_has_its_class(status: int, failure: FailureClass | None, final: bool) -> None:
    found = of_status(status, now=NOW)
    assert (found and found.failure, bool(found and found.final)) == (failure, final)


@pytest.mark.parametrize(
    ("name", "status"), [(b"cf-mitigated", 503), (b"x-amzn-waf-action", 202), (b"cf-mitigated", 200)]
)
def test_a_challenge_is_known_by_its_header_whatever_its_status(name: bytes, status: int) -> None:
    found = of_status(status, {name: b"challenge"}, now=NOW)
    assert found is not None
    assert (found.failure, found.status, found.final) == (FailureClass.BLOCKED, status, False)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (b"120", timedelta(seconds=120)),
        (b"Tue, 03 Nov 2026 05:01:00 GMT", timedelta(minutes=1)),
        (b"Tue, 03 Nov 2026 04:00:00 GMT", timedelta()),
        (b"soon", None),
        (b"", None),
        (None, None),
        (b"99999999999", timedelta(days=30)),
    ],
)
def test_retry_after(header: bytes | None, expected: timedelta | None) -> None:
    assert retry_after(header, NOW) == expected


def test_pauses_grow_with_every_attempt_and_the_server_may_ask_for_more() -> None:
    failure = Failure(FailureClass.HTTP_STATUS, "503")
    pauses = [(retry_at(failure, attempts, NOW) or NOW) - NOW for attempts in range(6)]
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (timedelta(minutes=15), timedelta(hours=24))
    patient = Failure(FailureClass.HTTP_STATUS, "503", retry_after=timedelta(hours=2))
    assert retry_at(patient, 0, NOW) == NOW + timedelta(hours=2)
    assert retry_at(Failure(FailureClass.LIMIT, "too large", final=True), 0, NOW) is None


def test_a_runs_detail_names_the_first_failures_and_counts_the_rest() -> None:
    assert describe([]) is None
    assert describe([("u", "empty"), (None, "a defect")]) == "u: empty; a defect"
    assert describe([("u", "dns"), ("v", "dns")]) == "dns (2 addresses, the first u)"
    assert describe([("u", name) for name in "abcdefg"]) == "u: a; u: b; u: c; u: d; u: e; and 2 more"


def test_nothing_read_means_the_outlet_was_not_checked() -> None:
    assert not nothing_read(Tally())
    assert nothing_read(Tally(listings_failed=2))
    assert not nothing_read(Tally(listings=1, listings_failed=2))
    assert nothing_read(Tally(unrecorded=3))
    assert not nothing_read(Tally(unrecorded=3, url_successes=1))
