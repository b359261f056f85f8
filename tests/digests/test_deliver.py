"""Deliveries against real mail servers, well behaved and ill: every outcome is recorded, nothing is sent twice."""

from __future__ import annotations

import json
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import pytest

from digests import messages
from digests.deliver import DeliveryReport, deliver, deliver_due
from digests.journal import Journal, Step, read
from digests.mailbox import serve_mailbox
from digests.recovery import reconcile, resolve
from pipeline.config import DigestSettings
from pipeline.errors import DeliveryError, LeasedError, NotFoundError, SettingsError
from pipeline.store import DeliveryState, EditionRecord, Store, open_store
from tests.digests.examples import article
from tests.digests.servers import Server, serve
from tests.digests.world import FROZEN, crawl, edition, settings, subscribe

SENT, PENDING, DEFERRED = DeliveryState.SENT, DeliveryState.PENDING, DeliveryState.DEFERRED
FAILED, UNKNOWN, SKIPPED = DeliveryState.FAILED, DeliveryState.UNKNOWN, DeliveryState.SKIPPED
EXPIRED = DeliveryState.EXPIRED
LATER = FROZEN + timedelta(hours=8)


def through(server: Server, home: Path, **mail: object) -> dict[str, object]:
    return {"host": "127.0.0.1", "port": server.port, **mail}


def send(store: Store, home: Path, record: EditionRecord, server: Server, **mail: object) -> DeliveryReport:
    return deliver(store, settings(home, host="127.0.0.1", port=server.port, **mail), record, now=FROZEN)


def states(store: Store) -> dict[str, DeliveryState]:
    return {row.recipient: row.state for row in store.deliveries.list()}


def test_every_subscriber_gets_the_message_once_over_one_connection(store: Store, tmp_path: Path) -> None:
    people = subscribe(store, 5)
    record = edition(store, tmp_path)
    with serve() as server:
        report = send(store, tmp_path, record, server)
        again = send(store, tmp_path, record, server)
    assert report.complete
    assert report.states == {SENT: 5}
    assert again.attempted == ()
    assert server.got == dict.fromkeys(people, 1)
    assert len(server.message_ids()) == 5


def test_without_a_mail_server_each_message_is_written_once(store: Store, tmp_path: Path) -> None:
    subscribe(store, 2)
    record = edition(store, tmp_path)
    report = deliver(store, settings(tmp_path), record, now=FROZEN)
    files = sorted((tmp_path / "outbox").glob("*.eml"))
    assert report.complete
    assert len(files) == 2
    rows = store.deliveries.list()
    assert sorted(file.read_bytes() for file in files) == sorted(store.deliveries.message(row.id) for row in rows)
    before = [file.stat().st_mtime_ns for file in files]
    deliver(store, settings(tmp_path), record, now=FROZEN)
    assert [file.stat().st_mtime_ns for file in files] == before


def test_nobody_on_the_list_is_no_trouble(store: Store, tmp_path: Path) -> None:
    report = deliver(store, settings(tmp_path), edition(store, tmp_path), now=FROZEN)
    assert (report.attempted, report.states, report.trouble) == ((), {}, None)


