"""How far each outlet was read: a failed outlet is never "no news"."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from digests.compose import compose
from digests.known import RunFacts
from digests.model import Checked, Completeness, FailureCount, OutletCoverage, Why, from_json, to_json
from digests.phrases import LANGUAGES, phrases
from digests.render import render
from digests.view import view
from pipeline.model import FailureClass, RunCounts, RunState
from tests.digests.examples import NOW, facts, run, stored

HOUR = timedelta(hours=1)


def antara(*runs: RunFacts) -> OutletCoverage:
    return next(row for row in compose(facts(runs=runs)).coverage if row.outlet == "antara")


WHOLE, PARTLY, NOT = Checked.WHOLE, Checked.PARTLY, Checked.NOT
EARLIER = run(1, "antara", started_at=NOW - 3 * HOUR, ended_at=NOW - 2 * HOUR)
GOOD = run(2, "antara")
NO_NAME = run(2, "antara", RunState.FAILED, failure=FailureClass.DNS)
RUNNING = run(2, "antara", RunState.RUNNING, heartbeat_at=NOW)
SILENT = run(2, "antara", RunState.RUNNING, heartbeat_at=NOW - HOUR)
LISTINGS = run(1, "antara", RunState.PARTIAL, counts=RunCounts(listings_failed=1))
ARTICLES = run(1, "antara", RunState.PARTIAL, counts=RunCounts(new=9, kept=3, rejected=4, failed=1))
MOST_FAILED = run(1, "antara", RunState.PARTIAL, counts=RunCounts(new=9, kept=3, failed=1))
AGAIN_FAILED = run(1, "antara", RunState.PARTIAL, counts=RunCounts(listings=9, listed=40))
STOPPED = run(1, "antara", RunState.PARTIAL, counts=RunCounts(new=9, kept=9), failure=FailureClass.KILLED)
NO_CLASS = run(1, "antara", RunState.FAILED)
LONG_AGO = run(1, "antara", started_at=NOW - 26 * HOUR, ended_at=NOW - 25 * HOUR)
CASES = (
    ("no run", (), NOT, Why.NEVER_RAN),
    ("a run of another outlet", (run(1, "inews"),), NOT, Why.NEVER_RAN),
    ("finished", (GOOD,), WHOLE, None),
    ("a listing failed", (LISTINGS,), PARTLY, Why.LISTINGS),
    ("an article failed", (ARTICLES,), WHOLE, Why.ARTICLES),
    ("most articles are unread", (MOST_FAILED,), PARTLY, Why.ARTICLES),
    ("only what failed before was tried, in vain", (AGAIN_FAILED,), WHOLE, Why.ARTICLES),
    ("stopped early", (STOPPED,), PARTLY, Why.STOPPED),
    (
        "ended early by the server's wish",
        (run(1, "antara", RunState.PARTIAL, failure=FailureClass.BLOCKED),),
        PARTLY,
        "blocked",
    ),
    ("failed", (NO_NAME,), NOT, FailureClass.DNS),
    ("failed without a class", (NO_CLASS,), NOT, FailureClass.INTERNAL),
    ("killed", (run(1, "antara", RunState.KILLED),), NOT, FailureClass.KILLED),
    ("failed after a good one", (EARLIER, NO_NAME), PARTLY, FailureClass.DNS),
    ("good after a failed one", (RunFacts(replace(NO_CLASS.run, started_at=NOW - 5 * HOUR)), GOOD), WHOLE, None),
    ("still running", (RUNNING,), NOT, Why.RUNNING),
    ("running after a good one", (EARLIER, RUNNING), PARTLY, Why.RUNNING),
    ("running without a heartbeat", (SILENT,), NOT, FailureClass.KILLED),
    ("a replay", (run(1, "antara", kind="replay"),), NOT, Why.NEVER_RAN),
    ("long ago", (LONG_AGO,), NOT, Why.STALE),
)


@pytest.mark.parametrize(("runs", "state", "why"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_state_follows_from_the_runs(runs: tuple[RunFacts, ...], state: Checked, why: str | None) -> None:
    row = antara(*runs)
    assert (row.state, row.why) == (state, why)


def test_one_troubled_outlet_makes_the_edition_incomplete() -> None:
    content = compose(facts(runs=(run(1, "antara"),)))
    assert (content.totals.checked, content.totals.not_checked, content.complete) == (1, 5, False)


def test_counts_are_summed_over_runs_and_listed_is_not() -> None:
    counts = RunCounts(listed=40, new=3, kept=1, rejected=2, failed=1)
    runs = [RunFacts(replace(fact.run, counts=counts)) for fact in (EARLIER, GOOD)]
    row = antara(*runs)
    assert (row.listed, row.new, row.kept, row.rejected, row.failed) == (40, 6, 2, 4, 2)
    assert row.runs == (1, 2)


def test_failures_are_summed_by_class() -> None:
    first = RunFacts(EARLIER.run, (FailureCount("timeout", 2), FailureCount("dns", 1)))
    second = RunFacts(GOOD.run, (FailureCount("timeout", 1),))
    assert antara(first, second).failures == (FailureCount("dns", 1), FailureCount("timeout", 3))


def test_what_is_to_be_tried_again_counts_as_not_read() -> None:
    """A page that answered 500 stays pending: it is in no disposition `failed`, yet a reader misses it."""
    once = RunFacts(ARTICLES.run, (FailureCount("http_status", 2), FailureCount("limit", 1)))
    row = antara(once)
    assert (once.run.counts.failed, row.failed) == (1, 3)


def test_the_table_tells_what_the_unread_articles_met() -> None:
    content = compose(
        facts(runs=(RunFacts(ARTICLES.run, (FailureCount("blocked", 1), FailureCount("http_status", 3))),))
    )
    row = next(row for row in view(content, "en").rows if row.title == "ANTARA")
    assert row.why == (
        "some of its articles could not be fetched: the server answered with an error (3), "
        "the site blocked the crawler (1)"
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", [*FailureClass, *Why])
def test_every_reason_has_its_own_phrase(language: str, reason: str) -> None:
    words = phrases(language, "Asia/Jakarta")
    said = words.why(reason)
    assert said
    assert reason == FailureClass.INTERNAL or said != words.why("internal")


def test_both_languages_have_the_same_keys() -> None:
    indonesian, english = (phrases(language, "UTC").words for language in LANGUAGES)
    assert set(indonesian) == set(english)
    assert set(indonesian["why"]) == set(english["why"]) == {*FailureClass, *Why}


ESTIMATE = Completeness(("feed", "sitemap"), found=240, share=0.9639, low=0.91, high=0.98)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "estimated complete: 96% at best (feed × sitemap)"),
        ("id", "perkiraan kelengkapan: paling banyak 96% (feed × sitemap)"),
    ],
)
def test_the_table_tells_how_complete_an_outlet_is_and_the_first_screen_does_not(language: str, told: str) -> None:
    content = compose(facts(runs=(LISTINGS,), completeness={"antara": ESTIMATE}))
    rows = view(content, language)
    assert [row.completeness for row in rows.rows if row.title == "ANTARA"] == [told]
    assert {row.completeness for row in rows.rows if row.title != "ANTARA"} == {None}
    for form in ("html", "text"):
        shown = " ".join(render(content, language, form).decode().split())
        first, table = shown.split(rows.words.text("coverage_heading").upper() if form == "text" else "<h2", 1)
        assert told in table.replace("\xa0", " ")
        assert "96" not in first


@pytest.mark.parametrize(("share", "told"), [(0.9999, "99%"), (1.0, "100%"), (0.29, "29%"), (0.0, "0%")])
def test_what_is_not_quite_whole_never_reads_as_whole(share: float, told: str) -> None:
    assert phrases("en", "UTC").percent(share) == told


def test_an_edition_frozen_before_there_was_an_estimate_can_be_read() -> None:
    content = compose(facts((stored(1),), completeness={"antara": ESTIMATE}))
    old = to_json(content)
    rows, blocks = old["coverage"], old["stories"]
    assert isinstance(rows, list)
    assert isinstance(blocks, list)
    for row in rows:
        del row["completeness"]
    for block in blocks:
        for place in block["placements"]:
            del place["edit"]
    assert {row.completeness for row in from_json(old).coverage} == {None}
    assert from_json(to_json(content)) == content
