"""What is found in an article's text, as frozen dataclasses; `pipeline.model` has them too. Imports nothing of ours.

Every one carries the evidence it stands on. Offsets are code points into the field named, and the words there are kept
with them: `article_body[3]` is the fourth paragraph. Quotes count through the whole body instead (`Article.text`).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Evidence:
    """The place in a text that made a rule fire. Offsets are code points into that field."""

    field: str  # headline | description | article_body[3] | keywords
    start: int
    end: int
    text: str
    rule: str  # e.g. "name", "alias", "context"


@dataclass(frozen=True, slots=True)
class WatchMatch:
    """A watch that an article matches. `edition` is the forum's year when the text settles it."""

    id: str
    edition: int | None
    reason: str  # one sentence for a person
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Tag:
    """A topic, place or forum tag, and why it stands there."""

    id: str
    label: str
    reason: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Location:
    """A city or province that the text names (schema.org `contentLocation`)."""

    id: str  # of the gazetteer: stable, "id-jakarta"
    name: str  # as a person reads it: "Jakarta"
    kind: str  # city | regency | province | state
    country: str  # ISO 3166-1 alpha-2
    province: str | None  # name of the province or state a city lies in; None for a province
    reason: str  # one sentence for a person
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom the text names."""

    name: str  # the longest form in the text: "Joko Agus Setyono"
    role: str | None  # as printed: "Sekretaris Daerah (Sekda) DKI Jakarta"
    office: str | None = None  # of `data/offices.toml`: "mayor", "governor"; None where the role is none it knows
    city: str | None = None  # the place of the office: id of a `Location`
    aliases: tuple[str, ...] = ()  # further forms in this text: "Joko", "Sekda Joko"
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """An organisation or an event that the text names."""

    name: str
    aliases: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """Words spoken. `start` and `end` are code points into "\\n".join(article_body); so are the spans."""

    text: str  # the words, without their marks: exactly that slice of the body
    speaker: str | None  # the fullest name the text gives; a role where it names nobody; None where it says neither
    role: str | None  # of the speaker, as printed
    kind: str  # direct | indirect
    start: int
    end: int
    cue: str | None = None  # as printed: "kata", "ujarnya", "menurut"
    cue_span: tuple[int, int] | None = None
    speaker_span: tuple[int, int] | None = None  # where the speaker stands, an earlier sentence it may be


@dataclass(frozen=True, slots=True)
class ToneReading:
    """How a headline or a body speaks of its subject; `value` None where it is not to be told."""

    value: str | None  # positif | netral | negatif
    reason: str  # one sentence for a person
    evidence: tuple[Evidence, ...] = ()  # the sentences that speak for it; `rule` is the tone they have
