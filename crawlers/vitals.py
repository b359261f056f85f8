"""Gathers a run's vitals while it runs; `pipeline.vitals` says what they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.vitals import Vitals

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from crawlers.addresses import ListingAddress
    from crawlers.discovery import Discovered
    from crawlers.failures import Failure
    from pipeline.model import Article, Listing, Verdict


class VitalsTally:
    """Counts in memory; read once, when the run ends."""

    def __init__(self) -> None:
        self._listings = 0

    def note_listing(self, address: ListingAddress, found: Discovered) -> None:
        """A listing was read, wholly or in part."""
        del address, found
        self._listings += 1

    def note_unchanged(self, address: ListingAddress) -> None:
        """A listing answered 304."""
        del address

    def note_listing_failure(self, url: str, failure: Failure) -> None:
        """A listing could not be read, or not whole."""

    def note_article(self, article: Article, listing: Listing | None, verdict: Verdict, now: datetime) -> None:
        """A page was read, whatever became of it."""

    def note_url_failure(self, url: str, failure: Failure) -> None:
        """A page could not be had, or not be read."""

    def as_json(self) -> Mapping[str, object]:
        """What is stored with the run."""
        return Vitals(listings=self._listings).as_json()
