"""Stories of articles of our own writing: bars between events, origins, reasons, a person's word."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pipeline.clusters import average_link
from pipeline.events import other_edition
from pipeline.model import Article, Evidence, Kind, Role, Story, WatchMatch
from pipeline.naming import story_id
from pipeline.origins import credit, is_named
from pipeline.stories import Decisions, tell
from tests.pipeline.newsroom_articles import links, stored

MORNING = datetime(2026, 8, 4, 9, 0, tzinfo=UTC)
EVENT = (
    "Forum Kota Tropis dibuka di Balai Samudra, Selasa, oleh Wali Kota Teluk Baru Hasyim Wardana di depan 87 utusan.",
    "Hasyim mengatakan 14 kota sepakat menanam bakau sepanjang 230 kilometer garis pantai sebelum musim hujan tiba.",
    '"Laut tidak bertanya dari kota mana kita datang," kata Hasyim dalam sambutan yang dibacakannya tanpa naskah.',
    "Ketua panitia Mirna Latuconsina menyebut hasil sidang akan dibukukan oleh Universitas Teluk Baru bulan depan.",
)
OWN_REPORT = (
    "Sebanyak 14 kota sepakat menanam bakau di 230 kilometer pantai dalam Forum Kota Tropis di Balai Samudra.",
    "Wali Kota Teluk Baru Hasyim Wardana menyatakan penanaman bakau selesai sebelum musim hujan, di depan 87 utusan.",
    "Mirna Latuconsina, ketua panitia, berharap buku hasil sidang dari Universitas Teluk Baru dibaca semua wali kota.",
)
IN_ENGLISH = (
    "The Tropical Cities Forum opened at Balai Samudra with Teluk Baru Mayor Hasyim Wardana before 87 envoys.",
    "Hasyim said 14 cities agreed to plant mangroves along 230 kilometers of coast before the rainy season.",
    "Committee chair Mirna Latuconsina said Universitas Teluk Baru would publish the results of the session.",
)
ELSEWHERE = (
    "Pasar ikan Muara Jati terbakar pada Rabu dini hari dan 45 kios pedagang habis dilalap api dalam dua jam.",
    "Kepala pemadam Rusli Tamrin mengerahkan 12 mobil dan menduga api berasal dari hubungan pendek arus listrik.",
)


def article(name: str, body: tuple[str, ...], *, outlet: str = "kota", hours: float | None = 0) -> Article:
    address = f"https://{outlet}.example/{name}"
    return Article(
        url=address,
        canonical_url=address,
        outlet=outlet,
        kind=Kind.ARTICLE,
        fetched_at=MORNING,
        sha256="0" * 64,
        headline=name.replace("-", " "),
        article_body=body,
        date_published=None if hours is None else MORNING + timedelta(hours=hours),
        in_language="id",
    )


def of_edition(one: Article, year: int) -> Article:
    evidence = Evidence("article_body[0]", 0, 17, "Forum Kota Tropis", "name")
    return replace(one, watches=(WatchMatch("tropis", year, "its name stands in the text", (evidence,)),))


def stories(*articles: Article, decisions: Decisions | None = None) -> tuple[Story, ...]:
    known = [stored(number, one) for number, one in enumerate(articles, 1)]
    return tell(known, links(known), decisions)


def groups(found: tuple[Story, ...]) -> set[frozenset[int]]:
    return {frozenset(member.article_id for member in story.members) for story in found}


WIRE = article("Kota-tropis-sepakat-tanam-bakau", EVENT, outlet="kabarkawat")
REPORT = article("Bakau-untuk-14-kota", OWN_REPORT, outlet="harian", hours=2)
ENGLISH = replace(article("Tropical-cities-agree", IN_ENGLISH, outlet="herald", hours=3), in_language="en")
FIRE = article("Pasar-ikan-terbakar", ELSEWHERE, outlet="harian", hours=1)


def test_reports_of_one_event_are_one_story_in_two_languages() -> None:
    found = stories(WIRE, REPORT, ENGLISH, FIRE)
    assert groups(found) == {frozenset({1, 2, 3}), frozenset({4})}
    assert found[0].origin == 1
    # the English text tells the wire's facts one by one in its order: a translation that does not say so
    assert [member.role for member in found[0].members] == [Role.ORIGIN, Role.REPORT, Role.COPY]


def test_the_reason_names_what_two_reports_share() -> None:
    (story,) = stories(WIRE, REPORT)
    assert story.members[0].reason == "the first to publish, at 2026-08-04 09:00 +0000"
    assert story.members[1].reason == (
        "tells the same event as kabarkawat's article: both name Baru, Teluk, Hasyim, Tropis and both give 14, 230, 87"
    )


def test_the_same_words_about_another_year_are_another_story() -> None:
    found = stories(of_edition(WIRE, 2026), of_edition(REPORT, 2025))
    assert groups(found) == {frozenset({1}), frozenset({2})}


def test_the_same_edition_is_no_bar() -> None:
    assert groups(stories(of_edition(WIRE, 2026), of_edition(REPORT, 2026))) == {frozenset({1, 2})}


def test_reports_weeks_apart_are_two_stories() -> None:
    later = replace(REPORT, date_published=MORNING + timedelta(days=11))
    assert groups(stories(WIRE, later)) == {frozenset({1}), frozenset({2})}


def test_a_reprint_weeks_later_is_still_a_copy() -> None:
    later = article("Dibaca-lagi", EVENT, outlet="harian", hours=24 * 30)
    (story,) = stories(WIRE, later)
    assert story.members[1].copy_of == 1


@pytest.mark.parametrize("hours", [-3, 3], ids=["earlier by its clock", "later"])
def test_a_credited_agency_is_the_origin_whatever_the_clocks_say(hours: float) -> None:
    reprint = replace(article("Tanam-bakau", EVENT, outlet="harian", hours=hours), syndicated_from="Kabar Kawat")
    (story,) = stories(reprint, WIRE)
    assert story.origin == 2
    copy = next(member for member in story.members if member.article_id == 1)
    assert (copy.role, copy.copy_of) == (Role.COPY, 2)
    assert copy.reason == ("reprints kabarkawat's text: keeps all 4 sentences; it names “Kabar Kawat” as its source")


def test_a_credited_translation_is_a_copy() -> None:
    credited = replace(ENGLISH, syndicated_from="kabarkawat.example")
    (story,) = stories(WIRE, credited)
    member = story.members[1]
    assert (member.role, member.copy_of, story.origin) == (Role.COPY, 1, 1)
    assert member.reason.startswith(
        "a translation of kabarkawat's article: it names “kabarkawat.example” as its source"
    )


def test_of_an_agency_that_is_not_here_nobody_was_first() -> None:
    prints = [
        replace(article("Satu", EVENT, outlet="harian"), syndicated_from="Kantor Berita Lautan"),
        replace(article("Dua", EVENT, outlet="mingguan", hours=1), syndicated_from="Kantor Berita Lautan"),
    ]
    (story,) = stories(*prints)
    assert story.origin is None
    assert [(member.role, member.copy_of) for member in story.members] == [(Role.REPORT, None), (Role.COPY, 1)]


def test_an_outlet_that_prints_its_own_text_again_copies_nobody() -> None:
    (story,) = stories(WIRE, article("Lagi", EVENT, outlet="kabarkawat", hours=2))
    assert [(member.role, member.copy_of) for member in story.members] == [(Role.ORIGIN, None), (Role.REPORT, None)]
    assert story.members[1].reason.startswith("printed again by kabarkawat itself")


def test_the_same_headline_with_another_body_is_no_copy() -> None:
    update = article("Kota-tropis-sepakat-tanam-bakau", OWN_REPORT, outlet="harian", hours=4)
    (story,) = stories(WIRE, update)
    assert story.members[1].role is Role.REPORT


def test_undated_prints_have_the_longest_as_their_original_and_it_is_not_said_when() -> None:
    short = article("Pendek", EVENT[:3], outlet="harian", hours=None)
    long = article("Panjang", EVENT, outlet="zaman", hours=None)
    (story,) = stories(short, long)
    assert story.origin == 2
    assert {m.article_id: m.reason for m in story.members}[2] == "its text is the one the others print"


def test_a_story_is_named_by_its_oldest_article() -> None:
    (story,) = stories(REPORT, WIRE)
    assert story.id == story_id(WIRE) == "syraahv23kg"


def test_a_persons_word_outweighs_copies_and_likeness() -> None:
    reprint = article("Lain", EVENT, outlet="harian", hours=1)
    found = stories(WIRE, reprint, FIRE, decisions=Decisions(apart=((1, 2),), together=((1, 3),)))
    assert groups(found) == {frozenset({1, 3}), frozenset({2})}


def test_no_articles_no_stories() -> None:
    assert stories() == ()


def test_an_article_without_text_is_a_story_of_its_own() -> None:
    empty = replace(article("Kosong", (), outlet="harian"), headline=None)
    assert groups(stories(WIRE, empty, replace(empty, canonical_url="https://z.example/"))) == {
        frozenset({1}), frozenset({2}), frozenset({3}),
    }  # fmt: skip


# --- what tells events apart -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("a", "b", "wanted"),
    [
        ([("mgmac", 2022)], [("mgmac", 2023)], True),
        ([("mgmac", 2022), ("mgmac", 2023)], [("mgmac", 2023)], False),
        ([("mgmac", 2022)], [("amf", 2023)], False),
        ([], [("amf", 2023)], False),
    ],
)
def test_other_edition(a: list[tuple[str, int]], b: list[tuple[str, int]], *, wanted: bool) -> None:
    assert other_edition(a, b) == wanted
    assert other_edition(b, a) == wanted


@pytest.mark.parametrize(
    ("named", "outlet", "wanted"),
    [
        ("En.Antara News", "antara", True),
        ("ANTARA", "antara_en", True),
        ("Redaksi Jakarta", "redaksijakarta", True),
        ("Reuters", "antara", False),
        ("AP", "kapalkita", False),
    ],
)
def test_whom_a_credit_names(named: str, outlet: str, *, wanted: bool) -> None:
    assert is_named(named, article("x", (), outlet=outlet)) == wanted


def test_an_outlets_own_credit_line_is_no_credit() -> None:
    assert credit(replace(article("x", (), outlet="antara"), credit_line="ANTARA")) is None
    assert credit(replace(article("x", (), outlet="harian"), credit_line="ANTARA")) == "ANTARA"


# --- clustering ------------------------------------------------------------------------------------------------------


def test_average_link_takes_the_mean() -> None:
    scores = {(0, 1): 3.0, (1, 2): 1.9, (3, 4): 1.0}
    assert average_link(5, scores) == [[0, 1], [2], [3, 4]]
    assert average_link(5, scores | {(0, 2): 0.1}) == [[0, 1, 2], [3, 4]]


def test_average_link_keeps_its_constraints() -> None:
    scores = {(0, 1): 3.0, (1, 2): 3.0, (0, 2): 3.0}
    assert average_link(3, scores, barred=[(0, 2)]) == [[0, 1], [2]]
    assert average_link(3, scores, apart=[(0, 1)], together=[(0, 1)]) == [[0, 2], [1]]
    assert average_link(3, {}, together=[(0, 2)], barred=[(0, 2)]) == [[0, 2], [1]]
    assert average_link(0, {}) == []
