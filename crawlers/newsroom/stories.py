"""The newsroom's stories: read from `stories/*.toml`, their days placed around `today`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict, TypeAdapter

from crawlers.newsroom import hosts
from crawlers.newsroom.article import RelatedForm
from crawlers.newsroom.printed import JAKARTA, fill

_FOLDER = Path(__file__).parent / "stories"
_TEASER = 150  # code points of ANTARA's cut descriptions
_STRICT = ConfigDict(extra="forbid")

Odd = Literal["photo", "video", "not-found", "gone", "error", "captcha", "robots", "loopback", "huge", "soft-404"]
Spelling = Literal["utm", "amp", "mobile", "old_slug"]


@dataclass(frozen=True, slots=True)
class Related:
    """A related link of the body, by the id of the piece it leads to."""

    __pydantic_config__ = _STRICT
    to: str
    after: int
    form: RelatedForm


@dataclass(frozen=True, slots=True)
class Record:
    """One `[[piece]]` of a story file, its placeholders filled."""

    __pydantic_config__ = _STRICT
    id: str
    outlet: str
    day: int  # days after today; negative
    time: str  # HH:MM, Asia/Jakarta
    headline: str
    number: int = 0  # the outlet's own id of the article
    story: str | None = None  # label of the event; None: the file's
    host: str | None = None  # None: the outlet's chief host
    path: str = ""  # iNews: channel and section of the address
    slug: str | None = None  # None: made of the headline
    old_slug: str | None = None
    generation: str | None = None
    charset: str = "utf-8"  # other than utf-8: declared nowhere
    kind: str = "article"
    short: bool = False
    pages: int = 1
    language: str = "id"
    description: str | None = None  # None: the beginning of the body, cut with " ..."
    opening: str | None = None
    body: str = ""  # paragraphs between blank lines
    items: tuple[str, ...] = ()
    items_after: int | None = None
    modified: str | None = None  # HH:MM of the same day
    prints_date: bool = True
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    translators: tuple[str, ...] = ()
    photographers: tuple[str, ...] = ()
    caption: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()
    pull_quote: str | None = None
    closing: tuple[str, ...] = ()
    copy_of: str | None = None  # id of the piece whose text it prints
    copy_kind: Literal["reprint", "abridged"] | None = None
    copied_paragraphs: tuple[int, ...] = ()  # of an abridged copy, from 0
    own_lead: str | None = None  # of a copy: the outlet's own words before what it copies
    added: str = ""  # of a copy: the outlet's own paragraphs after what it copies
    translation_of: str | None = None
    syndicated_from: str | None = None
    press_release: bool = False
    continues: str | None = None  # label of the story it follows up; None: the file's
    furniture: str | None = None  # a variant of furniture.VARIANTS and its place, among the paragraphs
    release: str | None = None  # label of the release whose text it prints
    watches: dict[str, int] | None = None  # id: edition
    near_miss: str | None = None  # what it is about instead
    listed_as: tuple[Spelling, ...] = ()  # further spellings of its address that listings print
    odd: Odd | None = None


@dataclass(frozen=True, slots=True)
class StoryFile:
    """One file of stories. `story` and `continues` are those of pieces that say nothing else."""

    __pydantic_config__ = _STRICT
    piece: tuple[Record, ...]
    story: str | None = None
    continues: str | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A record with what follows from it: where it stands, when it came out, its paragraphs."""

    record: Record
    url: str  # canonical
    published: datetime  # aware, Asia/Jakarta; known to the newsroom even where the page prints none
    modified: datetime | None
    paragraphs: tuple[str, ...]  # without the opening
    description: str
    story: str
    continues: str | None

    @property
    def host(self) -> str:
        return self.record.host or hosts.CHIEF_HOST[self.record.outlet]


@lru_cache(maxsize=16)
def load_stories(today: date) -> tuple[Piece, ...]:
    """Every piece, newest first. Raises ValueError where a story file is wrong: that is a defect of ours."""
    files = [read_file(path, today) for path in sorted(_FOLDER.glob("*.toml"))]
    records = {record.id: record for file in files for record in file.piece}
    if len(records) != sum(len(file.piece) for file in files):
        raise ValueError("two pieces of the newsroom's stories share an id")
    pieces = [_piece(record, file, records, today) for file in files for record in file.piece]
    return newest_first(pieces)


def newest_first(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    return tuple(sorted(pieces, key=lambda piece: (piece.published, piece.record.id), reverse=True))


def read_file(path: Path, today: date) -> StoryFile:
    return TypeAdapter(StoryFile).validate_python(tomllib.loads(fill(path.read_text(encoding="utf-8"), today)))


def _piece(record: Record, file: StoryFile, records: dict[str, Record], today: date) -> Piece:
    paragraphs = paragraphs_of(record, records)
    path = hosts.article_path(
        record.outlet, record.number, record.path, record.slug or hosts.slugify(record.headline), record.kind
    )
    return Piece(
        record=record,
        url=f"https://{record.host or hosts.CHIEF_HOST[record.outlet]}{path}",
        published=_moment(record, record.time, today),
        modified=_moment(record, record.modified, today) if record.modified else None,
        paragraphs=paragraphs,
        description=record.description or teaser(paragraphs),
        story=label_of(record, file),
        continues=record.continues or file.continues,
    )


def label_of(record: Record, file: StoryFile) -> str:
    """The label of its event. Raises ValueError where neither piece nor file has one."""
    label = record.story or file.story
    if label is None:
        raise ValueError(f"piece {record.id} belongs to no story")
    return label


def paragraphs_of(record: Record, records: Mapping[str, Record]) -> tuple[str, ...]:
    """Its own paragraphs, or those of the text it prints, between what it adds. Raises KeyError for a text unknown."""
    if record.copy_of is None:
        return _parted(record.body)
    whole = paragraphs_of(records[record.copy_of], records)
    copied = tuple(whole[number] for number in record.copied_paragraphs) if record.copied_paragraphs else whole
    return (*_parted(record.own_lead or ""), *copied, *_parted(record.added))


def _parted(text: str) -> tuple[str, ...]:
    return tuple(paragraph.strip() for paragraph in text.split("\n\n") if paragraph.strip())


def _moment(record: Record, clock: str, today: date) -> datetime:
    return datetime.combine(today + timedelta(days=record.day), time.fromisoformat(clock), JAKARTA)


def teaser(paragraphs: tuple[str, ...]) -> str:
    """The beginning of the body, cut between words with " ..." as ANTARA's feeds and descriptions are."""
    text = " ".join(paragraphs)
    if len(text) <= _TEASER:
        return text
    return text[:_TEASER].rpartition(" ")[0] + " ..."
