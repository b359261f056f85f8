"""Messages as mail servers return them, of our own writing, each in the manner of one kind of server."""

from __future__ import annotations

from dataclasses import dataclass

DATE = "Tue, 01 Aug 2023 06:31:10 +0700"


@dataclass(frozen=True, slots=True)
class Ours:
    """The message that came back."""

    mark: str
    message_id: str
    recipient: str

    def headers(self, *, with_mark: bool = True) -> str:
        own = f"X-Kliping-Reader: {self.mark}\n" if with_mark else ""
        return (
            "Subject: =?utf-8?q?Kliping=2C_1_Agustus_2023?=\nFrom: Kliping <kliping@jakarta.example>\n"
            f"To: {self.recipient}\nMessage-ID: {self.message_id}\nList-Id: <daily.kliping.jakarta.example>\n{own}"
            "Auto-Submitted: auto-generated\nMIME-Version: 1.0\n"
        )


def report(
    ours: Ours,
    *,
    status: str,
    said: str,
    action: str = "failed",
    final: str | None = None,
    original: bool = False,
    returned: str = "text/rfc822-headers",
    with_mark: bool = True,
    human: str = "This is the mail system at host mx.kota.example.\n\nYour message could not be delivered.\n",
) -> bytes:
    """RFC 3464, as Postfix, Exim and Exchange write it."""
    first = f"Original-Recipient: rfc822;{ours.recipient}\n" if original else ""
    body = ours.headers(with_mark=with_mark) + ("\nisi\n" if returned == "message/rfc822" else "\n")
    return (
        "Return-Path: <>\nFrom: Mail Delivery System <MAILER-DAEMON@mx.kota.example>\nTo: kliping@jakarta.example\n"
        f"Subject: Undelivered Mail Returned to Sender\nDate: {DATE}\nAuto-Submitted: auto-replied\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b1"\n\n'
        f"--b1\nContent-Type: text/plain; charset=us-ascii\n\n{human}\n"
        "--b1\nContent-Type: message/delivery-status\n\n"
        f"Reporting-MTA: dns; mx.kota.example\nArrival-Date: {DATE}\n\n"
        f"{first}Final-Recipient: rfc822; {final or ours.recipient}\nAction: {action}\nStatus: {status}\n"
        f"Remote-MTA: dns; mail.kota.example\nDiagnostic-Code: smtp; {said}\n\n"
        f"--b1\nContent-Type: {returned}\n\n{body}\n--b1--\n"
    ).encode()


def letter(
    ours: Ours, text: str, *, headers: str = "", sender: str = "MAILER-DAEMON@mx.kota.example", whole: bool = True
) -> bytes:
    """A plain letter with what was sent below it."""
    below = ours.headers() + "\nisi\n" if whole else ""
    return (
        f"Return-Path: <>\nFrom: {sender}\nTo: kliping@jakarta.example\nSubject: failure notice\n"
        f"Date: {DATE}\n{headers}"
        f"\n{text}\n{below}"
    ).encode()


def complaint(ours: Ours, kind: str = "abuse") -> bytes:
    """RFC 5965: the provider hides the address, and returns our message."""
    return (
        "From: feedback@provider.example\nTo: kliping@jakarta.example\nSubject: FW: Kliping\n"
        f"Date: {DATE}\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=feedback-report; boundary="f1"\n\n'
        "--f1\nContent-Type: text/plain\n\nThis is an email abuse report.\n\n"
        f"--f1\nContent-Type: message/feedback-report\n\nFeedback-Type: {kind}\nUser-Agent: Feedback/1.0\nVersion: 1\n"
        "Original-Mail-From: kliping@jakarta.example\n\n"
        f"--f1\nContent-Type: message/rfc822\n\n{ours.headers()}\nisi\n--f1--\n"
    ).encode()


def wish(mark: str, subject: str = "unsubscribe daily") -> bytes:
    """What a mail program writes to the address of List-Unsubscribe."""
    return (
        f"From: siapa@kota.example\nTo: kliping@jakarta.example\nSubject: {subject} {mark}\nDate: {DATE}\n\n".encode()
    )
