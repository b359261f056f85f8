"""Subscribers: who gets which list, in which language, how often; and whether they still do, and why not."""

from __future__ import annotations

import builtins
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, RowMapping, Select, delete, select, update

from pipeline.errors import NotFoundError
from pipeline.store.audit import note
from pipeline.store.database import Part, insert, reads, writes
from pipeline.store.records import Subscriber, SubscriberState
from pipeline.store.schema import subscribers

_TOKEN_BYTES = 24  # 192 random bits: nobody guesses an address that unsubscribes
_PAUSES = tuple(timedelta(hours=hours) for hours in (0, 1, 4, 16, 64, 168))  # between mails nobody answers
_FORGET = timedelta(days=30)  # after which somebody who never confirmed, and how often he asked, is forgotten
_OPERATOR = "operator"


class Subscribers(Part):
    """Verbs over subscribers. Addresses are compared and stored in lower case: one mailbox, one mail.

    Each change is written into the audit, of `subscriber:LIST/ADDRESS`, in the same transaction.
    """

    @writes
    def add(
        self,
        connection: Connection,
        address: str,
        list_name: str,
        *,
        name: str | None = None,
        language: str = "id",
        frequency: str = "daily",
        watches: Sequence[str] = (),
        cities: Sequence[str] = (),
        formats: Sequence[str] = ("html",),
        actor: str = _OPERATOR,
        reason: str | None = None,
        now: datetime,
    ) -> Subscriber:
        """Enter an active subscriber, or make one that is there, whatever became of him, active with these wishes."""
        wishes = _wishes(name, language, frequency, watches, cities, formats)
        made = _enter(connection, address, list_name, {**wishes, "state": SubscriberState.ACTIVE.value}, now)
        if made is not None:
            _note(connection, made, actor, "subscribe", reason, wishes, now)
            return made
        row = _locked(connection, address, list_name)
        values = {**wishes, "asked": None, "asks": 0}
        if row["state"] != SubscriberState.ACTIVE.value:
            values |= {"state": SubscriberState.ACTIVE.value, "state_at": now, "state_reason": reason}
        changed = _set(connection, row["id"], values)
        action = _told(_subscriber(row), changed)
        if action:
            _note(connection, changed, actor, action, reason, wishes, now)
        return changed

    @writes
    def change(
        self, connection: Connection, subscriber_id: int, wishes: Mapping[str, object], *, actor: str, now: datetime
    ) -> Subscriber:
        """Give a subscriber other wishes; whether mail comes stays as it is. Raises `NotFoundError`."""
        before = _by_id(connection, subscriber_id)
        changed = _set(connection, subscriber_id, dict(wishes))
        if _told(before, changed):
            _note(connection, changed, actor, "change", None, wishes, now)
        return changed

    @writes
    def remove(
        self,
        connection: Connection,
        address: str,
        list_name: str,
        now: datetime,
        *,
        actor: str = _OPERATOR,
        reason: str | None = None,
    ) -> Subscriber:
        """No further edition goes there. Raises `NotFoundError` when the address does not get the list."""
        row = connection.execute(_of(address, list_name).with_for_update()).mappings().first()
        if row is None or row["state"] == SubscriberState.UNSUBSCRIBED.value:
            raise NotFoundError(f"{address}: does not get list {list_name}; see `kliping subscribers list`")
        return _move(connection, _subscriber(row), SubscriberState.UNSUBSCRIBED, reason, actor=actor, now=now)

    @writes
    def move(
        self,
        connection: Connection,
        subscriber_id: int,
        state: SubscriberState,
        *,
        reason: str | None = None,
        actor: str = _OPERATOR,
        now: datetime,
    ) -> Subscriber:
        """Another state; one that he is in already changes nothing. Raises `NotFoundError`."""
        return _move(connection, _by_id(connection, subscriber_id), state, reason, actor=actor, now=now)

    @writes
    def ask(  # noqa: PLR0917 (one of them is the decorator's)
        self,
        connection: Connection,
        address: str,
        list_name: str,
        wishes: Mapping[str, object],
        actor: str,
        now: datetime,
    ) -> Subscriber | None:
        """Somebody says that he wants this list: keep what he asks for until he confirms. None: he asks too often.

        Of somebody active nothing is changed. After each mail that nobody answers the next waits longer: whoever
        writes a stranger's address into the form cannot fill that mailbox.
        """
        _forget(connection, now)
        pending = {**wishes, "state": SubscriberState.PENDING.value, "asked": dict(wishes)}
        made = _enter(connection, address, list_name, {**pending, "asked_at": now, "asks": 1}, now)
        if made is not None:
            _note(connection, made, actor, "ask", None, wishes, now)
            return made
        row = _locked(connection, address, list_name)
        asks = row["asks"] if row["asked_at"] and now - row["asked_at"] < _FORGET else 0
        if asks and now - row["asked_at"] < _PAUSES[min(asks, len(_PAUSES) - 1)]:
            return None
        asked = None if row["state"] == SubscriberState.ACTIVE.value else dict(wishes)
        values = {"asked": asked, "asked_at": now, "asks": asks + 1, "mailed_at": None}
        return _set(connection, row["id"], values)

    @writes
    def confirm(
        self, connection: Connection, subscriber_id: int, *, actor: str, now: datetime, since: datetime | None = None
    ) -> Subscriber | None:
        """Make active who asked for it (since then), with the wishes he had. None when he did not, or too long ago."""
        before = _by_id(connection, subscriber_id)
        if before.asked is None or before.asked_at is None or (since is not None and before.asked_at < since):
            return None
        values = {**before.asked, "asked": None, "asks": 0, "state": SubscriberState.ACTIVE.value}
        confirmed = _set(connection, subscriber_id, {**values, "state_at": now, "state_reason": "confirmed by mail"})
        _note(connection, confirmed, actor, "confirm", None, before.asked, now)
        return confirmed

    @writes
    def take_unmailed(self, connection: Connection, now: datetime, limit: int = 20) -> builtins.list[Subscriber]:
        """Who asked and has no mail about it yet, the first first; from now on they count as mailed."""
        waiting = select(subscribers).where(subscribers.c.asked_at.is_not(None), subscribers.c.mailed_at.is_(None))
        query = waiting.order_by(subscribers.c.asked_at, subscribers.c.id).limit(limit).with_for_update()
        rows = [_subscriber(row) for row in connection.execute(query).mappings()]
        ids = [one.id for one in rows]
        connection.execute(update(subscribers).where(subscribers.c.id.in_(ids)).values(mailed_at=now))
        return rows

    @writes
    def give_back(self, connection: Connection, subscriber_id: int) -> None:
        """The mail about what he asked surely did not leave: it is tried again."""
        connection.execute(update(subscribers).where(subscribers.c.id == subscriber_id).values(mailed_at=None))

    @reads
    def get(self, connection: Connection, address: str, list_name: str) -> Subscriber | None:
        """Also one that gets nothing any more."""
        row = connection.execute(_of(address, list_name)).mappings().first()
        return _subscriber(row) if row else None

    @reads
    def by_id(self, connection: Connection, subscriber_id: int) -> Subscriber | None:
        """Whatever his state."""
        row = connection.execute(select(subscribers).where(subscribers.c.id == subscriber_id)).mappings().first()
        return _subscriber(row) if row else None

    @reads
    def list(
        self,
        connection: Connection,
        list_name: str | None = None,
        *,
        removed: bool = False,
        state: SubscriberState | None = None,
    ) -> builtins.list[Subscriber]:
        """Who gets one list, or any, by address; `removed`: all, whatever their state; `state`: those in it."""
        query = select(subscribers).order_by(subscribers.c.address, subscribers.c.list)
        if list_name is not None:
            query = query.where(subscribers.c.list == list_name)
        if state is not None or not removed:
            query = query.where(subscribers.c.state == (state or SubscriberState.ACTIVE).value)
        return [_subscriber(row) for row in connection.execute(query).mappings()]


