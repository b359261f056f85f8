"""Mail servers that drop, stall, trickle, babble and lie, at every step: one honest outcome, in a bounded time."""

from __future__ import annotations

import pytest

from digests.smtp import Connection, Outcome, Result, UnusableError
from pipeline.config import MailSettings
from tests.digests.raw_server import Raw, serve

MESSAGE = b"Subject: halo\r\n\r\n" + b"isi surat\r\n" * 20
LARGE = b"Subject: halo\r\n\r\n" + b"0123456789" * 100 * 3000
ILL = ("drop", "stall", "trickle", "endless", "nonsense", "250-one\r\n550 two", "2xx", "", "99 short", "\udcff\udcfe")
SENT, DEFERRED, FAILED, UNKNOWN = Result.SENT, Result.DEFERRED, Result.FAILED, Result.UNKNOWN


def mail(server: Raw, **options: object) -> MailSettings:
    values = {"host": "127.0.0.1", "port": server.port, "security": "none", "sender": "a@b.example"}
    return MailSettings.model_validate({**values, "timeout": 0.3, "final_timeout": 0.3, **options})


def send(server: Raw, to: str = "c@d.example", message: bytes = MESSAGE, **options: object) -> Outcome:
    with Connection(mail(server, **options), "rahasia") as connection:
        return connection.send(to, message, lambda: None)


@pytest.mark.parametrize("words", [*ILL, "421 too many", "554 not you", "354 out of order"], ids=range(len(ILL) + 3))
@pytest.mark.parametrize("step", ["banner", "ehlo"])
def test_a_server_that_cannot_greet_is_unusable_in_one_line(step: str, words: str) -> None:
    ill = {step: words} if step == "banner" else {"ehlo": words, "helo": words}
    with serve(ill) as server, pytest.raises(UnusableError) as caught:
        send(server)
    assert "\n" not in str(caught.value)
    assert server.messages == []


@pytest.mark.parametrize("words", ILL, ids=range(len(ILL)))
@pytest.mark.parametrize("step", ["mail", "rcpt", "data"])
def test_before_the_body_nothing_counts_and_all_may_be_sent_again(step: str, words: str) -> None:
    with serve({step: words}) as server:
        outcome = send(server)
    assert (outcome.result, server.messages) == (DEFERRED, [])
    assert "\n" not in outcome.detail


@pytest.mark.parametrize("words", ILL, ids=range(len(ILL)))
def test_after_the_end_mark_only_a_reply_tells(words: str) -> None:
    with serve(end=words) as server:
        outcome = send(server)
    assert (outcome.result, len(server.messages)) == (UNKNOWN, 1)


@pytest.mark.parametrize(
    ("says", "expected", "messages"),
    [
        ({"data": "250 kept already"}, DEFERRED, 0),  # nothing was sent, so nothing can be kept
        ({"data": "220 again"}, DEFERRED, 0),
        ({"mail": "354 send it"}, DEFERRED, 0),
        ({"rcpt": "354 send it"}, DEFERRED, 0),
        ({"rcpt": "421 closing"}, DEFERRED, 0),
        ({"data": "421 closing"}, DEFERRED, 0),
        ({"end": "421 closing"}, DEFERRED, 1),
        ({"end": "354 more"}, UNKNOWN, 1),
        ({"end": "150 maybe"}, UNKNOWN, 1),
        ({"end": "250-first\r\n250-second\r\n250 third"}, SENT, 1),
        ({"end": "250"}, SENT, 1),
        ({"end": "250\tkept"}, UNKNOWN, 1),
        ({"mail": "250-a\r\n250 b", "rcpt": "251 forwarded", "data": "354-a\r\n354 b"}, SENT, 1),
        ({"rcpt": "550-no\r\n550 such user"}, FAILED, 0),
        ({"after_data": "250 kept"}, DEFERRED, 0),  # a receipt ahead of the message
        ({"after_rcpt": "354 send it\r\n250 kept"}, DEFERRED, 0),
        ({"after_mail": "250 go on"}, DEFERRED, 0),
        ({"rset": "drop", "rcpt": "450 later"}, DEFERRED, 0),
        ({"rset": "500 what", "rcpt": "550 no"}, FAILED, 0),
        ({"quit": "stall"}, SENT, 1),
        ({"quit": "drop"}, SENT, 1),
        ({"quit": "endless"}, SENT, 1),
    ],
    ids=lambda value: " ".join(f"{k} {v[:12]!r}" for k, v in value.items()) if isinstance(value, dict) else None,
)
def test_what_a_server_says_out_of_order_is_no_receipt(says: dict[str, str], expected: Result, messages: int) -> None:
    with serve(says) as server:
        outcome = send(server)
    assert (outcome.result, len(server.messages)) == (expected, messages)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("drop", DEFERRED),
        ("552 too large", FAILED),
        ("452 full", DEFERRED),
        ("250 kept", DEFERRED),
        ("stall", DEFERRED),
    ],
)
def test_a_message_without_its_end_mark_has_not_left(words: str, expected: Result) -> None:
    with serve(body=words) as server:
        outcome = send(server, message=LARGE)
    assert (outcome.result, server.messages) == (expected, [])


