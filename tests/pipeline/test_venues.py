"""Where texts set their events: six languages, datelines, speakers elsewhere, other years."""

from __future__ import annotations

import pytest

from pipeline.venues import Venue, elsewhere, venues


def said(headline: str, text: str) -> tuple[set[str], bool]:
    found = venues(headline, text)
    return {place.city or place.province for place in found.places}, found.stated


@pytest.mark.parametrize(
    ("headline", "text", "wanted", "stated"),
    [
        ("Wali kota Semarang hadiri forum di Kuching", "", {"Kuching"}, True),
        ("Lokakarya wali kota", "Lokakarya digelar di Hotel Siola, Surabaya, Selasa.", {"Surabaya"}, True),
        ("Forum dibuka di Balai Kota DKI Jakarta", "", {"Jakarta"}, True),
        ("Mayors meet", "The 8th meeting was held in Kuching. Last year it was held in Bangkok.", {"Kuching"}, True),
        ("Smart cities", "The forum, hosted by the city of Da Nang, ends today.", {"Da Nang"}, True),
        ("Hội nghị", "Hội nghị Thị trưởng khai mạc tại Đà Nẵng sáng thứ Hai.", {"Da Nang"}, True),
        ("Hội nghị ở Huế đã mời thị trưởng Đà Nẵng", "", {"Hue"}, True),
        ("Pulong", "Ginanap ang pulong ng mga alkalde sa Lungsod ng Maynila.", {"Metro Manila"}, True),
        ("Mesyuarat", "Mesyuarat diadakan di Pulau Pinang pada Selasa.", {"Penang"}, True),
        ("นายกเทศมนตรีลงนามที่เชียงใหม่", "", {"Chiang Mai"}, True),
        ("Gempa guncang Aceh", "", {"Aceh"}, True),
        ("Quake jolts Davao City", "", {"Davao"}, True),
        ("Banjir", "Banjir merendam 300 rumah di Kabupaten Demak, Jawa Tengah.", {"Demak"}, False),
        ("Banjir", "Banjir di Demak surut. Itu kata Menteri Sosial di Jakarta, Rabu.", {"Demak"}, False),
        ("Banjir", "JAKARTA - Sungai meluap setelah hujan semalaman.", set(), False),
        ("Harga turun", "Kata Menteri Perdagangan di Jakarta, Rabu, harga turun.", {"Jakarta"}, False),
        ("Kota-kota belajar dari Semarang", "Banyak kota belajar.", set(), False),
        ("Konser solo di rumah", "Penyanyi itu tampil solo.", set(), False),
        ("", "", set(), False),
    ],
)
def test_where_a_text_sets_its_event(headline: str, text: str, wanted: set[str], *, stated: bool) -> None:
    assert said(headline, text) == (wanted, stated)


SEMARANG, SOLO = Venue("Jawa Tengah", "Semarang"), Venue("Jawa Tengah", "Solo")
CENTRAL_JAVA, BALI = Venue("Jawa Tengah", None), Venue("Bali", None)


@pytest.mark.parametrize(
    ("a", "b", "wanted"),
    [
        ([SEMARANG], [SOLO], True),
        ([SEMARANG], [BALI], True),
        ([SEMARANG], [CENTRAL_JAVA], False),
        ([SEMARANG], [SEMARANG], False),
        ([SEMARANG, BALI], [BALI], False),
        ([SEMARANG], [], False),
        ([], [], False),
    ],
)
def test_elsewhere(a: list[Venue], b: list[Venue], *, wanted: bool) -> None:
    assert elsewhere(a, b) == wanted
    assert elsewhere(b, a) == wanted


def test_the_writings_of_a_city_are_one_city() -> None:
    named = ("in Ho Chi Minh City", "di TPHCM", "tại Thành phố Hồ Chí Minh", "tại TP Hồ Chí Minh", "ที่โฮจิมินห์")
    assert len({venues(f"Forum {where}", "").places for where in named}) == 1
