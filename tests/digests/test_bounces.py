"""What mail servers return: a table of their manners, and that nobody's mail stops without proof, or twice."""

from __future__ import annotations

import base64
import mailbox
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from digests import bounces, letterbox, returned
from pipeline.config import BounceSettings, Settings
from pipeline.errors import SettingsError
from pipeline.store import EditionRecord, Store, Subscriber, SubscriberState, open_store
from pipeline.store.bounces import BounceKind
from tests.digests import returns, world
from tests.digests.returns import Ours
from tests.digests.world import FROZEN

SOMEBODY = Ours("7.0123456789abcdef01234567", "<kliping.daily.2023-08-01.00@jakarta.example>", "budi@kota.example")
DAY = timedelta(days=1)
QMAIL = """Hi. This is the qmail-send program at mx.kota.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<budi@kota.example>:
{said}

--- Below this line is a copy of the message.
"""
EXIM = """This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  budi@kota.example
    {said}

------ This is a copy of the message, including all the headers. ------
"""
GMAIL = """Address not found

Your message wasn't delivered to budi@kota.example because the address couldn't be found.
The response was:
{said}
"""

REPORTS = [  # (manner, status, what the server said, kind)
    ("postfix-unknown", "5.1.1", "550 5.1.1 <budi@kota.example>: Recipient address rejected: User unknown", "hard"),
    ("postfix-relocated", "5.1.6", "550 5.1.6 recipient no longer on server", "hard"),
    ("postfix-no-domain", "5.1.2", "550 5.1.2 bad destination system address", "hard"),
    ("exchange-10", "5.1.10", "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP lookup", "hard"),
    ("exchange-vague", "5.0.0", "550 5.0.0 Recipient not found", "hard"),
    ("gmail-gone", "5.1.1", "550-5.1.1 The email account that you tried to reach does not exist.", "hard"),
    ("gmail-disabled", "5.2.1", "550 5.2.1 The email account that you tried to reach is disabled.", "hard"),
    ("yahoo-like", "5.0.0", "554 delivery error: dd This user doesn't have an account", "hard"),
    ("full", "5.2.2", "552 5.2.2 The email account that you tried to reach is over quota", "soft"),
    ("full-as-vague", "5.0.0", "550 mailbox is full, user unknown to have space", "soft"),
    ("full-as-unknown", "5.1.1", "552 Quota exceeded (mailbox for user is full)", "soft"),
    ("gave-up", "4.4.7", "delivery temporarily suspended: connect to mail.kota.example: timed out", "soft"),
    ("grey", "4.2.1", "450 4.2.1 try again later", "soft"),
    ("blocked", "5.7.1", "550 5.7.1 Service unavailable; client host blocked using a list", "soft"),
    ("spam", "5.7.26", "550 5.7.26 This mail has been blocked because the sender is unauthenticated", "soft"),
    ("too-large", "5.3.4", "552 5.3.4 message size exceeds limit", "soft"),
    ("loop", "5.4.6", "554 5.4.6 Too many hops", "soft"),
    ("bad-content", "5.6.0", "554 5.6.0 message content rejected", "soft"),
    ("vague", "5.0.0", "550 Requested action not taken", "soft"),
    ("status-in-words", "", "550 5.1.1 no such user", "hard"),
]  # fmt: skip
LETTERS: list[tuple[str, bytes, str]] = [
    ("qmail-unknown", returns.letter(SOMEBODY, QMAIL.format(said="550 5.1.1 sorry, no mailbox here")), "hard"),
    ("qmail-local", returns.letter(SOMEBODY, QMAIL.format(said="Sorry, no mailbox here. (#5.1.1)")), "hard"),
    ("qmail-full", returns.letter(SOMEBODY, QMAIL.format(said="552 user is over quota")), "soft"),
    ("qmail-vague", returns.letter(SOMEBODY, QMAIL.format(said="554 refused. Giving up.")), "soft"),
    ("exim-unrouteable", returns.letter(SOMEBODY, EXIM.format(said="Unrouteable address"),
                                        headers="X-Failed-Recipients: budi@kota.example\n"), "hard"),
    ("exim-refused", returns.letter(SOMEBODY, EXIM.format(said="host mail.kota.example: 550 No such user")), "hard"),
    ("exim-retry", returns.letter(SOMEBODY, EXIM.format(said="retry timeout exceeded: 451 try later")), "soft"),
    ("gmail", returns.letter(SOMEBODY, GMAIL.format(said="550 5.1.1 The email account that you tried to reach does"
                                                    " not exist."), sender="mailer-daemon@mail.example"), "hard"),
    ("out-of-office", returns.letter(SOMEBODY, "I am on leave; user unknown to me answers for me."), "ignored"),
    ("nothing-of-ours", returns.letter(SOMEBODY, QMAIL.format(said="550 5.1.1 no such user"), whole=False), "ignored"),
]  # fmt: skip
HOSTILE: list[tuple[str, bytes]] = [
    ("empty", b""),
    ("nul", b"\0" * 5_000),
    ("no-headers", b"\n\nX-Kliping-Reader: 1.zz\n"),
    ("bad-charset", b"Content-Type: text/plain; charset=\"zip\"\nSubject: =?x-none?b?////?=\n\nhi"),
    ("bad-base64", b"Content-Type: message/delivery-status\nContent-Transfer-Encoding: base64\n\n=$%\n"),
    ("nested", b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(300))),
    ("bad-date", b"Date: Tue, 99 Foo 99999999 99:99:99 +9999\nSubject: unsubscribe daily 1.0\n\n"),
    ("long-line", b"Subject: " + b"unsubscribe " * 100_000 + b"\n\n" + b"a" * 1_000_000),
    ("surrogates", "Subject: \udcff\udc80\n\n".encode("utf-8", "surrogateescape")),
    ("status-is-text",
     b"Content-Type: multipart/report; boundary=x\n\n--x\nContent-Type: message/delivery-status\n\n\n\n--x--"),
]  # fmt: skip


