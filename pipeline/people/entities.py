"""Set the organisations and events of an article: those known by name, and those whose first or last word tells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline.joined import Joined, of_article
from pipeline.model import Article, Entity, Evidence
from pipeline.people.lists import Kind, plain
from pipeline.people.pieces import Is, Piece, Reader
from pipeline.people.scene import Found, Scene, survey
from pipeline.people.words import token_at

_MOST = 40  # organisations, and events, of one article
_MOST_TERMS = 1000  # of one text that are looked at
_MOST_EVIDENCE = 20  # places of one
_LONGEST = 90  # characters of a name
_FEWEST_WORDS = 2
_SHORT = re.compile(r" \((?P<short>[A-Z][\w./& -]{1,24})\)")
_YEAR = re.compile(r"(?: (?:ke-\d{1,3}|\d{1,3}(?:st|nd|rd|th)))?(?: (?:19|20)\d\d)?")
_ORGANISATIONS = (Kind.ORGANISATION, Kind.BODY, Kind.FIRM, Kind.BODY_END)
_GOES_ON = re.compile(r" (?:[^\W\d_a-z]|of\b|for\b)")  # the name goes on: "Department of", "University Hospital"
_WHERE = frozenset(["di", "at", "in", "dari", "pada", "from", "to", "untuk", "tentang", "on", "asal"])
_SAYS_LITTLE = frozenset(
    ["national", "annual", "great", "new", "first", "second", "third", "next", "last", "international", "job", "state"]
)


@dataclass
class _Named:
    """An entity while its places are gathered. Offsets are code points into the joined text."""

    name: str
    forms: dict[str, None] = field(default_factory=dict)
    spans: list[tuple[int, int, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int
    name: str
    short: str | None
    event: bool
    rule: str  # name | form


def find_entities(article: Article) -> Article:
    """Set `organisations` and `events`, in the order in which the text names them."""
    joined = of_article(article)
    scene = survey(joined.text, article.in_language)
    until = joined.starts[-1]
    places = list(_apart(_places(scene, len(article.headline or ""), until), _people_spans(article, joined)))
    organisations = _gathered(scene, (place for place in places if not place.event), until)
    events = _gathered(scene, (place for place in places if place.event), until)
    return replace(
        article,
        organisations=tuple(_entity(joined, one) for one in organisations[:_MOST]),
        events=tuple(_entity(joined, one) for one in events[:_MOST]),
    )


def _people_spans(article: Article, joined: Joined) -> list[tuple[int, int]]:
    starts = dict(zip(joined.fields, joined.starts, strict=True))
    return [
        (starts[one.field] + one.start, starts[one.field] + one.end)
        for person in article.people
        for one in person.evidence
        if one.rule != "office"
    ]


def _places(scene: Scene, headline: int, until: int) -> Iterator[_Place]:
    for found in scene.named[:_MOST_TERMS]:
        if found.start >= until or (found.start < headline and found.term.name is None):
            continue  # a headline prints capitals as it likes
        event = found.term.kind not in _ORGANISATIONS
        if found.term.name is not None:
            span = (found.start, found.end) if _is_printed_so(scene, found) else None
        elif found.term.kind in (Kind.BODY, Kind.FIRM, Kind.MEETING):
            span = _from_head(scene, found)
        else:
            span = _to_tail(scene, found)
        if span is not None:
            yield _place(scene, span, found, event=event)


def _place(scene: Scene, span: tuple[int, int], found: Found, *, event: bool) -> _Place:
    short = _SHORT.match(scene.text, span[1])
    shown = found.term.name or " ".join(scene.text[slice(*span)].split())
    rule = "name" if found.term.name else "form"
    return _Place(*span, shown, short["short"] if short else None, event, rule)


def _is_printed_so(scene: Scene, found: Found) -> bool:
    """An abbreviation must be printed in capitals; a name must begin with one."""
    printed = scene.text[found.start : found.end]
    return printed[0].isupper() and (" " in printed or len(printed) > 5 or any(map(str.isupper, printed[1:])))


def _from_head(scene: Scene, found: Found) -> tuple[int, int] | None:
    """ "Dinas Perhubungan DKI Jakarta", "PT Sinar Terang", "Konferensi Wali Kota Asia Tenggara"."""
    text = scene.text
    if not text[found.start].isupper():
        return None
    head = plain(text[found.start : found.end].rpartition(" ")[2])
    pieces = Reader(scene, min(len(text), found.end + _LONGEST), head).read(found.end)
    free = found.term.kind is not Kind.BODY
    end, count = found.end, 0
    for place, piece in enumerate(pieces):
        printed = text[piece.start : piece.end]
        if _is_another(scene, piece.start) or piece.start in scene.bodies or (count == 0 and printed[0].isdigit()):
            break
        if printed.startswith("(") and count == 0:
            continue  # "Pemerintah Provinsi (Pemprov) DKI Jakarta"
        if printed.startswith("(") or piece.kind in (Is.COMMA, Is.TITLE) or (piece.kind is Is.NAME and not free):
            break
        if piece.kind is Is.LINK and (piece.plain in _WHERE or not _goes_on(text, pieces[place + 1 : place + 2])):
            break
        if piece.kind is not Is.LINK:
            if printed[0].islower():
                break
            end, count = piece.end, count + 1
        if piece.kind is Is.PLACE and not free:
            break
    meeting = found.term.kind is Kind.MEETING
    if count < (_FEWEST_WORDS if meeting and not _is_placed(pieces) else 1):
        return None
    return found.start, end


def _is_another(scene: Scene, place: int) -> bool:
    """Does an office begin there? "Department of Health Secretary" is no department."""
    head = scene.heads.get(place)
    return head is not None and head.term.kind in (Kind.OFFICE, Kind.ROLE)


def _is_placed(pieces: Sequence[Piece]) -> bool:
    return bool(pieces) and pieces[0].kind is Is.PLACE


def _goes_on(text: str, following: Sequence[Piece]) -> bool:
    return any(text[piece.start].isupper() for piece in following)


def _to_tail(scene: Scene, found: Found) -> tuple[int, int] | None:
    """ "Bogor City Government", "the World Cities Summit": the words with capitals before the last one."""
    run = scene.run_around(found.start)
    if run is None or not scene.text[found.start].isupper() or _GOES_ON.match(scene.text, found.end):
        return None
    owner = scene.text.rfind("s ", run.start, found.start)
    start = owner + 2 if owner > run.start and scene.text[owner - 1] in "'’" else run.start
    while (token := token_at(scene.text, start)) is not None and token.end < found.start and _opens(scene, token.text):
        start = token.end + 1
    if start >= found.start or found.end - start > _LONGEST:
        return None
    if any(_is_another(scene, place) for place in range(start, found.start)):
        return None
    words = scene.text[start : found.start].split()
    headline = any(_opens(scene, word) for word in words)  # "Mayor Leaves Ahead Of Summit"
    return None if headline or all(plain(word) in _SAYS_LITTLE for word in words) else (start, found.end)


def _opens(scene: Scene, word: str) -> bool:
    return plain(word) in scene.lists.openers


def _apart(places: Iterable[_Place], people: list[tuple[int, int]]) -> Iterator[_Place]:
    """The longest of those that overlap; none that runs into a person's name."""
    taken = 0
    for place in sorted(places, key=lambda place: (place.start, -place.end, place.rule != "name")):
        cut = min((start for start, end in people if start < place.end and end > place.start), default=place.end)
        if cut <= place.start or place.end <= taken or (cut < place.end and place.rule == "form"):
            continue
        if place.start >= taken:
            taken = place.end
            yield place


