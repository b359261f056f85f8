"""The operators' mail: what it says, and that it is told once, over a real mail server."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path

import pytest

from digests.alarms import Told, compose, tell
from digests.mailbox import serve_mailbox
from pipeline.config import AlarmSettings, Settings
from pipeline.health import Alarm
from pipeline.model import FailureClass
from pipeline.store import AlarmRecord, Store
from tests.digests import servers
from tests.digests.world import settings

NOW = datetime(2026, 11, 19, 23, 12, tzinfo=UTC)  # 06:12 in Jakarta
MINUTE = timedelta(minutes=1)
TITLES = {"antara": "ANTARA", "inews": "iNews"}
HEADLINE = Alarm(
    "antara", FailureClass.LAYOUT, "headline", "headline is missing in 6 of 6 articles", "Wali kota (h1)", "–"
)
BODY = Alarm("antara", FailureClass.LAYOUT, "article_body", "6 of 6 texts are far too short", "2048 characters", "300")
ROBOTS = Alarm("inews", FailureClass.ROBOTS, "outlet", "robots.txt answered 503")


def with_operators(home: Path, *to: str, language: str = "en", **mail: object) -> Settings:
    chosen = AlarmSettings.model_validate({"to": to, "language": language})
    return settings(home, **mail).model_copy(update={"alarms": chosen})


def raise_alarms(store: Store, *alarms: Alarm, now: datetime = NOW) -> list[AlarmRecord]:
    run = store.runs.begin(None, "crawl", pid=1, host="here", now=now)
    opened: list[AlarmRecord] = []
    for name in dict.fromkeys(alarm.outlet for alarm in alarms):
        opened += store.alarms.settle(name, run.id, [a for a in alarms if a.outlet == name], [], now=now)[0]
    return opened


def close_all(store: Store, outlet: str, now: datetime) -> None:
    keys = [record.key for record in store.alarms.open(outlet)]
    store.alarms.settle(outlet, 1, [], keys, now=now)


def parts(message: bytes) -> tuple[str, str, str]:
    """Subject, text, HTML."""
    parsed = message_from_bytes(message, policy=SMTP)
    text, html = (parsed.get_body((kind,)) for kind in ("plain", "html"))
    assert text
    assert html
    return str(parsed["Subject"]), str(text.get_content()), str(html.get_content())


def subject_of(records: Sequence[AlarmRecord], tmp_path: Path, language: str = "en") -> str:
    return compose(records, TITLES, with_operators(tmp_path, "a@b.example", language=language)).subject


def test_the_subject_says_who_what_and_since_when(store: Store, tmp_path: Path) -> None:
    one, two, three = raise_alarms(store, HEADLINE, BODY, ROBOTS)
    assert subject_of([one], tmp_path) == "KLIPING: ANTARA ✗ layout (headline since 06:12)"
    assert subject_of([one], tmp_path, "id") == "KLIPING: ANTARA ✗ layout (headline sejak 06:12)"
    assert subject_of([one, two], tmp_path) == "KLIPING: ANTARA ✗ layout (headline since 06:12) and 1 more"
    assert subject_of([one, three], tmp_path) == "KLIPING: 2 outlets ✗ ANTARA, iNews"
    closed = replace(one, closed_at=NOW + MINUTE)
    assert subject_of([closed], tmp_path) == "KLIPING: ANTARA ✓ well again (layout, headline)"


def test_the_mail_holds_the_last_good_and_the_present_value_and_the_command(store: Store, tmp_path: Path) -> None:
    raise_alarms(store, HEADLINE, replace(ROBOTS, present="<b>503</b>"))
    with serve_mailbox(tmp_path / "mail") as box:
        chosen = with_operators(tmp_path, "ops@kota.example", "dua@kota.example", host=box.host, port=box.port)
        assert tell(store, chosen, TITLES, now=NOW) == Told(opened=2)
        assert tell(store, chosen, TITLES, now=NOW + MINUTE) == Told()
        first, second = box.messages()
    assert message_from_bytes(first)["Message-ID"] != message_from_bytes(second)["Message-ID"]
    _, text, html = parts(first)
    assert text.splitlines()[:6] == [
        "ANTARA ✗ layout (headline since 06:12)",
        "  headline is missing in 6 of 6 articles",
        "  last good: Wali kota (h1)",
        "  now: –",
        "  do: kliping outlets mend antara",
        "",
    ]
    assert "do: kliping outlets check inews" in text
    assert "&lt;b&gt;503" in html
    assert "<b>503" not in html


def test_a_closed_alarm_is_told_once(store: Store, tmp_path: Path) -> None:
    raise_alarms(store, HEADLINE)
    with serve_mailbox(tmp_path / "mail") as box:
        chosen = with_operators(tmp_path, "ops@kota.example", host=box.host, port=box.port)
        tell(store, chosen, TITLES, now=NOW)
        close_all(store, "antara", NOW + 30 * MINUTE)
        assert tell(store, chosen, TITLES, now=NOW + 31 * MINUTE) == Told(closed=1)
        assert tell(store, chosen, TITLES, now=NOW + 32 * MINUTE) == Told()
        mails = sorted((parts(mail) for mail in box.messages()), key=lambda mail: "well again" in mail[0])
    (_, (subject, text, _)) = mails  # a mailbox keeps no order
    assert subject == "KLIPING: ANTARA ✓ well again (layout, headline)"
    assert "from 2026-11-20 06:12 to 2026-11-20 06:42" in text


def test_what_the_server_surely_does_not_have_is_told_again(store: Store, tmp_path: Path) -> None:
    raise_alarms(store, HEADLINE)
    nowhere = with_operators(tmp_path, "ops@kota.example", host="127.0.0.1", port=1)
    told = tell(store, nowhere, TITLES, now=NOW)
    assert "cannot be reached" in (told.trouble or "")
    with servers.serve({"RCPT": "451 later"}) as ill:
        deferring = with_operators(tmp_path, "ops@kota.example", host="127.0.0.1", port=ill.port)
        assert "451 later" in (tell(store, deferring, TITLES, now=NOW + MINUTE).line() or "")
    with servers.serve() as well:
        chosen = with_operators(tmp_path, "ops@kota.example", host="127.0.0.1", port=well.port)
        assert tell(store, chosen, TITLES, now=NOW + 2 * MINUTE) == Told(opened=1)
        assert well.got == {"ops@kota.example": 1}


@pytest.mark.parametrize("reply", ["drop", "550 nobody here"])
def test_what_the_server_may_have_or_refused_for_good_is_not_told_again(
    store: Store, tmp_path: Path, reply: str
) -> None:
    """A mail may be lost, never doubled without end; the alarm stays in `kliping status`."""
    raise_alarms(store, HEADLINE)
    with servers.serve({"DATA": reply}) as ill:
        chosen = with_operators(tmp_path, "ops@kota.example", host="127.0.0.1", port=ill.port)
        for minute in range(3):
            tell(store, chosen, TITLES, now=NOW + minute * MINUTE)
        assert len(ill.received) <= 1
    assert [record.subject for record in store.alarms.open()] == ["headline"]


def test_without_operators_nothing_is_written(store: Store, tmp_path: Path) -> None:
    raise_alarms(store, HEADLINE)
    assert tell(store, with_operators(tmp_path), TITLES, now=NOW) == Told()
    assert not list(tmp_path.rglob("*.eml"))
    assert len(store.alarms.take_untold(NOW)) == 1


def test_without_a_mail_server_it_goes_to_the_outbox(store: Store, tmp_path: Path) -> None:
    raise_alarms(store, HEADLINE)
    chosen = with_operators(tmp_path, "ops@kota.example")
    chosen.outbox.mkdir()
    assert tell(store, chosen, TITLES, now=NOW).line() == "alarm mail: 1 opened, 0 closed"
    (file,) = chosen.outbox.glob("*.eml")
    assert parts(file.read_bytes())[0].startswith("KLIPING: ANTARA ✗ layout")


def test_a_wrong_address_is_a_trouble_and_keeps_the_alarm(store: Store, tmp_path: Path) -> None:
    raise_alarms(store, HEADLINE)
    told = tell(store, with_operators(tmp_path, "not an address"), TITLES, now=NOW)
    assert (told.trouble or "").startswith("alarms.to: ")
    assert len(store.alarms.take_untold(NOW)) == 1


def test_nothing_of_a_setting_or_a_page_becomes_a_header_of_its_own(store: Store, tmp_path: Path) -> None:
    raise_alarms(store, replace(HEADLINE, detail="x\r\nBcc: a@evil.example", present="y\nBcc: b@evil.example"))
    chosen = with_operators(
        tmp_path, " Ops@Kota.example\n", "ops@kota.example", sender_name='Kliping, "DKI"\nBcc: c@evil.example'
    )
    chosen.outbox.mkdir()
    told = tell(store, chosen, {"antara": "ANTARA\r\nBcc: d@evil.example"}, now=NOW)
    assert (told.opened, told.trouble) == (1, None)
    (file,) = chosen.outbox.glob("*.eml")  # one operator, written twice
    made = message_from_bytes(file.read_bytes(), policy=SMTP)
    assert (made["To"], made["Bcc"]) == ("ops@kota.example", None)
    assert made["From"].addresses[0].addr_spec == chosen.mail.sender


def test_a_hundred_alarms_make_one_mail_of_a_readable_length(store: Store, tmp_path: Path) -> None:
    many = [replace(HEADLINE, subject=f"https://antaranews.example/{n}") for n in range(100)]
    records = raise_alarms(store, *many)
    mail = compose(records, TITLES, with_operators(tmp_path, "ops@kota.example"))
    assert "and 60 more" in mail.text
    assert len(mail.text) < 20_000
