"""What the answer of a stored article's address says of the article."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawlers.accounts import as_revisit
from crawlers.failures import Failure
from crawlers.pages import moved
from pipeline.model import FailureClass
from tests.crawlers.crawling import OUTLETS

GONE, NO_ARTICLE, STATUS = FailureClass.GONE, FailureClass.NOT_AN_ARTICLE, FailureClass.HTTP_STATUS


@pytest.mark.parametrize(
    ("target", "says"),
    [
        ("https://www.antaranews.com/", GONE),
        ("https://www.antaranews.com", GONE),
        ("https://www.antaranews.com/?from=berita", GONE),
        ("https://www.antaranews.com/berita/5230001/berita-lain", GONE),
        ("https://www.antaranews.com/masuk?kembali=/berita/1/a", NO_ARTICLE),
        ("https://persetujuan.example/", NO_ARTICLE),
        ("https://persetujuan.example/?url=https://www.antaranews.com/berita/1/a", NO_ARTICLE),
    ],
)
def test_a_redirect_to_the_home_page_or_another_article_says_gone_and_a_login_does_not(
    target: str, says: FailureClass
) -> None:
    assert moved(target, OUTLETS["antara"]) is says


@pytest.mark.parametrize(
    ("failure", "says"),
    [
        (Failure(STATUS, "", 404, final=True), GONE),
        (Failure(STATUS, "", 410, final=True), GONE),
        (Failure(STATUS, "", 400, final=True), STATUS),
        (Failure(STATUS, "", 503), STATUS),
        (Failure(FailureClass.BLOCKED, "", 403), FailureClass.BLOCKED),
        (Failure(FailureClass.TIMEOUT, ""), FailureClass.TIMEOUT),
    ],
)
def test_404_and_410_say_gone_and_no_other_failure_does(failure: Failure, says: FailureClass) -> None:
    assert as_revisit(failure) == replace(failure, failure=says)
