"""Sends what is frozen, each message once: to the mail server, or to the outbox folder where none is configured.

For every message: journal "sending", claim the row, hand over (journal "data" when the server waits for the body),
journal the outcome, mark the row. A kill between any two leaves a state that `recovery` settles without guessing.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from digests import editions, messages, outbox
from digests.journal import Entry, Road, Step
from digests.model import Content
from digests.recovery import Waiting, behind, edition_of, key, recover, refuse_behind, settled
from digests.selection import select
from digests.smtp import Connection, Outcome, Result
from digests.turn import Turn, turn
from pipeline.config import Settings
from pipeline.errors import DeliveryError, LeasedError
from pipeline.store import DeliveryRecord, DeliveryState, EditionRecord, Store

_PAUSES = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 30, 60, 120, 240))
_ATTEMPTS = 12  # then a deferred message has failed: with these pauses after a day and a half
_LOST = 3  # connections lost in a row: the server is ill, the rest waits
_DONE = (DeliveryState.SENT, DeliveryState.SKIPPED)


@dataclass(frozen=True, slots=True)
class Attempted:
    """What came of one delivery."""

    delivery_id: int
    recipient: str
    state: DeliveryState
    detail: str | None


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What came of one call. `states` counts the deliveries of the editions concerned as they stand now."""

    road: Road
    attempted: tuple[Attempted, ...]
    states: Mapping[DeliveryState, int]
    trouble: str | None  # one line: why the sender stopped early

    @property
    def complete(self) -> bool:
        """Every message was sent, or skipped by a person."""
        return self.trouble is None and not set(self.states) - set(_DONE)


def deliver(store: Store, settings: Settings, edition: EditionRecord, *, now: datetime) -> DeliveryReport:
    """Freeze a message for every subscriber of the edition's list and send those that are due.

    Raises `LeasedError` when another sender is at work, `DeliveryError` when the database is older than the journal or
    the outbox cannot be written. A mail server that cannot be used is the report's `trouble`.
    """
    messages.freeze(store, settings, edition, now=now)
    return _send(store, settings, {edition.id}, _clock(now))


def deliver_due(store: Store, settings: Settings, *, now: datetime) -> DeliveryReport:
    """Send what is due of any edition: what was deferred or interrupted. Raises as `deliver` does."""
    return _send(store, settings, None, _clock(now))


def _clock(now: datetime) -> Callable[[], datetime]:
    """`now`, moving on as real time does."""
    start = time.monotonic()
    return lambda: now + timedelta(seconds=time.monotonic() - start)


def _send(
    store: Store, settings: Settings, edition_ids: Collection[int] | None, clock: Callable[[], datetime]
) -> DeliveryReport:
    with turn(store, settings, clock) as mine:
        outbox.sweep(settings.outbox)
        found = [
            delivery
            for delivery in recover(store, settings, mine.journal, now=clock())
            if _wanted(delivery, edition_ids)
        ]
        due = _due(store, edition_ids, clock())
        refuse_behind(behind(store, mine.journal, due, now=clock()))
        sender = _Sender(settings, mine)
        attempted, trouble = sender.send(due)
    concerned = edition_ids or {delivery.edition_id for _, delivery in due} | {
        delivery.edition_id for delivery in found
    }
    recovered = [_attempted(delivery) for delivery in found if delivery.state is not DeliveryState.PENDING]
    return DeliveryReport(sender.road, (*recovered, *attempted), _states(store, concerned), trouble)


def _wanted(delivery: DeliveryRecord, edition_ids: Collection[int] | None) -> bool:
    return edition_ids is None or delivery.edition_id in edition_ids


def _due(store: Store, edition_ids: Collection[int] | None, now: datetime) -> list[Waiting]:
    known: dict[int, EditionRecord] = {}
    for delivery in (due := [row for row in store.deliveries.due(now) if _wanted(row, edition_ids)]):
        if delivery.edition_id not in known:
            known[delivery.edition_id] = edition_of(store, delivery)
    return [(known[delivery.edition_id], delivery) for delivery in due]


def _states(store: Store, edition_ids: Iterable[int]) -> dict[DeliveryState, int]:
    return dict(Counter(row.state for edition in sorted(edition_ids) for row in store.deliveries.list(edition)))


def _attempted(delivery: DeliveryRecord) -> Attempted:
    return Attempted(delivery.id, delivery.recipient, delivery.state, delivery.detail)


