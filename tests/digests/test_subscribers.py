"""Who gets what: addresses and choices are checked before they are stored."""

from __future__ import annotations

import pytest

from digests import subscribers
from digests.addresses import check_address
from digests.subscribers import Choice
from pipeline.errors import NotFoundError, SettingsError
from pipeline.store import Store
from tests.digests.world import FROZEN

KNOWN = ("mgmac", "amf")


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("budi@kota.example", "budi@kota.example"),
        (" Budi.Santoso+kliping@Kota.Example ", "budi.santoso+kliping@kota.example"),
        ("humas@münchen.example", "humas@xn--mnchen-3ya.example"),
        ("ops@localhost", "ops@localhost"),
    ],
)
def test_addresses_are_stored_in_one_form(text: str, address: str) -> None:
    assert check_address(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "", "budi", "@kota.example", "budi@", "budi@@kota.example", "budi @kota.example", "budi@kota..example",
        "budi@-kota.example", "budi@kota.example\r\nBcc: x@y", "budi,ani@kota.example", "<budi@kota.example>",
        ".budi@kota.example", "budi@[127.0.0.1]", f"{'a' * 65}@kota.example", f"a@{'b' * 250}.example",
        "bé@kota.example",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(SettingsError, match="no mail address") as caught:
        check_address(text)
    assert "\n" not in str(caught.value)


def test_adding_again_changes_the_choice(store: Store) -> None:
    subscribers.add(store, "daily", "budi@kota.example", Choice(), known=KNOWN, now=FROZEN)
    subscribers.add(store, "daily", "Budi@kota.example", Choice("en", watches=("mgmac",)), known=KNOWN, now=FROZEN)
    (one,) = store.subscribers.list("daily")
    assert (one.language, one.watches) == ("en", ("mgmac",))


def test_who_is_removed_gets_nothing_more(store: Store) -> None:
    subscribers.add(store, "daily", "budi@kota.example", Choice(), known=KNOWN, now=FROZEN)
    subscribers.remove(store, "daily", "budi@kota.example", now=FROZEN)
    assert store.subscribers.list("daily") == []
    with pytest.raises(NotFoundError):
        subscribers.remove(store, "daily", "budi@kota.example", now=FROZEN)


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        (Choice(language="th"), "language 'th'"),
        (Choice(frequency="hourly"), "frequency 'hourly'"),
        (Choice(watches=("unknown",)), "watch 'unknown': not among amf, mgmac"),
    ],
)
def test_a_choice_that_cannot_be_is_refused(store: Store, choice: Choice, words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        subscribers.add(store, "daily", "budi@kota.example", choice, known=KNOWN, now=FROZEN)


def test_a_csv_adds_its_good_rows_and_names_the_others(store: Store) -> None:
    text = (
        "\ufeffaddress, name, language, frequency, watches\r\n"
        'budi@kota.example,"Budi, Kepala",,,\r\n'
        "ani@kota.example,Ani,en,weekly,mgmac; amf\r\n"
        "salah,,,,\r\n"
        "tono@kota.example,,fr,,\r\n"
        ",,,,\r\n"
        "a@b.example,x,id,daily,mgmac,zu viel\r\n"
    )
    done = subscribers.import_csv(store, "daily", text, known=KNOWN, now=FROZEN)
    assert [one.address for one in done.subscribers] == ["budi@kota.example", "ani@kota.example"]
    assert sorted(error.partition(":")[0] for error in done.errors) == ["line 4", "line 5", "line 6", "line 7"]
    ani = store.subscribers.get("ani@kota.example", "daily")
    assert ani is not None
    assert (ani.language, ani.frequency, ani.watches) == ("en", "weekly", ("amf", "mgmac"))
    budi = store.subscribers.get("budi@kota.example", "daily")
    assert budi is not None
    assert budi.name == "Budi, Kepala"


@pytest.mark.parametrize("text", ["", "name,language\nBudi,id\n", "address,colour\na@b.example,red\n"])
def test_a_csv_without_its_header_is_refused(store: Store, text: str) -> None:
    with pytest.raises(SettingsError, match="the first line names the columns"):
        subscribers.import_csv(store, "daily", text, known=KNOWN, now=FROZEN)
