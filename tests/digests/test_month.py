"""A month with outages over a real store: nothing in scope is lost, told twice, or shown after it was taken back.

`KLIPING_TEST_MONTHS=200` tries that many months in place of one.
"""

from __future__ import annotations

import json
import os
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from lxml import html
from sqlalchemy import event

from digests import editions
from digests.model import Checked, Content, Placement
from digests.recap import CorrectionRule
from pipeline.config import Settings
from pipeline.store import EditionRecord, open_store
from tests.digests.month import CRAWLS, DAYS, FIRST, Held, World, at, plan
from tests.digests.pdf import reading
from tests.digests.world import outlets, settings

MONTHS = int(os.environ.get("KLIPING_TEST_MONTHS", "1"))
FREEZE, NOON = time(6, 25), time(12, 5)
MEMORY = 28  # days for which what an edition told is corrected
WINDOW = {"daily": timedelta(hours=72), "daily-weekly": timedelta(hours=72 + 168)}


class KilledError(Exception):
    """Stands for SIGKILL: nothing after it is done."""


@dataclass
class Told:
    """What the truth knows of one list's editions."""

    taken: dict[int, date] = field(default_factory=dict)  # version id → the edition it stands in
    told: dict[int, tuple[date, int]] = field(default_factory=dict)  # article id → the last edition's day, version id
    corrected: set[tuple[int, CorrectionRule, int]] = field(default_factory=set)  # article, rule, version told wrongly
    frozen: list[tuple[datetime, EditionRecord]] = field(default_factory=list)


@dataclass
class Month:
    """The world, its editions, and what each must be."""

    world: World
    settings: Settings
    url: str
    lists: dict[str, Told] = field(default_factory=lambda: {name: Told() for name in WINDOW})

    def run(self) -> None:
        for number in range(DAYS):
            day = FIRST + timedelta(days=number)
            if day in self.world.plan.off:
                continue
            hours = [hour for hour in CRAWLS if day not in self.world.plan.noon or hour > NOON]
            freeze = NOON if day in self.world.plan.noon else FREEZE
            for moment in sorted((*hours, freeze)):
                if moment == freeze:
                    self.morning(day, at(day, freeze))
                else:
                    self.world.crawl_all(at(day, moment))
                    self.world.correct(at(day, moment) + timedelta(minutes=5))

    def morning(self, day: date, now: datetime) -> None:
        """Drops, then the daily edition, with kills and a second build at once; on Mondays the weekly one too."""
        self.world.place(now)
        dropped = self.drop(day, now - timedelta(minutes=10))
        self.killed(day, now)
        record = editions.build(
            self.world.store, self.settings, outlets(), day, "daily", place=lambda: self.second(day, now), now=now
        )
        self.check("daily", day, record, now, dropped)
        if day.weekday() == 0:
            weekly = editions.build(self.world.store, self.settings, outlets(), day, "daily-weekly", now=now)
            self.check("daily-weekly", day, weekly, now, set())

    def drop(self, day: date, now: datetime) -> set[int]:
        """An editor takes a story out of the draft: the articles of it."""
        store, draw = self.world.store, self.world.draw
        waiting = store.editions.unsent("daily")
        stories = sorted({stored.story_id for stored in waiting if stored.story_id})
        if not stories or draw.random() < 0.7:
            return set()
        chosen = draw.choice(stories)
        store.drafts.decide("daily", day.isoformat(), "drop", chosen, "not for us", actor="ani", now=now)
        return {stored.id for stored in waiting if stored.story_id == chosen}

    def killed(self, day: date, now: datetime) -> None:
        """Ended at a random statement of a build; the next build goes on as if it had not been."""
        store, steps = self.world.store, self.world.draw.randrange(120)
        if steps > 40:
            return

        def count(*_: object) -> None:
            nonlocal steps
            steps -= 1
            if steps < 0:
                raise KilledError

        event.listen(store.database.engine, "before_cursor_execute", count)
        try:
            editions.build(store, self.settings, outlets(), day, "daily", now=now)
        except KilledError:
            killed = True
        else:
            killed = False
        finally:
            event.remove(store.database.engine, "before_cursor_execute", count)
        assert (store.editions.get("daily", day.isoformat()) is None) == killed

    def second(self, day: date, now: datetime) -> object:
        """While one build is at work another one freezes the edition."""
        if self.world.draw.random() < 0.2:
            with open_store(self.url) as other:
                return editions.build(other, self.settings, outlets(), day, "daily", now=now)
        return None

    def check(self, name: str, day: date, record: EditionRecord, now: datetime, dropped: set[int]) -> None:
        """The edition is what it must be, and the truth goes on."""
        told, content = self.lists[name], editions.content(record)
        expected = {
            held.version_id: self.place_of(name, held, now, dropped)
            for held in self.world.held.values()
            if held.in_scope and held.version_id not in told.taken
        }
        assert {item.version_id: item.place for item in self.world.store.editions.items(record.id)} == expected
        self.check_corrections(told, content, day, set(expected))
        self.check_late(told, content)
        self.check_coverage(told, content, now)
        check_totals(content)
        told.taken |= dict.fromkeys(expected, day)
        told.told |= {place.article_id: (day, place.version_id) for place in places(content)}
        told.frozen.append((now, record))

    def place_of(self, name: str, held: Held, now: datetime, dropped: set[int]) -> str:
        if held.when < now - WINDOW[name]:
            return "older"
        return "dropped" if held.article_id in dropped else "story"

    def check_corrections(self, told: Told, content: Content, day: date, taken: set[int]) -> None:
        """Each once, in the first edition after it was known: what was told and is hidden, or counts otherwise now."""
        by_id = {held.article_id: held for held in self.world.held.values()}
        dropped = {version for story in content.dropped for version in story.version_ids}
        expected = {
            (article_id, rule, version_id)
            for article_id, (period, version_id) in told.told.items()
            if (rule := rule_of(by_id[article_id], taken - dropped)) and (day - period).days <= MEMORY
        }
        found = {(row.article_id, row.rule, row.version_id or 0) for row in content.corrections}
        assert len(found) == len(content.corrections)
        assert found == expected - told.corrected
        told.corrected |= found

    def check_late(self, told: Told, content: Content) -> None:
        """Late: dated before the last freeze, first seen after it, at an outlet that was not wholly read by then."""
        if not told.frozen:
            return
        before, record = told.frozen[-1]
        unread = {row.outlet for row in editions.content(record).coverage if row.state is not Checked.WHOLE}
        by_id = {held.article_id: held for held in self.world.held.values()}
        for place in places(content):
            held = by_id[place.article_id]
            if held.first <= before and not place.changed:
                continue  # it was there by then and a person held it back
            dated = held.piece.printed is not None and held.piece.printed < before
            late = dated and held.first > before and place.outlet in unread
            assert place.late == late, (place, held)

    def check_coverage(self, told: Told, content: Content, now: datetime) -> None:
        """No outlet passes for checked that no crawl has read since the last edition."""
        since = told.frozen[-1][0] if told.frozen else now - timedelta(days=7)
        for row in content.coverage:
            read = self.world.read.get(row.outlet)
            assert row.state is not Checked.WHOLE or (read is not None and read > since)


