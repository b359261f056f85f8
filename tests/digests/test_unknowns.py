"""Operators hear of held, expired and refused mail and of an ill sender by another road, once each."""

from __future__ import annotations

import os
import stat
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from digests import hook, messages, unknowns
from digests.deliver import deliver_due
from digests.recovery import resolve
from pipeline.config import AlarmSettings, RelaySettings, Settings
from pipeline.errors import DeliveryError
from pipeline.store import DeliveryState, Store, open_store
from tests.digests.servers import Server, serve
from tests.digests.world import FROZEN, edition, settings, subscribe

LATER = FROZEN + timedelta(minutes=1)
TO = ("ops@kota.example", "piket@kota.example")


@pytest.fixture
def store(sqlite_url: str) -> Iterator[Store]:
    """What is asked of both databases is asked in `tests/pipeline/store/test_deliveries.py`."""
    with open_store(sqlite_url) as opened:
        yield opened


def told_by(home: Path, *, relay: Server | None = None, command: str | None = None, **mail: object) -> Settings:
    chosen = RelaySettings(host="127.0.0.1" if relay else None, port=relay.port if relay else 1, security="none")
    return settings(home, **mail).model_copy(update={"alarms": AlarmSettings(to=TO, relay=chosen, hook=command)})


def hold(store: Store, home: Path, people: int = 2) -> None:
    """That many messages whose outcome nobody knows."""
    if not store.subscribers.list("daily"):
        subscribe(store, people)
        messages.freeze(store, settings(home), edition(store, home), now=FROZEN)
    with serve({"DATA": "drop"}) as server:
        deliver_due(store, settings(home, host="127.0.0.1", port=server.port), now=FROZEN)


def script(folder: Path, body: str) -> str:
    """A command that runs this Python."""
    file = folder / "page me"
    file.write_text(f"#!{sys.executable}\nimport sys, os, time, subprocess\n{body}\n")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return f"'{file}' --loud"


def test_operators_hear_by_the_relay_once(store: Store, tmp_path: Path) -> None:
    hold(store, tmp_path)
    with serve() as relay, serve() as first:
        chosen = told_by(tmp_path, relay=relay, host="127.0.0.1", port=first.port)
        told = unknowns.tell(store, chosen, now=LATER)
        again = unknowns.tell(store, chosen, now=LATER)
    assert (told.occurrences, told.roads, told.trouble) == (2, ("relay",), None)
    assert told.line() == "mail trouble: 2 told by relay"
    assert again.line() is None
    assert relay.got == dict.fromkeys(TO, 1)
    assert first.received == []  # never through the server that lost it
    mail = message_from_bytes(relay.received[0][1], policy=default)
    assert mail["Subject"] == "KLIPING: 2 message(s) held: nobody knows whether they arrived"
    body = mail.get_content()
    assert "daily 2023-08-01 to pembaca0@kota.example (ID 1): connection lost after the message" in body
    assert "kliping digest resolve ID" in body


def test_a_resent_message_that_is_unknown_again_is_told_again(store: Store, tmp_path: Path) -> None:
    hold(store, tmp_path, people=1)
    with serve() as relay:
        chosen = told_by(tmp_path, relay=relay)
        assert unknowns.tell(store, chosen, now=LATER).occurrences == 1
        resolve(store, chosen, [1], "resend", actor="budi", now=LATER + timedelta(minutes=5))
        with serve({"DATA": "drop"}) as server:
            through = settings(tmp_path, host="127.0.0.1", port=server.port)
            deliver_due(store, through, now=LATER + timedelta(minutes=6))
        assert unknowns.tell(store, chosen, now=LATER + timedelta(minutes=7)).occurrences == 1


def test_a_relay_that_is_away_is_one_line_and_asked_again(store: Store, tmp_path: Path) -> None:
    hold(store, tmp_path)
    with serve({"RCPT": "451 later"}) as relay:
        chosen = told_by(tmp_path, relay=relay)
        refused = unknowns.tell(store, chosen, now=LATER)
        relay.replies = {}
        assert unknowns.tell(store, chosen, now=LATER).occurrences == 2
    assert refused.line() == "mail trouble: no operator could be told: recipient: 451 later"
    away = unknowns.tell(store, told_by(tmp_path / "x", relay=Server(port=1)), now=LATER)
    assert away.line() is None  # told already, by that road
    store.troubles.ill("mail", "the server is away", FROZEN - timedelta(hours=1))
    away = unknowns.tell(store, told_by(tmp_path / "x", relay=Server(port=1)), now=LATER)
    assert "127.0.0.1:1: cannot be reached" in (away.line() or "")
    assert "\n" not in (away.line() or "")


def test_without_another_road_the_first_server_is_asked(store: Store, tmp_path: Path) -> None:
    hold(store, tmp_path)
    with serve() as first:
        told = unknowns.tell(store, told_by(tmp_path, host="127.0.0.1", port=first.port), now=LATER)
    assert told.roads == ("mail",)
    assert first.got == dict.fromkeys(TO, 1)


def test_where_nobody_is_to_be_told_nothing_happens(store: Store, tmp_path: Path) -> None:
    hold(store, tmp_path)
    assert unknowns.tell(store, settings(tmp_path), now=LATER) == unknowns.Told()


