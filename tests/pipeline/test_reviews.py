"""What is doubtful, how much speaks for it, what to show of it, and what a yes makes of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.model import Article, Disposition, Evidence, Stage, Tag, WatchMatch
from pipeline.process import verdict
from pipeline.reviews import POSSIBLY_OURS, accept, doubt, one_text, snippet, waits
from tests.pipeline.store.build import article, url

HEADLINE = "Gubernur Jakarta, Wali Kota Manila dan Gubernur Bangkok Bertemu"
BODY = (
    "Tiga pemimpin ibu kota bertemu di Jakarta pada hari Senin.",
    "Mereka berbicara tentang air bersih, sampah, dan angkutan umum yang sedang dibangun di kota masing-masing.",
)


def seen(field: str, words: str, rule: str = "context") -> Evidence:
    """These words, where they first stand in the field."""
    text = {"headline": HEADLINE, "article_body[0]": BODY[0], "article_body[1]": BODY[1]}[field]
    start = text.index(words)
    return Evidence(field, start, start + len(words), words, rule)


IN_HEADLINE = seen("headline", "Gubernur Jakarta", "office")
IN_LEAD = seen("article_body[0]", "pemimpin ibu kota")
FAR_DOWN = seen("article_body[1]", "air bersih")


def doubtful(*evidence: Evidence, name: str = "asean-capitals") -> WatchMatch:
    return WatchMatch(name, None, "governors of capitals meet", evidence)


def made(*possible: WatchMatch, watches: tuple[WatchMatch, ...] = ()) -> Article:
    return replace(article(url(1)), headline=HEADLINE, article_body=BODY, watches=watches, possible=possible)


@pytest.mark.parametrize(
    ("possible", "score"),
    [
        ((doubtful(),), 1.0),
        ((doubtful(FAR_DOWN),), 1.0),
        ((doubtful(IN_LEAD),), 2.0),
        ((doubtful(IN_HEADLINE, IN_LEAD, FAR_DOWN),), 6.0),
        ((doubtful(IN_HEADLINE, IN_HEADLINE),), 3.0),  # the same words count once
        ((doubtful(FAR_DOWN, replace(FAR_DOWN, field="headline")),), 3.0),  # where they weigh most
        ((doubtful(FAR_DOWN), doubtful(IN_HEADLINE, name="amf")), 3.0),  # the strongest match tells
    ],
)
def test_doubt_weighs_what_speaks_for_it(possible: tuple[WatchMatch, ...], score: float) -> None:
    assert doubt(made(*possible)) == score


def test_nothing_waits_where_a_watch_matches_or_none_is_possible() -> None:
    ours = (WatchMatch("mgmac", 2023, "its name"),)
    for one in (made(), made(doubtful(IN_HEADLINE), watches=ours)):
        assert not waits(one)
        assert doubt(one) is None


def test_the_verdict_on_what_waits_tells_why() -> None:
    found = verdict(made(doubtful(IN_HEADLINE), doubtful(IN_LEAD, name="amf")))
    assert (found.disposition, found.stage, found.rule) == (Disposition.REJECTED, Stage.WATCH, POSSIBLY_OURS)
    assert found.detail == "asean-capitals: governors of capitals meet; amf: governors of capitals meet"
    assert verdict(made()).rule == "no watch matched"


def test_a_yes_moves_the_possible_match_with_its_evidence() -> None:
    before = made(doubtful(IN_HEADLINE), doubtful(IN_LEAD, name="amf"))
    after = accept(before, {"asean-capitals": 2024}, "Ani said so")
    assert after.watches == (WatchMatch("asean-capitals", 2024, "Ani said so", (IN_HEADLINE,)),)
    assert after.possible == before.possible[1:]


def test_a_yes_tags_the_article_with_its_forum_behind_those_of_the_text() -> None:
    own, topic = Tag("mgmac", "MGMAC", "its name"), Tag("flood", "Flood", "it says so")
    before = replace(made(doubtful(), watches=(WatchMatch("mgmac", None, "its name"),)), tags=(own, topic))
    after = accept(before, {"amf": 2024}, "Ani said so")
    assert after.tags == (own, Tag("amf", "AMF 2024", "Ani said so"), topic)


def test_a_yes_to_what_the_text_says_by_itself_changes_nothing() -> None:
    ours = made(watches=(WatchMatch("mgmac", 2023, "its name"),))
    assert accept(ours, {"mgmac": None}, "Ani said so") == ours


def test_an_edition_that_nobody_told_is_the_later_readings() -> None:
    later = made(replace(doubtful(), edition=2025))
    assert accept(later, {"asean-capitals": None}, "why").watches[0].edition == 2025
    assert accept(made(), {"asean-capitals": None}, "why").watches == (WatchMatch("asean-capitals", None, "why"),)


@pytest.mark.parametrize(
    ("evidence", "shown"),
    [
        (IN_HEADLINE, "[Gubernur Jakarta], Wali Kota Manila dan Gubernur Bangkok Bertemu"),
        (IN_LEAD, "Tiga [pemimpin ibu kota] bertemu di Jakarta pada hari Senin."),
        (FAR_DOWN, "Mereka berbicara tentang [air bersih], sampah, dan angkutan umum yang sedang dibangun di kota…"),
        (Evidence("keywords", 7, 13, "Manila", "name"), "ASEAN, [Manila]"),
        (Evidence("article_body[7]", 0, 4, "Kota", "name"), "[Kota]"),
        (Evidence("headline", 5, 9, "Kota", "name"), "[Kota]"),  # of another reading: the words alone
        (Evidence("description", 0, 4, "Kota", "name"), "[Kota]"),
    ],
)
def test_snippets_show_the_words_where_they_stand(evidence: Evidence, shown: str) -> None:
    assert snippet(replace(made(), keywords=("ASEAN", "Manila")), evidence) == shown


def test_a_snippet_is_cut_between_words() -> None:
    text = "kota " * 40 + "MGMAC" + " warga" * 40
    start = text.index("MGMAC")
    one = replace(made(), article_body=(text,))
    shown = snippet(one, Evidence("article_body[0]", start, start + 5, "MGMAC", "name"))
    assert shown.startswith("…kota kota")
    assert shown.endswith("warga warga…")
    assert "[MGMAC]" in shown
    assert len(shown) < 140


LONG = " ".join(f"Gubernur ke-{n} berbicara tentang air bersih di hari ke-{n} pertemuan itu." for n in range(1, 9))
OTHER = " ".join(f"Pedagang nomor {n} menjual jagung bakar di simpang ke-{n} kota lama." for n in range(1, 9))


def test_texts_that_are_one_stand_together_in_the_order_given() -> None:
    texts = {7: OTHER, 3: LONG, 9: "Teks pendek.", 1: LONG, 4: OTHER, 2: LONG}
    assert one_text(texts) == [(7, 4), (3, 1, 2), (9,)]
    assert one_text({}) == []
