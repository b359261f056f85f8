"""Floors on PFSA-ID, in the half of the articles whose mistakes nobody read; and real texts of every language."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest

from pipeline.people import find_entities, find_people, mentions
from tests.pipeline.people.measure import articles, halves, measure
from tests.pipeline.store.build import article


@pytest.mark.shared
def test_people_and_roles_of_indonesian_news_are_found(shared: Callable[..., Path]) -> None:
    counts = measure(halves(articles(shared("quotes", "pfsa-id.txt.gz")))[1])
    assert counts.recall >= 0.83
    assert counts.boundaries >= 0.93
    assert counts.right / counts.given >= 0.95
    assert counts.right / counts.roles >= 0.8


@pytest.mark.shared
def test_evidence_in_real_texts_of_fourteen_languages_is_a_slice_of_its_field(shared: Callable[..., Path]) -> None:
    with gzip.open(shared("language.jsonl.gz"), "rt", encoding="utf-8") as lines:
        texts = [json.loads(line) for line in islice(lines, 0, None, 12)]
    for one in texts:
        body = tuple(one["text"].split("\n"))
        made = find_entities(
            find_people(article("https://koran.example/1", article_body=body, in_language=one["lang"]))
        )
        fields = {f"article_body[{place}]": paragraph for place, paragraph in enumerate(body)}
        fields["headline"] = made.headline or ""
        evidence = [found for person in made.people for found in person.evidence]
        evidence += [found for entity in (*made.organisations, *made.events) for found in entity.evidence]
        for found in evidence:
            assert fields[found.field][found.start : found.end] == found.text
        for mention in mentions(made):
            assert made.text[mention.start : mention.end]
