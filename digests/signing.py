"""DKIM (RFC 6376; Ed25519: RFC 8463): the sender's domain signs a message, so that others can tell it is its own.

Relaxed canonicalisation of both, because servers on the way refold. The signed fields are signed once more than they
stand there, so that none can be added; what RFC 8058 wants covered, List-Unsubscribe and its Post, is among them. The
time of the signature is the message's own: the same message has the same bytes whenever it is signed.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import dkim
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from dkim.canonicalization import CanonicalizationPolicy

from digests.addresses import check_address
from pipeline.config import Settings
from pipeline.errors import SettingsError

_SIGNED = (  # in this order; one that is absent may then not be added either
    "from", "subject", "to", "cc", "date", "message-id", "reply-to", "mime-version", "content-type",
    "content-language", "list-id", "list-unsubscribe", "list-unsubscribe-post", "auto-submitted",
)  # fmt: skip
_BY_KEY = b"ed25519-sha256"  # to dkimpy: the key itself signs; what the signature says of its kind is ours to write
_LEAST_BITS = 1024  # RFC 8301, 3.2: verifiers refuse shorter RSA keys
_DOMAIN = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+")
_SELECTOR = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*")

_Key = RSAPrivateKey | Ed25519PrivateKey


@dataclass(frozen=True, slots=True)
class Signer:
    """A key that signs for a domain."""

    domain: str
    selector: str
    key: _Key = field(repr=False)

    def sign(self, message: bytes, at: datetime) -> bytes:
        """The message with its signature on top. `message`: CRLF lines; `at`: the time the signature tells."""
        signed = dkim.DKIM(message, signature_algorithm=_BY_KEY, linesep=b"\r\n")
        policy = CanonicalizationPolicy.from_c_value(b"relaxed/relaxed")
        present = {name.lower() for name, _ in signed.headers}
        covered = tuple(name.encode() for name in _SIGNED) + tuple(
            name.encode() for name in _SIGNED if name.encode() in present
        )
        signed.hasher = hashlib.sha256
        body_hash = hashlib.sha256(policy.canonicalize_body(signed.body)).digest()
        fields = [
            (b"v", b"1"),
            (b"a", self._algorithm),
            (b"c", b"relaxed/relaxed"),
            (b"d", self.domain.encode()),
            (b"s", self.selector.encode()),
            (b"t", str(int(at.timestamp())).encode()),
            (b"h", b" : ".join(covered)),
            (b"bh", base64.b64encode(body_hash)),
            (b"b", b"0" * 60),  # its own folded line: filled after the rest has been hashed
        ]
        header: bytes = signed.gen_header(fields, covered, policy, b"DKIM-Signature", _OpenSsl(self.key))
        return b"DKIM-Signature: " + header + message

    @property
    def record(self) -> tuple[str, str]:
        """(name, text) of the TXT record that the domain must publish."""
        public = self.key.public_key()
        if isinstance(self.key, Ed25519PrivateKey):
            kind, raw = "ed25519", public.public_bytes(Encoding.Raw, PublicFormat.Raw)
        else:
            kind, raw = "rsa", public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        name = f"{self.selector}._domainkey.{self.domain}"
        return name, f"v=DKIM1; k={kind}; p={base64.b64encode(raw).decode()}"

    @property
    def _algorithm(self) -> bytes:
        return b"ed25519-sha256" if isinstance(self.key, Ed25519PrivateKey) else b"rsa-sha256"


@dataclass(frozen=True, slots=True)
class _Signature:
    signature: bytes


@dataclass(frozen=True, slots=True)
class _OpenSsl:
    """What dkimpy expects of PyNaCl's key, by the library that we have anyway, for both kinds of keys.

    Its own RSA is Python's arithmetic: 6 ms a message, and its time depends on the key.
    """

    key: _Key

    def sign(self, digest: bytes) -> _Signature:
        if isinstance(self.key, Ed25519PrivateKey):
            return _Signature(self.key.sign(digest))
        return _Signature(self.key.sign(digest, PKCS1v15(), Prehashed(SHA256())))


def signer(settings: Settings) -> Signer | None:
    """Who signs by these settings; None where no key is given. Raises `SettingsError` in one line."""
    chosen = settings.dkim
    if chosen.key is None:
        return None
    domain = (chosen.domain or _sender_domain(settings)).lower()
    if not _DOMAIN.fullmatch(domain):
        raise SettingsError(f"dkim.domain: {domain!r} is no domain such as kota.example; it is written in ASCII")
    if not _SELECTOR.fullmatch(chosen.selector.lower()):
        raise SettingsError(f"dkim.selector: {chosen.selector!r} is no name such as kliping or 2026a")
    sender = _sender_domain(settings)
    if sender != domain and not sender.endswith(f".{domain}"):
        raise SettingsError(f"dkim.domain: {domain} cannot sign for mail.sender at {sender}; name its own domain")
    return Signer(domain, chosen.selector.lower(), _read(settings.home / chosen.key))


def check(settings: Settings) -> None:
    """Raises `SettingsError` when the settings name a key that cannot sign."""
    signer(settings)


def _sender_domain(settings: Settings) -> str:
    try:
        return check_address(settings.mail.sender).rpartition("@")[2]
    except SettingsError as error:
        raise SettingsError(f"mail.sender: {error}") from None


def _read(file: Path) -> _Key:
    try:
        key = load_pem_private_key(file.read_bytes(), password=None)
    except OSError as error:
        raise SettingsError(f"dkim.key: {file}: cannot be read: {error.strerror}") from None
    except TypeError:
        raise SettingsError(f"dkim.key: {file}: is locked by a password; store it without one") from None
    except (ValueError, UnsupportedAlgorithm):
        raise SettingsError(f"dkim.key: {file}: is no private key in PEM form") from None
    if isinstance(key, Ed25519PrivateKey):
        return key
    if not isinstance(key, RSAPrivateKey):
        raise SettingsError(f"dkim.key: {file}: is neither an RSA nor an Ed25519 key")
    if key.key_size < _LEAST_BITS:
        raise SettingsError(f"dkim.key: {file}: {key.key_size} bits are too few; make one of 2048")
    return key
