"""The gazetteer: what it names, and that it is what its sources make."""

from __future__ import annotations

from dataclasses import fields
from hashlib import sha256
from importlib.resources import files

import pytest

from pipeline.lexicon import fold
from pipeline.locations.gazetteer import folded_names, gazetteer, place_named, places_named
from pipeline.locations.words import words
from tests.gazetteer.__main__ import made

_FORMS = (
    ("Bandung", "id-bandung"),
    ("Kota Bandung", "id-bandung"),
    ("Kabupaten Bogor", "id-bogor"),
    ("jabar", "id-jawa-barat"),
    ("Provinsi DKI Jakarta", "id-jakarta"),
    ("Jakarta Pusat", "id-jakarta"),
    ("Surakarta", "id-solo"),
    ("TP.HCM", "vn-ho-chi-minh-city"),
    ("Sài Gòn", "vn-ho-chi-minh-city"),
    ("thành phố Huế", "vn-hue"),
    ("tỉnh Quảng Ninh", "vn-quang-ninh"),
    ("KL", "my-kuala-lumpur"),
    ("Pulau Pinang", "my-penang"),
    ("Lungsod ng Maynila", "ph-manila"),
    ("City of Manila", "ph-manila"),
    ("Davao", "ph-davao-city"),
    ("Tagaytay City", "ph-tagaytay"),
    ("กรุงเทพฯ", "th-bangkok"),
    ("ភ្នំពេញ", "kh-phnom-penh"),
    ("ວຽງຈັນ", "la-vientiane"),
    ("ရန်ကုန်", "mm-yangon"),
    ("雅加达", "id-jakarta"),
    ("சிங்கப்பூர்", "sg-singapore"),
    ("Díli", "tl-dili"),
)


@pytest.mark.parametrize(("form", "place"), _FORMS, ids=[place for _, place in _FORMS])
def test_place_of_a_form(form: str, place: str) -> None:
    found = place_named(form)
    assert found is not None
    assert found.id == place


@pytest.mark.parametrize("form", ["", "Kota", "dki", "Vĩnh", "Surya", "Bandung, Jawa Barat", "Tokyo", ".", "\n"])
def test_no_place_of_a_form(form: str) -> None:
    assert place_named(form) is None


def test_places_of_one_name_come_likeliest_first() -> None:
    assert [place.id for place in places_named("Banjar")] == ["id-banjar-jawa-barat", "id-banjar-kalimantan-selatan"]


def test_file_is_what_its_sources_make() -> None:
    """Making it proves, too, that every subdivision of ISO 3166-2 is among the hand-written places."""
    content = files("pipeline").joinpath("data", "gazetteer.tsv").read_bytes()
    assert content == made()


def test_its_description_tells_its_digest() -> None:
    data = files("pipeline").joinpath("data")
    digest = sha256(data.joinpath("gazetteer.tsv").read_bytes()).hexdigest()
    assert digest in data.joinpath("gazetteer.md").read_text(encoding="utf-8")


def test_ids_are_unique_and_provinces_known() -> None:
    places = gazetteer().places
    provinces = {(place.country, place.name) for place in places if place.province is None}
    assert len({place.id for place in places}) == len(places)
    assert {(place.country, place.province) for place in places if place.province} <= provinces


def test_every_place_has_names() -> None:
    assert {name.place for name in gazetteer().names} == set(range(len(gazetteer().places)))
    assert "johor bahru" in folded_names()


def test_words_around_are_written_as_they_are_compared() -> None:
    found = words()
    every = [word for field in fields(found) if field.name != "printed" for word in sorted(getattr(found, field.name))]
    assert [word for word in every if fold(word).folded.strip() != word] == []
