"""Gathers a run's vitals while it runs; `pipeline.vitals` says what they mean."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from pipeline.model import Disposition, Kind, RunCounts
from pipeline.outlet import Markup, Outlet
from pipeline.vitals import (
    FIELDS,
    LONGEST_VALUE,
    DateVitals,
    FailureVitals,
    FieldVitals,
    ListingVitals,
    Vitals,
    bucket,
    reading_digest,
    source_kind,
    template_of,
    templates,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from crawlers.addresses import ListingAddress
    from crawlers.discovery import Discovered
    from crawlers.failures import Failure
    from pipeline.model import Article, Listing, Verdict

_READABLE = (Kind.ARTICLE, Kind.SHORT_NOTE)
_AHEAD = timedelta(hours=1)  # of the fetch; clocks differ, and some print the hour to come
_APART = timedelta(hours=36)  # of listing and page: a listing that prints the day only is up to 24 hours off
_HOUR = timedelta(hours=1)
_SHARED = 3  # articles of a run that must have a paragraph in common before it is furniture
_LEAST_PARAGRAPH = 12  # characters; a shorter one may repeat by chance
# U+FFFD, C1 controls, and UTF-8 that was read as Windows-1252: "â€œ", "Ã©", "Â "
_GARBLED = re.compile("[\ufffd\x80-\x9f]|â€|Ã[\u0080-\u00bf]|Â[\u00a0-\u00bf]")


class VitalsTally:
    """Counts in memory; read once, when the run ends."""

    def __init__(self, outlet: Outlet | None = None, *, daily: bool = True) -> None:
        self._daily = daily
        self._digest = reading_digest(outlet) if outlet else ""
        self._templates = templates(outlet) if outlet else ()
        self._markup = outlet.markup if outlet else ()
        self._listings: dict[str, ListingVitals] = {}
        self._failures: dict[str, FailureVitals] = {}
        self._row: list[str] = []  # classes of the failures since the last page that could be read
        self._kinds: Counter[str] = Counter()
        self._led_away: list[str] = []
        self._fields: dict[str, _FieldTally] = {name: _FieldTally() for name in FIELDS}
        self._generations: Counter[str] = Counter()
        self._languages: Counter[str] = Counter()
        self._dates = _DateTally()
        self._bodies = _BodyTally()

    # --- listings ----------------------------------------------------------------------------------------------------

    def note_listing(self, address: ListingAddress, found: Discovered) -> None:
        """A listing was read, wholly or in part."""
        seen = self._listing(address.url, address.road)
        entries = [entry for entry in found.entries if entry.may_be_article]
        links = len(entries)
        self._listings[seen.template] = replace(
            seen,
            read=seen.read + 1,
            empty=seen.empty + (not links and not found.further),
            links=seen.links + links,
            foreign=seen.foreign + len(found.entries) - links,
            most=max(seen.most, links),
            dated=seen.dated + sum(1 for entry in entries if entry.listing.date_published),
            titled=seen.titled + sum(1 for entry in entries if entry.listing.headline),
            url=address.url,
        )

    def note_unchanged(self, address: ListingAddress) -> None:
        """A listing answered 304."""
        seen = self._listing(address.url, address.road)
        self._listings[seen.template] = replace(seen, unchanged=seen.unchanged + 1, url=address.url)

    def note_listing_failure(self, url: str, failure: Failure) -> None:
        """A listing could not be read, or not whole."""
        seen = self._listing(url, None)
        lasting = failure.final or (failure.status is None and failure.failure.value in ("layout", "empty", "blocked"))
        self._listings[seen.template] = replace(
            seen,
            failed=seen.failed + 1,
            failure=failure.failure,
            lasting=lasting,
            detail=failure.detail[:LONGEST_VALUE],
            url=url,
        )

    def _listing(self, url: str, road: str | None) -> ListingVitals:
        template = template_of(url, self._templates)
        seen = self._listings.get(template) or ListingVitals(template, road or "unknown")
        return replace(seen, road=road) if road and seen.road != road else seen

    # --- articles ----------------------------------------------------------------------------------------------------

    def note_article(self, article: Article, listing: Listing | None, verdict: Verdict, now: datetime) -> None:
        """A page was read, whatever became of it."""
        if verdict.disposition is Disposition.FAILED:
            return  # it is told again as a failure
        self._row.clear()
        self._kinds[article.kind.value] += 1
        if article.kind not in _READABLE:
            return
        sources = {each.field: each.source for each in article.provenance}
        for name, tally in self._fields.items():
            tally.note(article, getattr(article, name), sources.get(name))
        self._generations[_generation(sources.get("article_body", ""), self._markup)] += 1
        self._languages[article.in_language or "unknown"] += 1
        self._dates.note(article, listing, now)
        self._bodies.note(article)

    def note_url_failure(self, url: str, failure: Failure) -> None:
        """A page could not be had, or not be read."""
        name = failure.failure.value
        self._row = [*self._row, name] if set(self._row) <= {name} else [name]
        seen = self._failures.get(name, FailureVitals())
        row = max(seen.in_a_row, len(self._row))
        self._failures[name] = FailureVitals(seen.count + 1, row, url, failure.detail[:LONGEST_VALUE])

    def note_led_away(self, url: str, to: str) -> None:
        """An article's address redirected to what is none."""
        self._led_away.append(f"{url} → {to}")

    def taken(self, counts: RunCounts | None = None) -> Vitals:
        """All of it; `counts` are the run's."""
        counts = counts or RunCounts()
        bodies = self._bodies
        return Vitals(
            daily=self._daily,
            digest=self._digest,
            listings=tuple(self._listings.values()),
            listed=counts.listed,
            new=counts.new,
            kept=counts.kept,
            articles=sum(self._kinds[kind.value] for kind in _READABLE),
            kinds=dict(self._kinds),
            led_away=len(self._led_away),
            led_example=self._led_away[-1] if self._led_away else None,
            failures=dict(self._failures),
            fields={name: tally.taken() for name, tally in self._fields.items() if tally.seen},
            generations=dict(self._generations),
            languages=dict(self._languages),
            dates=self._dates.taken(),
            bodies=dict(Counter(bucket(length) for length in bodies.lengths)),
            body_median=int(statistics.median(bodies.lengths)) if bodies.lengths else 0,
            furniture=bodies.furnished()[0],
            furniture_example=bodies.furnished()[1],
            garbled=bodies.garbled,
            garbled_example=bodies.garbled_example,
        )

    def as_json(self, counts: RunCounts | None = None) -> Mapping[str, object]:
        """What is stored with the run."""
        return self.taken(counts).as_json()


