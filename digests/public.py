"""The JSON form of an edition: all that it says, without what only this database knows.

Numbers of rows (articles, versions, runs), who edited and the operators' technical reasons are left out, so that the
same edition made elsewhere from the same archive is the same bytes. Keys stand in the order of `digests.model`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any, cast

from digests.model import Content, StoryBlock, canonical, to_json

PUBLIC_VERSION = 2  # of this document; 1: with numbers of rows
_OF_A_ROW = re.compile(r"article-\d+")  # the name of a story that has none: of an article without a place in stories

Document = dict[str, Any]


def document(content: Content) -> Document:
    """The edition as one JSON value. Places among a story's placements (`placement`) count from 0."""
    frozen = cast("Document", to_json(content))
    names = {block.story_id: _name(block) for block in content.stories}
    stories = [_story(names, block, story) for block, story in zip(content.stories, frozen["stories"], strict=True)]
    changed = {
        "schema_version": PUBLIC_VERSION,
        "stories": stories,
        "coverage": [_coverage(row) for row in frozen["coverage"]],
        "older": [_without(row, "version_id") for row in frozen["older"]],
        "top": [{**row, "story_id": names.get(row["story_id"], row["story_id"])} for row in frozen["top"]],
        "sections": [
            {**row, "stories": [names.get(story, story) for story in row["stories"]]} for row in frozen["sections"]
        ],
        "corrections": [_correction(row) for row in frozen["corrections"]],
        "dropped": [_dropped(row) for row in frozen["dropped"]],
    }
    return {key: changed.get(key, value) for key, value in frozen.items()}


def as_json(content: Content) -> bytes:
    """The document, for scripts: indented UTF-8 with a line break at its end."""
    return (json.dumps(document(content), ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def digest(content: Content) -> str:
    """SHA-256 (hex) of the document's canonical JSON: equal for the same edition on any machine."""
    return hashlib.sha256(canonical(document(content))).hexdigest()


def _name(block: StoryBlock) -> str:
    """The story's id; of an article in no story, one made from its address."""
    if not _OF_A_ROW.fullmatch(block.story_id):
        return block.story_id
    place = block.placements[0]
    told = "\n".join((place.outlet, place.url or "", place.headline or "", place.fetched_at.isoformat()))
    return "article-" + hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:12]


def _story(names: Mapping[str, str], block: StoryBlock, story: Document) -> Document:
    places = {place.version_id: number for number, place in enumerate(block.placements)}
    quote = story["quote"]
    return {
        **story,
        "story_id": names[block.story_id],
        "tellings": [_placed(places, telling) for telling in story["tellings"]],
        "placements": [_without(place, "article_id", "version_id") for place in story["placements"]],
        "quote": _placed(places, quote) if quote else None,
    }


def _placed(places: Mapping[int, int], row: Document) -> Document:
    """With the place of its text among the story's placements instead of the number of its version."""
    return {"placement": places.get(row["version_id"]), **_without(row, "version_id")}


def _coverage(row: Document) -> Document:
    """`runs`: how many crawls, instead of their numbers."""
    return {**_without(row, "detail"), "runs": len(row["runs"])}


def _correction(row: Document) -> Document:
    return {**_without(row, "article_id"), "story_id": _known_elsewhere(row["story_id"])}


def _dropped(row: Document) -> Document:
    """That an editor took a story out, and how many articles with it; not who, nor why."""
    return {"story_id": _known_elsewhere(row["story_id"]), "articles": len(row["version_ids"])}


def _known_elsewhere(story_id: str | None) -> str | None:
    return None if story_id is None or _OF_A_ROW.fullmatch(story_id) else story_id


def _without(row: Document, *names: str) -> Document:
    return {key: value for key, value in row.items() if key not in names}
