"""What continues an earlier story, and what does not: a table of our own writing, and what chains and reasons are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import pytest

from pipeline.followups import follow_ups
from pipeline.model import Article, Evidence, WatchMatch
from pipeline.stories import Decisions, tell
from pipeline.window import Window, open_window
from tests.pipeline.alike_events import REST, Told
from tests.pipeline.newsroom_articles import stored
from tests.pipeline.test_alike_events import article

DAY = 24.0


@dataclass(frozen=True, slots=True)
class Case:
    name: str
    earlier: Told
    later: Told
    continues: bool
    editions: tuple[int | None, int | None] = (2026, 2026)  # of the forum that both texts are about; None: of none


OPENING = Told(
    "Forum Kota Tropis dibuka dengan janji menanam bakau",
    "Forum Kota Tropis dibuka di Balai Samudra, Selasa (4/8), oleh Wali Kota Teluk Baru Hasyim Wardana.\n"
    "Hasyim mengatakan 14 kota akan menanam bakau sepanjang 230 kilometer pantai.\n"
    "Ketua panitia Mirna Latuconsina menerima 87 utusan di dermaga.",
)
REACTION = Told(
    "Nelayan Teluk Baru ragukan janji bakau Hasyim",
    "Nelayan Teluk Baru, Rabu (5/8), meragukan janji menanam bakau yang diucapkan Wali Kota Hasyim Wardana.\n"
    "Menurut mereka bibit di Balai Samudra sudah layu. Mirna Latuconsina berjanji mengganti bibit itu.\n"
    "Sebanyak 40 perahu akan dipakai mengangkut bibit baru.",
    hours=30,
)
CRASH = Told(
    "Bus wisata masuk jurang di Kelok Sembilan, 6 tewas",
    "Bus wisata Anugerah Jaya masuk jurang di Kelok Sembilan, Senin (3/8) malam; enam penumpang tewas.\n"
    "Kapolres Limapuluh Kota Indra Saputra mengatakan sopir Yondri selamat dan dibawa ke rumah sakit.",
)
INQUIRY = Told(
    "Rem bus Anugerah Jaya ternyata sudah aus",
    "Penyelidik menemukan rem bus Anugerah Jaya sudah aus sebelum bus itu masuk jurang di Kelok Sembilan.\n"
    "Kapolres Indra Saputra, Jumat (7/8), menetapkan sopir Yondri dan pemilik bus sebagai tersangka.",
    hours=3 * DAY,
)
PLAN = Told(
    "Surabaya rancang larangan kantong plastik di pasar",
    "Wali Kota Surabaya Retno Palupi mengumumkan rancangan larangan kantong plastik di 67 pasar, Selasa (4/8).\n"
    "Ketua DPRD Hadi Sasmito meminta tenggat satu tahun bagi pedagang Pasar Wonokromo.",
)
ENACTED = Told(
    "Larangan kantong plastik disahkan DPRD Surabaya",
    "DPRD Surabaya mengesahkan larangan kantong plastik di 67 pasar, Senin (10/8), dengan tenggat enam bulan.\n"
    "Ketua DPRD Hadi Sasmito dan Wali Kota Retno Palupi membagikan tas anyaman di Pasar Wonokromo.",
    hours=6 * DAY,
)
TABLE = (
    Case("the forum's next day", OPENING, REACTION, continues=True),
    Case("an accident and its inquiry", CRASH, INQUIRY, continues=True, editions=(None, None)),
    Case("a plan and its enactment", PLAN, ENACTED, continues=True, editions=(None, None)),
    Case(
        "a follow-up in another language",
        OPENING,
        Told(
            "Teluk Baru fishermen doubt mangrove promise",
            "Fishermen of Teluk Baru on Wednesday doubted the mangrove promise of Mayor Hasyim Wardana.\n"
            "Seedlings at Balai Samudra have withered, they said. Mirna Latuconsina promised new ones for 14 cities.",
            hours=32,
            language="en",
        ),
        continues=True,
    ),
    Case("the forum a year later", OPENING, replace(REACTION, hours=30), continues=False, editions=(2025, 2026)),
    Case(
        "the same official, another matter",
        OPENING,
        Told(
            "Hasyim resmikan jembatan gantung di hulu",
            "Wali Kota Hasyim Wardana meresmikan jembatan gantung di Desa Hulu Pandan, Rabu (5/8).\n"
            "Jembatan sepanjang 90 meter itu memotong jalan anak sekolah dari tiga jam menjadi setengah jam.",
            hours=30,
        ),
        continues=False,
        editions=(2026, None),
    ),
    Case("the same hour: another report, no chapter", OPENING, replace(REACTION, hours=5), continues=False),
    Case(
        "weeks later: the matter anew", CRASH, replace(INQUIRY, hours=16 * DAY), continues=False, editions=(None, None)
    ),
    Case(
        "the same kind of event elsewhere",
        replace(CRASH, headline="Bus wisata terbakar di Padang", text=CRASH.text.replace("Kelok Sembilan", "Padang")),
        replace(INQUIRY, headline="Rem bus blong di Semarang, sopir Yondri jadi tersangka"),
        continues=False,
        editions=(None, None),
    ),
    Case(
        "the next of a daily series",
        Told(
            "Harga emas hari ini 4 Agustus 2026",
            "Harga emas Logam Cikini hari ini Rp1,9 juta per gram, kata pengelola gerai Sari Wulandari.",
        ),
        Told(
            "Harga emas hari ini 5 Agustus 2026",
            "Harga emas Logam Cikini hari ini Rp1,8 juta per gram, kata pengelola gerai Sari Wulandari.",
            hours=DAY,
        ),
        continues=False,
        editions=(None, None),
    ),
)


def of_edition(one: Article, year: int | None) -> Article:
    if year is None:
        return one
    evidence = Evidence("article_body[0]", 0, 17, "Forum Kota Tropis", "name")
    return replace(one, watches=(WatchMatch("tropis", year, "its name stands in the text", (evidence,)),))


def window(reports: Iterable[Told], editions: Iterable[int | None]) -> Window:
    articles = [article(n, told) for n, told in enumerate((*reports, *REST), 1)]
    given = [*editions, *(None for _ in REST)]
    return open_window(stored(n, of_edition(*one)) for n, one in enumerate(zip(articles, given, strict=True), 1))


def place(of: Window, number: int) -> int:
    return next(place for place, one in enumerate(of.articles) if one.id == number)


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case.name)
def test_what_continues_a_story(case: Case) -> None:
    here = window((case.earlier, case.later), case.editions)
    found = follow_ups(here, [[number] for number in range(len(here.articles))])[place(here, 2)]
    assert (found is not None and found.earlier == place(here, 1)) == case.continues
    assert found is None or case.continues


def test_the_reason_says_what_both_name_and_how_much_later() -> None:
    here = window((OPENING, REACTION), (2026, 2026))
    found = follow_ups(here, [[number] for number in range(len(here.articles))])[place(here, 2)]
    assert found is not None
    assert found.reason == "both name Balai, Hasyim, Latuconsina, Samudra; published 1 day later"


def test_a_chain_continues_the_latest_chapter() -> None:
    answer = Told(
        "Bibit bakau diganti, nelayan Teluk Baru ikut menanam",
        "Nelayan Teluk Baru, Kamis (6/8), ikut menanam bibit bakau baru dari Balai Samudra yang diganti panitia.\n"
        "Mirna Latuconsina mengangkutnya dengan 40 perahu. Wali Kota Hasyim Wardana menanam yang pertama.",
        hours=56,
    )
    here = window((OPENING, REACTION, answer), (2026, 2026, 2026))
    found = follow_ups(here, [[number] for number in range(len(here.articles))])
    chain = [found[place(here, number)] for number in (2, 3)]
    assert [one.earlier if one else None for one in chain] == [place(here, 1), place(here, 2)]


def test_a_text_from_the_sidelines_continues_the_forums_main_story() -> None:
    aside = Told(
        "Dua kota teken kerja sama pasar ikan di sela forum",
        "Di sela-sela Forum Kota Tropis, dua kota meneken kerja sama pasar ikan, kata Sekda Lukman Paputungan.",
        hours=8,
    )
    again = Told(OPENING.headline, OPENING.text, hours=1)
    here = window((OPENING, aside, again), (2026, 2026, 2026))
    main = sorted((place(here, 1), place(here, 3)))
    clusters = sorted([main, *([n] for n in range(len(here.articles)) if n not in main)])
    found = follow_ups(here, clusters)[clusters.index([place(here, 2)])]
    assert found is not None
    assert clusters[found.earlier] == main
    assert found.reason == "took place on the sidelines of the forum it tells of; published later the same day"


def test_stories_carry_what_they_continue_and_why() -> None:
    here = window((OPENING, REACTION), (2026, 2026))
    told = {story.members[0].article_id: story for story in tell(here.articles, (), Decisions(apart=((1, 2),)))}
    first, second = told[1], told[2]
    assert (first.continues, first.continues_reason) == (None, None)
    assert second.continues == first.id
    assert second.continues_reason is not None
    assert second.continues_reason.endswith("; published 1 day later")


def test_undated_texts_continue_nothing() -> None:
    known = [
        stored(n, replace(article(n, told), date_published=None))
        for n, told in enumerate((OPENING, REACTION, *REST), 1)
    ]
    here = open_window(known)
    assert follow_ups(here, [[number] for number in range(len(known))]) == [None] * len(known)
