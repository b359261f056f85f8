"""What sentences claim of a forum, and that every claim is its slice of the text."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipeline.dossiers import Claim, Subject, read_claims
from pipeline.dossiers.counts import counts
from pipeline.dossiers.naming import named
from pipeline.model import Article, Kind
from pipeline.watches import bundled_watches, match
from tests.pipeline.dossiers.claim_cases import CASES

FETCHED = datetime(2023, 8, 3, tzinfo=UTC)
OPENING = "MGMAC 2023 dibicarakan di Jakarta."


def article(*paragraphs: str, headline: str | None = None, published: datetime = FETCHED) -> Article:
    bare = Article(
        "u", "u", None, Kind.ARTICLE, FETCHED, "0", headline=headline, article_body=paragraphs, date_published=published
    )
    return match(bare, bundled_watches())


def claims(*paragraphs: str, headline: str | None = None) -> tuple[Claim, ...]:
    return read_claims(article(*paragraphs, headline=headline), "mgmac", bundled_watches())


def told(claim: Claim) -> str:
    about = "" if claim.subject is Subject.DAYS else claim.about
    words = ("" if claim.own else "part", claim.subject.value, about, claim.value, str(claim.edition or ""))
    return " ".join(word for word in words if word)


@pytest.mark.parametrize(
    ("sentence", "expected"), [pytest.param(s, e, id=f"{n}-{lang}") for n, (lang, s, e) in enumerate(CASES)]
)
def test_a_sentence_claims(sentence: str, expected: tuple[str, ...]) -> None:
    found = claims(OPENING, sentence)
    assert sorted(told(one) for one in found if one.evidence.field == "article_body[1]") == sorted(expected)


def test_every_claim_is_its_slice_of_the_text() -> None:
    one = article(OPENING, *(sentence for _, sentence, _ in CASES), headline="MGMAC 2023 dihadiri 234 delegasi")
    found = read_claims(one, "mgmac", bundled_watches())
    fields = {"headline": one.headline or ""} | {f"article_body[{n}]": p for n, p in enumerate(one.article_body)}
    assert found
    for claim in found:
        shown = fields[claim.evidence.field][claim.evidence.start : claim.evidence.end]
        assert shown == claim.evidence.text
        assert shown in claim.sentence


def test_a_name_inside_a_longer_name_is_not_the_forum() -> None:
    text = "Jaringan Kota Cerdas ASEAN-Jepang 2023 bertemu, juga Jaringan Kota Cerdas ASEAN."
    found = [(one.watch, one.start, one.year) for one in named(text, bundled_watches())]
    assert found == [("asean-japan-smart-cities", 0, 2023), ("ascn", text.rindex("Jaringan"), None)]


def test_a_count_without_the_forum_is_of_a_part() -> None:
    (claim,) = claims(OPENING, "Satu.", "Dua.", "Tiga.", "Empat.", "Sebanyak 50 peserta hadir.")
    assert not claim.own


def test_nothing_is_claimed_of_another_forum() -> None:
    assert claims("AMF 2023 dan MGMAC 2023 dibicarakan.", "AMF 2023 dihadiri 90 delegasi.") == claims(
        "AMF 2023 dan MGMAC 2023 dibicarakan."
    )


@pytest.mark.parametrize(
    "token",
    ["dua ", "1 ", "hadir 2 kota ", "lebih dari ", "(1/8) ", "MGMAC ", "MGMAC dan AMF 2023 ", "di Kota ", '"', "ก"],
)
def test_hostile_text_ends_soon_and_without_an_error(token: str) -> None:
    long = token * (100_000 // len(token))
    claims(OPENING, long, (token * 1500)[:1490])
    list(counts(long[:20_000]))


@pytest.mark.parametrize(
    "text",
    [
        "การประชุม MGMAC 2023 มีผู้เข้าร่วม 234 คน",
        "កិច្ចប្រជុំ MGMAC 2023",
        "ກອງປະຊຸມ MGMAC 2023",
        "MGMAC 2023 အစည်းအဝေး",
        "东盟首都市长会议 MGMAC 2023 共有234名代表出席",
        "MGMAC 2023 மாநாடு",
    ],
)
def test_every_script_is_read_without_an_error(text: str) -> None:
    assert isinstance(claims(OPENING, text), tuple)