def move_all(
    connection: Connection, address: str, state: SubscriberState, reason: str, *, actor: str, now: datetime
) -> builtins.list[Subscriber]:
    """Within the caller's transaction: every active subscription of the address into that state."""
    query = select(subscribers).where(
        subscribers.c.address == address, subscribers.c.state == SubscriberState.ACTIVE.value
    )
    rows = connection.execute(query.order_by(subscribers.c.id).with_for_update()).mappings().all()
    return [_move(connection, _subscriber(row), state, reason, actor=actor, now=now) for row in rows]


def move_one(
    connection: Connection, subscriber_id: int, state: SubscriberState, reason: str, *, actor: str, now: datetime
) -> Subscriber | None:
    """Within the caller's transaction: an active subscription into that state; None when it is not active."""
    row = connection.execute(select(subscribers).where(subscribers.c.id == subscriber_id).with_for_update()).mappings()
    before = row.first()
    if before is None or before["state"] != SubscriberState.ACTIVE.value:
        return None
    return _move(connection, _subscriber(before), state, reason, actor=actor, now=now)


def _move(
    connection: Connection, before: Subscriber, state: SubscriberState, reason: str | None, *, actor: str, now: datetime
) -> Subscriber:
    if before.state is state:
        return before
    values = {"state": state.value, "state_at": now, "state_reason": reason, "asked": None}
    moved = _set(connection, before.id, values)
    action = {
        SubscriberState.ACTIVE: "resume",
        SubscriberState.UNSUBSCRIBED: "unsubscribe",
        SubscriberState.SUPPRESSED: "suppress",
    }[state]
    _note(connection, moved, actor, action, reason, {"was": before.state.value}, now)
    return moved


