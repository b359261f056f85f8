"""What is a person's name, and what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.persons import agencies, is_person, names, signed_names
from pipeline.photographs import is_photo_line, photo_credit

HOUSE = ("ANTARA", "Beritajakarta.id", "Redaksi")


@pytest.mark.parametrize(
    "name",
    [
        "Redaksi",
        "admin",
        "Tim Liputan",
        "kabar.com",
        "PSSI",
        "x",
        "ratna dewi",
        "A" * 80,
        "Ratna 2",
        "AFP",
        "Tim detikcom",
        "Tim Cek Fakta",
        "VNA",
        "PIA",
        "Bernama",
        "CNN Indonesia",
        "Kabar Media Group",
        "Deutsche Welle",
        "Getty Images",
        "Pool",
        "Istimewa",
        "https://kabar.example/ratna",
        "@ratna",
        "ratna@kabar.example",
        "กองบรรณาธิการ",
        "本报记者",
        "Staff Reporter",
        "The Water Board",
        "Biography",
        "Ministry of Health",
        "Dari berbagai sumber",
        "这是一个不是人名的句子",
    ],
)
def test_names_of_what_is_no_person(name: str) -> None:
    assert names(name, HOUSE) == ()


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Ahmad bin Abdullah & Siti binti Omar, Ahmad bin Abdullah", ("Ahmad bin Abdullah", "Siti binti Omar")),
        ("Ratna Dewi - detikHealth", ("Ratna Dewi",)),
        ("Ratna Dewi -detikHealth", ("Ratna Dewi",)),
        ("Ratna Dewi, Hadi Wijaya -detikFinance", ("Ratna Dewi", "Hadi Wijaya")),
        ("bonita - detikTravel", ("bonita",)),
        ("Ratna Dewi (Kontributor)", ("Ratna Dewi",)),
        ("Tim Kabar.com, Ratna A. Dewi", ("Ratna A. Dewi",)),
        ("Dan Wijaya dan Budi", ("Dan Wijaya", "Budi")),
        ("RATNA DEWI DAN HADI", ("RATNA DEWI", "HADI")),
        ("Binti Lestari", ("Binti Lestari",)),
        ("Angela di Roma", ("Angela",)),
        ("Angela di Matteo", ("Angela di Matteo",)),
        ("Ratna Dewi, Jakarta", ("Ratna Dewi",)),
        ("Sofia", ("Sofia",)),  # a place too, but she stands alone
        ("Syak'ir Ni'am", ("Syak'ir Ni'am",)),
        ("Kris FW", ("Kris FW",)),
        ("By Ratna Dewi 2026-11-18T20:51:19Z Science & Astronomy", ("Ratna Dewi",)),
        ("Reuters, Washington, Nov 20 2026, 11:06am", ()),
        ("Ratna Dewi Ratna Dewi", ("Ratna Dewi",)),
        ("Ratna Dewi, MS, RDN", ("Ratna Dewi",)),
        ("Hadi, By Ratna Dewi", ("Hadi", "Ratna Dewi")),
        ("Ratna Dewi Sabtu, 21 November 2026", ("Ratna Dewi",)),
        ("Ratna Dewi , Jurnalis-Rabu, 18 Juni 2026 |20:27 WIB", ("Ratna Dewi",)),
        ("Ratna Dewi • 3 min read", ("Ratna Dewi",)),
        ("redaksi@kabar.example (Ratna Dewi)", ("Ratna Dewi",)),
        ("Ratna Dewi Associated Press", ("Ratna Dewi",)),
        ("Tan Sri Dr. Ahmad Fauzi", ("Tan Sri Dr. Ahmad Fauzi",)),
        ("สมชาย ใจดี", ("สมชาย ใจดี",)),
        ("မောင်မောင် နှင့် အေးအေး", ("မောင်မောင်", "အေးအေး")),
        ("முருகன் மற்றும் செல்வம்", ("முருகன்", "செல்வம்")),
        ("", ()),
    ],
)
def test_names_of_persons(text: str, people: tuple[str, ...]) -> None:
    assert names(text, HOUSE) == people


def test_signed_names_take_a_name_without_capitals() -> None:
    assert signed_names("ratna dewi, Hadi wijaya") == ("ratna dewi", "Hadi wijaya")
    assert signed_names("dari warga yang menanam pohon") == ()


def test_agencies_of_a_byline() -> None:
    assert agencies("Ratna Dewi, Associated Press") == ("Associated Press",)
    assert agencies("Deutsche Welle (DW) - detikNews") == ("Deutsche Welle",)
    assert agencies("Ani Wijaya") == ()  # ANI is an agency, Ani is not


def test_is_person_knows_a_person_called_tim() -> None:
    assert is_person("Tim Wijaya")
    assert not is_person("Tim Bisnis")


@pytest.mark.parametrize(
    ("caption", "people"),
    [
        ("Taman baru. photo Ratna Dewi - Beritajakarta.id", ("Ratna Dewi",)),
        ("Taman baru (ANTARA FOTO/Ratna Dewi)", ("Ratna Dewi",)),
        ("Taman baru. ANTARA/Ratna Dewi", ("Ratna Dewi",)),
        ("(ANTARA FOTO/Ratna Dewi/aww)", ("Ratna Dewi",)),
        ("Taman baru. (REUTERS / Ratna Dewi)", ("Ratna Dewi",)),
        ("Taman baru. (KABAR.com/Ratna Dewi)", ("Ratna Dewi",)),
        ("Taman baru. (Foto: Ratna Dewi)", ("Ratna Dewi",)),
        ("Công viên mới. Ảnh: Nguyễn Văn An", ("Nguyễn Văn An",)),
        ("สวนใหม่ ภาพ: สมชาย ใจดี", ("สมชาย ใจดี",)),
        ("A park. — Picture by Hadi Wijaya", ("Hadi Wijaya",)),
        ("Taman baru (Foto: Istimewa)", ()),
        ("Taman baru (Foto: Getty Images)", ()),
        ("Warga berfoto di taman", ()),
    ],
)
def test_photo_credit_of_a_caption(caption: str, people: tuple[str, ...]) -> None:
    assert photo_credit(caption, HOUSE) == people


def test_a_photo_line_is_nothing_but_a_credit() -> None:
    assert is_photo_line("photo Ratna Dewi - Kabar.id")
    assert not is_photo_line("Foto itu dibuat Ratna Dewi - warga Bogor - pada pagi hari.")


@given(st.text(max_size=200))
def test_names_are_never_empty_or_doubled(text: str) -> None:
    for found in (names(text), signed_names(text), photo_credit(text)):
        assert all(found)
        assert len({name.casefold() for name in found}) == len(found)
