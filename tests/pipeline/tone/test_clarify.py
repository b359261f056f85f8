"""When the city should answer."""

from __future__ import annotations

import pytest

from pipeline.model import Article, Person, Quote, ToneReading
from pipeline.tone import ToneOverride, TonePart, overridden, read_tone
from tests.pipeline.tone.making import NOW, OURS, article

HEADLINE = "Catatan dari MGMAC di Jakarta"
COMPLAINT = "Delegasi tiga kota mengeluhkan bus yang terlambat dan menuding panitia boros."


def read(*body: str, headline: str = HEADLINE, **fields: object) -> Article:
    return read_tone(article("id", headline, *body, watches=OURS, **fields))


def test_a_complaint_that_nobody_answers_needs_an_answer() -> None:
    reason = read(COMPLAINT).needs_clarification
    assert reason == 'The text complains ("mengeluhkan", "menuding") and no city official answers in it.'


@pytest.mark.parametrize(
    "answer",
    [
        "Kepala Dinas Perhubungan mengatakan bus tambahan sudah disiapkan.",
        "Pemprov DKI memastikan bus tambahan beroperasi besok.",
        "“Kami memohon maaf,” kata Sekda Joko.",
    ],
)
def test_a_complaint_that_an_official_answers_does_not(answer: str) -> None:
    assert read(COMPLAINT, answer).needs_clarification is None


@pytest.mark.parametrize(
    "silence",
    [
        "Hingga berita ini ditulis, Pemprov DKI belum memberikan penjelasan.",
        "Wali Kota Makassar juga mengeluhkan hal itu, kata dia.",
    ],
)
def test_silence_or_an_official_who_complains_is_no_answer(silence: str) -> None:
    assert read(COMPLAINT, silence).needs_clarification is not None


def test_the_words_of_somebody_in_office_are_an_answer() -> None:
    spoken = "“Bus tambahan datang besok,” ucap Rahmat."
    start = len(COMPLAINT) + 1 + spoken.index("Bus")
    quote = Quote("Bus tambahan datang besok", "Rahmat Siregar", None, "direct", start, start + 25)
    person = Person("Rahmat Siregar", "Wali Kota", office="mayor")
    assert read(COMPLAINT, spoken, quotes=(quote,), people=(person,)).needs_clarification is None
    assert read(COMPLAINT, spoken, quotes=(quote,)).needs_clarification is not None


def test_a_text_about_no_watch_needs_none() -> None:
    assert read_tone(article("id", HEADLINE, COMPLAINT)).needs_clarification is None


def test_good_news_needs_none() -> None:
    assert read("Delegasi memuji kesiapan tuan rumah dan puas dengan layanan panitia.").needs_clarification is None


def test_bad_news_without_a_complaint_needs_none() -> None:
    assert read("Listrik padam di gedung sidang dan lima orang terluka.").needs_clarification is None


def test_a_headline_that_the_text_does_not_bear_out_needs_one() -> None:
    reason = read("Sidang MGMAC dibuka pada Selasa pukul 09.00 WIB.", headline="MGMAC Kacau Balau?").needs_clarification
    assert reason == "The headline speaks ill of it and the text does not bear that out."


def test_a_disputed_fact_needs_one_in_every_language() -> None:
    made = article("th", "ข่าว", "ประชุม", watches=OURS, disputed=("MGMAC began in 2023.",))
    assert read_tone(made).needs_clarification == 'It states what recorded facts contradict: "MGMAC began in 2023."'


def test_a_persons_word_replaces_a_reading_and_what_follows_from_it() -> None:
    made = read(COMPLAINT)
    word = ToneOverride(1, TonePart.BODY, "netral", "a quarrel of two vendors", "Rina", NOW)
    after = overridden(made, [word])
    assert after.body_tone == ToneReading("netral", "set by Rina: a quarrel of two vendors")
    assert (after.headline_tone, after.needs_clarification) == (made.headline_tone, None)
    assert overridden(made, []) is made
