"""The operators' mail: short and loud, once when alarms open and once when they close.

An alarm is marked as told before its mail leaves. A kill in between, or a server that took the message and never
answered, loses that mail and doubles none: the alarm stays in `kliping status`. What the server surely does not have is
unmarked, and the next tick tells it again. Nobody is told anything where `[alarms] to` is empty.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from digests.addresses import check_address
from digests.notices import Send, way
from digests.operator_mail import operator_mail
from digests.plain import one_line, shorten
from digests.smtp import Outcome, Result
from pipeline.config import Settings
from pipeline.errors import DeliveryError, SettingsError
from pipeline.health import what_to_do
from pipeline.store import AlarmRecord, Store

_LONGEST_VALUE = 200  # characters of a value in the mail
_MOST = 40  # alarms of one mail; `kliping status` has the rest
_WORDS = {
    "en": {
        "since": "since {time}",
        "more": "and {n} more",
        "outlets": "{n} outlets",
        "well": "well again",
        "good": "last good",
        "present": "now",
        "do": "do",
        "opened": "from {opened} to {closed}",
        "status": "All that is open: kliping status",
    },
    "id": {
        "since": "sejak {time}",
        "more": "dan {n} lagi",
        "outlets": "{n} media",
        "well": "pulih",
        "good": "terakhir baik",
        "present": "sekarang",
        "do": "lakukan",
        "opened": "dari {opened} sampai {closed}",
        "status": "Semua yang masih terbuka: kliping status",
    },
}


@dataclass(frozen=True, slots=True)
class AlarmMail:
    """One message, the same to every operator."""

    subject: str
    text: str
    html: str
    key: str  # names it: the alarms it tells, and how


@dataclass(frozen=True, slots=True)
class Told:
    """What a tick told."""

    opened: int = 0
    closed: int = 0
    trouble: str | None = None  # why it could not, or not all

    def line(self) -> str | None:
        """For a log; `None` when there was nothing to tell."""
        if self.trouble:
            return f"alarm mail: {self.trouble}"
        if not self.opened and not self.closed:
            return None
        return f"alarm mail: {self.opened} opened, {self.closed} closed"


def tell(store: Store, settings: Settings, titles: Mapping[str, str], *, now: datetime) -> Told:
    """One mail for all alarms that opened since the last time, one for all that closed. Raises `StoreError`."""
    if not settings.alarms.to:
        return Told()
    try:
        settings = _with_checked_addresses(settings)
    except SettingsError as error:
        return Told(trouble=str(error))
    untold = store.alarms.take_untold(now)
    opened = [record for record in untold if record.closed_at is None]
    closed = [record for record in untold if record.closed_at is not None]
    trouble = None
    with way(settings) as send:
        for records in filter(None, (opened, closed)):
            failed = _send_to_all(send, compose(records, titles, settings), settings, now)
            if failed is not None:
                store.alarms.give_back(records)
                trouble = failed
    return Told(len(opened), len(closed), trouble)


def _with_checked_addresses(settings: Settings) -> Settings:
    """The settings with every address in the form that can stand in a header. Raises `SettingsError`."""
    to = tuple(dict.fromkeys(_checked(address, "alarms.to") for address in settings.alarms.to))
    alarms = settings.alarms.model_copy(update={"to": to})
    mail = settings.mail.model_copy(update={"sender": _checked(settings.mail.sender, "mail.sender")})
    return settings.model_copy(update={"alarms": alarms, "mail": mail})


def _checked(address: str, option: str) -> str:
    try:
        return check_address(address)
    except SettingsError as error:
        raise SettingsError(f"{option}: {error}") from None


# --- what it says ----------------------------------------------------------------------------------------------------


def compose(records: Sequence[AlarmRecord], titles: Mapping[str, str], settings: Settings) -> AlarmMail:
    """The mail about alarms that all opened, or all closed."""
    words, zone = _WORDS[settings.alarms.language], settings.zone
    over = records[0].closed_at is not None
    shown = [_Shown(record, titles.get(record.outlet, record.outlet), words, zone) for record in records[:_MOST]]
    hidden = len(records) - len(shown)
    closing = ([words["more"].format(n=hidden)] if hidden else []) + [words["status"]]
    lines = [line for each in shown for line in (*each.lines(), "")]
    html = "".join(each.html() for each in shown) + "".join(f"<p>{escape(line)}</p>" for line in closing)
    names = "\n".join(f"{record.id} {over}" for record in records)
    return AlarmMail(
        subject=_subject(shown, len(records), words),
        text="\n".join([*lines, *closing]) + "\n",
        html=f'<html><body style="font:15px/1.4 sans-serif">{html}</body></html>\n',
        key=hashlib.sha256(names.encode()).hexdigest()[:32],
    )


@dataclass(frozen=True, slots=True)
class _Shown:
    """One alarm in a language and a zone."""

    record: AlarmRecord
    title: str
    words: Mapping[str, str]
    zone: ZoneInfo

    @property
    def head(self) -> str:
        """ "ANTARA ✗ layout (headline since 06:12)"."""
        record = self.record
        subject = _short(record.subject)
        if record.closed_at is not None:
            return f"{self.title} ✓ {self.words['well']} ({record.failure.value}, {subject})"
        since = self.words["since"].format(time=f"{record.opened_at.astimezone(self.zone):%H:%M}")
        return f"{self.title} ✗ {record.failure.value} ({subject} {since})"

    def lines(self) -> list[str]:
        return [self.head, *(f"  {name}: {value}" if name else f"  {value}" for name, value in self._rows())]

    def html(self) -> str:
        colour = "#b00020" if self.record.closed_at is None else "#1b6e3c"
        rows = "<br>".join(
            f"{escape(name)}: {escape(value)}" if name else escape(value) for name, value in self._rows()
        )
        return f'<p><b style="color:{colour}">{escape(self.head)}</b><br>{rows}</p>\n'

    def _rows(self) -> Iterator[tuple[str, str]]:
        record, words = self.record, self.words
        yield "", _value(record.detail)
        if record.closed_at is not None:
            moments = {"opened": self._moment(record.opened_at), "closed": self._moment(record.closed_at)}
            yield "", words["opened"].format(**moments)
            return
        if record.last_good:
            yield words["good"], _value(record.last_good)
        if record.present:
            yield words["present"], _value(record.present)
        yield words["do"], what_to_do(record.outlet, record.failure)

    def _moment(self, when: datetime) -> str:
        return f"{when.astimezone(self.zone):%Y-%m-%d %H:%M}"


def _value(text: str) -> str:
    return shorten(one_line(text), _LONGEST_VALUE) or ""


def _short(subject: str) -> str:
    """A listing by host and path: the scheme says nothing."""
    return shorten(subject.partition("://")[2] or subject, 60) or ""


def _subject(shown: Sequence[_Shown], count: int, words: Mapping[str, str]) -> str:
    titles = list(dict.fromkeys(each.title for each in shown))
    if len(titles) > 1:
        mark = "✗" if shown[0].record.closed_at is None else f"✓ {words['well']}"
        named = ", ".join(titles[:4]) + (" …" if len(titles) > 4 else "")
        return f"KLIPING: {words['outlets'].format(n=len(titles))} {mark} {named}"
    more = f" {words['more'].format(n=count - 1)}" if count > 1 else ""
    return f"KLIPING: {shown[0].head}{more}"


# --- how it leaves ---------------------------------------------------------------------------------------------------


def message(mail: AlarmMail, sender: str, recipient: str, settings: Settings, now: datetime) -> bytes:
    """The mail to one operator as it goes over the wire."""
    return operator_mail(
        mail.subject,
        mail.text,
        mail.html,
        sender=sender,
        sender_name=settings.mail.sender_name,
        recipient=recipient,
        sent_at=now.astimezone(settings.zone),
        message_id=message_id(mail, sender, recipient),
    )


def message_id(mail: AlarmMail, sender: str, recipient: str) -> str:
    """The same for the same alarms and operator: a mail program shows it once, however often it came."""
    name = hashlib.sha256(f"{mail.key}\n{recipient}".encode()).hexdigest()[:32]
    return f"<kliping.alarm.{name}@{sender.rpartition('@')[2]}>"


def _send_to_all(send: Send, mail: AlarmMail, settings: Settings, now: datetime) -> str | None:
    """Why surely nobody has it, and it must be told again; `None` when somebody has it, or may have it.

    A refusal for good (5xx) is final: it is not asked for again every minute.
    """
    outcomes = [_sent(send, mail, recipient, settings, now) for recipient in settings.alarms.to]
    deferred = [outcome.detail for outcome in outcomes if outcome.result is Result.DEFERRED]
    refused = [outcome.detail for outcome in outcomes if outcome.result is Result.FAILED]
    return deferred[0] if deferred and len(deferred) + len(refused) == len(outcomes) else None


def _sent(send: Send, mail: AlarmMail, recipient: str, settings: Settings, now: datetime) -> Outcome:
    sender = settings.mail.sender
    made = message(mail, sender, recipient, settings, now)
    try:
        return send(recipient, message_id(mail, sender, recipient), made)
    except DeliveryError as error:
        return Outcome(Result.DEFERRED, str(error))
