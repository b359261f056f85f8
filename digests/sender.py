"""Sends claimed messages over several connections at once, and keeps the books of it.

For every message, in this order: journal "sending" (durable), claim the row, journal "data" (durable) when the server
waits for the body, hand the body over, journal the outcome, mark the row. The clerk, who runs in the caller's thread,
does what concerns the database, for a few messages in one transaction each; a connection's thread does the rest.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from threading import Thread

from digests import editions, messages, outbox
from digests.dispatch import Dispatch, Done, Task
from digests.expiry import leaves_until
from digests.journal import Entry, Road, Step
from digests.pace import Pace
from digests.recovery import Waiting, key, settled
from digests.selection import traces
from digests.smtp import Connection, Outcome, Result, UnusableError
from digests.turn import Turn
from pipeline.config import Settings
from pipeline.errors import DeliveryError, KlipingError, LeasedError
from pipeline.store import DeliveryRecord, DeliveryState, EditionRecord, Mark

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 30, 60, 120, 240))
ATTEMPTS = 12  # then a deferred message has failed: with these pauses after a day and a half
EXPIRED = "had not left in time and is no news any more; `kliping digest resolve ID --resend` sends it nevertheless"
_AHEAD = 8  # messages claimed ahead for each connection: one transaction for some, and few to be given back
_LOOK = 0.25  # seconds between two looks of the clerk at what was done, at its lease, and whether to stop
_HandOver = Callable[[Task, Callable[[], None]], Outcome]


@dataclass(frozen=True, slots=True)
class Watch:
    """The caller's side of a long send."""

    stopping: Callable[[], bool] = lambda: False  # True: what is under way is the last
    told: Callable[[int, int], None] = lambda _done, _total: None  # (how many are done, of how many)


