"""The message: headers that mail programs understand, parts in their order, the same bytes twice."""

from __future__ import annotations

import re
from dataclasses import replace
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr

import pytest

from digests.compose import compose
from digests.letterbox import letterbox
from digests.mail import Attachment, Envelope, Parts, compose_message, message_id, sender_of, text_of
from digests.plain import one_line
from digests.render import as_html, render
from digests.view import subject
from pipeline.config import MailSettings, Settings
from pipeline.errors import SettingsError
from pipeline.store import Subscriber
from tests.digests import hostile
from tests.digests.examples import NOW, morning

SETTINGS = Settings(
    mail=MailSettings(
        sender="kliping@sekretariat.pemerintah-kota.example",
        sender_name="Kliping “Jakarta”",
        reply_to="humas@kota.example",
        unsubscribe="berhenti@kota.example",
    )
)
READER = Subscriber(
    12, "budi@kota.example", "daily", "Budi", "id", "daily", (), NOW, token="c2FtcGxlLXRva2VuLW9mLWEtcmVhZGVy"
)
CONTENT = compose(morning(12, languages=7))
TEXT, HTML = render(CONTENT, "id", "text"), as_html(CONTENT, "id").body


OWN = {
    b"Subject", b"From", b"To", b"Reply-To", b"Date", b"Message-ID", b"List-Id", b"List-Unsubscribe",
    b"List-Unsubscribe-Post", b"X-Kliping-Reader", b"Auto-Submitted", b"MIME-Version", b"Content-Type",
    b"Content-Language", b"Content-Transfer-Encoding",
}  # fmt: skip


def envelope(name: str | None = "Budi", recipient: str = "budi@kota.example", base_url: str | None = None) -> Envelope:
    box = letterbox(READER, base_url) if base_url is not None else None
    return Envelope("daily", "2023-08-01", NOW, recipient, name, "Kliping", box)


def parts(line: str | None = None, *files: Attachment) -> Parts:
    return Parts(line or subject(CONTENT, "id"), "id", TEXT, HTML, files)


def parsed(message: bytes) -> EmailMessage:
    return message_from_bytes(message, policy=SMTP)


def made(**options: object) -> bytes:
    mail = MailSettings.model_validate({**SETTINGS.mail.model_dump(), **options})
    return compose_message(envelope(), parts(), sender_of(SETTINGS.model_copy(update={"mail": mail})))


def test_headers_say_what_mail_programs_look_for() -> None:
    message = parsed(made())
    assert {name: str(message[name]) for name in ("Subject", "From", "To", "Reply-To", "Date", "List-Id")} == {
        "Subject": "Kliping, 1 Agustus 2023: 12 peristiwa [tidak lengkap 4/6]",
        "From": "Kliping “Jakarta” <kliping@sekretariat.pemerintah-kota.example>",
        "To": "Budi <budi@kota.example>",
        "Reply-To": "humas@kota.example",
        "Date": "Tue, 01 Aug 2023 06:25:00 +0700",
        "List-Id": "<daily.kliping.sekretariat.pemerintah-kota.example>",
    }
    assert message["List-Unsubscribe"] == "<mailto:berhenti@kota.example?subject=unsubscribe%20daily>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "id"
    assert message["Precedence"] is None


def test_addresses_in_headers_are_never_encoded() -> None:
    raw = made(unsubscribe=f"{'u' * 60}@sekretariat-daerah.pemerintah-kota.example")
    for name in (b"Message-ID", b"List-Id", b"List-Unsubscribe"):
        line = re.search(rb"(?m)^" + name + rb": (<[^\s=?]+[^\s]*>)\r$", raw)
        assert line is not None
        assert b"=?" not in line[1]


def test_text_stands_first_and_every_part_is_base64() -> None:
    message = parsed(made())
    leaves = [part for part in message.walk() if not part.is_multipart()]
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in leaves] == ["text/plain", "text/html"]
    assert {part["Content-Transfer-Encoding"] for part in leaves} == {"base64"}
    assert leaves[1].get_content().split() == HTML.decode().split()
    assert " ".join(text_of(made()).split()) == " ".join(TEXT.decode().split())


def test_lines_are_those_of_the_wire() -> None:
    raw = made()
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert raw.isascii()


def test_files_go_along_in_their_kind() -> None:
    files = (Attachment("daily.txt", "text/plain", TEXT), Attachment("daily.pdf", "application/pdf", b"%PDF-1.7 \xff"))
    message = parsed(compose_message(envelope(), parts(None, *files), sender_of(SETTINGS)))
    found = [(part.get_filename(), part.get_content_type()) for part in message.iter_attachments()]
    assert message.get_content_type() == "multipart/mixed"
    assert found == [("daily.txt", "text/plain"), ("daily.pdf", "application/pdf")]
    assert [part.get_content() for part in message.iter_attachments()][1] == b"%PDF-1.7 \xff"


