"""At the end of a run: is its outlet well? Opens and closes alarms; a trouble with that never breaks the run's end."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import datetime

from pipeline.errors import StoreError
from pipeline.health import LOOK_BACK, Alarm, judge, recovered
from pipeline.model import FailureClass, Run
from pipeline.outlet import Outlet
from pipeline.store import Store
from pipeline.vitals import Past, Vitals, from_json

logger = logging.getLogger("kliping.crawl")
_MOST_RUNS = 400  # of the past: two weeks of hourly runs, two months of six a day; reading them takes some 50 ms


@dataclass(frozen=True, slots=True)
class Checkup:
    """What a run's vitals say of its outlet."""

    vitals: Vitals  # with the subjects that are ill
    raised: tuple[Alarm, ...] = ()
    well: tuple[tuple[FailureClass, str], ...] = ()  # open alarms that the run showed to be over


def check_up(store: Store, outlet: Outlet, run: Run, vitals: Vitals) -> Checkup:
    """Judge a run that is about to end."""
    try:
        return _checked(store, outlet, run, vitals)
    except StoreError as error:  # a full disk is no defect of ours: one line
        logger.warning("%s: its health could not be judged: %s", outlet.name, error)
        return Checkup(vitals)
    except Exception:
        logger.exception("%s: its health could not be judged; the run itself is in order", outlet.name)
        return Checkup(vitals)


def _checked(store: Store, outlet: Outlet, run: Run, vitals: Vitals) -> Checkup:
    history = past_runs(store, outlet.name, run.started_at)
    raised = judge(outlet, run.started_at, vitals, history)
    keys = {alarm.key for alarm in raised}
    others = [record.key for record in store.alarms.open(outlet.name) if record.key not in keys]
    well = recovered(outlet, run.started_at, vitals, history, others)
    return Checkup(replace(vitals, ill=tuple(sorted({alarm.subject for alarm in raised}))), raised, well)


def past_runs(store: Store, outlet: str, before: datetime) -> tuple[Past, ...]:
    """The measured runs of an outlet's look-back, newest first."""
    runs = store.runs.vitals(outlet, before - LOOK_BACK, _MOST_RUNS)
    found = [(run.started_at, from_json(value)) for run, value in runs if run.started_at < before]
    return tuple(Past(started_at, vitals) for started_at, vitals in found if vitals)


def settle(store: Store, outlet: str, run: Run, checkup: Checkup, now: datetime) -> None:
    """Open and close the outlet's alarms."""
    try:
        opened, closed = store.alarms.settle(outlet, run.id, checkup.raised, checkup.well, now=now)
    except StoreError as error:  # as above
        logger.warning("%s: its alarms could not be stored: %s", outlet, error)
        return
    except Exception:
        logger.exception("%s: its alarms could not be stored; the run itself is in order", outlet)
        return
    for record in opened:
        logger.warning("%s: ALARM %s (%s): %s", outlet, record.failure.value, record.subject, record.detail)
    for record in closed:
        logger.info("%s: well again: %s (%s)", outlet, record.failure.value, record.subject)
