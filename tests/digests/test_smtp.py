"""The connection: encryption, logins, and clear words when a server cannot be used."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from digests.smtp import Connection, Result
from pipeline.config import MailSettings
from pipeline.errors import DeliveryError
from tests.digests.servers import Server, serve

MESSAGE = b"Subject: halo\r\n\r\n.titik\r\n..dua\r\ntanpa akhir"


def mail(server: Server, **options: object) -> MailSettings:
    return MailSettings.model_validate(
        {"host": "127.0.0.1", "port": server.port, "security": "none", "timeout": 5, "sender": "a@b.example", **options}
    )


def send(server: Server, password: str | None = None, **options: object) -> Result:
    with Connection(mail(server, **options), password) as connection:
        return connection.send("c@d.example", MESSAGE, lambda: None).result


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """A server's certificate for 127.0.0.1, which this process trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    chain = tmp_path / "certificate.pem"
    chain.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret = tmp_path / "key.pem"
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(chain, secret)
    monkeypatch.setenv("SSL_CERT_FILE", str(chain))
    return context


def login(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: object) -> AuthResult:
    right = isinstance(given, LoginPassword) and (given.login, given.password) == (b"kliping", b"rahasia")
    return AuthResult(success=right, handled=False)


def test_the_body_arrives_unchanged_whatever_its_dots() -> None:
    with serve() as server:
        assert send(server) is Result.SENT
    assert server.received == [("c@d.example", MESSAGE + b"\r\n")]


def test_starttls_with_login(certificate: ssl.SSLContext) -> None:
    with serve(tls_context=certificate, require_starttls=True, authenticator=login, auth_required=True) as server:
        assert send(server, "rahasia", security="starttls", username="kliping") is Result.SENT


def test_tls_from_the_first_byte(certificate: ssl.SSLContext) -> None:
    with serve(ssl_context=certificate) as server:
        assert send(server, security="tls") is Result.SENT


@pytest.mark.parametrize(("password", "words"), [("salah", "refused the login: 535"), (None, "KLIPING_SMTP_PASSWORD")])
def test_a_wrong_or_missing_password_is_one_line(certificate: ssl.SSLContext, password: str | None, words: str) -> None:
    with (
        serve(tls_context=certificate, authenticator=login) as server,
        pytest.raises(DeliveryError, match=words) as caught,
    ):
        send(server, password, security="starttls", username="kliping")
    assert "\n" not in str(caught.value)
    assert "salah" not in str(caught.value)


def test_an_untrusted_certificate_is_refused(certificate: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with serve(ssl_context=certificate) as server, pytest.raises(DeliveryError, match="no secure connection"):
        send(server, security="tls")


def test_a_server_without_starttls_is_not_used_in_the_open() -> None:
    with serve() as server, pytest.raises(DeliveryError, match=r"check mail\.security"):
        send(server, security="starttls")
    assert not server.received


def test_a_password_is_not_sent_in_the_open() -> None:
    settings = MailSettings(host="mail.invalid", port=25, security="none", username="kliping")
    with pytest.raises(DeliveryError, match="not sent over an open connection"):
        Connection(settings, "rahasia").send("c@d.example", MESSAGE, lambda: None)


def test_a_name_that_does_not_resolve_is_one_line() -> None:
    settings = MailSettings(host="mail.invalid", port=25, security="none", timeout=5)
    with pytest.raises(DeliveryError, match=r"mail server mail\.invalid:25: cannot be reached"):
        Connection(settings, None).send("c@d.example", MESSAGE, lambda: None)


def test_when_the_last_check_fails_the_server_gets_no_message() -> None:
    def refuse() -> None:
        raise DeliveryError("the disk is full")

    with serve() as server, Connection(mail(server), None) as connection:
        with pytest.raises(DeliveryError, match="the disk is full"):
            connection.send("c@d.example", MESSAGE, refuse)
        assert connection.send("e@f.example", MESSAGE, lambda: None).result is Result.SENT
    assert [recipient for recipient, _ in server.received] == ["e@f.example"]
