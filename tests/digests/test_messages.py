"""Messages of an edition: who gets one, what he chose, his own links, and the same bytes however often."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import dkim
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from digests import editions, messages, signing
from digests.deliver import deliver
from digests.model import Content, to_json
from digests.subscribers import Choice
from pipeline.config import DkimSettings, Settings, WebSettings
from pipeline.store import DeliveryState, EditionRecord, Store, SubscriberState, open_store
from tests.digests import world
from tests.digests.world import FROZEN

BASE = "https://kliping.jakarta.example"


@pytest.fixture
def store(sqlite_url: str) -> Iterator[Store]:
    with open_store(sqlite_url) as opened:
        yield opened


@pytest.fixture
def record(store: Store, tmp_path: Path) -> EditionRecord:
    return world.edition(store, tmp_path, stories=2)


def chosen(home: Path, base_url: str | None = BASE) -> Settings:
    return world.settings(home).model_copy(update={"web": WebSettings(base_url=base_url)})


def frozen(store: Store, settings: Settings, record: EditionRecord) -> dict[str, EmailMessage]:
    """The messages by address."""
    rows = messages.freeze(store, settings, record, now=FROZEN)
    return {row.recipient: parsed(store.deliveries.message(row.id)) for row in rows}


def parsed(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=SMTP)


def kinds(message: EmailMessage) -> list[str]:
    return [part.get_content_type() for part in message.walk() if not part.is_multipart()]


def test_only_active_readers_of_the_list_get_it(store: Store, record: EditionRecord, tmp_path: Path) -> None:
    for name in ("active", "gone", "dead", "weekly", "other"):
        frequency = "weekly" if name == "weekly" else "daily"
        list_name = "other" if name == "other" else "daily"
        made = store.subscribers.add(f"{name}@kota.example", list_name, frequency=frequency, now=FROZEN)
        if name in ("gone", "dead"):
            state = SubscriberState.UNSUBSCRIBED if name == "gone" else SubscriberState.SUPPRESSED
            store.subscribers.move(made.id, state, now=FROZEN)
    store.subscribers.ask("pending@kota.example", "daily", Choice().wishes, "x", FROZEN)  # fmt: skip
    assert list(frozen(store, chosen(tmp_path), record)) == ["active@kota.example"]


def test_each_message_holds_its_readers_links_and_nobody_elses(
    store: Store, record: EditionRecord, tmp_path: Path
) -> None:
    readers = [store.subscribers.add(f"{name}@kota.example", "daily", now=FROZEN) for name in ("ani", "budi")]
    made = frozen(store, chosen(tmp_path), record)
    for mine, other in (readers, reversed(readers)):
        message = made[mine.address]
        link = f"{BASE}/unsubscribe/{mine.id}.{mine.token}"
        assert f"<{link}>" in str(message["List-Unsubscribe"])
        for form in ("plain", "html"):
            part = message.get_body((form,))
            assert part is not None
            text = part.get_content()
            assert link in text
            assert f"{BASE}/preferences/{mine.id}.{mine.token}" in text
            assert other.token not in text
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_without_pages_a_reader_unsubscribes_by_mail(store: Store, record: EditionRecord, tmp_path: Path) -> None:
    one = store.subscribers.add("ani@kota.example", "daily", now=FROZEN)
    message = frozen(store, chosen(tmp_path, None), record)[one.address]
    assert message["List-Unsubscribe-Post"] is None
    part = message.get_body(("plain",))
    assert part is not None
    assert "mailto:kliping@jakarta.example?subject=unsubscribe%20daily" in part.get_content()
    assert one.token not in message.as_string()


FORMS = [
    (("html",), ["text/plain", "text/html"]),
    (("text",), ["text/plain"]),
    (("html", "text"), ["text/plain", "text/html"]),
    (("html", "pdf"), ["text/plain", "text/html", "application/pdf"]),
    (("text", "pdf"), ["text/plain", "application/pdf"]),
]


@pytest.mark.parametrize(("formats", "parts"), FORMS, ids=["+".join(row[0]) for row in FORMS])
def test_a_reader_gets_the_forms_he_chose(
    store: Store, record: EditionRecord, tmp_path: Path, formats: tuple[str, ...], parts: list[str]
) -> None:
    store.subscribers.add("ani@kota.example", "daily", formats=formats, now=FROZEN)
    store.editions.add_rendering(record.id, language="id", format="pdf", body=b"%PDF-1.7 made before")
    (message,) = frozen(store, chosen(tmp_path), record).values()
    assert kinds(message) == parts


def test_a_pdf_that_is_too_large_stays_behind_and_says_so(store: Store, record: EditionRecord, tmp_path: Path) -> None:
    store.subscribers.add("ani@kota.example", "daily", language="en", formats=("html", "pdf"), now=FROZEN)
    body = b"%PDF" + b"x" * messages.PDF_LIMIT
    store.editions.add_rendering(record.id, language="en", format="pdf", body=body)
    (message,) = frozen(store, chosen(tmp_path), record).values()
    assert kinds(message) == ["text/plain", "text/html"]
    for form in ("plain", "html"):
        part = message.get_body((form,))
        assert part is not None
        assert "too large to go along" in part.get_content()


def test_a_second_freeze_changes_nothing_and_serves_who_came_since(
    store: Store, record: EditionRecord, tmp_path: Path
) -> None:
    world.subscribe(store, 3)
    first = {
        row.id: store.deliveries.message(row.id) for row in messages.freeze(store, chosen(tmp_path), record, now=FROZEN)
    }
    store.subscribers.add("new@kota.example", "daily", now=FROZEN)
    rows = messages.freeze(store, chosen(tmp_path), record, now=FROZEN)
    assert {row.id: store.deliveries.message(row.id) for row in rows if row.id in first} == first
    assert [row.recipient for row in rows if row.id not in first] == ["new@kota.example"]


def test_an_alert_goes_to_everybody_it_concerns(store: Store, record: EditionRecord, tmp_path: Path) -> None:
    alert = _of_kind(store, editions.content(record), "alert")
    store.subscribers.add("all@kota.example", "alerts", now=FROZEN)
    store.subscribers.add("weekly@kota.example", "alerts", frequency="weekly", now=FROZEN)
    store.subscribers.add("elsewhere@kota.example", "alerts", cities=["Hanoi"], now=FROZEN)
    assert sorted(frozen(store, chosen(tmp_path), alert)) == ["all@kota.example", "weekly@kota.example"]


def _of_kind(store: Store, content: Content, kind: str) -> EditionRecord:
    document = {**to_json(content), "kind": kind, "list": "alerts"}
    return store.editions.freeze("alerts", "2023-08-01.0001", document, [], FROZEN)


def test_a_signed_edition_verifies(store: Store, record: EditionRecord, tmp_path: Path) -> None:
    key = generate_private_key(65537, 2048)
    (tmp_path / "dkim.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    settings = chosen(tmp_path).model_copy(update={"dkim": DkimSettings(key=Path("dkim.pem"))})
    store.subscribers.add("ani@kota.example", "daily", formats=("html",), now=FROZEN)
    (row,) = messages.freeze(store, settings, record, now=FROZEN)
    raw = store.deliveries.message(row.id)
    signer = signing.signer(settings)
    assert signer is not None
    assert dkim.verify(raw, dnsfunc=lambda _name, timeout=5: signer.record[1].encode())
    covered = str(message_from_bytes(raw)["DKIM-Signature"])
    assert covered.count("list-unsubscribe-post") == 2  # RFC 8058, 4; once more than it stands there


@pytest.mark.parametrize("state", [SubscriberState.UNSUBSCRIBED, SubscriberState.SUPPRESSED])
def test_who_leaves_after_the_freeze_gets_nothing_more(
    store: Store, record: EditionRecord, tmp_path: Path, state: SubscriberState
) -> None:
    """Frozen at 06:25, unsubscribed at 06:28: nothing leaves for him at 06:30."""
    gone, stays = (store.subscribers.add(f"{name}@kota.example", "daily", now=FROZEN) for name in ("ani", "budi"))
    messages.freeze(store, chosen(tmp_path), record, now=FROZEN)
    store.subscribers.move(gone.id, state, now=FROZEN)
    deliver(store, chosen(tmp_path), record, now=FROZEN)
    after = {row.recipient: (row.state, row.detail) for row in store.deliveries.list(record.id)}
    assert after[gone.address] == (DeliveryState.SKIPPED, f"{state} since it was frozen")
    assert after[stays.address][0] is DeliveryState.SENT
