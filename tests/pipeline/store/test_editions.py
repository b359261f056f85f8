"""Editions, renderings, deliveries and subscribers: frozen once, sent once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pipeline.errors import LeasedError, NotFoundError
from pipeline.store import DeliveryState, EditionRecord, StaleError, Store, SubscriberState
from tests.pipeline.store.build import MINUTE, NOW, article, keep, kept, start, url


@pytest.fixture
def edition(store: Store) -> EditionRecord:
    return store.editions.freeze("daily", "2026-11-20", {"stories": []}, [], NOW)


def test_unsent_is_what_stands_in_no_edition_of_the_list(store: Store) -> None:
    run = start(store)
    first, second = kept(store, run, 1, date_published=NOW), kept(store, run, 2, date_published=NOW - MINUTE)
    assert [one.id for one in store.editions.unsent("daily")] == [second.article_id, first.article_id]
    made = store.editions.freeze(
        "daily", "2026-11-20", {}, [(first.version_id, "story"), (second.version_id, "older")], NOW
    )
    assert store.editions.unsent("daily") == []
    assert len(store.editions.unsent("weekly")) == 2
    assert [(item.article_id, item.place) for item in store.editions.items(made.id)] == [
        (first.article_id, "story"),
        (second.article_id, "older"),
    ]
    changed = keep(store, run, article(url(1), body="Diralat."))
    assert [one.version_id for one in store.editions.unsent("daily")] == [changed.version_id]
    store.articles.correct(first.article_id, "withhold", "why", "Ani", NOW)
    assert store.editions.unsent("daily") == []


def test_freezing_twice_is_one_edition(store: Store) -> None:
    run = start(store)
    first = kept(store, run, 1)
    content = {"stories": [{"headline": "Wali Kota\0", "n": 1.5}], "absent": None}
    made = store.editions.freeze("daily", "2026-11-20", content, [(first.version_id, "story")], NOW)
    second = kept(store, run, 2)
    again = store.editions.freeze("daily", "2026-11-20", {}, [(second.version_id, "story")], NOW + MINUTE)
    assert again == made
    assert made.content == content
    assert [one.id for one in store.editions.unsent("daily")] == [second.article_id]
    assert (store.editions.get("daily", "2026-11-20"), store.editions.by_id(made.id)) == (made, made)
    assert store.editions.get("daily", "2026-11-21") is None


def test_a_version_stands_in_one_edition_of_a_list(store: Store) -> None:
    first = kept(store, start(store), 1)
    items = [(first.version_id, "story")]
    store.editions.freeze("daily", "2026-11-20", {}, items, NOW)
    with pytest.raises(StaleError, match="build the edition again"):
        store.editions.freeze("daily", "2026-11-21", {}, items, NOW)
    assert store.editions.get("daily", "2026-11-21") is None
    store.editions.freeze("weekly", "2026-11-21", {}, items, NOW)


def test_the_digest_of_an_edition_is_that_of_its_content(store: Store) -> None:
    one = store.editions.freeze("daily", "2026-11-20", {"a": 1, "b": [2]}, [], NOW)
    two = store.editions.freeze("daily", "2026-11-21", {"b": [2], "a": 1}, [], NOW)
    three = store.editions.freeze("daily", "2026-11-22", {"b": [2], "a": 2}, [], NOW)
    assert one.digest == two.digest != three.digest
    assert [record.period for record in store.editions.list("daily", 2)] == ["2026-11-22", "2026-11-21"]
    assert store.editions.list("weekly") == []


def test_a_rendering_is_frozen(store: Store, edition: EditionRecord) -> None:
    assert store.editions.rendering(edition.id, "id", "html") is None
    made = store.editions.add_rendering(edition.id, "id", "html", b"<p>satu</p>")
    assert store.editions.add_rendering(edition.id, "id", "html", b"<p>dua</p>") == made
    assert store.editions.rendering(edition.id, "id", "html") == made
    other = store.editions.add_rendering(edition.id, "id", "html", b"\x00\xff", selection="amf")
    assert other.body == b"\x00\xff"


def test_a_delivery_is_frozen_claimed_and_marked(store: Store, edition: EditionRecord) -> None:
    made = store.deliveries.freeze(edition.id, "ani@kota.example", "<1@kliping>", b"From: a\r\n\r\nb", NOW)
    assert store.deliveries.freeze(edition.id, "ani@kota.example", "<2@kliping>", b"other", NOW) == made
    assert store.deliveries.due(NOW) == [made]
    claimed = store.deliveries.claim(made.id, 3, NOW)
    assert claimed is not None
    assert (claimed.state, claimed.attempts, claimed.fence) == (DeliveryState.SENDING, 1, 3)
    assert store.deliveries.claim(made.id, 3, NOW) is None
    assert store.deliveries.due(NOW) == []
    sent = store.deliveries.mark(made.id, DeliveryState.SENT, "250 queued", fence=3, now=NOW + MINUTE)
    assert (sent.state, sent.detail) == (DeliveryState.SENT, "250 queued")
    assert store.deliveries.message(made.id) == b"From: a\r\n\r\nb"
    assert store.deliveries.claim(made.id, 4, NOW) is None
    assert store.deliveries.get(made.id) == sent


def test_a_deferred_delivery_waits_for_its_time(store: Store, edition: EditionRecord) -> None:
    made = store.deliveries.freeze(edition.id, "ani@kota.example", "<1@kliping>", b"x", NOW)
    store.deliveries.claim(made.id, 1, NOW)
    store.deliveries.mark(made.id, DeliveryState.DEFERRED, "451", NOW + MINUTE, now=NOW)
    assert store.deliveries.due(NOW) == []
    assert [one.id for one in store.deliveries.due(NOW + MINUTE)] == [made.id]
    assert store.deliveries.claim(made.id, 1, NOW + MINUTE) is not None


def test_a_sender_that_lost_its_lease_can_neither_claim_nor_mark(store: Store, edition: EditionRecord) -> None:
    made = store.deliveries.freeze(edition.id, "ani@kota.example", "<1@kliping>", b"x", NOW)
    store.deliveries.claim(made.id, 2, NOW)
    with pytest.raises(LeasedError, match="another sender"):
        store.deliveries.mark(made.id, DeliveryState.SENT, fence=1, now=NOW)
    store.deliveries.mark(made.id, DeliveryState.DEFERRED, fence=2, now=NOW)
    assert store.deliveries.claim(made.id, 1, NOW) is None
    with pytest.raises(NotFoundError, match="delivery 99"):
        store.deliveries.mark(99, DeliveryState.SENT, now=NOW)


def test_what_was_sending_when_its_sender_died_is_found(store: Store, edition: EditionRecord) -> None:
    made = store.deliveries.freeze(edition.id, "ani@kota.example", "<1@kliping>", b"x", NOW)
    store.deliveries.claim(made.id, 1, NOW)
    assert store.deliveries.stale_sending(NOW) == []
    assert [one.id for one in store.deliveries.stale_sending(NOW + MINUTE)] == [made.id]
    assert [one.id for one in store.deliveries.list(edition.id, DeliveryState.SENDING)] == [made.id]
    assert store.deliveries.list(edition.id, DeliveryState.SENT) == []


def test_subscribers_come_and_go(store: Store) -> None:
    made = store.subscribers.add(" Ani@Kota.Example", "daily", name="Ani", watches=["mgmac"], now=NOW)
    assert (made.address, made.watches, made.language, made.frequency) == (
        "ani@kota.example",
        ("mgmac",),
        "id",
        "daily",
    )
    again = store.subscribers.add("ANI@kota.example", "daily", language="en", now=NOW + MINUTE)
    assert (again.id, again.language, again.watches, again.created_at) == (made.id, "en", (), NOW)
    store.subscribers.add("ani@kota.example", "weekly", frequency="weekly", now=NOW)
    assert [one.list for one in store.subscribers.list()] == ["daily", "weekly"]
    removed = store.subscribers.remove("Ani@kota.example", "daily", NOW + timedelta(days=1))
    assert (removed.state, removed.state_at) == (SubscriberState.UNSUBSCRIBED, NOW + timedelta(days=1))
    assert store.subscribers.list("daily") == []
    assert store.subscribers.list("daily", removed=True) == [removed]
    with pytest.raises(NotFoundError, match="does not get list daily"):
        store.subscribers.remove("ani@kota.example", "daily", NOW)
    assert store.subscribers.add("ani@kota.example", "daily", now=NOW).state is SubscriberState.ACTIVE
    assert store.subscribers.get("nobody@kota.example", "daily") is None