@pytest.mark.parametrize(("status", "said", "kind"), [row[1:] for row in REPORTS], ids=[row[0] for row in REPORTS])
def test_a_report_is_judged_by_what_it_says_of_the_mailbox(status: str, said: str, kind: str) -> None:
    found = returned.read(returns.report(SOMEBODY, status=status, said=said))
    assert (found.kind, found.mark, found.address) == (kind, SOMEBODY.mark, SOMEBODY.recipient)
    assert found.message_id == SOMEBODY.message_id


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
def test_what_did_not_fail_is_no_bounce(action: str) -> None:
    made = returns.report(SOMEBODY, status="5.1.1", said="no such user", action=action)
    assert returned.read(made).kind is BounceKind.IGNORED


@pytest.mark.parametrize(("content", "kind"), [row[1:] for row in LETTERS], ids=[row[0] for row in LETTERS])
def test_a_plain_letter_of_a_server_is_read(content: bytes, kind: str) -> None:
    assert returned.read(content).kind == kind


@pytest.mark.parametrize("content", [row[1] for row in HOSTILE], ids=[row[0] for row in HOSTILE])
def test_what_is_no_message_is_ignored(content: bytes) -> None:
    assert returned.read(content).kind is BounceKind.IGNORED


def test_a_returned_part_may_be_encoded() -> None:
    whole = returns.report(SOMEBODY, status="5.1.1", said="no such user")
    plain = SOMEBODY.headers().encode()
    coded = b"Content-Type: text/rfc822-headers\nContent-Transfer-Encoding: base64\n\n" + base64.encodebytes(plain)
    head, _, _ = whole.partition(b"Content-Type: text/rfc822-headers")
    assert returned.read(head + coded + b"\n--b1--\n").mark == SOMEBODY.mark


