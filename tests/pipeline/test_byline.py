"""Names apart by what they did."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.byline import Credits, codes, is_tail, names, parse_line, photo_credit

HOUSE = ("ANTARA", "Beritajakarta.id", "Redaksi")


@pytest.mark.parametrize(
    ("line", "credits_of_line"),
    [
        ("Pewarta: Ratna Dewi", Credits(authors=("Ratna Dewi",))),
        ("Editor: Hadi Wijaya", Credits(editors=("Hadi Wijaya",))),
        ("Oleh Ratna Dewi", Credits(authors=("Ratna Dewi",))),
        ("Reporter: Ani, Budi dan Citra", Credits(authors=("Ani", "Budi", "Citra"))),
        ("Reported by Ratna | Translated by Maria Sari", Credits(authors=("Ratna",), translators=("Maria Sari",))),
        ("Penerjemah: Maria Sari, Editor: Hadi", Credits(editors=("Hadi",), translators=("Maria Sari",))),
        ("Copyright © ANTARA 2026", Credits(copyright="ANTARA 2026")),
        # glued, and with a space before the colon
        (
            "Pewarta: Ratna DewiEditor: Hadi Wijaya Copyright © ANTARA 2026",
            Credits(authors=("Ratna Dewi",), editors=("Hadi Wijaya",), copyright="ANTARA 2026"),
        ),
        (
            "Pewarta : A. Ratna Editor: Hadi COPYRIGHT © ANTARA 2026",
            Credits(authors=("A. Ratna",), editors=("Hadi",), copyright="ANTARA 2026"),
        ),
        ("Sumber: En.Antara News", Credits(source="En.Antara News")),
        ("Penulis: Redaksi", Credits()),
        ("Penulis: Hadi Wijaya, M.Si", Credits(authors=("Hadi Wijaya, M.Si",))),
    ],
)
def test_parse_line_of_a_byline(line: str, credits_of_line: Credits) -> None:
    assert parse_line(line, HOUSE) == credits_of_line
    assert is_tail(line)


@pytest.mark.parametrize(
    "line",
    [
        "Oleh karena itu, warga diminta membawa payung.",
        "Oleh Karena Itu Warga Jakarta Diminta Membawa Payung Sejak Pagi Hari Menuju Kantor Masing-masing",
        "By Friday the park will open to everybody.",
        "Sumber air di kota itu: sungai dan sumur.",
        "Kata Editor: buku ini bagus.",
        'Editor: "Saya tidak setuju dengan pendapat itu," katanya. Ia lalu pergi.',
    ],
)
def test_is_tail_leaves_prose(line: str) -> None:
    assert not is_tail(line)


def test_a_notice_about_machines_is_a_tail_of_its_own() -> None:
    line = "Dilarang mengambil isi laman ini untuk AI tanpa izin tertulis dari kantor berita."
    assert parse_line(line).notice == line
    assert is_tail(line)


@pytest.mark.parametrize(
    "name", ["Redaksi", "admin", "Tim Liputan", "kabar.com", "PSSI", "x", "ratna dewi", "A" * 80, "Ratna 2"]
)
def test_names_of_what_is_no_person(name: str) -> None:
    assert names(name, HOUSE) == ()


def test_names_keeps_particles_and_drops_doubles() -> None:
    assert names("Ahmad bin Abdullah & Siti binti Omar, Ahmad bin Abdullah") == (
        "Ahmad bin Abdullah",
        "Siti binti Omar",
    )


@pytest.mark.parametrize(
    ("caption", "people"),
    [
        ("Taman baru. photo Ratna Dewi - Beritajakarta.id", ("Ratna Dewi",)),
        ("Taman baru (ANTARA FOTO/Ratna Dewi)", ("Ratna Dewi",)),
        ("Taman baru. ANTARA/Ratna Dewi", ("Ratna Dewi",)),
        ("(ANTARA FOTO/Ratna Dewi/aww)", ("Ratna Dewi",)),
        ("Taman baru. (Foto: Ratna Dewi)", ("Ratna Dewi",)),
        ("A park. — Picture by Hadi Wijaya", ("Hadi Wijaya",)),
        ("Taman baru (Foto: Istimewa)", ()),
        ("Warga berfoto di taman", ()),
    ],
)
def test_photo_credit_of_a_caption(caption: str, people: tuple[str, ...]) -> None:
    assert photo_credit(caption, HOUSE) == people


def test_codes_that_close_a_text_name_nobody() -> None:
    assert codes("Acara berakhir pukul 17.00. (fyk/ash)") == "(fyk/ash)"
    assert codes("Acara itu dihadiri wali kota (Jakarta)") is None


@given(st.text(max_size=200))
def test_parse_line_never_raises(text: str) -> None:
    parse_line(text)
    is_tail(text)
    photo_credit(text)
