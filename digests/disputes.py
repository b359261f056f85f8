"""Whether words repeat a statement that is known to contradict recorded facts: pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from digests.plain import one_line

SENTENCE = re.compile(r"(?<=[.!?…])\s+")
_PASSING = 20  # characters; a shorter sentence stands in many statements


def is_disputed(text: str | None, disputed: Iterable[str]) -> bool:
    """True when the text holds a disputed statement or lies within one."""
    if not text:
        return False
    statements = [line for statement in disputed if (line := one_line(statement))]
    if not statements:
        return False
    sentences = [sentence for sentence in SENTENCE.split(text) if len(sentence) > _PASSING]
    return any(statement in text or any(sentence in statement for sentence in sentences) for statement in statements)
