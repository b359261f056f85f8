"""Extraction on real pages: the floors of quality."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.evaluate.pages import evaluate_pages
from pipeline.evaluate.report import Report
from pipeline.watches import bundled_watches
from tests.pipeline.reading import outlets

ENABLED = ("antara", "antara_en", "beritajakarta", "beritajakarta_en", "inews", "redaksijakarta")


def totals(report: Report) -> dict[str, tuple[int, int, float]]:
    """field -> (labelled, exact, mean)"""
    rows = next(table for table in report.tables if table.title == "totals").rows
    return {str(row[0]): (int(str(row[1])), int(str(row[2])), float(str(row[3] or 0))) for row in rows}


@pytest.mark.shared
def test_real_pages_with_their_outlet_files(shared: Callable[..., Path]) -> None:
    report = evaluate_pages(shared("pages"), None, outlets(), bundled_watches())
    found = totals(report)
    for field in ("title", "published", "printed date", "author", "editor", "dateline", "furniture"):
        labelled, exact, _ = found[field]
        assert exact == labelled, field
    assert found["body"][2] >= 0.99
    antara = [row for row in report.tables[0].rows if str(row[0]).startswith("Antara")]
    assert len(antara) == 2
    assert all(value in (1.0, None) for row in antara for value in row[1:])


@pytest.mark.shared
def test_real_pages_by_the_generic_path(shared: Callable[..., Path]) -> None:
    """Without the outlet files of the other outlets: what any unlisted site gets."""
    listed = {name: outlets()[name] for name in ENABLED}
    found = totals(evaluate_pages(shared("pages"), None, listed, bundled_watches()))
    assert found["title"][1] >= 17
    assert found["published"][1] >= 16
    assert found["body"][2] >= 0.90
