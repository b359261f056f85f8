"""When an article was published and changed: metadata instant, then printed date, then the listing, then the address.

The prose of the body never gives a date: no weekday, no event's day, no "Berita Terpopuler" of the page's side.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone

from pipeline.addresses import days_in
from pipeline.dates import Instant, parse
from pipeline.document import Document
from pipeline.metadata import Metadata, Stated
from pipeline.model import Listing
from pipeline.moments import read_moments
from pipeline.plausible import Refused, Setting, setting_of, why_not
from pipeline.printed import Found, Seen, best, look, nearest, turned

_MINUTE = timedelta(minutes=1)
_NOW = timedelta(minutes=10)  # a page made when it was fetched states a time so near to it


@dataclass(frozen=True, slots=True)
class Publication:
    """When, as printed, and why we think so."""

    when: datetime  # with the offset of the outlet's zone
    text: str
    source: str
    confidence: float
    detail: str | None = None
    text_source: str | None = None  # where the text stands, if not where the instant does


@dataclass(frozen=True, slots=True)
class Dated:
    """All that a page says of its own dates."""

    published: Publication | None = None
    modified: Publication | None = None
    refused: tuple[Refused, ...] = ()


def read_dates(document: Document, metadata: Metadata, headline: str | None, listing: Listing | None) -> Dated:
    """Publication and last change; implausible and future values are refused, never replaced by now."""
    setting = setting_of(document)
    seen = look(document, headline, setting)
    days = {found.instant.when.date() for found in seen.published} | set(_days_elsewhere(document, listing, setting))
    stated = () if setting.ignored else (*seen.attributes, *metadata.published, *seen.times)
    machine = _machine("date_published", stated, setting, days, seen)
    choice = _reconcile(machine, seen, setting) or _from_listing(listing, setting, seen)
    choice = choice or _from_address(document.page.url, setting, seen) or _in_doubt(seen, setting)
    shown = nearest(seen.published)
    publication = _in_zone(choice, setting, shown) if choice else None
    lie = _wrong_offset(machine, choice)
    changes = () if setting.ignored else (*metadata.modified, *seen.changes)
    changed = _change(changes, setting, seen, publication, lie)
    return Dated(publication, _in_zone(changed, setting, shown) if changed else None, tuple(seen.refused))


# --- what the page states to machines --------------------------------------------------------------------------------


def _machine(name: str, stated: Iterable[Stated], setting: Setting, days: Iterable[date], seen: Seen) -> Found | None:
    """The first value that is a plausible instant; one with a time before one with a day only."""
    found, supported, wanted = [], frozenset(days), "modified" if name == "date_modified" else "published"
    for value in stated:
        moments = read_moments(value.text, setting.zone, order=setting.order, now=setting.fetched)
        if not moments:
            seen.refuse(name, value.source, value.text, "no date can be read in it")
        for moment in [moment for moment in moments if moment.role in (None, wanted)][:1]:
            instant = moment.instant
            if setting.local:
                instant = replace(instant, when=_fixed(instant.when, setting), zoned=False, zone=None)
            reason = why_not(instant, setting, supported, printed=False)
            if reason:
                seen.refuse(name, value.source, instant.text, reason)
            else:
                found.append(Found(instant, value.source))
    return _truer(found, setting)


def _fixed(when: datetime, setting: Setting) -> datetime:
    """The clock of the instant, read in the outlet's zone."""
    local = when.replace(tzinfo=setting.zone)
    return local.replace(tzinfo=timezone(local.utcoffset() or timedelta()))


def _truer(found: Sequence[Found], setting: Setting) -> Found | None:
    """The first with a time; of two that show one clock with two offsets the one that has the offset at home."""
    first = best(found)
    if first is None or not first.instant.has_time or setting.zone_of is None:
        return first
    at_home = _fixed(first.instant.when, setting)
    if at_home == first.instant.when:
        return first
    for other in found:
        if other.instant.has_time and abs(other.instant.when - at_home) < _MINUTE:
            return replace(other, detail=f"another says {first.instant.text}, the same clock with a wrong offset")
    return first


