"""`kliping export`: what archivists take out."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from digests.cli.articles import check_names
from digests.cli.dates import parse_window
from digests.cli.office import office
from digests.cli.options import AsJson, Since, Until
from digests.cli.output import print_json, progress, remark
from pipeline.errors import SettingsError
from pipeline.exports import Selection, receipt_json
from pipeline.exports import export as write_export


class Format(StrEnum):
    JSONL = "jsonl"
    CSV = "csv"
    WARC = "warc"


def export(
    context: typer.Context,
    form: Annotated[
        Format, typer.Option("--format", help="JSON Lines, CSV, or a WARC of the records they were read from.")
    ],
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE", help="The file to write; its receipt stands beside it.")
    ],
    since: Since = None,
    until: Until = None,
    outlet: Annotated[str | None, typer.Option(metavar="NAME", help="Only of this outlet.")] = None,
    watch: Annotated[str | None, typer.Option(metavar="ID", help="Only what matches this watch.")] = None,
    tag: Annotated[str | None, typer.Option(metavar="ID", help="Only with this tag.")] = None,
    language: Annotated[str | None, typer.Option(metavar="CODE", help="Only in this language.")] = None,
    story: Annotated[str | None, typer.Option(metavar="ID", help="Only of this story.")] = None,
    full_text: Annotated[
        bool, typer.Option("--full-text", help="Full text of every outlet: for use inside the house.")
    ] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a file that is there.")] = False,
    as_json: AsJson = False,
) -> None:
    """Export kept articles, with a receipt: selection, counts, SHA-256, rights, what is withheld.

    Text leaves as far as each outlet's rights allow; --full-text is for use inside the house.

    \b
    Examples:
      kliping export --format jsonl --watch mgmac -o mgmac.jsonl
      kliping export --format warc --since 2026-11-01 --outlet antara -o antara.warc.gz
    """
    here = office(context)
    zone = here.settings.zone
    first, last = parse_window(since, until, now=here.now, zone=zone)
    check_names(here, outlet=outlet, watch=watch)
    if not output.name:
        raise SettingsError("-o: name a file")
    selection = Selection(
        since=first, until=last,
        outlet=outlet, watch=watch, tag=tag, language=language, story=story,
    )  # fmt: skip
    with progress("exporting") as bar:
        receipt = write_export(
            here.store, here.settings.archive, selection, form.value, output, outlets=here.loaded.outlets, now=here.now,
            progress=bar, full_text=full_text, overwrite=overwrite,
        )  # fmt: skip
    if as_json:
        print_json(receipt_json(receipt))
        return
    remark(f"{receipt.articles} article(s), {receipt.size} bytes, SHA-256 {receipt.sha256}")
    remark(
        f"{len(receipt.withheld)} withheld, {len(receipt.left_out)} left out; see {output.name}.receipt.json beside it"
    )
