"""Persons' decisions on stories: kept whole, guarded by the generation, audited, undone and never deleted."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from alembic.command import upgrade
from alembic.config import Config
from sqlalchemy import Connection, func, select, text

from pipeline.errors import NotFoundError
from pipeline.model import Member, Role, Run, Story
from pipeline.store import DecisionAction, StaleError, Store, migrations, open_store
from pipeline.store.database import Database
from pipeline.store.schema import decision_articles
from tests.pipeline.store.build import MINUTE, NOW, kept, start


@pytest.fixture
def run(store: Store) -> Run:
    return start(store)


def articles(store: Store, run: Run, count: int) -> list[int]:
    return [kept(store, run, n).article_id for n in range(1, count + 1)]


def tell(store: Store, *told: tuple[str, list[int]]) -> None:
    stories = [Story(name, tuple(Member(n, Role.REPORT, "why") for n in numbers), None) for name, numbers in told]
    store.stories.replace(stories, generation=store.stories.generation(), now=NOW)


def test_a_decision_is_kept_with_its_groups_and_their_stories(store: Store, run: Run) -> None:
    a, b, c = articles(store, run, 3)
    tell(store, ("s1", [a]), ("s2", [b, c]))
    made = store.decisions.decide("together", [{a}, {c, b}], actor="Ani", reason="one meeting", now=NOW)
    assert (made.action, made.groups, made.stories) == (DecisionAction.TOGETHER, ((a,), (b, c)), ("s1", "s2"))
    assert (made.actor, made.reason, made.at, made.stands) == ("Ani", "one meeting", NOW, True)
    assert store.decisions.get(made.id) == made
    assert store.decisions.standing() == store.decisions.list() == [made]


def test_an_undone_decision_stays_in_the_list_with_who_and_why(store: Store, run: Run) -> None:
    a, b = articles(store, run, 2)
    first = store.decisions.decide("together", [[a], [b]], actor="Ani", now=NOW)
    second = store.decisions.decide("apart", [[a], [b]], actor="Budi", now=NOW)
    undone = store.decisions.undo(second.id, actor="Ani", reason="a slip", now=NOW + MINUTE)
    assert (undone.undone_at, undone.undone_by, undone.undone_reason) == (NOW + MINUTE, "Ani", "a slip")
    assert store.decisions.standing() == [first]
    assert store.decisions.list() == [undone, first]
    assert store.decisions.list(limit=1) == [undone]


def test_every_act_is_in_the_audit_with_its_groups(store: Store, run: Run) -> None:
    a, b, c = articles(store, run, 3)
    tell(store, ("s1", [a, b]))
    split = store.decisions.decide("apart", [[a], [b]], actor="Ani", reason="two meetings", now=NOW)
    store.decisions.decide("pin", [[c]], actor="Ani", now=NOW)
    store.decisions.undo(split.id, actor="Budi", reason="one after all", now=NOW)
    undone, made = store.audit.list("story:s1")
    assert [(one.actor, one.action, one.reason) for one in (made, undone)] == [
        ("Ani", "apart", "two meetings"),
        ("Budi", "undo apart", "one after all"),
    ]
    assert made.detail == {"decision": split.id, "groups": [[a], [b]], "stories": ["s1", "s1"]}
    assert [one.action for one in store.audit.list(f"article:{c}")] == ["pin"]


def test_a_decision_waits_until_the_stories_were_written_with_it(store: Store, run: Run) -> None:
    a, b = articles(store, run, 2)
    made = store.decisions.decide("apart", [[a], [b]], actor="Ani", now=NOW)
    assert store.decisions.waiting() == [made]
    tell(store, ("s1", [a]), ("s2", [b]))
    assert store.decisions.waiting() == []
    store.decisions.undo(made.id, actor="Ani", now=NOW)
    assert [one.id for one in store.decisions.waiting()] == [made.id]
    tell(store, ("s1", [a, b]))
    assert store.decisions.waiting() == []


def test_stories_that_were_read_before_a_decision_are_not_written(store: Store, run: Run) -> None:
    a, b = articles(store, run, 2)
    seen = store.stories.generation()
    made = store.decisions.decide("apart", [[a], [b]], actor="Ani", now=NOW)
    with pytest.raises(StaleError):
        store.stories.replace([], generation=seen, now=NOW)
    assert store.decisions.waiting() == [made]


def test_who_decides_on_stories_that_have_changed_is_told(store: Store, run: Run) -> None:
    a, b = articles(store, run, 2)
    seen = store.stories.generation()
    store.decisions.decide("apart", [[a], [b]], actor="Ani", generation=seen, now=NOW)
    with pytest.raises(StaleError, match="look at them again"):
        store.decisions.decide("together", [[a], [b]], actor="Budi", generation=seen, now=NOW)
    assert [one.actor for one in store.decisions.list()] == ["Ani"]
    assert store.stories.generation() == seen + 1


def test_decisions_touching_an_article_bring_those_on_its_fellows(store: Store, run: Run) -> None:
    a, b, c, d, e = articles(store, run, 5)
    first = store.decisions.decide("together", [[a], [b]], actor="Ani", now=NOW)
    second = store.decisions.decide("apart", [[c], [b]], actor="Ani", now=NOW)
    other = store.decisions.decide("pin", [[d, e]], actor="Ani", now=NOW)
    assert store.decisions.touching([a]) == store.decisions.touching([c]) == [first, second]
    assert store.decisions.touching([e, a]) == [first, second, other]
    store.decisions.undo(first.id, actor="Ani", now=NOW)
    assert store.decisions.touching([a]) == []
    assert [one.id for one in store.decisions.of_articles([a])] == [first.id]


def test_a_merge_of_large_stories_writes_a_row_for_each_article(store: Store, run: Run) -> None:
    numbers = articles(store, run, 40)
    store.decisions.decide("together", [numbers[:20], numbers[20:]], actor="Ani", now=NOW)
    with store.database.engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(decision_articles)).scalar_one() == 40


def test_decisions_that_cannot_be(store: Store, run: Run) -> None:
    (a,) = articles(store, run, 1)
    before = store.stories.generation()
    for action, groups in (("together", [[a], [a]]), ("apart", [[a], []]), ("apart", [[]])):
        with pytest.raises(ValueError, match="different articles"):
            store.decisions.decide(action, groups, actor="Ani", now=NOW)
    for action, groups in (("pin", [[a], [2]]), ("apart", [[a]]), ("together", [[a]])):
        with pytest.raises(ValueError, match="takes one group"):
            store.decisions.decide(action, groups, actor="Ani", now=NOW)
    with pytest.raises(NotFoundError, match="article 99"):
        store.decisions.decide("apart", [[a], [99]], actor="Ani", now=NOW)
    with pytest.raises(NotFoundError, match="decision 7: there is none"):
        store.decisions.undo(7, actor="Ani", now=NOW)
    made = store.decisions.decide("pin", [[a]], actor="Ani", now=NOW)
    store.decisions.undo(made.id, actor="Budi", now=NOW)
    with pytest.raises(NotFoundError, match=rf"decision {made.id}: does not stand, Budi took it back"):
        store.decisions.undo(made.id, actor="Ani", now=NOW)
    assert store.stories.generation() == before + 2


OLDER = (  # three articles, the first two in one story; a merge and a pin, as they were kept before
    *(
        f"INSERT INTO urls (id, url, canonical_url, disposition, first_seen_at, changed_at, attempts) "
        f"VALUES ({n}, 'u{n}', 'u{n}', 'kept', '2026-01-01', '2026-01-01', 1)"
        for n in (1, 2, 3)
    ),
    *(
        f"INSERT INTO articles (id, url_id, canonical_url, verdict, dated_at, kind, in_scope, created_at, search_text) "
        f"VALUES ({n}, {n}, 'u{n}', '{{}}', '2026-01-01', 'article', '1', '2026-01-01', '')"
        for n in (1, 2, 3)
    ),
    "INSERT INTO stories (id, changed_at) VALUES ('s1', '2026-01-01')",
    *(
        f"INSERT INTO story_members (article_id, story_id, role, reason) VALUES ({n}, 's1', 'report', 'why')"
        for n in (1, 2)
    ),
    (
        "INSERT INTO story_decisions (id, action, article_a, article_b, actor, at) "
        "VALUES (1, 'together', 1, 3, 'Ani', '2026-01-02'), (2, 'pin', 1, NULL, 'Ani', '2026-01-02')"
    ),
)


def test_the_pairs_of_an_older_database_become_groups(empty_url: str) -> None:
    bring_to(empty_url, "0008", OLDER)
    with open_store(empty_url) as store:
        together, pin = store.decisions.standing()
        assert (together.action, together.groups, together.stories) == ("together", ((1,), (3,)), ("s1", None))
        assert (pin.action, pin.groups, pin.stories) == ("pin", ((1, 2),), ("s1",))
        assert [one.id for one in store.decisions.waiting()] == [1, 2]


def bring_to(url: str, revision: str, statements: Iterable[str]) -> None:
    """An empty database at an older revision, with these rows."""
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    database = Database(url)

    def work(connection: Connection) -> None:
        config.attributes["connection"] = connection
        upgrade(config, revision)
        for statement in statements:
            connection.execute(text(statement))

    database.migrate(work)
    database.close()
