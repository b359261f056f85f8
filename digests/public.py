"""The JSON form of an edition: all that it says, without what only this database knows.

Numbers of rows (articles, versions, runs), who edited and the operators' technical reasons are left out; stories are
named after what the document says of them, so that the same edition made elsewhere from the same archive is the same
bytes. Keys stand in the order of `digests.model`; README lists them.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from typing import Any, cast

from digests.model import Content, Placement, StoryBlock, canonical, to_json

PUBLIC_VERSION = 2  # of this document; 1: with numbers of rows
_OF_THIS_DATABASE = frozenset({"article_id", "version_id", "version_ids", "actor"})

Document = dict[str, Any]


def document(content: Content) -> Document:
    """The edition as one JSON value."""
    frozen = cast("Document", to_json(content))
    names = _names(content)
    changed = {
        "schema_version": PUBLIC_VERSION,
        "stories": [_story(names, *pair) for pair in zip(content.stories, frozen["stories"], strict=True)],
        "coverage": [_coverage(row) for row in frozen["coverage"]],
        "top": [_named(names, row) for row in frozen["top"]],
        "sections": [{**row, "stories": [names[story] for story in row["stories"] if story in names]}
                     for row in frozen["sections"]],
        "corrections": [_named(names, row) for row in frozen["corrections"]],
        "dropped": [_dropped(row) for row in frozen["dropped"]],
    }  # fmt: skip
    return {key: _public(changed.get(key, value)) for key, value in frozen.items()}


def as_json(content: Content) -> bytes:
    """The document, for scripts: indented UTF-8 with a line break at its end."""
    return (json.dumps(document(content), ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def digest(content: Content) -> str:
    """SHA-256 (hex) of the document's canonical JSON: equal for the same edition on any machine."""
    return hashlib.sha256(canonical(document(content))).hexdigest()


def _names(content: Content) -> dict[str, str]:
    """Story id → its name in the document: from its earliest placement, unique within the document."""
    named: dict[str, str] = {}
    taken: set[str] = set()
    for block in content.stories:
        first = min(block.placements, key=_age)
        salt = 0
        while (name := _name(first, salt)) in taken:
            salt += 1
        taken.add(name)
        named[block.story_id] = name
    return named


def _age(place: Placement) -> tuple[float, str, str]:
    return (place.published or place.fetched_at).timestamp(), place.url or "", place.outlet


def _name(place: Placement, salt: int) -> str:
    """ "s" and 16 characters of base32, of its outlet and address; its headline and time, where it has none."""
    told = place.url or f"{place.headline}\n{place.fetched_at.isoformat()}"
    digest = hashlib.sha256(f"{salt}\n{place.outlet}\n{told}".encode("utf-8", "replace")).digest()[:10]
    return "s" + base64.b32encode(digest).decode().lower()


def _story(names: Mapping[str, str], block: StoryBlock, story: Document) -> Document:
    """A telling's and the quote's `placement` is the place of their text among `placements`, from 0."""
    places = {place.version_id: number for number, place in enumerate(block.placements)}
    return {
        **story,
        "story_id": names[block.story_id],
        "tellings": [_placed(places, telling) for telling in story["tellings"]],
        "follows": {**story["follows"], "story_id": None} if story["follows"] else None,
        "quote": _placed(places, story["quote"]) if story["quote"] else None,
    }


def _placed(places: Mapping[int, int], row: Document) -> Document:
    return {"placement": places.get(row["version_id"]), **row}


def _named(names: Mapping[str, str], row: Document) -> Document:
    """`story_id` is null where the story is none of the document's."""
    return {**row, "story_id": names.get(row["story_id"])}


def _coverage(row: Document) -> Document:
    """`runs`: how many crawls. Why one failed is told by its class; the detail is the operators'."""
    return {**{key: value for key, value in row.items() if key != "detail"}, "runs": len(row["runs"])}


def _dropped(row: Document) -> Document:
    """That an editor took a story out, and how many articles with it; not who, nor why, nor which."""
    return {"articles": len(row["version_ids"])}


def _public(value: object) -> object:
    """Without the keys of this database, at any depth."""
    if isinstance(value, dict):
        kept = ((key, one) for key, one in value.items() if key not in _OF_THIS_DATABASE)
        return {key: _public(one) if isinstance(one, dict | list) else one for key, one in kept}
    if isinstance(value, list):
        return [_public(one) if isinstance(one, dict | list) else one for one in value]
    return value
