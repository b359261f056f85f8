"""Makes a dossier of the articles of an event. Pure: the same articles give the same dossier."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from pipeline.dossiers.claims import read_claims
from pipeline.dossiers.disputes import find_disputes
from pipeline.dossiers.find import Event
from pipeline.dossiers.firsts import firsts, outlet_counts, when
from pipeline.dossiers.model import Dossier, Entry, EventDays, Phase, Place, Print, Subject
from pipeline.dossiers.span import Days, event_days, phase_of
from pipeline.dossiers.voices import voices
from pipeline.model import StoredArticle
from pipeline.watches import Watch, Watches

_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class OutletFacts:
    """What an outlet's file says of it."""

    title: str
    country: str
    owned: bool


@dataclass(frozen=True, slots=True)
class Material:
    """All that a dossier is made of. `background`: other articles of the watch, whose claims bear on this event too."""

    event: Event
    articles: tuple[StoredArticle, ...]
    background: tuple[StoredArticle, ...]
    outlets: Mapping[str, OutletFacts]
    watches: Watches
    zone: ZoneInfo
    fixed: Days | None = None  # days that a person fixed
    others: tuple[Event, ...] = ()  # all other events


def compose(material: Material, progress: Callable[[int, int], None] | None = None) -> Dossier:
    """The dossier, without its gaps: these need the runs. `progress` is fed with articles read and all there are."""
    event = material.event
    watch = material.watches.get(event.watch)
    prints = _prints(material, watch, progress)
    bare = {stored.id: _place(stored, material, Phase.UNDATED) for stored in material.articles}
    told = [one for one in prints if event.edition is None or one.claim.edition == event.edition]
    days = event_days(told, bare, event.edition, material.fixed)
    places = {number: replace(one, phase=phase_of(_day(one), days, event.edition)) for number, one in bare.items()}
    ordered = sorted(places.values(), key=when)
    since, until = _asked(ordered, days)
    return Dossier(
        id=event.id,
        watch=event.watch,
        title=watch.title if watch is not None else event.watch,
        edition=event.edition,
        days=days,
        entries=_entries(ordered),
        firsts=firsts(ordered),
        outlets=outlet_counts(ordered),
        voices=voices(sorted(material.articles, key=lambda one: when(places[one.id]))),
        gaps=(),
        disputes=find_disputes([one for one in prints if _bears_on(one, event)], watch, event.edition),
        together=_together(material),
        since=since,
        until=until,
    )


def _prints(material: Material, watch: Watch | None, progress: Callable[[int, int], None] | None) -> list[Print]:
    """The claims of all articles; of a watch without editions only the event's own."""
    editions = watch is not None and watch.first_edition is not None
    every = {stored.id: stored for stored in (*material.articles, *(material.background if editions else ()))}
    ordered = sorted(every.values(), key=lambda one: when(_place(one, material, Phase.UNDATED)))
    first_said: dict[str, int] = {}
    found = []
    for done, stored in enumerate(ordered, 1):
        source = _source(stored, every)
        for claim in read_claims(stored.article, material.event.watch, material.watches):
            said = _SPACES.sub(" ", claim.sentence).strip().casefold()
            article = stored.article
            found.append(
                Print(
                    claim=claim,
                    article_id=stored.id,
                    source=first_said.setdefault(said, source),  # the same sentence was taken from one text
                    story=stored.story_id,
                    outlet=article.outlet,
                    url=article.canonical_url,
                    language=article.in_language,
                    published=article.date_published,
                )
            )
        if progress is not None:
            progress(done, len(ordered))
    return found


def _source(stored: StoredArticle, every: Mapping[int, StoredArticle]) -> int:
    """The article whose text it is; a circle of reprints ends where it began."""
    seen = {stored.id}
    while stored.copy_of is not None and stored.copy_of not in seen:
        seen.add(stored.copy_of)
        if stored.copy_of not in every:
            return stored.copy_of
        stored = every[stored.copy_of]
    return min(seen) if stored.copy_of in seen else stored.id


def _bears_on(one: Print, event: Event) -> bool:
    if one.claim.subject in (Subject.FOUNDED, Subject.TOGETHER):
        return True
    return event.edition is None or one.claim.edition == event.edition


def _place(stored: StoredArticle, material: Material, phase: Phase) -> Place:
    article = stored.article
    facts = material.outlets.get(article.outlet or "")
    published = article.date_published
    return Place(
        article_id=stored.id,
        outlet=article.outlet,
        title=facts.title if facts else article.outlet or "",
        country=facts.country if facts else None,
        language=article.in_language,
        headline=article.headline,
        url=article.canonical_url,
        published=published.astimezone(material.zone) if published else None,
        story=stored.story_id,
        copy=stored.copy_of is not None,
        owned=article.owned or bool(facts and facts.owned),
        phase=phase,
    )


def _day(place: Place) -> date | None:
    return place.published.date() if place.published else None


def _entries(ordered: Sequence[Place]) -> tuple[Entry, ...]:
    """Stories by the time of their first report; what is in no story stands alone."""
    groups: defaultdict[str, list[Place]] = defaultdict(list)
    for place in ordered:
        groups[place.story or f"article {place.article_id}"].append(place)
    found = []
    for group in groups.values():
        first = next((place for place in group if not place.copy), group[0])
        found.append(Entry(first.story, first, tuple(group), _day(group[0]), group[0].phase))
    return tuple(found)


def _asked(places: Iterable[Place], days: EventDays | None) -> tuple[date | None, date | None]:
    """From the first publication or day of the event to the last."""
    known = [day for place in places if (day := _day(place)) is not None]
    if days is not None and known:
        near = timedelta(days=31)  # an event far from all that was published of it is not waited for
        known += [day for day in (days.first, days.last) if min(known) - near <= day <= max(known) + near]
    return min(known, default=None), max(known, default=None)


def _together(material: Material) -> tuple[tuple[str, int], ...]:
    mine = set(material.event.articles)
    shared = (
        (other.id, len(mine.intersection(other.articles))) for other in material.others if other.id != material.event.id
    )
    return tuple(sorted(((name, number) for name, number in shared if number), key=lambda one: (-one[1], one[0])))
