"""The five seed articles in their outlets' markup give exactly what is expected of them.

The text is read from the labelled data, furniture included, and set by the newsroom's templates in every generation of
markup, with all page metadata and with none of it.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from crawlers.newsroom import GENERATIONS, ArticleText, RelatedLink, render_article
from crawlers.newsroom.article import RelatedForm
from pipeline.model import Article, Kind
from tests.pipeline.reading import outlets, page, read

pytestmark = pytest.mark.shared

_FIELDS = (
    "outlet", "headline", "date_published", "dateline", "credit_line", "authors", "editors", "photographers",
    "in_language", "syndicated_from", "press_release",
)  # fmt: skip
URLS = {
    "000": "https://www.antaranews.com/berita/3663810/tukar-pengalaman",
    "001": "https://www.beritajakarta.id/read/129001/ajang-tukar-pengalaman",
    "002": "https://www.kabarkota.example/arsip/12/jakarta-tuan-rumah-berikutnya",
    "003": "https://redaksijakarta.com/jakarta-siap-sambut-gubernur/",
    "004": "https://www.inews.id/news/nasional/indonesia-ikuti-pertemuan-kota-pintar",
}
PAGES = {"000": "antara", "001": "beritajakarta", "002": "kabarkota", "003": "redaksijakarta", "004": "inews"}


@dataclass(frozen=True, slots=True)
class Seed:
    key: str
    lines: tuple[str, ...]  # of the text as copied off the page, without empty ones
    expected: dict[str, object]


@pytest.fixture
def seed(request: pytest.FixtureRequest, shared: Callable[..., Path]) -> Seed:
    key = str(request.param)
    folder = shared("seeds")
    text = next(folder.glob(f"{key}_*.txt")).read_text(encoding="utf-8")
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))[key]
    return Seed(key, tuple(line.strip() for line in text.split("\n") if line.strip()), expected)


def as_printed(seed: Seed, form: RelatedForm) -> ArticleText:
    """The seed as the parts of a page; `form` says how the page prints its related headlines."""
    make = {"000": _antara, "001": _beritajakarta, "002": _reprint, "003": _redaksi, "004": _inews}[seed.key]
    return make(seed, form)


def _antara(seed: Seed, form: RelatedForm) -> ArticleText:
    body: list[str] = []
    related: list[RelatedLink] = []
    for line in seed.lines[:-3]:
        if line.startswith("Baca juga:"):
            url = f"https://www.antaranews.com/berita/{len(related) + 1}/sebuah-berita-lain"
            related.append(RelatedLink(line[10:].strip(), url, len(body), form))
        else:
            body.append(line)
    opening = body[0][: body[0].index(" - ") + 3]
    return ArticleText(
        paragraphs=(body[0][len(opening) :], *body[1:]),
        opening=opening,
        related=tuple(related),
        tail=seed.lines[-3:],
        url=URLS["000"],
    )


def _beritajakarta(seed: Seed, form: RelatedForm) -> ArticleText:
    lines = list(seed.lines)
    headline = lines[2]
    start = next(n for n, line in enumerate(lines) if line.startswith("photo ")) + 2
    body = lines[start : lines.index("Berita Terkait")]
    photographer = re.sub(r"^photo | - Beritajakarta\.id$", "", lines[start - 2])
    quote = body.pop(1)
    place = next(n for n, line in enumerate(body) if line in _list(seed.expected, "not_in_body"))
    link = RelatedLink(body.pop(place), "https://www.beritajakarta.id/read/129000/sebuah-berita-lain", place, form)
    return ArticleText(
        paragraphs=tuple(body),
        headline=headline,
        photographers=(photographer,),
        pull_quote=quote,
        related=(link,),
        url=URLS["001"],
    )


def _reprint(seed: Seed, form: RelatedForm) -> ArticleText:
    return ArticleText(paragraphs=seed.lines[1:-1], pull_quote=seed.lines[0], tail=seed.lines[-1:], url=URLS["002"])


def _redaksi(seed: Seed, form: RelatedForm) -> ArticleText:
    body = tuple(line for line in seed.lines[1:] if line not in ("Bacaan Lainnya", "Pos terkait"))
    link = RelatedLink("Warga menanam pohon di tepi kali", "https://redaksijakarta.com/warga-menanam-pohon/", 4, form)
    return ArticleText(paragraphs=body, headline=seed.lines[0], related=(link,), url=URLS["003"])


def _inews(seed: Seed, form: RelatedForm) -> ArticleText:
    items = tuple(line for line in seed.lines if re.match(r"\d\. ", line))
    body = tuple(line for line in seed.lines[1:-1] if line not in items)
    return ArticleText(
        paragraphs=body,
        headline=seed.lines[0],
        items=tuple(item[3:] for item in items),
        items_after=len(body) - 1,
        tail=seed.lines[-1:],
        url=URLS["004"],
    )


def differences(article: Article, seed: Seed) -> Iterator[str]:
    """Where the article is not what the seed must yield, key by key."""
    expected = seed.expected
    for field in _FIELDS:
        value = getattr(article, field)
        found = list(value) if isinstance(value, tuple) else value
        if field in expected and found != expected[field]:
            yield f"{field}: {found!r}"
    if {watch.id: watch.edition for watch in article.watches} != expected["watches"]:
        yield f"watches: {article.watches}"
    if "copyright" in expected and article.rights.copyright != expected["copyright"]:
        yield f"copyright: {article.rights.copyright}"
    if bool(article.disputed) != ("disputed" in expected):
        yield f"disputed: {article.disputed}"
    if article.kind is not Kind.ARTICLE:
        yield f"kind: {article.kind}"
    yield from _body_differences(article, expected)


def _body_differences(article: Article, expected: dict[str, object]) -> Iterator[str]:
    text = article.text
    if not text.startswith(str(expected.get("body_starts", ""))) or not text.endswith(str(expected["body_ends"])):
        yield f"body: {text[:60]!r} … {text[-60:]!r}"
    yield from (f"in body: {words}" for words in _list(expected, "not_in_body") if words in text)
    yield from (f"not once: {words}" for words in _list(expected, "once_in_body") if text.count(words) != 1)
    people = {*article.authors, *article.editors, *article.photographers, *(p.name for p in article.people)}
    yield from (f"a person: {name}" for name in _list(expected, "never_a_person") if name in people)
    if "paragraphs" in expected and len(article.article_body) != expected["paragraphs"]:
        yield f"paragraphs: {len(article.article_body)}"
    items = sum(1 for line in article.article_body if re.match(r"\d\. ", line))
    if "list_items" in expected and items != expected["list_items"]:
        yield f"list items: {items}"


def _list(expected: dict[str, object], key: str) -> list[str]:
    value = expected.get(key, [])
    assert isinstance(value, list)
    return [str(member) for member in value]


FORMS: dict[str, tuple[RelatedForm, ...]] = {
    "000": ("span", "strong", "next-line"),
    "001": ("bare-link", "bare-text", "glued"),
    "002": ("span",),
    "003": ("strong", "bare-link"),
    "004": ("box",),
}
CASES = [
    pytest.param(key, generation, form, metadata, id=f"{key}-{generation}-{form}-{'metadata' if metadata else 'bare'}")
    for key, forms in FORMS.items()
    for generation in GENERATIONS[PAGES[key]]
    for form in forms
    for metadata in (True, False)
]


@pytest.mark.parametrize(("seed", "generation", "form", "metadata"), CASES, indirect=["seed"])
def test_seed_in_its_outlets_markup(seed: Seed, generation: str, form: RelatedForm, metadata: bool) -> None:
    text = as_printed(seed, form)
    name = PAGES[seed.key]
    body = render_article(name, text, metadata=metadata, generation=generation)
    article = read(page(body, URLS[seed.key]), outlet=name if name in outlets() else None)
    assert list(differences(article, seed)) == []
    expected_quote = seed.key in ("001", "002")
    assert (article.pull_quote is not None) is expected_quote


@pytest.mark.parametrize("seed", ["000", "001", "002", "003", "004"], indirect=True)
def test_seed_as_bare_lines_of_an_unknown_page(seed: Seed) -> None:
    """No markup at all but `p`, furniture included: no wrong date, no wrong name, no other article's line."""
    lines = "".join(f"<p>{html.escape(line)}</p>" for line in seed.lines)
    article = read(page(f"<html lang='id'><body><div>{lines}</div></body></html>", URLS[seed.key]))
    assert article.date_published is None
    assert article.headline in (None, seed.expected["headline"])
    assert list(article.authors) == seed.expected["authors"]
    assert list(article.editors) == seed.expected["editors"]
    assert {watch.id: watch.edition for watch in article.watches} == seed.expected["watches"]
    assert article.text.endswith(str(seed.expected["body_ends"]))
    for words in _list(seed.expected, "not_in_body"):
        assert words not in article.text
