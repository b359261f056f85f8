"""Extracts: an article's own sentences, and none that may not stand for it."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import Article
from pipeline.sentences import sentences
from pipeline.summary import MOST_CHARACTERS, MOST_SENTENCES, summarise
from pipeline.watches import load_watches, match
from tests.pipeline.summary_cases import CASES
from tests.pipeline.test_watches import article

LEAD = "Gubernur Rina Wijaya membuka forum wali kota di Jakarta pada Selasa (1/8) pagi."
SECOND = "Sepuluh ibu kota mengirim utusan untuk membahas angkutan massal dan banjir."


def extract(text: Article) -> str | None:
    return summarise(text).summary


def test_summarise_takes_the_lead_and_what_adds_to_it() -> None:
    assert extract(article(LEAD, SECOND)) == f"{LEAD} {SECOND}"


def test_summarise_keeps_the_order_of_the_text() -> None:
    body = (SECOND, "Kalimat pengisi yang panjangnya cukup untuk dipilih orang.", LEAD)
    found = extract(article(*body, headline="Gubernur Rina Wijaya Buka Forum Wali Kota di Jakarta"))
    assert found is not None
    assert found.index(SECOND) < found.index(LEAD)


@pytest.mark.parametrize(
    "unwanted",
    [
        "Assalamualaikum warahmatullahi wabarakatuh, para hadirin yang kami muliakan.",
        "Good morning, ladies and gentlemen, and welcome to the city of Jakarta.",
        "“Kami ingin setiap warga merasakan angkutan yang murah dan bersih di kota ini.”",
        "Berikut ini lima isu yang dibahas para wali kota di Jakarta pada Selasa:",
        "Pendek saja.",
    ],
)
def test_summarise_leaves_out(unwanted: str) -> None:
    found = extract(article(unwanted, LEAD, SECOND))
    assert found == f"{LEAD} {SECOND}"


def test_summarise_leaves_out_a_disputed_statement() -> None:
    disputed = "Forum wali kota di Jakarta itu diprakarsai gubernur pada tahun 2031."
    text = replace(article(disputed, LEAD, SECOND), disputed=(disputed,))
    assert extract(text) == f"{LEAD} {SECOND}"


def test_summarise_leaves_out_the_pull_quote_in_its_place_too() -> None:
    quoted = "Kami ingin setiap warga merasakan angkutan yang murah"
    text = replace(article(LEAD, f"“{quoted},” kata Gubernur Rina di Jakarta, Selasa.", SECOND), pull_quote=quoted)
    assert extract(text) == f"{LEAD} {SECOND}"


def test_summarise_prefers_sentences_that_name_the_forum() -> None:
    forum = "Forum Wali Kota ASEAN dihadiri 200 utusan dari sepuluh ibu kota."
    other = "Cuaca di ibu kota pagi itu cerah dan jalanan terlihat lengang."
    found = match(article(LEAD, other, forum), load_watches(None))
    assert extract(found) == f"{LEAD} {forum}"


def test_summarise_takes_a_third_sentence_that_says_where_or_when() -> None:
    who = "Gubernur Rina Wijaya membuka forum para kepala daerah dengan pidato yang singkat."
    where = "Para utusan bertemu di Balai Agung Jakarta untuk membahas angkutan massal dan banjir."
    filler = "Sejumlah warga menonton dari seberang jalan sambil memotret iring-iringan."
    when = "Acara itu dimulai pada Selasa (1/8) pagi dan selesai petang harinya."
    assert extract(article(who, where, filler, when, headline="Gubernur Rina Buka Forum")) == f"{who} {where} {when}"
    assert extract(article(who, where, filler, headline="Gubernur Rina Buka Forum")) == f"{who} {where}"


def test_summarise_takes_a_leaning_sentence_only_behind_the_one_it_leans_on() -> None:
    leaning = "Ia juga meresmikan halte bus listrik di Jakarta Timur pada Rabu."
    assert extract(article("Pendek saja.", leaning, LEAD)) == LEAD
    assert extract(article(f"{LEAD} {leaning}")) == f"{LEAD} {leaning}"
    assert extract(article(leaning)) == leaning  # nothing stands before it


def test_summarise_cuts_thai_between_phrases() -> None:
    phrase = "ผู้ว่าราชการกรุงเทพมหานครเปิดการประชุมนายกเทศมนตรีอาเซียนเมื่อวันอังคาร"
    found = extract(article(" ".join([phrase] * 12)))
    assert found is not None
    assert found == " ".join([phrase] * found.count(phrase))
    assert 1 <= found.count(phrase) < 12


def test_summarise_does_not_say_the_same_twice() -> None:
    again = "Gubernur Rina Wijaya membuka forum wali kota di Jakarta pada Selasa."
    assert extract(article(LEAD, again)) == LEAD


def test_summarise_lets_a_long_lead_stand_alone() -> None:
    lead = f"Gubernur Rina Wijaya, {'yang didampingi para kepala dinas, ' * 10}membuka forum wali kota di Jakarta."
    assert 320 < len(lead) < 430
    assert extract(article(lead, "x" * 300 + ".")) == lead


@pytest.mark.parametrize("body", [(), ("",), ("Foto.",), ("“Kata tanpa penutur yang tidak boleh berdiri sendirian.”",)])
def test_summarise_says_nothing_where_nothing_will_do(body: tuple[str, ...]) -> None:
    assert extract(article(*body)) is None


@pytest.mark.parametrize(
    "body",
    [
        ("การประชุมนายกเทศมนตรีอาเซียนเริ่มขึ้นแล้วที่กรุงเทพมหานคร มีผู้แทนจากสิบประเทศเข้าร่วม",),
        (
            "东盟市长论坛周二在雅加达开幕，来自十个国家首都的二百名代表出席了为期两天的会议，讨论公共交通和住房问题，会议由省长主持。",
        ),
        ("វេទិកាអភិបាលក្រុងអាស៊ានបានបើកនៅទីក្រុងភ្នំពេញកាលពីថ្ងៃអង្គារ។", "តំណាងមកពីដប់ប្រទេសបានចូលរួមក្នុងកិច្ចប្រជុំនេះ។"),
    ],
)
def test_summarise_works_in_scripts_without_spaces(body: tuple[str, ...]) -> None:
    found = extract(article(*body))
    assert found is not None
    assert any(found.startswith(paragraph[:20]) for paragraph in body)


@pytest.mark.parametrize(("headline", "lines"), CASES, ids=[headline for headline, _ in CASES])
def test_summarise_chooses_what_may_stand(headline: str, lines: str) -> None:
    marked = [line.strip() for line in lines.strip().split("\n")]
    found = extract(article(*(line[1:] for line in marked), headline=headline))
    assert found is not None
    for line in marked:
        if line[0] == "+":
            assert line[1:] in found
        if line[0] == "-":
            assert line[1:] not in found


@pytest.mark.parametrize("token", ["itu ", '"', "“", "ini", "ก", "A b. ", "di A ", "1/1 ", "katanya. ", "(", "ông "])
def test_summarise_reads_hostile_text(token: str) -> None:
    text = (token * 100_000)[:100_000]
    found = extract(article(text, f"{LEAD} {text}", headline=token * 30))
    assert found is None or len(found) <= MOST_CHARACTERS


def assert_verbatim(text: Article) -> None:
    """It is made of sentences of the text, in their order."""
    found = extract(text)
    if found is None:
        return
    assert len(found) <= MOST_CHARACTERS
    rest, count = found, 0
    for one in [paragraph[start:end] for paragraph in text.article_body for start, end in sentences(paragraph)]:
        if count < MOST_SENTENCES and (rest == one or rest.startswith(f"{one} ")):
            rest, count = rest[len(one) + 1 :], count + 1
    assert rest == "" or any(
        rest in paragraph for paragraph in text.article_body
    )  # Thai and Lao: phrases of a paragraph


@settings(deadline=None)
@given(
    st.lists(st.text(alphabet=st.sampled_from('abcdeN. ?"“”,:1\n。ก'), max_size=200), max_size=5), st.text(max_size=30)
)
def test_summarise_gives_verbatim_sentences_of_any_text(body: list[str], headline: str) -> None:
    assert_verbatim(article(*body, headline=headline))


@pytest.mark.shared
def test_summarise_gives_verbatim_sentences_of_real_texts(shared: Callable[..., Path]) -> None:
    with gzip.open(shared("corpus", "indonesian_news_2025-06.jsonl.gz"), "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            one = json.loads(line)
            if number % 7 == 0 and one["body"]:
                assert_verbatim(article(*one["body"].split("\n"), headline=one["headline"]))
