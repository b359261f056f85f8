"""Stories on labelled articles, online and after the night, beside online TF-IDF at its best threshold in the same run.

The articles go through the product's own `stories.extend` and `stories.tell`, with what the data give of them: outlets
and times of publication are mostly unknown there, watches always. Online they arrive some at a time, in several orders,
and both methods may weigh words by all the texts, as an archive
that has run for a while knows them.
"""

from __future__ import annotations

import gzip
import random
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipeline.bars import barred
from pipeline.clusters import Forest, average_link
from pipeline.copies import CopyLink, copies, holders_of
from pipeline.evaluate.baselines import online_tfidf
from pipeline.evaluate.json_lines import read_lines, write_lines
from pipeline.evaluate.partitions import Agreement, bcubed, pairs_agreement
from pipeline.evaluate.report import Cell, Progress, Report, Table
from pipeline.fingerprint import text_keys
from pipeline.language import detect
from pipeline.likeness import Pair
from pipeline.model import Article, Disposition, Kind, Member, Role, StoredArticle, Story
from pipeline.naming import names
from pipeline.placing import place_new
from pipeline.stories import tell
from pipeline.story_changes import ChangeAction, changes
from pipeline.window import Window, open_window

_CURVE = (0.8, 0.85, 0.9, 0.95, 1.0, 1.05, 1.1, 1.15, 1.2)  # thresholds, in units of the product's own
_BASELINE_CURVE = tuple(step / 100 for step in range(9, 31, 3))
CRAWL = 40  # articles that arrive together, as the crawl of an hour brings them
_ORDERS = 3  # in which the articles arrive: that of the data, and shuffled ones
_UNKNOWN = datetime(1970, 1, 1, tzinfo=UTC)  # when nobody fetched or stored anything


@dataclass(frozen=True, slots=True)
class Sample:
    """One article of the data; `story` is its label."""

    id: str | int
    text: str
    headline: str | None = None
    published: datetime | None = None
    lang: str | None = None
    story: str | int | None = None


@dataclass(frozen=True, slots=True)
class _Unnamed:
    """A line without an id: its number, from 0, names it."""

    text: str
    id: str | int | None = None
    headline: str | None = None
    published: datetime | None = None
    lang: str | None = None
    story: str | int | None = None


@dataclass(frozen=True, slots=True)
class _Translated:
    """One line of translated pairs: an English text and its Indonesian translation."""

    pair: str | int
    text_en: str
    text_id: str
    title_en: str | None = None
    title_id: str | None = None


def evaluate_stories(data: Path, predictions: Path | None, progress: Progress | None = None) -> Report:
    """Tell the stories of a JSON Lines file, write `predictions`, and score against its labels, if it has any.

    Raises `KlipingError` naming file and line where the data cannot be read, or the predictions cannot be written.
    """
    pairs = _is_of_pairs(data)
    samples, articles = stored_articles(data, progress)
    links = _links(articles)
    found = _groups(articles, tell(articles, links))
    if predictions is not None:
        rows = zip(samples, found, strict=True)
        write_lines(predictions, ({"id": str(sample.id), "story": story} for sample, story in rows))
    if any(sample.story is None for sample in samples):
        return Report("stories", (_counts(samples, found),))
    window = open_window(articles)
    tables = [_scores(samples, window, links, found), _curve(samples, window), _counts(samples, found)]
    return Report("stories", (_pair_scores(window), *tables) if pairs else tuple(tables))


def stored_articles(
    data: Path, progress: Progress | None = None
) -> tuple[tuple[Sample, ...], tuple[StoredArticle, ...]]:
    """The samples of a JSON Lines file, also of translated pairs, and each as an article numbered by its place."""
    samples = _translated(data) if _is_of_pairs(data) else _samples(data)
    return samples, _articles(samples, progress)


def _is_of_pairs(data: Path) -> bool:
    opener = gzip.open if data.suffix == ".gz" else open
    try:
        with opener(data, "rt", encoding="utf-8") as lines:
            return '"text_en"' in next(lines, "")
    except (OSError, EOFError, UnicodeDecodeError):
        return False  # reading it in earnest says what is wrong


def _samples(data: Path) -> tuple[Sample, ...]:
    return tuple(
        Sample(number if one.id is None else one.id, one.text, one.headline, one.published, one.lang, one.story)
        for number, one in enumerate(read_lines(data, _Unnamed))
    )


def _translated(data: Path) -> tuple[Sample, ...]:
    lines = read_lines(data, _Translated)
    return tuple(
        Sample(f"{one.pair}-{language}", text, headline=title, lang=language, story=one.pair)
        for one in lines
        for language, title, text in (("id", one.title_id, one.text_id), ("en", one.title_en, one.text_en))
    )


