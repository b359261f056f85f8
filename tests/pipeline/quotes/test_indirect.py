"""Indirect quotes of fifteen articles of PFSA-ID, marked by us before our code had been run on them."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.evaluate.pfsa import read_pfsa
from pipeline.evaluate.quotes import is_same_speaker, quotes_in
from pipeline.model import Quote
from pipeline.sentences import sentences

_MARKS = "”“"
Marked = tuple[int, int, str]  # start, end, speaker


def _labels() -> dict[int, list[Marked]]:
    labels: dict[int, list[Marked]] = defaultdict(list)
    table = tomllib.loads((Path(__file__).parent / "indirect.toml").read_text(encoding="utf-8"))
    for number, start, end, speaker in table["said"]:
        labels[number].append((start, end, speaker))
    return labels


def _found(text: str) -> list[Quote]:
    """Ours, but those of sentences with quotation marks, which were not marked."""
    quoted = [(start, end) for start, end in sentences(text) if any(mark in text[start:end] for mark in _MARKS)]
    found = [quote for quote in quotes_in(text, "id") if quote.kind == "indirect"]
    return [quote for quote in found if not any(start <= quote.start < end for start, end in quoted)]


@pytest.mark.shared
def test_indirect_quotes_reach_their_floor(shared: Callable[..., Path]) -> None:
    """F1 of exact spans: .895 when first measured, .97 after the misses were read; issue 7 asks for .75."""
    articles = read_pfsa(shared("quotes", "pfsa-id.txt.gz"))
    expected = found = right = named = speakers = 0
    for number, labels in _labels().items():
        quotes = {(quote.start, quote.end): quote for quote in _found(articles[number].text)}
        expected, found = expected + len(labels), found + len(quotes)
        for start, end, speaker in labels:
            quote = quotes.get((start, end))
            right += quote is not None
            if quote is not None and speaker:
                named += 1
                speakers += is_same_speaker(quote, speaker)
    assert 2 * right / (expected + found) >= 0.95
    assert speakers / named >= 0.93
