"""Tags: the forums an article matches, then its topics, each with the words that put it there.

Rules, not statistics: a topic's terms count more in the headline and the lead than further down, its hints only beside
a term, and a longer text must say more of a topic to be about it. Precision before recall: a topic mentioned once in
passing is no tag.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from pipeline.joined import Joined, of_article
from pipeline.lexicon import fold
from pipeline.model import Article, Evidence, Tag, WatchMatch
from pipeline.topics import Strength, Topic, find_words, forums, topics
from pipeline.topics import label as label  # noqa: PLC0414 (what a tag is called belongs to tags)

_COOPERATION = "cooperation"
_MOST = 5  # tags a text carries
_MOST_TOPICS = 3  # that it is chiefly about
_LEAD = "article_body[0]"
_WEIGHTS = {"headline": 3.0, "description": 1.5, "keywords": 1.5, _LEAD: 1.5}
_BODY = 1.0
_STRENGTH = {Strength.TERM: 1.0, Strength.SUBJECT: 0.5, Strength.HINT: 0.25}  # times the weight of its field
_SHORT = 700  # characters: all of so short a text speaks of its subject, as a headline does
_FORUM = 3.0  # a match of a forum's watch, wherever it is named
_REPEATS = 3  # how often one and the same word counts
_PER_WEIGHT = 500  # characters of a text for each weight a topic must have …
_LEAST = (1.0, 4.0)  # … but this at least, and never more
_SHOWN_THERE = 1.5  # the weight of what a network of cities shows, beside which its meeting is no topic
_RIVAL = 0.25  # a topic with less than this share of the strongest one's weight is a side issue …
_THIRD = 0.6  # … and so is a third topic with less than this share
_SHOWN = 4  # words a reason names
_PIECES = 8  # of evidence


@dataclass(slots=True)
class _Tally:
    """What speaks for one topic."""

    terms: Counter[str] = field(default_factory=Counter)
    hints: Counter[str] = field(default_factory=Counter)
    headline: set[str] = field(default_factory=set)
    forums: list[WatchMatch] = field(default_factory=list)
    pieces: list[Evidence] = field(default_factory=list)
    weight: float = 0.0  # of its words
    forum: float = 0.0


def tag(article: Article) -> Article:
    """Set `tags`: forums first, then topics by weight, five at most."""
    named = [forum_tag(found) for found in article.watches]
    return replace(article, tags=tuple((named + _topics(article))[:_MOST]))


def forum_tag(found: WatchMatch) -> Tag:
    """The tag of a watch that an article matches: "MGMAC 2023"."""
    words = found.id.split("-")
    name = " ".join(word.upper() if len(words) == 1 or word == "asean" else word.capitalize() for word in words)
    shown = name if found.edition is None else f"{name} {found.edition}"
    return Tag(found.id, shown, found.reason, found.evidence)


def _topics(article: Article) -> list[Tag]:
    joined = of_article(article)
    tallies = _counted(joined, article.in_language, _names(article))
    _count_forums(article, tallies)
    spoken = {place: tally for place, tally in tallies.items() if tally.terms or tally.forums}
    chosen = _without_meeting(_chief(spoken, len(joined.text)), spoken)
    return [_tag(topics()[place], spoken.get(place) or _met(article)) for place in chosen]


def _chief(spoken: Mapping[int, _Tally], length: int) -> list[int]:
    """The topics that a text of so many characters is about, the strongest first.

    The words of meetings and partners are many wherever cities meet: they make no topic of the meeting a side issue.
    """
    weights = {place: tally.weight + tally.forum for place, tally in spoken.items()}
    shortest, longest = _LEAST
    least = min(max(length / _PER_WEIGHT, shortest), longest)
    rival = max((tally.weight for place, tally in spoken.items() if place != _meeting()), default=0.0)
    least = max(least, _RIVAL * rival)
    kept = sorted((place for place in weights if weights[place] >= least), key=lambda place: (-weights[place], place))
    third = _MOST_TOPICS - 1
    strongest = max((weights[place] for place in kept if place != _meeting()), default=0.0)
    return kept[:third] + [
        place for place in kept[third:_MOST_TOPICS] if spoken[place].forums or weights[place] >= _THIRD * strongest
    ]


def _without_meeting(chosen: list[int], spoken: Mapping[int, _Tally]) -> list[int]:
    """A text on a network with a subject of its own is about that and what is shown there, and else about meeting."""
    networks = {place for place, tally in spoken.items() if tally.forums}
    if not networks or _meeting() in networks:
        return chosen
    others = [place for place in chosen if place != _meeting()]
    shown = any(spoken[place].weight >= _SHOWN_THERE for place in others if place not in networks)
    return others if shown else [*others[: _MOST_TOPICS - 1], _meeting()]


def _met(article: Article) -> _Tally:
    """The tally of meeting where nothing but the forum's name speaks for it."""
    named = [found for found in article.watches if found.id in forums()]
    return _Tally(
        forums=named, pieces=[replace(piece, rule="forum") for found in named for piece in found.evidence[:1]]
    )


