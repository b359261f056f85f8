"""Lines that repeat or imitate: pull quotes, and other articles' headlines printed bare between two paragraphs."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

from pipeline.blocks import SENTENCE_END, Block
from pipeline.document import folded
from pipeline.furniture import is_small

_LONGEST_HEADLINE = 200  # characters
_SHORTEST_QUOTE = 40  # letters and digits; a shorter sentence may well stand twice
_SHORTEST_SET_QUOTE = 15  # the same, where the markup says that it is a quote
_MOST_BLOCKS = 500  # compared with each other for repetition; the longest real article had 120


def without_bare_headlines(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Without lines that look like another article's headline and stand between two paragraphs of prose.

    For a page that prints a related headline as plain text and links it nowhere. Subheads are bold or headings.
    """
    kept = []
    for position, block in enumerate(blocks):
        inside = 0 < position < len(blocks) - 1
        plain = block.kind == "text" and not block.bold and not block.mark
        if inside and plain and _is_title_case(block.text) and _is_prose_between(blocks, position):
            continue
        kept.append(block)
    return tuple(kept)


def _is_prose_between(blocks: Sequence[Block], position: int) -> bool:
    return all(blocks[p].text.endswith(SENTENCE_END) and len(blocks[p].text) > 80 for p in (position - 1, position + 1))


def _is_title_case(text: str) -> bool:
    """Seven words or more, nearly all of them capitalised, without a full stop."""
    words = text.split()
    if not 7 <= len(words) <= 25 or len(text) > _LONGEST_HEADLINE or text.endswith((*SENTENCE_END, ":", ",", ";")):
        return False
    weighty = [word for word in words if not is_small(word)]
    capital = sum(1 for word in weighty if word.lstrip("\"'“‘(")[:1].isupper() or word[:1].isdigit())
    return capital >= 0.9 * len(weighty) and text[:1] not in "\"“'‘"


def without_repeated(blocks: Sequence[Block], quotes: Collection[str] = ()) -> tuple[tuple[Block, ...], str | None]:
    """The blocks without one that repeats words of another paragraph, and that pull quote as printed.

    `quotes`: pull quotes found by the outlet's selector.
    """
    texts = [folded(block.text) for block in blocks[:_MOST_BLOCKS]]
    kept: list[Block] = []
    quote = next(iter(quotes), None)
    for position, (block, text) in enumerate(zip(blocks, texts, strict=False)):
        others = [other for other in enumerate(texts) if other[0] != position and text in other[1]]
        if len(text) >= _shortest(block) and any(_is_repeated(block, text, blocks[p], o) for p, o in others):
            quote = quote or block.text
            continue
        kept.append(block)
    return (*kept, *blocks[_MOST_BLOCKS:]), quote


def _shortest(block: Block) -> float:
    """From how many letters on a block is looked for in others: subheads and list items never are."""
    return {"text": _SHORTEST_QUOTE, "quote": _SHORTEST_SET_QUOTE}.get(block.kind, math.inf)


def _is_repeated(block: Block, text: str, other_block: Block, other: str) -> bool:
    """Is the block a part of the other, or, where it alone is set as a quote, the same?"""
    return len(text) < len(other) or (block.kind == "quote" and other_block.kind != "quote")
