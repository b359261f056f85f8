"""A morning, row by row, over real stores: frozen at its hour, mailed at its minute, told to operators and watchmen."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import text

from digests import editions, schedule
from digests.cli import morning, serve
from digests.cli.office import Office
from digests.cli.pages import PagesBeside
from digests.hours import hours_of
from digests.model import Checked, Why
from digests.scheduler import Scheduler
from digests.tasks import Actions, Outcome, Task
from pipeline.assemble import LEASE
from pipeline.model import RunState
from pipeline.store import DeliveryState
from tests.digests import world
from tests.digests.cli.desk import Desk, url

DAY = date(2026, 11, 21)  # a Saturday
MINUTE = timedelta(minutes=1)


def at(clock: str, day: str = "2026-11-21") -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}+07:00").astimezone(UTC)


@pytest.fixture
def here(sqlite_url: str, tmp_path: Path) -> Iterator[Office]:
    """A home with two readers and an article, before the freeze."""
    with before_the_freeze(sqlite_url, tmp_path) as made:
        yield made


@pytest.fixture
def both(store_url: str, tmp_path: Path) -> Iterator[Office]:
    """The same over each kind of database."""
    with before_the_freeze(store_url, tmp_path) as made:
        yield made


@contextmanager
def before_the_freeze(store_url: str, tmp_path: Path) -> Iterator[Office]:
    home = tmp_path / "home"
    home.mkdir()
    (home / "kliping.toml").write_text(f"database = {json.dumps(store_url)}\n", encoding="utf-8")
    desk = Desk(home)
    desk.write(1, "antara", "Bus listrik melayani rute baru", ("Empat puluh bus listrik mulai melayani warga.",), 0)
    made = Office(home, fixed_now=at("06:20"))
    world.subscribe(made.store, 2)
    yield made
    made.close()


def task(name: str = "daily", day: date = DAY) -> Task:
    return Task(name, day, at("06:25"))


def states(here: Office) -> dict[str, int]:
    return {tally.state.value: tally.number for tally in here.store.tallies.of()}


def mails(here: Office) -> list[Message]:
    return [message_from_bytes(path.read_bytes()) for path in sorted(here.settings.outbox.glob("*.eml"))]


def test_what_is_frozen_at_its_hour_waits_for_the_minute_of_the_mail(both: Office) -> None:
    here = both
    assert morning.night(here, task()) == Outcome("stories: nothing changed in the night")
    assert morning.night(here, task()) == Outcome()
    here.fixed_now = at("06:25:02")
    line = morning.freeze(here, task()).line
    assert line is not None
    assert line.startswith("frozen with 1 stories from 1 articles, ")
    assert line.endswith("; 2 message(s) ready")
    for clock in ("06:25:03", "06:29:59"):  # the minutely mail, and a person's `kliping run`
        here.fixed_now = at(clock)
        assert serve.mail_line(here) is None
        assert (states(here), mails(here)) == ({"pending": 2}, [])
    here.fixed_now = at("06:30:01")
    assert morning.send(here, task()) == Outcome("mail: 2 sent by outbox")
    assert morning.send(here, task()) == Outcome("mail: 2 sent by outbox")
    assert len(mails(here)) == 2
    assert here.store.editions.get("daily", "2026-11-21").frozen_at == at("06:25:02")  # type: ignore[union-attr]  # it is made


def test_what_a_running_crawl_brings_after_the_freeze_stands_in_the_next_edition(here: Office) -> None:
    running = here.store.runs.begin("antara", "crawl", pid=1, host="here", now=at("06:24"))
    here.fixed_now = at("06:25")
    morning.freeze(here, task())
    record = here.store.editions.get("daily", "2026-11-21")
    assert record is not None
    row = next(row for row in editions.content(record).coverage if row.outlet == "antara")
    assert (row.state, row.why) == (Checked.NOT, Why.RUNNING)
    Desk(here.settings.home).write(4, "inews", "Kolam dibuka", ("Kolam retensi dibuka untuk warga hari ini.",), 1)
    here.store.runs.end(running.id, RunState.FINISHED, running.counts, now=at("06:26"))
    here.fixed_now = at("06:30")
    morning.send(here, task())
    assert editions.content(here.store.editions.get("daily", "2026-11-21")) == editions.content(record)  # type: ignore[arg-type]  # made
    here.fixed_now = at("06:25", "2026-11-22")
    morning.freeze(here, task(day=DAY + timedelta(days=1)))
    following = here.store.editions.get("daily", "2026-11-22")
    assert following is not None
    told = [place.url for block in editions.content(following).stories for place in block.placements]
    assert told == [url(4)]


def test_a_retell_that_holds_the_assembler_keeps_no_freeze(here: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(morning, "_FREEZE_WAIT", 0.2)
    here.store.leases.claim(LEASE, "elsewhere:1:x", 10 * MINUTE, datetime.now(UTC) + timedelta(days=3650))
    here.fixed_now = at("06:25")
    line = morning.freeze(here, task()).line
    assert line is not None
    assert line.startswith("frozen with 0 stories from 0 articles, ")  # it has no place yet
    with here.store.database.engine.begin() as connection:
        connection.execute(text("UPDATE leases SET holder = ''"))
    here.fixed_now = at("06:25", "2026-11-22")
    line = morning.freeze(here, task(day=DAY + timedelta(days=1))).line
    assert line is not None
    assert line.startswith("frozen with 1 stories from 1 articles, ")


def test_a_mail_that_nothing_was_frozen_for_is_frozen_and_sent_at_its_minute(here: Office) -> None:
    here.fixed_now = at("06:30:05")
    assert morning.send(here, task()) == Outcome("mail: 2 sent by outbox")


def test_the_weekly_roll_up_is_made_for_those_who_get_it(here: Office) -> None:
    weekly = task("daily-weekly", date(2026, 11, 23))
    here.fixed_now = at("06:25", "2026-11-23")
    assert morning.freeze(here, weekly) == Outcome()
    assert here.store.editions.list("daily-weekly") == []
    here.store.subscribers.add("mingguan@kota.example", "daily", frequency="weekly", now=here.now)
    assert str(morning.freeze(here, weekly).line).endswith("; 1 message(s) ready")
    here.fixed_now = at("06:30", "2026-11-23")
    assert morning.send(here, weekly) == Outcome("mail: 1 sent by outbox")


def test_every_kind_that_something_is_set_for_has_an_action(here: Office) -> None:
    actions = serve.kinds(here, lambda: False)
    assert set(actions) == {"crawl", "night", "draft", "freeze", "send", "health"}
    assert actions["draft"](task()) == Outcome()  # nobody is on the list of editors
    with PagesBeside(here) as pages:
        for chore in serve.chores(here, pages, lambda: False).values():
            assert chore.seconds == 60


# --- who is told -------------------------------------------------------------------------------------------------


@contextmanager
def watching(*answers: int) -> Iterator[tuple[str, list[str]]]:
    """A watching service that answers so, and the paths it was asked for."""
    asked, left = [], list(answers)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(left.pop(0))
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing on standard error."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/ping/8f2c", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_the_watching_service_is_called_once_the_edition_left_whole_and_again_until_it_answers(here: Office) -> None:
    said: list[str] = []
    with watching(503, 200) as (address, asked):
        chosen = here.settings.schedule.model_copy(update={"heartbeat": address})
        here.use(here.settings.model_copy(update={"schedule": chosen}))
        here.fixed_now = at("06:31")
        one = _scheduler(here, said, schedule.HEARTBEAT)
        one.tick()
        one.work(schedule.HEARTBEAT)
        assert (asked, said) == ([], [])  # it has not left
        morning.send(here, task())
        here.fixed_now += MINUTE
        one.tick()
        one.work(schedule.HEARTBEAT)
        (line,) = said
        assert line.startswith("heartbeat:daily due 2026-11-21 06:30: heartbeat: 127.0.0.1 answered 503; see ")
        assert line.endswith("; is tried again in 1 minute")
        assert health(here).count("answered 503") == 1
        here.fixed_now += MINUTE
        one.tick()
        one.work(schedule.HEARTBEAT)
    assert asked == ["/ping/8f2c"] * 2
    assert said[-1].endswith("heartbeat: 127.0.0.1 answered 200")
    assert "answered" not in health(here, "2026-11-22")


def _scheduler(here: Office, said: list[str], *kinds: str) -> Scheduler:

    actions = serve.kinds(here, lambda: False)
    return Scheduler(
        here.store,
        serve.planned(here),
        Actions({kind: actions[kind] for kind in kinds}),
        clock=lambda: here.now,
        say=said.append,
        threads=1,
    )


def health(here: Office, day: str = "2026-11-21", language: str = "en") -> str:
    """The operators' mail of that day, as text."""
    if not here.store.subscribers.list("operators"):
        here.store.subscribers.add("ops@kota.example", "operators", language=language, now=here.now)
    morning.health(here, Task("operators", date.fromisoformat(day), here.now))
    (mail,) = [one for one in mails(here) if "operators" in str(one["List-Id"]) and day in str(one["Message-ID"])]
    part = mail if not mail.is_multipart() else mail.get_payload(0)
    body = part.get_payload(decode=True)  # type: ignore[union-attr]  # a part
    assert isinstance(body, bytes)
    return body.decode().replace("\r\n", "\n")


