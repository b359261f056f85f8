"""The JSON form: all that the edition says, nothing that only this database knows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import count

import pytest

from digests.model import Content
from digests.model import digest as frozen_digest
from digests.public import PUBLIC_VERSION, as_json, digest, document
from digests.recap import Dropped
from tests.digests.contents import empty, full, mixed
from tests.digests.hostile import ALL, poisoned

ROW_NUMBERS = {"article_id", "version_id"}


def keys(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from keys(one)


def elsewhere(content: Content) -> Content:
    """The same edition as another database would hold it: other numbers of rows, other story ids, other runs."""
    versions, articles = count(90_000, 7), count(50_000, 3)
    number = {place.version_id: next(versions) for block in content.stories for place in block.placements}
    names = {block.story_id: f"other{n}" for n, block in enumerate(content.stories)}
    stories = tuple(
        replace(
            block,
            story_id=names[block.story_id],
            placements=tuple(
                replace(place, article_id=next(articles), version_id=number[place.version_id])
                for place in block.placements
            ),
            tellings=tuple(replace(telling, version_id=number[telling.version_id]) for telling in block.tellings),
            quote=replace(block.quote, version_id=number[block.quote.version_id]) if block.quote else None,
            first=replace(block.first, article_id=1, version_id=2) if block.first else None,
            follows=replace(block.follows, story_id="x", article_id=3, version_id=4) if block.follows else None,
        )
        for block in content.stories
    )
    return replace(
        content,
        stories=stories,
        top=tuple(replace(one, story_id=names[one.story_id]) for one in content.top),
        sections=tuple(replace(one, stories=tuple(names[story] for story in one.stories)) for one in content.sections),
        corrections=tuple(
            replace(one, article_id=next(articles), story_id=names.get(one.story_id or "", "y"))
            for one in content.corrections
        ),
        coverage=tuple(replace(row, runs=tuple(run + 400 for run in row.runs), detail="x") for row in content.coverage),
    )


@pytest.mark.parametrize("content", [empty(), full(1), mixed(12)], ids=["none", "one", "twelve"])
def test_the_same_edition_elsewhere_is_the_same_bytes(content: Content) -> None:
    other = elsewhere(content)
    assert as_json(other) == as_json(content)
    assert digest(other) == digest(content)
    assert not content.stories or frozen_digest(other) != frozen_digest(content)


@pytest.mark.parametrize("content", [empty(), mixed(12)], ids=["none", "twelve"])
def test_no_number_of_a_row_stands_in_it(content: Content) -> None:
    found = set(keys(document(content)))
    assert found & ROW_NUMBERS == set()
    assert {key for key in found if key.endswith("_id")} <= {"story_id"}


def test_its_keys_stand_in_the_order_of_the_model() -> None:
    written = json.loads(as_json(full(3)))
    assert list(written)[:5] == ["schema_version", "kind", "list", "period", "title"]
    assert written["schema_version"] == PUBLIC_VERSION
    assert list(written) == list(document(empty()))


def test_all_that_refers_to_a_story_refers_to_one_of_the_document() -> None:
    content = mixed(12)
    written = document(content)
    names = [story["story_id"] for story in written["stories"]]
    assert len(set(names)) == len(names) == 12
    assert {top["story_id"] for top in written["top"]} <= set(names)
    assert {story for section in written["sections"] for story in section["stories"]} <= set(names)
    assert len(written["top"]) + sum(len(section["stories"]) for section in written["sections"]) <= 12


def test_a_telling_says_which_placement_it_is_of() -> None:
    for story in document(mixed(5))["stories"]:
        for told in (*story["tellings"], *([story["quote"]] if story["quote"] else [])):
            assert story["placements"][told["placement"]]["url"] == told["url"]


def test_two_stories_without_addresses_have_two_names() -> None:
    block = replace(full(1).stories[0])
    bare = replace(block, placements=(replace(block.placements[0], url=None),))
    written = document(replace(full(1), stories=(replace(bare, story_id="a"), replace(bare, story_id="b"))))
    first, second = (story["story_id"] for story in written["stories"])
    assert first != second


def test_who_edited_and_why_are_the_offices_own() -> None:
    dropped = Dropped("s1", (1, 2), actor="ani@kota.example", reason="sengketa", watches=("mgmac",))
    content = replace(full(1), dropped=(dropped,), period=date(2023, 8, 1))
    told = as_json(content).decode()
    assert document(content)["dropped"] == [{"articles": 2}]
    assert "ani@kota.example" not in told
    assert "sengketa" not in told
    assert "503 on /indeks" not in told


def test_totals_are_those_of_its_rows() -> None:
    written = document(mixed(12))
    placements = [place for story in written["stories"] for place in story["placements"]]
    totals = written["totals"]
    assert (totals["stories"], totals["articles"]) == (len(written["stories"]), len(placements))
    assert totals["owned"] == sum(place["owned"] for place in placements)
    assert totals["outlets"] == len({place["outlet"] for place in placements})


def test_hostile_text_is_one_valid_document() -> None:
    base = mixed(len(ALL))
    stories = tuple(poisoned(block, attack) for block, attack in zip(base.stories, ALL, strict=True))
    assert len(json.loads(as_json(replace(base, stories=stories)))["stories"]) == len(ALL)
