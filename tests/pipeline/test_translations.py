"""Translations that say so and that do not, and reports of one event that are none: our own texts and real ones."""

from __future__ import annotations

import gzip
import itertools
import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from pipeline.anchors import anchors
from pipeline.duplicates import compare
from pipeline.model import Article, Kind, Member, Relation, Role
from pipeline.stories import Decisions, tell
from pipeline.translated import CLOSE_LANGUAGES, UNCREDITED, is_alike
from pipeline.translations import Pairing, may_be_translation, pairing
from tests.pipeline.newsroom_articles import links, stored

MORNING = datetime(2026, 8, 4, 9, 0, tzinfo=UTC)
INDONESIAN = (
    "Forum Kota Tropis dibuka di Balai Samudra, Selasa, oleh Wali Kota Teluk Baru Hasyim Wardana di depan 87 utusan.",
    "Hasyim mengatakan 14 kota sepakat menanam bakau sepanjang 230 kilometer pantai dengan biaya 64 ribu dolar.",
    "Ketua panitia Mirna Latuconsina menyebut Universitas Teluk Baru akan membukukan hasil sidang pada Oktober.",
)
ENGLISH = (
    "The Tropical Cities Forum opened at Balai Samudra, Tuesday, with Teluk Baru Mayor Hasyim Wardana and 87 envoys.",
    "Hasyim said fourteen cities agreed to plant mangroves on 230 kilometers of coast for 64 thousand dollars.",
    "Committee chair Mirna Latuconsina said that Universitas Teluk Baru would publish the results in October.",
)
MALAY = (
    "Forum Bandar Tropika dibuka di Balai Samudra, Selasa, Datuk Bandar Teluk Baru Hasyim Wardana di depan 87 wakil.",
    "Hasyim berkata 14 bandar bersetuju menanam bakau sepanjang 230 kilometer pantai dengan kos 64 ribu dolar.",
    "Pengerusi Mirna Latuconsina menyatakan Universitas Teluk Baru akan membukukan hasil sidang pada Oktober.",
)
OWN_ENGLISH = (
    "Fishermen blocked the pier of Teluk Baru, Tuesday, as 87 envoys of the Tropical Forum entered Balai Samudra.",
    "Rokiah Tanjung, who leads the Muara Jati cooperative of 300 boats, said nobody had asked her about the mangroves.",
    "Mayor Hasyim Wardana promised to meet the cooperative on Thursday and to show it the maps of all 14 cities.",
    "Police chief Anton Siregar counted 120 protesters; the road to Pasar Lama was closed until noon.",
)


def article(outlet: str, body: tuple[str, ...], language: str, hours: float | None = 0) -> Article:
    address = f"https://{outlet}.example/{language}"
    return Article(
        url=address,
        canonical_url=address,
        outlet=outlet,
        kind=Kind.ARTICLE,
        fetched_at=MORNING,
        sha256="0" * 64,
        article_body=body,
        date_published=None if hours is None else MORNING + timedelta(hours=hours),
        in_language=language,
    )


ORIGINAL = article("kabarkota", INDONESIAN, "id")


def second(one: Article) -> Member:
    """What a second article is to the original; a person has put them into one story."""
    known = [stored(1, ORIGINAL), stored(2, one)]
    (story,) = tell(known, links(known), Decisions(together=((1, 2),)))
    return story.members[-1]


def test_a_translation_that_does_not_say_so_is_found() -> None:
    member = second(article("herald", ENGLISH, "en", 3))
    assert (member.role, member.copy_of) == (Role.COPY, 1)
    assert member.comparison is not None
    assert (member.comparison.relation, member.comparison.to, member.comparison.kept) == (Relation.TRANSLATION, 1, None)
    assert member.reason == (
        "a translation of kabarkota's article that does not say so: 19 names, numbers and dates stand in both in one "
        "order; both name Baru, Hasyim, Teluk, Balai and both give 230, 64, 87"
    )


def test_malay_of_indonesian_is_a_translation_too() -> None:
    assert second(article("permata", MALAY, "ms", 3)).copy_of == 1


def test_an_outlets_own_edition_copies_nobody() -> None:
    member = second(article("kabarkota_en", ENGLISH, "en", 3))
    assert (member.role, member.copy_of) == (Role.REPORT, None)
    assert member.reason.startswith("kabarkota's own article in English: 19 names, numbers and dates stand in both")


def test_a_report_of_the_same_event_is_no_translation() -> None:
    assert second(article("herald", OWN_ENGLISH, "en", 3)).role is Role.REPORT


def test_who_quotes_somebody_whom_the_other_does_not_quote_did_not_translate() -> None:
    quoting = (*ENGLISH, '"The sea does not ask which city we come from," Hasyim said.')
    assert second(article("herald", quoting, "en", 3)).role is Role.REPORT


def test_who_was_told_by_name_did_not_translate() -> None:
    own = (*ENGLISH, "Mirna told The Herald that the book would be free.")
    assert second(article("theherald", own, "en", 3)).role is Role.REPORT


