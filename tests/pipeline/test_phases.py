"""Announcements, openings, closings and round-ups, in the languages of the region."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.phases import Phase, announces, phase
from pipeline.roundups import is_roundup
from tests.pipeline.alike_events import Told
from tests.pipeline.test_alike_events import article

PLAIN = "Hujan turun."


@pytest.mark.parametrize(
    ("headline", "text", "wanted"),
    [
        ("Teluk Baru siap sambut 14 wali kota", PLAIN, True),
        ("Forum akan digelar di Kuching", PLAIN, True),
        ("Jakarta bakal jadi tempat wali kota bertemu", PLAIN, False),
        ("Jelang forum, trotoar dicat", PLAIN, True),
        ("Forum dibuka besok", "Panitia bekerja, Selasa (4/8).", True),
        ("Datuk bandar sedia rasmikan forum minggu depan", PLAIN, True),
        ("Mayors to gather in Cebu", PLAIN, True),
        ("Chiang Mai set to welcome mayors", PLAIN, True),
        ("Hà Nội sắp tổ chức hội nghị thị trưởng", PLAIN, True),
        ("Gaganapin sa Iloilo ang pulong ng mga alkalde", PLAIN, True),
        ("เชียงใหม่เตรียมจัดประชุมนายกเทศมนตรี", PLAIN, True),
        ("Forum dibuka", "Forum berlangsung 4-5 Agustus 2026.", False),
        ("Panitia periksa gedung", "Forum berlangsung 6-7 Agustus 2026.", True),
        ("Panitia periksa gedung", "Forum digelar (8/6).", True),  # month first can also be the 8th of June
        ("Wali kota tiba", "Wali kota akan bertemu gubernur. Hujan turun.", True),
        ("Wali kota tiba", "Hujan turun. Wali kota akan bertemu gubernur.", False),
        ("Mensos: penyaluran bakal dikoordinasi dengan bank", PLAIN, False),
        ("Bek itu segera gabung klub baru", PLAIN, False),
        ("Hakim akan pikir-pikir", PLAIN, False),
    ],
)
def test_what_announces(headline: str, text: str, *, wanted: bool) -> None:
    assert announces(article(1, Told(headline, text))) == wanted


def test_an_undated_text_without_a_headline_announces_nothing() -> None:
    bare = article(1, Told("", "Forum akan digelar pada 9 Agustus."))
    assert not announces(replace(bare, headline=None, date_published=None))


@pytest.mark.parametrize(
    ("headline", "wanted"),
    [
        ("Forum dibuka gubernur", Phase.OPENING),
        ("Mesyuarat dirasmikan sultan", Phase.OPENING),
        ("Clean air week opens in Chiang Mai", Phase.OPENING),
        ("Summit kicks off", Phase.OPENING),
        ("Hội nghị khai mạc tại Huế", Phase.OPENING),
        ("Binuksan ang pulong", Phase.OPENING),
        ("Forum ditutup dengan deklarasi", Phase.CLOSING),
        ("Summit wraps up", Phase.CLOSING),
        ("Mayors' week closes with a pact", Phase.CLOSING),
        ("Bế mạc hội nghị thị trưởng", Phase.CLOSING),
        ("Nagtapos ang pulong", Phase.CLOSING),
        ("Forum dibuka pagi, ditutup malam", None),
        ("Wali kota tanam bakau", None),
        (None, None),
    ],
)
def test_the_phase_that_a_headline_names(headline: str | None, wanted: Phase | None) -> None:
    assert phase(headline) is wanted


@pytest.mark.parametrize(
    ("headline", "wanted"),
    [
        ("Lima hal dari pekan wali kota", True),
        ("Terpopuler: pasar terbakar, ikan mahal", True),
        ("Top 3 Tekno: ponsel baru hingga drone", True),
        ("Rangkuman berita sepekan", True),
        ("Five things to know about the mayors' week", True),
        ("News in brief", True),
        ("Điểm tin sáng thứ Hai", True),
        ("สรุปข่าวประจำวัน", True),
        ("Five mayors sign pact", False),
        ("Ini rangkumannya: pasar dibuka", False),
        ("Wali kota umumkan lima kebijakan", False),
        ("Top official resigns", False),
    ],
)
def test_what_is_a_roundup(headline: str, *, wanted: bool) -> None:
    assert is_roundup(headline) == wanted
