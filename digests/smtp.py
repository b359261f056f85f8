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
from pipeline.config import MailSettings
from pipeline.errors import DeliveryError

_GO_AHEAD = 354  # RFC 5321, 4.2.3: start mail input


class Result(StrEnum):
    SENT = "sent"
    DEFERRED = "deferred"  # 4xx, or the connection went before the body: the server does not have it
    FAILED = "failed"  # 5xx
    UNKNOWN = "unknown"  # the body went out and no reply came: the server may have it


_END = "end of message"
_RESULTS = {2: Result.SENT, 4: Result.DEFERRED, 5: Result.FAILED}  # by the first digit of the reply


@dataclass(frozen=True, slots=True)
class Outcome:
    result: Result
    detail: str  # the server's reply, or what happened, on one line
    lost: bool = False  # the connection broke


class Connection:
    """Opened at the first message, kept for the next ones, opened anew after it was lost."""

    def __init__(self, settings: MailSettings, password: str | None) -> None:
        if settings.host is None:
            raise DeliveryError("mail.host: no mail server is configured; messages go to the outbox folder")
        self._host, self._settings, self._password = settings.host, settings, password
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Connection:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        if self._smtp is None:
            return
        try:
            self._smtp.quit()
        except (OSError, smtplib.SMTPException):
            self._smtp.close()

    def send(self, recipient: str, message: bytes, before_body: Callable[[], None]) -> Outcome:
        """Hand one message over. `before_body` runs when the server said "go ahead" and nothing of the body has left.

        Raises `DeliveryError` when the server cannot be used at all, and whatever `before_body` raises: in both cases
        this message was not handed over.
        """
        smtp, refusal = self._ready(recipient)
        if smtp is None:
            return refusal
        try:
            before_body()
        except BaseException:
            self._drop()  # without a body the server has no message
            raise
        try:
            smtp.send(_stuffed(message))
            reply = smtp.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            return Outcome(Result.UNKNOWN, f"connection lost after the message: {_words(error)}", lost=True)
        return self._judged(_END, reply)

    def _ready(self, recipient: str) -> tuple[smtplib.SMTP | None, Outcome]:
        """A server that waits for the body, or its refusal. A connection that had gone stale is opened anew, once."""
        while True:
            fresh = self._smtp is None
            smtp = self._open()
            try:
                refusal = self._envelope(smtp, recipient)
            except (OSError, smtplib.SMTPException) as error:
                self._drop()
                refusal = Outcome(Result.DEFERRED, f"connection lost before the message: {_words(error)}", lost=True)
            if refusal is None:
                return smtp, Outcome(Result.SENT, "")
            if fresh or self._smtp is not None:
                return None, refusal

    def _envelope(self, smtp: smtplib.SMTP, recipient: str) -> Outcome | None:
        """MAIL, RCPT and DATA. None: the server waits for the body."""
        reply = smtp.mail(self._settings.sender)
        if reply[0] // 100 != 2:
            return self._refused(smtp, "sender", reply)
        reply = smtp.rcpt(recipient)
        if reply[0] // 100 != 2:
            return self._refused(smtp, "recipient", reply)
        reply = smtp.docmd("DATA")
        return None if reply[0] == _GO_AHEAD else self._refused(smtp, "data", reply)

    def _refused(self, smtp: smtplib.SMTP, step: str, reply: tuple[int, bytes]) -> Outcome:
        """The outcome of a refusal, with the transaction undone for the next message."""
        outcome = self._judged(step, reply)
        if self._smtp is not None:
            try:
                smtp.rset()
            except (OSError, smtplib.SMTPException):
                self._drop()
        return outcome

    def _judged(self, step: str, reply: tuple[int, bytes]) -> Outcome:
        code, text = reply
        if code in (421, -1):  # 421: the server is closing the connection; -1: it spoke no SMTP
            self._drop()
        detail = f"{step}: {code} {shorten(one_line(text.decode(errors='replace')), 200) or ''}".rstrip()
        unclear = Result.UNKNOWN if step == _END else Result.DEFERRED
        return Outcome(_RESULTS.get(code // 100, unclear), detail)

    def _open(self) -> smtplib.SMTP:
        if self._smtp is None:
            where = f"mail server {self._host}:{self._settings.port}"
            try:
                self._smtp = self._connect()
            except smtplib.SMTPAuthenticationError as error:
                raise DeliveryError(f"{where}: refused the login: {_words(error)}; check mail.username") from None
            except smtplib.SMTPNotSupportedError as error:
                raise DeliveryError(f"{where}: {_words(error)}; check mail.security and mail.username") from None
            except ssl.SSLError as error:
                raise DeliveryError(f"{where}: no secure connection: {_words(error)}; check mail.security") from None
            except (OSError, smtplib.SMTPException) as error:
                raise DeliveryError(f"{where}: cannot be reached: {_words(error)}; tried again later") from None
        return self._smtp

    def _connect(self) -> smtplib.SMTP:
        settings, host = self._settings, self._host
        secret = self._secret()
        if settings.security == "tls":
            context = ssl.create_default_context()
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(host, settings.port, timeout=settings.timeout, context=context)
        else:
            smtp = smtplib.SMTP(host, settings.port, timeout=settings.timeout)
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
        """The password, where there is a login. Raises `DeliveryError` before anything is sent in the open."""
        if self._settings.username is None:
            return None
        if self._settings.security == "none" and not _is_loopback(self._host):
            raise DeliveryError("mail.security: a password is not sent over an open connection; use starttls or tls")
        if self._password is None:
            raise DeliveryError("mail.username: needs a password in the environment: KLIPING_SMTP_PASSWORD")
        return self._password

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _stuffed(message: bytes) -> bytes:
    """The body as DATA wants it: a dot at a line's start doubled, then the end mark (RFC 5321, 4.5.2)."""
    end = b"" if message.endswith(b"\r\n") else b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", message) + end + b".\r\n"


def _words(error: Exception) -> str:
    """What a library says, on one line and short."""
    if isinstance(error, smtplib.SMTPResponseException):
        text = error.smtp_error
        said = text.decode(errors="replace") if isinstance(text, bytes) else str(text)
        return shorten(one_line(f"{error.smtp_code} {said}"), 200) or type(error).__name__
    if isinstance(error, OSError) and error.strerror and not isinstance(error, ssl.SSLError):
        return error.strerror
    return shorten(one_line(str(error)), 200) or type(error).__name__
