"""What lacks is told in a line that says what to install."""

from __future__ import annotations

from pathlib import Path

import pytest

from digests.pdf import fonts
from digests.pdf.fonts import SCRIPTS


def test_nothing_lacks_where_the_set_up_ran() -> None:
    assert fonts.libraries() is None
    assert fonts.missing() == ()


def listing(folder: Path, covered: str) -> None:
    """An fc-list that knows fonts for these languages only."""
    program = folder / "fc-list"
    program.write_text(f'#!/bin/sh\ncase "$1" in {covered}) echo "Noto Sans";; esac\n')
    program.chmod(0o755)


@pytest.mark.parametrize(
    ("covered", "told"),
    [
        (
            ":lang=id|:lang=vi|:lang=th|:lang=lo|:lang=my|:lang=ta",
            (
                "no font has Khmer: apt-get install fonts-noto-core",
                "no font has Chinese: apt-get install fonts-noto-cjk",
            ),
        ),
        (
            "none",
            (
                "no font has Latin, Vietnamese, Thai, Khmer, Lao, Burmese, Tamil: apt-get install fonts-noto-core",
                "no font has Chinese: apt-get install fonts-noto-cjk",
            ),
        ),
        ("*", ()),
    ],
    ids=["some", "none", "all"],
)
def test_each_package_that_lacks_is_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, covered: str, told: tuple[str, ...]
) -> None:
    listing(tmp_path, covered)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    assert fonts.missing() == told


def test_without_fontconfig_that_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert fonts.missing() == (
        "fc-list is not installed, so fonts cannot be found: apt-get install fontconfig fonts-noto-core",
    )


def test_every_language_of_the_region_has_its_script() -> None:
    assert {script.language for script in SCRIPTS} >= {"id", "vi", "th", "km", "lo", "my", "ta", "zh-cn"}
