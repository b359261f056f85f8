"""A made-up month in a real store, and what is true of it, kept by itself beside the store.

Six outlets write of a few events a day; some print no date, some print an old one, some reprint, some correct what they
printed. Outlets are down for days, the machine is off for days or comes on at noon. Editors drop stories, reject,
withhold and take that back. Builds are killed before and while they freeze, and run twice at once.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from pipeline.assemble import assemble
from pipeline.fingerprint import content_digest, keys
from pipeline.model import Article, Disposition, Kind, Listing, RunCounts, RunState, Stage, Tag, Verdict, WatchMatch
from pipeline.store import CommitArticle, Listed, ListingRead, Store
from tests.digests.examples import OUTLETS, WIB

FIRST = date(2023, 8, 1)
DAYS = 31
CRAWLS = (time(5, 30), time(13, 30), time(21, 30))
KEPT = Verdict(Disposition.KEPT, Stage.WATCH, "mgmac")
# (what happened, what it is about): every pair of rows gives an event of its own
DOINGS = (
    ("meresmikan", "halte", "penumpang"),
    ("menutup", "jalan", "kendaraan"),
    ("menanam", "bakau", "bibit"),
    ("melelang", "bus listrik", "armada"),
    ("menguji", "sirene banjir", "pengeras suara"),
    ("merawat", "museum", "koleksi"),
    ("memindahkan", "pasar ikan", "kios"),
    ("melatih", "pemandu wisata", "peserta"),
)
CITIES = ("Jakarta", "Bangkok", "Hanoi", "Manila", "Phnom Penh", "Vientiane", "Kuala Lumpur", "Yangon")


@dataclass
class Piece:
    """One article at its outlet: what it prints, and since when."""

    number: int
    outlet: str
    event: int
    born: datetime  # when it can first be read
    printed: datetime | None  # the date it prints
    revisions: list[datetime]  # when it was printed anew, with another number
    reprints: bool

    @property
    def token(self) -> str:
        """A word of its headline that no other headline has."""
        return f"warta{self.number:04d}"

    def at(self, moment: datetime) -> Article:
        """As it reads then."""
        revision = sum(printed <= moment for printed in self.revisions)
        doing, thing, counted = DOINGS[self.event % len(DOINGS)]
        city = CITIES[(self.event // len(DOINGS)) % len(CITIES)]
        number = 20 + self.event + 100 * revision
        who = "Pemerintah kota" if self.reprints else f"Kantor wali kota, kata {self.outlet},"
        body = (
            f"{who} {city} {doing} {thing} ke-{self.event} menjelang pertemuan wali kota ASEAN.",
            f"Sebanyak {number} {counted} tercatat pada hari pertama di {city}, dan {thing} itu dibuka untuk umum.",
        )
        url = f"https://{self.outlet}.example/berita/{self.number}"
        return Article(
            url=url,
            canonical_url=url,
            outlet=self.outlet,
            kind=Kind.ARTICLE,
            fetched_at=moment,
            sha256="0" * 64,
            headline=f"{city} {doing} {thing}, {number} {counted}: {self.token}",
            date_published=self.printed,
            in_language="id",
            summary=" ".join(body),
            article_body=body,
            watches=(WatchMatch("mgmac" if self.event % 3 else "amf", 2023, "named in the text"),),
            tags=(Tag("topic:transport", "angkutan umum", "named"),),
        )


@dataclass(frozen=True)
class Plan:
    """What the world does in the month, drawn beforehand."""

    pieces: tuple[Piece, ...]
    down: frozenset[tuple[str, date]]  # no crawl of the outlet goes through
    off: frozenset[date]  # the machine does not run
    noon: frozenset[date]  # it comes on at noon


def plan(draw: random.Random) -> Plan:
    """A month at random."""
    days = [FIRST + timedelta(days=n) for n in range(DAYS)]
    down = frozenset((outlet.name, day) for outlet in OUTLETS for day in _stretches(draw, days, share=0.15))
    off = frozenset(_stretches(draw, days, share=0.1))
    noon = frozenset(day for day in days if day not in off and draw.random() < 0.1)
    return Plan(tuple(_pieces(draw, days)), down, off, noon)


def _stretches(draw: random.Random, days: Sequence[date], share: float) -> Iterator[date]:
    """Days in stretches of one to four, about that share of all."""
    left = 0
    for day in days:
        if left == 0 and draw.random() < share / 2:
            left = draw.randint(1, 4)
        if left:
            left -= 1
            yield day


def _pieces(draw: random.Random, days: Sequence[date]) -> Iterator[Piece]:
    number = event = 0
    for day in days:
        for _ in range(draw.randint(0, 3)):
            event += 1
            for outlet in draw.sample(OUTLETS, draw.choice((1, 1, 2, 3))):
                number += 1
                born = at(day, time(draw.randrange(24), draw.randrange(60)))
                yield Piece(
                    number=number,
                    outlet=outlet.name,
                    event=event,
                    born=born,
                    printed=draw.choice((born, born, born, born, None, born - timedelta(days=draw.randint(4, 40)))),
                    revisions=sorted(born + timedelta(hours=draw.randint(2, 90)) for _ in range(_changes(draw))),
                    reprints=draw.random() < 0.4,
                )


def _changes(draw: random.Random) -> int:
    return draw.choice((0, 0, 0, 0, 1, 2))


def at(day: date, hour: time) -> datetime:
    """That hour of the outlets' clocks, in UTC."""
    return datetime.combine(day, hour, WIB).astimezone(UTC)


