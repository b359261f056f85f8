"""The part that each article plays in its story, and in words why it is there."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from pipeline.copies import CopyLink
from pipeline.duplicates import Similarity, compare
from pipeline.languages import language_name
from pipeline.model import Article, Comparison, Member, Relation, Role, StoredArticle
from pipeline.origins import Text, texts_of
from pipeline.reprints import Differences, differences
from pipeline.sources import credit, credits_to, house, links_to, publisher
from pipeline.terms import Terms
from pipeline.tracing import Whose, joined
from pipeline.translated import Translation, translations

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
    """One story's articles, the texts they print, and who tells whose text in another language."""

    articles: Sequence[StoredArticle]
    text_of: Mapping[int, Text]
    translations: Mapping[int, Translation]  # by the number of the translation
    origin: StoredArticle | None
    scene: Scene


def cast(articles: Sequence[StoredArticle], scene: Scene) -> tuple[tuple[Member, ...], int | None]:
    """The members of one story, in the order given, and the article that had it first (None: no outlet had)."""
    texts = texts_of(articles, scene.links)
    found = translations([text.first for text in texts], scene.scope)
    origin = _origin([text for text in texts if text.first.id not in found])
    text_of = {one.id: text for text in texts for one in text.prints}
    story = _Story(articles, text_of, found, origin, scene)
    return tuple(_member(one, story) for one in articles), origin.id if origin else None


def _origin(texts: Sequence[Text]) -> StoredArticle | None:
    """The first print of the text that was printed first; None where that cannot be said of any outlet.

    It cannot where a press release came first, where that text is of somebody who is not here or of nobody knows whom,
    and where of several texts none is dated.
    """
    texts = [text for text in texts if not _is_taken(text, texts)] or list(texts)
    dated = [text for text in texts if text.printed_at is not None]
    earliest = min(dated or texts, key=lambda text: text.printed_at or _NO_TIME, default=None)
    if earliest is None or (earliest.printed_at is None and len(texts) > 1):
        return None
    return earliest.first if earliest.whose is Whose.OUTLET else None


def _is_taken(text: Text, texts: Sequence[Text]) -> bool:
    """Does its own report name the outlet of another text of the story, which does not name it back?"""
    others = (other.first.article for other in texts if other is not text)
    own = text.first.article
    return any(credits_to(own, other) and not credits_to(other, own) for other in others)


def _member(stored: StoredArticle, story: _Story) -> Member:
    text, translation = story.text_of[stored.id], story.translations.get(stored.id)
    if stored is not text.first:
        return _print(stored, text, story.scene)
    if translation is not None:
        return _translation(stored, translation, story)
    if stored is story.origin:
        return Member(stored.id, Role.ORIGIN, _first_reason(text, story))
    return Member(stored.id, Role.REPORT, _report_reason(stored, story))


def _translation(stored: StoredArticle, found: Translation, story: _Story) -> Member:
    source = found.source
    comparison = Comparison(Relation.TRANSLATION, source.id)
    language = language_name(stored.article.in_language)
    if found.own:
        reason = f"{publisher(source.article)}'s own article in {language}: {_carried(stored, source, found, story)}"
        return Member(stored.id, Role.REPORT, reason, comparison=comparison)
    if found.credited:
        named = f"{_credited(stored.article, source)}{_and(_shared(stored, source, story.scene))}"
        reason = f"a translation of {publisher(source.article)}'s article: {named}"
    else:
        reason = (
            f"a translation of {publisher(source.article)}'s article that does not say so: "
            f"{_carried(stored, source, found, story)}"
        )
    return Member(stored.id, Role.COPY, reason, copy_of=source.id, comparison=comparison)


def _carried(stored: StoredArticle, source: StoredArticle, found: Translation, story: _Story) -> str:
    """What a translation carries over, in words."""
    share = f"{found.pairing.common} names, numbers and dates stand in both in one order"
    return f"{share}{_and(_shared(stored, source, story.scene))}"


