"""DKIM: what is signed verifies, what was changed on the way does not, and a bad key says so in one line."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import UTC, datetime
from pathlib import Path

import dkim
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from digests import signing
from digests.signing import Signer
from pipeline.config import DkimSettings, MailSettings, Settings
from pipeline.errors import SettingsError

AT = datetime(2023, 7, 31, 23, 25, tzinfo=UTC)
MESSAGE = (
    b"Subject: Kliping,  1 Agustus 2023\r\nFrom: Kliping <kliping@jakarta.example>\r\nTo: budi@kota.example\r\n"
    b"Date: Tue, 01 Aug 2023 06:25:00 +0700\r\nMessage-ID: <1@jakarta.example>\r\n"
    b"List-Unsubscribe: <https://kliping.jakarta.example/unsubscribe/1.x>\r\n"
    b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\nMIME-Version: 1.0\r\n\r\naXNp\r\n.\r\n\r\n\r\n"
)


@pytest.fixture(scope="module")
def rsa() -> RSAPrivateKey:
    return generate_private_key(65537, 2048)


def settings(key: Path | None, sender: str = "kliping@jakarta.example", **options: str) -> Settings:
    chosen = DkimSettings.model_validate({"key": key, **options})
    return Settings(mail=MailSettings(sender=sender), dkim=chosen)


def stored(
    folder: Path, key: RSAPrivateKey | Ed25519PrivateKey | ec.EllipticCurvePrivateKey, password: bytes = b""
) -> Path:
    lock = BestAvailableEncryption(password) if password else NoEncryption()
    file = folder / "dkim.pem"
    file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock))
    return file


def made(folder: Path, key: RSAPrivateKey | Ed25519PrivateKey, **options: str) -> Signer:
    found = signing.signer(settings(stored(folder, key), **options))
    assert found is not None
    return found


def verifies(message: bytes, signer: Signer) -> bool:
    """By dkimpy, against the record that the signer says the domain must publish."""
    name, text = signer.record

    def answer(asked: bytes, timeout: int = 5) -> bytes | None:
        del timeout
        return text.encode() if asked.decode().rstrip(".") == name else None

    return bool(dkim.verify(message, dnsfunc=answer))


def test_a_signed_message_verifies(tmp_path: Path, rsa: RSAPrivateKey) -> None:
    signer = made(tmp_path, rsa)
    signed = signer.sign(MESSAGE, AT)
    assert signed.endswith(MESSAGE)
    assert verifies(signed, signer)
    assert signer.record[0] == "kliping._domainkey.jakarta.example"
    assert b"t=%d;" % AT.timestamp() in signed
    assert signer.sign(MESSAGE, AT) == signed


REFOLDED = [
    (b"Subject: Kliping,  1", b"subject:Kliping,\r\n 1"),
    (b"\r\n.\r\n\r\n\r\n", b"\r\n.\r\n"),
]
CHANGED = [
    (b"aXNp", b"aXNq"),
    (b"1 Agustus", b"2 Agustus"),
    (b"To: budi", b"To: ani"),
    (b"unsubscribe/1.x", b"unsubscribe/2.x"),
    (b"=One-Click", b"=Two-Clicks"),
    (b"Subject:", b"From: other@evil.example\r\nSubject:"),
    (b"MIME-Version", b"Subject: another\r\nMIME-Version"),
    (b"MIME-Version", b"Cc: somebody@evil.example\r\nMIME-Version"),
    (b"MIME-Version", b"Reply-To: somebody@evil.example\r\nMIME-Version"),
    (b"MIME-Version", b"List-Unsubscribe: <https://evil.example>\r\nMIME-Version"),
    (b"MIME-Version", b"Content-Type: text/html\r\nMIME-Version"),
]


@pytest.mark.parametrize(("old", "new"), REFOLDED)
def test_what_servers_refold_still_verifies(tmp_path: Path, rsa: RSAPrivateKey, old: bytes, new: bytes) -> None:
    signer = made(tmp_path, rsa)
    head, mail = signer.sign(MESSAGE, AT).removesuffix(MESSAGE), MESSAGE.replace(old, new)
    assert mail != MESSAGE
    assert verifies(head + mail, signer)


@pytest.mark.parametrize(("old", "new"), CHANGED)
def test_nothing_signed_can_be_changed_nor_added(tmp_path: Path, rsa: RSAPrivateKey, old: bytes, new: bytes) -> None:
    signer = made(tmp_path, rsa)
    head, mail = signer.sign(MESSAGE, AT).removesuffix(MESSAGE), MESSAGE.replace(old, new, 1)
    assert mail != MESSAGE
    assert not verifies(head + mail, signer)


def test_an_ed25519_signature_verifies(tmp_path: Path) -> None:
    """dkimpy verifies these with PyNaCl only, so RFC 8463 is done by hand: SHA-256 of the relaxed fields, signed."""
    signer = made(tmp_path, Ed25519PrivateKey.generate(), selector="2026e")
    signed = signer.sign(MESSAGE, AT)
    value = signed.removesuffix(MESSAGE).decode().partition(":")[2]
    tags = dict(part.strip().split("=", 1) for part in value.split(";"))
    assert tags["a"] == "ed25519-sha256"
    fields = [line.split(":", 1) for line in MESSAGE.decode().partition("\r\n\r\n")[0].split("\r\n")]
    stack = {name.lower(): text for name, text in fields}
    text = "".join(
        f"{name}:{relaxed(stack.pop(name))}\r\n" for name in re.split(r"\s*:\s*", relaxed(tags["h"])) if name in stack
    )
    text += "dkim-signature:" + relaxed(re.sub(r"\bb=[A-Za-z0-9+/=\s]*$", "b=", value))
    public = Ed25519PublicKey.from_public_bytes(base64.b64decode(signer.record[1].rpartition("p=")[2]))
    public.verify(base64.b64decode("".join(tags["b"].split())), hashlib.sha256(text.encode()).digest())


def relaxed(text: str) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text).strip()


def test_a_subdomain_may_be_signed_for(tmp_path: Path, rsa: RSAPrivateKey) -> None:
    found = signing.signer(settings(stored(tmp_path, rsa), sender="k@humas.jakarta.example", domain="jakarta.example"))
    assert found is not None
    assert found.domain == "jakarta.example"


def test_without_a_key_nothing_is_signed() -> None:
    assert signing.signer(settings(None)) is None


BAD = [
    ("nothing", None, "cannot be read"),
    ("text", b"hello", "is no private key in PEM form"),
    ("cut", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "is no private key in PEM form"),
    ("binary", b"\0\xff" * 100, "is no private key in PEM form"),
]


@pytest.mark.parametrize(("content", "words"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_a_key_that_is_none_is_refused_in_one_line(tmp_path: Path, content: bytes | None, words: str) -> None:
    file = tmp_path / "dkim.pem"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(SettingsError, match=rf"dkim\.key: .*{words}") as caught:
        signing.check(settings(file))
    assert "\n" not in str(caught.value)


def test_a_key_that_cannot_sign_is_refused(tmp_path: Path, rsa: RSAPrivateKey) -> None:
    with pytest.raises(SettingsError, match="is locked by a password"):
        signing.check(settings(stored(tmp_path, rsa, b"secret")))
    with pytest.raises(SettingsError, match="neither an RSA nor an Ed25519 key"):
        signing.check(settings(stored(tmp_path, ec.generate_private_key(ec.SECP256R1()))))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"domain": "other.example"}, "cannot sign for mail.sender at jakarta.example"),
        ({"domain": "karta.example"}, "cannot sign for mail.sender"),
        ({"domain": "ex ample"}, "dkim.domain: 'ex ample' is no domain"),
        ({"selector": "a b"}, "dkim.selector: 'a b' is no name"),
    ],
)
def test_a_domain_or_selector_that_cannot_be_is_refused(
    tmp_path: Path, rsa: RSAPrivateKey, options: dict[str, str], words: str
) -> None:
    with pytest.raises(SettingsError, match=words):
        signing.check(settings(stored(tmp_path, rsa), **options))