@lru_cache(maxsize=1)
def _meeting() -> int:
    """The place of the topic "cooperation", which is what cities meet for."""
    return next(place for place, topic in enumerate(topics()) if topic.id == _COOPERATION)


def _counted(joined: Joined, language: str | None, named: Sequence[Evidence]) -> dict[int, _Tally]:
    """The tally of every topic that has a word in the article: what weighs more is counted first."""
    found = [
        (*joined.place(hit.start), hit, words) for hit, words in find_words(fold(joined.text), joined.text, language)
    ]
    tallies: dict[int, _Tally] = {}
    for name, start, hit, words in sorted(found, key=lambda one: -_WEIGHTS.get(one[0], _BODY)):
        printed = joined.text[hit.start : hit.end]
        if any(piece.field == name and piece.start <= start and start + len(printed) <= piece.end for piece in named):
            continue
        piece = Evidence(name, start, start + len(printed), printed, "term")
        for word in words:
            if word.strength is not Strength.NOTHING:
                strength = _in_place(word.strength, name, len(joined.text))
                _count(piece, strength, tallies.setdefault(word.topic, _Tally()))
    return tallies


def _names(article: Article) -> list[Evidence]:
    """Where forums are named: the words inside such a name say nothing more of a topic than the forum itself."""
    return [piece for found in article.watches for piece in found.evidence if found.id in forums()]


def _in_place(strength: Strength, name: str, length: int) -> Strength:
    """What a word is worth in a field: a subject that stands further down in a longer text is a hint."""
    leads = name == "headline" or length < _SHORT
    return Strength.HINT if strength is Strength.SUBJECT and not leads else strength


def _count(piece: Evidence, strength: Strength, tally: _Tally) -> None:
    spoken = " ".join(piece.text.split())
    spoken = spoken if spoken.isupper() else spoken.lower()
    is_term = strength is not Strength.HINT
    counted = tally.terms if is_term else tally.hints
    counted[spoken] += 1
    if counted[spoken] <= _REPEATS:
        tally.weight += _WEIGHTS.get(piece.field, _BODY) * _STRENGTH[strength]
        tally.pieces.append(piece if is_term else replace(piece, rule="hint"))
    if is_term and piece.field == "headline":
        tally.headline.add(spoken)


def _count_forums(article: Article, tallies: dict[int, _Tally]) -> None:
    for found in article.watches:
        place = forums().get(found.id)
        if place is not None:
            tally = tallies.setdefault(place, _Tally())
            tally.forums.append(found)
            tally.forum = max(tally.forum, _FORUM)
            tally.pieces += [replace(piece, rule="forum") for piece in found.evidence[:1]]


def _tag(topic: Topic, tally: _Tally) -> Tag:
    shown = []
    for word, times in sorted(tally.terms.items(), key=lambda entry: (-entry[1], entry[0]))[:_SHOWN]:
        where = " in the headline" if word in tally.headline else ""
        shown.append(f'"{word}"{f" {times} times" if times > 1 else ""}{where}')
    said = [f"The text says {', '.join(shown)}."] if shown else []
    said += [f"It is about {' and '.join(forum_tag(found).label for found in tally.forums)}."] if tally.forums else []
    order = {"forum": 0, "term": 0, "hint": 1}
    pieces = sorted(tally.pieces, key=lambda piece: order[piece.rule])[:_PIECES]
    return Tag(topic.id, topic.label["en"], " ".join(said), tuple(pieces))
