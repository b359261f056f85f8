"""Who made a text: names apart by what they did, from the lines newsrooms print above and below it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields

from pipeline.agencies import is_only_agencies, read_closing
from pipeline.blocks import SENTENCE_END
from pipeline.bywords import by_patterns, by_words
from pipeline.persons import agencies, names, signed_names
from pipeline.photographs import is_photo_line, photo_credit

__all__ = (
    "Credits",
    "closing_brackets",
    "codes",
    "is_labelled",
    "is_notice",
    "is_photo_line",
    "is_tail",
    "names",
    "parse_line",
    "parse_lines",
)

_LONGEST_LINE = 400  # characters of a byline with several names
_MOST_WORDS_OF_SOURCE = 8
_MOST_WORDS = 12  # of the names behind one label
_MOST_WORDS_IN_BRACKETS = 45  # of a wire's list of reporters
_CODE = r"[^\W\d_][\w. '’-]{0,40}"
_CODES = re.compile(rf"[(\[]\s*(?:\*+|{_CODE}(?:\s*[/*|]\s*{_CODE}){{0,9}}|{_CODE}\*+)\s*[)\]]\.?")
_INITIALS = re.compile(r"[(\[](?:[A-Za-z]{2,5}\*{0,3}|\*{1,3})[)\]]\.?|\*{1,3}")
_SIGN = re.compile(r"(?i)©|&copy;|\(c\)")
_CODE_OF_PERSON = re.compile(r"[a-z]{2,5}|[A-Z]{2,4}(?:-\d+)?")  # "msb", "OL-12"
_CLOSING_BRACKETS = re.compile(r"\s*(\([^()]{1,380}\))\s*$")
_CLOSING_CODES = re.compile(r"\(([a-z]{2,5}(?:\s*/\s*[a-z]{2,5}){0,9})\)\s*$", re.IGNORECASE)
_DESK = re.compile(  # "Laporan wartawan Kabar Kota, Ratna Dewi", "Kontributor Bogor, Ratna Dewi"
    r"[(\[]?\s*(?i:(?:laporan|reportase|report)\s+)?(?i:wartawan|jurnalis|reporter|kontributor|koresponden|pewarta)\s+"
    r"(?P<desk>[^\W\d_a-z][^,:|]{1,40}),\s*(?P<names>[^|:]{2,80}?)[)\]]?"
)
_CONTRIBUTED = re.compile(r".{5,200}\bcontributed (?:to this (?:report|story|article)|reporting)\.?")


@dataclass(frozen=True, slots=True)
class Credits:
    """The persons of a byline, and what else its lines say."""

    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    translators: tuple[str, ...] = ()
    photographers: tuple[str, ...] = ()
    copyright: str | None = None  # "ANTARA 2023"
    source: str | None = None  # "En.Antara News", of a line that says where the text was taken from
    notice: str | None = None  # a printed condition on machines reading the page
    agency: str | None = None  # a wire agency that the byline names in place of, or behind, a person
    signed: tuple[str, ...] = ()  # names in brackets below the text, "(A/B)": the line does not say who did what

    def __or__(self, other: Credits) -> Credits:
        """These credits, with `other` filling what is absent here."""
        return Credits(*(getattr(self, f.name) or getattr(other, f.name) for f in fields(self)))


def parse_lines(lines: Iterable[str], house: tuple[str, ...] = ()) -> Credits:
    """The credits in lines known to be a byline or its tail; lines that say nothing known add nothing."""
    found = Credits()
    for line in lines:
        found |= parse_line(line, house)
    return found


def parse_line(line: str, house: tuple[str, ...] = ()) -> Credits:
    """The credits in one printed line. `house`: names of the outlet that are no person's."""
    if is_notice(line):
        return Credits(notice=line)
    line = line[: 2 * _LONGEST_LINE].strip()
    source = _source(line)
    if source:
        return Credits(source=source)
    copyright_match = by_patterns().copyright.search(line)
    if copyright_match:
        named = re.sub(r"(?i)\s*all rights reserved\.?", "", copyright_match[1] or "").strip(" .:-") or None
        return Credits(copyright=named) | parse_line(line[: copyright_match.start()], house)
    desk = _DESK.fullmatch(line)
    if desk:
        return Credits(authors=names(desk["names"], house))
    return _people(line, house) or _signature(line, house)


def _source(line: str) -> str | None:
    """Whose text it is, of a line that says nothing else: "Sumber: En.Antara News", "Theo TTXVN", "— BERNAMA"."""
    known = by_patterns()
    match = known.source.match(line)
    if match is None and not line.endswith("."):
        match = known.bare_source.match(line)
        if match and (match[1][0].islower() or len(match[1].split()) > 4 or re.search(r"\d", match[1])):
            match = None
    if match and len(match[1].split()) <= _MOST_WORDS_OF_SOURCE:
        name = match[1].strip(" .")
        return None if name.casefold() in by_words().source.nobody else name
    closing = read_closing(line)
    return closing[1] if closing and closing[0] == 0 else None


def _people(line: str, house: tuple[str, ...]) -> Credits | None:
    """The persons behind the labels or phrases of a line; `None` where it has none."""
    parts = _parts(line[:_LONGEST_LINE])
    people: dict[str, list[str]] = {}
    agency: str | None = None
    for roles, text, labelled in parts:
        found = signed_names(text, house) if labelled else names(text, house)
        for role in roles:
            people.setdefault(role, []).extend(name for name in found if name not in people.get(role, ()))
        if "authors" in roles:
            agency = agency or next(iter(agencies(text)), None)
    if not parts:
        return None
    authors, editors, translators, photographers = (
        tuple(people.get(f"{role}s", ())) for role in ("author", "editor", "translator", "photographer")
    )
    return Credits(authors, editors, translators, photographers, agency=agency)


