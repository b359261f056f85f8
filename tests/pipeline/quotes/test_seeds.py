"""Quotes of the five seeds: who says what, read by us, as code points into the text of each file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.evaluate.quotes import quotes_in

_JOKO, _HERU, _DEWI = "Joko Agus Setyono", "Heru Budi Hartono", "Marulina Dewi"
_QUOTES = {
    "000": (
        ("direct", 251, 405, _JOKO),
        ("indirect", 545, 741, _JOKO),
        ("indirect", 958, 1042, _JOKO),
        ("indirect", 1235, 1279, _JOKO),
        ("direct", 1363, 1464, _JOKO),
        ("direct", 1816, 2048, _JOKO),  # 'best practices' within it is none
        ("indirect", 2351, 2552, _JOKO),
        ("direct", 2557, 2685, _JOKO),
        ("indirect", 2766, 2945, _HERU),
        ("indirect", 3031, 3137, _HERU),
    ),
    "001": (
        ("indirect", 367, 687, _JOKO),
        ("indirect", 818, 983, _JOKO),
        ("direct", 1184, 1597, _JOKO),
        ("indirect", 1754, 1963, _JOKO),
        ("indirect", 2076, 2218, _JOKO),
    ),
    "002": (
        ("indirect", 268, 386, _DEWI),
        ("direct", 925, 1080, _DEWI),  # "tandasnya": she is named five paragraphs before
        ("indirect", 1094, 1256, _DEWI),
    ),
    "003": (),  # its only words in marks are a theme
    "004": (("indirect", 2559, 2785, "ASEAN dan Jepang"),),
}


@pytest.mark.shared
@pytest.mark.parametrize("name", _QUOTES)
def test_quotes_of_a_seed_are_found_and_attributed(name: str, shared: Callable[..., Path]) -> None:
    file = next(shared("seeds").glob(f"{name}_*.txt"))
    text = file.read_text(encoding="utf-8")
    found = quotes_in(text, "id")
    assert tuple((quote.kind, quote.start, quote.end, quote.speaker) for quote in found) == _QUOTES[name]
    assert all(quote.text == text[quote.start : quote.end] for quote in found)
