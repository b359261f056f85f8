"""Subscribers and what mail servers return: states, the audit, and what is done only once. On both databases."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256

import pytest

from pipeline.errors import NotFoundError
from pipeline.store import Store, Subscriber, SubscriberState
from pipeline.store.bounces import BounceKind, Patience, Returned
from tests.pipeline.store.build import NOW

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ANI = "ani@kota.example"
WISHES = {"name": None, "language": "en", "frequency": "daily", "watches": [], "cities": [], "formats": ["html"]}
PATIENCE = Patience(softs=3, days=14)


def ani(store: Store, list_name: str = "daily") -> Subscriber:
    found = store.subscribers.get(ANI, list_name)
    assert found is not None
    return found


def acts(store: Store, list_name: str = "daily") -> list[tuple[str, str]]:
    """(actor, action), the oldest first."""
    return [(entry.actor, entry.action) for entry in reversed(store.audit.list(f"subscriber:{list_name}/{ANI}"))]


def returned(
    number: int, kind: BounceKind, at: timedelta = timedelta(), address: str | None = ANI, about: int | None = None
) -> Returned:
    digest = sha256(str(number).encode()).hexdigest()
    return Returned(digest, kind, address, "5.1.1", "no such user", NOW + at, about)


def test_every_change_is_audited_and_no_change_is_not(store: Store) -> None:
    store.subscribers.add(ANI, "daily", actor="tono", now=NOW)
    store.subscribers.add(ANI, "daily", actor="tono", now=NOW)
    store.subscribers.add(ANI, "daily", cities=["Jakarta"], actor="tono", now=NOW)
    store.subscribers.remove(ANI, "daily", NOW, actor="ani", reason="too many")
    store.subscribers.add(ANI, "daily", actor="tono", now=NOW)
    assert acts(store) == [("tono", "subscribe"), ("tono", "change"), ("ani", "unsubscribe"), ("tono", "resubscribe")]


def test_tokens_are_secret_and_last(store: Store) -> None:
    first = store.subscribers.add(ANI, "daily", now=NOW)
    other = store.subscribers.add("budi@kota.example", "daily", now=NOW)
    assert len(first.token) == 32
    assert first.token != other.token
    assert first.token not in repr(first)
    store.subscribers.remove(ANI, "daily", NOW)
    assert store.subscribers.add(ANI, "daily", now=NOW + DAY).token == first.token


def test_who_asks_gets_nothing_until_he_confirms(store: Store) -> None:
    asked = store.subscribers.ask(ANI, "daily", WISHES, "web", NOW)
    assert asked is not None
    assert asked.state is SubscriberState.PENDING
    assert store.subscribers.list("daily") == []
    assert [one.address for one in store.subscribers.take_unmailed(NOW)] == [ANI]
    assert store.subscribers.take_unmailed(NOW) == []
    store.subscribers.give_back(asked.id)
    assert len(store.subscribers.take_unmailed(NOW)) == 1
    confirmed = store.subscribers.confirm(asked.id, actor="web", now=NOW + HOUR)
    assert confirmed is not None
    assert (confirmed.state, confirmed.language, confirmed.asked) == (SubscriberState.ACTIVE, "en", None)
    assert store.subscribers.confirm(asked.id, actor="web", now=NOW + HOUR) is None
    assert acts(store) == [("web", "ask"), ("web", "confirm")]


def test_a_confirmation_comes_in_time_or_not_at_all(store: Store) -> None:
    asked = store.subscribers.ask(ANI, "daily", WISHES, "web", NOW)
    assert asked is not None
    assert store.subscribers.confirm(asked.id, actor="web", now=NOW + 8 * DAY, since=NOW + DAY) is None
    assert ani(store).state is SubscriberState.PENDING


def test_whoever_asks_for_a_stranger_changes_nothing(store: Store) -> None:
    before = store.subscribers.add(ANI, "daily", watches=["mgmac"], now=NOW)
    store.subscribers.ask(ANI, "daily", WISHES, "web", NOW)
    after = ani(store)
    assert (after.state, after.wishes, after.asked) == (before.state, before.wishes, None)
    store.subscribers.remove(ANI, "daily", NOW)
    store.subscribers.ask(ANI, "daily", WISHES, "web", NOW + DAY)
    assert ani(store).state is SubscriberState.UNSUBSCRIBED
    assert ani(store).watches == ("mgmac",)


def test_a_mailbox_cannot_be_filled_through_the_form(store: Store) -> None:
    """The pauses grow to a week, whoever asks how often in between."""
    tried = [0, 0.5, 1, 4.9, 5, 20, 21, 84, 85, 252, 253, 420, 421, 588, 589]
    passed = [hour for hour in tried if store.subscribers.ask(ANI, "daily", WISHES, "web", NOW + hour * HOUR)]
    assert passed == [0, 1, 5, 21, 85, 253, 421, 589]
    assert store.subscribers.ask(ANI, "daily", WISHES, "web", NOW + 60 * DAY) is not None


def test_who_never_confirms_is_forgotten(store: Store) -> None:
    store.subscribers.ask(ANI, "daily", WISHES, "web", NOW)
    store.subscribers.add("budi@kota.example", "daily", now=NOW)
    store.subscribers.ask("citra@kota.example", "daily", WISHES, "web", NOW + 31 * DAY)
    left = [one.address for one in store.subscribers.list(removed=True)]
    assert left == ["budi@kota.example", "citra@kota.example"]


def test_a_hard_bounce_suppresses_every_list_once(store: Store) -> None:
    store.subscribers.add(ANI, "daily", now=NOW)
    store.subscribers.add(ANI, "alerts", now=NOW)
    store.subscribers.add("budi@kota.example", "daily", now=NOW)
    changed = store.bounces.take(returned(1, BounceKind.HARD), PATIENCE, NOW)
    assert changed is not None
    assert sorted(one.list for one in changed) == ["alerts", "daily"]
    assert store.bounces.take(returned(1, BounceKind.HARD), PATIENCE, NOW) is None
    assert [one.address for one in store.subscribers.list()] == ["budi@kota.example"]
    assert (ani(store).state, ani(store).state_reason) == (SubscriberState.SUPPRESSED, "5.1.1 no such user")
    store.subscribers.move(ani(store).id, SubscriberState.ACTIVE, actor="tono", now=NOW + HOUR)
    assert acts(store) == [("operator", "subscribe"), ("bounces", "suppress"), ("tono", "resume")]


def test_soft_bounces_count_by_days_and_not_across_a_resumption(store: Store) -> None:
    store.subscribers.add(ANI, "daily", now=NOW - DAY)
    soft = [returned(number, BounceKind.SOFT, number * HOUR) for number in range(3)]
    assert [store.bounces.take(one, PATIENCE, NOW + DAY) for one in soft] == [[], [], []]
    assert store.bounces.take(returned(10, BounceKind.SOFT, DAY), PATIENCE, NOW + DAY) == []
    third = store.bounces.take(returned(11, BounceKind.SOFT, 2 * DAY), PATIENCE, NOW + 2 * DAY)
    assert third is not None
    assert [one.state for one in third] == [SubscriberState.SUPPRESSED]
    store.subscribers.move(ani(store).id, SubscriberState.ACTIVE, now=NOW + 3 * DAY)
    assert store.bounces.take(returned(12, BounceKind.SOFT, 4 * DAY), PATIENCE, NOW + 4 * DAY) == []
    assert store.bounces.counts(ANI) == {BounceKind.SOFT: 6}


def test_soft_bounces_long_apart_are_no_dead_mailbox(store: Store) -> None:
    store.subscribers.add(ANI, "daily", now=NOW)
    moments = [number * 10 * DAY for number in range(1, 6)]
    taken = [store.bounces.take(returned(day.days, BounceKind.SOFT, day), PATIENCE, NOW + day) for day in moments]
    assert taken == [[]] * 5


def test_a_complaint_unsubscribes_the_one_subscription(store: Store) -> None:
    one = store.subscribers.add(ANI, "daily", now=NOW)
    store.subscribers.add(ANI, "alerts", now=NOW)
    store.bounces.take(returned(1, BounceKind.COMPLAINT, about=one.id), PATIENCE, NOW)
    assert (ani(store).state, ani(store).state_reason) == (SubscriberState.UNSUBSCRIBED, "called the mail unwanted")
    assert ani(store, "alerts").state is SubscriberState.ACTIVE


def test_what_concerns_nobody_changes_nobody(store: Store) -> None:
    store.subscribers.add(ANI, "daily", now=NOW)
    assert store.bounces.take(returned(1, BounceKind.IGNORED, address=None), PATIENCE, NOW) == []
    assert store.bounces.take(returned(2, BounceKind.COMPLAINT, about=999), PATIENCE, NOW) == []
    assert store.bounces.take(returned(3, BounceKind.HARD, address="budi@kota.example"), PATIENCE, NOW) == []
    assert ani(store).state is SubscriberState.ACTIVE


def test_nobody_can_be_moved_who_is_not_there(store: Store) -> None:
    with pytest.raises(NotFoundError, match="subscriber 7"):
        store.subscribers.move(7, SubscriberState.ACTIVE, now=NOW)
