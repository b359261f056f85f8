"""The same words in several outlets are one statement; a "not", another figure or another speaker makes another one."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import Quote
from pipeline.wordings import Said, Statement, group_quotes, outlets_of

NOON = datetime(2026, 12, 1, 5, tzinfo=UTC)


def said(text: str, speaker: str | None = None, *, number: int = 1, language: str = "id", kind: str = "direct") -> Said:
    return Said(
        number, f"outlet{number}", f"https://satu.example/{number}", NOON + timedelta(hours=number), language,
        copied=False, quote=Quote(text, speaker, None, kind, 0, len(text)),
    )  # fmt: skip


def together(a: str, b: str, speakers: tuple[str | None, str | None] = (None, None), language: str = "id") -> bool:
    one = said(a, speakers[0], number=1, language=language)
    return len(group_quotes([one, said(b, speakers[1], number=2, language=language)])) == 1


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Bus air nanti kita sampaikan di forum", "Bus air nanti kita akan sampaikan di forum"),
        ("nanti kita sampaikan", "nanti kita akan sampaikan"),
        ("Kota tidak bisa sendiri.", "“Kota tidak bisa sendiri,”"),
        ("Sampah dipilah di rumah, lalu diangkut tiap pagi oleh kami", "Sampah dipilah di rumah, diangkut tiap pagi"),
        (
            "Kami belajar dari kota lain. Taman di tepi sungai itu dibangun bersama warga, dan tahun depan bertambah.",
            "Taman di tepi sungai itu dibangun bersama warga",
        ),
        ("Every ward will have its own clinic by June", "Every ward will have its own clinic by June, and a pharmacy"),
        ("เราจะทำความสะอาดคลองทุกสาย", "เราจะทำความสะอาดคลองทุกสายในปีนี้"),
    ],
)  # fmt: skip
def test_wordings_of_one_statement(a: str, b: str) -> None:
    assert together(a, b)
    assert together(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Kami akan membangun jalur itu tahun depan", "Kami tidak akan membangun jalur itu tahun depan"),
        ("We will build the line next year", "We will not build the line next year"),
        ("Kami siapkan 40 bus listrik untuk warga kota", "Kami siapkan 60 bus listrik untuk warga kota"),
        ("Terima kasih", "Terima kasih banyak"),
        ("Air bersih untuk semua warga", "Jalan aman bagi semua anak"),
        ("Kami hadir", "Kami hadir di sini bersama dua belas kota dan para walinya sejak pagi"),
    ],
)
def test_statements_that_are_not_the_same(a: str, b: str) -> None:
    assert not together(a, b)
    assert not together(b, a)


@pytest.mark.parametrize(
    ("speakers", "same"),
    [
        (("Ratna Dewi", "Ratna Dewi"), True),
        (("Ratna", "Ratna Dewi Anggraini"), True),
        (("Ratna Dewi", None), True),
        ((None, None), True),
        (("Ratna Dewi", "Budi Hartanto"), False),
        (("Ratna Dewi", "Ratna Sari"), False),
    ],
)
def test_speakers_that_may_be_one(speakers: tuple[str | None, str | None], same: bool) -> None:
    assert together("Air bersih untuk semua warga kota", "Air bersih untuk semua warga kota", speakers) is same


def test_short_words_are_one_statement_only_of_a_named_speaker() -> None:
    assert together("Sudah siap", "Sudah siap", ("Ratna Dewi", "Ratna"))
    assert not together("Sudah siap", "Sudah siap")


def test_a_translation_is_a_statement_of_its_own() -> None:
    one = said("Selamat datang di Jakarta", "Ratna Dewi", number=1)
    other = said("Selamat datang di Jakarta", "Ratna Dewi", number=2, language="ms")
    assert len(group_quotes([one, other])) == 2


def shown(statements: tuple[Statement, ...]) -> list[tuple[str, str | None, list[list[int]]]]:
    return [
        (one.text, one.speaker, [[said.article_id for said in wording.prints] for wording in one.wordings])
        for one in statements
    ]


def test_a_statement_shows_its_fullest_wording_and_the_fullest_name() -> None:
    found = group_quotes(
        [
            said("Bus air nanti kita sampaikan", "Joko", number=1),
            said("Bus air nanti kita akan sampaikan", "Joko Wirawan", number=2),
            said("Bus air nanti kita sampaikan", None, number=3),
            said("Trotoar lebih lebar", "Ratna", number=4),
        ]
    )
    assert shown(found) == [
        ("Bus air nanti kita akan sampaikan", "Joko Wirawan", [[2], [1, 3]]),
        ("Trotoar lebih lebar", "Ratna", [[4]]),
    ]
    assert outlets_of(found[0]) == {"outlet1": 1, "outlet2": 1, "outlet3": 1}


WORDS = ["kota", "air", "bus", "tidak", "40", "60", "siap", "nanti", "akan", "warga"]
SPOKEN = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(SPOKEN, st.sampled_from([None, "Ratna", "Ratna Dewi", "Budi"])), max_size=12), st.randoms())
def test_every_print_is_in_one_statement_whatever_the_order(
    given_quotes: list[tuple[str, str | None]], order: random.Random
) -> None:
    prints = [said(text, speaker, number=number) for number, (text, speaker) in enumerate(given_quotes)]
    found = group_quotes(prints)
    assert sorted(one.article_id for statement in found for one in statement.prints) == list(range(len(prints)))
    order.shuffle(prints)
    assert shown(group_quotes(prints)) == shown(found)


def test_many_alike_quotes_are_grouped_in_a_bounded_time() -> None:
    many = [said(f"kata kata kata {number % 7} kata kata", number=number) for number in range(2_000)]
    many += [said("kota " * 20_000, number=2_001), said("kota " * 20_000, number=2_002)]
    assert len(group_quotes(many)) >= 2