def test_a_mail_of_text_alone_has_one_part() -> None:
    message = parsed(compose_message(envelope(), Parts("s", "id", TEXT, None), sender_of(SETTINGS)))
    assert message.get_content_type() == "text/plain"
    assert message["Content-Language"] == "id"


@pytest.mark.parametrize(
    ("base_url", "ways", "one_click"),
    [
        (None, ["mailto"], False),
        ("", ["mailto"], False),
        ("http://10.0.0.7:8025", ["http", "mailto"], False),
        ("https://kliping.kota.example", ["https", "mailto"], True),
    ],
)
def test_how_to_unsubscribe_follows_where_readers_reach_us(
    base_url: str | None, ways: list[str], one_click: bool
) -> None:
    message = parsed(compose_message(envelope(base_url=base_url), parts(), sender_of(SETTINGS)))
    found = re.findall(r"<([a-z]+):[^<>\s]+>", str(message["List-Unsubscribe"]))
    assert found == ways
    assert (message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click") is one_click


def test_the_mark_proves_the_reader_and_gives_no_token_away() -> None:
    raw = compose_message(envelope(base_url=""), parts(), sender_of(SETTINGS))
    message = parsed(raw)
    assert re.fullmatch(r"12\.[0-9a-f]{24}", str(message["X-Kliping-Reader"]))
    assert str(message["X-Kliping-Reader"]) in str(message["List-Unsubscribe"])
    assert READER.token.encode() not in raw


def test_the_same_message_is_the_same_bytes() -> None:
    assert made() == made()


def test_the_message_id_follows_from_edition_and_recipient() -> None:
    one = message_id("daily", "2023-08-01", "Budi@kota.example", "a@b.example")
    assert one == message_id("daily", "2023-08-01", "budi@kota.example", "x@b.example")
    assert re.fullmatch(r"<[^@<>\s]+@b\.example>", one)
    assert one != message_id("daily", "2023-08-02", "budi@kota.example", "a@b.example")
    assert one != message_id("daily", "2023-08-01", "ani@kota.example", "a@b.example")


@pytest.mark.parametrize(
    "evil", ["a\r\nBcc: x@y.example", "a\nX: y\n\nbody", "a\x00b\x1b", "ภาษา\r\nBcc: x@y.example", "\u2028Bcc: x"]
)
def test_text_in_headers_starts_no_header(evil: str) -> None:
    mail = SETTINGS.mail.model_copy(update={"sender_name": evil})
    sender = sender_of(SETTINGS.model_copy(update={"mail": mail}))
    raw = compose_message(envelope(evil), parts(evil), sender)
    message = parsed(raw)
    assert message["Bcc"] is None
    assert message["X"] is None
    assert str(message["Subject"]) == " ".join(str(message["Subject"]).split())


@pytest.mark.parametrize("option", ["sender", "reply_to", "unsubscribe"])
@pytest.mark.parametrize("address", ["nobody", "a b@c.example", "a@b.example\r\nBcc: x@y.example", "é@b.example"])
def test_a_wrong_address_names_its_option(option: str, address: str) -> None:
    with pytest.raises(SettingsError, match=rf"mail\.{option}: "):
        made(**{option: address})


@pytest.mark.parametrize(("name", "number"), hostile.CASES)
def test_hostile_text_becomes_no_header(name: str, number: int) -> None:
    """In the subject, the reader's name and the sender's, as bytes and as a mail program reads them."""
    text = hostile.vector(name, number)
    sender = replace(sender_of(SETTINGS), name=text)
    short = Parts(text, "id", b"isi\n", b"<p>isi</p>")
    raw = compose_message(envelope(text, base_url="https://kliping.kota.example"), short, sender)
    head = raw.partition(b"\r\n\r\n")[0]
    names = [line.partition(b":")[0] for line in head.split(b"\r\n") if not line.startswith((b" ", b"\t"))]
    assert set(names) <= OWN
    assert len(names) == len(set(names))
    assert b"\n" not in raw.replace(b"\r\n", b"")
    message = parsed(raw)
    assert [one.addr_spec for one in message["To"].addresses] == ["budi@kota.example"]
    name, address = parseaddr(message_from_bytes(raw)["To"])  # the older parser joins encoded words as RFC 2047 says
    shown = (one_line(text) or "")[:78].strip()
    assert (str(make_header(decode_header(name))), address) == (shown, "budi@kota.example")
    assert str(message["Subject"]) == (one_line(text) or "Kliping")
    assert [address.addr_spec for address in message["From"].addresses] == [SETTINGS.mail.sender]