def _articles(samples: Sequence[Sample], progress: Progress | None) -> tuple[StoredArticle, ...]:
    found = []
    for number, sample in enumerate(samples):
        found.append(_stored(number, sample))
        if progress is not None:
            progress(number + 1, len(samples))
    return tuple(found)


def _stored(number: int, sample: Sample) -> StoredArticle:
    published = sample.published
    if published is not None and published.tzinfo is None:
        published = published.replace(tzinfo=UTC)
    address = _address(number)
    article = Article(
        url=address,
        canonical_url=address,
        outlet=f"outlet{number}",
        kind=Kind.ARTICLE,
        fetched_at=_UNKNOWN,
        sha256="",
        headline=sample.headline,
        article_body=tuple(line for line in sample.text.split("\n") if line.strip()),
        date_published=published,
        in_language=sample.lang or detect(sample.text).language,
    )
    return StoredArticle(number, article, 1, number, _UNKNOWN, Disposition.KEPT, "")


def _address(place: int) -> str:
    return f"https://evaluation.invalid/{place:09d}"


def _links(articles: Sequence[StoredArticle]) -> tuple[CopyLink, ...]:
    texts = {stored.id: stored.article.text for stored in articles}
    return copies(texts, holders_of({number: text_keys(text) for number, text in texts.items()}))


def _groups(articles: Sequence[StoredArticle], stories: Iterable[Story]) -> list[str]:
    """The story of each article, in their order."""
    story_of = {member.article_id: story.id for story in stories for member in story.members}
    return [story_of[stored.id] for stored in articles]


@dataclass(frozen=True, slots=True)
class _Arrival:
    """What came of the articles arriving in one order."""

    online: list[int]  # the story of each sample
    changes: Counter[ChangeAction]  # by the night, whose stories are the same after any order
    baseline: Mapping[float, list[int]]  # threshold → the cluster of each sample


def _scores(samples: Sequence[Sample], window: Window, links: Sequence[CopyLink], night: Sequence[str]) -> Table:
    """Means over the orders of arrival; the baseline at the threshold that is best for it over all of them."""
    wanted = [str(sample.story) for sample in samples]
    arrivals = [_arrive(samples, window, links, night, order) for order in _orders(len(samples))]
    means = {cut: [_row(one.baseline[cut], wanted) for one in arrivals] for cut in _BASELINE_CURVE}
    best = max(means, key=lambda cut: _mean(means[cut])[2])
    told = [one.changes for one in arrivals]
    rows: list[tuple[Cell, ...]] = [
        ("kliping, online", 1.0, *_mean([_row(one.online, wanted) for one in arrivals]), None, None, None),
        ("kliping, after the night", 1.0, *_row(night, wanted), *(_share(told, action) for action in ChangeAction)),
        ("online TF-IDF, at its best", best, *_mean(means[best]), None, None, None),
    ]
    figures = ("B³ P", "B³ R", "B³ F1", "pair P", "pair R", "pair F1")
    return Table("Stories", ("method", "threshold", *figures, "merged", "split", "moved"), tuple(rows))


def _orders(count: int) -> list[list[int]]:
    """The data's own order, and the same shuffled ones in every run."""
    places = list(range(count))
    return [places, *(random.Random(seed).sample(places, count) for seed in range(1, _ORDERS))]  # noqa: S311 - a sample


def _arrive(
    samples: Sequence[Sample], window: Window, links: Sequence[CopyLink], night: Sequence[str], order: Sequence[int]
) -> _Arrival:
    """Let the articles, known by their numbers, arrive in this order, then let the night pass."""
    clusters = _crawled(window, links, order)
    groups = {window.articles[place].id: number for number, cluster in enumerate(clusters) for place in cluster}
    texts = [f"{samples[number].headline or ''}\n{samples[number].text}" for number in order]
    rank = {number: place for place, number in enumerate(order)}
    baseline = {
        cut: [found[rank[number]] for number in range(len(order))]
        for cut, found in online_tfidf(texts, _BASELINE_CURVE).items()
    }
    return _Arrival([groups[number] for number in range(len(order))], _changed(window, clusters, night), baseline)


def _crawled(window: Window, links: Sequence[CopyLink], order: Sequence[int]) -> list[list[int]]:
    """Clusters of places after the articles arrived some at a time, placed by the product's own `place_new`."""
    place = {stored.id: number for number, stored in enumerate(window.articles)}
    copied = [(place[link.a], place[link.b]) for link in links]
    forest = Forest(len(place), {})
    forest.bar(barred(window.clues))
    known: set[int] = set()
    for start in range(0, len(order), CRAWL):
        new = {place[number] for number in order[start : start + CRAWL]}
        here = known | new
        scores = {pair: score for pair, score in window.scores.items() if _arrives(pair, new, here)}
        place_new(forest, known, [pair for pair in copied if _arrives(pair, new, here)], scores)
        known = here
    return forest.clusters()


