"""Where sentences end: our own sentences, as the region's outlets print them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sentences import is_bare_quotation, sentences

CASES = (
    # each entry: the sentences of one paragraph
    ("Forum dibuka hari ini.", "Peserta berdatangan."),
    ("Pj. Gubernur hadir bersama Dr. Rina dan Ir. Budi.", "Acara lancar."),
    ("Safrizal, M.Si. diundang.",),
    ("Dirjen Safrizal ZA, M.Si diundang.", "Ia hadir secara daring."),
    ("Kegiatan ini diikuti 1.200 peserta.", "Semua puas."),
    ("Rumah di Jl. Merdeka No. 7 itu roboh.", "Tak ada korban."),
    ('"Kita sampaikan di forum. Kemudian kita bangun," ujar Joko.', "Ia lalu pergi."),
    ("“Bagus! Sangat bagus,” kata wali kota.", "Hadirin tertawa."),
    ('"Apakah kita siap?" tanya gubernur kepada peserta.', "Semua mengangguk."),
    ('"Kita siap."', "Kata itu diulang."),
    ("1. ASEAN dan Jepang sepakat.", "Mereka bertemu lagi."),
    ("H. Ahmad dan T.B. Simatupang datang.", "Lainnya tidak."),
    ("Menurut dr. Lina, cuaca buruk.", "Warga diminta waspada."),
    ("Pertemuan digelar pada 2023.", "Jakarta menjadi tuan rumah."),
    ("Beras, gula, dll. dijual murah.", "Warga antre."),
    ("Gov. Reyes met Sen. Cruz at 9 a.m. Monday.", "They spoke briefly."),
    ("The U.S. delegation left.", "No. 3 gate was shut."),
    ("He said no.", "Then he left."),
    ("Is it safe?", "Yes!", "Go…", "Now."),
    ("Encik Lim dan Dato. Hassan tiba.", "Majlis bermula pukul 8.30 pagi."),
    ("TP. Hồ Chí Minh đón khách.", "Lễ khai mạc diễn ra tối nay."),
    ("Dumating si Gng. Santos.", "Nagsimula ang pulong."),
    ("市长论坛开幕。", "代表们来自十个国家！", "会议将持续两天。"),
    ("អភិបាលបានថ្លែង។", "ប្រជាជនបានស្តាប់។"),
    ("မြို့တော်ဝန် ပြောသည်။", "လူများ နားထောင်သည်။"),
    ("การประชุมเริ่มขึ้นแล้ว ผู้แทนมาจากสิบประเทศ",),
)


@pytest.mark.parametrize("expected", CASES, ids=lambda case: case[0][:30])
def test_sentences_end_where_a_reader_ends_them(expected: tuple[str, ...]) -> None:
    paragraph = " ".join(expected)
    assert tuple(paragraph[start:end] for start, end in sentences(paragraph)) == expected


def test_sentences_of_a_quotation_that_stays_open_are_cut() -> None:
    paragraph = "“Kami datang. Kami melihat."
    assert [paragraph[start:end] for start, end in sentences(paragraph)] == ["“Kami datang.", "Kami melihat."]


@pytest.mark.parametrize("text", ["", " ", "\n"])
def test_sentences_of_nothing_are_none(text: str) -> None:
    assert list(sentences(text)) == []


@given(st.text(alphabet=st.sampled_from("ab A.?!…\"“”'()1 \n。។Pj\u0e01"), max_size=80))
def test_sentences_cover_the_paragraph(paragraph: str) -> None:
    spans = list(sentences(paragraph))
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    covered = "".join(paragraph[start:end] for start, end in spans)
    assert covered.split() == paragraph.split() or "".join(covered.split()) == "".join(paragraph.split())


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("“Kami siap melaksanakannya bersama seluruh warga.”", True),
        ('"Kami siap," ia.', True),
        ("“Kami siap tanpa tanda tutup", True),
        ("“Kami siap,” kata Wali Kota Rina Wijaya.", False),
        ("Wali kota berkata “siap”.", False),
        ("Kami siap.", False),
    ],
)
def test_is_bare_quotation(sentence: str, expected: bool) -> None:
    assert is_bare_quotation(sentence) is expected
