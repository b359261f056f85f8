"""What texts count, and which of a row they tell of."""

from __future__ import annotations

import pytest

from pipeline.figures import figures


@pytest.mark.parametrize(
    ("text", "family", "wanted"),
    [
        ("Sebanyak 14 kota dan 1.230 kilometer", "id", {"kota": {"14"}, "kilometer": {"1230"}}),
        ("288 of the candidates, 1,200 voters", "en", {"candidat": {"288"}, "voter": {"1200"}}),
        ("5,6 persen", "id", {"persen": {"5.6"}}),
        ("pada 3 Agustus 2026, Selasa (4/8)", "id", {}),
        ("tahun 2026 tiba", "id", {}),
        ("seharga Rp62.000 per kilogram", "id", {}),
        ("skor 3-1", "id", {}),
        ("", None, {}),
    ],
)
def test_what_a_text_counts(text: str, family: str | None, wanted: dict[str, set[str]]) -> None:
    assert figures(text, family).counted == wanted


@pytest.mark.parametrize(
    ("a", "b", "wanted"),
    [
        ("14 kota", "14 kota dan 3 desa", True),
        ("14 kota", "15 kota", False),
        ("14 kota, 3 desa", "14 kota, 4 desa", True),
        ("14 kota", "14 desa", None),
        ("", "", None),
    ],
)
def test_whether_two_texts_count_alike(a: str, b: str, wanted: bool | None) -> None:
    assert figures(a, "id").agree(figures(b, "id")) is wanted
    assert figures(b, "id").agree(figures(a, "id")) is wanted


@pytest.mark.parametrize(
    ("family", "a", "b", "wanted"),
    [
        ("id", "Forum sungai ke-5", "Forum sungai ke-6", True),
        ("id", "Forum sungai ke-5", "Forum sungai ke 5 tutup", False),
        ("id", "Forum sungai ke-5", "Ulang tahun ke-80", False),
        ("en", "The 5th summit", "The 6th summit", True),
        ("en", "The 5th summit", "The 5th summit, its 2nd day", False),
        ("fil", "ika-5 na pulong", "ika-6 na pulong", True),
        ("vi", "hội nghị lần thứ 5", "hội nghị lần thứ 6", True),
        ("th", "การประชุมครั้งที่ 5", "การประชุมครั้งที่ 6", True),
    ],
)
def test_another_of_a_row(family: str, a: str, b: str, *, wanted: bool) -> None:
    one, other = figures("", family, a), figures("", family, b)
    assert one.another_of_a_row(other) == wanted
    assert other.another_of_a_row(one) == wanted