def _arrives(pair: Pair, new: Collection[int], here: Collection[int]) -> bool:
    """Is one of the pair new, and the other there?"""
    a, b = pair
    return a in here and b in here and (a in new or b in new)


def _changed(window: Window, clusters: Sequence[Sequence[int]], night: Sequence[str]) -> Counter[ChangeAction]:
    """What the night changes of stories that were told online."""
    before = [_story(f"online{number}", window, cluster) for number, cluster in enumerate(clusters)]
    told: dict[str, list[int]] = {}
    for place, stored in enumerate(window.articles):
        told.setdefault(night[stored.id], []).append(place)
    called = names(tuple(told.values()), window.articles, before)
    after = [_story(name, window, cluster) for name, cluster in zip(called, told.values(), strict=True)]
    return Counter(one.action for one in changes(before, after, {stored.id: stored for stored in window.articles}))


def _story(name: str, window: Window, cluster: Sequence[int]) -> Story:
    return Story(name, tuple(Member(window.articles[place].id, Role.REPORT, "") for place in cluster), None)


def _row(groups: Sequence[str | int], wanted: Sequence[str]) -> tuple[float, ...]:
    return *_figures(bcubed(groups, wanted)), *_figures(_pairs(groups, wanted))


def _mean(rows: Sequence[Sequence[float]]) -> tuple[float, ...]:
    return tuple(round(sum(column) / len(rows), 4) for column in zip(*rows, strict=True))


def _share(counts: Sequence[Counter[ChangeAction]], action: ChangeAction) -> float:
    return round(sum(one[action] for one in counts) / len(counts), 1)


def _curve(samples: Sequence[Sample], window: Window) -> Table:
    """The same likeness cut elsewhere; copies and constraints take no part."""
    by_place = [str(samples[stored.id].story) for stored in window.articles]
    rows = []
    for cut in _CURVE:
        clusters = average_link(len(by_place), {pair: value / cut for pair, value in window.scores.items()})
        rows.append((cut, *_figures(bcubed(_labels(clusters, len(by_place)), by_place))))
    return Table("Likeness alone, by threshold", ("threshold", "B³ P", "B³ R", "B³ F1"), tuple(rows))


def _labels(clusters: Sequence[Sequence[int]], count: int) -> list[int]:
    cluster_of = {place: number for number, cluster in enumerate(clusters) for place in cluster}
    return [cluster_of[place] for place in range(count)]


def _pairs(found: Sequence[str | int], wanted: Sequence[str]) -> Agreement:
    both = _within(list(zip(found, wanted, strict=True)))
    return pairs_agreement(both, _within(found), _within(wanted))


def _within(groups: Sequence[object]) -> int:
    sizes: dict[object, int] = {}
    for group in groups:
        sizes[group] = sizes.get(group, 0) + 1
    return sum(n * (n - 1) // 2 for n in sizes.values())


def _pair_scores(window: Window) -> Table:
    """Each Indonesian text's best English partner, and how well one threshold parts pairs from the rest."""
    place = {stored.id: number for number, stored in enumerate(window.articles)}
    scores = {
        (a, b): window.score(place[a], place[b]) for a in range(0, len(place), 2) for b in range(1, len(place), 2)
    }
    firsts = [max(range(1, len(place), 2), key=lambda b: (scores[a, b], -b)) == a + 1 for a in range(0, len(place), 2)]
    threshold, best = _best_cut(scores)
    own = [right for value, right in ((value, b == a + 1) for (a, b), value in scores.items()) if value >= 1]
    here = pairs_agreement(sum(own), len(own), len(firsts))
    row = (round(sum(firsts) / max(1, len(firsts)), 4), *_figures(here), round(best.f1, 4), round(threshold, 3))
    return Table("Pairs id→en", ("P@1", "P", "R", "F1", "best F1", "at"), (row,))


def _best_cut(scores: Mapping[tuple[int, int], float]) -> tuple[float, Agreement]:
    ranked = sorted(((value, b == a + 1) for (a, b), value in scores.items()), reverse=True)
    wanted = sum(right for _, right in ranked)
    best, right = (0.0, pairs_agreement(0, 0, wanted)), 0
    for found, (value, is_right) in enumerate(ranked, 1):
        right += is_right
        here = pairs_agreement(right, found, wanted)
        if here.f1 > best[1].f1:
            best = (value, here)
    return best


def _counts(samples: Sequence[Sample], found: Sequence[str]) -> Table:
    return Table("Found", ("articles", "stories"), ((len(samples), len(set(found))),))


def _figures(agreement: Agreement) -> tuple[float, float, float]:
    return round(agreement.precision, 4), round(agreement.recall, 4), round(agreement.f1, 4)
