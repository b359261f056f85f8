"""Fixtures every test may use."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

# No test is timed: machines are noisy. Hypothesis asks 200 ms of every example unless told otherwise.
settings.register_profile("kliping", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "kliping")

pytest_plugins = ["tests.store_fixtures"]
SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


def shared_path(*parts: str) -> Path:
    """A path in the labelled data beside the project. Absent: the test is skipped; in CI it fails."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        message = f"the labelled data are not here: {'/'.join(('../shared/data', *parts))}"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return path


# Whole files go to one process each, so a slow file that comes last keeps one processor busy alone: the slowest begin.
# By seconds, of a run of everything with `--durations`.
SLOWEST = (
    "tests/digests/cli/test_durability.py",
    "tests/crawlers/test_alarms.py",
    "tests/digests/cli/test_serve.py",
    "tests/digests/cli/test_commands.py",
    "tests/crawlers/test_kills.py",
    "tests/digests/cli/test_corrections.py",
    "tests/quality/test_floors.py",
    "tests/crawlers/test_crawl_troubles.py",
    "tests/crawlers/test_second_run.py",
    "tests/crawlers/test_crawl_revisits.py",
    "tests/digests/cli/test_demo.py",
    "tests/pipeline/test_assemble.py",
    "tests/crawlers/test_crawl_manners.py",
    "tests/crawlers/test_crawl.py",
    "tests/crawlers/test_crawl_requests.py",
    "tests/pipeline/test_markup_furniture.py",
    "tests/crawlers/test_backfill.py",
    "tests/pipeline/store/test_concurrency.py",
    "tests/pipeline/store/test_reviews.py",
    "tests/pipeline/test_hostile.py",
    "tests/pipeline/test_headlines.py",
    "tests/crawlers/test_crawl_turns.py",
    "tests/pipeline/store/test_ledger.py",
    "tests/pipeline/test_assemble_trouble.py",
    "tests/crawlers/test_done_when.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The slowest files first; all else in its order."""
    rank = {name: place for place, name in enumerate(SLOWEST)}
    items.sort(key=lambda item: rank.get(item.nodeid.partition("::")[0], len(rank)))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """What makes a PDF is skipped where Pango is missing; in CI it fails."""
    if item.get_closest_marker("pdf") is None or os.environ.get("CI"):
        return
    from digests.pdf import fonts  # noqa: PLC0415 (half a second that most tests need not pay)

    if (why := fonts.libraries()) is not None:
        pytest.skip(why)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Three processes for two processors, at most six: a test that waits for a crawl leaves its own idle."""
    return min(6, (os.cpu_count() or 1) * 3 // 2) or 1


@pytest.fixture
def shared() -> Callable[..., Path]:
    return shared_path
