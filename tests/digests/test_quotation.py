"""Which words of a story are most worth reading."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digests.compose import compose
from digests.marks import QuoteMark
from pipeline.model import Member, Quote, Role, StoredArticle, Story
from tests.digests.examples import article, facts, stored

WORDS = "Kami menghitung bus yang benar-benar lewat, bukan bus yang dijanjikan di papan"
OTHER = "Warga tidak meminta jembatan baru, warga meminta jembatan lama tidak goyang"


def quote(text: str = WORDS, **values: object) -> Quote:
    base = Quote(text, "Siti Rahma", "Kepala Dinas", "direct", 10, 10 + len(text))
    return replace(base, **values)  # type: ignore[arg-type]  # the names are checked by dataclasses.replace


def page(number: int, *quotes: Quote, language: str = "id", disputed: tuple[str, ...] = ()) -> StoredArticle:
    text = replace(article(number, outlet=f"outlet{number}"), quotes=quotes, in_language=language, disputed=disputed)
    return stored(number, text)


def best(*pages: StoredArticle, copies: tuple[int, ...] = ()) -> QuoteMark | None:
    roles = {one.id: Role.COPY if one.id in copies else Role.REPORT for one in pages}
    members = tuple(Member(one.id, roles[one.id], "r") for one in pages)
    (block,) = compose(facts(pages, stories=(Story("s", members, origin=pages[0].id),))).stories
    return block.quote


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        (quote(kind="indirect"), quote(OTHER)),
        (quote(role=None), quote(OTHER)),
        (quote(speaker="Kepala Dinas"), quote(OTHER)),
        (quote(speaker="Kepala Dinas"), quote(OTHER, role=None)),
        (quote(kind="indirect"), quote(OTHER, role=None)),
        (quote(WORDS[:44]), quote(OTHER)),
        (quote((WORDS + " ") * 3), quote(OTHER)),
        (quote(start=90), quote(OTHER, start=20)),
    ],
)
def test_the_better_is_told(worse: Quote, better: Quote) -> None:
    for pair in ((worse, better), (better, worse)):
        found = best(page(1, *pair))
        assert found is not None
        assert found.text == OTHER


@pytest.mark.parametrize(
    "poor",
    [
        quote("Siap!"),
        quote(WORDS * 4),
        quote(speaker=None),
        quote(speaker=" \u200e"),
        quote(speaker="Kepala Dinas yang juga " * 6),
        quote("水不认得边界"),
    ],
)
def test_what_is_not_worth_it_is_not_told(poor: Quote) -> None:
    assert best(page(1, poor)) is None


def test_a_story_without_quotes_has_none() -> None:
    assert best(page(1)) is None


def test_disputed_words_are_never_told() -> None:
    assert best(page(1, quote(), disputed=(WORDS,))) is None
    assert best(page(1, quote(), disputed=(f"Katanya, {WORDS} itu.",))) is None


def test_one_in_the_language_of_the_story_comes_first() -> None:
    found = best(page(1, quote("x"), language="id"), page(2, quote(), language="en"), page(3, quote(OTHER)))
    assert found is not None
    assert (found.text, found.language, found.version_id) == (OTHER, "id", 1003)


def test_the_original_comes_before_its_copies() -> None:
    found = best(page(1, quote()), page(2, quote()), copies=(1,))
    assert found is not None
    assert (found.outlet_title, found.url) == ("outlet2", page(2).article.url)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("水不认得边界，所以我们的水位表也不应该只写一种语言", True),
        ("水" * 94, False),
        ("ข้อมูลน้ำท่วมไม่ควรอยู่ในลิ้นชักของใคร ทุกเมืองต้องเห็นพร้อมกัน", True),
        ("ការប្រជុំនេះបង្ហាញថារាជធានីទាំងអស់អាចធ្វើការជាមួយគ្នាបាន", True),
    ],
)
def test_length_is_that_of_an_alphabet(text: str, told: bool) -> None:
    assert (best(page(1, quote(text))) is not None) is told


def test_it_is_one_line_whole_and_as_printed() -> None:
    found = best(
        page(
            1,
            quote("Kami\nmenghitung  bus\tyang benar-benar lewat, bukan\u202e yang dijanjikan", role="Kepala\r\nDinas"),
        )
    )
    assert found is not None
    assert found.text == "Kami menghitung bus yang benar-benar lewat, bukan yang dijanjikan"
    assert found.role == "Kepala Dinas"