def test_operators_get_one_mail_a_day_that_says_what_is_wrong_and_what_to_do(both: Office) -> None:
    here = both
    here.fixed_now = at("06:30")
    morning.send(here, task())
    first = here.store.deliveries.list(here.store.editions.get("daily", "2026-11-21").id)[0]  # type: ignore[union-attr]  # made
    here.store.deliveries.mark(first.id, DeliveryState.UNKNOWN, "250 never came\r\nX: y", now=here.now)
    here.fixed_now = at("06:45")
    assert morning.health(here, task("operators")) == Outcome()  # nobody is on the list
    told = health(here)
    assert f"{first.recipient} (daily 2026-11-21): of unknown outcome; 250 never came X: y" in told
    assert f"`kliping digest resolve {first.id} --resend` or `--skip`" in told
    assert "Outlets not wholly checked\n- " in told
    assert "It has not left whole: 1 sent, 1 of unknown outcome." in told
    assert "frozen 06:30:" in told
    assert "first mail 06:30:" in told
    assert told == health(here), "once a day"
    here.fixed_now = at("06:45", "2026-11-23")
    assert "--resend` or `--skip`" in health(here, "2026-11-23"), "until somebody has decided"
    assert len([one for one in mails(here) if "operators" in str(one["List-Id"])]) == 2


