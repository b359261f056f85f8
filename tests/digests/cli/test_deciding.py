"""A person's word on stories: it holds, is told and can be taken back."""

from __future__ import annotations

import threading
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest

from digests.cli import cycle, deciding
from digests.cli.lookup import find_story
from pipeline.assemble import LEASE
from tests.digests.cli.desk import BUS, CHOIR, PIECES, POOL, Desk, of_year, sets, url

ALL = sets((1, 2, 3), (4, 5), (6,))


# --- split -----------------------------------------------------------------------------------------------------------


def test_split_takes_articles_out_as_a_story_of_their_own_and_undo_brings_them_back(both: Desk) -> None:
    before = both.json("stories", "show", both.name(1))
    done = both.run("stories", "split", both.name(1), both.number(2), url(3), "--by", "Sari", "--reason", "side event")
    assert done.status == 0, done.err
    assert both.told() == sets((1,), (2, 3), (4, 5), (6,))
    assert both.name(1) == before["id"]
    assert f"story {both.name(1)}: article {both.number(1)} of antara" in done.out
    assert "decision 1 of Sari stands; `kliping stories undo 1` takes it back" in done.err
    assert both.run("stories", "undo", "1", "--by", "Budi").status == 0
    after = both.json("stories", "show", before["id"])
    assert [m["article_id"] for m in after["members"]] == [m["article_id"] for m in before["members"]]
    assert [m["role"] for m in after["members"]] == [m["role"] for m in before["members"]]


def test_split_of_the_oldest_leaves_the_others_together(desk: Desk) -> None:
    assert desk.run("stories", "split", desk.name(1), url(1)).status == 0
    assert desk.told() == sets((1,), (2, 3), (4, 5), (6,))
    desk.run("stories", "undo", "1")
    assert desk.told() == ALL


def test_a_split_holds_against_copies_that_come_later_and_every_night(desk: Desk) -> None:
    desk.run("stories", "split", desk.name(1), url(3), "--reason", "another day")
    desk.write(7, "tempo", "Bus listrik lagi", BUS, 6)  # a copy of both sides
    desk.assemble()
    desk.retell()
    stories = desk.told()
    assert not any({1, 3} <= story or {2, 3} <= story for story in stories)
    assert any(7 in story and len(story) > 1 for story in stories)


def test_a_split_holds_when_an_article_is_published_anew(desk: Desk) -> None:
    desk.run("stories", "split", desk.name(1), url(3), "--reason", "another day")
    outlet, headline, _, hours = PIECES[3]
    desk.write(3, outlet, headline, BUS, hours)  # now word for word the text of 1 and 2
    desk.assemble()
    desk.retell()
    assert desk.told() == sets((1, 2), (3,), (4, 5), (6,))


def test_a_split_holds_while_an_article_is_withheld_and_after_it_has_come_back(desk: Desk) -> None:
    desk.run("stories", "split", desk.name(1), url(3), "--reason", "another day")
    desk.run("articles", "withhold", url(3), "--reason", "court order")
    assert desk.told() == sets((1, 2), (4, 5), (6,))
    assert desk.story(3) is None
    desk.run("articles", "withhold", url(3), "--undo", "--reason", "lifted")
    desk.retell()
    assert desk.told() == sets((1, 2), (3,), (4, 5), (6,))


# --- merge -----------------------------------------------------------------------------------------------------------


def test_merge_makes_one_story_that_keeps_the_oldest_name_and_undo_brings_both_back(both: Desk) -> None:
    bus, pool = both.name(1), both.name(4)
    done = both.json("stories", "merge", pool, bus, "--reason", "one tour", "--by", "Sari")
    assert both.told() == sets((1, 2, 3, 4, 5), (6,))
    assert [story["id"] for story in done["stories"]] == [bus]
    assert done["undo"] == ["kliping stories undo 1"]
    assert (done["decisions"][0]["actor"], done["decisions"][0]["reason"]) == ("Sari", "one tour")
    shown = both.run("stories", "show", pool)
    assert f"story {pool} is part of story {bus} now" in shown.err
    assert both.json("stories", "show", pool)["asked"] == pool
    both.retell()
    assert both.told() == sets((1, 2, 3, 4, 5), (6,))
    both.run("stories", "undo", "1")
    assert both.told() == ALL
    assert (both.name(1), both.name(4)) == (bus, pool)
    assert "is part of" not in both.run("stories", "show", pool).err