@pytest.mark.parametrize(
    ("replies", "expected", "detail"),
    [
        ({"RCPT": "550 no such user"}, FAILED, "recipient: 550 no such user"),
        ({"RCPT": "451 try later"}, DEFERRED, "recipient: 451 try later"),
        ({"MAIL": "451 busy"}, DEFERRED, "sender: 451 busy"),
        ({"MAIL": "553 not you"}, FAILED, "sender: 553 not you"),
        ({"DATA": "554 spam"}, FAILED, "end of message: 554 spam"),
        ({"DATA": "452 full"}, DEFERRED, "end of message: 452 full"),
        ({"DATA": "299"}, SENT, "end of message: 299"),
        ({"DATA": "nonsense"}, UNKNOWN, "end of message: -1"),
        ({"DATA": "drop"}, UNKNOWN, "connection lost after the message"),
        ({"DATA": "stall"}, UNKNOWN, "connection lost after the message"),
        ({"RCPT": "drop"}, DEFERRED, "connection lost before the message"),
        ({"RCPT": "stall"}, DEFERRED, "connection lost before the message"),
        ({"MAIL": "drop"}, DEFERRED, "connection lost before the message"),
        ({"MAIL": "421 closing"}, DEFERRED, "sender: 421 closing"),
    ],
    ids=lambda value: " ".join(f"{k} {v}" for k, v in value.items()) if isinstance(value, dict) else None,
)
def test_the_servers_answer_decides(
    sqlite_url: str, tmp_path: Path, replies: dict[str, str], expected: DeliveryState, detail: str
) -> None:
    with open_store(sqlite_url) as store, serve(replies) as server:
        subscribe(store, 1)
        report = send(store, tmp_path, edition(store, tmp_path), server, timeout=0.5)
        (row,) = store.deliveries.list()
    assert row.state is expected
    assert row.detail is not None
    assert row.detail.startswith(detail)
    assert (row.next_attempt_at is not None) == (expected is DEFERRED)
    assert report.complete == (expected is SENT)
    assert [entry.step for entry in read(tmp_path / "outbox" / "journal.jsonl")][-1] == expected.value


def test_one_refused_recipient_does_not_stop_the_others(store: Store, tmp_path: Path) -> None:
    people = subscribe(store, 4)
    record = edition(store, tmp_path)
    with serve({people[1]: "550 unknown", people[2]: "450 later"}) as server:
        report = send(store, tmp_path, record, server)
    assert states(store) == {people[0]: SENT, people[1]: FAILED, people[2]: DEFERRED, people[3]: SENT}
    assert not report.complete
    assert report.trouble is None


def test_what_was_deferred_is_sent_when_its_time_has_come(store: Store, tmp_path: Path) -> None:
    people = subscribe(store, 2)
    record = edition(store, tmp_path)
    with serve({"RCPT": "451 later"}) as server:
        send(store, tmp_path, record, server)
    with serve() as server:
        assert send(store, tmp_path, record, server).attempted == ()
        chosen = settings(tmp_path, host="127.0.0.1", port=server.port)
        report = deliver_due(store, chosen, now=LATER)
        assert [done.state for done in report.attempted] == [SENT, SENT]
        assert server.got == dict.fromkeys(people, 1)


def test_after_twelve_attempts_a_message_has_failed(sqlite_url: str, tmp_path: Path) -> None:
    with open_store(sqlite_url) as store, serve({"RCPT": "451 later"}) as server:
        subscribe(store, 1)
        record = edition(store, tmp_path)
        send(store, tmp_path, record, server)
        for number in range(1, 12):
            chosen = settings(tmp_path, host="127.0.0.1", port=server.port)
            chosen = chosen.model_copy(update={"digest": DigestSettings(expires_hours=72)})
            deliver_due(store, chosen, now=FROZEN + number * timedelta(hours=5))
        (row,) = store.deliveries.list()
    assert (row.state, row.attempts) == (FAILED, 12)
    assert "given up" in (row.detail or "")


def test_a_missing_mail_server_is_one_line_and_nothing_is_lost(store: Store, tmp_path: Path) -> None:
    subscribe(store, 3)
    record = edition(store, tmp_path)
    report = deliver(store, settings(tmp_path, host="127.0.0.1", port=1), record, now=FROZEN)
    assert report.trouble is not None
    assert "\n" not in report.trouble
    assert "127.0.0.1:1: cannot be reached" in report.trouble
    assert set(states(store).values()) <= {PENDING, DEFERRED}
    with serve() as server:
        chosen = settings(tmp_path, host="127.0.0.1", port=server.port)
        assert deliver_due(store, chosen, now=LATER).states == {SENT: 3}


def test_a_server_that_drops_every_connection_is_left_alone(store: Store, tmp_path: Path) -> None:
    subscribe(store, 8)
    record = edition(store, tmp_path)
    with serve({"DATA": "drop"}) as server:
        report = send(store, tmp_path, record, server)
    assert report.trouble is not None
    assert sorted(states(store).values()).count(UNKNOWN) == 3
    assert server.got.total() == 3


