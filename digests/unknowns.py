"""Operators hear by another road what the mail cannot say of itself: held, expired and failed mail, and an ill sender.

The roads are a second relay (`alarms.relay`) and a command (`alarms.hook`). The server that lost the mail is asked
only where neither is set. Each occurrence is told once by each road, and marked as told after it was: a kill in between
tells it twice, never not at all. What a road could not take is tried again at the next tick.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import make_msgid

from digests import hook
from digests.addresses import check_address
from digests.occurrences import Occurrence, occurrences, told_in
from digests.operator_mail import operator_mail
from digests.smtp import Connection, Result
from pipeline.config import MailSettings, Settings
from pipeline.errors import DeliveryError, SettingsError
from pipeline.store import Store

PATIENCE = timedelta(minutes=3)  # a sender that cannot work for longer is told of; a tick and the road take the rest
_SECONDS = 20.0  # for a reply of the relay: operators are to hear within five minutes
_Road = Callable[[Sequence[Occurrence]], str | None]  # tells; why it could not, on one line


@dataclass(frozen=True, slots=True)
class Told:
    """What a tick told."""

    occurrences: int = 0
    roads: tuple[str, ...] = ()  # relay | hook | mail
    trouble: str | None = None  # why a road could not be taken

    def line(self) -> str | None:
        """For a log; `None` when there was nothing to tell."""
        parts = [f"{self.occurrences} told by {', '.join(self.roads)}"] if self.roads else []
        parts += [self.trouble] if self.trouble else []
        return f"mail trouble: {'; '.join(parts)}" if parts else None


def tell(store: Store, settings: Settings, *, now: datetime) -> Told:
    """Tell what has not been told. Raises `StoreError`."""
    roads = _roads(settings, now)
    found = occurrences(store, since_before=now - PATIENCE) if roads else []
    told: set[str] = set()
    taken, troubles = [], []
    for name, road in roads.items():
        untold = store.troubles.untold({each.name for each in found}, name)
        if not untold:
            continue
        failed = road([each for each in found if each.name in untold])
        if failed:
            troubles.append(failed)
            continue
        store.troubles.tell(untold, name, now)
        told |= untold
        taken.append(name)
    return Told(len(told), tuple(taken), "; ".join(troubles) or None)


def _roads(settings: Settings, now: datetime) -> dict[str, _Road]:
    """The roads that are set; the mail server itself only where there is no other."""
    alarms, roads = settings.alarms, {}
    if alarms.relay.host and alarms.to:
        roads["relay"] = _by_mail(settings, _relay(settings), now)
    if command := alarms.hook:
        roads["hook"] = lambda found: hook.run(command, told_in(found, settings).text)
    if not roads and settings.mail.host and alarms.to:
        roads["mail"] = _by_mail(settings, _same(settings), now)
    return roads


def _relay(settings: Settings) -> Callable[[], Connection]:
    relay, secret = settings.alarms.relay, settings.relay_password
    chosen = {"host": relay.host, "port": relay.port, "security": relay.security, "username": relay.username}
    mail = _patient(settings.mail.model_copy(update=chosen))
    password = secret.get_secret_value() if secret else None
    return lambda: Connection(mail, password, option="alarms.relay")


def _same(settings: Settings) -> Callable[[], Connection]:
    secret = settings.smtp_password
    return lambda: Connection(_patient(settings.mail), secret.get_secret_value() if secret else None)


def _patient(mail: MailSettings) -> MailSettings:
    seconds = min(mail.timeout, _SECONDS)
    return mail.model_copy(update={"timeout": seconds, "final_timeout": min(mail.final_timeout, 2 * seconds)})


def _by_mail(settings: Settings, connect: Callable[[], Connection], now: datetime) -> _Road:
    def road(found: Sequence[Occurrence]) -> str | None:
        try:
            messages = {address: _message(found, address, settings, now) for address in settings.alarms.to}
            with connect() as connection:
                outcomes = [connection.send(to, message, lambda: None) for to, message in messages.items()]
        except (DeliveryError, SettingsError) as error:
            return str(error)
        if any(outcome.result in (Result.SENT, Result.UNKNOWN) for outcome in outcomes):
            return None
        return f"no operator could be told: {outcomes[0].detail}"

    return road


def _message(found: Collection[Occurrence], recipient: str, settings: Settings, now: datetime) -> bytes:
    """The mail to one operator as it goes over the wire."""
    said = told_in(list(found), settings)
    sender, to = _checked(settings.mail.sender, "mail.sender"), _checked(recipient, "alarms.to")
    return operator_mail(
        said.subject,
        said.text,
        None,
        sender=sender,
        sender_name=settings.mail.sender_name,
        recipient=to,
        sent_at=now.astimezone(settings.zone),
        message_id=make_msgid(domain=sender.rpartition("@")[2]),
    )


def _checked(address: str, option: str) -> str:
    try:
        return check_address(address)
    except SettingsError as error:
        raise SettingsError(f"{option}: {error}") from None
