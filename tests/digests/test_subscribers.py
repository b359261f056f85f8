"""Who gets what: addresses and choices are checked before they are stored; lists come from spreadsheets."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from digests import importing, subscribers
from digests.addresses import check_address
from digests.importing import Became, Imported
from digests.subscribers import Choice
from pipeline.errors import NotFoundError, SettingsError
from pipeline.store import Store, SubscriberState, open_store
from tests.digests.world import FROZEN

KNOWN = ("mgmac", "amf")


@pytest.fixture
def store(sqlite_url: str) -> Iterator[Store]:
    """The store's verbs are tried on both databases in tests/pipeline/store/test_subscribers.py."""
    with open_store(sqlite_url) as opened:
        yield opened


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("budi@kota.example", "budi@kota.example"),
        (" Budi.Santoso+kliping@Kota.Example ", "budi.santoso+kliping@kota.example"),
        ("humas@münchen.example", "humas@xn--mnchen-3ya.example"),
        ("humas@straße.example", "humas@xn--strae-oqa.example"),
        ("a@เมือง.example", "a@xn--72c5ctb0b4b.example"),
        ("a@kota。example", "a@kota.example"),
        ("ops@localhost", "ops@localhost"),
        (f"{'a' * 64}@{'.'.join(['b' * 62] * 3)}", f"{'a' * 64}@{'.'.join(['b' * 62] * 3)}"),
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
        "bé@kota.example", f"{'a' * 64}@{'.'.join(['b' * 62] * 4)}", f"a@{'ä' * 60}.example", "a@b_c.example",
        '"a b"@kota.example', "a@kota.example.", "a\u202eb@kota.example", "a@\u2028kota.example",
        "=?utf-8?q?a?=@b.example\0",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(SettingsError, match="no mail address") as caught:
        check_address(text)
    assert "\n" not in str(caught.value)


def test_adding_again_changes_the_choice(store: Store) -> None:
    subscribers.add(store, "daily", "budi@kota.example", Choice(), known=KNOWN, now=FROZEN)
    wanted = Choice("en", watches=("mgmac",), cities=("jakarta", "Kota Bandung"), formats=("pdf", "html"))
    subscribers.add(store, "daily", "Budi@kota.example", wanted, known=KNOWN, now=FROZEN)
    (one,) = store.subscribers.list("daily")
    assert (one.language, one.watches, one.cities) == ("en", ("mgmac",), ("Bandung", "Jakarta"))
    assert one.formats == ("html", "pdf")


def test_who_is_removed_gets_nothing_more(store: Store) -> None:
    subscribers.add(store, "daily", "budi@kota.example", Choice(), known=KNOWN, now=FROZEN)
    subscribers.remove(store, "daily", "budi@kota.example", now=FROZEN)
    assert store.subscribers.list("daily") == []
    with pytest.raises(NotFoundError):
        subscribers.remove(store, "daily", "budi@kota.example", now=FROZEN)


def test_only_who_was_suppressed_is_resumed(store: Store) -> None:
    one = subscribers.add(store, "daily", "budi@kota.example", Choice(), known=KNOWN, now=FROZEN)
    with pytest.raises(NotFoundError, match="is active, not suppressed"):
        subscribers.resume(store, "daily", "budi@kota.example", actor="tono", now=FROZEN)
    store.subscribers.move(one.id, SubscriberState.SUPPRESSED, reason="5.1.1", now=FROZEN)
    assert store.subscribers.list("daily") == []
    subscribers.resume(store, "daily", "budi@kota.example", actor="tono", now=FROZEN)
    assert [one.address for one in store.subscribers.list("daily")] == ["budi@kota.example"]
    with pytest.raises(NotFoundError, match="never got list daily"):
        subscribers.resume(store, "daily", "ani@kota.example", actor="tono", now=FROZEN)


