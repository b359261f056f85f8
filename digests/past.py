"""What later editions need of an edition: kept beside its frozen content, so that they never parse that again. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from pydantic import TypeAdapter, ValidationError

from digests.known import PastEdition
from digests.model import Checked, Content
from digests.trends import by_watch

_ADAPTER = TypeAdapter(PastEdition)


def summary(content: Content) -> PastEdition:
    """Of an edition, for those that follow it."""
    unread = (row.outlet for row in content.coverage if row.state in (Checked.PARTLY, Checked.NOT))
    return PastEdition(
        period=content.period,
        totals=content.totals,
        by_watch=by_watch(content.stories),
        tones=content.tones,
        reach={block.story_id: block.reach for block in content.stories},
        unread=tuple(unread),
        corrected=tuple((row.version_id, row.rule.value) for row in content.corrections if row.version_id is not None),
    )


def to_json(past: PastEdition) -> dict[str, object]:
    """JSON values only."""
    return cast("dict[str, object]", _ADAPTER.dump_python(past, mode="json"))


def from_json(value: Mapping[str, object] | None) -> PastEdition | None:
    """What `to_json` wrote; None for what is none of it: a summary of another version of this program."""
    try:
        return _ADAPTER.validate_python(value)
    except ValidationError:
        return None
