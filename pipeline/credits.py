"""Who made an article, gathered from all that names them: lines around the text, the byline, captions, metadata."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from pipeline.agencies import is_agency, is_own
from pipeline.byline import Credits, codes, is_labelled, is_tail, parse_line, parse_lines
from pipeline.document import Document, lines_of, select, text_of
from pipeline.extract import Reading
from pipeline.model import Listing
from pipeline.outlet import Names
from pipeline.persons import agencies, names, signed_names
from pipeline.photographs import is_photo_line, photo_credit

_BYLINES = (
    "[rel=author], [itemprop=author], .author, .byline, .penulis, .reporter, .writer, .author-name, .article-author"
)
_CAPTIONS = "article figcaption, main figcaption"
_LONGEST_BYLINE = 120  # characters; an author's box with a life story is none
_SHORTEST_LABEL = 3  # letters of a host's label: "cnn"
_TAIL = "text:byline-tail"
_YEAR = re.compile(r"[\s,]*\b(?:19|20)\d\d\b[\s,]*")


@dataclass(frozen=True, slots=True)
class Source:
    """Credits, where they were read, and how sure that is (0..1)."""

    credits: Credits
    source: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Gathered:
    """The credits of an article. `sources`: those they were gathered from, the most trustworthy first."""

    credits: Credits
    byline: str | None  # the lines that name the persons, as printed
    sources: tuple[Source, ...]

    def where(self, field: str) -> Source | None:
        """The source that gave a field; `None` where nothing did."""
        return next((source for source in self.sources if getattr(source.credits, field)), None)


def gather(reading: Reading, listing: Listing | None, closing: str = "") -> Gathered:
    """All credits of the article. `closing`: the credit in brackets behind its last sentence.

    A person is author or editor, not both: who wrote a text needs no second naming.
    """
    document, outlet_names = reading.document, _names_of(reading.document)
    house = outlet_names.house
    tail = (*reading.text.tail, *([closing] if closing else ()))
    lines = _byline_lines(document)
    sources = [
        Source(parse_lines(filter(is_labelled, tail), house), _TAIL, 1.0),
        Source(_printed(document, lines, house), *_where_printed(document)),
        Source(parse_lines((line for line in tail if not is_labelled(line)), house), _TAIL, 0.9),
        _of_captions(document, tail, house),
        _of_metadata(reading, outlet_names),
        _of_listing(listing, house),
    ]
    sources.append(_of_signature(sources))
    found = Credits()
    for source in sources:
        found |= source.credits
    found = _without_site(found, reading)
    authors = {name.casefold() for name in found.authors}
    found = replace(found, editors=tuple(name for name in found.editors if name.casefold() not in authors))
    return Gathered(found, _as_printed([*lines, *tail], found), tuple(sources))


def _without_site(found: Credits, reading: Reading) -> Credits:
    """Without the name of an unlisted site, which signs as a person would: "CNN Business" at cnn.com."""
    if reading.document.outlet:
        return found
    site = (*labels_of_host(reading.document), *filter(None, [reading.metadata.site]))
    authors, editors = (
        tuple(name for name in people if not is_own(name, site)) for people in (found.authors, found.editors)
    )
    return replace(found, authors=authors, editors=editors)


def labels_of_host(document: Document) -> tuple[str, ...]:
    """The labels of an unlisted site's host by which it may sign: "edition.cnn.com" -> ("edition", "cnn")."""
    if document.outlet:
        return ()
    labels = (urlsplit(document.page.url).hostname or "").removeprefix("www.").split(".")[:-1]
    return tuple(label for label in labels if len(label) >= _SHORTEST_LABEL)


def _names_of(document: Document) -> Names:
    return document.outlet.names if document.outlet else Names()


def _where_printed(document: Document) -> tuple[str, float]:
    return (f"css:{document.markup.byline}", 1.0) if document.markup else (f"css:{_BYLINES}", 0.7)


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


def _printed(document: Document, lines: Iterable[str], house: tuple[str, ...]) -> Credits:
    """The credits of byline lines; a line without any label is the author's name.

    Where the outlet's selector says that it is a byline, a name without capitals counts.
    """
    read_names = signed_names if document.markup else names
    found = Credits()
    for line in lines:
        read = parse_line(line, house)
        if read == Credits() and not is_tail(line):
            read = Credits(authors=read_names(line, house), agency=_agency(line))
        both = (*found.authors, *(name for name in read.authors if name not in found.authors))
        found = replace(found | read, authors=both)
    return found


def _agency(line: str) -> str | None:
    return next(iter(agencies(line)), None)


def _of_captions(document: Document, tail: Sequence[str], house: tuple[str, ...]) -> Source:
    """The photographer, of the picture's caption, else of a line of the text that is nothing but a credit."""
    css = (document.markup.photographer if document.markup else _CAPTIONS) or ""
    for text in map(text_of, select(document.tree, css)[:3] if css else []):
        people = photo_credit(text, house)
        if people:
            return Source(Credits(photographers=people), f"css:{css}", 0.9)
    people = next((found for line in tail if is_photo_line(line) and (found := photo_credit(line, house))), ())
    return Source(Credits(photographers=people), "text:photo-credit", 1.0)


def _of_metadata(reading: Reading, outlet_names: Names) -> Source:
    """Names that metadata states, read as the outlet means them."""
    stated, house = reading.metadata.authors, outlet_names.house
    if not stated or outlet_names.metadata_author == "ignore":
        return Source(Credits(), "metadata", 0.8)
    people: dict[str, str] = {}
    where = stated[0].source
    for value in stated:
        for name in names(value.text, house):
            where = where if people else value.source
            people.setdefault(name.casefold(), name)
    if outlet_names.metadata_author == "editor":
        return Source(Credits(editors=tuple(people.values())), where, 0.8)
    agency = next((agency for value in stated if (agency := _agency(value.text))), None)
    return Source(Credits(authors=tuple(people.values()), agency=agency), where, 0.8)


def _of_listing(listing: Listing | None, house: tuple[str, ...]) -> Source:
    """Names that the feed gave, each printed as it likes: "Ratna Dewi, Hadi", "redaksi@kabar.example (Ratna Dewi)"."""
    if listing is None:
        return Source(Credits(), "", 0.7)
    people = dict.fromkeys(name for text in listing.authors for name in names(text, house))
    return Source(Credits(authors=tuple(people)), f"listing:{listing.road}", 0.7)


def _of_signature(sources: Sequence[Source]) -> Source:
    """Names in brackets below the text: the authors of a text that names none, else its editors, as seen at Okezone."""
    signed = next((source.credits.signed for source in sources if source.credits.signed), ())
    authors = {name.casefold() for source in sources for name in source.credits.authors}
    if not authors:
        return Source(Credits(authors=signed), _TAIL, 0.8)
    return Source(Credits(editors=tuple(name for name in signed if name.casefold() not in authors)), _TAIL, 0.7)


def _as_printed(lines: list[str], found: Credits) -> str | None:
    """The lines that name the credited persons, as printed; the initials that close a text where nobody is named."""
    people = {*found.authors, *found.editors, *found.translators}
    named = [line for line in lines if any(name in line for name in people)]
    if named:
        return " | ".join(dict.fromkeys(named))
    return next((code for line in lines if (code := codes(line))), None)


def holder(copyright_line: str | None) -> str | None:
    """The wire agency that holds the copyright: "The Associated Press" of "2018 The Associated Press"; else `None`."""
    name = _YEAR.sub(" ", copyright_line or "").strip(" .,")
    return name if name and is_agency(name) else None