def test_a_connection_gone_stale_is_opened_anew(store: Store, tmp_path: Path) -> None:
    people = subscribe(store, 3)
    record = edition(store, tmp_path)
    with serve({people[1]: "drop"}) as server:
        send(store, tmp_path, record, server)
    assert states(store) == {people[0]: SENT, people[1]: DEFERRED, people[2]: SENT}


def test_an_unknown_delivery_is_held_until_a_person_decides(store: Store, tmp_path: Path) -> None:
    subscribe(store, 2)
    record = edition(store, tmp_path)
    with serve({"DATA": "drop"}, keeps_before_drop=False) as server:
        send(store, tmp_path, record, server)
    first, second = store.deliveries.list()
    with serve() as server:
        chosen = settings(tmp_path, host="127.0.0.1", port=server.port)
        assert deliver_due(store, chosen, now=LATER).attempted == ()
        resolve(store, chosen, [first.id], "resend", actor="budi", now=LATER)
        resolve(store, chosen, [second.id], "skip", actor="budi", now=LATER)
        deliver_due(store, chosen, now=LATER)
        assert server.got == {first.recipient: 1}
    assert list(states(store).values()) == [SENT, SKIPPED]
    assert [entry.action for entry in store.audit.list()][:2] == ["skip", "resend"]


@pytest.mark.parametrize(("decision", "number"), [("maybe", 1), ("resend", 99), ("resend", 1)])
def test_only_what_is_held_can_be_resolved(store: Store, tmp_path: Path, decision: str, number: int) -> None:
    subscribe(store, 1)
    deliver(store, settings(tmp_path), edition(store, tmp_path), now=FROZEN)
    with pytest.raises((DeliveryError, NotFoundError)):
        resolve(store, settings(tmp_path), [number], decision, actor="budi", now=LATER)


def test_two_senders_never_send_together(store: Store, tmp_path: Path) -> None:
    subscribe(store, 1)
    record = edition(store, tmp_path)
    with Journal(tmp_path / "outbox"), pytest.raises(LeasedError, match="another sender"):
        deliver(store, settings(tmp_path), record, now=FROZEN)
    store.leases.claim("deliveries", "another machine", timedelta(minutes=1), FROZEN)
    with pytest.raises(LeasedError, match="another machine"):
        deliver(store, settings(tmp_path), record, now=FROZEN)
    assert set(states(store).values()) == {PENDING}


def interrupted(store: Store, home: Path, step: Step | None) -> tuple[EditionRecord, int]:
    """A delivery whose sender was killed after that step."""
    subscribe(store, 1)
    record = edition(store, home)
    chosen = settings(home, host="127.0.0.1")
    (row,) = messages.freeze(store, chosen, record, now=FROZEN)
    store.deliveries.claim(row.id, 1, FROZEN)
    line = {
        "at": FROZEN.isoformat(), "list": "daily", "period": record.period, "recipient": row.recipient,
        "message_id": row.message_id, "road": "smtp", "detail": None,
    }  # fmt: skip
    (home / "outbox").mkdir(parents=True, exist_ok=True)
    steps = [] if step is None else [Step.SENDING, Step.DATA, Step.SENT][: list(Step).index(step) + 1]
    text = "".join(json.dumps({**line, "step": one}) + "\n" for one in steps) + '{"at": "2023-0'
    (home / "outbox" / "journal.jsonl").write_text(text)
    return record, row.id


@pytest.mark.parametrize(
    ("step", "expected", "mails"),
    [(None, UNKNOWN, 0), (Step.SENDING, SENT, 1), (Step.DATA, UNKNOWN, 0), (Step.SENT, SENT, 0)],
)
def test_what_a_dead_sender_left_is_settled_by_the_journal(
    store: Store, tmp_path: Path, step: Step | None, expected: DeliveryState, mails: int
) -> None:
    record, _ = interrupted(store, tmp_path, step)
    with serve() as server:
        send(store, tmp_path, record, server)
    assert list(states(store).values()) == [expected]
    assert server.got.total() == mails
    assert [entry.step.value for entry in read(tmp_path / "outbox" / "journal.jsonl")][-1:] == (
        [expected] if step else []
    )


