"""What the words around a place's name say: an office, a place's word, a person's title, or that it is another name's.

Pure; over the folded tokens of a text. Every look reaches a few tokens to either side, so a text costs what it is long.
"""

from __future__ import annotations

from enum import IntEnum

from pipeline.locations.tokens import STOP, Line, Text
from pipeline.locations.words import lists, words

_WALK = 7  # words from a name's head to the place: "Universitas Islam Negeri Sunan Gunung Djati Bandung"
_WALK_TITLE = 2  # where every word has a capital, so that a walk soon leaves the name
_AFTER, _AFTER_TITLE = 4, 1  # words behind a name that may be its tail
_GOVERNING = frozenset({"council", "government", "administration", "police", "mayor", "governor", "city", "province"})
_JOINED_REACH = 24  # code points looked at beside a name in a script without spaces
_JOINED_SCRIPTS = (("\u0e00", "\u0eff"), ("\u1000", "\u109f"), ("\u1780", "\u17ff"), ("\u3400", "\u9fff"))
_TAIL_REACH = 5  # of these, for a tail with a word before it: "新加坡国立大学"
_CONNECTING = frozenset({"of", "the", "for", "de", "ng", "al", "bin"})


class Standing(IntEnum):
    """How sure the surroundings make it that a name is the place's."""

    OTHER = 0  # it is a part of another name, or a person's
    UNSURE = 1  # another capital follows which nothing explains: "Medan Siregar"
    PLAIN = 2  # nothing speaks for it or against it
    PLACE = 3  # words stand there that a place follows
    OFFICE = 4  # "Wali Kota Bandung", "Cebu City Council"


def standing(text: Text, start: int, end: int, line: Line, single: bool) -> tuple[Standing, bool]:
    """What the surroundings of a name at `start`-`end` make of it, and whether a capital follows that nothing explains.

    `single`: it is one word, as a person's name is.
    """
    if is_joined(text.text[start]):
        return _joined_standing(text.text, start, end), False
    first, last = text.tokens(start, end)
    before = _before(text, first, line)
    after = _after(text, last, line, single)
    unexplained = after is Standing.UNSURE
    if Standing.OTHER in (before, after):
        return Standing.OTHER, unexplained
    return (after if unexplained and before is Standing.PLAIN else max(before, after)), unexplained


def is_joined(character: str) -> bool:
    """Whether it is of a script that writes without spaces: Thai, Lao, Burmese, Khmer, Han."""
    return any(first <= character <= last for first, last in _JOINED_SCRIPTS)


def _joined_standing(text: str, start: int, end: int) -> Standing:
    before, after = text[max(0, start - _JOINED_REACH) : start], text[end : end + _JOINED_REACH]
    found = lists()
    if before.endswith(found.other.joined_before) or after.startswith(found.other.joined_after):
        return Standing.OTHER
    if any(tail in after[:_TAIL_REACH] for tail in found.other.joined_near):
        return Standing.OTHER
    if before.rstrip(" ").endswith(found.office.joined_before) or after.startswith(found.office.joined_after):
        return Standing.OFFICE
    # elsewhere than in Han, "at" is many a word's end
    placed = text[start] >= "\u3400" and before.endswith(found.place.joined_before)
    return Standing.PLACE if placed else Standing.PLAIN


def _before(text: Text, first: int, line: Line) -> Standing:
    """What stands before: directly, or as the head of capitals that run up to the name."""
    token = text.before(first)
    phrases = text.phrases_before(token)
    directly = _directly(text, token, phrases)
    if directly is not None:
        return directly
    listed = words()
    found = Standing.PLACE if any(phrase in listed.certain for phrase in phrases) else Standing.PLAIN
    for _ in range(_WALK_TITLE if line.capitals else _WALK):
        if not phrases or not _goes_on(text, token):
            return Standing.OTHER if _is_far(text, token) else found
        token = text.before(token)
        phrases = text.phrases_before(token)
        if any(phrase in listed.office_before for phrase in phrases):
            return found
        if any(_is_head(text, token, phrase) for phrase in phrases):
            return Standing.OTHER
    return found


def _goes_on(text: Text, token: int) -> bool:
    """Whether a name may go on over this word: a capital, a number ("SMAN 8 Jakarta"), "of", "kota"."""
    word = text.word(token)
    return text.capital(token) or word.isdigit() or word in _CONNECTING or word in words().certain


def _is_head(text: Text, token: int, phrase: str) -> bool:
    """Whether a phrase that ends with this token is another name's head, with its capital: "Ngân hàng"."""
    return phrase in words().other_before and text.capital(token - phrase.count(" "))


def _is_far(text: Text, token: int) -> bool:
    """Whether the head of a name that runs on in small letters stands before."""
    listed = words()
    for _ in range(_WALK):
        phrases = text.phrases_before(token)
        if not phrases or phrases[-1] in listed.place_before:
            return False
        if any(phrase in listed.other_far for phrase in phrases):
            return True
        token = text.before(token)
    return False


def _directly(text: Text, token: int, phrases: list[str]) -> Standing | None:
    """What the words directly before a name say; None where one has to look further."""
    listed = words()
    for phrase in phrases:
        if phrase in listed.office_before:
            return Standing.OFFICE
        if phrase in listed.other_small or phrase in listed.person_before or _is_head(text, token, phrase):
            return Standing.OTHER
        if phrase in listed.certain:
            return None
        if phrase in listed.place_before:
            return Standing.PLACE
    return Standing.OTHER if text.printed(token) in listed.printed else None


def _after(text: Text, last: int, line: Line, single: bool) -> Standing:
    """What follows: an office's word, the tail of another name, or a capital that nothing explains."""
    listed = words()
    run = _run_after(text, last, _AFTER_TITLE if line.capitals else _AFTER)
    governed = next((place for place, word in enumerate(run) if word in listed.office_after), None)
    if governed == 0 or (governed and run[governed] in _GOVERNING and not _CONNECTING & set(run)):
        return Standing.OFFICE
    if any(word in listed.other_after for word in run):
        return Standing.OTHER
    following = text.word(last + 1)
    if not run:
        spoke = single and line.start == text.span(last)[0] and following in listed.person_after
        return Standing.UNSURE if spoke else (Standing.OFFICE if following in _GOVERNING else Standing.PLAIN)
    return Standing.UNSURE if single and not line.capitals and run[0] not in listed.explained else Standing.PLAIN


def _run_after(text: Text, last: int, most: int) -> list[str]:
    """The words with capitals that follow a token, small words between them left out."""
    run: list[str] = []
    for token in range(last + 1, last + 1 + most):
        word = text.word(token)
        if word in ("", STOP) or not text.spaced(token) or not (text.capital(token) or (run and word in _CONNECTING)):
            break
        run.append(word)
    return run
