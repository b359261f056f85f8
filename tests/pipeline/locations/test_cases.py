"""The table of sentences: which places each names, and which it does not."""

from __future__ import annotations

from collections import Counter

import pytest

from pipeline.locations import find_locations
from tests.pipeline.locations.articles import article
from tests.pipeline.locations.cases import CASES


def _numbered() -> list[str]:
    counted: Counter[str] = Counter()
    names = []
    for language, *_ in CASES:
        counted[language] += 1
        names.append(f"{language}-{counted[language]}")
    return names


@pytest.mark.parametrize(("language", "text", "names"), CASES, ids=_numbered())
def test_names_of_a_sentence(language: str, text: str, names: str) -> None:
    headline, _, body = text.rpartition("\n")
    found = find_locations(article(headline or None, body, language=language))
    assert sorted(found.places) == sorted(filter(None, names.split("; ")))
