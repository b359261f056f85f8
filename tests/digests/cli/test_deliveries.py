"""`kliping digest deliveries` and `resolve`: what a person sees of the mail, and says of it."""

from __future__ import annotations

import io
import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from digests import messages
from digests.cli.entry import run
from pipeline.store import DeliveryState, open_store
from tests.digests.world import FROZEN, edition, settings, subscribe

DAY = "2023-08-01"
PEOPLE = 45
STATES = {1: DeliveryState.UNKNOWN, 2: DeliveryState.UNKNOWN, 3: DeliveryState.FAILED, 4: DeliveryState.EXPIRED}


@pytest.fixture(scope="module")
def prepared(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """45 messages: two held, one refused, one too late, the others sent. Only to be copied."""
    home = tmp_path_factory.mktemp("deliveries")
    shutil.copyfile(sqlite_template, home / "kliping.sqlite")
    with open_store(f"sqlite:///{home}/kliping.sqlite") as store:
        subscribe(store, PEOPLE)
        messages.freeze(store, settings(home), edition(store, home), now=FROZEN)
        for row in store.deliveries.list():
            state = STATES.get(row.id, DeliveryState.SENT)
            store.deliveries.mark(row.id, state, f"why it is {state}", now=FROZEN + timedelta(minutes=6))
    return home


@pytest.fixture
def home(prepared: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(prepared, tmp_path / "home"))


def kliping(home: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    capsys.readouterr()
    status = run(["--home", str(home), "digest", *words])
    said = capsys.readouterr()
    return status, said.out, said.err


def states(home: Path) -> dict[int, DeliveryState]:
    with open_store(f"sqlite:///{home}/kliping.sqlite") as store:
        return {row.id: row.state for row in store.deliveries.list() if row.state is not DeliveryState.SENT}


def test_of_many_messages_those_that_were_not_sent_are_shown(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = kliping(home, capsys, "deliveries", "--date", DAY)
    assert status == 0
    shown = [line.split()[3] for line in out.splitlines()[1:]]
    assert shown == [
        "pembaca0@kota.example",
        "pembaca10@kota.example",
        "pembaca11@kota.example",
        "pembaca12@kota.example",
    ]
    assert "41 sent, 1 failed, 2 unknown, 1 expired" in err
    assert "kliping digest resolve ID --resend" in " ".join(err.split())


@pytest.mark.parametrize(
    ("state", "count"), [("unknown", 2), ("failed", 1), ("expired", 1), ("sent", 41), ("pending", 0)]
)
def test_one_state_is_shown_whole(home: Path, capsys: pytest.CaptureFixture[str], state: str, count: int) -> None:
    status, out, _ = kliping(home, capsys, "deliveries", "--state", state, "--json")
    rows = [json.loads(line) for line in out.splitlines()]
    assert (status, len(rows), {row["state"] for row in rows}) == (0, count, {state} if count else set())
    assert all((row["list"], row["period"]) == ("daily", DAY) for row in rows)
    status, out, err = kliping(home, capsys, "deliveries", "--state", state)
    assert (status, f"none is {state}" in out + err) == (0, not count)


def test_several_are_settled_in_one_go_and_a_skip_is_undone(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = kliping(home, capsys, "resolve", "1", "2", "4", "--skip", "--by", "Budi")
    assert (status, err.strip()) == (0, "3 deliveries are skipped; `--resend` undoes them")
    assert states(home) == {1: "skipped", 2: "skipped", 3: "failed", 4: "skipped"}
    status, _, err = kliping(home, capsys, "resolve", "1", "--resend")
    assert err.strip() == "delivery 1 to pembaca0@kota.example is pending; `kliping run` sends it"
    assert states(home)[1] is DeliveryState.PENDING


def test_all_of_a_state_are_settled_after_a_yes(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ("resolve", "--all", "unknown", "--date", DAY, "--skip")
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    status, _, err = kliping(home, capsys, *words)
    assert (status, states(home)[1]) == (130, DeliveryState.UNKNOWN)
    assert "skip 2 unknown message(s)?" in err
    status, _, err = kliping(home, capsys, *words, "--yes")
    assert (status, err.strip()) == (0, "2 deliveries are skipped; `--resend` undoes them")
    status, _, err = kliping(home, capsys, *words, "--yes")
    assert (status, err.strip()) == (0, "there is none to settle")


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (("resolve", "1"), 2, "say one of --resend and --skip"),
        (("resolve", "1", "--resend", "--skip"), 2, "say one of --resend and --skip"),
        (("resolve", "--skip"), 2, "say which"),
        (("resolve", "1", "--all", "unknown", "--skip"), 2, "say which"),
        (("resolve", "--all", "sent", "--skip"), 2, "--all sent: say unknown, failed or expired"),
        (("resolve", "9", "--skip"), 1, "delivery 9: is sent; skip is for what is expired, failed, unknown"),
        (("resolve", "9", "--resend"), 1, "delivery 9: is sent; resend is for what is"),
        (("resolve", "999", "--skip"), 1, "delivery 999: is not stored"),
        (("resolve", "99999999999999999999", "--skip"), 1, "is not stored"),
        (("deliveries", "--date", "2020-01-01"), 1, "no edition"),
        (("deliveries", "--state", "lost"), 2, "lost"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_what_cannot_be_done_is_one_line(
    home: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], status: int, told: str
) -> None:
    before = states(home)
    ended, _, err = kliping(home, capsys, *words)
    (line,) = err.strip().splitlines()
    assert (ended, told in line) == (status, True)
    assert states(home) == before
