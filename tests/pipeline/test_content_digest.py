"""What makes a new version of a text and what does not: a table of edits in the scripts of the region."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipeline.fingerprint import content_digest
from pipeline.model import Article, Kind


def digest(*paragraphs: str, headline: str | None = "Forum Wali Kota") -> str:
    article = Article(
        url="https://kota.example/1",
        canonical_url="https://kota.example/1",
        outlet="kota",
        kind=Kind.ARTICLE,
        fetched_at=datetime(2026, 11, 20, tzinfo=UTC),
        sha256="0" * 64,
        headline=headline,
        article_body=paragraphs,
    )
    return content_digest(article)


SAME = (
    ("a comma", "Ia datang, lalu pergi.", "Ia datang lalu pergi."),
    ("a full stop", "Ia datang lalu pergi.", "Ia datang lalu pergi"),
    ("case", "wali kota Sari", "Wali Kota SARI"),
    ("typographic quotes", '"Kami siap," katanya.', "“Kami siap,” katanya."),
    ("other quotes", "'Kami siap', katanya", "«Kami siap», katanya"),
    ("apostrophes", "salat Jum'at", "salat Jum’at"),
    ("dashes", "Kota – yang padat – ramai", "Kota - yang padat - ramai"),
    ("a long dash", "Kota—yang padat—ramai", "Kota, yang padat, ramai"),
    ("a range", "Senin 10-15 Mei", "Senin 10–15 Mei"),
    ("reduplication", "anak-anak", "anak anak"),
    ("brackets", "MGMAC (forum wali kota)", "MGMAC, forum wali kota"),
    ("an ellipsis", "Dan kemudian...", "Dan kemudian…"),
    ("white space", "satu  dua\u00a0tiga", "satu dua tiga"),
    ("a word joined", "kerja sama", "kerjasama"),
    ("a soft hyphen", "ke\u00adrja", "kerja"),
    ("composition", "Cafe\u0301 Đa\u0300 Nẵng", "Café Đà Nẵng"),
    ("a ligature", "ﬁnal", "final"),
    ("full-width letters", "ＡＳＥＡＮ", "ASEAN"),
    ("Thai digits", "พบ ๑๒ คน", "พบ 12 คน"),
    ("Khmer digits", "មាន ១២ នាក់", "មាន 12 នាក់"),
    ("a space between Thai phrases", "ผู้ว่าฯ กล่าว", "ผู้ว่าฯกล่าว"),
    ("a zero-width space in Khmer", "ភ្នំ\u200bពេញ", "ភ្នំពេញ"),
    ("Thai am, whole and in parts", "น้ำ", "น้\u0e4d\u0e32"),
    ("Chinese punctuation", "市长说：“会议开始。”", "市长说会议开始"),
    ("ornament", "★ Forum dimulai ★", "• Forum dimulai"),
    ("a bar", "Forum | Jakarta", "Forum Jakarta"),
    ("a list's dash", "- 5 kota hadir", "5 kota hadir"),
)
OTHER = (
    ("a number", "12 kota hadir", "13 kota hadir"),
    ("a digit more", "12 kota hadir", "120 kota hadir"),
    ("a decimal point gone", "naik 1,5 derajat", "naik 15 derajat"),
    ("a decimal comma for a point", "Rp1.500", "Rp1,500"),
    ("a number split", "2026", "20 26"),
    ("digits moved between numbers", "1 23", "12 3"),
    ("a score", "menang 3-0", "menang 30"),
    ("a minus sign", "suhu -5 derajat", "suhu 5 derajat"),
    ("a percent sign", "naik 5%", "naik 5"),
    ("a currency", "$5 juta", "€5 juta"),
    ("an area", "10 m²", "10 m³"),
    ("a name", "Wali Kota Sari", "Wali Kota Sani"),
    ("a name more", "Sari dan Budi", "Sari"),
    ("the order of names", "Sari dan Budi", "Budi dan Sari"),
    ("a negation", "Ia tidak hadir", "Ia hadir"),
    ("a diacritic", "Đà Nẵng", "Đa Nang"),
    ("a Vietnamese tone", "má", "mà"),
    ("a Thai tone mark", "ใกล้", "ไกล"),
    ("a Thai tone mark only", "ข่าว", "ขาว"),
    ("a Thai vowel", "กิน", "กัน"),
    ("a Khmer vowel sign", "កា", "កិ"),
    ("a Khmer subscript", "ក្រ", "ករ"),
    ("a Lao tone", "ເກົ່າ", "ເກົາ"),
    ("a Burmese sign", "မြို့", "မြို"),
    ("a Tamil vowel sign", "கி", "கீ"),
    ("a Chinese character", "市长", "市场"),
    ("a Thai number", "๑๒", "๑๓"),
    ("an ampersand", "A & B", "AB"),
)


@pytest.mark.parametrize(("one", "other"), [case[1:] for case in SAME], ids=[case[0] for case in SAME])
def test_a_comma_is_no_new_version(one: str, other: str) -> None:
    assert digest(one) == digest(other)
    assert digest("Teks.", headline=one) == digest("Teks.", headline=other)


@pytest.mark.parametrize(("one", "other"), [case[1:] for case in OTHER], ids=[case[0] for case in OTHER])
def test_another_number_name_or_word_is_one(one: str, other: str) -> None:
    assert digest(one) != digest(other)
    assert digest("Teks.", headline=one) != digest("Teks.", headline=other)


def test_a_paragraph_of_ornament_does_not_count() -> None:
    assert digest("Satu.", "* * *", "Dua.") == digest("Satu.", "Dua.")


def test_a_word_that_moves_from_the_headline_into_the_text_is_seen() -> None:
    assert digest("Jakarta", headline="Forum") != digest("", headline="Forum Jakarta")
