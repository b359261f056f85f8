"""Drafts over a real store: what an editor sees and does, and that the edition leaves as it then is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from digests import drafts, editions
from digests.mail import text_of
from pipeline.errors import FrozenError, NotFoundError, SettingsError
from pipeline.model import Member, Role, Story
from pipeline.store import DraftAction, Store
from tests.digests.examples import PERIOD, article
from tests.digests.world import FROZEN, crawl, outlets, settings

EARLY = FROZEN - timedelta(minutes=20)


def news(store: Store, *names: str) -> None:
    """A story of one article for each name, told by ever more outlets: the first is the greatest."""
    told = []
    for number, name in enumerate(names, 1):
        ids: list[int] = []
        for place, outlet in enumerate(("antara", "inews", "beritajakarta")[: len(names) - number + 1]):
            made = replace(article(10 * number + place, outlet=outlet, hours_ago=3), headline=f"Berita {name}")
            ids += [one.article_id for one in crawl(store, outlet, made)]
        told.append(Story(name, tuple(Member(n, Role.REPORT, "why") for n in ids), None))
    store.stories.replace(told, generation=store.stories.generation(), now=EARLY)


def look(store: Store, home: Path) -> drafts.Draft:
    return drafts.draft(store, settings(home), outlets(), PERIOD, "daily", now=EARLY)


def say(store: Store, action: str, story: str, text: str | None = None) -> int:
    made = drafts.decide(store, "daily", PERIOD, DraftAction(action), story, text=text, actor="Ani", now=EARLY)
    return made.id


def freeze(store: Store, home: Path) -> list[str]:
    """The edition's stories, in their order."""
    record = editions.build(store, settings(home), outlets(), PERIOD, "daily", now=FROZEN)
    return [block.story_id for block in editions.content(record).stories]


def test_a_draft_shows_what_the_edition_would_say_and_freezes_nothing(store: Store, tmp_path: Path) -> None:
    news(store, "s1", "s2", "s3")
    made = look(store, tmp_path)
    assert made.content.kind == "draft"
    assert [block.story_id for block in made.content.stories] == ["s1", "s2", "s3"]
    assert made.numbers == {"s1": 1, "s2": 2, "s3": 3}
    assert store.editions.list() == []
    assert freeze(store, tmp_path) == ["s1", "s2", "s3"]


def test_the_edition_heeds_what_the_editor_said(store: Store, tmp_path: Path) -> None:
    news(store, "s1", "s2", "s3")
    look(store, tmp_path)
    say(store, "drop", "1", "told on Monday")
    say(store, "pin", "3")
    say(store, "note", "s2", " Wali kota\nmenjawab pukul 10. ")
    made = look(store, tmp_path)
    assert made.numbers == {"s1": 1, "s2": 2, "s3": 3}
    assert freeze(store, tmp_path) == [block.story_id for block in made.content.stories] == ["s3", "s2"]
    record = store.editions.get("daily", PERIOD.isoformat())
    assert record is not None
    content = editions.content(record)
    assert content.kind == "edition"
    assert [(one.story_id, one.actor, one.reason) for one in content.dropped] == [("s1", "Ani", "told on Monday")]
    assert content.block("s3").pinned
    assert content.block("s2").note == "Wali kota menjawab pukul 10."
    assert {item.place for item in store.editions.items(record.id)} == {"story", "dropped"}


def test_what_was_undone_counts_no_more(store: Store, tmp_path: Path) -> None:
    news(store, "s1", "s2")
    dropped = say(store, "drop", "s1")
    store.drafts.undo(dropped, actor="Budi", now=EARLY)
    assert freeze(store, tmp_path) == ["s1", "s2"]


def test_after_the_freeze_there_is_no_draft(store: Store, tmp_path: Path) -> None:
    news(store, "s1", "s2")
    look(store, tmp_path)
    freeze(store, tmp_path)
    with pytest.raises(FrozenError, match="kliping digest show --date 2023-08-01"):
        look(store, tmp_path)
    with pytest.raises(FrozenError, match="kliping articles reject"):
        say(store, "drop", "1")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (("drop", "9", None), "has no such number"),
        (("drop", "99999999999999999999", None), "has no such number"),
        (("pin", "sxyz", None), "is not there"),
        (("note", "1", None), "a note needs words"),
        (("note", "1", " \n\u202e"), "a note needs words"),
        (("note", "1", "kata " * 100), "too many for one line"),
    ],
    ids=["a-number", "a-huge-number", "a-name", "no-words", "only-marks", "too-long"],
)
def test_what_cannot_be_said_is_refused_in_one_line(
    store: Store, tmp_path: Path, said: tuple[str, str, str | None], told: str
) -> None:
    news(store, "s1")
    look(store, tmp_path)
    with pytest.raises((NotFoundError, SettingsError), match=told) as refused:
        say(store, *said)
    assert "\n" not in str(refused.value)
    assert store.drafts.list("daily", PERIOD.isoformat()) == []


def test_editors_get_the_draft_by_mail_once(store: Store, tmp_path: Path) -> None:
    news(store, "s1", "s2")
    here = settings(tmp_path)

    def announce() -> str | None:
        return drafts.announce(store, here, outlets(), PERIOD, now=EARLY)

    assert announce() is None  # nobody reads it
    store.subscribers.add("redaktur@kota.example", "editors", now=EARLY)
    assert announce() == "draft of 2023-08-01 goes to 1 editor(s)"
    news(store, "s4")
    announce()
    (delivery,) = store.deliveries.list()
    assert "Berita s1" in text_of(store.deliveries.message(delivery.id))
    assert freeze(store, tmp_path) == ["s1", "s2", "s4"]  # it took nothing from the edition
    assert announce() is None
