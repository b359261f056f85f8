"""What our steps found in an article, as the parts of its JSON document."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.model import Article, Entity, Evidence, Location, Person, Quote, Tag, ToneReading, WatchMatch


def found(article: Article) -> dict[str, object]:
    """By the names of the document's fields, in their order; offsets are code points into the field they name."""
    return {
        "watches": [_watch(match) for match in article.watches],
        "possible": [_watch(match) for match in article.possible],
        "tags": [_tag(tag) for tag in article.tags],
        "places": list(article.places),
        "content_locations": [_location(location) for location in article.content_locations],
        "people": [_person(person) for person in article.people],
        "organisations": [_entity(entity) for entity in article.organisations],
        "events": [_entity(entity) for entity in article.events],
        "quotes": [quote_json(quote) for quote in article.quotes],
        "tone": article.tone,
        "headline_tone": _tone(article.headline_tone),
        "body_tone": _tone(article.body_tone),
        "tones_differ": article.tones_differ,
        "needs_clarification": article.needs_clarification,
        "summary": article.summary,
        "disputed": list(article.disputed),
    }


def quote_json(quote: Quote) -> dict[str, object]:
    """One quote; `start` and `end` count through the paragraphs joined by line breaks."""
    return {
        "text": quote.text,
        "speaker": quote.speaker,
        "role": quote.role,
        "kind": quote.kind,
        "start": quote.start,
        "end": quote.end,
        "cue": quote.cue,
    }


def _watch(match: WatchMatch) -> dict[str, object]:
    return {
        "id": match.id,
        "edition": match.edition,
        "reason": match.reason,
        "evidence": _evidence(match.evidence),
    }


def _tag(tag: Tag) -> dict[str, object]:
    return {"id": tag.id, "label": tag.label, "reason": tag.reason, "evidence": _evidence(tag.evidence)}


def _location(location: Location) -> dict[str, object]:
    return {
        "id": location.id,
        "name": location.name,
        "kind": location.kind,
        "country": location.country,
        "province": location.province,
        "reason": location.reason,
        "evidence": _evidence(location.evidence),
    }


def _person(person: Person) -> dict[str, object]:
    return {
        "name": person.name,
        "role": person.role,
        "office": person.office,
        "city": person.city,
        "aliases": list(person.aliases),
        "evidence": _evidence(person.evidence),
    }


def _entity(entity: Entity) -> dict[str, object]:
    return {"name": entity.name, "aliases": list(entity.aliases), "evidence": _evidence(entity.evidence)}


def _tone(tone: ToneReading | None) -> dict[str, object] | None:
    if tone is None:
        return None
    return {"value": tone.value, "reason": tone.reason, "evidence": _evidence(tone.evidence)}


def _evidence(pieces: Iterable[Evidence]) -> list[dict[str, object]]:
    return [
        {"field": piece.field, "start": piece.start, "end": piece.end, "text": piece.text, "rule": piece.rule}
        for piece in pieces
    ]