def test_three_stories_are_merged_at_once_whatever_their_age(desk: Desk) -> None:
    old = desk.write(8, "antara", "Kabar dua tahun lalu", CHOIR[:1], -24 * 700)
    desk.assemble()
    done = desk.run("stories", "merge", desk.name(1), desk.name(6), desk.name(8), "--reason", "one series", "--yes")
    assert done.status == 0, done.err
    assert desk.told() == sets((1, 2, 3, 6, 8), (4, 5))
    assert desk.json("stories", "show", desk.name(1))["members"][-1]["article_id"] == old


def test_an_old_story_is_split_and_merged_at_once(desk: Desk) -> None:
    for n in (21, 22):
        desk.write(n, f"harian{n}", "Kabar lama", CHOIR, -24 * 400)
    desk.assemble()
    before = desk.told()
    assert desk.run("stories", "split", desk.name(21), url(22)).status == 0
    assert desk.name(21) != desk.name(22)
    desk.run("stories", "undo", "1")
    assert desk.told() == before


def test_the_later_word_wins_is_told_and_gives_the_word_back_when_undone(desk: Desk) -> None:
    desk.run("stories", "split", desk.name(1), url(3), "--by", "Sari")
    merged = desk.run("stories", "merge", desk.name(1), desk.name(3), "--by", "Budi", "--yes")
    assert "goes against decision 1 of Sari" in merged.err
    assert desk.told() == ALL
    first, second = desk.lines("stories", "decisions")[::-1]
    assert (first["state"], second["state"]) == ("overruled by decision 2", "stands")
    desk.retell()
    assert desk.told() == ALL
    desk.run("stories", "undo", "2")
    assert desk.told() == sets((1, 2), (3,), (4, 5), (6,))
    assert [d["state"] for d in desk.lines("stories", "decisions")][-1] == "stands"


def test_merging_two_editions_of_a_forum_is_asked_and_allowed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.write(11, "antara", "Sidang MGMAC 2025 dibuka", ("Gubernur membuka sidang.",), 0, watches=of_year(2025))
    desk.write(12, "inews", "Sidang MGMAC 2026 dibuka", ("Wali kota menutup sidang.",), 0, watches=of_year(2026))
    desk.assemble()
    monkeypatch.setattr("sys.stdin", StringIO("n\n"))
    asked = desk.run("stories", "merge", desk.name(11), desk.name(12))
    assert asked.status == 130
    assert "other editions of a forum" in asked.err
    assert desk.name(11) != desk.name(12)
    assert desk.run("stories", "merge", desk.name(11), desk.name(12), "--yes").status == 0
    desk.retell()
    assert desk.name(11) == desk.name(12)


def test_who_moves_many_articles_is_asked_first(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deciding, "LARGE", 1)
    monkeypatch.setattr("sys.stdin", StringIO("n\n"))
    assert desk.run("stories", "merge", desk.name(1), desk.name(4)).status == 130
    assert desk.told() == ALL
    assert desk.lines("stories", "decisions") == []
    assert desk.run("stories", "merge", desk.name(1), desk.name(4), "--yes").status == 0


# --- pin -------------------------------------------------------------------------------------------------------------


def test_a_pinned_story_keeps_its_articles_lets_others_in_and_is_unpinned(desk: Desk) -> None:
    desk.run("stories", "merge", desk.name(4), desk.name(6), "--by", "Sari")
    assert desk.run("stories", "pin", desk.name(6), "--by", "Sari", "--reason", "right as it is").status == 0
    desk.run("stories", "undo", "1")
    desk.retell()
    assert desk.told() == sets((1, 2, 3), (4, 5, 6))
    desk.write(9, "tempo", "Kolam itu lagi", POOL, 7)
    desk.assemble()
    assert desk.told() == sets((1, 2, 3), (4, 5, 6, 9))
    assert desk.run("stories", "unpin", desk.name(6), "--by", "Budi").status == 0
    desk.retell()
    assert desk.told() == sets((1, 2, 3), (4, 5, 9), (6,))
    assert desk.run("stories", "unpin", desk.name(4)).status == 1


