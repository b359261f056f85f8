"""What a story is marked with, in words: its quote, its tones, what should be answered, why it comes first. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from digests.model import StoryBlock
from digests.phrases import Phrases
from digests.placement_view import foreign
from digests.recap import Reason, TopReason, TopStory

_NAMED = 4  # outlets that one line names
_TONES = {"positif": "positive", "netral": "neutral", "negatif": "negative"}  # as `Placement.tone` has them


@dataclass(frozen=True, slots=True)
class QuoteView:
    text: str  # in quotation marks where the words are the speaker's own
    speaker: str  # "Heru Budi Hartono, acting governor"; may be empty
    outlet: str  # where several told the story; may be empty
    language: str | None  # of both texts; set when it is not the mail's


@dataclass(frozen=True, slots=True)
class ToneView:
    kind: str  # positive | neutral | negative
    text: str  # "2 negative", "negative tone"


def quote_of(words: Phrases, story: StoryBlock) -> QuoteView | None:
    quote = story.quote
    if quote is None or not quote.text:
        return None
    text = words.text("quoted", text=quote.text) if quote.kind == "direct" else quote.text
    speaker = ", ".join(part for part in (quote.speaker, quote.role) if part)
    outlet = quote.outlet_title if story.reach > 1 else ""
    return QuoteView(text, speaker, outlet, foreign(words, quote.language))


def tones_of(words: Phrases, story: StoryBlock) -> tuple[ToneView, ...]:
    """In words: how many placements of each tone, or the tone of the only one."""
    counts = Counter(_TONES[place.tone] for place in story.placements if place.tone in _TONES)
    if len(story.placements) == 1:
        return tuple(ToneView(kind, words.text(f"tone_{kind}")) for kind in counts)
    kinds = [kind for kind in ("positive", "negative", "neutral") if counts[kind]]
    return tuple(ToneView(kind, words.count(f"tones_{kind}", counts[kind])) for kind in kinds)


def warnings_of(words: Phrases, story: StoryBlock) -> tuple[str, ...]:
    """Once each, with the outlets that it is true of where the story has several."""
    told: dict[str, list[str]] = {}
    for place in story.placements:
        if place.clarify:
            told.setdefault(words.clarify(place.clarify_rule, place.clarify), []).append(place.outlet_title)
        if place.tones_differ:
            told.setdefault(words.text("tones_differ"), []).append(place.outlet_title)
    several = len(story.placements) > 1
    return tuple(_named(line, outlets if several else []) for line, outlets in told.items())


def _named(line: str, outlets: list[str]) -> str:
    names = list(dict.fromkeys(outlets))
    more = f" +{len(names) - _NAMED}" if len(names) > _NAMED else ""
    return f"{line} ({', '.join(names[:_NAMED])}{more})" if names else line


def why_of(words: Phrases, top: TopStory) -> str | None:
    told = " · ".join(_reason(words, reason) for reason in top.reasons)
    return told[:1].upper() + told[1:] or None


def _reason(words: Phrases, reason: TopReason) -> str:
    if reason.rule is Reason.OWN and not reason.detail:
        return words.text("why_own_city_unnamed")
    if reason.rule is Reason.OWN:
        return words.text("why_own_city", city=reason.detail or "")
    if reason.rule in (Reason.REACH, Reason.GROWTH) and reason.number:
        return words.count(f"why_{reason.rule.value}", reason.number)
    return words.text("why_pinned") if reason.rule is Reason.PINNED else words.text("why_new_fact")
