"""Importing this reads one made-up page: the language models load and the patterns compile, once for all workers.

Only the forkserver of `crawlers.workers` imports it. Every worker, forked from there, then begins at full speed;
otherwise each would spend about two seconds of processor time on its first page.
"""

from __future__ import annotations

from datetime import UTC, datetime

from crawlers import discovery, extraction, feeds
from crawlers.workers import begin
from pipeline.model import Page
from pipeline.watches import load_watches

_PARAGRAPH = (
    "<p>Wali kota membuka taman baru di tepi sungai pada Senin, 2 November 2026, dan warga datang melihatnya.</p>"
)
_BODY = (
    f"<html><head><title>Taman kota</title></head><body><article><h1>Taman kota</h1>{_PARAGRAPH * 6}</article></body>"
)

begin()
extraction.examine(
    (Page("https://example.org/1/taman-kota", 200, (), _BODY.encode(), datetime(2026, 11, 2, tzinfo=UTC), None),),
    None,
    None,
    load_watches(None),
    complete=True,
)
__all__ = ["discovery", "feeds"]
