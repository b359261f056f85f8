"""The doubtful ("possibly ours"): how much speaks for them, what to show of it, what a yes makes of them. Pure.

A doubtful article carries `possible` and no `watches`. It waits for a person: rejected at stage `watch`, by this rule.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.model import Article, Evidence, Tag, WatchMatch

POSSIBLY_OURS = "possibly ours"
_WEIGHTS = {"headline": 3.0, "description": 2.0, "article_body[0]": 2.0, "keywords": 1.5}
_BODY = 1.0  # of evidence further down
_LEAST = 1.0  # of a match that shows no evidence
_AROUND = 60  # characters of a snippet before and after the words that made a rule fire
_PARAGRAPH = re.compile(r"article_body\[(\d{1,6})\]")


def waits(article: Article) -> bool:
    """Whether only a person can tell if it is ours."""
    return bool(article.possible) and not article.watches


def doubt(article: Article) -> float | None:
    """How much speaks for the strongest of its possible watches, from 1; `None` where it does not wait.

    What stands in the headline weighs three times what stands far down; the same words count once.
    """
    return max(map(_weight, article.possible)) if waits(article) else None


def _weight(match: WatchMatch) -> float:
    strongest: dict[tuple[str, str], float] = {}
    for one in match.evidence:
        said = one.rule, one.text.casefold()
        strongest[said] = max(strongest.get(said, 0.0), _WEIGHTS.get(one.field, _BODY))
    return max(_LEAST, sum(strongest.values()))


def accept(article: Article, accepted: Mapping[str, int | None], why: str) -> Article:
    """The article with these watches (id → edition, `None` where nobody told it), which a person put it under.

    What the text itself settles stays as it is; an edition that a later reading finds fills one that is missing.
    """
    mine = {match.id for match in article.watches}
    doubtful = {match.id: match for match in article.possible}
    added = []
    for identifier, edition in accepted.items():
        if identifier not in mine:
            match = doubtful.get(identifier) or WatchMatch(identifier, edition, why)
            added.append(replace(match, edition=match.edition if edition is None else edition, reason=why))
    left = tuple(match for match in article.possible if match.id not in accepted)
    tagged = replace(article, tags=_tagged(article, added)) if added else article
    return replace(tagged, watches=(*article.watches, *added), possible=left)


def _tagged(article: Article, added: Sequence[WatchMatch]) -> tuple[Tag, ...]:
    """Forums first, those that a person added behind the text's own."""
    from pipeline.tags import forum_tag  # noqa: PLC0415 (heavy, and few articles were accepted by persons)

    mine = {match.id for match in article.watches}
    forums = [tag for tag in article.tags if tag.id in mine]
    topics = [tag for tag in article.tags if tag.id not in mine]
    return (*forums, *map(forum_tag, added), *topics)


def one_text(texts: Mapping[int, str]) -> list[tuple[int, ...]]:
    """The texts, known by number, with those together that are one text; groups and numbers in the order given."""
    from pipeline.copies import candidate_pairs, copies_among, holders_of  # noqa: PLC0415 (heavy, for one command)
    from pipeline.fingerprint import text_keys  # noqa: PLC0415 (likewise)

    keys = {number: text_keys(text) for number, text in texts.items()}
    first = {number: number for number in texts}  # the first number of its group
    place = {number: n for n, number in enumerate(texts)}
    for link in copies_among(texts, candidate_pairs(keys, holders_of(keys))):
        joined = {first[link.a], first[link.b]}
        earliest = min(joined, key=place.__getitem__)
        first |= {number: earliest for number, group in first.items() if group in joined}
    groups: dict[int, list[int]] = {}
    for number, group in first.items():
        groups.setdefault(group, []).append(number)
    return [tuple(group) for group in groups.values()]


def snippet(article: Article, evidence: Evidence) -> str:
    """The words that made a rule fire, in brackets, with what stands around them, cut between words."""
    text = _field(article, evidence.field)
    if text[evidence.start : evidence.end] != evidence.text:
        return f"[{evidence.text}]"  # of another reading of the text
    before, after = text[: evidence.start], text[evidence.end :]
    if len(before) > _AROUND:
        before = "…" + _from_a_word(before[-_AROUND:])
    if len(after) > _AROUND:
        after = _to_a_word(after[:_AROUND]) + "…"
    return " ".join(f"{before}[{evidence.text}]{after}".split())


def _from_a_word(text: str) -> str:
    return text.partition(" ")[2] or text


def _to_a_word(text: str) -> str:
    return text.rpartition(" ")[0] or text


def _field(article: Article, name: str) -> str:
    paragraph = _PARAGRAPH.fullmatch(name)
    if paragraph is not None:
        number = int(paragraph[1])
        return article.article_body[number] if number < len(article.article_body) else ""
    if name == "keywords":
        return ", ".join(article.keywords)
    return {"headline": article.headline, "description": article.description}.get(name) or ""
