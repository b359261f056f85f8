"""The pages as a telephone shows them: nothing that hinders a reader, in light and dark."""

from __future__ import annotations

from pathlib import Path

import pytest

from digests.console.answers import Answer, Asked
from digests.console.readers import Readers
from pipeline.store import Store, open_store
from tests.digests.axe import violations
from tests.digests.console.pages import settings
from tests.digests.world import FROZEN

pytestmark = pytest.mark.chromium
WATCHES = (("mgmac", "Meeting of Governors and Mayors of ASEAN Capitals (MGMAC)"), ("amf", "ASEAN Mayors Forum (AMF)"))


def shown(store: Store, home: Path) -> list[Answer]:
    """One page of every kind, in either language."""
    pages = Readers(store, settings(home, editions="public"), WATCHES, lambda: FROZEN)
    reader = store.subscribers.add(
        "pembaca.dengan.alamat.panjang@sekretariat.pemerintah-kota.example", "daily", now=FROZEN
    )
    asked = store.subscribers.ask("baru@kota.example", "daily", reader.wishes, "reader", FROZEN)
    assert asked is not None
    key, new = (f"{reader.id}.{reader.token}",), (f"{asked.id}.{asked.token}",)
    wrong = {"cities": ("Jakrta",), "address": ("x",)}
    indonesian, english = {"language": "id"}, {"language": "en"}
    return [
        pages.home(Asked("GET", query=indonesian)),
        pages.subscribe(Asked("POST", query=english, form=wrong)),
        pages.confirm(Asked("GET", new, query=indonesian)),
        pages.preferences(Asked("GET", key, query=indonesian)),
        pages.unsubscribe(Asked("POST", key, query=english)),
    ]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_nothing_hinders_a_reader(sqlite_url: str, tmp_path: Path, dark: bool) -> None:
    with open_store(sqlite_url) as store:
        pages = [answer.body for answer in shown(store, tmp_path)]
    assert violations(*pages, dark=dark, widths=(360,)) == []
