"""Names apart by what they did."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.byline import Credits, closing_brackets, codes, is_labelled, is_tail, parse_line, parse_lines
from pipeline.bywords import by_patterns

HOUSE = ("ANTARA", "Beritajakarta.id", "Redaksi")

INDONESIAN = [
    ("Pewarta: Ratna Dewi", Credits(authors=("Ratna Dewi",))),
    ("Pewarta: Ratna Dewi Editor: Hadi Wijaya", Credits(authors=("Ratna Dewi",), editors=("Hadi Wijaya",))),
    ("Editor: Hadi Wijaya", Credits(editors=("Hadi Wijaya",))),
    ("Oleh Ratna Dewi", Credits(authors=("Ratna Dewi",))),
    ("Oleh: Ratna Dewi dan Hadi Wijaya", Credits(authors=("Ratna Dewi", "Hadi Wijaya"))),
    ("OLEH RATNA DEWI", Credits(authors=("RATNA DEWI",))),
    ("Reporter: Ani, Budi dan Citra", Credits(authors=("Ani", "Budi", "Citra"))),
    ("Reporter: Ratna, RATNA, Hadi", Credits(authors=("Ratna", "Hadi"))),
    ("Reporter: Ratna Dewi | Editor: Hadi", Credits(authors=("Ratna Dewi",), editors=("Hadi",))),
    ("Reported by Ratna | Translated by Maria Sari", Credits(authors=("Ratna",), translators=("Maria Sari",))),
    ("Penerjemah: Maria Sari, Editor: Hadi", Credits(editors=("Hadi",), translators=("Maria Sari",))),
    ("Laporan wartawan Kabar Jabar, Ratna Dewi", Credits(authors=("Ratna Dewi",))),
    ("(Laporan Wartawan Kabar Jakarta, Ratna Dewi)", Credits(authors=("Ratna Dewi",))),
    ("Kontributor Bogor, Ratna Dewi", Credits(authors=("Ratna Dewi",))),
    ("Penulis: KABARNEWS.COM, Ratna Dewi", Credits(authors=("Ratna Dewi",))),
    ("Penulis: Ratna Dewi (Antara)", Credits(authors=("Ratna Dewi",))),
    ("Penulis: ratna dewi", Credits(authors=("ratna dewi",))),
    ("Penulis: Ratna dewi", Credits(authors=("Ratna dewi",))),
    ("Penulis: Dr. Ir. H. Hadi Wijaya, M.Si., Ph.D.", Credits(authors=("Dr. Ir. H. Hadi Wijaya, M.Si, Ph.D",))),
    (
        "Penulis: Hj. Ratna Dewi, S.H., M.H. dan Citra Lestari, S.Sos",
        Credits(authors=("Hj. Ratna Dewi, S.H, M.H", "Citra Lestari, S.Sos")),
    ),
    ("Penulis/Editor: Hadi Wijaya", Credits(authors=("Hadi Wijaya",), editors=("Hadi Wijaya",))),
    ("Teks dan foto: Ratna Dewi", Credits(authors=("Ratna Dewi",), photographers=("Ratna Dewi",))),
    ("Foto: Ratna Dewi/Antara", Credits(photographers=("Ratna Dewi",))),
    # glued, and with a space before the colon
    (
        "Pewarta: Ratna DewiEditor: Hadi Wijaya Copyright © ANTARA 2026",
        Credits(authors=("Ratna Dewi",), editors=("Hadi Wijaya",), copyright="ANTARA 2026"),
    ),
    (
        "Pewarta : A. Ratna Editor: Hadi COPYRIGHT © ANTARA 2026",
        Credits(authors=("A. Ratna",), editors=("Hadi",), copyright="ANTARA 2026"),
    ),
    # nobody
    ("Penulis: Redaksi", Credits()),
    ("Penulis: Tim Redaksi", Credits()),
    ("Penulis: dari berbagai sumber", Credits()),
    ("Editor: Kompas Cyber Media", Credits()),
    ("Pewarta: Bernama", Credits(agency="Bernama")),
]
ENGLISH = [
    ("By Ratna Dewi in Jakarta", Credits(authors=("Ratna Dewi",))),
    ("By Ratna Dewi, Senior Reporter", Credits(authors=("Ratna Dewi",))),
    ("By Ratna Dewi ratna@kabar.example @ratnadewi", Credits(authors=("Ratna Dewi",))),
    ("By Ratna Dewi | July 14, 2026 10:16 am", Credits(authors=("Ratna Dewi",))),
    ("By Ratna Dewi, Reuters", Credits(authors=("Ratna Dewi",), agency="Reuters")),
    ("By RATNA DEWI Associated Press", Credits(authors=("RATNA DEWI",))),
    (
        "By RATNA DEWI, HADI WIJAYA AND MAY TAN, CNN",
        Credits(authors=("RATNA DEWI", "HADI WIJAYA", "MAY TAN"), agency="CNN"),
    ),
    ("By Ravi a/l Kumar and Siti binti Omar", Credits(authors=("Ravi a/l Kumar", "Siti binti Omar"))),
    ("Oleh: Datuk Seri Ahmad Fauzi", Credits(authors=("Datuk Seri Ahmad Fauzi",))),
    ("Posted by Ratna Dewi", Credits(authors=("Ratna Dewi",))),
    ("Posted by: admin", Credits()),
    ("By Tim Wijaya", Credits(authors=("Tim Wijaya",))),
    ("By The Associated Press", Credits(agency="The Associated Press")),
    ("By AFP", Credits(agency="AFP")),
    ("Reporter: PIA", Credits(agency="PIA")),
    (
        "Story by Ratna Dewi; editing by Hadi Wijaya and May Tan",
        Credits(authors=("Ratna Dewi",), editors=("Hadi Wijaya", "May Tan")),
    ),
    (
        "(Reporting by Ratna Dewi; Editing by Hadi Wijaya)",
        Credits(authors=("Ratna Dewi",), editors=("Hadi Wijaya",)),
    ),
    (
        (
            "(Additional reporting by May Tan, Ann Lee and Bob Low in London and Kim Ong in Glasgow, Scotland, and "
            "Siti Omar in Moscow; Writing by Ratna Dewi; Editing by Hadi Wijaya)"
        ),
        Credits(authors=("Ratna Dewi",), editors=("Hadi Wijaya",)),
    ),
]
OTHERS = [
    ("Bài: Nguyễn Văn An - Ảnh: Trần Thị Bình", Credits(("Nguyễn Văn An",), photographers=("Trần Thị Bình",))),
    ("Bài, ảnh: Nguyễn Văn An", Credits(("Nguyễn Văn An",), photographers=("Nguyễn Văn An",))),
    ("Tác giả: Hà Mỹ - Minh Hòa", Credits(("Hà Mỹ", "Minh Hòa"))),
    ("Biên dịch: Trần Thị Bình", Credits(translators=("Trần Thị Bình",))),
    ("ni Maria Santos", Credits(("Maria Santos",))),
    ("Ulat ni Maria Santos at Jose Cruz", Credits(("Maria Santos", "Jose Cruz"))),
    ("Kuha ni Jose Cruz", Credits(photographers=("Jose Cruz",))),
    ("โดย สมชาย ใจดี", Credits(("สมชาย ใจดี",))),
    ("โดย: สมชาย ใจดี และ สมหญิง รักไทย", Credits(("สมชาย ใจดี", "สมหญิง รักไทย"))),
    ("ภาพ: สมชาย ใจดี", Credits(photographers=("สมชาย ใจดี",))),
    ("ໂດຍ: ບຸນມີ ສີສະຫວາດ", Credits(("ບຸນມີ ສີສະຫວາດ",))),
    ("ដោយ៖ សុខ សុភា", Credits(("សុខ សុភា",))),
    ("ဓာတ်ပုံ: မောင်မောင်", Credits(photographers=("မောင်မောင်",))),
    ("记者：李明、王芳", Credits(("李明", "王芳"))),
    ("编辑：陈大文", Credits(editors=("陈大文",))),
    ("எழுத்தாளர்: முருகன் செல்வம்", Credits(("முருகன் செல்வம்",))),
    ("Jornalista: Maria da Costa\tEditora: Ana Soares", Credits(("Maria da Costa",), ("Ana Soares",))),
]
SIGNATURES = [
    ("(Ratna Dewi)", Credits(signed=("Ratna Dewi",))),
    ("(Ratna Dewi/Hadi Wijaya)", Credits(signed=("Ratna Dewi", "Hadi Wijaya"))),
    ("(Ratna/Hadi/Citra)", Credits(signed=("Ratna", "Hadi", "Citra"))),
    ("(Ratna Dewi/eyv)", Credits(signed=("Ratna Dewi",))),
    ("(Antara/Reuters)", Credits(source="Antara/Reuters")),
    ("(Antara/msb)", Credits(source="Antara")),
    ("(AP Photo/Ratna Dewi)", Credits(photographers=("Ratna Dewi",))),
    ("(Ratna Dewi / AFP)", Credits(photographers=("Ratna Dewi",))),
    ("(fyk/ash)", Credits()),
    ("(ILO/NIA/IRE/REK/PDS/NAD/BOW)", Credits()),
    ("(LV/OL-12)", Credits()),
    ("(kha)", Credits()),
    ("(SIS)", Credits()),
    ("(*)", Credits()),
]
SOURCES = [
    ("Sumber: En.Antara News", Credits(source="En.Antara News")),
    ("Sumber: Antara", Credits(source="Antara")),
    ("Source: Bernama", Credits(source="Bernama")),
    ("Nguồn: TTXVN", Credits(source="TTXVN")),
    ("Theo TTXVN", Credits(source="TTXVN")),
    ("Theo Báo Mới", Credits(source="Báo Mới")),
    ("ที่มา: สำนักข่าวไทย", Credits(source="สำนักข่าวไทย")),
    ("来源：新华社", Credits(source="新华社")),
    ("— BERNAMA", Credits(source="BERNAMA")),
    ("-- BERNAMA", Credits(source="BERNAMA")),
    ("- AFP", Credits(source="AFP")),
    ("Copyright © ANTARA 2026", Credits(copyright="ANTARA 2026")),
    ("Copyright 2026 The Associated Press. All rights reserved.", Credits(copyright="2026 The Associated Press")),
    ("© AFP 2026", Credits(copyright="AFP 2026")),
]


@pytest.mark.parametrize(("line", "credits_of_line"), INDONESIAN + ENGLISH + OTHERS + SIGNATURES + SOURCES)
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
        "Source: a poll of 1,007 voters that was held in all five cities in July.",
        "Copyright reform is what the mayors want",
        "Foto: Warga menanam pohon di taman kota yang baru dibuka.",
        "Story: warga menanam pohon",
        "Theo ông, thành phố sẽ mở thêm công viên.",
        "Theo Nghị quyết 12",
        "Laporan: warga menanam pohon di tepi kali",
        "Wartawan senior, Ratna Dewi, menulis buku itu.",
        "Kontributor terbaik, kata panitia, datang dari Bogor.",
        "(Bersambung)",
        "Menurut Antara, taman dibuka.",
        "",
    ],
)
def test_is_tail_leaves_prose(line: str) -> None:
    assert not is_tail(line)


def test_a_source_that_names_nobody_is_none() -> None:
    assert parse_line("Sumber: berbagai sumber") == Credits()


def test_a_notice_about_machines_is_a_tail_of_its_own() -> None:
    line = "Dilarang mengambil isi laman ini untuk AI tanpa izin tertulis dari kantor berita."
    assert parse_line(line).notice == line
    assert is_tail(line)


def test_the_first_line_that_says_a_thing_counts() -> None:
    lines = ["Pewarta: Ratna Dewi", "Editor: Hadi Wijaya", "Editor: Citra", "Copyright © ANTARA 2026"]
    assert parse_lines(lines, HOUSE) == Credits(("Ratna Dewi",), ("Hadi Wijaya",), copyright="ANTARA 2026")


@pytest.mark.parametrize(
    ("paragraph", "text", "credit"),
    [
        ("Taman dibuka. (Ratna Dewi/Hadi Wijaya)", "Taman dibuka.", "(Ratna Dewi/Hadi Wijaya)"),
        ("Taman dibuka.(fyk/ash)", "Taman dibuka.", "(fyk/ash)"),
        ('"Ia setuju." (Writing by Ratna; Editing by Hadi)', '"Ia setuju."', "(Writing by Ratna; Editing by Hadi)"),
        ("Warga menanam pohon. (REUTERS/Ratna Dewi)", "Warga menanam pohon. (REUTERS/Ratna Dewi)", ""),
        ("Acara itu digelar badan energi. (IEA)", "Acara itu digelar badan energi. (IEA)", ""),
        ("Acara itu dihadiri wali kota (Jakarta)", "Acara itu dihadiri wali kota (Jakarta)", ""),
        ("Acara dibuka Wakil Ketua DPRD (Ratna Dewi).", "Acara dibuka Wakil Ketua DPRD (Ratna Dewi).", ""),
        ("", "", ""),
    ],
)  # fmt: skip
def test_closing_brackets_behind_the_last_sentence(paragraph: str, text: str, credit: str) -> None:
    assert closing_brackets(paragraph) == (text, credit)


def test_codes_that_close_a_text_name_nobody() -> None:
    assert codes("Acara berakhir pukul 17.00. (fyk/ash)") == "(fyk/ash)"
    assert codes("Acara itu dihadiri wali kota (Jakarta)") is None


def test_is_labelled_tells_a_label_from_a_phrase() -> None:
    assert is_labelled("Pewarta: Ratna")
    assert not is_labelled("By Ratna")


def test_every_label_is_found_by_its_own_pattern() -> None:
    """A label with signs of its own ("Bài, ảnh") reads as listed, whatever shorter label stands in it."""
    patterns = by_patterns()
    for label in patterns.roles:
        match = patterns.label.match(f"{label}: A") or patterns.phrase.match(f"{label} A")
        assert match, label
        assert parse_line(f"{label}: Xyz Abc") != Credits() or not patterns.roles[label] or not match[0].endswith(": ")


@given(st.text(max_size=200))
def test_reading_a_line_never_raises(text: str) -> None:
    parse_line(text)
    is_tail(text)
    before, _ = closing_brackets(text)
    assert text.startswith(before)


_PIECES = st.sampled_from(
    [
        "Pewarta:",
        "EDİTOR:",
        "penuliſ :",
        " dan ",
        "/",
        "(",
        ")",
        "A. B",
        "©",
        "2026",
        " - ",
        "@a",
        "By ",
        "Theo ",
        "AFP",
        "|",
    ]
)


@given(st.lists(_PIECES, max_size=12).map("".join))
def test_reading_pieces_of_bylines_never_raises(text: str) -> None:
    parse_line(text)
    is_tail(text)
    closing_brackets(text)


@pytest.mark.parametrize(
    "unit", ["Pewarta: ", "A/", "(a", "© ", "by A ", "x@", "A, ", " - ", "dan ", "(A/", "Copyright "]
)
def test_a_line_of_200_kb_costs_no_more_than_a_short_one(unit: str) -> None:
    line = (unit * (200_000 // len(unit)))[:200_000]
    parse_line("Pewarta: A")  # the patterns are made once
    began = time.process_time()
    parse_line(line)
    is_tail(line)
    closing_brackets(line)
    assert (
        time.process_time() - began < 20
    )  # seconds of the processor: what grows with the square of the text takes minutes