def test_the_reports_own_headers_prove_nothing() -> None:
    made = returns.report(SOMEBODY, status="5.1.1", said="no such user", with_mark=False)
    assert returned.read(f"X-Kliping-Reader: {SOMEBODY.mark}\n".encode() + made).mark is None


@pytest.mark.parametrize("subject", ["unsubscribe daily", "Re: unsubscribe daily", "UNSUBSCRIBE daily"])
def test_a_wish_is_known_by_its_subject(subject: str) -> None:
    found = returned.read(returns.wish(SOMEBODY.mark, subject))
    assert (found.kind, found.mark) == (BounceKind.UNSUBSCRIBE, SOMEBODY.mark)


@pytest.fixture
def store(sqlite_url: str) -> Iterator[Store]:
    """The store's verbs are tried on both databases in tests/pipeline/store/test_subscribers.py."""
    with open_store(sqlite_url) as opened:
        yield opened


@pytest.fixture
def record(store: Store, tmp_path: Path) -> EditionRecord:
    return world.edition(store, tmp_path)


@pytest.fixture
def reader(store: Store) -> Subscriber:
    return store.subscribers.add("budi@kota.example", "daily", now=FROZEN - DAY)


def ours(store: Store, record: EditionRecord, reader: Subscriber) -> Ours:
    name = f"<kliping.daily.{record.period}.{reader.id}@jakarta.example>"
    store.deliveries.freeze(record.id, reader.address, name, b"x", FROZEN)
    return Ours(letterbox.mark(reader), name, reader.address)


def state(store: Store, reader: Subscriber) -> SubscriberState:
    found = store.subscribers.by_id(reader.id)
    assert found is not None
    return found.state


def home(tmp_path: Path, **options: object) -> Settings:
    return world.settings(tmp_path).model_copy(update={"bounces": BounceSettings.model_validate(options)})


def maildir(folder: Path, *contents: bytes) -> Path:
    box = mailbox.Maildir(folder, create=True)
    for content in contents:
        box.add(content)
    return folder


Make = Callable[[Ours], bytes]
ACTS: list[tuple[str, Make, SubscriberState]] = [
    ("hard", lambda one: returns.report(one, status="5.1.1", said="no such user"), SubscriberState.SUPPRESSED),
    ("complaint", returns.complaint, SubscriberState.UNSUBSCRIBED),
    ("wish", lambda one: returns.wish(one.mark), SubscriberState.UNSUBSCRIBED),
    ("soft", lambda one: returns.report(one, status="4.2.2", said="mailbox full"), SubscriberState.ACTIVE),
    ("not-spam", lambda one: returns.complaint(one, "not-spam"), SubscriberState.ACTIVE),
    ("forwarded", lambda one: returns.report(one, status="5.1.1", said="no such user", final="x@lain.example"),
     SubscriberState.SUPPRESSED),
    ("mark-forged", lambda one: returns.wish(one.mark[:-1] + ("0" if one.mark[-1] != "0" else "1")),
     SubscriberState.ACTIVE),
    ("id-alone", lambda one: returns.report(one, status="5.1.1", said="no such user", with_mark=False),
     SubscriberState.ACTIVE),
    ("id-of-another",
     lambda one: returns.report(one, status="5.1.1", said="gone", with_mark=False, final="x@y.example"),
     SubscriberState.ACTIVE),
]  # fmt: skip


@pytest.mark.parametrize(("make", "after"), [row[1:] for row in ACTS], ids=[row[0] for row in ACTS])
def test_only_what_is_proven_acts_at_once(  # noqa: PLR0917 (fixtures, and a row of the table)
    store: Store, record: EditionRecord, reader: Subscriber, tmp_path: Path, make: Make, after: SubscriberState
) -> None:
    maildir(tmp_path / "box", make(ours(store, record, reader)))
    done = bounces.read(store, home(tmp_path, maildir="box"), now=FROZEN + DAY)
    assert done.read == 1
    assert state(store, reader) is after