def test_hook_and_relay_are_each_told_and_one_that_fails_is_tried_again(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KLIPING_SMTP_PASSWORD", "rahasia")
    hold(store, tmp_path)
    out = tmp_path / "out"
    bad = script(tmp_path, "print('no line to the pager', file=sys.stderr); sys.exit(7)")
    with serve() as relay:
        told = unknowns.tell(store, told_by(tmp_path, relay=relay, command=bad), now=LATER)
        assert told.roads == ("relay",)
        assert told.trouble == "alarms.hook: ended with 7: no line to the pager"
        keep = f"open({str(out)!r}, 'w').write(repr(sys.argv[1:]) + repr(sorted(os.environ)) + sys.stdin.read())"
        good = script(tmp_path, keep)
        again = unknowns.tell(store, told_by(tmp_path, relay=relay, command=good), now=LATER)
        assert again.roads == ("hook",)
        assert unknowns.tell(store, told_by(tmp_path, relay=relay, command=good), now=LATER).line() is None
    assert relay.got == dict.fromkeys(TO, 1)
    said = out.read_text()
    assert "--loud" in said
    assert "pembaca0@kota.example" in said
    assert "KLIPING" not in said
    assert "rahasia" not in said


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("'unfinished", "alarms.hook: No closing quotation; mend its quotes"),
        ("  ", "alarms.hook: names no command"),
        ("/no/such/command", "alarms.hook: /no/such/command cannot be run: No such file or directory"),
        ("/etc/passwd", "alarms.hook: /etc/passwd cannot be run: Permission denied"),
        ("true ; touch pwned", None),  # words, not a shell's
        ("false", "alarms.hook: ended with 1"),
    ],
)
def test_a_hook_that_fails_is_one_line(command: str, words: str | None) -> None:
    assert hook.run(command, "text") == words


def test_a_hook_that_hangs_is_ended_with_all_it_started(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    body = f"child = subprocess.Popen(['sleep', '600']); open({str(pid)!r}, 'w').write(str(child.pid)); time.sleep(600)"
    command = script(tmp_path, body)
    assert hook.run(command, "x" * 1_000_000, seconds=3) == "alarms.hook: was stopped after 3 s"
    assert pid.exists()
    until = time.monotonic() + 30  # the kernel takes its time to end what was killed
    while is_alive(int(pid.read_text())) and time.monotonic() < until:
        time.sleep(0.05)
    assert not is_alive(int(pid.read_text()))


def is_alive(pid: int) -> bool:
    """Neither gone nor waiting to be buried."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] not in ("Z", "X")
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_a_sender_that_cannot_work_for_three_minutes_is_told_and_closed_when_it_can(
    store: Store, tmp_path: Path
) -> None:
    subscribe(store, 3)
    messages.freeze(store, settings(tmp_path), edition(store, tmp_path), now=FROZEN)
    gone = settings(tmp_path, host="127.0.0.1", port=1)
    for minute in range(5):
        deliver_due(store, gone, now=FROZEN + timedelta(minutes=minute))
        with serve() as relay:
            told = unknowns.tell(
                store, told_by(tmp_path, relay=relay), now=FROZEN + timedelta(minutes=minute, seconds=9)
            )
        assert told.occurrences == (minute == 3)
    (trouble,) = store.troubles.list()
    assert (trouble.since < FROZEN + timedelta(seconds=60), "cannot be reached" in trouble.detail) == (True, True)
    with serve() as server:
        deliver_due(store, settings(tmp_path, host="127.0.0.1", port=server.port), now=FROZEN + timedelta(hours=5))
    assert store.troubles.list() == []


def test_a_journal_that_cannot_be_written_is_a_trouble(store: Store, tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("a file, no folder")
    with pytest.raises(DeliveryError):
        deliver_due(store, settings(tmp_path), now=FROZEN)
    assert "cannot be written" in store.troubles.list()[0].detail


@pytest.mark.parametrize("language", ["id", "en"])
def test_expired_and_refused_mail_is_told_once_an_edition(sqlite_url: str, tmp_path: Path, language: str) -> None:
    with open_store(sqlite_url) as store, serve() as relay:
        subscribe(store, 12)
        record = edition(store, tmp_path)
        messages.freeze(store, settings(tmp_path), record, now=FROZEN)
        for row in store.deliveries.list()[:11]:
            store.deliveries.mark(row.id, DeliveryState.FAILED, "550 no", now=FROZEN)
        deliver_due(store, settings(tmp_path), now=FROZEN + timedelta(days=2))
        chosen = told_by(tmp_path, relay=relay)
        chosen = chosen.model_copy(update={"alarms": chosen.alarms.model_copy(update={"language": language})})
        assert unknowns.tell(store, chosen, now=LATER).occurrences == 2
        assert unknowns.tell(store, chosen, now=LATER).line() is None
    text = message_from_bytes(relay.received[0][1], policy=default).get_content()
    assert ("11 of 12" if language == "en" else "11 dari 12") in text
    assert "daily 2023-08-01" in text
    assert "--state expired" in text
    assert os.linesep * 3 not in text