class _Sender:
    """Sends one after the other over one connection, recording each outcome before the next begins."""

    def __init__(self, settings: Settings, mine: Turn) -> None:
        self.road = Road.SMTP if settings.mail.host else Road.OUTBOX
        self._settings, self._turn, self._store = settings, mine, mine.store
        self._hidden: dict[int, Content | None] = {}

    def send(self, due: Iterable[Waiting]) -> tuple[list[Attempted], str | None]:
        """(what came of each, why it stopped early)."""
        attempted: list[Attempted] = []
        lost = 0
        with ExitStack() as stack:
            hand_over = self._way(stack)
            for edition, delivery in due:
                try:
                    done, outcome = self._one(edition, delivery, hand_over)
                except (DeliveryError, LeasedError) as error:
                    return attempted, str(error)
                attempted += [_attempted(done)] if done else []
                lost = lost + 1 if outcome and outcome.lost else 0
                if lost >= _LOST:
                    return attempted, f"the mail server broke {lost} connections in a row; the rest waits"
        return attempted, None

    def _way(self, stack: ExitStack) -> Callable[[DeliveryRecord, Callable[[], None]], Outcome]:
        if self.road is Road.OUTBOX:
            return self._to_outbox
        secret = self._settings.smtp_password
        connection = Connection(self._settings.mail, secret.get_secret_value() if secret else None)
        stack.enter_context(connection)
        return lambda delivery, before: connection.send(delivery.recipient, delivery.message, before)

    def _to_outbox(self, delivery: DeliveryRecord, _before: Callable[[], None]) -> Outcome:
        path = outbox.write(self._settings.outbox, delivery.message_id, delivery.message)
        return Outcome(Result.SENT, f"written to {path.name}")

    def _one(
        self,
        edition: EditionRecord,
        delivery: DeliveryRecord,
        hand_over: Callable[[DeliveryRecord, Callable[[], None]], Outcome],
    ) -> tuple[DeliveryRecord | None, Outcome | None]:
        """The delivery as it stands now (None: another sender has it), and what the server said if it was asked."""
        name = key(edition, delivery)
        forbidden = settled(self._turn.journal.last.get(name))
        if forbidden is not None:  # a person has reconciled an older database
            return self._mark(delivery, forbidden, "as the journal says"), None
        if self._is_withheld(edition, delivery):
            return self._mark(delivery, DeliveryState.SKIPPED, "tells an article that was withheld since"), None
        entry = Entry(self._turn.clock(), Step.SENDING, name, delivery.message_id, self.road)
        self._turn.journal.write(entry)
        claimed = self._store.deliveries.claim(delivery.id, self._turn.lease.fence, self._turn.clock())
        if claimed is None:
            return None, None
        try:
            outcome = hand_over(claimed, partial(self._before_body, entry))
        except DeliveryError as error:
            self._mark(claimed, DeliveryState.DEFERRED, str(error), self._turn.clock() + _PAUSES[0])
            raise
        return self._record(claimed, entry, outcome), outcome

    def _before_body(self, entry: Entry) -> None:
        """The last moment at which nothing has left."""
        self._turn.keep()
        self._note(entry, Step.DATA, None)

    def _record(self, delivery: DeliveryRecord, entry: Entry, outcome: Outcome) -> DeliveryRecord:
        """Journal first: a kill before the row is marked leaves `sending`, which the journal then settles."""
        state, again = DeliveryState(outcome.result.value), None
        detail = outcome.detail
        if state is DeliveryState.DEFERRED and delivery.attempts >= _ATTEMPTS:
            state, detail = DeliveryState.FAILED, f"given up after {delivery.attempts} attempts; {detail}"
        elif state is DeliveryState.DEFERRED:
            again = self._turn.clock() + _PAUSES[min(delivery.attempts, len(_PAUSES)) - 1]
        try:
            self._note(entry, Step(state.value), detail)
        finally:
            marked = self._mark(delivery, state, detail, again)
        return marked

    def _note(self, entry: Entry, step: Step, detail: str | None) -> None:
        self._turn.journal.write(Entry(self._turn.clock(), step, entry.key, entry.message_id, entry.road, detail))

    def _mark(
        self, delivery: DeliveryRecord, state: DeliveryState, detail: str, again: datetime | None = None
    ) -> DeliveryRecord:
        return self._store.deliveries.mark(
            delivery.id, state, detail, again, fence=delivery.fence, now=self._turn.clock()
        )

    def _is_withheld(self, edition: EditionRecord, delivery: DeliveryRecord) -> bool:
        """True when a person withheld something after the message was frozen: it must not leave."""
        if edition.id not in self._hidden:
            frozen = editions.content(edition)
            hidden = set(editions.withheld(self._store, frozen))
            told = {place.version_id for story in frozen.stories for place in story.placements}
            self._hidden[edition.id] = select(frozen, without=told - hidden) if hidden else None
        content = self._hidden[edition.id]
        return content is not None and messages.carries(delivery.message, content)