def test_where_nothing_is_wrong_the_health_mail_is_one_line(here: Office) -> None:
    for name in here.enabled:
        world.crawl(here.store, name, now=at("06:00"))
    for moment, do in ((at("06:25"), morning.freeze), (at("06:30"), morning.send)):
        here.fixed_now = moment
        do(here, task())
    here.fixed_now = at("06:45")
    (line,) = health(here, language="id").splitlines()
    assert line.startswith("Semua baik. dibekukan 06:25:00; surel pertama 06:30:0")
    assert "2 terkirim; " in line


def test_an_expected_edition_that_did_not_leave_is_one_line_and_status_one(
    here: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    here.fixed_now = at("06:25")
    morning.freeze(here, task())
    here.close()
    desk = Desk(here.settings.home, capsys)
    past = desk.run("status", "--expect-edition", "2026-11-21")  # its hour was long ago
    assert (past.status, past.out) == (
        1,
        (
            "edition daily 2026-11-21: none left by 06:30: frozen at 06:25:00, but its messages are 2 pending:"
            " `kliping digest deliveries --date 2026-11-21` says why\n"
        ),
    )
    assert desk.run("status", "--expect-edition", "2099-01-01").out.startswith(
        "edition daily 2099-01-01: is not due before"
    )
    here.fixed_now = at("06:31")
    morning.send(here, task())
    here.close()
    left = desk.run("status", "--expect-edition", "2026-11-21", "--json")
    assert left.status == 0
    assert (left.json["good"], left.json["departure"]["states"]) == (True, {"sent": 2})
    assert desk.run("status", "--expect-edition", "2026-11-21", "--list", "else").status == 1
    weekly = desk.run("status", "--expect-edition", "2026-11-21", "--list", "daily-weekly")
    assert (weekly.status, weekly.out) == (0, "edition daily-weekly 2026-11-21: a weekly one is due on Mondays only\n")
    assert desk.run("status", "--expect-edition", "someday").status == 2


def test_the_schedule_shows_what_will_happen_and_marks_what_was_missed(
    here: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    said: list[str] = []
    now = datetime.now(UTC)
    here.fixed_now = now - timedelta(days=3)
    one = _scheduler(here, said, schedule.FREEZE, schedule.SEND)
    one.tick()
    for _ in range(4):
        one.work(schedule.FREEZE, schedule.SEND)
    one._leader.release()
    here.fixed_now = now
    period = hours_of(here.settings, now.date()).period
    here.close()
    desk = Desk(here.settings.home, capsys)
    document = desk.json("schedule", "--days", "2")
    assert (document["timezone"], document["leader"]) == ("Asia/Jakarta", None)
    kinds = [row["kind"].partition(":")[0] for row in document["coming"]]
    assert {"crawl", "night", "freeze", "send", "health"} <= set(kinds)
    assert "heartbeat" not in kinds  # no address is set
    missed = [row for row in document["happened"] if row["state"] == "missed"]
    assert {row["kind"] for row in missed} == {"freeze:daily", "send:daily"}
    assert {row["detail"] for row in missed} == {"no scheduler ran"}
    shown = desk.run("schedule", "--days", "4")
    assert shown.out.startswith("Asia/Jakarta; nobody leads: start `kliping serve`\n")
    assert "MISSED" in shown.out
    assert f"{period.year}" in shown.out
