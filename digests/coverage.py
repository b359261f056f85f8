"""How far each outlet was read in the edition's period: pure. A failed outlet is "not checked", never "no news"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from digests.known import EditionFacts, RunFacts
from digests.model import Checked, FailureCount, Older, OutletCoverage, StoryBlock, Why
from digests.plain import one_line, shorten
from pipeline.model import FailureClass, Run, RunCounts, RunState

ADDRESSES = ""  # the row of addresses that belong to no outlet file
_DEAD = timedelta(minutes=5)  # a run writes its heartbeat every second: so long without one, it is no more
_FRESH = timedelta(hours=24)  # an older reading says nothing about this morning


@dataclass(frozen=True, slots=True)
class _Judgement:
    state: Checked
    why: str | None = None
    detail: str | None = None


def coverage(facts: EditionFacts, blocks: Sequence[StoryBlock], older: Sequence[Older]) -> tuple[OutletCoverage, ...]:
    """One row for every watched outlet, by title, then rows for whatever else has articles or runs."""
    named = {outlet.name for outlet in facts.watched} | set(facts.titles)
    articles = Counter(row_of(place.outlet, named) for block in blocks for place in block.placements)
    old = Counter(row_of(row.outlet, named) for row in older)
    runs: dict[str, list[RunFacts]] = {}
    for fact in sorted(facts.runs, key=lambda fact: (fact.run.started_at, fact.run.id)):
        runs.setdefault(row_of(fact.run.outlet or ADDRESSES, named), []).append(fact)
    watched = [
        outlet.name for outlet in sorted(facts.watched, key=lambda outlet: (outlet.title.casefold(), outlet.name))
    ]
    others = sorted((set(articles) | set(old) | set(runs)) - set(watched), key=lambda name: (name == ADDRESSES, name))
    return tuple(
        _row(facts, name, runs.get(name, []), articles[name], old[name], watched=name in watched)
        for name in (*watched, *others)
    )


def row_of(outlet: str, named: Collection[str]) -> str:
    """The coverage row that an outlet's articles are counted in."""
    return outlet if outlet in named else ADDRESSES


def _row(
    facts: EditionFacts, name: str, runs: list[RunFacts], articles: int, older: int, *, watched: bool
) -> OutletCoverage:
    judged = _judge(facts, [fact.run for fact in runs]) if watched else _Judgement(Checked.OTHER)
    counts = [fact.run.counts for fact in runs]
    failures = _failures(runs)
    ended = [fact.run.ended_at for fact in runs if fact.run.ended_at]
    return OutletCoverage(
        outlet=name,
        title=one_line(facts.titles.get(name)) or name,
        owned=any(outlet.owned for outlet in facts.watched if outlet.name == name),
        state=judged.state,
        why=judged.why,
        detail=judged.detail,
        checked_at=_read_at(facts, [fact.run for fact in runs if fact.run.kind == "crawl"]),
        runs=tuple(fact.run.id for fact in runs),
        started_at=min((fact.run.started_at for fact in runs), default=None),
        ended_at=max(ended, default=None),
        listed=max((count.listed for count in counts), default=0),  # each run counts the same URLs again
        new=sum(count.new for count in counts),
        kept=sum(count.kept for count in counts),
        rejected=sum(count.rejected for count in counts),
        # What is to be tried again has not failed for good, yet a reader misses it all the same.
        failed=max(sum(count.failed for count in counts), sum(count.urls for count in failures)),
        failures=failures,
        articles=articles,
        older=older,
        completeness=facts.completeness.get(name),
    )


def _failures(runs: list[RunFacts]) -> tuple[FailureCount, ...]:
    urls: Counter[str] = Counter()
    for fact in runs:
        for count in fact.failures:
            urls[count.failure] += count.urls
    return tuple(FailureCount(failure, urls[failure]) for failure in sorted(urls))


def _judge(facts: EditionFacts, runs: list[Run]) -> _Judgement:
    """The latest crawl decides; an earlier good one softens "not checked" to "partly". Replays check nothing.

    An outlet whose listings were all read is checked, also where single articles failed: these are counted.
    """
    crawls = [run for run in runs if run.kind == "crawl"]
    if not crawls:
        return _Judgement(Checked.NOT, Why.NEVER_RAN)
    last = crawls[-1]
    state = _state(last, facts.now)
    read_at = _read_at(facts, crawls)
    if read_at is not None and facts.kind == "edition" and read_at < facts.now - _FRESH:
        return _Judgement(Checked.NOT, Why.STALE, _detail(last))
    if state is RunState.FINISHED:
        return _Judgement(Checked.WHOLE)
    why = _why(last, state)
    if why is Why.ARTICLES and _mostly_read(last.counts):
        return _Judgement(Checked.WHOLE, why, _detail(last))
    return _Judgement(Checked.NOT if read_at is None else Checked.PARTLY, why, _detail(last))


def _why(run: Run, state: RunState) -> str:
    if state is RunState.RUNNING:
        return Why.RUNNING
    if state is RunState.KILLED:
        return FailureClass.KILLED
    if run.failure:
        stopped = state is RunState.PARTIAL and run.failure is FailureClass.KILLED  # it ended in order, before its end
        return Why.STOPPED if stopped else run.failure
    if state is RunState.FAILED:
        return FailureClass.INTERNAL
    return Why.LISTINGS if run.counts.listings_failed else Why.ARTICLES


def _mostly_read(counts: RunCounts) -> bool:
    """At least half of the new articles could be read. What was not is pending still, or failed."""
    read = counts.kept + counts.duplicate + counts.rejected + counts.out_of_window
    return max(counts.new - read, counts.failed) <= read


def _detail(run: Run) -> str | None:
    return shorten(one_line(run.detail), 200)


def _state(run: Run, now: datetime) -> RunState:
    """The run's state; one that still says "running" without a heartbeat was killed."""
    if run.state is RunState.RUNNING and run.heartbeat_at < now - _DEAD:
        return RunState.KILLED
    return run.state


def _read_at(facts: EditionFacts, crawls: list[Run]) -> datetime | None:
    """When the outlet was last read, wholly or partly."""
    good = [run for run in crawls if _state(run, facts.now) in (RunState.FINISHED, RunState.PARTIAL)]
    return max((run.ended_at or run.heartbeat_at for run in good), default=None)
