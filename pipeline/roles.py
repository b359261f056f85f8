"""The part that each article plays in its story, and in words why it is there."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from pipeline.copies import CopyLink
from pipeline.duplicates import Similarity, compare
from pipeline.model import Article, Member, Role, StoredArticle
from pipeline.origins import Text, credit, is_named, publisher, texts_of
from pipeline.terms import Terms, family_of

_NO_TIME = datetime.min.replace(tzinfo=UTC)
_SHOWN = 4  # names, and figures, shown as the reason


@dataclass(frozen=True, slots=True)
class Scene:
    """What the parts are judged by. Articles are known by their numbers."""

    terms: Mapping[int, Terms]
    score: Callable[[int, int], float]  # likeness of two articles; 1 = one event
    links: Sequence[CopyLink]
    scope: Collection[str]  # stems that all articles share, by which they were found: no reason for anything
    placed: Collection[int]  # articles that a person put where they are


@dataclass(frozen=True, slots=True)
class _Story:
    """One story's articles, the texts they print, and who reprints whom in another language."""

    articles: Sequence[StoredArticle]
    text_of: Mapping[int, Text]
    sources: Mapping[int, StoredArticle]  # number of a translation → the article it translates
    origin: StoredArticle | None
    scene: Scene


def cast(articles: Sequence[StoredArticle], scene: Scene) -> tuple[tuple[Member, ...], int | None]:
    """The members of one story, in the order given, and the article that had it first (None: no outlet had)."""
    texts = texts_of(articles, scene.links)
    found = {text.first.id: _translated(text.first, articles, scene) for text in texts}
    sources = {number: source for number, source in found.items() if source is not None}
    origin = _origin([text for text in texts if text.first.id not in sources])
    text_of = {one.id: text for text in texts for one in text.prints}
    story = _Story(articles, text_of, sources, origin, scene)
    return tuple(_member(one, story) for one in articles), origin.id if origin else None


def _origin(texts: Sequence[Text]) -> StoredArticle | None:
    """The first print of the text that was printed first; None where that cannot be said of any outlet.

    It cannot where a press release came first, where that text is credited to an agency that is not here, and where
    of several texts none is dated.
    """
    dated = [text for text in texts if text.printed_at is not None]
    earliest = min(dated or texts, key=lambda text: text.printed_at or _NO_TIME, default=None)
    if earliest is None or (earliest.printed_at is None and len(texts) > 1):
        return None
    return None if earliest.release or credit(earliest.first.article) else earliest.first


def _translated(stored: StoredArticle, articles: Sequence[StoredArticle], scene: Scene) -> StoredArticle | None:
    """The article in another language, of the outlet that this one names as its source, that it is likest to."""
    named = credit(stored.article)
    language = family_of(stored.article.in_language)
    if named is None:
        return None
    sources = [
        other
        for other in articles
        if is_named(named, other.article) and family_of(other.article.in_language) != language
    ]
    return max(sources, key=lambda other: scene.score(stored.id, other.id), default=None)


def _member(stored: StoredArticle, story: _Story) -> Member:
    text, source = story.text_of[stored.id], story.sources.get(stored.id)
    if stored is not text.first:
        return _print(stored, text, story.scene)
    if source is not None:
        shared = _shared(stored, source, story.scene)
        reason = f"a translation of {publisher(source.article)}'s article: {_credited(stored.article)}{_and(shared)}"
        return Member(stored.id, Role.COPY, reason, copy_of=source.id)
    if stored is story.origin:
        return Member(stored.id, Role.ORIGIN, _first_reason(stored, story.articles))
    return Member(stored.id, Role.REPORT, _report_reason(stored, story))


def _print(stored: StoredArticle, text: Text, scene: Scene) -> Member:
    """A further print of a text: a copy, unless a release is the origin of all or the outlet repeats itself."""
    first = text.first
    evidence = _similarity(stored, first, scene.links).reason
    if text.release:
        return Member(
            stored.id, Role.REPORT, f"prints the same press release as {publisher(first.article)}: {evidence}"
        )
    if publisher(stored.article) == publisher(first.article):
        return Member(stored.id, Role.REPORT, f"printed again by {publisher(first.article)} itself: {evidence}")
    credited = f"; {_credited(stored.article)}" if credit(stored.article) else ""
    return Member(
        stored.id, Role.COPY, f"reprints {publisher(first.article)}'s text: {evidence}{credited}", copy_of=first.id
    )


def _similarity(a: StoredArticle, b: StoredArticle, links: Iterable[CopyLink]) -> Similarity:
    for link in links:
        if {link.a, link.b} == {a.id, b.id}:
            return link.similarity
    return compare(a.article.text, b.article.text) or _through_another()


def _through_another() -> Similarity:
    """Two prints that are copies of a third only: two abridged versions that keep different paragraphs."""
    return Similarity("abridged", 0.0, 0.0, 0.0, "a")


def _credited(article: Article) -> str:
    return f"it names “{credit(article)}” as its source"


def _first_reason(stored: StoredArticle, articles: Sequence[StoredArticle]) -> str:
    if len(articles) == 1:
        return "the only article of its story"
    published = stored.article.date_published
    return (
        f"the first to publish, at {published:%Y-%m-%d %H:%M %z}"
        if published
        else "its text is the one the others print"
    )


def _report_reason(stored: StoredArticle, story: _Story) -> str:
    text = story.text_of[stored.id]
    if text.release:
        return f"prints a press release, as {', '.join(_other_publishers(text, stored))} does; no outlet had it first"
    others = [other for other in story.articles if other is not stored and story.text_of[other.id].first is other]
    if not others:
        return f"the first print that is here; {_credited(stored.article)}"
    nearest = max(others, key=lambda other: (story.scene.score(stored.id, other.id), -others.index(other)))
    shared = _shared(stored, nearest, story.scene)
    if stored.id in story.scene.placed:
        return f"a person put it together with {publisher(nearest.article)}'s article{_and(shared)}"
    return f"tells the same event as {publisher(nearest.article)}'s article{': ' + shared if shared else ''}"


def _other_publishers(text: Text, stored: StoredArticle) -> list[str]:
    own = publisher(stored.article)
    return sorted({publisher(one.article) for one in text.prints} - {own})


def _and(shared: str) -> str:
    return f"; {shared}" if shared else ""


def _shared(a: StoredArticle, b: StoredArticle, scene: Scene) -> str:
    """The names and figures that two texts have in common, the ones they repeat most first."""
    one, other = scene.terms[a.id], scene.terms[b.id]
    names = _heaviest((one.names.keys() & other.names.keys()) - frozenset(scene.scope), one, other)
    figures = _heaviest((one.numbers & other.numbers) - frozenset(scene.scope), one, other)
    parts = (
        f"both name {', '.join(one.names[name] for name in names)}" if names else "",
        f"both give {', '.join(figures)}" if figures else "",
    )
    return " and ".join(filter(None, parts))


def _heaviest(shared: Iterable[str], a: Terms, b: Terms) -> list[str]:
    return sorted(shared, key=lambda term: (-(a.words.get(term, 0) + b.words.get(term, 0)), term))[:_SHOWN]