@pytest.mark.parametrize("hours", [None, 0, 24 * 6], ids=["undated", "at the same minute", "a week later"])
def test_of_two_texts_without_order_neither_is_called_the_translation(hours: float | None) -> None:
    known = [stored(1, ORIGINAL), stored(2, article("herald", ENGLISH, "en", hours))]
    assert all(member.copy_of is None for story in tell(known, links(known)) for member in story.members)


def test_a_translator_who_is_named_tells_which_of_two_it_is() -> None:
    known = [stored(1, ORIGINAL), stored(2, replace(article("herald", ENGLISH, "en"), translators=("Siti Aminah",)))]
    (story,) = tell(known, links(known))
    assert {member.article_id: member.copy_of for member in story.members} == {1: None, 2: 1}


def test_a_translation_that_links_its_original_is_one_whoever_it_names() -> None:
    linked = replace(article("herald", ENGLISH[:2], "en", 3), source_links=(ORIGINAL.url,))
    member = second(linked)
    assert (member.copy_of, "it links to that article as its source" in member.reason) == (1, True)


def test_two_that_name_each_other_are_not_each_others_translation() -> None:
    known = [
        stored(1, replace(ORIGINAL, syndicated_from="The Herald")),
        stored(2, replace(article("theherald", ENGLISH, "en", 3), syndicated_from="Kabar Kota")),
    ]
    (story,) = tell(known, links(known))
    assert sum(member.copy_of is not None for member in story.members) == 1


ANCHORS = {
    "numbers and their words": ("Ada 64 ribu pohon, dua puluh kota, seribu utusan.", "id", ("#64000", "#20", "#1000")),
    "the same in English": (
        "There are 64 thousand trees, twenty cities, 1,000 envoys.",
        "en",
        ("#64000", "#20", "#1000"),
    ),
    "hyphens": ("Some seventy-million fish and forty-two boats.", "en", ("#7e+07", "#42")),
    "money": ("Biayanya US$200 atau Rp4,7 miliar.", "id", ("#200", "#4.7e+09")),
    "days and months": ("Pada Selasa, 4 Agustus 2026.", "id", ("day 2", "#4", "month 8", "#2026")),
    "the same days in English": ("On Tuesday, August 4, 2026.", "en", ("day 2", "month 8", "#4", "#2026")),
    "countries": ("Utusan dari Prancis dan Jepang.", "id", ("=france", "=japan")),
    "peoples": ("The French and the Japanese envoys.", "en", ("=france", "=japan")),
    "names that sound alike": ("Kota di Afrika.", "id", ("afric",)),
    "and in English": ("Cities of African coasts.", "en", ("afric",)),
    "a month that is a verb": ("It may rain and they march.", "en", ()),
    "nothing": ("", None, ()),
}


@pytest.mark.parametrize("case", ANCHORS.values(), ids=ANCHORS)
def test_what_a_text_carries_into_any_language(case: tuple[str, str | None, tuple[str, ...]]) -> None:
    text, language, wanted = case
    assert anchors(text, language) == wanted


def test_pairs_without_anchors_have_nothing_in_common() -> None:
    assert pairing((), ("#1",)) == Pairing(0, 0.0, 0.0, 0.0)


# --- real texts ------------------------------------------------------------------------------------------------------

carried = cache(anchors)


def lines(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def reports(path: Path) -> list[tuple[str, str]]:
    """Pairs of articles of one event in one language that are no copies: at most 20 of each event."""
    told: defaultdict[object, list[str]] = defaultdict(list)
    for row in lines(path):
        told[row["story"]].append(row["text"])
    pairs = (pair for texts in told.values() for pair in itertools.islice(itertools.combinations(texts, 2), 20))
    return [(a, b) for a, b in pairs if compare(a, b) is None]


def claimed(text: str, source: str, languages: tuple[str, str], least: float = UNCREDITED) -> bool:
    pair = pairing(carried(text, languages[0]), carried(source, languages[1]))
    return is_alike(pair, least) and may_be_translation(text, source)


@pytest.mark.shared
def test_real_translations_are_found_and_no_other_pair_is_taken_for_one(shared: Callable[..., Path]) -> None:
    rows = lines(shared("stories", "translated_id_en.jsonl.gz"))
    found = {
        (one["pair"], other["pair"])
        for one, other in itertools.product(rows, rows)
        if claimed(other["text_id"], one["text_en"], ("id", "en"))
    }
    assert not [pair for pair in found if pair[0] != pair[1]]
    assert len(found) >= 0.5 * len(rows)


@pytest.mark.shared
def test_independent_reports_of_one_event_are_not_taken_for_translations(shared: Callable[..., Path]) -> None:
    pairs = [*reports(shared("stories", "ecbplus.jsonl.gz")), *reports(shared("stories", "wikinews.jsonl.gz"))]
    assert len(pairs) > 1000
    # in one language, where more names agree than in two; most of what is left is one wire's text, rewritten
    assert sum(claimed(a, b, ("en", "en")) for a, b in pairs) <= 0.0015 * len(pairs)
    assert sum(claimed(a, b, ("en", "en"), CLOSE_LANGUAGES) for a, b in pairs) <= 0.0005 * len(pairs)
