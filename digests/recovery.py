"""What senders that died left behind, and what the journal knows that the database does not.

Nothing is guessed: a message is sent again only where the journal proves that nothing of it left; it counts as sent
only where a reply or a file says so; everything else is `unknown` and waits for a person.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from digests import outbox
from digests.expiry import again
from digests.journal import Entry, Journal, Key, Road, Step
from digests.turn import turn
from pipeline.config import Settings
from pipeline.errors import DeliveryError, NotFoundError
from pipeline.store import DeliveryRecord, DeliveryState, EditionRecord, Store

_SETTLED = {
    Step.DATA: DeliveryState.UNKNOWN,
    Step.SENT: DeliveryState.SENT,
    Step.FAILED: DeliveryState.FAILED,
    Step.UNKNOWN: DeliveryState.UNKNOWN,
}  # how far a message got, where it must not go out again
_LEFT = (Step.DATA, Step.SENT, Step.UNKNOWN)  # somebody may have it
_HELD = frozenset({DeliveryState.UNKNOWN, DeliveryState.FAILED, DeliveryState.EXPIRED})
_RESOLVED = {"skip": _HELD, "resend": _HELD | {DeliveryState.SKIPPED}}  # decision: states it is for
_MEMORY = timedelta(days=45)  # a database restored from before this is missing later editions, too


Waiting = tuple[EditionRecord, DeliveryRecord]


def key(edition: EditionRecord, delivery: DeliveryRecord) -> Key:
    return edition.list, edition.period, delivery.recipient


def settled(entry: Entry | None) -> DeliveryState | None:
    """The state that the journal proves; None: nothing forbids sending."""
    return _SETTLED.get(entry.step) if entry else None


def recover(store: Store, settings: Settings, journal: Journal, *, now: datetime) -> list[DeliveryRecord]:
    """Settle what is `sending`. Only for whoever has the turn: every former sender is dead or cut off."""
    found = []
    for delivery in store.deliveries.list(state=DeliveryState.SENDING):
        edition = edition_of(store, delivery)
        entry = journal.last.get(key(edition, delivery))
        state, detail = _left_behind(settings, entry)
        found.append(store.deliveries.mark(delivery.id, state, detail, now=now))
        if entry and state is not DeliveryState.PENDING and entry.step.value != state.value:
            journal.write(replace(entry, at=now, step=Step(state.value), detail=detail))
    return found


def _left_behind(settings: Settings, entry: Entry | None) -> tuple[DeliveryState, str]:
    if entry is None:
        return DeliveryState.UNKNOWN, "taken up by a sender that this outbox's journal does not know"
    if entry.road is Road.OUTBOX and entry.step is Step.SENDING and outbox.has(settings.outbox, entry.message_id):
        return DeliveryState.SENT, "the file was already there"
    state = settled(entry)
    if state is DeliveryState.UNKNOWN:
        return state, entry.detail or "the sender died after the message was handed over, before the server's reply"
    if state is not None:
        return state, entry.detail or "as the journal says"
    return DeliveryState.PENDING, "the sender died before anything was handed over"


def behind(store: Store, journal: Journal, due: Iterable[Waiting], *, now: datetime) -> set[Key]:
    """What the journal knows to have left, while the database lacks it or would send it: an older database."""
    waiting = {key(edition, delivery) for edition, delivery in due}
    found = {entry.key for entry in journal.last.values() if entry.key in waiting and settled(entry)}
    recent = [entry for entry in journal.last.values() if entry.step in _LEFT and entry.at > now - _MEMORY]
    for list_name, period in sorted({entry.key[:2] for entry in recent}):
        if store.editions.get(list_name, period) is None:
            found |= {entry.key for entry in recent if entry.key[:2] == (list_name, period)}
    return found - journal.reconciled


def refuse_behind(keys: set[Key]) -> None:
    """Raises `DeliveryError` when the database is older than the journal."""
    if keys:
        first = min(keys)
        raise DeliveryError(
            f"the outbox journal knows of {len(keys)} messages that this database does not (first: "
            f"{first[0]}/{first[1]} to {first[2]}): nothing is sent; restore the newer database, "
            "or run `kliping digest reconcile`"
        )


def reconcile(store: Store, settings: Settings, *, actor: str, now: datetime) -> int:
    """A person accepts the older database; what the journal knows to have left stays sent. How many those are."""
    with turn(store, settings, lambda: now) as mine:
        recover(store, settings, mine.journal, now=now)
        due = [(edition_of(store, delivery), delivery) for delivery in store.deliveries.waiting()]
        keys = behind(store, mine.journal, due, now=now)
        for edition, delivery in due:
            state = settled(mine.journal.last.get(key(edition, delivery)))
            if state is not None:
                store.deliveries.mark(delivery.id, state, "as the journal says", now=now)
        for name in sorted(keys):
            mine.journal.write(replace(mine.journal.last[name], at=now, step=Step.RECONCILED, detail=actor))
    store.audit.add(actor, "reconcile", "deliveries", detail={"messages": len(keys)}, now=now)
    return len(keys)


def resolve(
    store: Store, settings: Settings, delivery_ids: Iterable[int], decision: str, *, actor: str, now: datetime
) -> list[DeliveryRecord]:
    """A person's word, `resend` or `skip`, on what is held, has failed or expired; a skip is undone by `resend`.

    All or nothing: raises `NotFoundError` or `DeliveryError` before the first is changed. Audited, each by itself.
    """
    if decision not in _RESOLVED:
        raise DeliveryError(f"{decision!r}: say resend or skip")
    chosen = [_resolvable(store, number, decision) for number in dict.fromkeys(delivery_ids)]
    if decision == "resend":
        _release(store, settings, chosen, actor=actor, now=now)
    settled_now = []
    for before in chosen:
        why = f"{decision} by {actor}"
        if decision == "resend":
            after = store.deliveries.resend(before.id, why, again(settings, now), now)
        else:
            after = store.deliveries.mark(before.id, DeliveryState.SKIPPED, why, now=now)
        detail = {"recipient": before.recipient, "was": before.state.value, "why": before.detail}
        store.audit.add(actor, decision, f"delivery:{before.id}", detail=detail, now=now)
        settled_now.append(after)
    return settled_now


def _resolvable(store: Store, delivery_id: int, decision: str) -> DeliveryRecord:
    delivery = store.deliveries.get(delivery_id)
    if delivery is None:
        raise NotFoundError(f"delivery {delivery_id}: is not stored; see `kliping digest deliveries`")
    if delivery.state not in _RESOLVED[decision]:
        states = ", ".join(sorted(_RESOLVED[decision]))
        raise DeliveryError(f"delivery {delivery_id}: is {delivery.state}; {decision} is for what is {states}")
    return delivery


def _release(
    store: Store, settings: Settings, deliveries: Iterable[DeliveryRecord], *, actor: str, now: datetime
) -> None:
    """Tell the journal that a person wants them out again."""
    road = Road.SMTP if settings.mail.host else Road.OUTBOX
    names = [(key(edition_of(store, delivery), delivery), delivery.message_id) for delivery in deliveries]
    with Journal(settings.outbox) as journal:
        entries = (Entry(now, Step.RELEASED, name, message_id, road, actor) for name, message_id in names)
        journal.sync(journal.append(entries))


def edition_of(store: Store, delivery: DeliveryRecord) -> EditionRecord:
    """The edition it belongs to."""
    edition = store.editions.by_id(delivery.edition_id)
    if edition is None:  # a foreign key forbids it
        raise NotFoundError(f"delivery {delivery.id}: its edition is not stored")
    return edition
