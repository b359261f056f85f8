"""The receipt of a back-fill proves itself."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

from pipeline.receipts import Receipt, checksum, receipt_json
from pipeline.store.crawl_records import Backfill, BackfillDay, BackfillState

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
FIRST, LAST = date(2026, 8, 1), date(2026, 8, 2)
RECEIPT = Receipt(
    backfill=Backfill(7, "warta", FIRST, LAST, "d1", "ani", NOW, None),
    zone="Asia/Jakarta",
    made_at=NOW,
    tool="kliping 0",
    runs=(),
    listings=(),
    days=(
        BackfillDay(FIRST, BackfillState.COMPLETE, {"kept": 2, "rejected": 1}, "its index was read to the end", NOW),
        BackfillDay(LAST, BackfillState.PARTIAL, {"kept": 1, "failed": 1}, "1 failed", NOW),
    ),
    listings_left=("https://warta.test/rss",),
    urls_left=3,
)


def test_its_totals_are_the_sums_of_its_days() -> None:
    totals = json.loads(receipt_json(RECEIPT))["totals"]
    assert totals["days"] == {"complete": 1, "partial": 1}
    assert totals["urls"] == {"failed": 1, "kept": 3, "rejected": 1}
    assert (totals["listings_left"], totals["urls_left"]) == (1, 3)


def test_its_checksum_is_its_own_and_a_changed_count_breaks_it() -> None:
    written = json.loads(receipt_json(RECEIPT))
    assert written["sha256"] == checksum(written)
    written["days"][0]["counts"]["kept"] += 1
    assert written["sha256"] != checksum(written)


def test_it_is_complete_only_when_every_day_is() -> None:
    assert not RECEIPT.complete
    assert RECEIPT.states == {BackfillState.COMPLETE: 1, BackfillState.PARTIAL: 1}