@dataclass
class Held:
    """An article as the store should have it."""

    piece: Piece
    article_id: int
    first: datetime  # when it was first committed
    version_id: int
    fetched: datetime  # in that version
    hidden: set[str] = field(default_factory=set)  # reject | withhold: the words that stand

    @property
    def in_scope(self) -> bool:
        return not self.hidden

    @property
    def when(self) -> datetime:
        """Its date; of an undated one, when its present version was fetched."""
        return self.piece.printed or self.fetched


@dataclass
class World:
    """The month as it goes: the store, and the truth about it."""

    store: Store
    plan: Plan
    draw: random.Random
    held: dict[int, Held] = field(default_factory=dict)  # by the piece's number
    read: dict[str, datetime] = field(default_factory=dict)  # outlet → its last crawl that went through

    def crawl(self, outlet: str, now: datetime) -> None:
        """One run: what can be read by then and is not held in its present form is committed."""
        run = self.store.runs.begin(outlet, "crawl", pid=1, host="here", now=now)
        if (outlet, now.astimezone(WIB).date()) in self.plan.down:
            self.store.runs.end(run.id, RunState.FAILED, RunCounts(failed=1), now=now)
            return
        mine = [piece for piece in self.plan.pieces if piece.outlet == outlet and piece.born <= now]
        for piece in mine:
            if self._is_new(piece, now):
                self._commit(piece, run.id, now)
        self.read[outlet] = now
        self.store.runs.end(run.id, RunState.FINISHED, RunCounts(listings=1, listed=len(mine)), now=now)

    def _is_new(self, piece: Piece, now: datetime) -> bool:
        held = self.held.get(piece.number)
        return held is None or any(held.fetched < printed <= now for printed in piece.revisions)

    def _commit(self, piece: Piece, run_id: int, now: datetime) -> None:
        article = piece.at(now)
        listing = Listing(url=article.url, found_on=f"https://{piece.outlet}.example/feed", road="feed")
        read = ListingRead(listing.found_on, piece.outlet, "d1", (Listed(listing, article.url),))
        self.store.ledger.record_listing(run_id, read, now)
        new = CommitArticle(article.url, article, KEPT, content_digest(article), "code1", keys(article), run_id)
        done = self.store.articles.commit(new, now)
        held = self.held.setdefault(piece.number, Held(piece, done.article_id, now, done.version_id, now))
        held.version_id, held.fetched = done.version_id, now

    def crawl_all(self, now: datetime) -> None:
        for outlet in OUTLETS:
            self.crawl(outlet.name, now)

    def place(self, now: datetime) -> None:
        assemble(self.store, now)

    def correct(self, now: datetime) -> None:
        """A person rejects or withholds something, or takes that back."""
        known = sorted(self.held)
        if not known or self.draw.random() < 0.4:
            return
        held = self.held[self.draw.choice(known[-25:])]
        action = self.draw.choice(("reject", "reject", "withhold"))
        if action in held.hidden:
            self.store.articles.undo_correction(held.article_id, action, "budi", now)
            held.hidden.discard(action)
        else:
            self.store.articles.correct(held.article_id, action, f"salah {held.piece.number}", "budi", now)
            held.hidden.add(action)
