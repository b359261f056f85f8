"""Which words of a story are most worth reading: pure.

Only whole ones count, of readable length, by a speaker who is told, that contradict nothing recorded. Of these comes
first: words spoken directly, by somebody with a name, whose office is told, in the language that the story is told in,
from the origin before own reports and copies, of a handy length, and what stands first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from digests.disputes import is_disputed
from digests.marks import QuoteMark
from digests.model import Placement
from digests.plain import one_line
from pipeline.model import Quote, Role, StoredArticle

SHORTEST, LONGEST = 40, 280  # characters; what is shorter says little, what is longer is no longer read on a phone
_HANDY = (60, 200)  # characters
_IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
_PER_IDEOGRAPH = 3  # characters that a Chinese one stands for: a word of two has five to six Latin letters
_RANK = {Role.ORIGIN: 0, Role.REPORT: 1, Role.COPY: 2}
_SPEAKER, _ROLE = 120, 160  # characters; longer ones are a sentence that was taken for a name
Told = tuple[StoredArticle, Placement]
_Key = tuple[bool, bool, bool, bool, int, bool, int, int]


def best_quote(told: Sequence[Told], language: str | None) -> QuoteMark | None:
    """The best quote of these articles, for a story told in `language`; None where none is worth it."""
    found = min(_candidates(told, language), key=lambda candidate: candidate[0], default=None)
    return found[1] if found else None


def _candidates(told: Sequence[Told], language: str | None) -> Iterator[tuple[_Key, QuoteMark]]:
    for place, (stored, placement) in enumerate(told):
        for quote in stored.article.quotes:
            mark = _mark(quote, stored, placement)
            if mark is not None:
                yield _key(quote, mark, placement, language, place), mark


def _mark(quote: Quote, stored: StoredArticle, placement: Placement) -> QuoteMark | None:
    text, speaker, role = (one_line(words) for words in (quote.text, quote.speaker, quote.role))
    if text is None or speaker is None or not SHORTEST <= length(text) <= LONGEST:
        return None
    if len(speaker) > _SPEAKER or is_disputed(text, stored.article.disputed):
        return None
    return QuoteMark(
        text=text,
        speaker=speaker,
        role=role if role and role.casefold() != speaker.casefold() and len(role) <= _ROLE else None,
        kind=quote.kind,
        language=placement.language,
        outlet_title=placement.outlet_title,
        url=placement.url,
        version_id=placement.version_id,
    )


def _key(quote: Quote, mark: QuoteMark, placement: Placement, language: str | None, place: int) -> _Key:
    unnamed = quote.role is not None and mark.role is None  # the speaker is told by the office alone
    handy = _HANDY[0] <= length(mark.text) <= _HANDY[1]
    return (
        mark.kind != "direct",
        unnamed,
        mark.role is None,
        mark.language != language,
        _RANK[placement.role],
        not handy,
        place,
        quote.start,
    )


def length(text: str) -> int:
    """Characters, as many as the text would have in an alphabet."""
    return len(text) + (_PER_IDEOGRAPH - 1) * len(_IDEOGRAPHS.findall(text))
