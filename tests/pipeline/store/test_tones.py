"""A person's word on the tone of an article stands over every later reading and version, until it is undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from pipeline.errors import NotFoundError
from pipeline.evaluate.tone import evaluate_tone, override_cases
from pipeline.model import Article, ToneReading
from pipeline.store import Store
from pipeline.tone import TonePart, read_tone
from tests.pipeline.store.build import NOW, article, keep, kept, start, url

LATER = NOW + timedelta(days=1)
COMPLAINT = "Delegasi mengeluhkan bus yang terlambat dan menuding panitia boros."


def made(body: str = COMPLAINT) -> Article:
    return read_tone(replace(article(url(1), body=body), in_language="id"))


def one_article(store: Store) -> int:
    run = start(store)
    kept(store, run, 1)
    return keep(store, run, made(), code="code2").article_id


def tones(store: Store, number: int) -> tuple[str | None, str | None, str | None]:
    """Of headline and body, and why the city should answer."""
    found = store.articles.get(number)
    assert found is not None
    headline, body = found.article.headline_tone, found.article.body_tone
    return headline.value if headline else None, body.value if body else None, found.article.needs_clarification


def say(store: Store, number: int, value: str | None, part: str = "body", actor: str = "Ani") -> None:
    store.tones.override(number, part, value, reason="read it twice", actor=actor, now=LATER)


def test_a_persons_word_replaces_the_reading_and_says_whose_it_is(store: Store) -> None:
    number = one_article(store)
    before = tones(store, number)
    assert before[:2] == ("netral", "negatif")
    assert before[2] is not None
    say(store, number, "netral")
    found = store.articles.get(number)
    assert found is not None
    assert found.article.body_tone == ToneReading("netral", "set by Ani: read it twice")
    assert tones(store, number) == ("netral", "netral", None)


def test_it_survives_other_code_and_a_new_version(store: Store) -> None:
    number = one_article(store)
    say(store, number, "positif")
    run = start(store)
    keep(store, run, made(), code="code3")
    assert tones(store, number)[1] == "positif"
    keep(store, run, made("Listrik padam di gedung sidang."), code="code3", now=LATER)
    assert tones(store, number)[1] == "positif"
    assert {one.article.body_tone and one.article.body_tone.value for one in store.articles.versions(number)} == {
        "positif"
    }
    assert [one.article.tone for one in store.articles.find()] == ["positif"]


def test_headline_and_body_are_set_apart_and_taken_back_apart(store: Store) -> None:
    number = one_article(store)
    say(store, number, "positif", part="headline")
    say(store, number, None)
    assert tones(store, number)[:2] == ("positif", None)
    store.tones.undo(number, TonePart.HEADLINE, reason="a slip", actor="Budi", now=LATER)
    assert tones(store, number)[:2] == ("netral", None)
    store.tones.undo(number, TonePart.BODY, actor="Budi", now=LATER)
    assert tones(store, number)[:2] == ("netral", "negatif")


def test_a_later_word_undoes_the_earlier_and_both_are_kept_and_audited(store: Store) -> None:
    number = one_article(store)
    say(store, number, "positif")
    say(store, number, "netral", actor="Budi")
    first, second = store.tones.of_article(number)
    assert (first.value, first.undone_by, first.undone_at) == ("positif", "Budi", LATER)
    assert (second.value, second.undone_at) == ("netral", None)
    assert store.tones.standing() == [second]
    store.tones.undo(number, "body", reason="a slip", actor="Ani", now=LATER)
    said = [(one.actor, one.action, one.reason) for one in store.audit.list(f"article:{number}")]
    assert said[:3] == [
        ("Ani", "undo set tone", "a slip"),
        ("Budi", "set tone", "read it twice"),
        ("Ani", "set tone", "read it twice"),
    ]
    assert store.tones.standing() == []


def test_what_cannot_be_said_is_refused_in_one_line(store: Store) -> None:
    number = one_article(store)
    with pytest.raises(NotFoundError, match=r"article 99: is not stored"):
        say(store, 99, "netral")
    with pytest.raises(NotFoundError, match=r"nobody set the tone of its body"):
        store.tones.undo(number, "body", actor="Ani", now=LATER)
    with pytest.raises(ValueError, match=r"'good' is no tone"):
        say(store, number, "good")


def test_what_persons_said_becomes_labelled_cases(store: Store) -> None:
    number = one_article(store)
    say(store, number, "positif")
    say(store, number, None, part="headline")
    standing = store.tones.standing()
    (case,) = override_cases(standing, store.articles.many([number]))
    assert (case.id, case.headline_tone, case.body_tone) == (f"article:{number}", None, "positif")
    report = evaluate_tone(None, None, overridden=[case])
    confusion = next(table for table in report.tables if table.title == "Tone of body: label, and what was read")
    assert confusion.rows[0][:4] == ("positif", 0, 0, 1)