def older_database(store: Store, home: Path) -> EditionRecord:
    """The journal knows of two messages that left; this database has yet to send them."""
    subscribe(store, 2)
    record = edition(store, home)
    with serve() as server:
        send(store, home, record, server)
    for row in store.deliveries.list():
        store.deliveries.mark(row.id, PENDING, now=FROZEN)
    return record


def test_a_database_older_than_the_journal_sends_nothing_until_reconciled(store: Store, tmp_path: Path) -> None:
    record = older_database(store, tmp_path)
    with serve() as server:
        with pytest.raises(DeliveryError, match="knows of 2 messages that this database does not"):
            send(store, tmp_path, record, server)
        assert reconcile(store, settings(tmp_path), actor="budi", now=LATER) == 2
        assert send(store, tmp_path, record, server).states == {SENT: 2}
        assert server.got.total() == 0


def test_an_edition_that_only_the_journal_knows_holds_all_deliveries(store: Store, tmp_path: Path) -> None:
    other = tmp_path / "other"
    with open_store(f"sqlite:///{tmp_path / 'lost.sqlite'}") as lost:
        subscribe(lost, 1)
        deliver(lost, settings(other), edition(lost, other), now=FROZEN)
    subscribe(store, 1)
    with pytest.raises(DeliveryError, match="restore the newer database"):
        deliver_due(store, settings(other), now=FROZEN)
    assert reconcile(store, settings(other), actor="budi", now=FROZEN) == 1
    report = deliver(store, settings(other), edition(store, other), now=FROZEN)
    assert [done.detail for done in report.attempted] == ["as the journal says"]


def test_a_message_frozen_before_a_withholding_does_not_leave(store: Store, tmp_path: Path) -> None:
    subscribe(store, 1)
    crawl(store, "inews", article(9, outlet="inews", event=1))
    record = edition(store, tmp_path)
    messages.freeze(store, settings(tmp_path), record, now=FROZEN)
    store.articles.correct(1, "withhold", "the outlet asked", "budi", now=FROZEN)
    report = deliver(store, settings(tmp_path), record, now=FROZEN)
    assert report.states == {SKIPPED: 1}
    assert not list((tmp_path / "outbox").glob("*.eml"))


def test_a_message_frozen_after_a_withholding_leaves_without_it(store: Store, tmp_path: Path) -> None:
    subscribe(store, 1)
    crawl(store, "inews", article(9, outlet="inews", event=1))
    record = edition(store, tmp_path)
    store.articles.correct(1, "withhold", "the outlet asked", "budi", now=FROZEN)
    assert deliver(store, settings(tmp_path), record, now=FROZEN).states == {SENT: 1}


def test_weekly_subscribers_get_the_weekly_list_only(store: Store, tmp_path: Path) -> None:
    subscribe(store, 1, frequency="weekly")
    assert deliver(store, settings(tmp_path), edition(store, tmp_path), now=FROZEN).states == {}
    assert len(messages.audience(store, "daily-weekly")) == 1


def test_an_unwritable_outbox_is_refused_in_one_line(store: Store, tmp_path: Path) -> None:
    record = edition(store, tmp_path)
    (tmp_path / "outbox").write_text("a file, no folder")
    with pytest.raises(DeliveryError, match="cannot be written"):
        deliver(store, settings(tmp_path), record, now=FROZEN)


def test_a_wrong_sender_is_refused_before_anything_is_frozen(store: Store, tmp_path: Path) -> None:
    subscribe(store, 1)
    record = edition(store, tmp_path)
    with pytest.raises(SettingsError, match=r"mail\.sender"):
        deliver(store, settings(tmp_path, sender="nobody"), record, now=FROZEN)
    assert states(store) == {}


def test_the_demo_mailbox_keeps_what_it_gets(store: Store, tmp_path: Path) -> None:
    subscribe(store, 2)
    record = edition(store, tmp_path)
    with serve_mailbox(tmp_path / "mailbox") as box:
        deliver(store, settings(tmp_path, host=box.host, port=box.port), record, now=FROZEN)
    kept = [message_from_bytes(message) for message in box.messages()]
    assert sorted(str(mail["To"]) for mail in kept) == ["pembaca0@kota.example", "pembaca1@kota.example"]
    assert len(list((tmp_path / "mailbox" / "new").iterdir())) == 2


