"""The fields of an article from what was read: each function sets its own, with where each came from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from lxml.html import HtmlElement

from pipeline import byline
from pipeline.byline import Credits
from pipeline.dateline import is_agency, is_own, is_release, read_opening, says_release
from pipeline.document import Document, lines_of, select, text_of
from pipeline.extract import Reading
from pipeline.kinds import classify
from pipeline.metadata import Stated
from pipeline.model import Article, Listing, Provenance, Rights
from pipeline.outlet import Names
from pipeline.published import Publication, modified, published

_BYLINES = (
    "[rel=author], [itemprop=author], .author, .byline, .penulis, .reporter, .writer, .author-name, .article-author"
)
_LONGEST_BYLINE = 120  # characters; an author's box with a life story is none
_LONGEST_OPENING = 60  # characters of a place and a dash


def _with(article: Article, field: str, source: str, confidence: float = 1.0, detail: str | None = None) -> Article:
    return replace(article, provenance=(*article.provenance, Provenance(field, source, confidence, detail)))


def set_headline(article: Article, reading: Reading, listing: Listing | None) -> Article:
    """The page's headline; the listing's where the page has none."""
    found = reading.headline
    if found is None and listing and listing.headline:
        found = Stated(f"listing:{listing.road}", listing.headline)
    if found is None:
        return article
    confidence = 1.0 if found.source.startswith("css:") else 0.9
    return _with(replace(article, headline=found.text), "headline", found.source, confidence)


def set_body(article: Article, reading: Reading) -> Article:
    """Paragraphs, and the pull quote that was taken out of them."""
    text = reading.text
    article = replace(article, article_body=tuple(block.printed for block in text.blocks), pull_quote=text.pull_quote)
    return _with(article, "article_body", text.source) if text.blocks else article


def set_description(article: Article, reading: Reading, listing: Listing | None) -> Article:
    markup = reading.document.markup
    printed = _first_text(reading.document, markup.description if markup else None)
    stated = [printed] if printed else list(reading.metadata.descriptions)
    if not stated and listing and listing.description:
        stated = [Stated(f"listing:{listing.road}", listing.description)]
    if not stated:
        return article
    return _with(replace(article, description=stated[0].text), "description", stated[0].source, 0.9)


def set_section(article: Article, reading: Reading) -> Article:
    """Section and keywords."""
    markup, document = reading.document.markup, reading.document
    printed = _first_text(document, markup.section if markup else None)
    sections = [printed] if printed else list(reading.metadata.sections)
    if sections:
        article = _with(replace(article, article_section=sections[0].text), "article_section", sections[0].source)
    words = [_keyword(element) for element in select(document.tree, markup.keywords)] if markup else []
    keywords = dict.fromkeys(word for text in words for part in text.split(",") if (word := part.strip(" #")))
    return replace(article, keywords=tuple(keywords) or reading.metadata.keywords)


def _keyword(element: HtmlElement) -> str:
    return element.get("content") or text_of(element)


def _first_text(document: Document, css: str | None) -> Stated | None:
    for element in select(document.tree, css):
        text = text_of(element)
        if text:
            return Stated(f"css:{css}", text)
    return None


def set_dates(article: Article, reading: Reading, listing: Listing | None) -> Article:
    found = published(reading.document, reading.metadata, article.headline, listing)
    if found:
        article = replace(article, date_published=found.when, date_published_text=found.text or None)
        article = _with(article, "date_published", found.source, found.confidence, found.detail)
    changed: Publication | None = modified(reading.document, reading.metadata, article.date_published)
    if changed:
        article = _with(replace(article, date_modified=changed.when), "date_modified", changed.source)
    return article


def set_credits(article: Article, reading: Reading, listing: Listing | None) -> Article:
    """Who wrote, edited, translated and photographed; copyright and notices go to the rights."""
    document = reading.document
    names = document.outlet.names if document.outlet else Names()
    tail = byline.parse_lines(reading.text.tail, names.house)
    lines = _byline_lines(document)
    printed = _printed_credits(lines, names.house)
    stated = _stated_credits(reading, names, listing)
    photographs = _photo_credits(
        document, [line for line in reading.text.tail if byline.is_photo_line(line)], names.house
    )
    found = tail | printed | photographs | stated
    article = replace(
        article,
        authors=found.authors,
        editors=tuple(name for name in found.editors if name not in found.authors),
        translators=found.translators,
        photographers=found.photographers,
        byline=_as_printed([*lines, *reading.text.tail], found),
        syndicated_from=found.source,
        rights=replace(article.rights, copyright=found.copyright, terms=found.notice or article.rights.terms),
    )
    for field, people in (("authors", found.authors), ("editors", found.editors)):
        if people:
            source, confidence = _where(field, tail, printed, reading)
            article = _with(article, field, source, confidence)
    return article


def _where(field: str, tail: Credits, printed: Credits, reading: Reading) -> tuple[str, float]:
    if getattr(tail, field):
        return "text:byline-tail", 1.0
    if getattr(printed, field):
        markup = reading.document.markup
        return (f"css:{markup.byline}", 1.0) if markup else (f"css:{_BYLINES}", 0.7)
    return next((author.source for author in reading.metadata.authors), "listing"), 0.8


def _byline_lines(document: Document) -> list[str]:
    """The printed byline, by the outlet's selectors; for an unlisted site by what bylines are called."""
    markup = document.markup
    if markup:
        marked = [line for element in select(document.tree, markup.byline) for line in lines_of(element)]
        editors = [text_of(element) for element in select(document.tree, markup.editor)]
        return marked + [name if ":" in name else f"Editor: {name}" for name in editors if name]
    for element in select(document.tree, _BYLINES)[:5]:
        text = text_of(element)
        if text and len(text) <= _LONGEST_BYLINE:
            return [text]
    return []


