"""Statements that contradict recorded facts."""

from __future__ import annotations

import pytest

from pipeline.facts import mark_disputed
from pipeline.model import Article, Kind
from tests.pipeline.reading import FETCHED


def disputed(*paragraphs: str) -> tuple[str, ...]:
    article = Article("u", "u", None, Kind.ARTICLE, FETCHED, "0", article_body=paragraphs)
    return mark_disputed(article).disputed


@pytest.mark.parametrize(
    "sentence",
    [
        "MGMAC diprakarsai oleh gubernur Jakarta pada tahun 2023.",
        "MGMAC was initiated in 2015 by Jakarta.",
        "ASEAN Mayors Forum didirikan pada 2014 di kota lain.",
        "Didirikan pada 2014, MGMAC kini dikenal luas.",
        "Established in 2015, the ASEAN Mayors Forum meets every year.",
        "CityNet didirikan pada 1992 oleh beberapa kota.",
    ],
)
def test_a_wrong_founding_year_is_disputed(sentence: str) -> None:
    assert disputed("Kalimat lain. " + sentence) == (sentence,)


@pytest.mark.parametrize(
    "sentence",
    [
        "MGMAC diprakarsai oleh gubernur Jakarta pada tahun 2013.",
        "The ASEAN Mayors Forum was founded in 2011.",
        "Didirikan pada 2013, MGMAC kini dikenal luas.",
        "Launched in 2015, the program helps AMF 2023 cities.",
        "MGMAC 2023 dimulai pada 2023 dengan makan malam.",
        "MGMAC berlangsung pada tahun 2023. Forum lain didirikan pada 1999.",
    ],
)
def test_a_right_year_or_another_statement_is_not(sentence: str) -> None:
    assert disputed(sentence) == ()