def test_a_person_may_confirm_for_a_reader(store: Store) -> None:
    store.subscribers.ask("budi@kota.example", "daily", Choice("en").wishes, "reader", FROZEN)
    confirmed = subscribers.confirm(store, "daily", "budi@kota.example", actor="tono", now=FROZEN)
    assert (confirmed.state, confirmed.language) == (SubscriberState.ACTIVE, "en")
    with pytest.raises(NotFoundError, match="waits for no confirmation"):
        subscribers.confirm(store, "daily", "budi@kota.example", actor="tono", now=FROZEN)


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        (Choice(language="th"), "language 'th'"),
        (Choice(frequency="hourly"), "frequency 'hourly'"),
        (Choice(watches=("unknown",)), "watch 'unknown': not among amf, mgmac"),
        (Choice(formats=("docx",)), "format 'docx': is one of html, text, pdf"),
        (Choice(cities=("Jakrta",)), "city 'Jakrta': .* did you mean Jakarta"),
        (Choice(cities=("Surabya",)), "did you mean Surabaya"),
        (Choice(cities=("Atlantis Raya",)), "write it as news does"),
        (Choice(cities=("x" * 5_000,)), "no place of that name"),
        (Choice(cities=("",)), "no place of that name"),
        (Choice(cities=("Jakarta",) * 51), "51 are too many"),
    ],
)
def test_a_choice_that_cannot_be_is_refused(choice: Choice, words: str) -> None:
    with pytest.raises(SettingsError, match=words) as caught:
        subscribers.check_choice(choice, KNOWN)
    assert "\n" not in str(caught.value)


# --- from a spreadsheet ----------------------------------------------------------------------------------------------


def imported(store: Store, content: bytes, *, resubscribe: bool = False, dry_run: bool = False) -> Imported:
    return importing.import_csv(
        store, "daily", content, known=KNOWN, now=FROZEN, resubscribe=resubscribe, dry_run=dry_run
    )


def became(done: Imported) -> list[tuple[int, str]]:
    return [(result.line, result.became.value) for result in done.results]


def test_a_csv_adds_its_good_rows_and_names_the_others(store: Store) -> None:
    text = (
        "\ufeffaddress, name, language, frequency, watches, cities, formats\r\n"
        'budi@kota.example,"Budi, Kepala",,,,,\r\n'
        "ani@kota.example,Ani,en,weekly,mgmac; amf,Kota Bandung | Johor Bahru,html pdf\r\n"
        "salah,,,,,,\r\n"
        '"tono@kota.example","Tono\r\nKedua",fr,,,,\r\n'
        ",,,,,,\r\n"
        ",Nama,,,,,\r\n"
        "a@b.example,x,id,daily,mgmac,,,zu viel\r\n"
        "BUDI@kota.example,,,,,,\r\n"
        "c@b.example,,,,,Jakrta,\r\n"
    )
    done = imported(store, text.encode())
    assert became(done) == [
        (2, "added"), (3, "added"), (4, "wrong"), (5, "wrong"), (8, "wrong"), (9, "wrong"), (10, "duplicate"),
        (11, "wrong"),
    ]  # fmt: skip
    assert done.told[-1].startswith("line 11: city 'Jakrta'")
    ani = store.subscribers.get("ani@kota.example", "daily")
    assert ani is not None
    assert (ani.language, ani.frequency, ani.watches) == ("en", "weekly", ("amf", "mgmac"))
    assert (ani.cities, ani.formats) == (("Bandung", "Johor Bahru"), ("html", "pdf"))
    budi = store.subscribers.get("budi@kota.example", "daily")
    assert budi is not None
    assert budi.name == "Budi, Kepala"


FILES = [  # as the region's spreadsheets write them
    ("semicolons", b"address;name\nani@kota.example;Ani, Humas\n", "Ani, Humas", "UTF-8"),
    ("tabs", b"address\tname\nani@kota.example\tAni\n", "Ani", "UTF-8"),
    ("sep-line", b"sep=;\r\naddress;name\r\nani@kota.example;Ani\r\n", "Ani", "UTF-8"),
    ("utf-16", "address\tname\r\nani@kota.example\tAnī\r\n".encode("utf-16"), "Anī", "UTF-16"),
    ("windows", "address,name\r\nani@kota.example,René “Bob”\r\n".encode("cp1252"), "René “Bob”", "Windows-1252"),
    ("old-mac", b"address,name\rani@kota.example,Ani\r", "Ani", "UTF-8"),
    ("indonesian",
     b"Nama;Surel;Kota;Frekuensi;Bahasa\nAni;ani@kota.example;Jakarta;Mingguan;Inggris\n", "Ani", "UTF-8"),
    ("empty-columns", b"address,name,,\nani@kota.example,Ani,,\n,,,\n", "Ani", "UTF-8"),
    ("thai", "address,name\nani@kota.example,สมชาย\n".encode(), "สมชาย", "UTF-8"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "name", "encoding"), [row[1:] for row in FILES], ids=[row[0] for row in FILES])