def _gathered(scene: Scene, places: Iterable[_Place], until: int) -> list[_Named]:
    """One for each name, with what it is called in brackets behind it."""
    known: dict[str, _Named] = {}
    for place in places:
        low = " ".join(map(plain, place.name.split()))
        one = known.setdefault(low, _Named(place.name))
        printed = " ".join(scene.text[place.start : place.end].split())
        one.forms[printed] = None
        one.spans.append((place.start, place.end, place.rule))
        for short in (place.short or "").split("/"):
            if _shortens(short.strip(), place.name):
                one.forms[short.strip()] = None
                known.setdefault(" ".join(map(plain, short.split())), one)
    found = list({id(one): one for one in known.values()}.values())
    for one in found:
        one.spans += [span for form in one.forms if _is_short(form) for span in _again(scene.text, form, until)]
    return sorted(found, key=lambda one: min(one.spans))


def _shortens(short: str, name: str) -> bool:
    """Are its letters those of the name, in order, from one of the first two words on? "(AS)" may be another's."""
    letters = iter(plain(name))
    begins = {plain(word)[0] for word in name.split()[:3]}
    return len(short) > 1 and plain(short)[0] in begins and all(one in letters for one in plain(short) if one.isalpha())


def _is_short(form: str) -> bool:
    """An abbreviation that means the same wherever the text prints it."""
    return form.isupper() and len(form) > 1 and " " not in form


def _again(text: str, form: str, until: int) -> Iterator[tuple[int, int, str]]:
    place = text.find(form, 0, until)
    for _ in range(_MOST_TERMS):
        if place < 0:
            break
        end = place + len(form)
        if not (text[place - 1 : place].isalnum() or text[end : end + 1].isalnum()):
            yield place, end, "alias"
        place = text.find(form, end, until)


def _entity(joined: Joined, one: _Named) -> Entity:
    spans = sorted({(start, end): rule for start, end, rule in reversed(one.spans)}.items())[:_MOST_EVIDENCE]
    forms = [form for form in one.forms if form != one.name]
    return Entity(one.name, tuple(forms), tuple(_evidence(joined, *span, rule) for span, rule in spans))


def _evidence(joined: Joined, start: int, end: int, rule: str) -> Evidence:
    name, first = joined.place(start)
    return Evidence(name, first, first + end - start, joined.text[start:end], rule)