def _printed_credits(lines: Iterable[str], house: tuple[str, ...]) -> Credits:
    """The credits of byline lines; a line without any label is the author's name."""
    found = Credits()
    for line in lines:
        credits_of_line = byline.parse_line(line, house)
        if credits_of_line == Credits() and not byline.is_tail(line):
            credits_of_line = Credits(authors=byline.names(line, house))
        merged = found | credits_of_line
        both = (*found.authors, *(name for name in credits_of_line.authors if name not in found.authors))
        found = replace(merged, authors=both)
    return found


def _stated_credits(reading: Reading, names: Names, listing: Listing | None) -> Credits:
    """Names that metadata or the listing state, read as the outlet means them."""
    stated = [name for value in reading.metadata.authors for name in byline.names(value.text, names.house)]
    people = tuple(dict.fromkeys(stated))
    if names.metadata_author == "editor":
        return Credits(editors=people)
    listed = tuple(name for name in (listing.authors if listing else ()) if byline.is_person(name, names.house))
    return Credits(authors=(people if names.metadata_author == "author" else ()) or listed)


def _photo_credits(document: Document, lines: Iterable[str], house: tuple[str, ...]) -> Credits:
    """Of the picture's caption, else of a line of the text that is nothing but a credit."""
    css = document.markup.photographer if document.markup else "article figcaption, main figcaption"
    for caption in (*map(text_of, select(document.tree, css)[:3]), *lines):
        people = byline.photo_credit(caption, house)
        if people:
            return Credits(photographers=people)
    return Credits()


def _as_printed(lines: list[str], found: Credits) -> str | None:
    """The lines that name the credited persons, as printed; the initials that close a text where nobody is named."""
    people = {*found.authors, *found.editors, *found.translators}
    named = [line for line in lines if any(name in line for name in people)]
    if named:
        return " | ".join(dict.fromkeys(named))
    return next((code for line in lines if (code := byline.codes(line))), None)


def set_dateline(article: Article, reading: Reading) -> Article:
    """Place and credit of the opening; an opening with a credit is taken off the body."""
    own = reading.document.outlet.credits if reading.document.outlet else ()
    article = replace(article, article_body=_with_opening_joined(article.article_body, own))
    opening = read_opening(article.article_body[0], own) if article.article_body else None
    if opening:
        first = article.article_body[0][opening.length :].strip()
        body = (first, *article.article_body[1:]) if first else article.article_body[1:]
        article = replace(article, dateline=opening.place, credit_line=opening.credit, article_body=body)
        article = _with(article, "dateline", "text:opening")
    return replace(article, syndicated_from=_syndicated(article, own), press_release=_is_release(article))


def _with_opening_joined(body: tuple[str, ...], own: tuple[str, ...]) -> tuple[str, ...]:
    """An opening that stands in a block of its own ("Jakarta -", seen at Detik) goes before what it opens."""
    if len(body) < 2 or len(body[0]) > _LONGEST_OPENING or not body[0].endswith(("-", "–", "—")):
        return body
    joined = f"{body[0]} {body[1]}"
    return (joined, *body[2:]) if read_opening(joined, own) else body


def _syndicated(article: Article, own: tuple[str, ...]) -> str | None:
    """Whose text it is, when it is not the outlet's own, as printed."""
    if article.syndicated_from:
        return None if is_own(article.syndicated_from, own) else article.syndicated_from
    credit = article.credit_line
    return credit if credit and not is_own(credit, own) and is_agency(credit) else None


def _is_release(article: Article) -> bool:
    return bool(article.credit_line and is_release(article.credit_line)) or says_release(article.text)


def set_rights(article: Article, reading: Reading) -> Article:
    """Terms of the outlet's file, and what the page and its headers say to robots."""
    outlet, page = reading.document.outlet, reading.document.page
    header = [value for name, value in page.headers if name.lower() == "x-robots-tag"]
    robots = ", ".join(filter(None, [reading.metadata.robots, *header])) or None
    terms = outlet.terms.summary if outlet else None
    return replace(article, rights=Rights(terms=terms, robots=robots))


def set_kind(article: Article, reading: Reading) -> Article:
    kind, reason = classify(reading)
    return replace(article, kind=kind, reason=reason)