def _reconcile(machine: Found | None, seen: Seen, setting: Setting) -> Publication | None:
    """The machine's instant, unless what is printed shows that it lies, knows no time, or is the update's."""
    printed = _agreeing(machine, seen.published)
    if machine is None or printed is None:
        return _publication(machine or printed, 0.9 if machine else 0.85, setting)
    told, shown = machine.instant, _in_told_order(machine.instant, printed.instant, setting)
    printed = replace(printed, instant=shown)
    if not told.has_time:
        same = told.when.date() == shown.when.date()
        return _publication(printed if same else machine, 0.85 if same else 0.9, setting)
    if other := _not_publication(told, shown, seen, setting):
        return _publication(replace(printed, detail=other), 0.8, setting)
    return _compared(machine, printed, setting)


def _compared(machine: Found, printed: Found, setting: Setting) -> Publication | None:
    """The metadata's instant beside what is printed: corrected by it, confirmed by it, or alone."""
    told, shown = machine.instant, printed.instant
    if _is_lie(told, shown):
        when = told.when.replace(tzinfo=shown.when.tzinfo)
        lie = f"its offset is wrong: the page prints {shown.text}"
        return Publication(when, shown.text, machine.source, 0.95, lie, printed.source)
    if _same_minute(told, shown) or _same_clock_elsewhere(told, shown, setting):
        detail = _joined(machine.detail, _zone_told(told, setting))
        return Publication(told.when, shown.text, machine.source, 1.0, detail, printed.source)
    if shown.earliest <= told.when < shown.latest:  # the day alone, or "2 jam lalu"
        return Publication(told.when, shown.text, machine.source, 0.95, _zone_told(told, setting), printed.source)
    return _publication(machine, 0.9, setting)


def _agreeing(machine: Found | None, printed: Sequence[Found]) -> Found | None:
    """Of what is printed, the one that the metadata confirm; else the best."""
    agree = (one for one in printed if machine and _same_minute(machine.instant, one.instant))
    return next(agree, None) or nearest(printed)


def _in_told_order(told: Instant, shown: Instant, setting: Setting) -> Instant:
    """The printed numbers in the order that makes them the day which the metadata name."""
    if shown.either and told.when.astimezone(shown.when.tzinfo).date() != shown.when.date():
        other = turned(shown, setting)
        if other and told.when.astimezone(other.when.tzinfo).date() == other.when.date():
            return other
    return shown


def _not_publication(told: Instant, shown: Instant, seen: Seen, setting: Setting) -> str | None:
    """Why the metadata's instant is another than that of publication."""
    if shown.latest >= told.when:
        return None
    if any(_same_minute(told, one.instant) or _is_lie(told, one.instant) for one in seen.modified):
        return f"the metadata give the update instead: {told.text}"
    if abs(setting.fetched - told.when) < _NOW and told.when - shown.latest > timedelta(days=1):
        return f"the metadata give the moment of fetching instead: {told.text}"
    return None


def _same_minute(told: Instant, seen: Instant) -> bool:
    return seen.has_time and abs(told.when - seen.when) < _MINUTE


def _is_lie(told: Instant, seen: Instant) -> bool:
    """Both show the same day, hour and minute on their own clocks, yet name different instants."""
    if not seen.has_time or seen.relative or abs(told.when - seen.when) < timedelta(minutes=30):
        return False
    return told.when.replace(tzinfo=None, second=0) == seen.when.replace(tzinfo=None, second=0)


def _same_clock_elsewhere(told: Instant, seen: Instant, setting: Setting) -> bool:
    """The page prints the same instant in a zone that nobody named: whole half hours apart."""
    if setting.zone_of or seen.zoned or not seen.has_time or seen.relative:
        return False
    apart = seen.when.replace(second=0) - told.when.replace(second=0)
    return not apart % timedelta(minutes=30) and abs(apart) <= timedelta(hours=14)


def _wrong_offset(machine: Found | None, choice: Publication | None) -> timedelta | None:
    """The offset that the page's metadata were found to lie with."""
    if machine is None or choice is None or choice.source != machine.source or choice.when == machine.instant.when:
        return None
    return machine.instant.when.utcoffset()


# --- the last change -------------------------------------------------------------------------------------------------


def _change(
    stated: Sequence[Stated], setting: Setting, seen: Seen, publication: Publication | None, lie: timedelta | None
) -> Publication | None:
    """The last change, stated or printed; one before the publication is none."""
    days = {found.instant.when.date() for found in seen.modified}
    days |= {publication.when.date()} if publication else set()
    machine = _machine("date_modified", stated, setting, days, seen)
    if machine and lie is not None and machine.instant.zoned and machine.instant.when.utcoffset() == lie:
        told = machine.instant
        instant = replace(told, when=_fixed(told.when, setting), zoned=False, zone=None)
        machine = Found(instant, machine.source, "its offset is wrong, as that of the publication is")
    doubtful = [one for one in seen.doubtful if publication and one.instant.when > publication.when]
    printed = Seen(published=seen.modified or doubtful)
    changed = _reconcile(machine, printed, setting)
    if changed is None or publication is None or changed.when >= publication.when:
        return changed
    if changed.when.date() != publication.when.date() or (machine and machine.instant.has_time):
        _refuse_change(changed, publication, seen)
    return None


