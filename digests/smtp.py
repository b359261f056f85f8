"""One connection to a mail server, and one honest outcome per message. Knows nothing of editions or the store."""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address
from types import TracebackType

from digests.plain import one_line, shorten
from digests.wire import Encrypted, Plain, our_name
from pipeline.config import MailSettings
from pipeline.errors import DeliveryError

_GO_AHEAD = 354  # RFC 5321, 4.2.3: start mail input


class Result(StrEnum):
    SENT = "sent"
    DEFERRED = "deferred"  # 4xx, or the connection went before the body: the server does not have it
    FAILED = "failed"  # 5xx
    UNKNOWN = "unknown"  # the body went out and no reply came: the server may have it


SENDER, END = "sender", "end of message"  # steps
_RESULTS = {2: Result.SENT, 4: Result.DEFERRED, 5: Result.FAILED}  # by the first digit of the reply
_ENVIRONMENT = {"mail": "KLIPING_SMTP_PASSWORD", "alarms.relay": "KLIPING_RELAY_PASSWORD"}
_SLOWEST = 8192  # bytes a second that a body may take at the slowest, beside the time for a reply
_QUIT_SECONDS = 5.0  # for a farewell: everything is said


class UnusableError(DeliveryError):
    """The server cannot be used at all: nothing was handed over."""


@dataclass(frozen=True, slots=True)
class Outcome:
    result: Result
    detail: str  # the server's reply, or what happened, on one line
    lost: bool = False  # the connection broke
    step: str = ""  # that the server refused: sender, recipient, data, end of message