def test_spreadsheets_of_the_region_are_read(store: Store, content: bytes, name: str, encoding: str) -> None:
    done = imported(store, content)
    assert [result.became for result in done.results] == [Became.ADDED], done.results
    assert done.encoding == encoding
    found = store.subscribers.get("ani@kota.example", "daily")
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    "content",
    [b"", b"name,language\nBudi,id\n", b"address,colour\na@b.example,red\n", b"address,address\na@b.example,x\n",
     b"PK\x03\x04\x00\x00\xff\xfe", b"\xd0\xcf\x11\xe0\x00\x00", b'address\n"' + b"a" * 200_000],
    ids=["empty", "no-address", "unknown-column", "twice", "xlsx", "xls", "huge-cell"],
)  # fmt: skip
def test_a_file_that_is_no_list_is_refused_in_one_line(store: Store, content: bytes) -> None:
    with pytest.raises(SettingsError, match=r"the first line names the columns|is no CSV file") as caught:
        imported(store, content)
    assert "\n" not in str(caught.value)
    assert store.subscribers.list(removed=True) == []


def test_nobody_is_brought_back_by_a_file(store: Store) -> None:
    for number, state in enumerate((SubscriberState.UNSUBSCRIBED, SubscriberState.SUPPRESSED)):
        made = store.subscribers.add(f"{number}@kota.example", "daily", now=FROZEN)
        store.subscribers.move(made.id, state, now=FROZEN)
    content = b"address\n0@kota.example\n1@kota.example\n"
    first = imported(store, content)
    assert [result.became for result in first.results] == [Became.LEFT_ALONE] * 2
    assert "--resubscribe" in first.told[0]
    assert store.subscribers.list("daily") == []
    assert imported(store, content, resubscribe=True).count(Became.ADDED) == 2


def test_a_dry_run_tells_the_same_and_stores_nothing(store: Store) -> None:
    store.subscribers.add("0@kota.example", "daily", now=FROZEN)
    store.subscribers.add("1@kota.example", "daily", language="en", now=FROZEN)
    content = b"address,language\n0@kota.example,id\n1@kota.example,id\n2@kota.example,id\nx,id\n"
    dry = imported(store, content, dry_run=True)
    assert [one.address for one in store.subscribers.list()] == ["0@kota.example", "1@kota.example"]
    assert dry == imported(store, content)
    assert became(dry) == [(2, "unchanged"), (3, "changed"), (4, "added"), (5, "wrong")]


def test_the_export_is_no_formula_and_comes_back_as_it_was(store: Store) -> None:
    store.subscribers.add(
        "=cmd@kota.example", "daily", name="@SUM(1+1)", watches=["amf"], cities=["Jakarta", "Johor Bahru"],
        formats=["html", "pdf"], now=FROZEN,
    )  # fmt: skip
    store.subscribers.add("-b@kota.example", "daily", name='"Budi", Kepala', language="en", now=FROZEN)
    gone = store.subscribers.add("c@kota.example", "daily", now=FROZEN)
    store.subscribers.move(gone.id, SubscriberState.UNSUBSCRIBED, now=FROZEN)
    text = importing.as_csv(store.subscribers.list(removed=True))
    cells = [cell for line in text.splitlines() for cell in line.replace('"', "").split(",")]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    back = imported(store, text.encode())
    assert [result.became for result in back.results] == [Became.UNCHANGED, Became.UNCHANGED, Became.LEFT_ALONE]
