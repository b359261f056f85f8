"""Deliveries some at a time, what expires, and what operators were told of."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pipeline.errors import NotFoundError
from pipeline.store import DeliveryState, Mark, NewMessage, Store, open_store
from tests.pipeline.store.build import NOW
from tests.pipeline.store.test_decisions import bring_to

PENDING, SENDING, DEFERRED = DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.DEFERRED
SENT, FAILED, EXPIRED = DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.EXPIRED
MINUTE = timedelta(minutes=1)


@pytest.fixture
def numbers(store: Store) -> list[int]:
    """Four deliveries of one edition."""
    edition = store.editions.freeze("daily", "2023-08-01", {"stories": []}, [], NOW)
    made = [NewMessage(f"{n}@kota.example", f"<{n}@kliping>", b"message %d" % n) for n in range(4)]
    assert store.deliveries.freeze_all(edition.id, made, NOW) == 4
    assert store.deliveries.freeze_all(edition.id, made, NOW) == 0
    assert store.deliveries.frozen_for(edition.id) == {message.recipient for message in made}
    return [row.id for row in store.deliveries.list(edition.id)]


def states(store: Store) -> list[DeliveryState]:
    return [row.state for row in store.deliveries.list()]


def test_a_message_is_read_by_its_number(store: Store, numbers: list[int]) -> None:
    assert [store.deliveries.message(number) for number in numbers] == [b"message %d" % n for n in range(4)]
    with pytest.raises(NotFoundError, match="delivery 99"):
        store.deliveries.message(99)


def test_some_are_claimed_at_once_and_each_by_one_sender(store: Store, numbers: list[int]) -> None:
    first = store.deliveries.claim_all(numbers[:3], 7, NOW)
    assert [(row.id, row.state, row.fence, row.attempts) for row in first] == [(n, SENDING, 7, 1) for n in numbers[:3]]
    assert [row.id for row in store.deliveries.claim_all(numbers, 8, NOW)] == numbers[3:]


def test_what_was_not_begun_is_given_back_as_it_was(store: Store, numbers: list[int]) -> None:
    store.deliveries.claim_all(numbers[:1], 7, NOW)
    store.deliveries.mark(numbers[0], DEFERRED, "451", NOW, fence=7, now=NOW)
    store.deliveries.claim_all(numbers[:2], 7, NOW)
    store.deliveries.give_back(numbers, 6, NOW)  # another sender's
    assert states(store) == [SENDING, SENDING, PENDING, PENDING]
    store.deliveries.give_back(numbers, 7, NOW)
    rows = store.deliveries.list()
    assert [(row.state, row.attempts) for row in rows] == [(DEFERRED, 1), (PENDING, 0), (PENDING, 0), (PENDING, 0)]
    assert len(store.deliveries.due(NOW)) == 4


def test_some_are_marked_at_once_and_another_senders_are_left(store: Store, numbers: list[int]) -> None:
    store.deliveries.claim_all(numbers[:2], 7, NOW)
    store.deliveries.claim_all(numbers[2:3], 8, NOW)
    marks = [
        Mark(numbers[1], 7, SENT, "250"),
        Mark(numbers[0], 7, DEFERRED, "451", NOW + MINUTE),
        Mark(numbers[2], 7, SENT, "250"),
    ]
    assert [row.id for row in store.deliveries.mark_all(marks, NOW)] == [numbers[1], numbers[0]]
    assert states(store) == [DEFERRED, SENT, SENDING, PENDING]
    assert [row.id for row in store.deliveries.due(NOW)] == numbers[3:]
    assert [row.id for row in store.deliveries.waiting()] == [numbers[0], numbers[3]]


def test_only_what_waits_expires_and_a_person_may_have_it_sent(store: Store, numbers: list[int]) -> None:
    store.deliveries.claim_all(numbers[:1], 7, NOW)
    store.deliveries.mark(numbers[1], SENT, "250", now=NOW)
    gone = store.deliveries.expire(numbers, "too late", NOW)
    assert [(row.id, row.state, row.detail) for row in gone] == [(n, EXPIRED, "too late") for n in numbers[2:]]
    again = store.deliveries.resend(numbers[2], "resend by budi", NOW + MINUTE, NOW)
    assert (again.state, again.attempts, again.expires_at) == (PENDING, 0, NOW + MINUTE)
    with pytest.raises(NotFoundError):
        store.deliveries.resend(99, "resend by budi", None, NOW)


def test_counts_are_of_some_editions_or_of_all(store: Store, numbers: list[int]) -> None:
    store.deliveries.mark(numbers[0], FAILED, "550", now=NOW)
    assert store.deliveries.counts() == {FAILED: 1, PENDING: 3}
    assert store.deliveries.counts([99]) == {}
    (edition,) = store.deliveries.troubled()
    assert store.deliveries.troubled()[edition] == {FAILED: 1, PENDING: 3}


def test_a_trouble_keeps_its_beginning_until_all_is_well(store: Store) -> None:
    store.troubles.ill("mail", "away", NOW)
    store.troubles.ill("mail", "still away", NOW + MINUTE)
    (trouble,) = store.troubles.list()
    assert (trouble.since, trouble.seen_at, trouble.detail) == (NOW, NOW + MINUTE, "still away")
    store.troubles.well("mail")
    assert store.troubles.list() == []


def test_an_occurrence_is_told_once_by_each_road(store: Store) -> None:
    store.troubles.tell(["unknown:1:1"], "relay", NOW)
    store.troubles.tell(["unknown:1:1"], "relay", NOW)
    assert store.troubles.untold(["unknown:1:1", "unknown:2:1"], "relay") == {"unknown:2:1"}
    assert store.troubles.untold(["unknown:1:1"], "hook") == {"unknown:1:1"}


OLD_EDITION = (
    "INSERT INTO editions (id, list, period, frozen_at, digest, content) "
    "VALUES (1, 'daily', '2023-08-01', '2023-08-01', 'd', '{}')"
)
OLD_DELIVERY = (  # its message stood in the same row
    "INSERT INTO deliveries (id, edition_id, recipient, state, message_id, message, attempts, changed_at) "
    "VALUES (7, 1, 'ani@kota.example', 'unknown', '<1@kliping>', BYTES, 1, '2023-08-01')"
)


def test_the_messages_of_an_older_database_are_kept(empty_url: str) -> None:
    body = "'\\x6869'" if empty_url.startswith("postgresql") else "X'6869'"
    bring_to(empty_url, "0014", [OLD_EDITION, OLD_DELIVERY.replace("BYTES", body)])
    with open_store(empty_url) as store:
        (row,) = store.deliveries.list()
        assert (row.id, row.state, row.expires_at) == (7, DeliveryState.UNKNOWN, None)
        assert store.deliveries.message(7) == b"hi"
