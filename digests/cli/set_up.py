"""What `kliping doctor` looks at of the digest: its hours, its heartbeat, its signature, its pages, its looks."""

from __future__ import annotations

import smtplib
import socket
from urllib.parse import urlsplit

from digests import dressing, signing
from digests.cli.office import Office
from digests.hours import clock_of
from digests.leader import LEASE
from digests.pdf import fonts
from digests.schedule import last_edition, next_editions
from pipeline.errors import KlipingError

_SECONDS = 10.0  # for a server to answer


def hours(here: Office) -> str:
    """When the next edition is frozen and leaves, and whether somebody is there to do it."""
    clock = clock_of(here.settings)
    (coming,) = next_editions(clock, here.now, 1)
    told = f"frozen {coming.freeze.astimezone(clock.zone):%A %H:%M}, mail {coming.send.astimezone(clock.zone):%H:%M %Z}"
    if here.store.leases.held(LEASE, here.now):
        return f"{told}; a scheduler leads"
    if here.store.due.list(limit=1) and here.store.due.list(since=last_edition(clock, here.now).send, limit=1) == []:
        raise KlipingError(f"{told}, but no scheduler has run since the last edition's hour: start `kliping serve`")
    return f"{told}; no scheduler runs now: `kliping serve`, or `kliping run` by cron"


def heartbeat(here: Office) -> str:
    """Whether the watching service can be reached; it is not called: that would tell it of an edition."""
    address = here.settings.schedule.heartbeat
    if address is None:
        return "no watching service is told when an edition left: name one in schedule.heartbeat"
    parts = urlsplit(address)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        socket.create_connection((parts.hostname or "", port), _SECONDS).close()
    except OSError as error:
        raise KlipingError(f"{parts.hostname}:{port} does not answer ({error}): see schedule.heartbeat") from None
    return f"{parts.hostname} is told of each edition that left"


def signature(here: Office) -> str:
    signer = signing.signer(here.settings)
    if signer is None:
        return "mail is not signed: name a key in dkim.key"
    name, text = signer.record
    return f'mail is signed; publish the TXT record {name} "{text}"'


def pages(here: Office) -> str:
    """Whether readers can unsubscribe by a button."""
    address = here.settings.web.base_url
    if address is None:
        return "no pages for readers: mail is unsubscribed by mail; name their address in web.base_url"
    if urlsplit(address).scheme != "https":
        raise KlipingError(f"web.base_url = {address}: mail programs show their button for https:// only (RFC 8058)")
    return address


def letterhead(here: Office) -> str:
    dressing.letterhead(here.settings)
    organisation = here.settings.letterhead.organisation
    return organisation or "the PDF has no letterhead: see [letterhead]"


def looks(_here: Office) -> str:
    """Whether a PDF can be made, in every script."""
    if reason := fonts.libraries():
        raise KlipingError(f"no PDF can be made: {reason}")
    if lacking := fonts.missing():
        raise KlipingError("; ".join(str(one) for one in lacking))
    return "fonts for every script are there"


def relay(here: Office) -> str:
    """Whether operators can be reached when the first mail server is the trouble."""
    alarms = here.settings.alarms
    if alarms.relay.host is None:
        return "by alarms.hook" if alarms.hook else "no other road than mail: name one in alarms.relay or alarms.hook"
    kind = smtplib.SMTP_SSL if alarms.relay.security == "tls" else smtplib.SMTP
    try:
        with kind(alarms.relay.host, alarms.relay.port, timeout=_SECONDS) as server:
            server.ehlo_or_helo_if_needed()
    except (OSError, smtplib.SMTPException) as error:
        where = f"{alarms.relay.host}:{alarms.relay.port}"
        raise KlipingError(f"{where} does not answer ({error}): see alarms.relay") from None
    return f"{alarms.relay.host}:{alarms.relay.port} answers"