def test_a_reply_that_lies_unread_after_a_message_is_not_the_next_ones() -> None:
    with serve(after_end="250 and the next one too") as server, Connection(mail(server), None) as connection:
        outcomes = [connection.send(f"c{n}@d.example", MESSAGE, lambda: None).result for n in range(3)]
    assert outcomes == [SENT, SENT, SENT]
    assert len(server.messages) == 3


def test_a_server_that_says_farewell_between_messages_is_called_again() -> None:
    with serve(after_end="421 idle too long") as server, Connection(mail(server), None) as connection:
        outcomes = [connection.send(f"c{n}@d.example", MESSAGE, lambda: None).result for n in range(2)]
    assert outcomes == [SENT, SENT]


@pytest.mark.parametrize("words", [*ILL, "454 not now", "501 no"], ids=range(len(ILL) + 2))
def test_without_encryption_nothing_is_sent(words: str) -> None:
    with serve(ehlo="250-here\r\n250 STARTTLS", starttls=words) as server, pytest.raises(UnusableError):
        send(server, security="starttls", username="kliping")
    assert not [line for line in server.commands if line.lower().startswith(("auth", "mail"))]


@pytest.mark.parametrize("more", ["250 injected", "250-here\r\n250 AUTH PLAIN"])
def test_what_is_said_before_the_encryption_is_not_believed(more: str) -> None:
    with serve(ehlo="250-here\r\n250 STARTTLS", after_starttls=more) as server, pytest.raises(UnusableError):
        send(server, security="starttls")
    assert [line.split()[0] for line in server.commands[:2]] == ["ehlo", "STARTTLS"]


@pytest.mark.parametrize(
    "words", [*ILL, "334 !!!! no base64", "334 ", "535 wrong", "334 \udcff"], ids=range(len(ILL) + 4)
)
@pytest.mark.parametrize("mechanism", ["CRAM-MD5", "PLAIN", "LOGIN", "XYZZY"])
def test_a_login_that_goes_wrong_is_one_line_without_the_password(mechanism: str, words: str) -> None:
    ehlo = f"250-here\r\n250 AUTH {mechanism}"
    with serve(ehlo=ehlo, auth=words) as server, pytest.raises(UnusableError) as caught:
        send(server, username="kliping")
    assert "rahasia" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_password_beyond_ascii_is_one_line() -> None:
    with (
        serve(ehlo="250-here\r\n250 AUTH PLAIN") as server,
        Connection(mail(server, username="kliping"), "rahasiá") as connection,
        pytest.raises(UnusableError, match="beyond ASCII"),
    ):
        connection.send("c@d.example", MESSAGE, lambda: None)


@pytest.mark.parametrize(
    ("to", "message", "ehlo", "expected"),
    [
        ("wali@контора.example", MESSAGE, "250 here", FAILED),
        ("wali@контора.example", MESSAGE, "250-here\r\n250 SMTPUTF8", SENT),
        ("c@d.example", "Subject: halo\r\n\r\nภาษา\r\n".encode(), "250 here", FAILED),
        ("c@d.example", "Subject: halo\r\n\r\nภาษา\r\n".encode(), "250-here\r\n250 8BITMIME", SENT),
        ("c@d.example\r\nRCPT TO:<e@f.example>", MESSAGE, "250 here", FAILED),
        ("c@d.example", b"Subject: halo\r\n\r\na\n.\nMAIL FROM:<x@y>\r.\rend", "250 here", SENT),
    ],
    ids=["utf8 lacking", "utf8", "8bit lacking", "8bit", "injected", "smuggled"],
)
def test_what_a_server_cannot_take_is_told(to: str, message: bytes, ehlo: str, expected: Result) -> None:
    with serve(ehlo=ehlo) as server:
        outcome = send(server, to, message)
    assert outcome.result is expected
    assert len(server.messages) == (expected is SENT)
    assert sum(line.lower().startswith("rcpt") for line in server.commands) == (expected is SENT)
    assert not [body for body in server.messages if b"\n.\n" in body or b"\r.\r" in body.replace(b"\r\n", b"")]


def test_a_server_without_ehlo_is_greeted_the_old_way() -> None:
    with serve(ehlo="502 what?") as server:
        assert send(server).result is SENT
