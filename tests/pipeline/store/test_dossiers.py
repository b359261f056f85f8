"""Dossiers in the store: they open by themselves, and persons' words on them stand until they are undone."""

from __future__ import annotations

from datetime import UTC, date, timedelta

import pytest

from pipeline.dossiers import Event, Match
from pipeline.errors import NotFoundError
from pipeline.model import WatchMatch
from pipeline.store import Store
from pipeline.store.dossiers import DossierAction, OpenedDossier
from tests.pipeline.store.build import MINUTE, NO_WATCH, NOW, article, keep, kept, listed, read, start, url

EVENT = Event("mgmac-2026", "mgmac", 2026, (1,), date(2026, 11, 20), date(2026, 11, 20))


@pytest.fixture
def filled(store: Store) -> Store:
    """Article 1 is kept, article 2 is not in scope."""
    run = start(store)
    kept(store, run, 1, watches=(WatchMatch("mgmac", 2026, "named"), WatchMatch("amf", None, "named")))
    store.ledger.record_listing(run.id, read(listed(url(2))), NOW)
    keep(store, run, article(url(2), watches=()), verdict=NO_WATCH)
    return store


def test_matches_are_those_of_kept_articles(filled: Store) -> None:
    day = NOW.date()
    found = {(one.article_id, one.watch, one.edition) for one in filled.dossiers.matches(UTC)}
    assert found == {(1, "mgmac", 2026), (1, "amf", None)}
    assert all(
        isinstance(one, Match) and abs(one.day - day) < timedelta(days=30) for one in filled.dossiers.matches(UTC)
    )


def test_a_rejected_article_matches_nothing_any_more(filled: Store) -> None:
    filled.articles.correct(1, "reject", "not ours", "Sari", NOW)
    assert filled.dossiers.matches(UTC) == []


def test_a_dossier_opens_once_and_the_audit_says_so(filled: Store) -> None:
    assert filled.dossiers.open([EVENT], NOW) == ["mgmac-2026"]
    assert filled.dossiers.open([EVENT], NOW + MINUTE) == []
    (opened,) = filled.dossiers.list()
    assert (opened.id, opened.anchor, opened.opened_at, opened.closed) == ("mgmac-2026", 1, NOW, None)
    assert [entry.action for entry in filled.audit.list("dossier:mgmac-2026")] == ["open dossier"]


def test_closing_reopening_and_undoing(filled: Store) -> None:
    filled.dossiers.open([EVENT], NOW)
    closed = filled.dossiers.decide("mgmac-2026", "close", actor="Sari", words="done", now=NOW)
    assert _state(filled) == "Sari"
    reopened = filled.dossiers.decide("mgmac-2026", DossierAction.REOPEN, actor="Budi", now=NOW + MINUTE)
    assert _state(filled) is None
    filled.dossiers.undo(reopened.id, actor="Sari", now=NOW + 2 * MINUTE)
    assert _state(filled) == "Sari"
    filled.dossiers.undo(closed.id, actor="Sari", reason="too soon", now=NOW + 3 * MINUTE)
    assert _state(filled) is None
    actions = [entry.action for entry in filled.audit.list("dossier:mgmac-2026")]
    assert actions == ["undo close dossier", "undo reopen dossier", "reopen dossier", "close dossier", "open dossier"]


def test_the_days_fixed_last_count(filled: Store) -> None:
    filled.dossiers.open([EVENT], NOW)
    first, second = (date(2026, 11, 20), date(2026, 11, 21)), (date(2026, 11, 21), date(2026, 11, 22))
    filled.dossiers.decide("mgmac-2026", "days", actor="Sari", days=first, now=NOW)
    made = filled.dossiers.decide("mgmac-2026", "days", actor="Sari", days=second, now=NOW)
    assert _opened(filled).fixed == second
    filled.dossiers.undo(made.id, actor="Sari", now=NOW)
    assert _opened(filled).fixed == first


def test_a_decision_is_undone_once(filled: Store) -> None:
    filled.dossiers.open([EVENT], NOW)
    made = filled.dossiers.decide("mgmac-2026", "note", actor="Sari", words="ask the bureau", now=NOW)
    filled.dossiers.undo(made.id, actor="Sari", now=NOW)
    with pytest.raises(NotFoundError, match="none stands"):
        filled.dossiers.undo(made.id, actor="Sari", now=NOW)


def test_nobody_decides_on_a_dossier_that_is_not_there(store: Store) -> None:
    with pytest.raises(NotFoundError, match="no dossier is called"):
        store.dossiers.decide("amf-1999", "note", actor="Sari", words="?", now=NOW)


def test_what_arrived_later_is_counted(filled: Store) -> None:
    assert filled.dossiers.arrived([1, 2], NOW - timedelta(days=1)) == 2
    assert filled.dossiers.arrived([1, 2], NOW + timedelta(days=1)) == 0


def _opened(store: Store) -> OpenedDossier:
    found = store.dossiers.get("mgmac-2026")
    assert found is not None
    return found


def _state(store: Store) -> str | None:
    closed = _opened(store).closed
    return closed.actor if closed else None