# --- what cannot be --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (("show", "s0"), 1, "no story is called 's0'; `kliping stories list` shows them"),
        (("split", "s0", "1"), 1, "no story is called 's0'"),
        (("split", "BUS", "99"), 1, "no article is stored as 99"),
        (("split", "BUS", url(99)), 1, "no article is stored for"),
        (("split", "BUS", "PIECE4"), 2, "`kliping stories split POOL PIECE4` takes it out of that one"),
        (("split", "BUS", "PIECE1", "PIECE2", "PIECE3"), 2, "all articles of story BUS would leave it"),
        (("split", "CHOIR", "PIECE6"), 2, "has one article only; there is nothing to split"),
        (("split", "BUS"), 2, "Missing argument"),
        (("merge", "BUS"), 2, "name two different stories"),
        (("merge", "BUS", "BUS"), 2, "cannot be merged with itself"),
        (("merge", "BUS", "s0"), 1, "no story is called 's0'"),
        (("pin", "s0"), 1, "no story is called 's0'"),
        (("unpin", "BUS"), 1, "story BUS is not pinned"),
        (("undo", "7"), 1, "decision 7: there is none; `kliping stories decisions` lists them"),
        (("undo", "0"), 2, "DECISION"),
        (("explain", "PIECE1", "PIECE1"), 2, "are one article"),
        (("explain", "PIECE1"), 2, "Missing argument"),
        (("pin", "BUS", "--reason", "  "), 2, "--reason: say why, in words"),
        (("list", "--outlet", "nowhere"), 2, "nowhere"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_what_cannot_be_is_told_in_one_line(
    filled: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], status: int, told: str
) -> None:
    desk = Desk(filled, capsys)  # nothing is changed
    names = {"BUS": desk.name(1), "POOL": desk.name(4), "CHOIR": desk.name(6)}
    names |= {f"PIECE{n}": desk.number(n) for n in PIECES}
    done = desk.run("stories", *(names.get(word, word) for word in words))
    for word, name in names.items():
        told = told.replace(word, name)
    (line,) = done.err.strip().splitlines()
    assert (done.status, line.startswith("kliping: ")) == (status, True)
    assert told in line
    assert desk.lines("stories", "decisions") == []


def test_the_same_pin_twice_and_an_undone_decision_are_told(desk: Desk) -> None:
    desk.run("stories", "pin", desk.name(1))
    assert "is pinned as it is, by decision 1" in desk.run("stories", "pin", desk.name(1)).err
    desk.run("stories", "undo", "1", "--by", "Sari")
    again = desk.run("stories", "undo", "1")
    assert (again.status, "decision 1: does not stand, Sari took it back" in again.err) == (1, True)


def test_a_story_that_was_merged_since_answers_with_its_successor(desk: Desk) -> None:
    pool = desk.name(4)
    desk.run("stories", "merge", desk.name(1), pool)
    done = desk.run("stories", "split", pool, url(5), "--yes")
    assert done.status == 0
    assert f"story {pool} is part of story {desk.name(1)} now" in done.err
    assert desk.told() == sets((1, 2, 3, 4), (5,), (6,))


def test_retell_is_the_night_on_demand(desk: Desk) -> None:
    assert "nothing has changed" in desk.run("stories", "retell").err
    desk.run("stories", "pin", desk.name(4))
    desk.run("stories", "merge", desk.name(4), desk.name(6), "--by", "Sari")
    assert desk.json("stories", "retell")["split"] == 0
    assert desk.told() == sets((1, 2, 3), (4, 5, 6))


# --- several persons, and the record ---------------------------------------------------------------------------------


