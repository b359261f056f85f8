"""The opening that names place and agency."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.dateline import Opening, read_opening, read_place
from pipeline.places import is_place, length_of_glued_place, length_of_place

OWN = ("ANTARA", "ANTARA News", "KOMPAS.com", "iNews.id", "Redaksi Jakarta", "CNN Indonesia", "VIVA", "KBRN")
TEXT = "Wali kota bertemu di balai kota."

SIGNED = [  # opening, place, credit
    ("Jakarta (ANTARA) - ", "Jakarta", "ANTARA"),
    ("Mataram, NTB (ANTARA News) - ", "Mataram, NTB", "ANTARA News"),
    ("Makassar (ANTARA Sulsel) - ", "Makassar", "ANTARA Sulsel"),
    ("(ANTARA) - ", None, "ANTARA"),
    ("(ANTARA Sulsel) - ", None, "ANTARA Sulsel"),
    ("Jakarta/Bogor (ANTARA) - ", "Jakarta/Bogor", "ANTARA"),
    ("Jakarta, 20/11/2026 (ANTARA) -- ", "Jakarta", "ANTARA"),
    ("Jakarta,ANTARA- ", "Jakarta", "ANTARA"),
    ("ISTANBUL, 23 Februari 2026 (Antara/PRNewswire) -", "ISTANBUL", "Antara/PRNewswire"),
    ("JAKARTA, iNews.id - ", "JAKARTA", "iNews.id"),
    ("KARAWANG, iNEWSKarawang.id - ", "KARAWANG", "iNEWSKarawang.id"),
    ("Redaksi Jakarta – ", None, "Redaksi Jakarta"),
    ("TEMPO.CO, Jakarta - ", "Jakarta", "TEMPO.CO"),
    ("TEMPO.CO,Jakarta- ", "Jakarta", "TEMPO.CO"),
    ("REPUBLIKA.CO.ID, JAKARTA -- ", "JAKARTA", "REPUBLIKA.CO.ID"),
    ("KOMPAS.com - ", None, "KOMPAS.com"),
    ("KOMPAS.com-", None, "KOMPAS.com"),
    ("JAKARTA, KOMPAS.com – ", "JAKARTA", "KOMPAS.com"),
    ("JAKARTA, KOMPAS.com -", "JAKARTA", "KOMPAS.com"),
    ("VIVA.co.id – ", None, "VIVA.co.id"),
    ("Jakarta, VIVA – ", "Jakarta", "VIVA"),
    ("Jakarta, CNN Indonesia -- ", "Jakarta", "CNN Indonesia"),
    ("Liputan6.com, Jakarta - ", "Jakarta", "Liputan6.com"),
    ("Liputan6.com, Jakarta ", "Jakarta", "Liputan6.com"),
    ("Liputan6.com, Ogan Ilir ", "Ogan Ilir", "Liputan6.com"),
    ("Liputan6.com, Jakarta", "Jakarta", "Liputan6.com"),
    ("POS KABAR.COM, MAUMERE --- ", "MAUMERE", "POS KABAR.COM"),
    ("KBRN, Jakarta: ", "Jakarta", "KBRN"),
    ("InfoPublik, Jakarta - ", "Jakarta", "InfoPublik"),
    ("Jakarta, InfoPublik – ", "Jakarta", "InfoPublik"),
    ("JAKARTA (Kabar Kota) - ", "JAKARTA", "Kabar Kota"),
    ("KUALA LUMPUR, Nov 21 (Bernama) -- ", "KUALA LUMPUR", "Bernama"),
    ("Gua Musang, 21 Nov (Bernama) – ", "Gua Musang", "Bernama"),
    ("Hanoi (VNA) – ", "Hanoi", "VNA"),
    ("Hà Nội (TTXVN) - ", "Hà Nội", "TTXVN"),
    ("BANGKOK (TNA) - ", "BANGKOK", "TNA"),
    ("กรุงเทพฯ (TNA) - ", "กรุงเทพฯ", "TNA"),
    ("PHNOM PENH (AKP) - ", "PHNOM PENH", "AKP"),
    ("AKP Phnom Penh, November 22, 2026 -- ", "Phnom Penh", "AKP"),
    ("Phnom Penh (FN), Nov. 22 – ", "Phnom Penh", "FN"),
    ("Phnom Penh (Xinhua) - ", "Phnom Penh", "Xinhua"),
    ("VIENTIANE (VNA/KPL) - ", "VIENTIANE", "VNA/KPL"),
    ("(KPL) ", None, "KPL"),
    ("Vientiane (KPL) ", "Vientiane", "KPL"),
    ("CEBU CITY (PIA) — ", "CEBU CITY", "PIA"),
    ("DÍLI, 22 novembru 2026 (TATOLI) – ", "DÍLI", "TATOLI"),
    ("Díli, 22 de novembro de 2026 (Lusa) – ", "Díli", "Lusa"),
    ("NAY PYI TAW, 22 Nov (MNA) — ", "NAY PYI TAW", "MNA"),
    ("新华社北京11月22日电 ", "北京", "新华社"),
    ("WASHINGTON (Reuters) - ", "WASHINGTON", "Reuters"),
    ("BERLIN, July 15 (Reuters) - ", "BERLIN", "Reuters"),
    ("TURNBERRY/GLASGOW, Scotland (Reuters) - ", "TURNBERRY/GLASGOW, Scotland", "Reuters"),
    ("PORT-AU-PRINCE, Haiti (AP) — ", "PORT-AU-PRINCE, Haiti", "AP"),
    ("(CNN) -- ", None, "CNN"),
]
PLACES = [
    ("Jakarta - ", "Jakarta"),
    ("Jakarta ‒ ", "Jakarta"),
    ("Jakarta – ", "Jakarta"),
    ("Jakarta — ", "Jakarta"),
    ("Jakarta ― ", "Jakarta"),
    ("Jakarta -- ", "Jakarta"),
    ("JAKARTA, Jumat (20/11) - ", "JAKARTA"),
    ("PUTRAJAYA, Nov 22 — ", "PUTRAJAYA"),
    ("GUA MUSANG, 21 Nov – ", "GUA MUSANG"),
    ("MANILA, Philippines — ", "MANILA, Philippines"),
    ("Bandar Seri Begawan – ", "Bandar Seri Begawan"),
    ("HELSINKI—", "HELSINKI"),
    ("SINGAPORE: ", "SINGAPORE"),
    ("KOTA KINABALU: ", "KOTA KINABALU"),
    ("Mumbai, July 17: ", "Mumbai"),
    ("PEMATANGSIANTAR- ", "PEMATANGSIANTAR"),
    ("กรุงเทพฯ 22 พ.ย. - ", "กรุงเทพฯ"),
    ("（吉隆坡22日讯）", "吉隆坡"),
    ("【马尼拉讯】", "马尼拉"),
    ("(ភ្នំពេញ)៖ ", "ភ្នំពេញ"),
    ("ភ្នំពេញ ៖ ", "ភ្នំពេញ"),
    ("சிங்கப்பூர்: ", "சிங்கப்பூர்"),
    ("KUALA LUMPUR 21 Nov. – ", "KUALA LUMPUR"),
    ("TP HCM- ", "TP HCM"),
    ("JAKARTA - Bandung dan ", "JAKARTA"),  # printed apart: the text begins with another city
    ("Jakarta - Jakarta dan Bogor: ", "Jakarta"),
]
PROSE = [
    "Ratna (37) - seorang guru - menanam pohon.",
    "Ratna Dewi (45) - Guru",
    "Ratna Dewi (PSI) - Wakil ketua itu hadir",
    "Joko (Jojo) - begitu ia dipanggil - menanam pohon.",
    "Sejalan dengan itu - kata dia - taman dibuka.",
    "Antara lain - kata dia - taman dibuka.",
    "Sekretaris Daerah (Sekda) Provinsi mengatakan taman dibuka.",
    "WARGA menanam pohon.",
    "Jakarta - Bandung ditempuh dalam 40 menit.",
    "JAKARTA - BANDUNG ditempuh 40 menit.",
    "Jakarta-Bandung ditempuh 40 menit",
    "Jakarta (ibu kota) - tempat itu",
    "Jakarta: kota yang tak pernah tidur",
    "Paris (Prancis) - kota itu",
    "Drs.Hadi - seorang guru - menanam pohon.",
    "ISBN 0-12-345678-X : buku itu",
    "สุมนา 16 -19 มกราคม",
    "Kota Lama (Semarang) - tempat itu ramai",
    "Wali Kota Jakarta – yang hadir – berkata",
    "Ia lahir di Jakarta - dan besar di Bogor",
    '"Jakarta - kota itu," kata dia',
    "1. Jakarta - kota",
    "ALIH-alih menanam, warga menebang.",
    "INFO NASIONAL - Kementerian itu hadir.",
    "UPDATE: Taman dibuka lagi",
    "BREAKING - Taman dibuka",
    "FILE - In this photo",
    "KPK - Komisi itu hadir",
    "Sabtu (21/11) - Warga datang",
    "On October 1 - 2 the city hosts",
    "At least 30 Dutch-speaking people",
    "Police Chief Hadi Wijaya announced 61-year-old",
    "CNN management said : something",
    "Timnas Kota – Kabupaten bermain imbang",
    "Daftar harga: beras, gula",
    "电影节在吉隆坡开幕。",
    "-",
    "Jakarta -",
    "",
]


@pytest.mark.parametrize(("opening", "place", "credit"), SIGNED)
def test_read_opening_with_a_credit_comes_off(opening: str, place: str | None, credit: str) -> None:
    found = read_opening(opening + TEXT, OWN)
    assert found is not None
    assert (found.place, found.credit) == (place, credit)
    assert (opening + TEXT)[found.length :].strip() == TEXT


def test_an_opening_before_chinese_text_is_read_too() -> None:
    found = read_opening("Jakarta (ANTARA) - 市长们在电视上谈话。", OWN)
    assert found is not None
    assert (found.place, found.credit) == ("Jakarta", "ANTARA")


@pytest.mark.parametrize(("opening", "place"), PLACES)
def test_read_opening_of_a_place_alone_stays_in_the_text(opening: str, place: str) -> None:
    found = read_opening(opening + TEXT, OWN)
    assert found is not None
    assert (found.place, found.credit, found.length) == (place, None, 0)


@pytest.mark.parametrize("text", PROSE)
def test_read_opening_of_prose_is_none(text: str) -> None:
    assert read_opening(text, OWN) is None


@pytest.mark.parametrize("dash", ["-", "--", "–", "—", "―", "‒", "−"])
@pytest.mark.parametrize("spacing", ["{} ", " {} ", " {}"])
def test_every_dash_ends_an_opening(dash: str, spacing: str) -> None:
    found = read_opening(f"Jakarta (ANTARA){spacing.format(dash)}{TEXT}", OWN)
    assert found is not None
    assert (found.place, found.credit) == ("Jakarta", "ANTARA")


def test_read_place_before_another_place() -> None:
    assert read_place("Jakarta - Bandung menjadi tuan rumah.") == Opening("Jakarta", None, 0)
    assert read_place("Jakarta-Bandung ditempuh 40 menit.") is None
    assert read_place("Jakarta: Bandung jauh.") is None
    assert read_place("Ratna - Bandung") is None


def test_is_place_alone_or_with_its_region() -> None:
    assert is_place("KUALA LUMPUR")
    assert is_place("Mataram, NTB")
    assert is_place("Jakarta/Bogor")
    assert is_place("Washington D.C.")
    assert not is_place("Ratna Dewi")
    assert not is_place("")


def test_length_of_place_is_that_of_the_longest() -> None:
    assert length_of_place("Ogan Ilir PT Kota") == len("Ogan Ilir")
    assert length_of_place("Jakarta Pusat ramai") == len("Jakarta Pusat")
    assert length_of_place("Ratna datang") == 0
    assert length_of_glued_place("JakartaAda") == len("Jakarta")
    assert length_of_glued_place("Jakarta Ada") == 0


_PIECES = st.sampled_from(
    [
        "Jakarta",
        "JAKARTA",
        " - ",
        "—",
        "(",
        ")",
        "ANTARA",
        "/",
        ", ",
        ": ",
        "22 Nov",
        "讯",
        "北京",
        "Kabar.com",
        "ﬃ",
        "İ",
        "-",
    ]
)


@given(st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=14).map("".join)))
def test_read_opening_never_raises_and_stays_in_the_text(text: str) -> None:
    found = read_opening(text, OWN)
    assert found is None or 0 <= found.length <= len(text)


@pytest.mark.parametrize(
    "unit", ["Jakarta ", "JAKARTA, ", "A - ", "(A", "A (", "讯", "1/1 ", ", Nov 1", "Jakarta/", "—"]
)
def test_an_opening_of_200_kb_costs_no_more_than_a_short_one(unit: str) -> None:
    text = (unit * (200_000 // len(unit)))[:200_000]
    read_opening("Jakarta (ANTARA) - A", OWN)  # the lists are read once
    began = time.process_time()
    read_opening(text, OWN)
    assert (
        time.process_time() - began < 20
    )  # seconds of the processor: what grows with the square of the text takes minutes
