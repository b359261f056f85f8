"""`kliping explain`: the trail of one URL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import Annotated

import typer

from digests.cli.judged import review_lines
from digests.cli.office import Office, office
from digests.cli.options import AsJson
from digests.cli.output import print_json, print_text
from pipeline.errors import NotFoundError, SettingsError
from pipeline.model import Disposition
from pipeline.store.crawl_records import Removal, Trail
from pipeline.urls import canonical_url, normalise, outlet_for


def find_trail(here: Office, address: str) -> Trail:
    """The trail of an address as given, else of its canonical form. Raises `NotFoundError` when it was never seen."""
    try:
        url = normalise(address)
    except ValueError as error:
        raise SettingsError(f"{address!r} is no address: {error}") from None
    trail = here.store.ledger.trail(url)
    if trail is None:
        outlet = outlet_for(url, list(here.loaded.outlets.values()))
        trail = here.store.ledger.trail(canonical_url(url, outlet))
    if trail is None:
        raise NotFoundError(f"{url} was never seen: no listing named it; `kliping crawl --url {url}` fetches it now")
    return trail


def explain(
    context: typer.Context,
    url: Annotated[str, typer.Argument(metavar="URL", help="Any address; a mobile, AMP or campaign variant will do.")],
    as_json: AsJson = False,
) -> None:
    """Tell the trail of one URL: who named it, what was fetched, what became of it and why."""
    here = office(context)
    trail = find_trail(here, url)
    if as_json:
        print_json(trail)
        return
    for line in told(trail, here.settings.zone):
        print_text(line)
    if trail.article:
        for line in review_lines(here, trail.article):
            print_text(f"  review: {line}")


def told(trail: Trail, zone: tzinfo) -> list[str]:
    """The trail in words, one line each; times in `zone`."""
    record = trail.record
    reason = " ".join(
        part
        for part in (
            f"at {record.stage}:" if record.stage else "",
            record.rule or "",
            f"({record.detail})" if record.detail else "",
        )
        if part
    )
    lines = [record.url, f"  now {record.disposition}" + (f", {reason}" if reason else "")]
    if record.retry_at:
        lines.append(f"  tried again after {record.retry_at.astimezone(zone):%Y-%m-%d %H:%M:%S %Z}")
    if record.revisit_at and record.disposition is Disposition.KEPT:
        lines.append(f"  looked at again after {record.revisit_at.astimezone(zone):%Y-%m-%d %H:%M:%S %Z}")
    if trail.article and trail.article.gone_at:
        lines.append(f"  removed by the outlet, found at {trail.article.gone_at.astimezone(zone):%Y-%m-%d %H:%M:%S %Z}")
    if record.duplicate_of:
        lines.append(f"  the same page as {record.duplicate_of}")
    lines += [f"  also known as {url}" for url in trail.duplicates]
    lines += [f"  {at.astimezone(zone):%Y-%m-%d %H:%M:%S %Z}  {text}" for at, text in _events(trail)]
    return lines + list(_result(trail))


def _events(trail: Trail) -> list[tuple[datetime, str]]:
    """(when, what) of all that happened to it, in order."""
    events = [(s.at, f"named by {s.road} {s.found_on} (run {s.run_id})") for s in trail.sightings]
    events += [(a.at, _attempt(a.status, a.failure, a.detail, a.run_id)) for a in trail.attempts]
    events += [(c.fetched_at, f"captured {c.record_id} in {c.file} at byte {c.offset}") for c in trail.captures]
    events += [(c.at, _change(c.disposition, c.rule, c.actor)) for c in trail.changes]
    return sorted(events, key=lambda event: event[0])


def _change(disposition: str, rule: str | None, actor: str | None) -> str:
    return f"became {disposition}" + (f": {rule}" if rule else "") + (f", decided by {actor}" if actor else "")


def _result(trail: Trail) -> Iterator[str]:
    """What it is part of now."""
    if trail.article:
        yield f"  article {trail.article.id}, version {trail.article.version}: {trail.article.article.headline}"
        yield from (f"  watch {match.id}: {match.reason}" for match in trail.article.article.watches)
        lines = enumerate(trail.removals, start=1)
        yield from (f"  line {n} {removal_line(one, trail.article.id, n)}" for n, one in lines)
    if trail.story and trail.article:
        why = next((m.reason for m in trail.story.members if m.article_id == trail.article.id), None)
        told = f"{len(trail.story.members)} article(s)" + (f"; this one: {why}" if why else "")
        yield f"  story {trail.story.id}, {told}"
    for place in trail.editions:
        yield f"  edition {place.list} {place.period}: version {place.version} as {place.place}"


def removal_line(one: Removal, article_id: int, number: int) -> str:
    """What became of a line that was another article's headline, and how to change that."""
    told = f'"{one.text}", the headline of {one.url}'
    command = f"kliping articles restore {article_id} --line {number}"
    if one.stands:
        return f"was taken out of the text: {told}; `{command} --reason …` puts it back"
    return (
        f"stays in the text, says {one.restored_by} ({one.reason}): {told}; `{command} --undo --reason …` takes it out"
    )


def _attempt(status: int | None, failure: str | None, detail: str | None, run_id: int) -> str:
    outcome = f"failed: {failure}" if failure else "answered"
    return (
        f"fetched in run {run_id}, {outcome}"
        + (f", HTTP {status}" if status else "")
        + (f" ({detail})" if detail else "")
    )
