"""Topic tags: what a text is about, and the words that say so."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from pipeline.lexicon import TermIndex, fold
from pipeline.model import Tag, WatchMatch
from pipeline.tags import label, tag, topics
from tests.pipeline.test_watches import article

# (headline, body, topics that must stand, in order of weight or not, and nothing else)
CASES: tuple[tuple[str, tuple[str, ...], set[str]], ...] = (
    (
        "Transjakarta Tambah Bus Listrik",
        ("Transjakarta menambah 40 bus listrik. Kemacetan di Sudirman turun.",),
        {"transport"},
    ),
    ("Warga Tambora Pindah ke Rusunawa", ("Rusunawa itu punya 200 unit. Rumah susun lain menyusul.",), {"housing"}),
    (
        "Bank Sampah Baru di Cilincing",
        ("Pengelolaan sampah dimulai dari rumah. Daur ulang plastik juga diajarkan.",),
        {"waste"},
    ),
    ("Pasar Rakyat Dibuka", ("UMKM dari lima kecamatan hadir. Pelaku UMKM menjual produk lokal.",), {"msmes"}),
    ("Aplikasi JAKI Diperbarui", ("Kota cerdas butuh layanan digital. Smart city bukan slogan.",), {"digital-city"}),
    ("Target Net Zero 2050", ("Perubahan iklim mengancam pesisir. Emisi karbon harus turun.",), {"climate"}),
    ("Kunjungan Turis Naik", ("Wisatawan mancanegara datang lagi. Pariwisata pulih.",), {"tourism"}),
    ("Vaksinasi di Puskesmas", ("Dinas Kesehatan membuka layanan kesehatan gratis.",), {"health"}),
    ("Mal Pelayanan Publik Diresmikan", ("Pelayanan publik kini satu pintu.",), {"public-services"}),
    ("Realisasi Investasi Naik", ("Penanaman modal asing tumbuh. Investor datang.",), {"investment"}),
    ("City Opens New Bus Lanes", ("Public transport gets priority over cars, the mayor said.",), {"transport"}),
    ("Mayors Sign Sister City Pact", ("The memorandum of understanding was signed.",), {"cooperation"}),
    ("Bas Elektrik Mula Beroperasi", ("Pengangkutan awam akan bertambah baik.",), {"transport"}),
    ("Denggi: Klinik Kesihatan Dibuka", ("Kementerian Kesihatan menghantar pasukan.",), {"health"}),
    ("Jerebu Kembali", ("Kualiti udara merosot di tiga negeri.",), {"air-quality"}),
    ("Sungai Meluap", ("Banjir merendam tiga kelurahan. Penanggulangan banjir dipercepat.",), {"flood"}),
    # near misses
    ("Konser Dibuka Malam Ini", ("Penonton datang naik MRT.",), set()),
    ("Wali Kota Menikah", ("Resepsi digelar di hotel. Tamu menikmati festival kecil.",), set()),
    ("Pemain Masuk Rumah Sakit", ("Ia dirawat di rumah sakit. Dokter memeriksa lututnya.",), set()),
    ("Harga Saham Turun", ("Investor melepas saham. Investor menunggu.",), set()),
    ("Rapat Paripurna", ("Anggota dewan membahas jadwal.",), set()),
    ("", (), set()),
)


@pytest.mark.parametrize(("headline", "body", "expected"), CASES, ids=lambda value: str(value)[:30])
def test_tag_finds_the_topics(headline: str, body: tuple[str, ...], expected: set[str]) -> None:
    tagged = tag(article(*body, headline=headline or None))
    assert {one.id for one in tagged.tags} == expected


def test_tag_says_which_words() -> None:
    (found,) = tag(article("Rusunawa itu punya taman. Rumah susun lain menyusul.", headline="Rusunawa Dibuka")).tags
    assert found == Tag("housing", "Housing", 'The text says "rusunawa" 2 times in the headline, "rumah susun".')


def test_tag_puts_forums_first_and_stops_at_five() -> None:
    body = (
        "Perubahan iklim, aksi iklim, net zero. Transportasi, MRT, LRT. UMKM, koperasi, UMKM. Pariwisata, wisatawan. "
        "Banjir, banjir rob. Kota cerdas, smart city."
    )
    matches = (WatchMatch("mgmac", 2023, "Paragraph 1."), WatchMatch("asean-japan-smart-cities", None, "Paragraph 2."))
    tags = tag(replace(article(body), watches=matches)).tags
    assert tags[:2] == (
        Tag("mgmac", "MGMAC 2023", "Paragraph 1."),
        Tag("asean-japan-smart-cities", "ASEAN Japan Smart Cities", "Paragraph 2."),
    )
    assert len(tags) == 5


def test_tag_does_not_count_a_word_inside_a_longer_one() -> None:
    assert tag(article("Banjir rob.")).tags == ()


def test_label_is_of_the_language_or_english() -> None:
    assert label("waste", "id") == "Sampah"
    assert label("waste", "vi") == "Waste"
    assert label("mgmac", "id") is None


def test_topics_are_whole_and_distinct() -> None:
    found = topics()
    assert len({one.id for one in found}) == len(found) >= 10
    for one in found:
        assert set(one.label) >= {"en", "id", "ms"}
        assert re.fullmatch(r"\d{8}", one.medtop)
        index = TermIndex((term, 0) for term in one.terms)
        assert not [hint for hint in one.hints if index.find(fold(hint)) and hint in one.terms]
