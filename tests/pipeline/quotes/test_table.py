"""The table of quotes, written before the code: every one is found as it says, and nothing else."""

from __future__ import annotations

import pytest

from pipeline.quotes import find_quotes
from tests.pipeline.quotes.table import LANGUAGES, Case, article_of, cases, said

_CASES = cases()


@pytest.mark.parametrize("case", _CASES, ids=[f"{case.language}: {case.name}" for case in _CASES])
def test_quotes_are_found_as_the_table_says(case: Case) -> None:
    article = article_of(case.body)
    found = find_quotes(article).quotes
    assert tuple(said(quote) for quote in found) == case.quotes
    assert all(quote.text == article.text[quote.start : quote.end] for quote in found)


def test_table_has_quotes_of_every_language() -> None:
    counts = dict.fromkeys(LANGUAGES, 0)
    for case in _CASES:
        counts[case.language] += len(case.quotes)
    assert sum(counts.values()) - counts["found"] >= 150
    assert counts["id"] >= 60
    assert counts["en"] >= 40
    assert counts["ms"] >= 25


def test_spans_hold_what_is_printed() -> None:
    article = article_of(("Sekda DKI Jakarta Hadi Wirawan tiba.", "“Nanti kita sampaikan,” kata Hadi."))
    (quote,) = find_quotes(article).quotes
    assert quote.cue_span is not None
    assert quote.speaker_span is not None
    assert article.text[slice(*quote.cue_span)] == "kata"
    assert article.text[slice(*quote.speaker_span)] == "Hadi"
    assert quote.speaker == "Hadi Wirawan"