class Sender:
    """One call's sending. Use `send` once."""

    def __init__(self, settings: Settings, mine: Turn, watch: Watch) -> None:
        self.road = road(settings)
        self._settings, self._turn, self._store, self._watch = settings, mine, mine.store, watch
        self._hidden: dict[int, Collection[str]] = {}  # by edition: what was withheld of it since
        self._todo: deque[Waiting] = deque()
        self._attempted: list[DeliveryRecord] = []
        self.answered = False  # the server took or refused something

    def send(self, due: Iterable[Waiting]) -> tuple[list[DeliveryRecord], str | None]:
        """(what came of each, why it stopped early)."""
        self._todo = deque(due)
        if not self._todo:
            return [], None
        total = len(self._todo)
        lanes = min(self._settings.mail.connections if self.road is Road.SMTP else 1, total)
        ahead = 1 if self._settings.mail.per_minute else _AHEAD
        dispatch = Dispatch(lanes, ahead, Pace(self._settings.mail.per_minute), self._turn.clock)
        threads = [Thread(target=self._lane, args=(dispatch,), daemon=True, name=f"mail-{n}") for n in range(lanes)]
        for thread in threads:
            thread.start()
        try:
            while not dispatch.ended:
                self._work(dispatch, ahead * lanes)
                self._watch.told(len(self._attempted), total)
        except BaseException:
            dispatch.halt("stopped; the rest waits")
            raise
        finally:
            for thread in threads:
                thread.join()  # each has a bounded time to go
            self._close_books(dispatch)
        return self._attempted, dispatch.trouble

    # --- the clerk ---------------------------------------------------------------------------------------------------

    def _work(self, dispatch: Dispatch, ahead: int) -> None:
        """Write down what was done, and prepare what the connections will want next."""
        try:
            self._turn.keep()
        except LeasedError as error:
            dispatch.halt(str(error))
        if self._watch.stopping():
            dispatch.halt("stopped; the rest waits")
        if dispatch.short and self._todo:
            dispatch.add(self._prepare(ahead))
        if not self._todo:
            dispatch.close()
        self._record(dispatch, dispatch.collect(_LOOK))

    def _prepare(self, count: int) -> list[Task]:
        """Claim the next ones that may leave."""
        chosen: list[tuple[Waiting, bytes]] = []
        while self._todo and len(chosen) < count:
            edition, delivery = self._todo.popleft()
            message = self._store.deliveries.message(delivery.id)
            refusal = self._refusal(edition, delivery, message)
            if refusal is None:
                chosen.append(((edition, delivery), message))
            else:
                self._attempted.append(self._mark(delivery, *refusal))
        return self._claim(chosen)

    def _claim(self, chosen: Sequence[tuple[Waiting, bytes]]) -> list[Task]:
        """Journalled first: a row that is `sending` and not in the journal is unknown."""
        now = self._turn.clock()
        tasks = {
            delivery.id: (Entry(now, Step.SENDING, key(edition, delivery), delivery.message_id, self.road), message)
            for (edition, delivery), message in chosen
        }
        if not tasks:
            return []
        self._turn.journal.sync(self._turn.journal.append(entry for entry, _ in tasks.values()))
        claimed = self._store.deliveries.claim_all(list(tasks), self._turn.lease.fence, now)
        return [Task(delivery, *tasks[delivery.id]) for delivery in claimed]

    def _refusal(
        self, edition: EditionRecord, delivery: DeliveryRecord, message: bytes
    ) -> tuple[DeliveryState, str] | None:
        """Why it must not leave, as a state."""
        forbidden = settled(self._turn.journal.last.get(key(edition, delivery)))
        if forbidden is not None:  # a person has reconciled an older database
            return forbidden, "as the journal says"
        if leaves_until(edition, delivery, self._settings) <= self._turn.clock():
            return DeliveryState.EXPIRED, EXPIRED
        if declined := messages.declined(self._store, edition, delivery.recipient):
            return DeliveryState.SKIPPED, declined
        if self._is_withheld(edition, message):
            return DeliveryState.SKIPPED, "tells an article that was withheld since"
        return None

    def _record(self, dispatch: Dispatch, done: Sequence[Done]) -> None:
        """The journal is durable before the rows are marked: a kill in between leaves `sending`, which it settles."""
        if not done:
            return
        try:
            self._turn.journal.sync(self._turn.journal.mark)
        except DeliveryError as error:
            dispatch.halt(str(error))  # and the rows tell it alone
        self.answered |= any(each.outcome is not None and not each.outcome.lost for each in done)
        marks = [self._judged(each, dispatch.trouble) for each in done]
        marked = self._store.deliveries.mark_all(marks, self._turn.clock())
        self._attempted += marked
        if len(marked) < len(marks):
            dispatch.halt("another sender has taken over; see `kliping digest deliveries`")

    def _judged(self, done: Done, trouble: str | None) -> Mark:
        delivery, now = done.task.delivery, self._turn.clock()
        fence = delivery.fence or 0
        if done.outcome is None:
            return Mark(delivery.id, fence, DeliveryState.DEFERRED, trouble, now + PAUSES[0])
        state, detail = final_state(delivery, done.outcome)
        again = now + PAUSES[min(delivery.attempts, len(PAUSES)) - 1] if state is DeliveryState.DEFERRED else None
        return Mark(delivery.id, fence, state, detail, again)

    def _close_books(self, dispatch: Dispatch) -> None:
        self._record(dispatch, dispatch.collect(0))
        if left := dispatch.left():
            numbers = [task.delivery.id for task in left]
            self._store.deliveries.give_back(numbers, self._turn.lease.fence, self._turn.clock())

    def _mark(self, delivery: DeliveryRecord, state: DeliveryState, detail: str) -> DeliveryRecord:
        return self._store.deliveries.mark(delivery.id, state, detail, fence=delivery.fence, now=self._turn.clock())

    def _is_withheld(self, edition: EditionRecord, message: bytes) -> bool:
        """True when a person withheld something after the message was frozen: it must not leave."""
        if edition.id not in self._hidden:
            frozen = editions.content(edition)
            self._hidden[edition.id] = traces(frozen, editions.withheld(self._store, frozen))
        return bool(self._hidden[edition.id]) and messages.carries(message, self._hidden[edition.id])

    # --- a connection ------------------------------------------------------------------------------------------------

    def _lane(self, dispatch: Dispatch) -> None:
        """Take one message after the other until there is none."""
        with ExitStack() as stack:
            hand_over = self._way(stack)
            while task := dispatch.take():
                if not self._one(dispatch, task, hand_over):
                    return

    def _one(self, dispatch: Dispatch, task: Task, hand_over: _HandOver) -> bool:
        """Hand one message over; False when this connection is of no more use."""
        try:
            outcome = hand_over(task, partial(self._before_body, task.entry))
        except UnusableError as error:
            dispatch.retire(task, str(error))
            return False
        except Exception as error:  # noqa: BLE001 (the edge of a thread: nobody else would hear of it)
            self._break_off(dispatch, task, error)
            return False
        trouble = self._note_outcome(task, outcome)
        dispatch.finish(task, outcome)
        if trouble:
            dispatch.halt(trouble)
        return True

    def _break_off(self, dispatch: Dispatch, task: Task, error: Exception) -> None:
        """Nothing may be sent any more. Where the journal may hold "data", nobody can say whether this one has left."""
        why = str(error) if isinstance(error, KlipingError) else f"a defect: {type(error).__name__}: {error}"
        last = self._turn.journal.last.get(task.entry.key)
        if last is not None and last.step is Step.DATA:
            dispatch.finish(task, Outcome(Result.UNKNOWN, why, lost=True))
            dispatch.halt(why)
        else:
            dispatch.give_up(task, why)

    def _note_outcome(self, task: Task, outcome: Outcome) -> str | None:
        """Why the journal could not take it. The clerk makes it durable."""
        state, detail = final_state(task.delivery, outcome)
        try:
            self._turn.journal.append([self._entry(task.entry, Step(state.value), detail)])
        except DeliveryError as error:
            return str(error)
        return None

    def _before_body(self, entry: Entry) -> None:
        """The last moment at which nothing has left."""
        self._turn.check()
        self._turn.journal.write(self._entry(entry, Step.DATA, None))

    def _entry(self, entry: Entry, step: Step, detail: str | None) -> Entry:
        return Entry(self._turn.clock(), step, entry.key, entry.message_id, entry.road, detail)

    def _way(self, stack: ExitStack) -> _HandOver:
        if self.road is Road.OUTBOX:
            return self._to_outbox
        secret = self._settings.smtp_password
        password = secret.get_secret_value() if secret else None
        connection = Connection(self._settings.mail, password, sender=self._settings.bounces.address)
        stack.enter_context(connection)
        return lambda task, before: connection.send(task.delivery.recipient, task.message, before)

    def _to_outbox(self, task: Task, _before: Callable[[], None]) -> Outcome:
        path = outbox.write(self._settings.outbox, task.delivery.message_id, task.message)
        return Outcome(Result.SENT, f"written to {path.name}")


def road(settings: Settings) -> Road:
    """Which way messages leave."""
    return Road.SMTP if settings.mail.host else Road.OUTBOX


def final_state(delivery: DeliveryRecord, outcome: Outcome) -> tuple[DeliveryState, str]:
    """What an outcome makes of a delivery: one deferred too often has failed."""
    state = DeliveryState(outcome.result.value)
    if state is DeliveryState.DEFERRED and delivery.attempts >= ATTEMPTS:
        return DeliveryState.FAILED, f"given up after {delivery.attempts} attempts; {outcome.detail}"
    return state, outcome.detail
