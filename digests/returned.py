"""What a returned message says: whom it is about, and whether the mailbox is gone, full, or its owner complains. Pure.

Read are delivery reports (RFC 3464), complaints (ARF, RFC 5965), wishes to unsubscribe by mail, and the plain letters
of mail servers that write no report (qmail, older Exim and others). Only a message that carries our own mark back, in
the headers that were returned, proves whom it was for; anybody can write the rest.

A refusal for good is "hard" only where it speaks of the mailbox: what is refused for its content, for our server's
name or for a fault on the way (5.3, 5.4, 5.6, 5.7) would be refused of everybody, and says nothing of one reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.policy import compat32
from email.utils import parsedate_to_datetime

from digests.plain import one_line, shorten
from pipeline.store.bounces import BounceKind

LARGEST = 2_000_000  # bytes of a message that is looked at; reports are a few kilobytes
_PARTS = 50  # of a message
_LINES = 4_000  # of a plain letter
_DETAIL = 200  # characters
_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_REPLY = re.compile(r"(?<![\d.])([45])\d\d[ -]")
_ADDRESS = re.compile(r"[^\s<>;:,\"()\[\]\\]+@[A-Za-z0-9.-]+")
_MARK = re.compile(rb"(?mi)^X-Kliping-Reader:[ \t]*([0-9]{1,9}\.[0-9a-f]{24})[ \t]*\r?$")
_MESSAGE_ID = re.compile(rb"(?mi)^Message-I[dD]:\s*(<kliping\.[^<>\s]{1,240}>)")
_WISH = re.compile(r"\s*(?:re:\s*)?unsubscribe\s+[a-z][a-z0-9-]{0,62}\s+([0-9]{1,9}\.[0-9a-f]{24})\s*", re.IGNORECASE)
_MAILBOX = ("5.1.0", "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1", "5.5.0", "5.0.0")  # RFC 3463, and 5.1.10
_VAGUE = ("5.0.0", "5.5.0")  # they say no more than "refused": the words must speak of the mailbox
_GONE = re.compile(  # as common servers word it
    r"user unknown|unknown user|no such (?:user|mailbox|recipient|address|person)|does not exist|no mailbox here"
    r"|(?:user|mailbox|recipient|address|account) (?:\S+ )?(?:doesn't|doesn’t) exist"
    r"|(?:doesn't|does not) have an? (?:\S+ )?account"
    r"|mailbox (?:not found|unavailable|is disabled)|recipient (?:address )?rejected|recipient not found"
    r"|account (?:has been |is |that you tried to reach is )?(?:disabled|deactivated|closed)"
    r"|this account .{0,40}inactive|invalid recipient"
    r"|not our customer|unrouteable address",
    re.IGNORECASE,
)
_FULL = re.compile(
    r"mailbox (?:is )?full|quota|over ?quota|out of storage|storage space|too many messages", re.IGNORECASE
)
_LETTERS = (  # how servers begin a letter that is no report
    "hi. this is the qmail-send program",
    "this message was created automatically by mail delivery software",
    "this is the mail system at host",
    "message from",
    "delivery has failed to these recipients",
    "address not found",
    "message not delivered",
    "mail delivery failed",
    "i'm sorry to have to inform you that your message could not",
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One message, read. `mark` and `message_id` are what it carries of ours."""

    kind: BounceKind
    mark: str | None  # proves whom our message was for
    message_id: str | None  # anybody who knows an address can make it up
    address: str | None  # whom the report names
    status: str | None
    detail: str | None
    at: datetime | None  # its Date


def read(content: bytes) -> Reading:
    """The message, whatever it is; what says nothing of ours is `ignored`."""
    content = content[:LARGEST]
    message = message_from_bytes(content, policy=compat32)
    parts = list(_walk(message))
    at = _date(message)
    wish = _WISH.fullmatch(_text(message.get("Subject", "")))
    if wish is not None:
        return Reading(BounceKind.UNSUBSCRIBE, wish[1], None, None, None, "wished by mail", at)
    mark, name = _first(_MARK, content, parts), _first(_MESSAGE_ID, content, parts)
    for part in parts:
        if part.get_content_type() == "message/feedback-report":
            return _complaint(part, mark, name, at)
    for part in parts:
        if part.get_content_type() in ("message/delivery-status", "message/global-delivery-status"):
            return _report(part, mark, name, at)
    return _letter(message, parts, mark, name, at)


def _walk(message: Message) -> Iterator[Message]:
    """The parts, the outer one first; those of a returned message are not its own, but their headers are looked at."""
    for number, part in enumerate(message.walk()):
        if number >= _PARTS:
            return
        yield part


def _first(pattern: re.Pattern[bytes], content: bytes, parts: list[Message]) -> str | None:
    """In what was returned: raw, or within a part that is encoded. Not in the report's own headers."""
    _, _, body = content.replace(b"\r\n", b"\n").partition(b"\n\n")
    found = pattern.search(body)
    for part in parts[1:]:
        if found is not None:
            break
        if not part.is_multipart() and part.get("Content-Transfer-Encoding", "").lower() in (
            "base64",
            "quoted-printable",
        ):
            found = pattern.search(_decoded(part))
    return found[1].decode("ascii") if found else None


