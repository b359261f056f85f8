"""Organisations and events of a text: known ones under their name, others by their first or last word."""

from __future__ import annotations

import pytest

from pipeline.model import Article, Entity
from pipeline.people import find_entities, find_people
from tests.pipeline.store.build import article


def read(text: str, language: str = "id") -> Article:
    body = tuple(text.split("\n"))
    made = article("https://kota.example/1", article_body=body, headline=None, in_language=language)
    return find_entities(find_people(made))


def names(found: tuple[Entity, ...]) -> list[str]:
    return [one.name for one in found]


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("id", "Pemprov DKI Jakarta menambah bus.", ["Pemprov DKI Jakarta"]),
        ("id", "Pemerintah Provinsi (Pemprov) DKI Jakarta hadir.", ["Pemerintah Provinsi (Pemprov) DKI Jakarta"]),
        ("id", "Pemerintah Kota Bogor menutup jalan.", ["Pemerintah Kota Bogor"]),
        ("id", "Dinas Perhubungan Kota Bogor menutup jalan.", ["Dinas Perhubungan Kota Bogor"]),
        ("id", "Kepala Dinas Kesehatan Surabaya Nanik Lestari hadir.", ["Dinas Kesehatan Surabaya"]),
        ("id", "Kemendagri mengundang peserta.", ["Kementerian Dalam Negeri"]),
        ("id", "Kementerian Pekerjaan Umum membangun bendungan.", ["Kementerian Pekerjaan Umum"]),
        ("id", "Universitas Pelita Bangsa membuka kelas.", ["Universitas Pelita Bangsa"]),
        ("id", "PT Sinar Laut menambah kapal.", ["PT Sinar Laut"]),
        ("id", "Bank Dunia memberi pinjaman.", ["World Bank"]),
        ("id", "UCLG ASPAC dan UN-Habitat hadir.", ["UCLG ASPAC", "UN-Habitat"]),
        ("id", "JICA dan ADB membiayai.", ["JICA", "Asian Development Bank"]),
        ("en", "The ASEAN Secretariat welcomed it.", ["ASEAN Secretariat"]),
        ("en", "Bogor City Government closed the road.", ["Bogor City Government"]),
        ("en", "The Ministry of Health said so.", ["Ministry of Health"]),
        ("en", "The Metropolitan Manila Development Authority cleared it.", ["MMDA"]),
        ("ms", "Dewan Bandaraya Kuala Lumpur menutup jalan.", ["DBKL"]),
        ("ms", "Jabatan Alam Sekitar memantau sungai.", ["Jabatan Alam Sekitar"]),
        ("tl", "Sinabi ng Kagawaran ng Kalusugan na sapat ito.", ["Kagawaran ng Kalusugan"]),
        ("vi", "Liên Hiệp Quốc hoan nghênh.", ["United Nations"]),
        ("id", "Badan itu menolak, dan dinas lain diam.", []),
        ("id", "Ia bekerja di bank dan di rumah sakit.", []),
        ("id", "Ratna Dewi menyukai pasar.", []),
        ("en", "The department and the council agreed.", []),
        ("en", "Nobody knows who agreed, or when.", []),
    ],
)
def test_organisations_are_named(language: str, text: str, wanted: list[str]) -> None:
    assert names(read(text, language).organisations) == wanted


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("id", "MGMAC dibuka.", ["Meeting of Governors and Mayors of ASEAN Capitals"]),
        ("id", "Forum Wali Kota ASEAN (ASEAN Mayors Forum/AMF) 2023 dibuka.", ["ASEAN Mayors Forum"]),
        ("id", "KTT ASEAN ke-43 digelar di Jakarta.", ["ASEAN Summit"]),
        ("en", "The World Cities Summit opens today.", ["World Cities Summit"]),
        ("en", "The Jakarta Climate Week begins.", ["Jakarta Climate Week"]),
        ("en", "They met at the Asia Waste Management Conference.", ["Asia Waste Management Conference"]),
        ("id", "Festival Sungai Musi dimulai.", ["Festival Sungai Musi"]),
        ("id", "Konferensi Air Asia Tenggara dimulai.", ["Konferensi Air Asia Tenggara"]),
        ("id", "Mereka membuka forum dan festival.", []),
        ("en", "A meeting was held last week.", []),
        ("en", "The forum and the summit end on Monday.", []),
    ],
)
def test_events_are_named(language: str, text: str, wanted: list[str]) -> None:
    assert names(read(text, language).events) == wanted


def test_what_stands_in_brackets_is_an_alias_and_found_again() -> None:
    text = "Perhimpunan Pasar Terapung Indonesia (PPTI) hadir.\nMenurut PPTI, pasar ramai."
    (only,) = read(text).organisations
    assert only.aliases == ("PPTI",)
    assert [(one.field, one.text) for one in only.evidence] == [
        ("article_body[0]", "Perhimpunan Pasar Terapung Indonesia"),
        ("article_body[0]", "PPTI"),
        ("article_body[1]", "PPTI"),
    ]


def test_a_person_s_name_is_no_part_of_an_organisation() -> None:
    made = read("Direktur Utama PT Sinar Laut Agus Salim mengatakan itu.")
    assert [person.name for person in made.people] == ["Agus Salim"]
    assert "Agus" not in " ".join(names(made.organisations))


@pytest.mark.parametrize("unit", ["Dinas ", "ASEAN Forum ", "AMF (AMF) ", "PT ", "Aa Forum ", "ทท"])
def test_a_hostile_text_ends(unit: str) -> None:
    made = read(unit * (100_000 // len(unit)))
    assert len(made.organisations) <= 40
    assert len(made.events) <= 40
