"""The message: headers that mail programs understand, parts in their order, the same bytes twice."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from digests.compose import compose
from digests.mail import Envelope, Parts, compose_message, message_id, text_of
from digests.render import as_html, render
from digests.view import subject
from pipeline.config import MailSettings
from pipeline.errors import SettingsError
from tests.digests.examples import NOW, morning

SETTINGS = MailSettings(
    sender="kliping@sekretariat.pemerintah-kota.example",
    sender_name="Kliping “Jakarta”",
    reply_to="humas@kota.example",
    unsubscribe="berhenti@kota.example",
)
CONTENT = compose(morning(12, languages=7))


def envelope(name: str | None = "Budi", recipient: str = "budi@kota.example") -> Envelope:
    return Envelope("daily", "2023-08-01", NOW, recipient, name, "Kliping")


def parts(line: str | None = None, *, attach: bool = False) -> Parts:
    text, html = render(CONTENT, "id", "text"), as_html(CONTENT, "id").body
    return Parts(line or subject(CONTENT, "id"), "id", text, html, attach)


def parsed(message: bytes) -> EmailMessage:
    return message_from_bytes(message, policy=SMTP)


def made(**options: object) -> bytes:
    return compose_message(envelope(), parts(), MailSettings.model_validate({**SETTINGS.model_dump(), **options}))


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
    assert leaves[1].get_content().split() == as_html(CONTENT, "id").body.decode().split()
    assert " ".join(text_of(made()).split()) == " ".join(render(CONTENT, "id", "text").decode().split())


def test_lines_are_those_of_the_wire() -> None:
    raw = made()
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert raw.isascii()


def test_what_the_html_leaves_out_goes_along_as_a_file() -> None:
    message = parsed(compose_message(envelope(), parts(attach=True), SETTINGS))
    assert message.get_content_type() == "multipart/mixed"
    assert [part.get_filename() for part in message.iter_attachments()] == ["daily-2023-08-01.txt"]


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
    raw = compose_message(envelope(evil), parts(evil), SETTINGS.model_copy(update={"sender_name": evil}))
    message = parsed(raw)
    assert message["Bcc"] is None
    assert message["X"] is None
    assert str(message["Subject"]) == " ".join(str(message["Subject"]).split())


@pytest.mark.parametrize("option", ["sender", "reply_to", "unsubscribe"])
@pytest.mark.parametrize("address", ["nobody", "a b@c.example", "a@b.example\r\nBcc: x@y.example", "é@b.example"])
def test_a_wrong_address_names_its_option(option: str, address: str) -> None:
    with pytest.raises(SettingsError, match=rf"mail\.{option}: "):
        made(**{option: address})
