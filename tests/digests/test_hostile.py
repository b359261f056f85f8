"""Whatever a page, a person or an outlet file says: nothing of it runs, leads astray, hides, or starts a line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digests.compose import compose
from digests.letter import BUDGET, as_html
from digests.model import Content
from digests.personal import ROOM, Links, personal
from digests.render import render
from digests.safe import safe
from digests.view import subject
from tests.digests import contents
from tests.digests.examples import NOW, article, facts, stored
from tests.digests.hostile import CASES, SCRAPED, executable, poisoned, unseen, vector

CONTENT = contents.full(3, "en")
LINKS = Links("https://kliping.example/unsubscribe?token=abc")
ADDRESSES = frozenset({"url", "canonical_url"})


def scraped(text: str) -> Content:
    """The same text by the ordinary road: in an article, composed. No crawl has half a character in a URL."""
    whole = text.encode(errors="replace").decode() == text
    page = poisoned(replace(article(1, outlet=None), fetched_at=NOW), text, SCRAPED if whole else SCRAPED - ADDRESSES)
    return compose(facts((stored(1, page, copy_of=9),), title=text, watch_titles={"amf": text, "mgmac": text}))


@pytest.mark.parametrize(("kind", "number"), CASES)
def test_nothing_hostile_runs_hides_or_starts_a_line(kind: str, number: int) -> None:
    text = vector(kind, number)
    for content in (poisoned(CONTENT, text), scraped(text)):
        body, plain = as_html(content, "id").body, render(content, "id", "text")
        assert len(body) <= BUDGET - ROOM
        body, plain = personal(body, plain, LINKS, "id")
        assert executable(body) == []
        assert unseen(body.decode()) == []
        assert unseen(plain.decode()) == []
        assert body.count(b"/unsubscribe?token=abc") == 1
        line = subject(content, "id")
        assert unseen(line) == []
        assert not set(line) & set("\r\n\u2028\u2029")
        assert len(line) < 1000


@pytest.mark.parametrize("text", ["{{ 7*7 }}", "{% raw %}", "${7*7}", "{n} {outlet} {0.__class__}", "%s%n"])
def test_what_looks_like_a_template_is_shown_as_it_is(text: str) -> None:
    for form in ("html", "text"):
        body = render(poisoned(CONTENT, text, frozenset({"headline", "extract", "speaker"})), "en", form).decode()
        assert body.count(text) > 3


def test_a_content_that_is_safe_already_stays_the_same_object() -> None:
    assert safe(CONTENT) is CONTENT


def test_addresses_that_are_none_of_the_web_are_left_out_and_texts_are_bounded() -> None:
    made = safe(poisoned(CONTENT, "javascript:alert(1)", frozenset({"url"})))
    assert {place.url for block in made.stories for place in block.placements} == {None}
    long = safe(poisoned(CONTENT, "x" * 9000, frozenset({"headline", "extract"})))
    assert max(len(str(block.lead.headline)) for block in long.stories) == 300
    assert max(len(str(block.lead.extract)) for block in long.stories) == 600
