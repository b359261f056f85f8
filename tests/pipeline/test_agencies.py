"""Whose text it is."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.agencies import (
    is_agency,
    is_only_agencies,
    is_own,
    is_release,
    is_release_label,
    is_signed_by_agencies,
    read_closing,
    release_phrase,
)

ANTARA = ("ANTARA", "ANTARA News")


@pytest.mark.parametrize("credit", ["ANTARA Sulsel", "Antara News", "ANTARA"])
def test_is_own_knows_regional_desks(credit: str) -> None:
    assert is_own(credit, ANTARA)


@pytest.mark.parametrize("credit", ["Reuters", "antara lain", "Antarabangsa", ""])
def test_is_own_of_another(credit: str) -> None:
    assert not is_own(credit, ANTARA)


def test_is_own_knows_the_label_of_a_host() -> None:
    assert is_own("CNN Indonesia", ("cnnindonesia",))
    assert not is_own("CNN", ("cnnindonesia",))


def test_is_own_knows_a_regional_site() -> None:
    assert is_own("iNEWSKarawang.id", ("iNews.id",))
    assert not is_own("Kabar.id", ("iNews.id",))


@pytest.mark.parametrize(
    "credit", ["Reuters", "AFP", "Bernama-AFP", "VNA/KPL", "The Associated Press", "antara", "新华社"]
)
def test_agencies_and_nothing_else(credit: str) -> None:
    assert is_only_agencies(credit)
    assert is_agency(credit)
    assert is_signed_by_agencies(credit)


@pytest.mark.parametrize("credit", ["Ani", "Ani Wijaya", "ap", "Kabar Kota", "CNN management said", "", "A" * 200])
def test_no_agency(credit: str) -> None:
    assert not is_only_agencies(credit)
    assert not is_signed_by_agencies(credit)


def test_an_agency_with_a_desk_or_a_partner() -> None:
    assert is_agency("CNN Indonesia")
    assert is_signed_by_agencies("ANTARA Sulsel")
    assert is_agency("Kabar Kota/AFP")
    assert not is_only_agencies("Kabar Kota/AFP")
    assert is_release("Antara/PRNewswire")
    assert not is_release("Antara")


@pytest.mark.parametrize(
    ("text", "release"),
    [
        ("ujar Ratna dalam Siaran Pers Pemprov DKI Jakarta.", True),
        ("seperti diterima redaksi dari siaran pers kementerian, Jumat.", True),
        ("the office said in a press release on Friday.", True),
        ("the company said in a press statement.", True),
        ("ISTANBUL\nmenurut rilis pers perusahaan itu", True),
        ("Siaran Pers\nTaman dibuka.", True),
        ("FOR IMMEDIATE RELEASE\nA park opens.", True),
        ("katanya dalam satu kenyataan media hari ini.", True),
        ("theo thông cáo báo chí của thành phố.", True),
        ("ข่าวประชาสัมพันธ์ของกรุงเทพมหานคร", True),
        ("sa isang press release nitong Lunes.", True),
        ("/PRNewswire/ -- A park opens.", True),
        # a statement is no release, and a report that asked for itself quotes one
        ("kata Ratna dalam keterangannya, Minggu.", False),
        ("kata Ratna dalam keterangan tertulis yang diterima redaksi, Minggu.", False),
        ("kata Ratna kepada wartawan.", False),
        ("kata Ratna dalam siaran pers.\nHadi berkata lain kepada wartawan.", False),
        ("she said in a press release. The mayor told reporters he disagreed.", False),
        ("Siaran persahabatan antarkota", False),
        ("Kenyataan akhbar itu dibantah datuk bandar.", False),
        ("Siaran pers itu dibantah wali kota.", False),
        ("the release of the report", False),
        ("", False),
    ],
)
def test_says_release(text: str, release: bool) -> None:
    assert (release_phrase(text) is not None) is release


def test_the_words_that_say_so_are_given() -> None:
    assert release_phrase("ujar Ratna dalam Siaran Pers Pemprov.") == "dalam Siaran Pers"


@pytest.mark.parametrize(
    "label",
    [
        "Siaran Pers",
        "PRESS RELEASE",
        "Advertorial",
        "INFO NASIONAL",
        "[Advertorial]",
        "Thông cáo báo chí",
        "ข่าวประชาสัมพันธ์",
    ],
)
def test_labels_of_releases(label: str) -> None:
    assert is_release_label(label)


def test_a_section_is_no_label_of_a_release() -> None:
    assert not is_release_label("Nasional")


@pytest.mark.parametrize(
    ("paragraph", "text", "agency"),
    [
        ("Taman dibuka. — BERNAMA", "Taman dibuka.", "BERNAMA"),
        ("Taman dibuka. -- BERNAMA", "Taman dibuka.", "BERNAMA"),
        ("The park opens. - AFP", "The park opens.", "AFP"),
        ("The park opens. (Reuters)", "The park opens.", "Reuters"),
        ("“The park opens.” – Bernama-AFP", "“The park opens.”", "Bernama-AFP"),
        ("Công viên mở cửa./.VNA", None, None),
        ("Ia bekerja di Reuters", None, None),
        ("Ia bekerja di kantor berita (Reuters)", None, None),
        ("Taman dibuka. - Ratna", None, None),
        ("Taman dibuka (Jakarta)", None, None),
        ("", None, None),
    ],
)
def test_read_closing(paragraph: str, text: str | None, agency: str | None) -> None:
    found = read_closing(paragraph)
    assert (found[1] if found else None) == agency
    assert (paragraph[: found[0]] if found else None) == text


_PIECES = st.sampled_from(
    ["ANTARA", "AFP", "/", " - ", "—", "(", ")", "dalam ", "siaran pers", "release", ". ", "ﬃ", "\n"]
)


@given(st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=12).map("".join)))
def test_no_text_raises(text: str) -> None:
    is_own(text, ANTARA)
    is_agency(text)
    is_only_agencies(text)
    is_release_label(text)
    found = release_phrase(text)
    assert found is None or found.casefold() in re.sub(r"\s+", " ", text).casefold() or found in text
    closing = read_closing(text)
    assert closing is None or closing[1] in text[closing[0] :]


@pytest.mark.parametrize("unit", ["dalam siaran ", "media release ", "in a press ", " - ", "(", "— A", "kepada "])
def test_a_text_of_200_kb_is_searched_in_its_length(unit: str) -> None:
    text = (unit * (200_000 // len(unit)))[:200_000]
    release_phrase("siaran pers")  # the patterns are made once
    began = time.process_time()
    release_phrase(text)
    read_closing(text)
    assert (
        time.process_time() - began < 20
    )  # seconds of the processor: what grows with the square of the text takes minutes
