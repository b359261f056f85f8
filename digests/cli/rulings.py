"""Words for persons' decisions on stories, the same wherever they are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.decisions import Overruled
from pipeline.store import DecisionAction, StoryDecision

_SHOWN = 6  # article numbers told one by one; of more, how many


def articles(numbers: Sequence[int]) -> str:
    """ "article 12", "articles 12, 15 and 16", "40 articles"."""
    if len(numbers) > _SHOWN:
        return f"{len(numbers)} articles"
    if len(numbers) == 1:
        return f"article {numbers[0]}"
    return f"articles {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"


def what(action: DecisionAction, groups: Sequence[Sequence[int]], stories: Sequence[str | None]) -> str:
    """What was decided: "articles 15 and 16 leave story s1, where article 12 stays"."""
    if action is DecisionAction.PIN:
        return f"{articles(groups[0])} stay{_s(groups[0])} together{_of(stories[0])}"
    if action is DecisionAction.APART:
        left, stayed = [number for group in groups[1:] for number in group], groups[0]
        return (
            f"{articles(left)} leave{_s(left)}{_of(stories[0], ' story ')}, where {articles(stayed)} stay{_s(stayed)}"
        )
    named = [f"{articles(group)}{_of(story)}" for group, story in zip(groups, stories, strict=True)]
    return f"{', '.join(named[:-1])} and {named[-1]} are one story"


def told(decision: StoryDecision) -> str:
    return what(decision.action, decision.groups, decision.stories)


def state(decision: StoryDecision, overruled: Mapping[int, Overruled]) -> str:
    """ "stands", "undone by Sari", "overruled by decision 7"."""
    if not decision.stands:
        why = f": {decision.undone_reason}" if decision.undone_reason else ""
        return f"undone by {decision.undone_by}{why}"
    later = overruled.get(decision.id)
    if later is None:
        return "stands"
    return f"overruled by decision {later.by}" if later.wholly else f"stands, in part overruled by decision {later.by}"


def _s(numbers: Sequence[int]) -> str:
    return "s" if len(numbers) == 1 else ""


def _of(story: str | None, before: str = " of ") -> str:
    return f"{before}{story}" if story else ""
