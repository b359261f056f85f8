"""Hostile text in every scraped field, all the way: committed, composed, corrected, in every form, and as mail.

What a page, an outlet file, an editor and a reader's own name say runs nowhere, hides nowhere and starts no header.
"""

from __future__ import annotations

import email
import email.policy
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from digests import editions, messages
from pipeline.config import Settings
from pipeline.model import Article, Quote
from pipeline.outlet import Outlet
from pipeline.store import EditionRecord, Store, open_store
from pipeline.urls import normalise
from tests.digests.examples import PERIOD, article
from tests.digests.hostile import SCRAPED, VECTORS, beyond, executable, in_headers, poisoned, unseen
from tests.digests.pdf.reading import active, links
from tests.digests.world import FROZEN, crawl, outlets, settings

DAY = timedelta(days=1)
# Two of each class, of what a decoder can give; every one of them goes through each form alone in the forms' own tests.
CHOSEN = tuple(text for kind, texts in VECTORS.items() if kind != "long" for text in (texts[0], texts[-1]))
WHOLE = tuple(text for text in CHOSEN if text.encode(errors="replace").decode() == text)
ADDRESSES = frozenset({"url", "canonical_url"})


def hostile(number: int, text: str) -> Article:
    """Says `text` wherever it can; its address ends with it too, spelt as discovery spells every address."""
    base = article(number, hours_ago=5)
    quote = Quote(text=f"{text} {'kata ' * 12}"[:250], speaker="x", role=None, kind="direct", start=0, end=5)
    made = poisoned(replace(base, quotes=(quote,)), text, SCRAPED - ADDRESSES - {"text"})
    return replace(made, url=normalise(f"{base.canonical_url}/{text[:500]}"))


def hostile_outlets() -> Mapping[str, Outlet]:
    """Titles from the same strings, and rights that let whole texts into the PDF."""
    return {
        name: replace(outlet, title=text, terms=replace(outlet.terms, full_text=True, summary=text))
        for (name, outlet), text in zip(sorted(outlets().items()), WHOLE[:: len(WHOLE) // 6], strict=False)
    }


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile")


@pytest.fixture(scope="module")
def store(home: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{home / 'kliping.sqlite'}") as opened:
        yield opened


@pytest.fixture(scope="module")
def chosen(home: Path) -> Settings:
    return settings(home)


@pytest.fixture(scope="module")
def record(store: Store, chosen: Settings) -> EditionRecord:
    """The second morning: every hostile article, with corrections of the first one's and an editor's words."""
    names = sorted(outlets())
    told = crawl(store, "antara", *(hostile(number, text) for number, text in enumerate(WHOLE[::6], start=500)))
    editions.build(store, chosen, hostile_outlets(), PERIOD - DAY, "daily", now=FROZEN - timedelta(minutes=20))
    for done, text in zip(told, WHOLE[1:], strict=False):
        store.articles.correct(done.article_id, "reject", text, actor=text, now=FROZEN - timedelta(minutes=15))
    for number, text in enumerate(WHOLE, start=1):
        crawl(store, names[number % len(names)], hostile(number, text), now=FROZEN - timedelta(minutes=10))
    return editions.build(store, chosen, hostile_outlets(), PERIOD, "daily", now=FROZEN)


@pytest.mark.parametrize("language", ["id", "en"])
def test_no_form_lets_anything_run_or_hide(
    store: Store, chosen: Settings, record: EditionRecord, language: str
) -> None:
    dress = editions.dresser(store, chosen, hostile_outlets())
    forms = {
        form: editions.rendering(store, record, language, form, dress=dress)
        for form in ("html", "web", "text", "whatsapp", "json")
    }
    assert executable(forms["html"]) == []
    assert beyond(forms["web"], frozenset({"svg"})) == []
    for form in ("html", "web", "text", "whatsapp"):
        assert unseen(forms[form].decode()) == []
    assert len(json.loads(forms["json"])["stories"]) == editions.content(record).totals.stories == len(WHOLE)


@pytest.mark.pdf
def test_the_pdf_holds_no_action_but_links_to_the_web(store: Store, chosen: Settings, record: EditionRecord) -> None:
    dress = editions.dresser(store, chosen, hostile_outlets())
    pdf = editions.rendering(store, record, "id", "pdf", dress=dress)
    assert active(pdf) == []
    assert [link for link in links(pdf) if not link.startswith(("http://", "https://"))] == []


def test_the_message_has_its_own_headers_only(store: Store, chosen: Settings, record: EditionRecord) -> None:
    for number, name in enumerate(WHOLE):
        store.subscribers.add(f"pembaca{number}@kota.example", "daily", now=FROZEN, name=name)
    frozen = messages.freeze(store, chosen, record, now=FROZEN, outlets=hostile_outlets())
    assert len(frozen) == len(WHOLE)
    for delivery in frozen:
        sent = store.deliveries.message(delivery.id)
        assert in_headers(sent) == []
        message = email.message_from_bytes(sent, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        assert message["To"].addresses[0].addr_spec == delivery.recipient
        assert len(message["To"].addresses) == 1
        page = message.get_body(("html",))
        assert page is not None
        assert executable(page.get_content()) == []
