"""Tone of headlines and bodies: values, evidence, abstention, and what hostile text does."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.model import Article
from pipeline.tone import read_tone
from pipeline.tone.vocabulary import ToneWords
from pipeline.wordlists import load
from tests.pipeline.tone.cases import CASES
from tests.pipeline.tone.making import article

LANGUAGES = ("id", "ms", "en", "vi", "tl")
BODY = (
    "Forum Wali Kota ASEAN digelar di Jakarta pada Selasa. Delegasi memuji kesiapan tuan rumah.",
    "Namun peserta dari tiga kota mengeluhkan bus yang terlambat dua jam. Panitia belum memberi penjelasan.",
    "Sidang kedua dijadwalkan berlangsung Rabu pagi di Balai Kota.",
)


def values(made: Article) -> tuple[str | None, str | None]:
    read = read_tone(made)
    headline, body = read.headline_tone, read.body_tone
    return headline.value if headline else None, body.value if body else None


def slice_of(made: Article, field: str, start: int, end: int) -> str:
    if field == "headline":
        return (made.headline or "")[start:end]
    found = re.fullmatch(r"article_body\[(\d+)\]", field)
    assert found
    return made.article_body[int(found[1])][start:end]


def check_evidence(made: Article) -> int:
    """Every piece of evidence is its slice of the field; how many there are."""
    read = read_tone(made)
    pieces = [one for tone in (read.headline_tone, read.body_tone) if tone for one in tone.evidence]
    for one in pieces:
        assert slice_of(read, one.field, one.start, one.end) == one.text != ""
        assert one.rule in {"positif", "negatif"}
    return len(pieces)


@pytest.mark.parametrize(("language", "tone", "text"), CASES)
def test_a_headline_has_the_tone_a_reader_hears(language: str, tone: str, text: str) -> None:
    reading = read_tone(article(language, text)).headline_tone
    assert reading is not None
    assert reading.value == tone, reading.reason


@pytest.mark.parametrize(
    ("language", "tone", "text"), [case for case in CASES if case[2].endswith(".") and case[1] != "netral"]
)
def test_a_sentence_has_its_tone_in_a_body_too_and_is_shown(language: str, tone: str, text: str) -> None:
    reading = read_tone(article(language, None, text)).body_tone
    assert reading is not None
    assert (reading.value, [one.text for one in reading.evidence]) == (tone, [text])


@pytest.mark.parametrize(
    ("language", "plain", "turned"),
    [
        ("id", "Forum itu berhasil.", "Forum itu belum berhasil."),
        ("id", "Angka kemiskinan naik.", "Angka kemiskinan turun."),
        ("id", "Investasi anjlok.", "Investasi melonjak."),
        ("id", "Forum Sukses Digelar", "Forum 'Sukses' Digelar"),
        ("ms", "Forum itu berjaya.", "Forum itu tidak berjaya."),
        ("ms", "Kadar jenayah meningkat.", "Kadar jenayah menurun."),
        ("en", "The forum was a success.", "The forum was not a success."),
        ("en", "Unemployment is rising.", "Unemployment is falling."),
        ("en", "Visitor numbers soared.", "Visitor numbers plunged."),
        ("vi", "Diễn đàn thành công.", "Diễn đàn không thành công."),
        ("vi", "Tội phạm gia tăng.", "Tội phạm giảm."),
        ("tl", "Matagumpay ang pulong.", "Hindi matagumpay ang pulong."),
        ("tl", "Tumaas ang krimen.", "Bumaba ang krimen."),
    ],
)
def test_what_stands_beside_a_word_turns_it(language: str, plain: str, turned: str) -> None:
    (one, _), (other, _) = values(article(language, plain)), values(article(language, turned))
    assert {one, other} == {"positif", "negatif"}


@pytest.mark.parametrize(
    ("language", "problem", "topic"),
    [
        ("id", "Banjir Landa Semarang", "Forum Bahas Banjir di Semarang"),
        ("id", "Polusi Selimuti Jakarta", "Dinas Tangani Polusi Jakarta"),
        ("ms", "Banjir Kilat di Ipoh", "Bengkel Tebatan Banjir di Ipoh"),
        ("en", "Flooding in Hanoi", "Hanoi experts discuss flooding"),
        ("vi", "Ngập lụt tại Huế", "Hội thảo về ngập lụt tại Huế"),
        ("tl", "Baha sa Maynila", "Talakayan tungkol sa baha sa Maynila"),
    ],
)
def test_a_problem_is_bad_news_but_not_where_it_is_spoken_about(language: str, problem: str, topic: str) -> None:
    assert values(article(language, problem))[0] == "negatif"
    assert values(article(language, topic))[0] == "netral"


def test_a_body_is_told_by_what_follows_but_and_shows_the_sentences() -> None:
    read = read_tone(article("id", "Meriah! Forum Wali Kota ASEAN", *BODY))
    assert read.headline_tone is not None
    assert read.body_tone is not None
    assert (read.headline_tone.value, read.body_tone.value, read.tones_differ) == ("positif", "negatif", True)
    (shown,) = read.body_tone.evidence
    assert (shown.field, shown.start, shown.rule) == ("article_body[1]", 0, "negatif")
    assert '"mengeluhkan"' in read.body_tone.reason


def test_as_much_for_as_against_is_not_told() -> None:
    reading = read_tone(article("en", None, "The summit was a triumph.", "The summit was chaos, a failure.")).body_tone
    assert reading is not None
    assert reading.value in {None, "negatif"}
    even = read_tone(article("id", "Antara Pujian dan Kritik")).headline_tone
    assert even is not None
    assert even.value is None
    assert "both" in even.reason


def test_a_name_in_a_sentence_is_no_praise() -> None:
    body = "Peserta mengunjungi Taman Prestasi dan Gedung Juang di Kota Berhasil pada Rabu."
    assert values(article("id", None, body))[1] == "netral"


@pytest.mark.parametrize("language", ["th", "km", "lo", "my", "zh", "ta", None])
def test_other_languages_are_not_told_and_say_why(language: str | None) -> None:
    read = read_tone(article(language, "การประชุมผู้ว่าราชการ", "ประชุมวันนี้"))
    for reading in (read.headline_tone, read.body_tone):
        assert reading is not None
        assert (reading.value, reading.evidence) == (None, ())
        assert (language or "not known") in reading.reason


def test_what_is_absent_is_not_read() -> None:
    read = read_tone(article("id", None))
    assert (read.headline_tone, read.body_tone, read.needs_clarification) == (None, None, None)


HOSTILE = (
    "gagal " * 17_000,
    "tidak " * 17_000,
    "banjir, " * 12_500,
    '"' * 100_000,
    "“sukses” " * 11_000,
    "?" * 100_000,
    "!" * 100_000,
    "a" * 100_000,
    ": " * 50_000,
    ", ini" * 20_000,
    "naik kemiskinan " * 6_000,
    "ไม่" * 30_000,
    "không " * 16_000,
    "\u200b\u00ad" * 50_000,
    "tapi meski " * 9_000,
)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_read_in_a_time_that_grows_with_it(text: str) -> None:
    for language in LANGUAGES:
        check_evidence(article(language, text[:20_000], text))


def test_texts_of_every_language_are_read_without_an_exception(shared: Callable[..., Path]) -> None:
    seen = set()
    with gzip.open(shared("language.jsonl.gz"), "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % 11:
                continue
            sample = json.loads(line)
            seen.add(sample["lang"])
            check_evidence(article(LANGUAGES[number % 5], sample["text"][:80], sample["text"]))
    assert {"km", "lo", "my", "th", "vi", "zh", "ta"} <= seen


def test_evidence_is_its_slice_in_real_texts_and_reading_twice_gives_the_same(shared: Callable[..., Path]) -> None:
    shown = 0
    with gzip.open(shared("corpus", "indonesian_news_2025-06.jsonl.gz"), "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            sample = json.loads(line)
            if number % 9 or not sample["body"]:
                continue
            body = sample["body"] if isinstance(sample["body"], list) else sample["body"].split("\n")
            made = article("id", sample["headline"], *filter(str.strip, body))
            shown += check_evidence(made)
            assert read_tone(made) == read_tone(read_tone(made))
    assert shown > 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_both_praise_and_blame(language: str) -> None:
    words = load(f"tone_{language}", ToneWords)
    praise = {*words.plus.strong, *words.plus.plain, *words.plus.weak}
    blame = {*words.minus.strong, *words.minus.plain, *words.minus.weak}
    assert not praise & blame
    assert len(praise) > 150
    assert len(blame) > 150
