"""A recipient's own links: in their place, safe, and within the budget."""

from __future__ import annotations

import pytest
from lxml import html as lxml_html

from digests.dressing import Dressing
from digests.letter import BUDGET, as_html
from digests.personal import MARKER, ROOM, Links, personal
from digests.render import render
from tests.digests import contents
from tests.digests.hostile import executable

BASE = "https://kliping.example"
ALL = Links(*(f"{BASE}/{page}?token=a&list=b" for page in ("unsubscribe", "preferences", "editions/1")))
CONTENT = contents.full(2, "id")


def made(links: Links, language: str = "id") -> tuple[str, str]:
    mail, plain = (render(CONTENT, language, form, Dressing(base_url=BASE)) for form in ("html", "text"))
    html, text = personal(mail, plain, links, language)
    return html.decode(), text.decode()


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("id", ["Baca di web", "Berhenti berlangganan", "Atur langganan"]),
        ("en", ["Read on the web", "Unsubscribe", "Preferences"]),
    ],
)
def test_the_links_stand_in_the_footer_and_at_the_end_of_the_text(language: str, names: list[str]) -> None:
    html, text = made(ALL, language)
    links = lxml_html.document_fromstring(html).xpath("//a[@class='u']")
    assert [link.text for link in links] == names
    assert [link.get("href") for link in links] == [ALL.web, ALL.unsubscribe, ALL.preferences]
    end = text.splitlines()[-6:]
    assert end == [f"{names[0]}:", ALL.web, f"{names[1]}:", ALL.unsubscribe, f"{names[2]}:", ALL.preferences]
    assert executable(html) == []
    assert str(MARKER) not in html


def test_without_links_both_forms_stay_as_they_were_and_the_mark_is_not_seen() -> None:
    html, text = made(Links())
    assert html.encode() == as_html(CONTENT, "id", Dressing(base_url=BASE)).body
    assert "kliping:links" not in text
    assert "kliping:links" not in lxml_html.document_fromstring(html).text_content()


def test_mail_can_be_what_unsubscribes() -> None:
    html, text = made(Links("mailto:stop@example.org?subject=stop"))
    assert 'href="mailto:stop@example.org?subject=stop"' in html
    assert text.endswith("mailto:stop@example.org?subject=stop\n")


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "https://a.example/\r\nBcc: x", "mailto:a b", "ftp://a.example/", f"{BASE}/{'x' * 400}"],
    ids=["script", "lines", "space", "ftp", "long"],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="no link can be made"):
        made(Links(url))


def test_the_longest_links_are_within_the_room_kept_for_them() -> None:
    long = f"{BASE}/unsubscribe?token=" + "x" * (400 - len(f"{BASE}/unsubscribe?token="))
    html, _ = made(Links(long, long, long))
    assert len(html.encode()) - len(made(Links())[0].encode()) <= ROOM < BUDGET


@pytest.mark.parametrize(
    ("base_url", "word"), [(None, "balas surat ini dengan kata BERHENTI"), (BASE, "terdaftar pada")]
)
def test_without_pages_the_footer_says_how_to_stop_by_reply(base_url: str | None, word: str) -> None:
    for form in ("html", "text"):
        body = " ".join(render(CONTENT, "id", form, Dressing(base_url=base_url)).decode().split())
        assert word in body
        assert ("BERHENTI" in body) is (base_url is None)