def _print(stored: StoredArticle, text: Text, scene: Scene) -> Member:
    """A further print of a text: a copy, unless nobody had it first or the house repeats itself."""
    first = text.first
    found = differences(first.article.text, stored.article.text)
    similarity = _similarity(stored, first, scene.links)
    relation = _relation(stored, text, similarity)
    comparison = Comparison(relation, first.id, len(found.kept), len(found.changed), len(found.added), len(found.cut))
    evidence = _evidence(found, similarity, relation)
    outlet = publisher(first.article)
    if text.whose is Whose.RELEASE:
        kind = "press release" if text.trace.certain else "press release, or wire,"
        reason = f"prints the same {kind} as {outlet}: {evidence}"
        return Member(stored.id, Role.REPORT, reason, comparison=comparison)
    if relation is Relation.AGAIN:
        same = publisher(stored.article) == outlet
        again = f"printed again by {outlet} itself" if same else f"printed again by the house of {outlet}"
        return Member(stored.id, Role.REPORT, f"{again}: {evidence}", comparison=comparison)
    if text.whose is Whose.UNKNOWN:
        reason = f"prints the same text as {outlet}, and whose it is cannot be said: {evidence}"
        return Member(stored.id, Role.REPORT, reason, comparison=comparison)
    credited = f"; {_credited(stored.article, first)}" if credit(stored.article) or stored.article.source_links else ""
    reason = f"reprints {outlet}'s text: {evidence}{credited}"
    return Member(stored.id, Role.COPY, reason, copy_of=first.id, comparison=comparison)


def _relation(stored: StoredArticle, text: Text, similarity: Similarity | None) -> Relation:
    if text.whose is Whose.RELEASE:
        return Relation.RELEASE
    if house(stored.article) == house(text.first.article):
        return Relation.AGAIN
    is_shorter = len(stored.article.text) < len(text.first.article.text)
    cut = is_shorter and (similarity is None or similarity.kind == "abridged")
    return Relation.ABRIDGED if cut else Relation.REPRINT


def _evidence(found: Differences, similarity: Similarity | None, relation: Relation) -> str:
    """The end of a sentence: "an abridged copy, keeps 4 of 7 sentences, cuts 3"."""
    through = ", by way of a third print" if similarity is None else ""
    abridged = "an abridged copy, " if relation is Relation.ABRIDGED else ""
    return f"{abridged}{found.words}{through}"


def _similarity(a: StoredArticle, b: StoredArticle, links: Iterable[CopyLink]) -> Similarity | None:
    """`None`: they are copies of a third only, as two abridged prints that keep different paragraphs are."""
    for link in links:
        if {link.a, link.b} == {a.id, b.id}:
            return link.similarity
    return compare(a.article.text, b.article.text)


def _credited(article: Article, source: StoredArticle | None = None) -> str:
    """How an article gives its source, in words."""
    if source is not None and links_to(article, source.article):
        return "it links to that article as its source"
    named = credit(article)
    if named is not None:
        return f"it names “{named}” as its source"
    return f"it links to {article.source_links[0]} as its source"


def _first_reason(text: Text, story: _Story) -> str:
    if len(story.articles) == 1:
        return "the only article of its story"
    published = text.first.article.date_published
    when = f"the first to publish, at {published:%Y-%m-%d %H:%M %z}" if published else ""
    if text.trace.words:
        return f"had it first: {text.trace.words}"
    if when and any(one.article.date_published is None for one in text.prints):
        return f"{when}, of those that show a date"
    return when or "its text is the one the others print"


def _report_reason(stored: StoredArticle, story: _Story) -> str:
    text = story.text_of[stored.id]
    others = [other for other in story.articles if other is not stored and story.text_of[other.id].first is other]
    if text.whose is not Whose.OUTLET and (len(text.prints) > 1 or not others):
        return _nobodys(stored, text)
    if not others:
        return "its text is the one the others print"
    nearest = max(others, key=lambda other: (story.scene.score(stored.id, other.id), -others.index(other)))
    shared = _shared(stored, nearest, story.scene)
    if stored.id in story.scene.placed:
        return f"a person put it together with {publisher(nearest.article)}'s article{_and(shared)}"
    named = f"; {_credited(stored.article)}" if credits_to(stored.article, nearest.article) else ""
    return f"tells the same event as {publisher(nearest.article)}'s article{': ' + shared if shared else ''}{named}"


def _nobodys(stored: StoredArticle, text: Text) -> str:
    """Of the first print of a text that no outlet here is said to have had first."""
    if text.whose is not Whose.RELEASE:
        return f"the first print that is here; {text.trace.words}"
    others = _other_publishers(text, stored)
    as_others = f"as {joined(others)} {'does' if len(others) == 1 else 'do'}"
    if text.trace.certain:
        return f"prints a press release, {as_others}: {text.trace.words}; no outlet had it first"
    return (
        f"prints a press release, or a wire that nobody credits, {as_others}: {text.trace.words}; "
        "no outlet had it first"
    )


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
