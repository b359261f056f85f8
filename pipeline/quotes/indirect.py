"""What somebody is reported to have said, without quotation marks around it. Pure.

Three orders: "X mengatakan (bahwa) …", "menurut X, …", and "…, kata X" with the cue behind. One a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.quotes.cues import BEHIND, CLAUSE, ENGLISH, OBJECT, SOURCE, cues
from pipeline.quotes.direct import Attribution
from pipeline.quotes.names import speaker_at
from pipeline.quotes.stage import Stage, Voice

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_THAT = re.compile(r"\s*,?\s*(?P<first>[^\s,]+\s+)?(?:[^\s,]+\s+){0,8}?(?:bahwa|bahawa|that)\s+")
_REPORTERS = re.compile(
    r"\s+(?:(?:kepada|ke)\s+[^,.]{1,60}?(?=,)|reporters|journalists|the media"
    r"|(?:the\s)?[A-Z][\w.]*(?=\sthat)|lagi|pula)"
)
_DATELINE = re.compile(r"\s*[A-Z][A-Z ]{2,30}(?:, [^—–\n]{1,20})? [—–] ")
_COMMA = re.compile(r"\s*,\s*")
_ENDING = re.compile(r"[\s.!?…;:,]+$")
_LEAD = 6  # words before "menurut" that are no whole statement: "Selama ini, menurut dia, …"
_LONG_LEAD = 30  # words before it, of a longer setting
_OF_SPEAKER = frozenset({"who", "which", "yang", "whose"})
_SHORTEST = 3  # words of a statement
_CLAUSE = 5  # words of a statement after a verb that may take a thing: "menyebut …"
_HEARERS = 24  # words for those who are told
_APART = 25  # characters between an apposition and the comma that ends it
_URGING = frozenset({"mengimbau", "menghimbau"})
_URGED = frozenset({"agar", "untuk", "supaya"})
_MOST = 6  # cues of one sentence that are tried, from its beginning and from its end
_HEAD = 400  # characters before a verb in which its subject stands
_TAIL = 200  # characters behind a statement that its cue and speaker may take


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue of the text: code points, and what it is (`cues.BEHIND` …)."""

    start: int
    end: int
    kinds: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    start: int
    end: int
    by: Attribution


def reported(stage: Stage, start: int, end: int, found: Sequence[Cue]) -> Statement | None:
    """The statement of the sentence `text[start:end]`, whose cues are `found`."""
    for cue in found[:_MOST]:
        statement = _of_source(stage, start, end, cue) or _of_verb(stage, start, end, cue)
        if statement is not None:
            return statement
    for cue in reversed(found[-_MOST:]):
        if (statement := _behind(stage, start, end, cue)) is not None:
            return statement
    return None


def _of_source(stage: Stage, start: int, end: int, cue: Cue) -> Statement | None:
    """ "Menurut X, …"; "Selama ini, menurut dia, …"; "Katanya, …"."""
    text = stage.text
    word = text[cue.start : cue.end]
    glued = word.casefold().endswith("nya")
    if not (SOURCE in cue.kinds or BEHIND in cue.kinds) or (cue.start == start and not word[0].isupper()):
        return None
    if text[start : cue.start].strip() and text[start : cue.start].rstrip()[-1] != ",":
        return None
    voice = stage.pronoun(cue.start) if glued else stage.speaker(cue.end, end) or stage.named_behind(cue.end, end)
    if voice is None:
        return None
    comma = text.find(",", _behind_speaker(cue, voice), end)
    comma = _last_comma(text, comma, end)
    if comma < 0:
        return None
    if not text[start : cue.start].strip():
        return _statement(stage, comma + 1, end, voice, cue)
    return _around(stage, start, end, cue, comma=comma, voice=voice)


def _around(stage: Stage, start: int, end: int, cue: Cue, *, comma: int, voice: Voice) -> Statement | None:
    """A statement that its cue interrupts: "Dengan demikian, lanjut Joko, …"; "Warga, kata dia, …".

    `comma`: the one behind the speaker.
    """
    text = stage.text
    lead = [word.group() for word in _WORD.finditer(text, start, cue.start)]
    rest = [word.group() for word in _WORD.finditer(text, comma, end)]
    if len(rest) < _SHORTEST or rest[0] in _OF_SPEAKER or len(lead) > _LONG_LEAD:
        return None
    known = cues()
    apart = lead[0].casefold() in known.openers
    if len(lead) > _LEAD and _is_apposition(text, comma, end):
        return None
    goes_on = rest[0] in known.auxiliaries or (apart and rest[0].casefold() not in known.ends)
    if len(lead) > _LEAD and not goes_on and (len(rest) < _CLAUSE or known.auxiliaries.isdisjoint(rest)):
        return None  # what follows is where and when it was said
    return _statement(stage, comma + 1 if apart else start, end, voice, cue)


def _behind_speaker(cue: Cue, voice: Voice) -> int:
    return max(cue.end, voice.span[1]) if voice.span and voice.span[0] >= cue.end else cue.end


