"""robots.txt as RFC 9309 reads it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from crawlers.middlewares.robots import RobotsForbiddenError, RobotsUnreachableError, policy_of

URL = "https://warta.example/baca/1"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 302])
def test_a_missing_robots_txt_allows_everything(status: int) -> None:
    policy_of(status, b"User-agent: *\nDisallow: /", "Kliping").check(URL, "Kliping")


@pytest.mark.parametrize("status", [500, 502, 503, 429])
def test_a_failing_robots_txt_forbids_everything(status: int) -> None:
    with pytest.raises(RobotsUnreachableError, match=f"answered {status}"):
        policy_of(status, b"", "Kliping").check(URL, "Kliping")


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        ("", True),
        ("User-agent: *\nDisallow: /", False),
        ("\ufeffUser-agent: *\nDisallow: /", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: kliping\nDisallow: /admin", True),
        ("User-agent: KLIPING\nDisallow: /baca/", False),
        ("User-agent: *\nDisallow: /baca\nAllow: /baca/1", True),
        ("User-agent: *\nDisallow: /*/1$", False),
        ("User-agent: OtherBot\nDisallow: /", True),
        ("<html><body>not found</body></html>", True),
    ],
)
def test_rules(robots: str, allowed: bool) -> None:
    policy = policy_of(200, robots.encode(), "Kliping")
    if allowed:
        policy.check(URL, "Kliping")
    else:
        with pytest.raises(RobotsForbiddenError):
            policy.check(URL, "Kliping")


def test_what_stands_behind_500_kib_does_not_count() -> None:
    padding = b"# padding\n" * 51_200  # 512,000 bytes
    policy_of(200, padding + b"User-agent: *\nDisallow: /", "Kliping").check(URL, "Kliping")


def test_crawl_delay_is_read() -> None:
    assert policy_of(200, b"User-agent: *\nCrawl-delay: 7.5", "Kliping").crawl_delay == 7.5


@pytest.mark.shared
def test_real_files_are_read(shared: Callable[..., Path]) -> None:
    files = sorted(shared("web", "robots").iterdir())
    assert len(files) > 10
    for file in files:
        policy_of(200, file.read_bytes(), "Kliping")