def _parts(line: str) -> list[tuple[tuple[str, ...], str, bool]]:
    """(fields, text of the names, is it a label?) for each label or phrase in a line."""
    known = by_patterns()
    labels = list(known.label.finditer(line))
    marks = labels or list(known.phrase.finditer(line))
    ends = [*(mark.start() for mark in marks[1:]), len(line)] if marks else []
    return [
        (known.roles.get(_plain(mark[0]), ()), line[mark.end() : end], bool(labels))
        for mark, end in zip(marks, ends, strict=True)
    ]


def _plain(label: str) -> str:
    """A label or phrase as it was found -> as it is listed."""
    return " ".join(label.strip(" \t\n\r:：៖|;,([–").casefold().split()).lstrip("/- ")


def _signature(line: str, house: tuple[str, ...]) -> Credits:
    """Names in brackets alone on a line: "(Ratna Dewi)", "(Ratna/Hadi)", "(Antara/msb)"; initials name nobody.

    Beside an agency or a house a name is a photographer's: "(Ratna Dewi/AP)".
    """
    if not _CODES.fullmatch(line) or _INITIALS.fullmatch(line):
        return Credits()
    inside = line.strip("()[]. ")
    pieces = [piece.strip(" *") for piece in re.split(r"[/|]", inside)]
    wires = [piece for piece in pieces if is_only_agencies(piece)]
    people = names("/".join(piece for piece in pieces if len(piece) >= 4 and (len(pieces) > 1 or " " in piece)), house)
    others = [piece for piece in pieces if piece not in wires and not _CODE_OF_PERSON.fullmatch(piece)]
    if wires and not others:
        return Credits(source="/".join(wires))
    if people and len(people) == len(others) and not wires:
        return Credits(signed=people)
    return Credits(photographers=photo_credit(line, house) or people) if people else Credits()


def is_labelled(line: str) -> bool:
    """Does the line say with a label who did what, "Pewarta: A"?"""
    return bool(by_patterns().label.search(line[:_LONGEST_LINE]))


def is_notice(line: str) -> bool:
    """Does the line forbid machines to take the text?"""
    if len(line) >= 2 * _LONGEST_LINE:
        return False
    known = by_patterns()
    return bool(known.forbids.search(line) and known.machines.search(line))


def is_tail(line: str) -> bool:
    """Is the whole line a byline, copyright, source or notice, rather than prose that begins like one?"""
    line = line.strip()
    if is_notice(line):
        return True
    if len(line) > _LONGEST_LINE or not line:
        return False
    if _source(line) or _INITIALS.fullmatch(line) or _is_signature(line) or _CONTRIBUTED.fullmatch(line):
        return True
    copyright_match = by_patterns().copyright.match(line)
    if _is_desk(line) or (copyright_match and (copyright_match[1] or _SIGN.search(copyright_match[0]))):
        return True
    return _only_names(line)


def _is_signature(line: str) -> bool:
    return bool(_CODES.fullmatch(line)) and ("/" in line or _signature(line, ()) != Credits())


def _is_desk(line: str) -> bool:
    desk = _DESK.fullmatch(line)
    return desk is not None and not line.endswith(".") and bool(names(desk["names"]))


def _only_names(line: str) -> bool:
    """Nothing but labels and short names: "Oleh karena itu, warga …" and "By Friday the city …" are prose."""
    known = by_patterns()
    label = known.label.match(line)
    if label is None and not known.phrase.match(line):
        return False
    most = _MOST_WORDS_IN_BRACKETS if line.startswith(("(", "[")) else _MOST_WORDS
    texts = [text for _, text, _ in _parts(known.copyright.sub("", line))]
    if any(len(text.split()) > most for text in texts):
        return False
    if label and _plain(label[0]) not in by_words().weak.labels:
        return not any(re.search(r"[^\W\d_]{4,}[.!?]\s|[\"“]", text) for text in texts)
    return all((names(text) or agencies(text)) and not text.rstrip().endswith(".") for text in texts)


def closing_brackets(paragraph: str) -> tuple[str, str]:
    """(the text, the credit in brackets behind its last sentence): "… buka. (Ratna/Hadi)"; "" where there is none.

    A picture's credit, "(REUTERS/Ratna Dewi)", belongs to the caption it closes.
    """
    match = _CLOSING_BRACKETS.search(paragraph, max(0, len(paragraph) - _LONGEST_LINE))
    before = paragraph[: match.start()].rstrip() if match else ""
    if match is None or not before.endswith(SENTENCE_END) or not is_tail(match[1]):
        return paragraph, ""
    office = _INITIALS.fullmatch(match[1]) and not match[1].islower()  # "(IEA)" belongs to the sentence
    return (paragraph, "") if office or parse_line(match[1]).photographers else (before, match[1])


def codes(line: str) -> str | None:
    """The initials that close a text, "(fyk/ash)", as printed; they name nobody."""
    match = _CLOSING_CODES.search(line, max(0, len(line) - 100))
    return match[0].strip() if match and ("/" in match[1] or match[1].islower()) else None