def _wishes(  # noqa: PLR0917 (the columns, in their order)
    name: str | None,
    language: str,
    frequency: str,
    watches: Sequence[str],
    cities: Sequence[str],
    formats: Sequence[str],
) -> dict[str, object]:
    lists = {"watches": [*watches], "cities": [*cities], "formats": [*formats]}
    return {"name": name, "language": language, "frequency": frequency, **lists}


def _told(before: Subscriber, after: Subscriber) -> str | None:
    """What the audit calls the change; None when there is none."""
    if before.state is not after.state:
        return "resubscribe"
    return "change" if before.wishes != after.wishes else None


def _enter(
    connection: Connection, address: str, list_name: str, values: Mapping[str, object], now: datetime
) -> Subscriber | None:
    """A new row; None where the address is on the list already, in whatever state."""
    fixed = {"address": address.strip().lower(), "list": list_name, "created_at": now, "state_at": now}
    new = insert(connection, subscribers).values(**values, **fixed, token=secrets.token_urlsafe(_TOKEN_BYTES))
    there = new.on_conflict_do_nothing(index_elements=["address", "list"])
    row = connection.execute(there.returning(subscribers)).mappings().first()
    return _subscriber(row) if row else None


def _set(connection: Connection, subscriber_id: int, values: Mapping[str, object]) -> Subscriber:
    changed = update(subscribers).where(subscribers.c.id == subscriber_id).values(**values)
    return _subscriber(connection.execute(changed.returning(subscribers)).mappings().one())


def _forget(connection: Connection, now: datetime) -> None:
    """Who never confirmed has never said that we may keep his address."""
    pending = subscribers.c.state == SubscriberState.PENDING.value
    connection.execute(delete(subscribers).where(pending, subscribers.c.asked_at < now - _FORGET))


def _note(  # noqa: PLR0917 (an entry's parts)
    connection: Connection,
    subscriber: Subscriber,
    actor: str,
    action: str,
    reason: str | None,
    detail: Mapping[str, object],
    now: datetime,
) -> None:
    note(connection, actor, action, subscriber.target, reason=reason, detail=detail, now=now)


def _locked(connection: Connection, address: str, list_name: str) -> RowMapping:
    return connection.execute(_of(address, list_name).with_for_update()).mappings().one()


def _by_id(connection: Connection, subscriber_id: int) -> Subscriber:
    query = select(subscribers).where(subscribers.c.id == subscriber_id).with_for_update()
    row = connection.execute(query).mappings().first()
    if row is None:
        raise NotFoundError(f"subscriber {subscriber_id}: is not stored; see `kliping subscribers list`")
    return _subscriber(row)


def _of(address: str, list_name: str) -> Select[tuple[object, ...]]:
    return select(subscribers).where(subscribers.c.address == address.strip().lower(), subscribers.c.list == list_name)


def _subscriber(row: RowMapping) -> Subscriber:
    lists = {name: tuple(row[name]) for name in ("watches", "cities", "formats")}
    return Subscriber(**{**row, **lists, "state": SubscriberState(row["state"])})
