"""The check `cost` of `kliping doctor`: the requests and bytes a day that the present settings ask of the outlets."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from digests.cli.office import Office
from pipeline.costs import DAYS, Cost, Plan, cost, told
from pipeline.outlet import Outlet
from pipeline.watches import search_terms


@dataclass(frozen=True, slots=True)
class Told:
    """A check's answer with what stands behind it, for `--json`."""

    good: bool
    told: str
    details: object = field(repr=False)


def check(here: Office) -> Told:
    """Not good where a host's requests, at the outlet's delay, take longer than the time between two runs."""
    found = of_settings(here)
    if not found.outlets:
        return Told(True, "nothing: no outlet is watched", found)
    return Told(not found.late, told(found), found)


def of_settings(here: Office) -> Cost:
    """Of the watched outlets, by the last two weeks' runs; of one never crawled, by its file."""
    plans = [_plan(here, outlet) for name, outlet in sorted(here.loaded.outlets.items()) if name in here.enabled]
    runs = here.store.ledger.daily_runs(here.now - timedelta(days=DAYS))
    return cost(plans, runs, here.settings.crawl.every_minutes, here.now)


def _plan(here: Office, outlet: Outlet) -> Plan:
    from crawlers.addresses import day_in, listing_addresses  # lazily, as all of `crawlers`

    today = day_in(outlet.timezone, here.now)
    addresses = listing_addresses(outlet, search_terms(here.watches, outlet.language), today=today)
    paged = (address.last_page - address.page + 1 if "{page}" in address.template else 1 for address in addresses)
    return Plan(outlet.name, outlet.hosts, sum(paged), outlet.delay, outlet.fetch)
