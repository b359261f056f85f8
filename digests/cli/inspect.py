"""`kliping inspect`: what extraction makes of one page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from digests.cli.fields import WIDTH, print_article
from digests.cli.office import Office, office
from digests.cli.options import AsJson
from digests.cli.output import print_json
from digests.cli.saved import Given, captured_pages, saved_page
from digests.cli.sheet import Sheet
from pipeline.errors import NotFoundError
from pipeline.exports.jsonl import page_json
from pipeline.model import Article, Evidence
from pipeline.outlet import Outlet
from pipeline.urls import outlet_for

if TYPE_CHECKING:
    from pipeline.evaluate.inspection import Difference, Inspection

_COLOURS = {"kept": "bold green", "rejected": "bold yellow"}
_WEB = ("http://", "https://")
_LONGEST = 100  # characters of what a selector finds: enough to know it by


def inspect(
    context: typer.Context,
    pages: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE|URL…",
            help="A saved page (.gz too) or an address that was captured before; several: the pages of one article.",
        ),
    ],
    url: Annotated[
        str | None, typer.Option("--url", metavar="URL", help="The address the file was saved from.")
    ] = None,
    outlet: Annotated[
        str | None, typer.Option("--outlet", metavar="NAME", help="Read it as this outlet's; default: by the address.")
    ] = None,
    markup: Annotated[
        bool, typer.Option("--markup", help="Show what each selector of the outlet's file finds on the page.")
    ] = False,
    compare: Annotated[
        bool, typer.Option("--compare", help="Show what trafilatura alone reads otherwise on the first page.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show what extraction makes of one page, each field with where it came from, and what it took out. Stores nothing.

    \b
    Examples:
      kliping inspect https://www.antaranews.com/berita/1/judul        (as it was captured)
      kliping inspect page.html --url https://www.antaranews.com/berita/1/judul
      kliping inspect page-1.html page-2.html --outlet inews --markup
    """
    here = office(context)
    given = [_given(here, word, url) for word in pages]
    found = [page for one in given for page in one.pages]
    whose = here.outlet(outlet) if outlet else outlet_for(found[0].url, list(here.loaded.outlets.values()))
    # trafilatura and numpy take half a second to load, and no other command needs them
    from pipeline.evaluate.inspection import differences, inspect_pages

    inspection = inspect_pages(found, given[0].listing, whose, here.watches)
    if not inspection.readable and not pages[0].startswith(_WEB):
        raise NotFoundError(f"{pages[0]}: holds no markup; give a page as it was saved, in HTML")
    other = differences(found[0], inspection.article) if compare else None
    if as_json:
        print_json(_document(inspection, other))
        return
    _show(inspection, whose)
    if markup:
        _show_markup(inspection)
    if other:
        _show_difference(other)


def _given(here: Office, word: str, url: str | None) -> Given:
    return captured_pages(here, word) if word.startswith(_WEB) else saved_page(here, word, url)


def _document(inspection: Inspection, other: Difference | None) -> dict[str, object]:
    """An article's keys, and all of how it was read."""
    article = inspection.article
    return {
        **page_json(article),
        "watches": article.watches,
        "reason": article.reason,
        "verdict": inspection.verdict,
        "markup": inspection.generation,
        "notes": inspection.notes,
        "sources": article.provenance,
        "stated": inspection.stated,
        "removed": inspection.removed,
        "selectors": inspection.selected,
        **({"trafilatura": other} if other else {}),
    }


def _show(inspection: Inspection, outlet: Outlet | None) -> None:
    sheet, decided = Sheet(WIDTH), inspection.verdict
    whose = outlet.title if outlet else "a page of no listed outlet"
    sheet.title(
        f"read as {whose}; {decided.disposition} at {decided.stage}: {decided.rule}",
        _COLOURS.get(decided.disposition, "bold red"),
    )
    if outlet:
        generation = inspection.generation or "none fits: read as a page of no listed outlet; --markup shows why"
        sheet.entry("markup", generation)
    for note in inspection.notes:
        sheet.entry("mended", note)
    print_article(inspection.article)
    _show_removed(sheet, inspection)
    _show_evidence(sheet, inspection.article)
    _show_unused(sheet, inspection)


def _show_removed(sheet: Sheet, inspection: Inspection) -> None:
    if inspection.removed:
        sheet.heading("taken out of the text")
    for number, one in enumerate(inspection.removed, start=1):
        sheet.numbered(number, one.text, one.rule + (f": {one.selector}" if one.selector else ""))


def _show_evidence(sheet: Sheet, article: Article) -> None:
    evidence = [(match.id, one) for match in article.watches for one in match.evidence]
    if evidence:
        sheet.heading("why the watches match")
    for name, one in evidence:
        sheet.entry(name, one.text, f"{one.rule}, in {_place(one)}")


def _place(evidence: Evidence) -> str:
    """ "article_body[3]" is the fourth paragraph as shown."""
    name, bracket, number = evidence.field.rstrip("]").partition("[")
    return f"paragraph {int(number) + 1}" if bracket else name


def _show_unused(sheet: Sheet, inspection: Inspection) -> None:
    refused = {(one.field, one.source) for one in inspection.article.refused}
    others = [one for one in inspection.stated if one.fate == "other" and (one.field, one.source) not in refused]
    if others:
        sheet.heading("what the page states otherwise, not used")
    for one in others:
        sheet.entry(one.field, one.text, one.source)


def _show_markup(inspection: Inspection) -> None:
    sheet = Sheet(WIDTH)
    for generation in dict.fromkeys(one.generation for one in inspection.selected):
        fits = " (this one fits)" if generation == inspection.generation else ""
        sheet.heading(f"markup {generation}{fits}")
        for one in inspection.selected:
            if one.generation == generation:
                found = f"{one.found} × {_start(one.first or '')}".strip() if one.found else "nothing"
                sheet.entry(one.field, found, one.selector, style="" if one.found else "yellow")
    if not inspection.selected:
        sheet.heading("markup")
        sheet.entry("selectors", "none: no outlet file describes this page; --outlet NAME reads it as an outlet's")


def _start(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}…"


def _show_difference(other: Difference) -> None:
    sheet = Sheet(WIDTH)
    sheet.heading("trafilatura alone")
    sheet.entry("headline", other.headline or "none")
    sheet.entry("date_published", other.date_published or "none")
    sheet.entry("authors", "; ".join(other.authors) or "none")
    for line in other.only_trafilatura:
        sheet.entry("only trafilatura", line, style="yellow")
    for line in other.only_kliping:
        sheet.entry("only kliping", line, style="green")
    if not other.only_trafilatura and not other.only_kliping:
        sheet.entry("text", "the same")
