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
_Candidate = tuple[_Key, Quote, Placement, Sequence[str]]


def best_quote(told: Sequence[Told], language: str | None) -> QuoteMark | None:
    """The best quote of these articles, for a story told in `language`; None where none is worth it."""
    ranked = sorted(_readable(told, language), key=lambda candidate: candidate[0])
    sound = (_mark(quote, placement) for _, quote, placement, disputed in ranked if _is_sound(quote, disputed))
    return next(sound, None)


def _readable(told: Sequence[Told], language: str | None) -> Iterator[_Candidate]:
    """Those of a speaker and of a readable length."""
    for place, (stored, placement) in enumerate(told):
        for quote in stored.article.quotes:
            if quote.speaker and SHORTEST <= (size := length(quote.text)) <= LONGEST:
                yield _key(quote, placement, language, size, place), quote, placement, stored.article.disputed


def _is_sound(quote: Quote, disputed: Sequence[str]) -> bool:
    """Is there a speaker who is no sentence, and nothing said that contradicts what is recorded?"""
    speaker = one_line(quote.speaker)
    return speaker is not None and len(speaker) <= _SPEAKER and not is_disputed(one_line(quote.text), disputed)


def _key(quote: Quote, placement: Placement, language: str | None, size: int, place: int) -> _Key:
    role = _role(quote)
    return (
        quote.kind != "direct",
        quote.role is not None and role is None,  # the speaker is told by the office alone
        role is None,
        placement.language != language,
        _RANK[placement.role],
        not _HANDY[0] <= size <= _HANDY[1],
        place,
        quote.start,
    )


def _role(quote: Quote) -> str | None:
    """The speaker's office, where it says more than the name does."""
    same = quote.role is None or quote.role.casefold() == (quote.speaker or "").casefold()
    return None if same or len(quote.role or "") > _ROLE else quote.role


def _mark(quote: Quote, placement: Placement) -> QuoteMark:
    return QuoteMark(
        text=one_line(quote.text) or "",
        speaker=one_line(quote.speaker),
        role=one_line(_role(quote)),
        kind=quote.kind,
        language=placement.language,
        outlet_title=placement.outlet_title,
        url=placement.url,
        version_id=placement.version_id,
    )


def length(text: str) -> int:
    """Characters, as many as the text would have in an alphabet."""
    return len(text) if text.isascii() else len(text) + (_PER_IDEOGRAPH - 1) * len(_IDEOGRAPHS.findall(text))
