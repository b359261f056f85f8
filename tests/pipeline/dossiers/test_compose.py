"""A dossier of an event: its days, phases, firsts, counts, voices and disputed facts."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from pipeline.dossiers import Dispute, Dossier, Event, Material, OutletFacts, Phase, Subject, compose, find_events
from pipeline.dossiers.find import Match
from pipeline.model import StoredArticle
from pipeline.watches import bundled_watches
from tests.pipeline.dossiers.pieces import PIECES, stored

ZONE = ZoneInfo("Asia/Jakarta")
OUTLETS = {
    "antara": OutletFacts("ANTARA", "ID", False),
    "inews": OutletFacts("iNews", "ID", False),
    "redaksijakarta": OutletFacts("Redaksi Jakarta", "ID", False),
    "kabarkota": OutletFacts("Kabar Kota", "ID", False),
    "beritajakarta": OutletFacts("Beritajakarta", "ID", True),
    "malaymail": OutletFacts("Malay Mail", "MY", False),
    "bernama": OutletFacts("Bernama", "MY", False),
}


@cache
def articles() -> Mapping[int, StoredArticle]:
    return stored()


def material(edition: int = 2023, **fields: object) -> Material:
    mine = tuple(
        one for one in articles().values() if ("mgmac", edition) in {(m.id, m.edition) for m in one.article.watches}
    )
    others = tuple(one for one in articles().values() if one not in mine)
    days = [one.article.date_published.date() for one in mine if one.article.date_published]
    event = Event(f"mgmac-{edition}", "mgmac", edition, tuple(one.id for one in mine), min(days), max(days))
    made = Material(event, mine, others, OUTLETS, bundled_watches(), ZONE)
    return replace(made, **fields)  # type: ignore[arg-type]  # named fields of it


@cache
def dossier() -> Dossier:
    return compose(material())


def disputed(found: Dossier, subject: Subject, about: str = "") -> Dispute:
    (one,) = [one for one in found.disputes if one.subject is subject and one.about == about]
    return one


def test_the_days_are_those_that_most_texts_print() -> None:
    days = dossier().days
    assert days is not None
    assert (days.first, days.last, days.basis) == (date(2023, 8, 1), date(2023, 8, 2), "texts")
    assert days.words is not None
    assert "1-2 Agustus 2023" in days.words
    assert days.sources == 3  # antara twice and bernama; the two copies are none


def test_phases_follow_the_days() -> None:
    phases = {place.article_id: place.phase for place in dossier().places}
    assert phases == {
        1: Phase.BEFORE, 2: Phase.DURING, 3: Phase.DURING, 4: Phase.DURING, 5: Phase.DURING, 6: Phase.DURING,
        7: Phase.DURING, 8: Phase.AFTER, 10: Phase.UNDATED,
    }  # fmt: skip


def test_days_fixed_by_a_person_win() -> None:
    fixed = compose(material(fixed=(date(2023, 8, 4), date(2023, 8, 5))))
    assert fixed.days is not None
    assert fixed.days.basis == "person"
    assert {place.phase for place in fixed.places if place.article_id == 7} == {Phase.BEFORE}


def test_stories_stand_in_the_order_of_their_first_report() -> None:
    entries = dossier().entries
    assert [entry.story for entry in entries] == ["s1", "s2", "s3", "s4", "s5", None]
    assert [place.article_id for place in entries[1].places] == [2, 3, 4, 5]
    assert (entries[1].first.article_id, entries[1].copies) == (2, 2)


def test_firsts_are_own_reports() -> None:
    firsts = {(one.of, one.key): one.place.article_id for one in dossier().firsts}
    assert firsts[("overall", "")] == 1
    assert firsts[("country", "MY")] == 5
    assert firsts[("language", "ms")] == 8
    assert ("outlet", "inews") not in firsts  # it only reprinted


def test_originals_and_copies_are_counted_apart() -> None:
    counts = {(one.outlet, one.language): (one.originals, one.copies, one.owned) for one in dossier().outlets}
    assert counts["antara", "id"] == (3, 0, False)
    assert counts["inews", "id"] == (0, 1, False)
    assert counts["beritajakarta", "id"] == (1, 0, True)
    assert sum(own + copies for own, copies, _ in counts.values()) == len(dossier().places)


def test_numbers_told_differently_are_disputed_with_their_words() -> None:
    found = disputed(dossier(), Subject.COUNT, "attended delegates")
    told = {side.value: ({one.outlet for one in side.prints}, side.sources) for side in found.sides}
    assert told == {
        "234": ({"antara", "inews", "redaksijakarta"}, 1),  # the copies of one text are one source
        "≈200": ({"malaymail"}, 1),
        "150": ({"kabarkota"}, 1),
    }
    assert all(one.claim.evidence.text in one.claim.sentence for side in found.sides for one in side.prints)


def test_a_founding_year_is_held_against_the_others_and_the_record() -> None:
    found = disputed(dossier(), Subject.FOUNDED)
    assert {side.value: (side.recorded, side.sources) for side in found.sides} == {
        "2013": (True, 1),
        "2023": (False, 1),
    }


def test_the_first_time_together_is_held_against_the_year_before() -> None:
    found = disputed(dossier(), Subject.TOGETHER, "amf")
    assert {side.value: {one.article_id for one in side.prints} for side in found.sides} == {"first": {1}, "2022": {9}}


def test_what_agrees_is_not_disputed() -> None:
    subjects = [one.subject for one in dossier().disputes]
    assert Subject.DAYS not in subjects  # a day within the two
    assert Subject.HOST not in subjects
    assert "attended participants" not in [one.about for one in dossier().disputes]  # of a workshop


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_of_articles_does_not_matter(seed: int) -> None:
    mine = list(material().articles)
    random.Random(seed).shuffle(mine)
    assert compose(material(articles=tuple(mine))) == dossier()


def test_an_edition_told_of_in_another_year_only_has_no_guessed_days() -> None:
    late = replace(articles()[9].article, date_published=None)
    bare = material(articles=(replace(articles()[10], article=late),), background=())
    assert compose(bare).days is None


def test_speakers_of_offices_come_first_and_their_words_once() -> None:
    voices = dossier().voices
    spoken = [statement for voice in voices for statement in voice.statements]
    same = [one for one in spoken if one.text.startswith("Kota-kota kita")]
    assert len(same) == 1
    assert {said.outlet for said in same[0].prints} == {"antara", "inews", "redaksijakarta", "beritajakarta"}
    assert voices[0].speaker == "Satria Wibowo"
    assert voices[0].office == "governor"


def test_editions_and_clusters_are_events() -> None:
    matches = [
        Match(1, "mgmac", 2023, date(2023, 8, 1)),
        Match(2, "mgmac", 2022, date(2022, 11, 14)),
        Match(3, "mgmac", None, date(2023, 8, 10)),  # near an article of 2023
        Match(4, "mgmac", None, date(2021, 1, 1)),
        Match(5, "asean-capitals", None, date(2024, 5, 2)),
        Match(6, "asean-capitals", None, date(2024, 5, 10)),
        Match(7, "asean-capitals", None, date(2024, 9, 1)),
    ]
    found = find_events(matches, {"mgmac"}, {})
    assert {event.id: event.articles for event in found.events} == {
        "asean-capitals-2024-05-02": (5, 6),
        "asean-capitals-2024-09-01": (7,),
        "mgmac-2022": (2,),
        "mgmac-2023": (1, 3),
    }
    assert [match.article_id for match in found.loose] == [4]


def test_a_cluster_keeps_its_name_when_an_older_article_comes() -> None:
    matches = [Match(5, "capitals", None, date(2024, 5, 2)), Match(9, "capitals", None, date(2024, 4, 28))]
    found = find_events(matches, (), {"capitals-2024-05-02": 5})
    assert [(event.id, event.articles) for event in found.events] == [("capitals-2024-05-02", (5, 9))]


def test_all_pieces_but_those_of_other_editions_are_in_it() -> None:
    assert {place.article_id for place in dossier().places} == set(PIECES) - {9}
