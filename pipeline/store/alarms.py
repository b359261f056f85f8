"""Alarms: what is wrong with an outlet, opened by the run that showed it, closed by one that did not any more."""

from __future__ import annotations

from pipeline.store.database import Part


class Alarms(Part):
    """Verbs over alarms."""
