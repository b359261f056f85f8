"""Who had a text first: tables of what its prints say, with the answer and the reason in words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from pipeline.model import Article, Kind, Relation, Role, Story
from pipeline.stories import Decisions, tell
from pipeline.tracing import Whose, trace
from tests.pipeline.newsroom_articles import links, stored

MORNING = datetime(2026, 8, 4, 9, 0, tzinfo=UTC)
BODY = (
    "Wali Kota Teluk Baru Hasyim Wardana membuka Forum Kota Tropis di Balai Samudra pada Selasa di depan 87 utusan.",
    "Hasyim mengatakan 14 kota sepakat menanam bakau sepanjang 230 kilometer garis pantai sebelum musim hujan tiba.",
    '"Laut tidak bertanya dari kota mana kita datang," kata Hasyim dalam sambutan yang dibacakannya tanpa naskah.',
    "Ketua panitia Mirna Latuconsina menyebut hasil sidang akan dibukukan oleh Universitas Teluk Baru bulan depan.",
)
TOLD_KOTA = (*BODY[:3], "Bakau itu ditanam mulai Oktober, kata Mirna kepada Kabar Kota di sela sidang.")
TOLD_REUTERS = (*BODY[:3], "The planting begins in October, Mirna told Reuters on the sidelines of the session.")
WITH_SENDER = (*BODY, "Narahubung: Sekretariat Forum Kota Tropis, 021-555-0134")


@dataclass(frozen=True)
class Print:
    """One print of the text. `hours` after the morning; None: undated."""

    outlet: str
    hours: float | None = 0
    credit: str | None = None
    body: tuple[str, ...] = BODY
    by: str | None = None
    link: str | None = None
    release: bool = False
    owned: bool = False
    host: str | None = None


def article(one: Print) -> Article:
    address = f"https://{one.host or f'www.{one.outlet}.example'}/{one.outlet}-hutan-bakau"
    return Article(
        url=address,
        canonical_url=address,
        outlet=None if one.host else one.outlet,
        kind=Kind.ARTICLE,
        fetched_at=MORNING,
        sha256="0" * 64,
        article_body=one.body,
        date_published=None if one.hours is None else MORNING + timedelta(hours=one.hours),
        in_language="id",
        authors=(one.by,) if one.by else (),
        syndicated_from=one.credit,
        source_links=(one.link,) if one.link else (),
        press_release=one.release,
        owned=one.owned,
    )


CASES = {
    "time alone": (
        [Print("kabarkota", 1), Print("harian")],
        "harian", Whose.OUTLET, None,
    ),
    "a credit": (
        [Print("antara", 1), Print("harian", 2, credit="ANTARA")],
        "antara", Whose.OUTLET, "harian names it as the source of this text",
    ),
    "a credit against the clock": (
        [Print("antara", 5), Print("harian", 2, credit="ANTARA"), Print("zaman", 3, credit="Antara")],
        "antara", Whose.OUTLET,
        "harian and zaman name it as the source of this text, though by its page's clock it came later",
    ),
    "an agency's short name": (
        [Print("antara", 5), Print("harian", 2, credit="Ant")],
        "antara", Whose.OUTLET,
        "harian names it as the source of this text, though by its page's clock it came later",
    ),
    "a link to the article": (
        [Print("kabarkota", 1), Print("harian", 0, link="https://www.kabarkota.example/kabarkota-hutan-bakau?utm=1")],
        "kabarkota", Whose.OUTLET,
        "harian links to it as the source of this text, though by its page's clock it came later",
    ),
    "a link to the site": (
        [Print("kabarkota", 1), Print("harian", 0, link="https://kabarkota.example/")],
        "kabarkota", Whose.OUTLET,
        "harian names it as the source of this text, though by its page's clock it came later",
    ),
    "a chain of credits": (
        [Print("antara"), Print("harian", 1, credit="Antara"), Print("zaman", 2, credit="Harian")],
        "antara", Whose.OUTLET, "harian names it as the source of this text",
    ),
    "an undated agency": (
        [Print("antara", None), Print("harian", 2, credit="ANTARA")],
        "antara", Whose.OUTLET,
        "harian names it as the source of this text, though by its page's clock it came later",
    ),
    "two that name each other": (
        [Print("kabarkota", credit="Harian"), Print("harian", 1, credit="Kabar Kota")],
        "kabarkota", Whose.UNKNOWN, "harian and kabarkota name one another as the source of this text",
    ),
    "two that name each other, one an agency": (
        [Print("antara", 1, credit="Harian"), Print("harian", credit="ANTARA")],
        "antara", Whose.OUTLET, "antara and harian name one another as the source, and it is a news agency",
    ),
    "an agency that is not here": (
        [Print("harian", credit="Reuters"), Print("zaman", 1, credit="Reuters")],
        "harian", Whose.ELSEWHERE, "it names “Reuters” as its source, which is not among the articles here",
    ),
    "an agency that is not here, and the first print names nobody": (
        [Print("harian"), Print("zaman", 1, credit="Reuters"), Print("lintas", 2)],
        "harian", Whose.ELSEWHERE, "zaman names “Reuters” as its source, which is not among the articles here",
    ),
    "the source names an agency that is not here": (
        [Print("kabarkota", credit="Reuters"), Print("zaman", 1, credit="Kabar Kota")],
        "kabarkota", Whose.ELSEWHERE,
        "others name it as the source, and it names “Reuters”, which is not among the articles here",
    ),
    "a site that is not here, after one that signs": (
        [Print("harian", by="Ratna Dewi"), Print("zaman", 1, credit="Lintas Pulau")],
        "harian", Whose.OUTLET, "it signs this text, and came before every print that names a source",
    ),
    "a site that is not here, before one that signs": (
        [Print("harian", 2, by="Ratna Dewi"), Print("zaman", 1, credit="Lintas Pulau")],
        "zaman", Whose.ELSEWHERE, "it names “Lintas Pulau” as its source, which is not among the articles here",
    ),
    "a link to a site that is not here": (
        [Print("harian", link="https://www.lintaspulau.example/berita/81"), Print("zaman", 1)],
        "harian", Whose.ELSEWHERE, "it names “lintaspulau.example” as its source, which is not among the articles here",
    ),
    "an agency nobody credits": (
        [Print("antara", 1), Print("harian")],
        "antara", Whose.OUTLET, "it is a news agency, and no print names another source",
    ),
    "an agency and a city's own outlet": (
        [Print("antara", 1), Print("kotaku", owned=True)],
        "kotaku", Whose.UNKNOWN,
        "a news agency prints it and so does kotaku, a sender's own outlet, and neither names the other",
    ),
    "the text says whom it was told": (
        [Print("kabarkota", 2, body=TOLD_KOTA), Print("harian", body=TOLD_KOTA), Print("zaman", 1, body=TOLD_KOTA)],
        "kabarkota", Whose.OUTLET,
        "harian and zaman name it as the source of this text, though by its page's clock it came later",
    ),
    "the text says that an agency was told that is not here": (
        [Print("harian", body=TOLD_REUTERS), Print("zaman", 6, body=TOLD_REUTERS)],
        "harian", Whose.ELSEWHERE, "its text says that Reuters was told, which is not among the articles here",
    ),
    "signed by two": (
        [Print("harian", by="Ratna Dewi"), Print("zaman", 6, by="Hadi Santosa")],
        "harian", Whose.RELEASE,
        "two outlets sign one text with different names within a day and none names another",
    ),
    "signed by two, a week apart": (
        [Print("harian", by="Ratna Dewi"), Print("zaman", 170, by="Hadi Santosa")],
        "harian", Whose.UNKNOWN, "several outlets sign this text with different names, and none names a source",
    ),
    "signed by two, one undated": (
        [Print("harian", by="Ratna Dewi"), Print("zaman", None, by="Hadi Santosa")],
        "harian", Whose.UNKNOWN, "several outlets sign this text with different names, and none names a source",
    ),
    "signed by one": (
        [Print("harian", by="Ratna Dewi"), Print("zaman", 6, by="Ratna Dewi")],
        "harian", Whose.OUTLET, None,
    ),
    "one house": ([Print("antara", 1), Print("antara_regional")], "antara_regional", Whose.OUTLET, None),
    "a print says that it is a release": (
        [Print("harian", release=True), Print("zaman", 30)],
        "harian", Whose.RELEASE, "harian says that it is one",
    ),
    "a wire of paid releases": (
        [Print("harian", credit="Antara/PRNewswire", release=True), Print("zaman", 30)],
        "harian", Whose.RELEASE, "harian says that it is one",
    ),
    "the sender's own line": (
        [Print("harian"), Print("zaman", 30, body=WITH_SENDER)],
        "harian", Whose.RELEASE,
        "zaman prints the sender's own line “Narahubung: Sekretariat Forum Kota Tropis, 021-555-0134”",
    ),
    "five within three hours": (
        [Print("harian"), Print("zaman", 1), Print("lintas", 1), Print("pena", 2), Print("suluh", 3)],
        "harian", Whose.RELEASE,
        "five outlets print one text within three hours and none names another",
    ),
    "three in two days": (
        [Print("harian"), Print("zaman", 20), Print("lintas", 40)],
        "harian", Whose.OUTLET, None,
    ),
    "three within three hours, one undated": (
        [Print("harian"), Print("zaman", 1), Print("lintas", None)],
        "harian", Whose.OUTLET, None,
    ),
    "three within three hours, and the first alone signs": (
        [Print("harian", by="Ratna Dewi"), Print("zaman", 1), Print("lintas", 2)],
        "harian", Whose.OUTLET, None,
    ),
    "in the same minute": (
        [Print("harian"), Print("zaman")],
        "harian", Whose.UNKNOWN, "several outlets published this text in the same minute, and none names a source",
    ),
    "in the same minute, of one house": ([Print("harian"), Print("harian_en")], "harian", Whose.OUTLET, None),
    "three within three hours that asked": (
        [Print(outlet, hours, body=(*BODY, "Hasyim menjawab pertanyaan itu kepada wartawan."))
         for outlet, hours in (("harian", 0), ("zaman", 1), ("lintas", 2))],
        "harian", Whose.OUTLET, None,
    ),
    "a city's own outlet and another at once": (
        [Print("harian", 1), Print("kotaku", owned=True)],
        "kotaku", Whose.RELEASE,
        "kotaku, a sender's own outlet, prints it too, and no print names another",
    ),
    "a city's own outlet and another in the evening": (
        [Print("harian", 10), Print("kotaku", owned=True)],
        "kotaku", Whose.OUTLET, None,
    ),
    "a city's own outlet that is named": (
        [Print("harian", 1, credit="Kotaku"), Print("kotaku", owned=True)],
        "kotaku", Whose.OUTLET, "harian names it as the source of this text",
    ),
    "a name of three letters": (
        [Print("kks", 1), Print("harian", credit="KKS")],
        "kks", Whose.OUTLET, "harian names it as the source of this text, though by its page's clock it came later",
    ),
    "a name of two letters within another": (
        [Print("kapalkita", 1), Print("harian", credit="AP")],
        "harian", Whose.ELSEWHERE, "it names “AP” as its source, which is not among the articles here",
    ),
    "unlisted sites": (
        [Print("x", 1, host="www.kabarkota.example"), Print("y", credit="Kabar Kota", host="lintas.example")],
        "www.kabarkota.example", Whose.OUTLET,
        "lintas.example names it as the source of this text, though by its page's clock it came later",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_whose_a_text_is(case: tuple[list[Print], str, Whose, str | None]) -> None:
    prints, outlet, whose, words = case
    for order in (prints, prints[::-1]):
        found = trace([stored(number, article(one)) for number, one in enumerate(order, 1)])
        first = found.first.article
        assert (first.outlet or first.canonical_url.split("/")[2], found.whose, found.words) == (outlet, whose, words)


def told(*prints: Print) -> Story:
    known = [stored(number, article(one)) for number, one in enumerate(prints, 1)]
    (story,) = tell(known, links(known))
    return story


def test_nobody_copies_a_release_that_nobody_credits_and_no_outlet_had_it_first() -> None:
    story = told(Print("harian"), Print("zaman", 1, body=BODY[:3]), Print("lintas", 2))
    assert story.origin is None
    assert {member.role for member in story.members} == {Role.REPORT}
    first, *others = [member.reason for member in story.members]
    assert first == (
        "prints a press release, or a wire that nobody credits, as lintas and zaman do: "
        "three outlets print one text within three hours and none names another; no outlet had it first"
    )
    assert others == [
        "prints the same press release, or wire, as harian: keeps 3 of 4 sentences, cuts 1",
        "prints the same press release, or wire, as harian: keeps all 4 sentences",
    ]


def test_where_the_evidence_contradicts_itself_nobody_is_said_to_copy() -> None:
    story = told(Print("kabarkota", credit="Harian"), Print("harian", 1, credit="Kabar Kota"))
    assert story.origin is None
    assert [(member.role, member.copy_of) for member in story.members] == [(Role.REPORT, None)] * 2
    assert story.members[0].reason == (
        "the first print that is here; harian and kabarkota name one another as the source of this text"
    )


def test_a_reprint_says_what_it_kept_and_how_it_names_its_source() -> None:
    longer = (*BODY[:3], "Redaksi menghitung ada tujuh forum serupa yang batal digelar sejak tahun lalu.")
    link = "https://www.antara.example/antara-hutan-bakau"
    story = told(Print("antara"), Print("harian", 1, body=longer, link=link), Print("zaman", 2, body=BODY[:2]))
    assert [member.reason for member in story.members] == [
        "had it first: harian links to it as the source of this text",
        "reprints antara's text: keeps 3 of 4 sentences, cuts 1, adds 1; it links to that article as its source",
        "reprints antara's text: an abridged copy, keeps 2 of 4 sentences, cuts 2",
    ]
    compared = [(one.comparison.relation, one.comparison.kept, one.comparison.added, one.comparison.cut)
                for one in story.members if one.comparison]  # fmt: skip
    assert compared == [(Relation.REPRINT, 3, 1, 1), (Relation.ABRIDGED, 2, 0, 2)]


def test_a_house_that_prints_its_text_again_copies_nobody() -> None:
    story = told(Print("antara"), Print("antara_regional", 1))
    assert story.members[1].reason == "printed again by the house of antara: keeps all 4 sentences"
    assert (story.members[1].role, story.members[1].copy_of) == (Role.REPORT, None)


def test_a_report_that_names_another_members_outlet_had_it_after_that() -> None:
    own = (
        "Empat belas kota akan menanam bakau di 230 kilometer pantai, keputusan Forum Kota Tropis di Balai Samudra.",
        "Hasyim Wardana, Wali Kota Teluk Baru, dan ketua panitia Mirna Latuconsina membacakannya di depan 87 utusan.",
    )
    known = [
        stored(1, article(Print("harian", 0, body=own, credit="Kabar Kota"))),
        stored(2, article(Print("kabarkota", 2))),
    ]
    (story,) = tell(known, links(known), Decisions(together=((1, 2),)))
    assert story.origin == 2
    assert {member.role for member in story.members} == {Role.ORIGIN, Role.REPORT}


def test_one_outlet_at_several_hosts_is_no_release() -> None:
    prints = [
        replace(article(Print("harian", hours, release=True)), canonical_url=f"https://{host}.example/1")
        for hours, host in ((0, "satu"), (1, "dua"), (2, "tiga"))
    ]
    assert trace([stored(number, one) for number, one in enumerate(prints, 1)]).whose is Whose.OUTLET


def test_of_prints_without_a_date_it_is_said() -> None:
    story = told(Print("harian", 1), Print("zaman", None))
    assert story.members[0].reason == "the first to publish, at 2026-08-04 10:00 +0000, of those that show a date"
