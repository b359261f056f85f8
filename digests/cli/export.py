"""`kliping export`: what archivists take out."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from digests.cli.dates import parse_since, parse_until
from digests.cli.office import office
from digests.cli.options import AsJson, Since, Until
from digests.cli.output import print_json, progress, remark
from pipeline.exports import Selection
from pipeline.exports import export as export_to


class Format(StrEnum):
    JSONL = "jsonl"
    CSV = "csv"
    WARC = "warc"