# --- what is no news any more ----------------------------------------------------------------------------------------

OVER = FROZEN + timedelta(hours=18, minutes=5)  # the edition's hour is five minutes after its freeze


def test_an_edition_that_was_due_while_everything_was_down_is_sent_once_on_start(store: Store, tmp_path: Path) -> None:
    subscribe(store, 2)
    record = edition(store, tmp_path)
    chosen = settings(tmp_path)
    late = OVER - timedelta(minutes=1)
    assert deliver(store, chosen, record, now=late).states == {SENT: 2}
    assert deliver(store, chosen, record, now=late).attempted == ()


def test_what_has_not_left_in_time_never_leaves(store: Store, tmp_path: Path) -> None:
    subscribe(store, 3)
    record = edition(store, tmp_path)
    first, second, _ = messages.freeze(store, settings(tmp_path), record, now=FROZEN)
    store.deliveries.mark(first.id, DEFERRED, "451", OVER + timedelta(hours=3), now=FROZEN)
    store.deliveries.mark(second.id, SENT, "250", now=FROZEN)
    report = deliver(store, settings(tmp_path), record, now=OVER)
    assert report.states == {SENT: 1, EXPIRED: 2}
    assert not report.complete
    assert [done.state for done in report.attempted] == [EXPIRED, EXPIRED]
    assert "kliping digest resolve" in (report.attempted[0].detail or "")
    assert deliver(store, settings(tmp_path), record, now=OVER + timedelta(days=3)).attempted == ()
    assert list((tmp_path / "outbox").glob("*.eml")) == []


def test_a_person_may_send_what_has_expired_and_undo_a_skip(store: Store, tmp_path: Path) -> None:
    subscribe(store, 2)
    record = edition(store, tmp_path)
    deliver(store, settings(tmp_path), record, now=OVER)
    rows = [row.id for row in store.deliveries.list()]
    resolve(store, settings(tmp_path), rows, "skip", actor="budi", now=OVER)
    assert set(states(store).values()) == {SKIPPED}
    resolve(store, settings(tmp_path), rows, "resend", actor="budi", now=OVER)
    assert deliver(store, settings(tmp_path), record, now=OVER).states == {SENT: 2}
    assert [entry.action for entry in store.audit.list()][:4] == ["resend", "resend", "skip", "skip"]


def test_a_message_with_an_expiry_of_its_own_has_that_one(store: Store, tmp_path: Path) -> None:
    record = edition(store, tmp_path)
    for name, until in (("early", FROZEN), ("late", OVER + timedelta(days=1))):
        store.deliveries.freeze(record.id, f"{name}@b.example", f"<{name}@b>", b"x", FROZEN, expires_at=until)
    deliver_due(store, settings(tmp_path), now=OVER)
    assert states(store) == {"early@b.example": EXPIRED, "late@b.example": SENT}


def test_nothing_is_settled_when_one_of_them_cannot_be(store: Store, tmp_path: Path) -> None:
    subscribe(store, 1)
    deliver(store, settings(tmp_path), edition(store, tmp_path), now=OVER)
    with pytest.raises(NotFoundError):
        resolve(store, settings(tmp_path), [1, 99], "skip", actor="budi", now=OVER)
    assert set(states(store).values()) == {EXPIRED}


def test_a_journal_that_was_read_is_read_again_only_when_there_is_something_to_do(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    real = Journal.__init__

    def counted(self: Journal, folder: Path) -> None:
        opened.append(folder)
        real(self, folder)

    monkeypatch.setattr(Journal, "__init__", counted)
    with open_store(sqlite_url) as store:
        subscribe(store, 1)
        record = edition(store, tmp_path)
        deliver_due(store, settings(tmp_path), now=FROZEN)
        deliver_due(store, settings(tmp_path), now=FROZEN)
        assert len(opened) == 1
        messages.freeze(store, settings(tmp_path), record, now=FROZEN)
        assert deliver_due(store, settings(tmp_path), now=FROZEN).states == {SENT: 1}
        deliver_due(store, settings(tmp_path), now=FROZEN)
    assert len(opened) == 2
