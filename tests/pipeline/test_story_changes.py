"""What became of earlier stories, as data and in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from pipeline.model import Disposition, Member, Role, StoredArticle, Story
from pipeline.story_changes import Change, ChangeAction, changes
from tests.pipeline.assembling import NOW, report

OUTLETS = {1: "antara", 2: "inews", 3: "kota", 4: "harian", 5: "kabar", 6: "warta", 7: "zona"}
ARTICLES = {
    n: StoredArticle(
        n,
        report(str(n), "teks", outlet=outlet, published=NOW + timedelta(hours=n)),
        1,
        n,
        NOW,
        Disposition.KEPT,
        str(n),
    )
    for n, outlet in OUTLETS.items()
}
MERGE, SPLIT, MOVE = ChangeAction.MERGE, ChangeAction.SPLIT, ChangeAction.MOVE


def story(name: str, *numbers: int) -> Story:
    first, *others = numbers
    reports = (Member(n, Role.REPORT, f"tells the same event as {OUTLETS[first]}'s article") for n in others)
    return Story(name, (Member(first, Role.ORIGIN, "the first to publish"), *reports), first)


def brief(found: tuple[Change, ...]) -> list[tuple[ChangeAction, str, str, tuple[int, ...]]]:
    return [(one.action, one.story, one.into, one.articles) for one in found]


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ([], [story("a", 1)], []),
        ([story("a", 1, 2)], [story("a", 1, 2, 3)], []),
        ([story("a", 1, 2)], [story("a", 1)], []),
        ([story("a", 1)], [], []),
        ([story("a", 1), story("b", 2)], [story("a", 1, 2)], [(MERGE, "b", "a", (2,))]),
        ([story("a", 1, 2)], [story("a", 1), story("b", 2)], [(SPLIT, "a", "b", (2,))]),
        ([story("a", 1, 2, 3)], [story("a", 1), story("b", 2, 3)], [(SPLIT, "a", "b", (2, 3))]),
        ([story("a", 1, 2, 3), story("b", 4)], [story("a", 1), story("b", 2, 3, 4)],
         [(MOVE, "a", "b", (2,)), (MOVE, "a", "b", (3,))]),
        ([story("a", 1, 6), story("b", 2, 3, 4)], [story("a", 1, 2), story("c", 3, 5), story("d", 4), story("e", 6)],
         [(SPLIT, "a", "e", (6,)), (MERGE, "b", "a", (2,)), (SPLIT, "b", "c", (3,)), (SPLIT, "b", "d", (4,))]),
    ],
    ids=["first", "grown", "one withheld", "all withheld", "merge", "split", "split by two", "moves", "all at once"],
)  # fmt: skip
def test_changes(
    before: list[Story], after: list[Story], wanted: list[tuple[ChangeAction, str, str, tuple[int, ...]]]
) -> None:
    assert brief(changes(before, after, ARTICLES)) == wanted


@pytest.mark.parametrize(
    ("before", "after", "decided", "words"),
    [
        ([story("a", 1), story("b", 2)], [story("a", 1, 2)], (),
         "b is now part of a: inews's article tells the same event as antara's article"),
        ([story("a", 1), story("b", 2)], [story("a", 2, 1)], (),
         "b is now part of a: antara's article tells the same event as inews's article"),
        ([story("a", 1, 2)], [story("a", 1), story("b", 2)], (),
         "inews's article left a, now b: all articles of these days considered, it tells another event"),
        ([story("a", 1, 2, 3)], [story("a", 1), story("b", 2, 3)], (),
         "inews's and kota's articles left a, now b: all articles of these days considered, they tell another event"),
        ([story("a", 1, 2)], [story("a", 1), story("b", 2)], (2,),
         "inews's article left a, now b: a person keeps it apart"),
        ([story("a", 1, 2, 3, 4, 5, 6)], [story("a", 1), story("b", 2, 3, 4, 5, 6)], (6,),
         "harian's, inews's, kabar's and 2 other outlets' articles left a, now b: a person keeps them apart"),
        ([story("a", 1, 3), story("b", 2)], [story("a", 1), story("b", 2, 3)], (),
         "kota's article went from a to b: kota's article tells the same event as inews's article"),
    ],
)  # fmt: skip
def test_the_reason_is_one_sentence(
    before: list[Story], after: list[Story], decided: tuple[int, ...], words: str
) -> None:
    (change,) = changes(before, after, ARTICLES, decided)
    assert change.reason == words


def test_the_undated_are_the_youngest() -> None:
    lone = replace(report("0", "teks", outlet="zona"), date_published=None)
    undated = {**ARTICLES, 7: StoredArticle(7, lone, 1, 7, NOW, Disposition.KEPT, "7")}
    found = changes([story("b", 7, 2), story("a", 1)], [story("a", 1, 2), story("c", 7)], undated)
    assert brief(found) == [(MERGE, "b", "a", (2,)), (SPLIT, "b", "c", (7,))]
