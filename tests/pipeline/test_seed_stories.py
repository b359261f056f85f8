"""The five seeds tell the four stories that `expected.json` names, in any order, with and without dates."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from pipeline.model import Article, Kind, Role, StoredArticle
from pipeline.stories import tell
from pipeline.watches import bundled_watches, match
from tests.pipeline.newsroom_articles import FETCHED, links, stored

# What stands on the pages around the text, or inside it: enough of it for the words to be the article's own.
FURNITURE = (
    "Baca juga", "Pewarta", "Editor", "Copyright", "You don't", "Pencarian", ".", "photo", "Sumber", "Bacaan Lainnya",
    "Pos terkait", "Ini Lima Isu",
)  # fmt: skip
OUTLETS = {"000": "antara", "001": "beritajakarta", "002": None, "003": "redaksijakarta", "004": "inews"}
DATES = {
    "000": "2023-08-01T17:20+07:00",
    "001": "2023-08-01T15:05+07:00",
    "002": "2022-12-05T09:00+07:00",
    "003": "2023-07-31T20:00+07:00",
    "004": "2021-10-22T19:12+07:00",
}
WITH_HEADLINE = ("001", "003", "004")


def seed(name: str, folder: Path, *, dated: bool) -> Article:
    file = next(folder.glob(f"{name}_*.txt"))
    text = file.read_text(encoding="utf-8").split("Berita Terkait")[0]
    lines = [line.strip() for line in text.split("\n") if line.strip() and not line.strip().startswith(FURNITURE)]
    headline = lines[0] if name in WITH_HEADLINE else None
    body = [line for line in lines if line != headline]
    outlet = OUTLETS[name]
    url = f"https://www.{outlet or 'situs-lain'}.example/{name}"
    bare = Article(
        url=url,
        canonical_url=url,
        outlet=outlet,
        kind=Kind.ARTICLE,
        fetched_at=FETCHED,
        sha256=name,
        headline=headline,
        article_body=tuple(body),
        date_published=datetime.fromisoformat(DATES[name]) if dated else None,
        in_language="id",
        syndicated_from="En.Antara News" if name == "002" else None,
        credit_line="ANTARA" if name == "000" else None,
        press_release=name in ("001", "004"),
    )
    return match(bare, bundled_watches())


@pytest.fixture(params=[True, False], ids=["dated", "undated"])
def seeds(request: pytest.FixtureRequest, shared: Callable[..., Path]) -> dict[str, Article]:
    folder = shared("seeds")
    return {name: seed(name, folder, dated=request.param) for name in OUTLETS}


def numbered(seeds: dict[str, Article], order: tuple[str, ...]) -> list[StoredArticle]:
    return [stored(number, seeds[name]) for number, name in enumerate(order, 1)]


@pytest.mark.shared
def test_the_seeds_tell_their_stories_in_any_order(seeds: dict[str, Article], shared: Callable[..., Path]) -> None:
    expected = json.loads(shared("seeds", "expected.json").read_text(encoding="utf-8"))
    label = {name: expected[name]["story"] for name in OUTLETS}
    wanted = {frozenset(name for name in label if label[name] == story) for story in label.values()}
    for order in itertools.islice(itertools.permutations(OUTLETS), 0, None, 7):
        articles = numbered(seeds, order)
        found = {frozenset(order[m.article_id - 1] for m in one.members) for one in tell(articles, links(articles))}
        assert found == wanted, order


@pytest.mark.shared
def test_a_reprint_of_an_agency_that_is_not_here_has_no_origin(seeds: dict[str, Article]) -> None:
    order = tuple(OUTLETS)
    articles = numbered(seeds, order)
    story = next(one for one in tell(articles, links(articles)) if one.members[0].article_id == 3)
    assert story.origin is None
    assert [(member.role, member.copy_of) for member in story.members] == [(Role.REPORT, None)]
    assert "En.Antara News" in story.members[0].reason


@pytest.mark.shared
def test_two_reports_of_one_release_are_no_copies(seeds: dict[str, Article]) -> None:
    assert links(numbered(seeds, tuple(OUTLETS))) == ()


@pytest.mark.shared
def test_the_undated_story_says_of_no_outlet_that_it_was_first(shared: Callable[..., Path]) -> None:
    folder = shared("seeds")
    articles = [stored(number, seed(name, folder, dated=False)) for number, name in enumerate(("000", "001"), 1)]
    (story,) = tell(articles, links(articles))
    assert story.origin is None


@pytest.mark.shared
def test_the_dated_story_begins_with_its_earliest_article(shared: Callable[..., Path]) -> None:
    folder = shared("seeds")
    articles = [stored(number, seed(name, folder, dated=True)) for number, name in enumerate(("000", "001"), 1)]
    (story,) = tell(articles, links(articles))
    assert story.origin == 2