def test_two_persons_at_once_both_are_heard(desk: Desk) -> None:
    """The stories change between one person's look and word, but not the story spoken of."""
    here = desk.office()
    first = find_story(here, desk.name(1))
    generation = here.store.stories.generation()
    desk.run("stories", "merge", desk.name(4), desk.name(6), "--by", "Budi")
    assert here.store.stories.generation() != generation
    assert find_story(here, desk.name(1)) == first
    here.close()
    desk.run("stories", "split", desk.name(1), url(3), "--by", "Sari")
    assert desk.told() == sets((1, 2), (3,), (4, 5, 6))
    assert [d["actor"] for d in desk.lines("stories", "decisions")] == ["Sari", "Budi"]


@pytest.mark.parametrize("same", [False, True], ids=["the story spoken of", "another story"])
def test_who_was_overtaken_while_being_asked(desk: Desk, monkeypatch: pytest.MonkeyPatch, same: bool) -> None:
    """One person is asked whether to go on; meanwhile another one changes stories."""
    other = ("split", desk.name(4), url(5)) if same else ("split", desk.name(1), url(2))

    def meanwhile(*_: object, **__: object) -> None:
        monkeypatch.undo()
        worker = threading.Thread(target=desk.run, args=("stories", *other, "--by", "Budi"))
        worker.start()
        worker.join()

    monkeypatch.setattr(deciding, "_ask", meanwhile)
    done = desk.run("stories", "split", desk.name(1), url(3), "--by", "Sari")
    if same:
        assert done.status == 0, done.err
        assert desk.told() == sets((1, 2), (3,), (4,), (5,), (6,))
    else:
        assert (done.status, "changed meanwhile: look at it" in done.err) == (1, True)
        assert [d["actor"] for d in desk.lines("stories", "decisions")] == ["Budi"]


def test_a_decision_made_while_another_process_assembles_is_kept_and_applied_later(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = desk.office()
    lease = here.store.leases.claim(LEASE, "another", timedelta(minutes=5), here.now)
    monkeypatch.setattr(cycle, "_ASSEMBLER_WAIT", 0.0)
    done = desk.run("stories", "split", desk.name(1), url(3))
    assert (done.status, "changes the stories when they are assembled next" in done.err) == (3, True)
    assert desk.told() == ALL
    here.store.leases.release(lease)
    here.close()
    desk.assemble()
    assert desk.told() == sets((1, 2), (3,), (4, 5), (6,))


def test_decisions_are_listed_with_who_when_why_and_whether_they_stand(both: Desk) -> None:
    both.run("stories", "split", both.name(1), url(3), "--by", "Sari", "--reason", "another day")
    both.run("stories", "pin", both.name(4), "--by", "Budi")
    both.run("stories", "undo", "1", "--by", "Budi", "--reason", "one day after all")
    pin, split = both.lines("stories", "decisions")
    assert (split["action"], split["actor"], split["reason"]) == ("apart", "Sari", "another day")
    assert (split["state"], split["undone_by"]) == ("undone by Budi: one day after all", "Budi")
    assert (pin["action"], pin["state"], pin["words"]) == (
        "pin",
        "stands",
        f"articles {both.number(4)} and {both.number(5)} stay together of {both.name(4)}",
    )
    assert [one["id"] for one in both.lines("stories", "decisions", "--story", both.name(4))] == [2]
    assert len(both.lines("stories", "decisions", "--limit", "1")) == 1
    assert "undone by Budi" in both.run("stories", "decisions").out
    here = both.office()
    acts = [(one.actor, one.action, one.reason) for one in here.store.audit.list() if one.actor in {"Sari", "Budi"}]
    here.close()
    assert acts == [
        ("Budi", "undo apart", "one day after all"),
        ("Budi", "pin", None),
        ("Sari", "apart", "another day"),
    ]


def test_changes_tell_what_became_of_stories_and_what_persons_decided(desk: Desk) -> None:
    assert "no story has changed" in desk.run("stories", "changes").err
    desk.run("stories", "merge", desk.name(1), desk.name(4), "--by", "Sari", "--reason", "one tour")
    told = desk.run("stories", "changes").out
    assert "decision 1, Sari" in told
    assert "(one tour)" in told
    kinds = {line["kind"] for line in desk.lines("stories", "changes")}
    assert kinds == {"change", "decision"}
    assert desk.lines("stories", "changes", "--until", "2020-01-01") == []
    assert "persons decided" in desk.run("stories", "show", desk.name(1)).out