def _decoded(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _complaint(part: Message, mark: str | None, name: str | None, at: datetime | None) -> Reading:
    """An ARF report: `abuse` and `fraud` are complaints; `not-spam` and measurements are none."""
    fields = next(iter(_blocks(part)), {})
    kind = fields.get("feedback-type", "abuse").lower()
    address = _address(fields.get("original-rcpt-to", "") or fields.get("removal-recipient", ""))
    what = BounceKind.COMPLAINT if kind in ("abuse", "fraud", "opt-out", "other") else BounceKind.IGNORED
    return Reading(what, mark, name, address, None, f"feedback: {shorten(one_line(kind), 40)}", at)


def _report(part: Message, mark: str | None, name: str | None, at: datetime | None) -> Reading:
    """The first recipient that was refused; a delay, a relay or a success is no bounce."""
    for fields in list(_blocks(part))[:_PARTS]:
        if fields.get("action", "").lower() != "failed":
            continue
        said = fields.get("diagnostic-code", "")
        status = _status(fields.get("status", "")) or _status(said)
        address = _address(fields.get("original-recipient", "")) or _address(fields.get("final-recipient", ""))
        detail = shorten(one_line(said.partition(";")[2] or said), _DETAIL)
        return Reading(_kind(status, said), mark, name, address, status, detail, at)
    return Reading(BounceKind.IGNORED, mark, name, None, None, "a report of no failure", at)


def _letter(message: Message, parts: list[Message], mark: str | None, name: str | None, at: datetime | None) -> Reading:
    """A server's plain letter. Only what begins as such letters do, and carries ours back, is taken for one."""
    text = _words(parts)
    opening = " ".join(text[:600].lower().split())
    from_server = any(begin in opening for begin in _LETTERS) or "X-Failed-Recipients" in message
    if not from_server or (mark is None and name is None):
        return Reading(BounceKind.IGNORED, None, None, None, None, "no report of a mail server", at)
    told = text.partition("\nReceived:")[0].partition("\n--- ")[0][:4_000]
    status = _status(told)
    reply = _REPLY.search(told)
    kind = _kind(status, told) if status or not reply else _kind(f"{reply[1]}.0.0", told)
    address = _address(_text(message.get("X-Failed-Recipients", ""))) or _address(told)
    line = next((line for line in told.splitlines() if _STATUS.search(line) or _REPLY.search(line)), opening)
    return Reading(kind, mark, name, address, status, shorten(one_line(line), _DETAIL), at)


def _kind(status: str | None, said: str) -> BounceKind:
    """Hard only where the mailbox itself is gone; a full one, or anything doubtful, is soft."""
    if _FULL.search(said) or status in ("5.2.2", "4.2.2"):
        return BounceKind.SOFT
    if status is None:
        return BounceKind.HARD if _GONE.search(said) else BounceKind.SOFT
    if status.startswith("2"):
        return BounceKind.IGNORED
    if status in _MAILBOX and (status not in _VAGUE or _GONE.search(said)):
        return BounceKind.HARD
    return BounceKind.SOFT


def _blocks(part: Message) -> Iterator[Mapping[str, str]]:
    """The groups of fields of a status part, names in lower case."""
    payload = part.get_payload()
    inner = payload if isinstance(payload, list) else []
    for block in inner:
        if isinstance(block, Message):
            yield {name.lower(): _text(value) for name, value in block.items()}
    if not inner:  # encoded, or not taken apart by the parser
        for text in re.split(r"\n\s*\n", _decoded(part).decode("utf-8", "replace").replace("\r\n", "\n")):
            found = message_from_bytes(text.strip().encode(), policy=compat32)
            yield {name.lower(): _text(value) for name, value in found.items()}


def _words(parts: list[Message]) -> str:
    """The first text of the message, as a person reads it."""
    for part in parts:
        if part.get_content_type() == "text/plain":
            text = _decoded(part).decode(_charset(part), "replace")
            return "\n".join(text.replace("\r\n", "\n").splitlines()[:_LINES])
    return ""


def _charset(part: Message) -> str:
    try:
        name = part.get_content_charset("utf-8")
        return name if b"a".decode(name) == "a" else "utf-8"
    except (LookupError, ValueError, AssertionError, UnicodeError):
        return "utf-8"


def _text(value: object) -> str:
    """A header as one line, whatever it holds."""
    try:
        text = str(make_header(decode_header(str(value))))
    except (ValueError, LookupError, UnicodeError, IndexError):
        text = str(value)
    return one_line(text) or ""


def _address(text: str) -> str | None:
    """The first address in it: "rfc822; <a@b.example>" or bare."""
    found = _ADDRESS.search(text.rpartition(";")[2] if ";" in text else text)
    return found[0].lower()[:254] if found else None


def _status(text: str) -> str | None:
    found = _STATUS.search(text)
    return found[0] if found else None


def _date(message: Message) -> datetime | None:
    try:
        when = parsedate_to_datetime(_text(message.get("Date", "")))
        return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
