"""A match in words and with its evidence: what a person reads of why an article is ours, or might be."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.annotations import Evidence, WatchMatch
from pipeline.joined import Joined
from pipeline.watches.edition import Edition
from pipeline.watches.find import Mention
from pipeline.watches.model import Watch, Watches

_MOST_EVIDENCE = 12  # mentions kept with a match; a long text names its forum at every turn
_VERBS = {"name": "names", "alias": "has", "together": "has"}
_STRENGTH = {"name": 0, "alias": 1, "together": 2}


def told(document: Joined, watch: Watch, own: Sequence[Mention], edition: Edition | None) -> WatchMatch:
    """The match of a watch, whose mentions are `own`."""
    reason = _reason(document, _best(own))
    if edition is not None:
        reason += f"; edition {edition.year}: {edition.why}"
    return WatchMatch(
        id=watch.id,
        edition=edition.year if edition is not None else None,
        reason=f"{_capital(reason)}.",
        evidence=_evidence(document, own, edition),
    )


def possible(document: Joined, doubtful: Sequence[Mention], watches: Watches) -> tuple[WatchMatch, ...]:
    """What a person should look at, in the watches' order; no edition is told of what may be none."""
    found = []
    for watch in watches:
        own = [mention for mention in doubtful if mention.watch == watch.id]
        if own:
            reason = f"possibly ours ({watch.title}): {_doubt(document, _best(own))}"
            found.append(WatchMatch(watch.id, None, f"{_capital(reason)}.", _evidence(document, own, None)))
    return tuple(found)


def _best(own: Sequence[Mention]) -> Mention:
    return min(own, key=lambda mention: (_STRENGTH[mention.rule], mention.start))


def _reason(document: Joined, best: Mention) -> str:
    reason = f'{_where(document, best.start)} {_VERBS[best.rule]} "{_words(document, best)}"'
    return f"{reason} near {_quoted(document, best.context)}" if best.context else reason


def _doubt(document: Joined, best: Mention) -> str:
    if best.doubt == "far":
        start = f'{_where(document, best.start)} has "{_words(document, best)}"; nothing near it bears that out'
        return f"{start}, but the text has {_quoted(document, best.context)} elsewhere" if best.context else start
    told_of = "a loose wording, which may mean something else" if best.rule == "alias" else "no forum is named"
    return f"{_reason(document, best)}: {told_of}"


def _quoted(document: Joined, spans: Sequence[tuple[int, int]]) -> str:
    return " and ".join(f'"{" ".join(document.text[start:end].split())}"' for start, end in spans)


def _capital(sentence: str) -> str:
    return f"{sentence[:1].upper()}{sentence[1:]}"


def _evidence(document: Joined, own: Sequence[Mention], edition: Edition | None) -> tuple[Evidence, ...]:
    places = [(mention.start, mention.end, mention.rule) for mention in own[:_MOST_EVIDENCE]]
    places += [(*span, "context") for mention in own[:_MOST_EVIDENCE] for span in mention.context]
    if edition is not None and edition.start is not None and edition.end is not None:
        places.append((edition.start, edition.end, "edition"))
    return tuple(_piece(document, *place) for place in sorted(set(places)))


def _piece(document: Joined, start: int, end: int, rule: str) -> Evidence:
    field, offset = document.place(start)
    return Evidence(field, offset, offset + end - start, document.text[start:end], rule)


def _words(document: Joined, mention: Mention) -> str:
    return " ".join(document.text[mention.start : mention.end].split())


def _where(document: Joined, offset: int) -> str:
    field, _ = document.place(offset)
    if field.startswith("article_body["):
        return f"paragraph {int(field[13:-1]) + 1}"
    return {"headline": "the headline", "description": "the description", "keywords": "the keywords"}[field]
