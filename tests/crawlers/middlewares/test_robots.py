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


# RFC 9309 §2.2: groups, their merging, the longest match, wildcards
GROUPS = """
# one group for two names, one that stands twice, one for everybody
User-agent: Warta
User-agent: kliping
Disallow: /akun
Disallow: /cari?q=
Allow: /akun/bantuan

User-agent: *
Disallow: /

User-Agent: KLIPING
Disallow: /*.pdf$
Disallow: /*/cetak/
Allow: /kota/*/cetak/peta
Disallow: /%7Erahasia
Disallow: /ü
Disallow:
Sitemap: https://warta.example/peta.xml
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True),
        ("/baca/1", True),
        ("/akun", False),
        ("/akuntansi", False),  # a rule is a beginning
        ("/akun/masuk", False),
        ("/akun/bantuan/1", True),  # the longer match wins
        ("/cari?q=taman", False),
        ("/cari", True),
        ("/berkas/a.pdf", False),
        ("/berkas/a.pdf?unduh=1", True),  # $ is the end
        ("/kota/3/cetak/", False),
        ("/kota/3/cetak/peta", True),
        ("/~rahasia/1", False),  # escapes are compared undone
        ("/%C3%BC", False),
        ("/robots.txt", True),
    ],
)
def test_groups_wildcards_and_the_longest_match(path: str, allowed: bool) -> None:
    policy = policy_of(200, GROUPS.encode(), "Kliping")
    if allowed:
        policy.check(f"https://warta.example{path}", "Kliping")
    else:
        with pytest.raises(RobotsForbiddenError):
            policy.check(f"https://warta.example{path}", "Kliping")


@pytest.mark.parametrize(
    ("stated", "applied", "remarked"),
    [
        ("0", 0, False),
        ("0.5", 0.5, False),
        ("10", 10, False),
        ("120", 120, False),
        ("121", 120, True),
        ("1e9", 120, True),
        ("99999999999999999999", 120, True),
        ("inf", None, False),
        ("nan", None, False),
        ("-5", None, False),
        ("soon", None, False),
        ("", None, False),
    ],
)
def test_a_crawl_delay_is_kept_up_to_two_minutes_and_more_is_remarked(
    stated: str, applied: float | None, remarked: bool
) -> None:
    policy = policy_of(200, f"User-agent: *\nCrawl-delay: {stated}\n".encode(), "Kliping")
    assert policy.crawl_delay == applied
    assert bool(policy.remark) is remarked
    if policy.remark:
        assert "120 are kept" in policy.remark


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
