"""The store: all verbs over one database, by subject."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from pipeline.store.alarms import Alarms
from pipeline.store.alerts import Alerts
from pipeline.store.articles import Articles
from pipeline.store.audit import Audit
from pipeline.store.backfills import Backfills
from pipeline.store.bounces import Bounces
from pipeline.store.captures import Captures
from pipeline.store.database import Database
from pipeline.store.decisions import Decisions
from pipeline.store.deliveries import Deliveries
from pipeline.store.dossiers import Dossiers
from pipeline.store.drafts import Drafts
from pipeline.store.due import Due
from pipeline.store.editions import Editions
from pipeline.store.fingerprints import Fingerprints
from pipeline.store.headlines import Headlines
from pipeline.store.leases import Leases
from pipeline.store.ledger import Ledger
from pipeline.store.mending import Mending
from pipeline.store.opening import open_database
from pipeline.store.outlets import Outlets
from pipeline.store.people import People
from pipeline.store.placements import Placements
from pipeline.store.readings import Readings
from pipeline.store.reviews import Reviews
from pipeline.store.robots import Robots
from pipeline.store.runs import Runs
from pipeline.store.stories import Stories
from pipeline.store.story_lists import StoryLists
from pipeline.store.subscribers import Subscribers
from pipeline.store.tallies import Tallies
from pipeline.store.tones import Tones
from pipeline.store.troubles import Troubles


class Store:
    """Every verb is one short transaction; `now` is always given. May be shared by threads, not carried over a fork."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.leases = Leases(database)
        self.runs = Runs(database)
        self.ledger = Ledger(database)
        self.captures = Captures(database)
        self.articles = Articles(database)
        self.headlines = Headlines(database)
        self.fingerprints = Fingerprints(database)
        self.stories = Stories(database)
        self.placements = Placements(database)
        self.story_lists = StoryLists(database)
        self.decisions = Decisions(database)
        self.editions = Editions(database)
        self.drafts = Drafts(database)
        self.deliveries = Deliveries(database)
        self.tallies = Tallies(database)
        self.subscribers = Subscribers(database)
        self.bounces = Bounces(database)
        self.outlets = Outlets(database)
        self.dossiers = Dossiers(database)
        self.due = Due(database)
        self.audit = Audit(database)
        self.readings = Readings(database)
        self.robots = Robots(database)
        self.backfills = Backfills(database)
        self.alarms = Alarms(database)
        self.alerts = Alerts(database)
        self.mending = Mending(database)
        self.tones = Tones(database)
        self.troubles = Troubles(database)
        self.people = People(database)
        self.reviews = Reviews(database)

    @property
    def backend(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.database.url.get_backend_name()

    def close(self) -> None:
        """Close all connections; the store can be used again and then opens new ones."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_store(url: str, *, migrate: bool = True) -> Store:
    """Open the database at an SQLAlchemy URL (sqlite:///FILE, postgresql://…), made or brought up to date if need be.

    With `migrate=False` nothing is made or changed. Raises `StoreError` in one line: unreachable, not writable,
    damaged, not ours, or of a newer Kliping.
    """
    return Store(open_database(url, migrate=migrate))
