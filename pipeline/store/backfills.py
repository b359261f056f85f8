"""Back-fills: which past days were asked for, and how far each of them is filled."""

from __future__ import annotations

from pipeline.store.database import Part


class Backfills(Part):
    """Verbs over back-fills and their days."""
