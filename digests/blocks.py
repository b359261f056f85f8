"""One story as an edition tells it: pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from digests.disputes import SENTENCE, is_disputed
from digests.known import EditionFacts
from digests.marks import TagMark, WatchMark
from digests.model import Clarify, FirstReport, Placement, StoryBlock, Telling
from digests.plain import one_line, shorten, web_link
from digests.quotation import best_quote
from pipeline.model import Article, Disposition, Member, Role, StoredArticle, Story

_HEADLINE = 300  # characters; the longest headlines of real outlets are under 200
_NOTE = 500  # characters of an editor's note
_NAMES, _NAME = 6, 80  # authors or editors, and characters of one: a longer one is a sentence taken for a name
_EXTRACT = 320  # characters: two sentences of news
_ABBREVIATION = re.compile(r"\b[A-Z]\w{0,3}\.$")  # "Prof.", "Jl.", "H." end no sentence
_TAGS = 6
_RANK = {Role.ORIGIN: 0, Role.REPORT: 1, Role.COPY: 2}


@dataclass(frozen=True, slots=True)
class Background:
    """The facts, with what is looked up in them for every article."""

    facts: EditionFacts
    by_id: Mapping[int, StoredArticle]
    owned: frozenset[str]
    titles: Mapping[str, str]  # outlet name → printed title
    unread: frozenset[str]  # outlets that were not wholly checked when the edition before was frozen
    watched: frozenset[str]  # names and titles of watches, folded

    @classmethod
    def of(cls, facts: EditionFacts) -> Background:
        by_id = {stored.id: stored for stored in (*facts.known, *facts.articles)}
        return cls(
            facts,
            by_id,
            owned=frozenset(outlet.name for outlet in facts.watched if outlet.owned),
            titles={name: one_line(title) or name for name, title in facts.titles.items()},
            unread=frozenset(facts.past[0].unread if facts.past else ()),
            watched=frozenset(name.casefold() for pair in facts.watch_titles.items() for name in pair),
        )

    def outlet_title(self, article: Article) -> str:
        key = outlet_key(article)
        return self.titles.get(key, key)


def outlet_key(article: Article) -> str:
    """The outlet file's name, or the host of an unlisted address."""
    if article.outlet:
        return article.outlet
    try:
        return one_line(urlsplit(article.url).hostname) or "?"
    except ValueError:
        return "?"


def when(article: Article) -> datetime:
    """When it was published; when it was fetched, where the page prints no date."""
    return article.date_published or article.fetched_at


def in_time(stored: StoredArticle) -> tuple[datetime, str]:
    """Sorts articles by time; of two at one time by address, which is the same in every database."""
    return when(stored.article), stored.article.canonical_url


def watches_of(article: Article) -> tuple[str, ...]:
    """The ids of its watches, by name."""
    return tuple(sorted({match.id for match in article.watches}))


def cities_of(article: Article) -> tuple[str, ...]:
    """The places it names, the main one first."""
    return tuple(dict.fromkeys(name for place in article.content_locations if (name := one_line(place.name))))


def block(
    background: Background,
    identifier: str,
    story: Story | None,
    articles: Sequence[StoredArticle],
    *,
    note: str | None = None,
    pinned: bool = False,
) -> StoryBlock:
    """The story's block. It is told as the origin tells it; else as the earliest own report does."""
    members = {member.article_id: member for member in story.members} if story else {}
    pairs = sorted(
        ((stored, _placement(background, stored, members.get(stored.id))) for stored in articles),
        key=lambda pair: (_RANK[pair[1].role], *in_time(pair[0])),
    )
    texts = [stored.article for stored, _ in pairs]
    followed = background.facts.followed
    tellings = _tellings(pairs)
    return StoryBlock(
        story_id=identifier,
        tellings=tellings,
        first=_first(background, story, articles),
        placements=tuple(placement for _, placement in pairs),
        watches=_watches(background.facts.watch_titles, texts),
        tags=_tags(background.watched, texts),
        earlier=_earlier(background.facts.earlier, {*members, *(stored.id for stored in articles)}),
        follows=followed.get(story.continues) if story and story.continues else None,
        quote=best_quote(pairs, tellings[0].language),
        note=shorten(one_line(note), _NOTE),
        pinned=pinned,
    )


def _tellings(pairs: list[tuple[StoredArticle, Placement]]) -> tuple[Telling, ...]:
    """One for each language, each by the best placement in it that has a headline."""
    told: dict[str | None, Telling] = {}
    for stored, place in sorted(pairs, key=lambda pair: pair[1].headline is None):
        if place.language not in told and (place.headline or not told):
            told[place.language] = _telling(stored, place)
    return tuple(told.values())


def _telling(stored: StoredArticle, place: Placement) -> Telling:
    extract, disputed = (place.extract, place.disputed) if place.extract else _extract(stored.article)
    return Telling(place.version_id, place.headline, place.url, place.language, extract, disputed)


def _extract(article: Article) -> tuple[str | None, bool]:
    """Two sentences, and whether the whole of what they are taken from is disputed."""
    extract = one_line(article.summary or article.description)
    return _within(extract), is_disputed(extract, article.disputed)