def test_what_only_names_our_message_counts_softly(
    store: Store, record: EditionRecord, reader: Subscriber, tmp_path: Path
) -> None:
    """Anybody who knows an address can work out its Message-ID: that must not stop somebody's mail at once."""
    one = ours(store, record, reader)
    made = returns.report(one, status="5.1.1", said="no such user", with_mark=False)
    other = returns.report(one, status="5.1.1", said="no such user", with_mark=False, final="x@y.example")
    assert bounces.judge(store, made, FROZEN + DAY).kind is BounceKind.SOFT
    assert bounces.judge(store, other, FROZEN + DAY).kind is BounceKind.IGNORED


def test_each_message_counts_once_wherever_it_lies(
    store: Store, record: EditionRecord, reader: Subscriber, tmp_path: Path
) -> None:
    made = returns.report(ours(store, record, reader), status="5.1.1", said="no such user")
    settings = home(tmp_path, maildir="box")
    maildir(tmp_path / "box", made)
    first = bounces.read(store, settings, now=FROZEN + DAY)
    assert first.line() == "returned mail: 1 read (1 hard); 1 suppressed (budi@kota.example)"
    assert [file.name.rpartition(":")[2] for file in (tmp_path / "box" / "cur").iterdir()] == ["2,S"]
    store.subscribers.move(reader.id, SubscriberState.ACTIVE, now=FROZEN + DAY)
    assert bounces.read(store, settings, now=FROZEN + 2 * DAY).line() is None
    saved = tmp_path / "saved.eml"
    saved.write_bytes(made)
    again = bounces.read_path(store, settings, saved, now=FROZEN + 2 * DAY)
    assert (again.read, again.known) == (0, 1)
    assert state(store, reader) is SubscriberState.ACTIVE


def test_an_mbox_is_read_and_left_as_it_is(
    store: Store, record: EditionRecord, reader: Subscriber, tmp_path: Path
) -> None:
    box = mailbox.mbox(tmp_path / "mbox", create=True)
    box.add(returns.report(ours(store, record, reader), status="5.1.1", said="no such user"))
    box.add(b"From: x\nSubject: hello\n\nhello\n")
    box.close()
    before = (tmp_path / "mbox").read_bytes()
    done = bounces.read(store, home(tmp_path, mbox="mbox"), now=FROZEN + DAY)
    assert (done.kinds[BounceKind.HARD], done.kinds[BounceKind.IGNORED]) == (1, 1)
    assert (tmp_path / "mbox").read_bytes() == before
    assert bounces.read_path(store, home(tmp_path), tmp_path / "mbox", now=FROZEN + DAY).known == 2


def test_soft_bounces_on_many_days_suppress(
    store: Store, record: EditionRecord, reader: Subscriber, tmp_path: Path
) -> None:
    one = ours(store, record, reader)
    settings = home(tmp_path, soft_days=3, within_days=14)
    folder = tmp_path / "saved"
    folder.mkdir()
    seen = []
    for day in range(1, 5):
        made = returns.report(one, status="4.2.2", said=f"full on day {day}").replace(b"01 Aug", b"0%d Aug" % day)
        (folder / f"{day}.eml").write_bytes(made)
        bounces.read_path(store, settings, folder, now=FROZEN + day * DAY)
        seen.append(state(store, reader))
    assert seen == [SubscriberState.ACTIVE] * 2 + [SubscriberState.SUPPRESSED] * 2


def test_nothing_set_reads_nothing_and_a_wrong_place_says_so(store: Store, tmp_path: Path) -> None:
    assert bounces.read(store, home(tmp_path), now=FROZEN).line() is None
    with pytest.raises(SettingsError, match=r"bounces\.maildir: .*nowhere is not there"):
        bounces.read(store, home(tmp_path, maildir="nowhere"), now=FROZEN)
    (tmp_path / "folder").mkdir()
    with pytest.raises(SettingsError, match="is no Maildir"):
        bounces.read(store, home(tmp_path, maildir="folder"), now=FROZEN)
