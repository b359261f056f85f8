"""Every quote found in any real text at hand is that slice of it, and so are its cue and its speaker."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline.evaluate.pfsa import read_pfsa
from pipeline.quotes import find_quotes
from tests.pipeline.quotes.table import article_of

Shared = Callable[..., Path]


def _lines(path: Path, *fields: str) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield from (row[field] for field in fields if row.get(field))


def _corpus(shared: Shared) -> Iterator[str]:
    yield from _lines(shared("corpus", "indonesian_news_2025-06.jsonl.gz"), "body")


def _pages(shared: Shared) -> Iterator[str]:
    for line in shared("pages", "gold.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line).get("body") or ""
    for one in json.loads(shared("extraction", "ground-truth.json").read_text(encoding="utf-8")).values():
        yield one["articleBody"]


def _seeds(shared: Shared) -> Iterator[str]:
    yield from (file.read_text(encoding="utf-8") for file in sorted(shared("seeds").glob("*.txt")))


def _pfsa(shared: Shared) -> Iterator[str]:
    yield from (one.text for one in read_pfsa(shared("quotes", "pfsa-id.txt.gz")))


def _language(shared: Shared) -> Iterator[str]:
    yield from _lines(shared("language.jsonl.gz"), "text")


def _copies(shared: Shared) -> Iterator[str]:
    yield from _lines(shared("neardup", "articles.jsonl.gz"), "text")


def _stories(shared: Shared) -> Iterator[str]:
    for name, fields in (("ecbplus", ("text",)), ("wikinews", ("text",)), ("translated_id_en", ("text_en", "text_id"))):
        yield from _lines(shared("stories", f"{name}.jsonl.gz"), *fields)


_SOURCES = {
    "corpus": (_corpus, 4000),
    "pages": (_pages, 300),
    "seeds": (_seeds, 15),
    "pfsa": (_pfsa, 3000),
    "language": (_language, 300),
    "copies": (_copies, 500),
    "stories": (_stories, 500),
}


@pytest.mark.shared
@pytest.mark.parametrize("name", _SOURCES)
def test_every_quote_of_real_text_is_its_slice(name: str, shared: Shared) -> None:
    texts, least = _SOURCES[name]
    found = 0
    for text in texts(shared):
        article = article_of(tuple(text.split("\n")))
        assert article.text == text
        last = -1
        for quote in find_quotes(article).quotes:
            found += 1
            assert quote.text
            assert text[quote.start : quote.end] == quote.text
            assert quote.start >= last
            last = quote.end
            assert quote.cue_span is None or text[slice(*quote.cue_span)] == quote.cue
            assert quote.speaker_span is None or text[slice(*quote.speaker_span)].strip()
    assert found >= least
