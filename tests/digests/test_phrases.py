"""The words of both languages: the same keys with the same places to fill, in plural forms that the language has."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from digests.model import Clarify
from digests.phrases import LANGUAGES, phrases
from digests.recap import CorrectionRule

ID, EN = (phrases(language, "Asia/Jakarta") for language in ("id", "en"))
COUNTS = {key for key, value in EN.words.items() if isinstance(value, Mapping) and key not in ("why", "clarify")}


def places(text: str) -> set[str]:
    return set(re.findall(r"\{(\w*)\}", text))


def test_both_languages_have_the_same_keys() -> None:
    assert set(ID.words) == set(EN.words)


@pytest.mark.parametrize("key", sorted(key for key, value in EN.words.items() if isinstance(value, str)))
def test_a_sentence_is_filled_with_the_same_in_both(key: str) -> None:
    said = [words.words[key] for words in (ID, EN)]
    assert all(isinstance(one, str) and one for one in said)
    assert places(str(said[0])) == places(str(said[1]))


@pytest.mark.parametrize("key", sorted(COUNTS))
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_count_reads_for_one_and_for_many(key: str, language: str) -> None:
    words = phrases(language, "Asia/Jakarta")
    assert words.some(key, 0) is None
    for number in (1, 2, 1200):
        told = words.count(key, number)
        assert words.number(number) in told
        assert "{" not in told


def test_every_rule_has_its_words() -> None:
    for rule in Clarify:
        assert ID.clarify(rule.value, "x").startswith("Perlu klarifikasi: ")
        assert EN.clarify(rule.value, "x").startswith("Needs clarification: ")
    assert EN.clarify(None, "Why.") == "Needs clarification: Why."
    for correction in CorrectionRule:
        assert ID.text(f"correction_{correction.value}") != EN.text(f"correction_{correction.value}")


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [(9.44, "9,4", "9.4"), (8.0, "8", "8"), (1234.56, "1.234,6", "1,234.6"), (0.0, "0", "0")],
)
def test_a_mean_has_one_decimal_where_it_has_one(value: float, indonesian: str, english: str) -> None:
    assert (ID.mean(value), EN.mean(value)) == (indonesian, english)


@pytest.mark.parametrize(
    ("code", "indonesian", "english"), [("km", "Khmer", "Khmer"), ("zh-TW", "Tionghoa", "Chinese"), ("xx", "xx", "xx")]
)
def test_a_language_is_named_in_the_readers_own(code: str, indonesian: str, english: str) -> None:
    assert (ID.language_name(code), EN.language_name(code)) == (indonesian, english)