def _refuse_change(changed: Publication, publication: Publication, seen: Seen) -> None:
    reason = f"it is before the publication, {publication.when.isoformat()}"
    seen.refuse("date_modified", changed.source, changed.text, reason)


# --- last resorts ----------------------------------------------------------------------------------------------------


def _days_elsewhere(document: Document, listing: Listing | None, setting: Setting) -> list[date]:
    """The days that the listing and the address name."""
    found = [day.when for day in days_in(document.page.url)]
    if listing and listing.date_published and listing.date_published.tzinfo:
        found.append(listing.date_published.astimezone(setting.zone).date())
    return found


def _from_listing(listing: Listing | None, setting: Setting, seen: Seen) -> Publication | None:
    """What the feed or index said of the address. "2 jam lalu" is a hint, and was counted when the index was read."""
    if listing is None:
        return None
    source, text = f"listing:{listing.road}", listing.date_published_text or ""
    when = listing.date_published if listing.date_published and listing.date_published.tzinfo else None
    instant = parse(text, setting.zone, order=setting.order, now=when or setting.fetched)
    if when is not None:
        instant = replace(instant or Instant(when, text, "second", zoned=True), when=when)
    elif instant is None or instant.relative:
        return None
    found = Found(instant, source)
    if reason := why_not(instant, setting, printed=True):
        seen.refuse("date_published", found.source, found.instant.text, reason)
        return None
    return _publication(found, 0.8 if when else 0.75, setting)


def _from_address(url: str, setting: Setting, seen: Seen) -> Publication | None:
    for named in days_in(url):
        midnight = datetime(named.when.year, named.when.month, named.when.day, tzinfo=setting.zone)
        found = Found(Instant(_fixed(midnight, setting), named.text, "day", zoned=False), "url", named.detail)
        if reason := why_not(found.instant, setting, printed=True):
            seen.refuse("date_published", found.source, found.instant.text, reason)
            continue
        return _publication(found, named.confidence, setting)
    return None


def _in_doubt(seen: Seen, setting: Setting) -> Publication | None:
    """A date that only its element's name calls an update, on a page that has no other: some themes name all so."""
    found = nearest(seen.doubtful)
    if found is None or seen.modified:
        return None
    return _publication(replace(found, detail="its markup calls it an update; no other date is there"), 0.7, setting)


# --- how it is told --------------------------------------------------------------------------------------------------


def _publication(found: Found | None, confidence: float, setting: Setting) -> Publication | None:
    if found is None:
        return None
    instant, detail = found.instant, found.detail
    if instant.relative:
        confidence, detail = 0.5, _joined(detail, "counted back from the time of fetching")
    elif not instant.has_time:
        confidence, detail = confidence - 0.25, _joined(detail, "no time is stated: midnight stands for the day")
    return Publication(
        instant.when, instant.text, found.source, confidence, _joined(detail, _zone_told(instant, setting))
    )


def _zone_told(instant: Instant, setting: Setting) -> str | None:
    """Whose zone the instant is in."""
    if instant.zone:
        return f"zone: {instant.zone}, as it says"
    if instant.zoned:
        return None
    return f"zone: {setting.zone}, {setting.zone_of}" if setting.zone_of else "zone: UTC, for nothing names one"


def _joined(*parts: str | None) -> str | None:
    return "; ".join(filter(None, parts)) or None


def _in_zone(choice: Publication, setting: Setting, printed: Found | None) -> Publication:
    """With the offset of the outlet's zone; of an unlisted site with the one it prints or states, else its home's."""
    target = setting.zone
    if not setting.listed and printed and printed.instant.zoned and not printed.instant.relative:
        target = printed.instant.when.tzinfo or setting.zone
    elif not setting.listed and choice.when.utcoffset():
        return choice
    local = choice.when.astimezone(target)
    return replace(choice, when=local.replace(tzinfo=timezone(local.utcoffset() or timedelta())))