def _generation(source: str, markup: tuple[Markup, ...]) -> str:
    return next((each.name for each in markup if source == f"css:{each.root}"), "generic")


class _FieldTally:
    """One field over the articles of a run."""

    def __init__(self) -> None:
        self.seen = 0
        self._present = 0
        self._sources: Counter[str] = Counter()
        self._example: tuple[str, str, str | None] | None = None
        self._absent: str | None = None

    def note(self, article: Article, value: object, source: str | None) -> None:
        self.seen += 1
        if not value:
            self._absent = article.url
            return
        self._present += 1
        if source:
            self._sources[source_kind(source)] += 1
        self._example = (article.url, _printed(value), source)

    def taken(self) -> FieldVitals:
        url, value, source = self._example or (None, None, None)
        return FieldVitals(self._present, dict(self._sources), url, value, source, self._absent)


def _printed(value: object) -> str:
    text = "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return " ".join(text.split())[:LONGEST_VALUE]


class _DateTally:
    """The publication dates of a run's articles."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._instants: Counter[datetime] = Counter()
        self._ages: Counter[str] = Counter()
        self._odd: tuple[str | None, str | None] = (None, None)

    def note(self, article: Article, listing: Listing | None, now: datetime) -> None:
        when = article.date_published
        if when is None:
            return
        self._instants[when] += 1
        self._ages[bucket(max((now - when) / _HOUR, 0))] += 1
        listed = listing.date_published if listing else None
        signs = {
            "future": when > now + _AHEAD,
            "january": (when.month, when.day) == (1, 1),
            "differing": listed is not None and abs(listed - when) > _APART,
        }
        self._counts.update(name for name, true in signs.items() if true)
        self._counts["compared"] += listed is not None
        if any(signs.values()):
            said = f"{when.isoformat()} (its listing says {listed.isoformat()})" if listed else when.isoformat()
            self._odd = (article.url, said)

    def taken(self) -> DateVitals:
        same = max(self._instants.values(), default=0)
        url, value = self._odd
        if value is None and same > 1:
            value = self._instants.most_common(1)[0][0].isoformat()
        return DateVitals(
            future=self._counts["future"],
            january=self._counts["january"],
            same=same,
            compared=self._counts["compared"],
            differing=self._counts["differing"],
            url=url,
            value=value,
            ages=dict(self._ages),
        )


class _BodyTally:
    """The texts of a run's articles."""

    def __init__(self) -> None:
        self.lengths: list[int] = []
        self.garbled = 0
        self.garbled_example: str | None = None
        self._paragraphs: list[frozenset[str]] = []

    def note(self, article: Article) -> None:
        self.lengths.append(len(article.text))
        self._paragraphs.append(frozenset(p for p in article.article_body if len(p) >= _LEAST_PARAGRAPH))
        text = f"{article.headline or ''}\n{article.text}"
        if found := _GARBLED.search(text):
            self.garbled += 1
            around = text[max(found.start() - 40, 0) : found.end() + 40]
            self.garbled_example = f"{article.url}: {' '.join(around.split())}"

    def furnished(self) -> tuple[int, str | None]:
        """How many articles have a paragraph that at least a third of them have, and that paragraph."""
        texts = set(self._paragraphs)  # a text under two addresses shares all of it with itself
        often = Counter(paragraph for paragraphs in texts for paragraph in paragraphs)
        least = max(_SHARED, len(texts) / 3)
        shared = {paragraph for paragraph, count in often.items() if count >= least}
        example = max(shared, key=lambda paragraph: (often[paragraph], paragraph), default=None)
        return sum(1 for paragraphs in self._paragraphs if paragraphs & shared), example and example[:LONGEST_VALUE]
