"""Digests and keys of texts, and the tokens they are made of."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipeline.fingerprint import MOST, WHOLE_SENTENCE, content_digest, keys, text_keys
from pipeline.model import Article, Kind
from pipeline.words import rough_sentences, shingles, tokens

PARAGRAPHS = tuple(
    f"Pada hari ke-{n} petugas memeriksa {n * 7} pintu air di kawasan {place} sebelum hujan turun deras lagi."
    for n, place in enumerate(("Kali Baru", "Tanjung Sari", "Rawa Indah", "Pasar Lama", "Bukit Hijau", "Muara"), 1)
)


def article(*paragraphs: str, headline: str | None = "Pintu Air Diperiksa") -> Article:
    return Article(
        url="https://kota.example/1",
        canonical_url="https://kota.example/1",
        outlet="kota",
        kind=Kind.ARTICLE,
        fetched_at=datetime(2026, 11, 20, tzinfo=UTC),
        sha256="0" * 64,
        headline=headline,
        article_body=paragraphs,
    )


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(article("Satu  dua.\u00a0", "Kafe\u0301."), id="white space and composition"),
        pytest.param(article("Satu dua.\u200b", "Ka\u00adfé."), id="invisible characters"),
        pytest.param(article("Satu dua.", "", "Kafé."), id="an empty paragraph"),
    ],
)
def test_the_digest_stays_when_only_the_form_differs(other: Article) -> None:
    assert content_digest(other) == content_digest(article("Satu dua.", "Kafé."))


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(article("Satu dua tiga.", "Kafé."), id="a word more"),
        pytest.param(article("Satu dua. Kafé."), id="one paragraph of two"),
        pytest.param(article("Satu dua.", "Kafé.", headline="Lain"), id="headline"),
        pytest.param(article("Satu dua.", "Kafé.", headline=None), id="no headline"),
    ],
)
def test_the_digest_changes_when_the_text_does(other: Article) -> None:
    assert content_digest(other) != content_digest(article("Satu dua.", "Kafé."))


def test_the_digest_is_the_same_in_every_process() -> None:
    assert content_digest(article("Satu.")) == "c3527fe1d017e3555df134a7d6fd80016b468b594ad64afb105abe73eca8e46e"


def test_an_abridged_copy_shares_a_key() -> None:
    whole, cut = keys(article(*PARAGRAPHS)), keys(article(*PARAGRAPHS[1:3], headline="Lain"))
    assert set(whole) & set(cut)


def test_a_copy_that_lost_its_line_breaks_shares_most_keys() -> None:
    whole, joined = set(keys(article(*PARAGRAPHS))), set(text_keys(" ".join(PARAGRAPHS)))
    assert len(whole & joined) > 0.8 * len(whole)


def test_keys_are_ascending_unique_numbers_of_49_bits() -> None:
    found = keys(article(*PARAGRAPHS))
    assert list(found) == sorted(set(found))
    assert all(0 <= key < 2 * WHOLE_SENTENCE for key in found)
    assert sum(key >= WHOLE_SENTENCE for key in found) == len(PARAGRAPHS)


def test_keys_are_the_same_in_every_process() -> None:
    found = text_keys("Pada hari ke-7 petugas memeriksa 49 pintu air.")
    words = (164613828212644, 168786334241662, 247654727120403, 252682280158131)
    assert found == (*words, WHOLE_SENTENCE | 142762479887807)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param("kata " * 200_000, 2, id="a megabyte of one word"),
        pytest.param("satu", 1, id="one word"),
        pytest.param(" ".join(map(str, range(150_000))), 1 + MOST, id="a megabyte of different words"),
        pytest.param(
            "\n".join(f"Baris {n} dari daftar yang tidak ada habisnya." for n in range(3_000)), None, id="a list"
        ),
        pytest.param("新" * 300_000, 2, id="one ideograph"),
    ],
)
def test_no_text_has_keys_without_bound(text: str, count: int | None) -> None:
    found = text_keys(text)
    assert len(found) <= 2 * MOST
    assert count is None or len(found) == count


@pytest.mark.parametrize("text", ["", "  \n ", "— …"])
def test_no_text_has_no_keys(text: str) -> None:
    assert keys(article(text)) == ()


def test_the_headline_takes_no_part_in_keys() -> None:
    assert keys(article(*PARAGRAPHS, headline="Satu")) == keys(article(*PARAGRAPHS, headline="Dua"))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Jum’at, COVID-19 dan G20.", ["Jum’at", "COVID-19", "dan", "G20"]),
        ("1.200 peserta, 2,4 derajat", ["1.200", "peserta", "2,4", "derajat"]),
        ("ไทย", ["ไ", "ท", "ย"]),
        ("தமிழ் நாடு", ["தமிழ்", "நாடு"]),
        ("市长 Ali", ["市", "长", "Ali"]),
    ],
)
def test_tokens(text: str, wanted: list[str]) -> None:
    assert tokens(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Ia datang. Lalu pergi!", 2),
        ("Dr. Yusuf dan A. Rahman tiba di No. 5 Jl. Mawar. Hujan.", 2),
        ("Harga 1.200 rupiah.\nBaris lain", 2),
        ("第一句。第二句！", 2),
        ("ပထမ။ ဒုတိယ။", 2),
    ],
)
def test_rough_sentences(text: str, wanted: int) -> None:
    assert len(rough_sentences(text)) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("satu dua tiga empat", 2), ("satu dua", 1), ("", 0), ("市长今天开会讨论", 3), ("นายกเทศมนตรี", 4)],
)
def test_shingles_are_longer_where_characters_are_tokens(text: str, wanted: int) -> None:
    assert len(shingles(text, 3)) == wanted