def rule_of(held: Held, taken: set[int]) -> CorrectionRule | None:
    """What became of an article that was told; every new version of the month's articles counts otherwise."""
    if "withhold" in held.hidden:
        return CorrectionRule.WITHHELD
    if "reject" in held.hidden:
        return CorrectionRule.REJECTED
    return CorrectionRule.CHANGED if held.version_id in taken else None


def places(content: Content) -> Iterator[Placement]:
    return (place for block in content.stories for place in block.placements)


def check_totals(content: Content) -> None:
    """Every total is the number of rows it speaks of."""
    rows = list(places(content))
    states = Counter(row.state for row in content.coverage)
    totals = content.totals
    assert (totals.stories, totals.articles) == (len(content.stories), len(rows))
    assert (totals.owned, totals.earned) == (sum(p.owned for p in rows), sum(not p.owned for p in rows))
    assert (totals.copies, totals.late) == (sum(p.role == "copy" for p in rows), sum(p.late for p in rows))
    assert totals.outlets == len({place.outlet for place in rows})
    assert (totals.older, totals.dropped) == (
        len(content.older),
        sum(len(story.version_ids) for story in content.dropped),
    )
    assert (totals.checked, totals.partly, totals.not_checked) == (
        states[Checked.WHOLE],
        states[Checked.PARTLY],
        states[Checked.NOT],
    )
    assert totals.watched == len(content.coverage)


def shown(form: str, body: bytes) -> set[str]:
    """The addresses of articles in a rendering."""
    if form in {"html", "web"}:
        found = {str(link) for link in html.fromstring(body.decode()).xpath("//a/@href")}
    elif form == "pdf":
        found = set(reading.links(body))
    else:
        found = set(re.findall(r"https://[a-z_]+\.example/berita/\d+", body.decode()))
    return {address for address in found if "/berita/" in address}


def check_forms(month: Month, record: EditionRecord, forms: Iterable[str]) -> None:
    """Every form links each article of the edition as it may be shown now, and tells nothing of what is withheld."""
    store = month.world.store
    content = editions.current(store, record)
    check_totals(content)
    wanted = {place.url for place in places(content)}
    assert len(wanted) == content.totals.articles
    withheld = {held.piece.token for held in month.world.held.values() if "withhold" in held.hidden}
    for form in forms:
        body = editions.rendering(store, record, "id", form)
        words = reading.text(body) if form == "pdf" else body.decode()
        if form == "whatsapp":  # links what is on top, and names every story
            assert all((block.lead.headline or "?").split()[-1] in words for block in content.stories)
        else:
            assert wanted <= shown(form, body)
        assert not [token for token in withheld if token in words]
    told = json.loads(editions.rendering(store, record, "id", "json"))
    assert told["totals"] == asdict(content.totals)
    counted = " ".join(editions.rendering(store, record, "id", "text").decode().split())
    assert not content.stories or f"{content.totals.stories} peristiwa" in counted


@pytest.mark.pdf
@pytest.mark.parametrize("seed", range(MONTHS))
def test_a_month(seed: int, sqlite_url: str, tmp_path: Path) -> None:
    with open_store(sqlite_url) as store:
        draw = random.Random(seed)
        month = Month(World(store, plan(draw), draw), settings(tmp_path), sqlite_url)
        month.run()
        daily = [record for _, record in month.lists["daily"].frozen]
        assert store.editions.list("daily") == daily[::-1]
        stand = Counter(item.version_id for record in daily for item in store.editions.items(record.id))
        assert stand == Counter(month.lists["daily"].taken.keys())
        for record in daily[seed % 6 :: 6]:
            check_forms(month, record, ("html", "web", "text", "json"))
        small = [record for record in daily if 0 < editions.current(store, record).totals.articles < 6]
        check_forms(month, small[0], ("pdf", "whatsapp"))