def _last_comma(text: str, comma: int, end: int) -> int:
    """Past an apposition: "Menurut Wahyu Pranata, Ketua DPRD Kota Bogor, …"."""
    if comma < 0:
        return comma
    if not _is_apposition(text, comma, end):
        return comma
    behind = speaker_at(text, comma + 1, min(end, comma + _TAIL))
    following = text.find(",", behind.end, end) if behind else -1
    return following if behind and 0 <= following < behind.end + _APART else comma


def _is_apposition(text: str, comma: int, end: int) -> bool:
    """Whether an office stands behind a comma, under no name, and acts not: "para kepala daerah dapat …" does."""
    behind = speaker_at(text, comma + 1, min(end, comma + _TAIL))
    clause = text[comma + 1 : end].partition(",")[0].split()
    if behind is None or not cues().auxiliaries.isdisjoint(clause):
        return False
    return behind.role is not None and behind.name is None and behind.start <= comma + 2


def _of_verb(stage: Stage, start: int, end: int, cue: Cue) -> Statement | None:
    """ "X mengatakan bahwa …", "X said …"."""
    if CLAUSE not in cue.kinds and OBJECT not in cue.kinds and ENGLISH not in cue.kinds:
        return None
    if cue.start == start or stage.text[cue.start].isupper() or _is_inverted(stage.text, start, end, cue):
        return None
    opening = _opening(stage.text, cue, end)
    if opening is None:
        return None
    voice = stage.subject(max(start, cue.start - _HEAD), cue.start)
    return _statement(stage, opening, end, voice, cue) if voice is not None else None


def _is_inverted(text: str, start: int, end: int, cue: Cue) -> bool:
    """ "The market is closed, said reporter Ben Uy.": nothing but the speaker follows the verb."""
    if ENGLISH not in cue.kinds or not text[start : cue.start].rstrip().endswith(","):
        return False
    speaker = speaker_at(text, cue.end, end)
    return speaker is not None and text[max(speaker.end, cue.end) : end].lstrip()[:1] in {"", ".", ",", "!", "?"}


def _opening(text: str, cue: Cue, end: int) -> int | None:
    """Where the statement begins behind a verb; None where a thing follows it, or nothing."""
    known = cues()
    verb = text[cue.start : cue.end].casefold()
    aside = _REPORTERS.match(text, cue.end, end)
    at = aside.end() if aside else cue.end
    that = _THAT.match(text, at, end)
    if that is not None and (verb == "told" or not that["first"] or that["first"].strip() in known.light):
        return that.end()
    comma = _COMMA.match(text, at, end)
    if comma is not None:
        return None if ENGLISH in cue.kinds else comma.end()
    return at if _is_clause(text, at, end, verb, cue) else None


def _is_clause(text: str, at: int, end: int, verb: str, cue: Cue) -> bool:
    """Whether what follows a verb without "bahwa" or a comma is a statement."""
    known = cues()
    word = _WORD.search(text, at, end)
    count = len(text[at:end].split(maxsplit=_CLAUSE))
    if word is None or word.group() in known.behind or (word.group() in known.things and verb not in known.sure):
        return False
    if ENGLISH in cue.kinds:  # "…, Ramon Tupas said at the Esplanade."
        sets = word.group() in known.settings or word.group().casefold() in known.days
        free = verb not in known.english_that or (verb == "announced" and count >= _CLAUSE)
        return free and not sets and count >= _SHORTEST
    if OBJECT in cue.kinds:
        return verb in _URGING and not _URGED.isdisjoint(text[at:end].split())
    return count >= _SHORTEST


def _behind(stage: Stage, start: int, end: int, cue: Cue) -> Statement | None:
    """ "…, kata X."; "…, he said."; "…, according to X."."""
    text, known = stage.text, cues()
    word = text[cue.start : cue.end].casefold()
    lead = text[start : cue.start].rstrip()
    if end - cue.start > _TAIL or not lead:
        return None
    if lead.endswith(","):
        if word.endswith("nya") and BEHIND in cue.kinds:
            voice = stage.pronoun(cue.start)
        elif word.endswith("nya"):
            return None
        else:
            voice = stage.speaker(cue.end, end)
        return _statement(stage, start, start + len(lead) - 1, voice, cue) if voice else None
    comma = text.rfind(",", start, cue.start)
    if word not in known.verbs or comma < 0 or not _is_setting(text[cue.end : end], word):
        return None
    voice = stage.subject(comma + 1, cue.start)
    return _statement(stage, start, comma, voice, cue) if voice else None


def _is_setting(rest: str, verb: str) -> bool:
    """Whether behind the verb stands nothing, or only where, when and to whom it was said."""
    words = [word.group() for word in _WORD.finditer(rest)]
    if not words or words[0] in cues().settings or words[0].casefold() in cues().days:
        return True
    return verb == "told" and "that" not in words and len(words) <= _HEARERS


def _statement(stage: Stage, start: int, end: int, voice: Voice, cue: Cue) -> Statement | None:
    dateline = _DATELINE.match(stage.text, start, end)
    start = dateline.end() if dateline else start
    words = stage.text[start:end]
    begin = start + len(words) - len(words.lstrip())
    stop = start + len(_ENDING.sub("", words))
    if len(stage.text[begin:stop].split()) < _SHORTEST:
        return None
    return Statement(begin, stop, Attribution(voice, stage.text[cue.start : cue.end], (cue.start, cue.end)))
