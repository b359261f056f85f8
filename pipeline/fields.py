"""The fields of an article from what was read: each function sets its own, with where each came from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml.html import HtmlElement

from pipeline.byline import closing_brackets
from pipeline.credits import Gathered, gather, holder
from pipeline.document import Document, select, text_of
from pipeline.extract import Reading
from pipeline.kinds import classify
from pipeline.metadata import Stated
from pipeline.model import Article, Listing, Provenance, Rights
from pipeline.origin import set_origin
from pipeline.provenance import sourced, without_source
from pipeline.provenance import with_source as _with
from pipeline.published import Publication, read_dates
from pipeline.source_links import set_source_links

_BYLINE_FIELDS = ("authors", "editors", "translators", "photographers")


def set_headline(article: Article, reading: Reading, listing: Listing | None) -> Article:
    """The page's headline; the listing's where the page has none."""
    found = reading.headline
    if found is None and listing and listing.headline:
        found = Stated(f"listing:{listing.road}", listing.headline)
    if found is None:
        return article
    confidence = 1.0 if found.source.startswith("css:") else 0.9
    return replace(article, headline=found.text, provenance=sourced(article, "headline", found.source, confidence))


def set_body(article: Article, reading: Reading) -> Article:
    """Paragraphs, and the pull quote that was taken out of them."""
    text = reading.text
    if text.pull_quote:
        article = _with(article, "pull_quote", "text:repeated")
    return replace(
        article,
        article_body=tuple(block.printed for block in text.blocks),
        pull_quote=text.pull_quote,
        provenance=sourced(article, "article_body", text.source) if text.blocks else article.provenance,
    )


def set_description(article: Article, reading: Reading, listing: Listing | None) -> Article:
    markup = reading.document.markup
    printed = _first_text(reading.document, markup.description if markup else None)
    stated = [printed] if printed else list(reading.metadata.descriptions)
    if not stated and listing and listing.description:
        stated = [Stated(f"listing:{listing.road}", listing.description)]
    if not stated:
        return article
    return replace(
        article, description=stated[0].text, provenance=sourced(article, "description", stated[0].source, 0.9)
    )


def set_section(article: Article, reading: Reading) -> Article:
    """Section and keywords."""
    markup, document = reading.document.markup, reading.document
    printed = _first_text(document, markup.section if markup else None)
    sections = [printed] if printed else list(reading.metadata.sections)
    if sections:
        article = _with(replace(article, article_section=sections[0].text), "article_section", sections[0].source)
    words = [_keyword(element) for element in select(document.tree, markup.keywords)] if markup else []
    keywords = tuple(dict.fromkeys(word for text in words for part in text.split(",") if (word := part.strip(" #"))))
    if not keywords and not reading.metadata.keywords:
        return article
    source = f"css:{markup.keywords}" if markup and keywords else "metadata:keywords"
    return _with(replace(article, keywords=keywords or reading.metadata.keywords), "keywords", source)


def _keyword(element: HtmlElement) -> str:
    return element.get("content") or text_of(element)


def _first_text(document: Document, css: str | None) -> Stated | None:
    for element in select(document.tree, css):
        text = text_of(element)
        if text:
            return Stated(f"css:{css}", text)
    return None


def set_dates(article: Article, reading: Reading, listing: Listing | None) -> Article:
    """Publication and last change, as printed too; what was read and not believed stands under `refused`."""
    found = read_dates(reading.document, reading.metadata, article.headline, listing)
    published, modified = found.published, found.modified
    return replace(
        article,
        date_published=published.when if published else None,
        date_published_text=(published.text or None) if published else None,
        date_modified=modified.when if modified else None,
        date_modified_text=(modified.text or None) if modified else None,
        refused=tuple(Provenance(one.field, one.source, 0.0, f"{one.text}: {one.reason}") for one in found.refused),
        provenance=(*article.provenance, *_dated("date_published", published), *_dated("date_modified", modified)),
    )


def _dated(field: str, told: Publication | None) -> Iterator[Provenance]:
    if told:
        yield Provenance(field, told.source, told.confidence, told.detail)
        if told.text:
            yield Provenance(f"{field}_text", told.text_source or told.source)


def set_credits(article: Article, reading: Reading, listing: Listing | None) -> Article:
    """Who wrote, edited, translated and photographed; copyright and notices go to the rights."""
    body, closing = article.article_body, ""
    if body:
        last, closing = closing_brackets(body[-1])
        body = (*body[:-1], last)
    gathered = gather(reading, listing, closing)
    found = gathered.credits
    article = replace(
        article,
        provenance=(*article.provenance, *_credited(gathered)),
        article_body=body,
        authors=found.authors,
        editors=found.editors,
        translators=found.translators,
        photographers=found.photographers,
        byline=gathered.byline,
        syndicated_from=found.source or found.agency or holder(found.copyright),
        rights=replace(article.rights, copyright=found.copyright, terms=found.notice or article.rights.terms),
    )
    return _with_credit_sources(article, gathered)


def _credited(gathered: Gathered) -> Iterator[Provenance]:
    """Where each kind of name, and the byline, were read."""
    places = {field: where for field in _BYLINE_FIELDS if (where := gathered.where(field))}
    for field, place in places.items():
        if getattr(gathered.credits, field):
            yield Provenance(field, place.source, place.confidence)
    if gathered.byline:
        first = next(iter(places.values()), None)
        yield Provenance("byline", first.source if first else "text:byline-tail")


def _with_credit_sources(article: Article, gathered: Gathered) -> Article:
    """Where the parts of the rights, and the name of whose text it is, were read."""
    for name, part in (("copyright", "copyright"), ("notice", "terms")):
        if source := gathered.where(name):
            article = without_source(article, "rights", part)
            article = _with(article, "rights", source.source, source.confidence, part)
    if article.syndicated_from:
        source = next(where for name in ("source", "agency", "copyright") if (where := gathered.where(name)))
        article = _with(article, "syndicated_from", source.source, source.confidence)
    return article


def set_dateline(article: Article, reading: Reading) -> Article:
    """Place and credit of the opening, whose text it is and where that is, and whether it is a press release."""
    return set_source_links(set_origin(article, reading), reading)


def set_rights(article: Article, reading: Reading) -> Article:
    """Terms of the outlet's file, and what the page and its headers say to robots."""
    outlet, page = reading.document.outlet, reading.document.page
    header = [value for name, value in page.headers if name.lower() == "x-robots-tag"]
    robots = ", ".join(filter(None, [reading.metadata.robots, *header])) or None
    terms = outlet.terms.summary if outlet else None
    if terms:
        article = _with(article, "rights", "outlet:terms.summary", detail="terms")
    if robots:
        source = "meta:robots" if reading.metadata.robots else "header:x-robots-tag"
        article = _with(article, "rights", source, detail="robots")
    return replace(article, rights=Rights(terms=terms, robots=robots))


def set_kind(article: Article, reading: Reading) -> Article:
    kind, reason = classify(reading)
    return replace(article, kind=kind, reason=reason)
