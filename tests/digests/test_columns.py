"""Lines of plain text: their width, and where they break."""

from __future__ import annotations

import pytest

from digests.columns import columns, table_line, wrap
from digests.layout import as_text
from digests.view import view
from tests.digests import contents


@pytest.mark.parametrize(
    ("text", "width"),
    [("abc", 3), ("é", 1), ("e\u0301", 1), ("吉隆坡", 6), ("ที่นี่", 2), ("", 0), ("😀", 2), ("a\u200bb", 2)],
)
def test_width_counts_columns_and_not_characters(text: str, width: int) -> None:
    assert columns(text) == width


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("satu dua tiga", ["satu dua", "tiga"]),
        ("alamatyangpanjang x", ["alamatyangpanjang", "x"]),
        ("吉隆坡市长介绍", ["吉隆坡市", "长介绍"]),
        ("吉隆坡市，长", ["吉隆坡", "市，长"]),
        ("  satu   dua  ", ["satu dua"]),
        ("", [""]),
    ],
)
def test_lines_break_between_words_and_between_chinese_characters(text: str, lines: list[str]) -> None:
    assert wrap(text, width=9) == lines


def test_further_lines_are_indented() -> None:
    assert wrap("satu dua tiga", first="- ", rest="  ", width=9) == ["- satu", "  dua", "  tiga"]


def test_figures_stand_to_the_right_and_a_long_title_above_them() -> None:
    assert table_line("ANTARA", ("1", "20"), 5, 20) == ["ANTARA        1   20"]
    assert table_line("吉隆坡", ("1", "20"), 5, 20) == ["吉隆坡        1   20"]
    assert table_line("Harian Kota Contoh", ("1", "20"), 5, 20) == ["Harian Kota Contoh", "              1   20"]


@pytest.mark.parametrize("language", ["id", "en", "vi", "zh"])
def test_no_line_is_wider_than_72_columns_but_an_address(language: str) -> None:
    text = as_text(view(contents.full(7, language), "en"))
    assert max(columns(line) for line in text.splitlines() if "https://" not in line) <= 72


@pytest.mark.parametrize("language", ["th", "km", "my"])
def test_scripts_without_spaces_are_left_whole(language: str) -> None:
    content = contents.full(4, language)
    text = as_text(view(content, "en"))
    for block in content.stories:
        assert f" {block.lead.extract}" in " ".join(text.split())
