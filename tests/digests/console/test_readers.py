"""Subscribe, confirm, choose, stop: over real HTTP, with the mails that go out in between."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from lxml import html

from digests import letterbox, mail
from digests.console.answers import Answer, Asked, headers
from digests.console.readers import Readers
from digests.console.words import page_words
from pipeline.store import Store, Subscriber, SubscriberState, open_store
from tests.digests import hostile, servers
from tests.digests.console.pages import FORM, Site, console, settings
from tests.digests.world import FROZEN

DAY = timedelta(days=1)
WISHES: dict[str, object] = {
    "name": None, "language": "id", "frequency": "daily", "watches": [], "cities": [], "formats": ["html"]
}  # fmt: skip
SECRET = "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2Vj"  # of the form that tokens have; nobody's


@pytest.fixture
def store(sqlite_url: str) -> Iterator[Store]:
    with open_store(sqlite_url) as opened:
        yield opened


@pytest.fixture
def site(sqlite_url: str, tmp_path: Path, store: Store) -> Iterator[Site]:
    del store  # opened first, so that it is closed last
    with console(settings(tmp_path), sqlite_url, FROZEN) as running:
        yield running


@pytest.fixture
def reader(store: Store) -> Subscriber:
    return store.subscribers.add("ani@kota.example", "daily", name="Ani", now=FROZEN)


@pytest.fixture
def pages(tmp_path: Path, store: Store) -> Readers:
    """The pages without a server."""
    return Readers(store, settings(tmp_path), (("mgmac", "MGMAC"),), lambda: FROZEN)


def key(one: Subscriber) -> str:
    return f"{one.id}.{one.token}"


def state(store: Store, address: str = "ani@kota.example") -> SubscriberState:
    found = store.subscribers.get(address, "daily")
    assert found is not None
    return found.state


def until(found: Callable[[], bool]) -> None:
    """Wait for what another thread does."""
    for _ in range(600):
        if found():
            return
        time.sleep(0.05)
    pytest.fail("it did not happen within 30 seconds")


def test_a_reader_subscribes_by_two_steps_and_leaves_by_one(sqlite_url: str, tmp_path: Path, store: Store) -> None:
    with servers.serve() as smtp:
        chosen = settings(tmp_path, mail={"host": "127.0.0.1", "port": smtp.port}, base_url="https://k.example")
        with console(chosen, sqlite_url, FROZEN) as site:
            assert site.get("/subscribe").status == 200
            form = {**FORM, "watches": "mgmac", "cities": "jakarta", "pdf": "pdf", "name": "Budi"}
            assert site.post("/subscribe", form).status == 200
            until(lambda: bool(smtp.received))
            text = mail.text_of(smtp.received[0][1])
            (link,) = [word for word in text.split() if word.startswith("https://k.example/confirm/")]
            path = link.removeprefix("https://k.example")
            assert site.get(path).status == 200
            assert state(store, "budi@kota.example") is SubscriberState.PENDING  # a link scanner changes nothing
            assert site.post(path).status == 200
            one = store.subscribers.get("budi@kota.example", "daily")
            assert one is not None
            assert (one.state, one.watches, one.cities) == (SubscriberState.ACTIVE, ("mgmac",), ("Jakarta",))
            assert (one.formats, one.language, one.name) == (("html", "pdf"), "en", "Budi")
            assert site.post(path.replace("confirm", "unsubscribe"), b"List-Unsubscribe=One-Click").status == 200
            assert state(store, "budi@kota.example") is SubscriberState.UNSUBSCRIBED


def test_the_page_says_the_same_of_every_address(site: Site, store: Store, reader: Subscriber) -> None:
    gone = store.subscribers.add("gone@kota.example", "daily", now=FROZEN)
    store.subscribers.move(gone.id, SubscriberState.UNSUBSCRIBED, now=FROZEN)
    replies = [
        site.post("/subscribe", {**FORM, "address": address})
        for address in (reader.address, "new@kota.example", gone.address, "new@kota.example")
    ]
    assert len({(reply.status, reply.body) for reply in replies}) == 1
    assert (state(store), state(store, gone.address)) == (SubscriberState.ACTIVE, SubscriberState.UNSUBSCRIBED)


def test_a_mail_that_cannot_leave_waits(sqlite_url: str, tmp_path: Path, store: Store) -> None:
    chosen = settings(tmp_path, mail={"host": "127.0.0.1", "port": 9, "timeout": 1})
    with console(chosen, sqlite_url, FROZEN) as site:
        assert site.post("/subscribe", FORM).status == 200
    found = store.subscribers.get(FORM["address"], "daily")
    assert found is not None
    assert found.mailed_at is None
    with console(settings(tmp_path), sqlite_url, FROZEN):
        until(lambda: bool(list((tmp_path / "outbox").glob("*.eml"))))


def test_a_network_that_asks_too_often_is_told_so(site: Site, store: Store) -> None:
    replies = [site.post("/subscribe", {**FORM, "address": f"a{number}@kota.example"}) for number in range(12)]
    assert [reply.status for reply in replies] == [200] * 10 + [429] * 2
    assert replies[-1].headers["retry-after"] == "3600"
    assert len(store.subscribers.list(removed=True)) == 10


@pytest.mark.parametrize("page", ["unsubscribe", "preferences", "confirm", "resume"])
def test_looking_changes_nothing(site: Site, store: Store, reader: Subscriber, page: str) -> None:
    before = store.subscribers.list(removed=True)
    for method in ("GET", "HEAD"):
        site.ask(method, f"/{page}/{key(reader)}")
    assert store.subscribers.list(removed=True) == before


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"List-Unsubscribe=One-Click", "application/x-www-form-urlencoded"),
        (
            b'--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--',
            "multipart/form-data; boundary=x",
        ),
        (b"", "text/plain"),
    ],
)  # fmt: skip
def test_one_post_unsubscribes_however_often(
    site: Site, store: Store, reader: Subscriber, body: bytes, kind: str
) -> None:
    for _ in range(2):
        reply = site.ask("POST", f"/unsubscribe/{key(reader)}", body, {"Content-Type": kind})
        assert reply.status == 200
        assert "set-cookie" not in reply.headers
    assert state(store) is SubscriberState.UNSUBSCRIBED
    assert [entry.action for entry in store.audit.list(reader.target)] == ["unsubscribe", "subscribe"]
    assert site.post(f"/resume/{key(reader)}").status == 200
    assert state(store) is SubscriberState.ACTIVE


def test_who_was_suppressed_is_not_resumed_by_a_link(site: Site, store: Store, reader: Subscriber) -> None:
    store.subscribers.move(reader.id, SubscriberState.SUPPRESSED, now=FROZEN)
    assert site.post(f"/resume/{key(reader)}").status == 410
    assert state(store) is SubscriberState.SUPPRESSED


def test_a_reader_changes_what_he_gets(site: Site, store: Store, reader: Subscriber) -> None:
    page = site.get(f"/preferences/{key(reader)}")
    assert (page.status, 'value="Ani"' in page.text) == (200, True)
    form = {"language": "en", "frequency": "weekly", "form": "text", "watches": ["amf", "mgmac"], "cities": "Huế"}
    saved = site.post(f"/preferences/{key(reader)}", form)
    assert (saved.status, "Saved." in saved.text) == (200, True)
    one = store.subscribers.get(reader.address, "daily")
    assert one is not None
    assert (one.frequency, one.watches, one.cities, one.formats) == ("weekly", ("amf", "mgmac"), ("Hue",), ("text",))


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ({"cities": "Jakrta"}, "Did you mean Jakarta"),
        ({"cities": ", ".join(["Jakarta"] * 51)}, "fifty"),
        ({"watches": "unknown"}, "none of this form"),
        ({"language": "xx"}, "none of this form"),
        ({"frequency": "hourly"}, "none of this form"),
        ({"form": "exe"}, "none of this form"),
        ({"address": "budi"}, "no mail address"),
    ],
)
def test_what_is_wrong_is_said_beside_what_was_written(
    site: Site, store: Store, field: dict[str, str], words: str
) -> None:
    reply = site.post("/subscribe?language=en", {**FORM, "name": "Budi", **field})
    assert (reply.status, words in reply.text, 'value="Budi"' in reply.text) == (422, True, True)
    assert store.subscribers.list(removed=True) == []


def test_a_confirmation_is_good_for_seven_days(sqlite_url: str, tmp_path: Path, store: Store) -> None:
    asked = store.subscribers.ask("budi@kota.example", "daily", WISHES, "reader", FROZEN)
    assert asked is not None
    with console(settings(tmp_path), sqlite_url, FROZEN + 8 * DAY) as site:
        assert site.get(f"/confirm/{key(asked)}").status == 410
        assert site.post(f"/confirm/{key(asked)}").status == 410
    assert state(store, "budi@kota.example") is SubscriberState.PENDING


@pytest.mark.parametrize("page", ["unsubscribe", "preferences", "confirm", "resume"])
def test_a_guessed_address_is_nobodys(site: Site, store: Store, reader: Subscriber, page: str) -> None:
    guesses = [
        "", "1", f"{reader.id}.", f"{reader.id}.{SECRET}", f"99.{reader.token}", reader.token, f"{key(reader)}/x",
        f"{reader.id}.{reader.token[:-1]}", f"{'9' * 400}.{reader.token}", "1.%00%00%00%00%00%00%00%00%00%00%00",
        f"-1.{reader.token}", "..%2f..%2fetc%2fpasswd", letterbox.mark(reader), f"%EF%BC%91.{reader.token}",
    ]  # fmt: skip
    assert {site.post(f"/{page}/{guess}").status for guess in guesses} == {404}
    assert state(store) is SubscriberState.ACTIVE


def shape(answer: Answer) -> set[tuple[str, ...]]:
    """Every element with the names of its attributes: what text can never change."""
    tree = html.document_fromstring(answer.body.decode(), parser=html.HTMLParser(encoding="utf-8"))
    return {(str(element.tag), *sorted(element.attrib)) for element in tree.iter()}


@pytest.mark.parametrize(("name", "number"), hostile.CASES)
def test_nothing_that_is_written_becomes_markup(pages: Readers, reader: Subscriber, name: str, number: int) -> None:
    def posted(text: str) -> Answer:
        form = {"address": (text,), "name": (text,), "cities": (text,), "language": ("id",)}
        return pages.subscribe(Asked("POST", form=form))

    text = hostile.vector(name, number)
    answer = posted(text)
    assert answer.status == 422
    assert shape(answer) == shape(posted("zzzz"))
    assert headers(answer)["Content-Security-Policy"].startswith(
        "default-src 'none'; base-uri 'none'; form-action 'self'"
    )
    named = replace(reader, name=text, address=text)
    assert shape(pages._confirmed(named, page_words("id", "UTC"))) == shape(
        pages._confirmed(reader, page_words("id", "UTC"))
    )
