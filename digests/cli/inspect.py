"""`kliping inspect`: what extraction makes of one page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from digests.cli.explain import find_trail
from digests.cli.fields import print_article
from digests.cli.office import Office, office
from digests.cli.options import AsJson
from digests.cli.output import print_json, print_text
from pipeline.archive.reader import read_response
from pipeline.errors import NotFoundError, SettingsError
from pipeline.exports.jsonl import page_json
from pipeline.model import Article, Page, Verdict
from pipeline.outlet import Outlet
from pipeline.urls import normalise, outlet_for

UNKNOWN = "https://unknown.invalid/"  # RFC 2606: the address of a page whose address was not given


def inspect(
    context: typer.Context,
    page: Annotated[
        str, typer.Argument(metavar="FILE|URL", help="A saved page, or an address that was captured before.")
    ],
    url: Annotated[
        str | None, typer.Option("--url", metavar="URL", help="The address the file was saved from.")
    ] = None,
    outlet: Annotated[
        str | None, typer.Option("--outlet", metavar="NAME", help="Read it as this outlet's; default: by the address.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show what extraction makes of one page, each field with where it came from. Stores nothing.

    \b
    Examples:
      kliping inspect https://www.antaranews.com/berita/1/judul        (as it was captured)
      kliping inspect page.html --url https://www.antaranews.com/berita/1/judul
      kliping inspect page.html --outlet antara
    """
    here = office(context)
    found = _captured(here, page) if page.startswith(("http://", "https://")) else _saved(here, Path(page), url)
    by_name = here.outlet(outlet) if outlet else outlet_for(found.url, list(here.loaded.outlets.values()))
    # trafilatura and numpy take half a second to load, and no other command needs them
    from pipeline.process import process_page, verdict

    article = process_page((found,), None, by_name, here.watches)
    decided = verdict(article)
    if as_json:
        print_json({**page_json(article), "verdict": decided})
    else:
        _show(article, decided, by_name)


def _saved(here: Office, file: Path, url: str | None) -> Page:
    try:
        address = normalise(url) if url else UNKNOWN
    except ValueError as error:
        raise SettingsError(f"--url {url}: {error}") from None
    try:
        body = file.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a name no file can have
        reason = error.strerror if isinstance(error, OSError) else error
        raise NotFoundError(f"{file}: {reason}; give a saved page or an address that begins with https://") from None
    return Page(
        url=address, status=200, headers=(("Content-Type", "text/html"),), body=body, fetched_at=here.now, outlet=None
    )


def _captured(here: Office, address: str) -> Page:
    trail = find_trail(here, address)
    pages = [capture for capture in trail.captures if capture.role == "page" and capture.status == 200]
    if not pages:
        raise NotFoundError(f"{address} has no captured page; `kliping explain {address}` tells why")
    return read_response(here.settings.archive, pages[-1])


def _show(article: Article, decided: Verdict, outlet: Outlet | None) -> None:
    whose = outlet.title if outlet else "a page of no listed outlet"
    print_text(f"read as {whose}; {decided.disposition} at {decided.stage}: {decided.rule}\n")
    print_article(article)
