"""The receipt of a back-fill: what was asked for, what was read for it, and how far each day is filled. Pure."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from pipeline.model import Run
from pipeline.store.crawl_records import Backfill, BackfillDay, BackfillState, Reading

VERSION = 1


@dataclass(frozen=True, slots=True)
class Receipt:
    """The receipt of one outlet's back-fill, as it stands after a run."""

    backfill: Backfill
    zone: str  # of its days
    made_at: datetime
    tool: str  # name and version
    runs: tuple[Run, ...]  # oldest first
    listings: tuple[Reading, ...]  # as they were read for it, oldest first
    days: tuple[BackfillDay, ...]  # oldest first
    listings_left: tuple[str, ...]  # addresses not read
    urls_left: int  # pending

    @property
    def states(self) -> dict[BackfillState, int]:
        """How many days have each state; those that none has left out."""
        found = Counter(one.state for one in self.days)
        return {state: found[state] for state in BackfillState if found[state]}

    @property
    def complete(self) -> bool:
        """Whether every day is."""
        return all(one.state is BackfillState.COMPLETE for one in self.days)


def document(receipt: Receipt) -> dict[str, object]:
    """The receipt as a JSON document, without its checksum."""
    backfill = receipt.backfill
    urls: Counter[str] = Counter()
    for one in receipt.days:
        urls.update(one.counts)
    return {
        "receipt_version": VERSION,
        "backfill": backfill.id,
        "outlet": backfill.outlet,
        "since": str(backfill.since),
        "until": str(backfill.until),
        "zone": receipt.zone,
        "listing_digest": backfill.listing_digest,
        "actor": backfill.actor,
        "created_at": backfill.created_at.isoformat(),
        "ended_at": _iso(backfill.ended_at),
        "made_at": receipt.made_at.isoformat(),
        "tool": receipt.tool,
        "totals": {
            "days": {state.value: count for state, count in receipt.states.items()},
            "urls": dict(sorted(urls.items())),
            "listings": len(receipt.listings),
            "listings_left": len(receipt.listings_left),
            "urls_left": receipt.urls_left,
        },
        "days": [
            {"day": str(one.day), "state": one.state.value, "reason": one.reason, "counts": dict(one.counts)}
            for one in receipt.days
        ],
        "runs": [_run(run) for run in receipt.runs],
        "listings": [_listing(reading) for reading in receipt.listings],
        "listings_left": list(receipt.listings_left),
    }


def sealed(receipt: Receipt) -> dict[str, object]:
    """The document with `sha256` (hex): of all the rest of it, as compact JSON in UTF-8 with sorted keys."""
    content = document(receipt)
    return {**content, "sha256": checksum(content)}


def checksum(content: dict[str, object]) -> str:
    """The checksum of a receipt's document; its own `sha256` is left out, so that a reader can prove it."""
    rest = {name: value for name, value in content.items() if name != "sha256"}
    text = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def receipt_json(receipt: Receipt) -> bytes:
    """The receipt as a file, for people too."""
    return json.dumps(sealed(receipt), ensure_ascii=False, indent=2).encode("utf-8", "replace") + b"\n"


def _run(run: Run) -> dict[str, object]:
    return {
        "run": run.id,
        "state": run.state.value,
        "started_at": run.started_at.isoformat(),
        "ended_at": _iso(run.ended_at),
        "archive_file": run.archive_file,
        "listings": run.counts.listings,
        "fetched": run.counts.fetched,
        "kept": run.counts.kept,
    }


def _listing(reading: Reading) -> dict[str, object]:
    return {
        "url": reading.url,
        "road": reading.road,
        "page": reading.page,
        "read_at": reading.read_at.isoformat(),
        "links": reading.links,
        "whole": reading.whole,
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