def _placement(background: Background, stored: StoredArticle, member: Member | None) -> Placement:
    article = stored.article
    role = member.role if member else Role.COPY if stored.copy_of else Role.REPORT
    extract, disputed = (None, False) if role is Role.COPY else _extract(article)
    return Placement(
        article_id=stored.id,
        version_id=stored.version_id,
        outlet=outlet_key(article),
        outlet_title=background.outlet_title(article),
        owned=article.outlet in background.owned,
        headline=shorten(one_line(article.headline), _HEADLINE),
        url=web_link(article.url),
        language=article.in_language,
        published=article.date_published,
        fetched_at=article.fetched_at,
        role=role,
        copy_of=_copied_from(background, stored, member),
        changed=stored.id in background.facts.earlier,
        watches=watches_of(article),
        edit=background.facts.edits.get(stored.id),
        tone=article.tone,
        headline_tone=article.headline_tone.value if article.headline_tone else None,
        tones_differ=article.tones_differ,
        authors=_names(article.authors),
        editors=_names(article.editors),
        section=shorten(one_line(article.article_section), _NAME),
        full_text=article.outlet in background.facts.full_text,
        late=_is_late(background, stored),
        clarify=one_line(article.needs_clarification),
        clarify_rule=_clarify_rule(article),
        cities=cities_of(article),
        extract=extract,
        disputed=disputed,
    )


def _names(printed: Iterable[str]) -> tuple[str, ...]:
    names = (one_line(name) for name in printed)
    return tuple(name for name in dict.fromkeys(names) if name and len(name) <= _NAME)[:_NAMES]


def _is_late(background: Background, stored: StoredArticle) -> bool:
    """Published before the last freeze, at an outlet that was not wholly checked then; not one that is told again."""
    published = stored.article.date_published
    return (
        published is not None
        and published < background.facts.since
        and outlet_key(stored.article) in background.unread
        and stored.id not in background.facts.taken
        and stored.id not in background.facts.earlier
    )


def _clarify_rule(article: Article) -> str | None:
    """Which of its rules asks the city to answer (`pipeline.tone.clarify`)."""
    if article.needs_clarification is None:
        return None
    if article.disputed:
        return Clarify.DISPUTED
    body = article.body_tone.value if article.body_tone else None
    return Clarify.UNANSWERED if body == "negatif" else Clarify.HEADLINE


def _copied_from(background: Background, stored: StoredArticle, member: Member | None) -> str | None:
    """Whose text it reprints: the outlet's title, or the credit as printed when that text is not in the store."""
    source = (member.copy_of if member else None) or stored.copy_of
    origin = background.by_id.get(source) if source else None
    if origin is not None:
        return background.outlet_title(origin.article)
    return shorten(one_line(stored.article.syndicated_from), 80)


def _first(background: Background, story: Story | None, articles: Sequence[StoredArticle]) -> FirstReport | None:
    """The story's origin, where it is kept and may be shown. A press release has none."""
    if story is None:
        origin = min(articles, key=in_time)
    else:
        found = background.by_id.get(story.origin) if story.origin else None
        if found is None or found.disposition is not Disposition.KEPT:
            return None
        origin = found
    article = origin.article
    return FirstReport(
        background.outlet_title(article),
        web_link(article.url),
        article.date_published,
        article_id=origin.id,
        version_id=origin.version_id,
    )


def _earlier(periods: Mapping[int, tuple[date, ...]], articles: Iterable[int]) -> tuple[date, ...]:
    return tuple(sorted({period for article in articles for period in periods.get(article, ())}))


def _watches(titles: Mapping[str, str], articles: list[Article]) -> tuple[WatchMark, ...]:
    """Every watch of the story; its year is the one most of its articles name."""
    years: dict[str, Counter[int]] = {}
    for article in articles:
        for match in article.watches:
            years.setdefault(match.id, Counter()).update([match.edition] if match.edition else [])
    return tuple(
        WatchMark(identifier, one_line(titles.get(identifier)) or identifier, _most(years[identifier]))
        for identifier in sorted(years)
    )


def _most(years: Counter[int]) -> int | None:
    return max(years, key=lambda year: (years[year], year), default=None)


def _tags(watched: frozenset[str], articles: list[Article]) -> tuple[TagMark, ...]:
    """The tags most articles carry, then the weightiest in them; one that only repeats a watch is left out."""
    places: dict[tuple[str, str], list[int]] = {}
    for article in articles:
        pairs = dict.fromkeys((tag.id, shorten(one_line(tag.label), 40) or tag.id) for tag in article.tags)
        for place, pair in enumerate(pairs):
            places.setdefault(pair, []).append(place)
    shown = [pair for pair in places if pair[1].casefold() not in watched and pair[0].rpartition(":")[2] not in watched]
    shown.sort(key=lambda pair: (-len(places[pair]), sum(places[pair]), pair))
    return tuple(TagMark(identifier, label) for identifier, label in shown[:_TAGS])


def _within(extract: str | None) -> str | None:
    """As many whole sentences as fit; a cut within one only where the first is too long."""
    if extract is None or len(extract) <= _EXTRACT:
        return extract
    ends = [found.start() for found in SENTENCE.finditer(extract, 0, _EXTRACT + 2) if found.start() <= _EXTRACT]
    whole = [end for end in ends if not _ABBREVIATION.search(extract[:end])]
    return extract[: whole[-1]] if whole and whole[-1] >= _EXTRACT // 3 else shorten(extract, _EXTRACT)
