"""The week's events that many outlets tell at once, read from `week/*.toml`: prints of one text, reports in several
languages, forums that resemble each other. All their outlets are without a markup of their own here: see `plain.py`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from crawlers.newsroom.hosts import slug_of
from crawlers.newsroom.outlet_files import outlet_files
from crawlers.newsroom.stories import Piece, Record, StoryFile, label_of, paragraphs_of, read_file

_FOLDER = Path(__file__).parent / "week"
_SUMMARY = 160  # code points of a description that is the beginning of the text


def week_pieces(today: date, count: Counter[str]) -> list[Piece]:
    """Every piece of the week, days and times in its outlet's zone. `count`: how many articles each outlet has besides.

    Raises ValueError where a file is wrong: that is a defect of ours.
    """
    files = [read_file(path, today) for path in sorted(_FOLDER.glob("*.toml"))]
    records = {record.id: record for file in files for record in file.piece}
    if len(records) != sum(len(file.piece) for file in files):
        raise ValueError("two pieces of the newsroom's week share an id")
    places = Counter(count)
    found = []
    for file in files:
        for record in file.piece:
            found.append(_piece(record, file, records, places[record.outlet], today))
            places[record.outlet] += 1
    return found


def _piece(record: Record, file: StoryFile, records: dict[str, Record], place: int, today: date) -> Piece:
    outlet = outlet_files()[record.outlet]
    published = _moment(record, record.time, outlet.timezone, today)
    number = outlet.first + 7 * place
    url = outlet.address_of(number, record.slug or slug_of(record.headline), published, record.host)
    paragraphs, label = paragraphs_of(record, records), label_of(record, file)
    return Piece(
        record=replace(record, number=number, host=urlsplit(url).netloc, story=label),
        url=url,
        published=published,
        modified=_moment(record, record.modified, outlet.timezone, today) if record.modified else None,
        paragraphs=paragraphs,
        description=record.description or summary(paragraphs[0]),
        story=label,
        continues=record.continues or file.continues,
    )


def _moment(record: Record, clock: str, zone: str, today: date) -> datetime:
    return datetime.combine(today + timedelta(days=record.day), time.fromisoformat(clock), ZoneInfo(zone))


def summary(paragraph: str) -> str:
    """The description of an article that has no other: the beginning of its text, cut between words."""
    return paragraph if len(paragraph) <= _SUMMARY else paragraph[:_SUMMARY].rpartition(" ")[0] + " …"
