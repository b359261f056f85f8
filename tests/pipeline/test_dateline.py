"""The opening that names place and agency."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.dateline import Opening, is_own, read_opening, says_release

ANTARA = ("ANTARA", "ANTARA News")


@pytest.mark.parametrize(
    ("opening", "own", "place", "credit"),
    [
        ("Jakarta (ANTARA) - ", ANTARA, "Jakarta", "ANTARA"),
        ("Mataram, NTB (ANTARA News) - ", ANTARA, "Mataram, NTB", "ANTARA News"),
        ("Makassar (ANTARA Sulsel) - ", ANTARA, "Makassar", "ANTARA Sulsel"),
        ("(ANTARA) - ", ANTARA, None, "ANTARA"),
        ("ISTANBUL, 23 Februari 2026 (Antara/PRNewswire) -", ANTARA, "ISTANBUL", "Antara/PRNewswire"),
        ("JAKARTA, iNews.id - ", ("iNews.id",), "JAKARTA", "iNews.id"),
        ("KARAWANG, iNEWSKarawang.id - ", ("iNews.id",), "KARAWANG", "iNEWSKarawang.id"),
        ("Redaksi Jakarta – ", ("Redaksi Jakarta",), None, "Redaksi Jakarta"),
        ("TEMPO.CO, Jakarta - ", (), "Jakarta", "TEMPO.CO"),
        ("REPUBLIKA.CO.ID, JAKARTA -- ", (), "JAKARTA", "REPUBLIKA.CO.ID"),
        ("Phnom Penh (Xinhua) - ", (), "Phnom Penh", "Xinhua"),
        ("VIVA.co.id – ", (), None, "VIVA.co.id"),
    ],
)
def test_read_opening_with_a_credit(opening: str, own: tuple[str, ...], place: str | None, credit: str) -> None:
    text = opening + (" " if opening.endswith("-") else "") + "Wali kota bertemu di balai kota."
    found = read_opening(text, own)
    assert found == Opening(place, credit, found.length if found else 0)
    assert text[found.length :].strip() == "Wali kota bertemu di balai kota."


@pytest.mark.parametrize("opening", ["PUTRAJAYA, Nov 22 — ", "Jakarta - "])
def test_read_opening_of_a_place_alone_stays_in_the_text(opening: str) -> None:
    found = read_opening(opening + "Wali kota bertemu.")
    assert found is not None
    assert (found.credit, found.length) == (None, 0)


@pytest.mark.parametrize(
    "text",
    [
        "Ratna (37) - seorang guru - menanam pohon.",
        "Joko (Jojo) - begitu ia dipanggil - menanam pohon.",
        "Sejalan dengan itu - kata dia - taman dibuka.",
        "Sekretaris Daerah (Sekda) Provinsi mengatakan taman dibuka.",
        "WARGA menanam pohon.",
        "",
    ],
)
def test_read_opening_of_prose_is_none(text: str) -> None:
    assert read_opening(text, ANTARA) is None


@pytest.mark.parametrize(
    ("text", "release"),
    [
        ("ujar Ratna dalam Siaran Pers Pemprov DKI Jakarta.", True),
        ("seperti diterima redaksi dari siaran pers kementerian, Jumat.", True),
        ("the office said in a press release on Friday.", True),
        ("ISTANBUL\nmenurut rilis pers perusahaan itu", True),
        ("kata Ratna dalam keterangannya, Minggu.", False),
        ("kata Ratna kepada wartawan.", False),
        ("Siaran persahabatan antarkota", False),
    ],
)
def test_says_release(text: str, release: bool) -> None:
    assert says_release(text) is release


def test_is_own_knows_regional_desks() -> None:
    assert is_own("ANTARA Sulsel", ANTARA)
    assert not is_own("Reuters", ANTARA)


@given(st.text(max_size=200))
def test_read_opening_never_raises(text: str) -> None:
    read_opening(text, ANTARA)
