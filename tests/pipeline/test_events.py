"""What is held against a likeness: each clue alone, in texts of our own writing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.events import AWAY, clues, too_far_apart, weight
from tests.pipeline.alike_events import Told
from tests.pipeline.test_alike_events import article

PLAIN = Told("Wali kota tanam bakau", "Wali kota menanam bakau di tepi sungai.")


def weighed(one: Told, other: Told) -> float:
    found = weight(clues(article(1, one)), clues(article(2, other)))
    assert found == weight(clues(article(2, other)), clues(article(1, one)))
    return found


def with_headline(headline: str, **changed: object) -> Told:
    return replace(PLAIN, headline=headline, **changed)  # type: ignore[arg-type]  # hours and language, by name


def with_text(text: str, **changed: object) -> Told:
    return replace(PLAIN, text=text, **changed)  # type: ignore[arg-type]  # hours and language, by name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(PLAIN, replace(PLAIN, hours=9 * 24), id="nine days between"),
        pytest.param(with_headline("Forum akan dibuka gubernur"), PLAIN, id="announced and reported"),
        pytest.param(with_headline("Forum dibuka"), with_headline("Forum ditutup"), id="opened and closed"),
        pytest.param(
            with_headline("Harga cabai hari ini 4 Agustus"),
            with_headline("Harga cabai 5 Agustus"),
            id="days in headlines",
        ),
        pytest.param(
            with_text("Senin (3/8) bakau ditanam."), with_text("Minggu (2/8) bakau ditanam."), id="days told first"
        ),
        pytest.param(
            with_text("Bakau ditanam Senin (3/8)."),
            with_text("Bakau dicabut Rabu (5/8). Bakau itu ditanam Senin (3/8).", hours=30),
            id="what came after",
        ),
        pytest.param(with_headline("Forum di Semarang"), with_headline("Forum di Surabaya"), id="cities in headlines"),
        pytest.param(
            with_text("Forum di Solo sepi."), with_text("Forum di Kudus ramai."), id="cities in the beginning"
        ),
        pytest.param(with_text("Ada 14 kota."), with_text("Ada 15 kota."), id="figures"),
        pytest.param(with_headline("Forum ke-5 usai"), with_headline("Forum ke-6 usai"), id="ordinals"),
        pytest.param(with_headline("Lima hal penting hari Selasa"), with_headline("Pasar terbakar"), id="a round-up"),
    ],
)
def test_what_speaks_for_two_events_lowers(one: Told, other: Told) -> None:
    assert weighed(one, other) < 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(PLAIN, PLAIN, id="nothing told"),
        pytest.param(PLAIN, replace(PLAIN, hours=30), id="the next morning"),
        pytest.param(with_headline("Forum di Semarang"), with_headline("Forum di Jawa Tengah"), id="city and province"),
        pytest.param(with_headline("Forum di Semarang"), PLAIN, id="one city"),
        pytest.param(
            with_text("Ditanam Selasa (4/8)."), with_text("Ditanam Selasa, 4 Agustus 2026.", hours=20), id="one day"
        ),
        pytest.param(with_text("Ditanam Selasa."), with_text("Ditanam kemarin.", hours=24), id="weekday and yesterday"),
        pytest.param(with_text("Ada 14 kota."), with_text("There are 15 kota.", language="en"), id="other languages"),
    ],
)
def test_what_agrees_or_is_not_told_costs_nothing(one: Told, other: Told) -> None:
    assert weighed(one, other) == 1


def test_what_both_count_alike_lifts_a_little() -> None:
    assert 1 < weighed(with_text("Ada 14 kota."), with_text("Ada 14 kota lagi.")) <= 1.2


def test_undated_texts_are_told_apart_by_their_weekdays() -> None:
    monday, friday = (
        clues(replace(article(n, with_text(f"Opened on {day}.", language="en")), date_published=None))
        for n, day in enumerate(("Monday", "Friday"))
    )
    assert weight(monday, friday) < 1 < weight(monday, monday)


def test_the_longer_between_them_the_less_is_left() -> None:
    left = [weighed(PLAIN, replace(PLAIN, hours=hours)) for hours in (36, 48, 72, 120, 240)]
    assert left == sorted(left, reverse=True)
    assert left[0] == 1
    assert left[-1] > 0.25


def test_reports_of_one_event_are_not_published_weeks_apart() -> None:
    first = clues(article(1, PLAIN))
    hours = AWAY.total_seconds() / 3600
    assert not too_far_apart(first, clues(article(2, replace(PLAIN, hours=hours))))
    assert too_far_apart(first, clues(article(2, replace(PLAIN, hours=hours + 1))))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "di " * 50_000,
        "Di Di " * 30_000,
        "1/8 (1/8) " * 20_000,
        "ke-1 " * 40_000,
        "digelar " * 30_000,
        "ก" * 20_000,
    ],
    ids=["empty", "prepositions", "capitals", "days", "ordinals", "held", "thai"],
)
def test_hostile_texts_have_clues_too(text: str) -> None:
    assert clues(article(1, Told(text[:1000], text))).published is not None
