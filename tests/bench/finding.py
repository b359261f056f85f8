"""What finding adds to an article of ordinary length: watches, topics, places, people, quotes, tone, summary.

    python -m tests.bench finding

Each step runs on what the steps before it made, in the order of `process.read_text`; what several of them share (the
folded text, the sentences) is paid by the first that asks. "All of them" begins anew with every article. The texts are
real where the labelled data are here, else the newsroom's. Milliseconds of the processor; the median article.
"""

from __future__ import annotations

import gzip
import json
import statistics
from collections.abc import Callable, Mapping, Sequence
from time import process_time

import langdetect

from pipeline import joined, lexicon, texts
from pipeline.facts import mark_disputed
from pipeline.locations import find_locations
from pipeline.model import Article, Kind
from pipeline.people import find_entities, find_people
from pipeline.quotes import find_quotes
from pipeline.summary import summarise
from pipeline.tags import tag
from pipeline.tone import read_tone
from pipeline.watches import bundled_watches, match
from tests.bench.pages import NOW, SHARED, newsroom
from tests.bench.steps import article_of

_SHORTEST, _LONGEST = 2_000, 3_000  # characters of an article of ordinary length
_MOST = 120  # articles
_ROUNDS = 5
GOAL = 3.0  # ms, all of them
_WATCHES = bundled_watches()
_CORPUS = SHARED / "corpus" / "indonesian_news_2025-06.jsonl.gz"
STEPS: Mapping[str, Callable[[Article], Article]] = {
    "disputed facts": mark_disputed,
    "watches": lambda article: match(article, _WATCHES),
    "topics": tag,
    "locations": find_locations,
    "people": find_people,
    "organisations, events": find_entities,
    "quotes": find_quotes,
    "tone": read_tone,
    "summary": summarise,
}


def main() -> int:
    articles = ordinary()
    print(f"\nfinding, in {len(articles)} articles of {_SHORTEST} to {_LONGEST} characters; ms of the median article")
    print(f"{'':<24}{'ms':>9}{'of langdetect':>15}")
    times = {name: [] for name in (*STEPS, "all of them", "langdetect.detect")}  # type: dict[str, list[float]]
    for _ in range(_ROUNDS + 1):
        for article in articles:
            _time(article, times)
    rounds = {name: [one[place :: len(articles)][1:] for place in range(len(articles))] for name, one in times.items()}
    medians = {name: 1000 * statistics.median(statistics.median(own) for own in each) for name, each in rounds.items()}
    for name, figure in medians.items():
        goal = f"  (goal: at most {GOAL})" if name == "all of them" else ""
        print(f"{name:<24}{figure:>9.3f}{figure / medians['langdetect.detect']:>15.3f}{goal}")
    return 0


def _time(article: Article, times: dict[str, list[float]]) -> None:
    """Add one figure to each: seconds."""
    _forget()
    read = article
    for name, step in STEPS.items():
        started = process_time()
        read = step(read)
        times[name].append(process_time() - started)
    _forget()
    started = process_time()
    for step in STEPS.values():
        article = step(article)
    times["all of them"].append(process_time() - started)
    started = process_time()
    langdetect.detect(article.text)
    times["langdetect.detect"].append(process_time() - started)


def _forget() -> None:
    """As for an article that was never seen."""
    lexicon.fold.cache_clear()
    joined._of.cache_clear()
    texts._cut.cache_clear()


def ordinary() -> Sequence[Article]:
    """Articles of ordinary length, before anything was found in them."""
    if not _CORPUS.exists():
        read = (article_of(one) for one in newsroom())
        return [one for one in read if _SHORTEST <= len(one.text) <= _LONGEST] or list(map(article_of, newsroom()))
    found = []
    with gzip.open(_CORPUS, "rt", encoding="utf-8") as lines:
        for line in lines:
            one = json.loads(line)
            if _SHORTEST <= len(one["body"] or "") <= _LONGEST:
                found.append(_article(one))
    return found[:: max(1, len(found) // _MOST)][:_MOST]


def _article(one: Mapping[str, str]) -> Article:
    body = tuple(paragraph.strip() for paragraph in one["body"].split("\n") if paragraph.strip())
    return Article(
        url=one["url"], canonical_url=one["url"], outlet=one["outlet"], kind=Kind.ARTICLE, fetched_at=NOW, sha256="",
        headline=one["headline"], article_body=body, in_language="id",
    )  # fmt: skip
