"""A message to one operator, outside of lists and editions: short, loud, without anything to unsubscribe from."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime

from digests.mail import address_text, header_policy, header_text


def operator_mail(
    subject: str,
    text: str,
    html: str | None,
    *,
    sender: str,
    sender_name: str,
    recipient: str,
    sent_at: datetime,
    message_id: str,
) -> bytes:
    """The message as it goes over the wire; `sent_at` in the zone of its reader, both addresses checked before."""
    made = EmailMessage(policy=header_policy())
    made["Subject"] = header_text(subject) or "KLIPING"
    made["From"] = address_text(sender, sender_name)
    made["To"] = recipient
    made["Date"] = format_datetime(sent_at)
    made["Message-ID"] = message_id
    made["Auto-Submitted"] = "auto-generated"
    made["Importance"] = "high"
    made.set_content(text, charset="utf-8", cte="base64")
    if html is not None:
        made.add_alternative(html, subtype="html", charset="utf-8", cte="base64")
    return made.as_bytes()