class Connection:
    """Opened at the first message, kept for the next ones, opened anew after it was lost. For one thread.

    `sender`: whom servers return mail to; mail.sender when absent. `option`: where its settings stand, for words
    that a person reads.
    """

    def __init__(
        self,
        settings: MailSettings,
        password: str | None,
        *,
        sender: str | None = None,
        option: str = "mail",
    ) -> None:
        if settings.host is None:
            raise DeliveryError(f"{option}.host: no mail server is configured; messages go to the outbox folder")
        self._host, self._settings, self._password = settings.host, settings, password
        self._sender = sender or settings.sender
        self._option = option
        self._smtp: Plain | Encrypted | None = None

    def __enter__(self) -> Connection:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        if self._smtp is None:
            return
        try:
            self._smtp.timeout = min(self._settings.timeout, _QUIT_SECONDS)
            self._smtp.quit()
        except (OSError, smtplib.SMTPException):
            self._drop()

    def send(self, recipient: str, message: bytes, before_body: Callable[[], None]) -> Outcome:
        """Hand one message over. `before_body` runs when the server said "go ahead" and nothing of the body has left.

        Raises `UnusableError` when the server cannot be used at all, and whatever `before_body` raises: in both cases
        this message was not handed over. It takes a bounded time, however slowly the server speaks.
        """
        smtp, refusal = self._ready(recipient, message)
        if smtp is None:
            return refusal
        try:
            before_body()
        except BaseException:
            self._drop()  # without a body the server has no message
            raise
        return self._body(smtp, _stuffed(message)) or self._end(smtp)

    def _body(self, smtp: Plain | Encrypted, data: bytes) -> Outcome | None:
        """The message without its end mark. A server that lacks the mark has no message (RFC 5321, 4.1.1.10).

        None: it waits for the mark. A reply before it can be a refusal, never a receipt.
        """
        try:
            smtp.transmit(data, self._settings.timeout + len(data) / _SLOWEST)
            if not smtp.has_spoken():
                return None
            code, text = smtp.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            return Outcome(Result.DEFERRED, f"connection lost within the message: {_words(error)}", lost=True)
        self._drop()
        return self._judged("message", (code, text))

    def _end(self, smtp: Plain | Encrypted) -> Outcome:
        """The end mark: from here on only the reply tells."""
        try:
            smtp.transmit(b".\r\n", self._settings.timeout)
            reply = smtp.reply_within(max(self._settings.timeout, self._settings.final_timeout))
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            return Outcome(Result.UNKNOWN, f"connection lost after the message: {_words(error)}", lost=True)
        return self._judged(END, reply)

    def _ready(self, recipient: str, message: bytes) -> tuple[Plain | Encrypted | None, Outcome]:
        """A server that waits for the body, or its refusal. A connection that had gone stale is opened anew, once."""
        while True:
            fresh = self._smtp is None
            smtp = self._open()
            try:
                refusal = self._envelope(smtp, recipient, message)
            except (OSError, smtplib.SMTPException) as error:
                self._drop()
                refusal = Outcome(Result.DEFERRED, f"connection lost before the message: {_words(error)}", lost=True)
            except ValueError as error:  # an address that no command can hold
                return None, Outcome(Result.FAILED, f"recipient: {_words(error)}", step="recipient")
            if refusal is None:
                return smtp, Outcome(Result.SENT, "")
            if fresh or self._smtp is not None:
                return None, refusal

    def _envelope(self, smtp: Plain | Encrypted, recipient: str, message: bytes) -> Outcome | None:
        """MAIL, RCPT and DATA. None: the server waits for the body."""
        options, lacking = _options(smtp, recipient, message)
        if lacking:
            return Outcome(Result.FAILED, f"recipient: the mail server lacks {lacking}", step="recipient")
        reply = smtp.mail(self._sender, options)
        if reply[0] // 100 != 2:
            return self._refused(smtp, SENDER, reply)
        reply = smtp.rcpt(recipient)
        if reply[0] // 100 != 2:
            return self._refused(smtp, "recipient", reply)
        reply = smtp.docmd("DATA")
        if reply[0] != _GO_AHEAD:
            return self._refused(smtp, "data", reply)
        if smtp.has_spoken():
            raise smtplib.SMTPServerDisconnected("replied to a message that it did not have")
        return None

    def _refused(self, smtp: Plain | Encrypted, step: str, reply: tuple[int, bytes]) -> Outcome:
        """The outcome of a refusal, with the transaction undone for the next message."""
        outcome = self._judged(step, reply)
        if self._smtp is not None:
            try:
                if smtp.rset()[0] // 100 != 2:
                    self._drop()
            except (OSError, smtplib.SMTPException):
                self._drop()
        return outcome

    def _judged(self, step: str, reply: tuple[int, bytes]) -> Outcome:
        """By the code's first digit. Before the end of the message nothing counts as sent, whatever the server says."""
        code, text = reply
        known = _RESULTS if step == END else {4: Result.DEFERRED, 5: Result.FAILED}
        unclear = Result.UNKNOWN if step == END else Result.DEFERRED
        if code == 421 or code // 100 not in known:  # 421: it is closing the connection
            self._drop()
        detail = f"{step}: {code} {shorten(one_line(text.decode(errors='replace')), 200) or ''}".rstrip()
        return Outcome(known.get(code // 100, unclear), detail, step=step)

    def _open(self) -> Plain | Encrypted:
        if self._smtp is None:
            where, here = f"mail server {self._host}:{self._settings.port}", self._option
            try:
                self._smtp = self._connect()
            except smtplib.SMTPAuthenticationError as error:
                raise UnusableError(f"{where}: refused the login: {_words(error)}; check {here}.username") from None
            except smtplib.SMTPNotSupportedError as error:
                raise UnusableError(f"{where}: {_words(error)}; check {here}.security and {here}.username") from None
            except ssl.SSLError as error:
                raise UnusableError(f"{where}: no secure connection: {_words(error)}; check {here}.security") from None
            except UnicodeEncodeError:
                raise UnusableError(f"{where}: takes no login with letters beyond ASCII; choose another") from None
            except (OSError, smtplib.SMTPException, ValueError) as error:  # ValueError: a challenge that is no base64
                raise UnusableError(f"{where}: cannot be reached: {_words(error)}; tried again later") from None
        return self._smtp

    def _connect(self) -> Plain | Encrypted:
        settings, host = self._settings, self._host
        secret = self._secret()
        if settings.security == "tls":
            context = ssl.create_default_context()
            smtp: Plain | Encrypted = Encrypted(
                host, settings.port, our_name(), timeout=settings.timeout, context=context
            )
        else:
            smtp = Plain(host, settings.port, our_name(), timeout=settings.timeout)
        try:
            if settings.security == "starttls":
                smtp.starttls(context=ssl.create_default_context())
            smtp.ehlo_or_helo_if_needed()
            if settings.username and secret is not None:
                smtp.login(settings.username, secret)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _secret(self) -> str | None:
        """The password, where there is a login. Raises `UnusableError` before anything is sent in the open."""
        if self._settings.username is None:
            return None
        if self._settings.security == "none" and not _is_loopback(self._host):
            raise UnusableError(
                f"{self._option}.security: a password is not sent over an open connection; use starttls or tls"
            )
        if self._password is None:
            raise UnusableError(
                f"{self._option}.username: needs a password in the environment: {_ENVIRONMENT[self._option]}"
            )
        return self._password

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None


def _options(smtp: Plain | Encrypted, recipient: str, message: bytes) -> tuple[list[str], str | None]:
    """(options of MAIL, the extension that this message needs and the server lacks). Raises `ValueError`."""
    if not recipient.isprintable() or " " in recipient:
        raise ValueError("no address holds spaces or control characters")
    needed = [] if message.isascii() else ["8BITMIME"]
    needed += [] if recipient.isascii() else ["SMTPUTF8"]
    lacking = next((name for name in needed if not smtp.has_extn(name)), None)
    smtp.command_encoding = "ascii" if recipient.isascii() else "utf-8"
    options = {"8BITMIME": "BODY=8BITMIME", "SMTPUTF8": "SMTPUTF8"}
    return [options[name] for name in needed], lacking


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _stuffed(message: bytes) -> bytes:
    """The body as DATA wants it, without the end mark: a dot at a line's start doubled (RFC 5321, 4.5.2).

    Lines end in CRLF only: a bare LF or CR around a dot is an end mark to some servers, and what follows a command.
    """
    pairs = message.count(b"\r\n")
    if not pairs == message.count(b"\r") == message.count(b"\n"):
        message = re.sub(rb"\r\n|\r|\n", b"\r\n", message)
    end = b"" if message.endswith(b"\r\n") else b"\r\n"
    return (b"\r\n" + message + end).replace(b"\r\n.", b"\r\n..")[2:]


def _words(error: Exception) -> str:
    """What a library says, on one line and short."""
    if isinstance(error, smtplib.SMTPResponseException):
        text = error.smtp_error
        said = text.decode(errors="replace") if isinstance(text, bytes) else str(text)
        return shorten(one_line(f"{error.smtp_code} {said}"), 200) or type(error).__name__
    if isinstance(error, OSError) and error.strerror and not isinstance(error, ssl.SSLError):
        return error.strerror
    return shorten(one_line(str(error)), 200) or type(error).__name__
