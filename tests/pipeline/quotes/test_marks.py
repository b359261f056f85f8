"""Which way quotation marks turn, and what stands between them."""

from __future__ import annotations

import pytest

from pipeline.quotes.marks import quotations

# text: the words of each quotation; "…" before them: no opening mark, behind them: no closing mark
_CASES = {
    '"Satu," kata X. "Dua."': ("Satu", "Dua."),
    "“Satu,” kata X. “Dua.”": ("Satu", "Dua."),
    "”Satu,” kata X. ”Dua,” katanya.": ("Satu", "Dua"),
    '“Satu," kata X.': ("Satu",),
    "« Satu », dit X": ("Satu",),
    "「一二」": ("一二",),
    "“Luar “dalam” luar,” kata X.": ("Luar “dalam” luar",),
    "“Saya ‘di sini’ saja,” kata X.": ("Saya ‘di sini’ saja",),
    "'It's here,' she said.": ("It's here",),
    "Their 'best practices' are shared.": (),
    "The mayors' plan and the cities' budget.": (),
    'A 6" pipe and a 10" pipe.': (),
    'Ia berkata,"Satu dua." Lalu pergi.': ("Satu dua.",),
    '"Satu dua tiga.': ("Satu dua tiga.…",),
    'satu dua tiga," kata X.': ("…satu dua tiga",),
    '"Satu dua. "Tiga empat," kata X.': ("Satu dua.…", "Tiga empat"),
    "``Satu,'' kata X.": ("Satu",),
    "": (),
}


@pytest.mark.parametrize("text", _CASES)
def test_quotations_are_paired(text: str) -> None:
    found = quotations(text, 0, len(text))
    words = tuple(
        ("" if one.opened else "…") + text[one.start : one.end] + ("" if one.closed else "…") for one in found
    )
    assert words == _CASES[text]


def test_offsets_count_from_the_beginning_of_the_text() -> None:
    text = 'satu\n"dua," kata X'
    (found,) = quotations(text, 5, len(text))
    assert text[found.start : found.end] == "dua"
    assert text[found.first] == '"'
    assert text[found.last - 1] == '"'
