"""Every date that real newsrooms printed, against a second reading that knows these outlets' forms alone."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pipeline.dates import parse
from pipeline.moments import read_moments

pytestmark = pytest.mark.shared
JAKARTA = ZoneInfo("Asia/Jakarta")
MONTHS = "janfebmaraprmeijunjulagusepoktnovdes"
PRINTED = re.compile(r"(\d{1,2})[\s/]+([A-Za-z]{3}|\d\d)[A-Za-z]*[\s/]+(\d{4})\D*(\d\d)[:.](\d\d)")


def _corpus(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from filter(None, (json.loads(line)["published"] for line in lines))


def test_every_printed_date_of_six_outlets(shared: Callable[..., Path]) -> None:
    texts = list(_corpus(shared("corpus", "indonesian_news_2025-06.jsonl.gz")))
    missed = []
    for text in texts:
        day, month, year, hour, minute = PRINTED.search(text).groups()  # type: ignore[union-attr]  # all have one
        number = int(month) if month.isdigit() else MONTHS.index(month.lower()) // 3 + 1
        truth = datetime(int(year), number, int(day), int(hour), int(minute), tzinfo=JAKARTA)
        moments = read_moments(text, JAKARTA)
        role = "modified" if "Diperbarui" in text else None
        if [(moment.role, moment.instant.when) for moment in moments] != [(role, truth)]:
            missed.append(text)
    assert len(texts) > 1400
    assert missed == []


def test_every_date_of_real_feeds(shared: Callable[..., Path]) -> None:
    texts = [
        text
        for feed in sorted(shared("web").glob("*/feeds/*.xml"))
        for text in re.findall(r"<pubDate>\s*([^<]+?)\s*</pubDate>", feed.read_text(encoding="utf-8", errors="replace"))
    ]
    wrong = [
        text for text in texts if (found := parse(text, JAKARTA)) is None or found.when != parsedate_to_datetime(text)
    ]
    assert len(texts) > 200
    assert wrong == []
