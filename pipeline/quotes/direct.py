"""Words in quotation marks: whether somebody speaks them, and who. Pure.

A quotation is spoken where a cue stands right behind it ("…," kata X; "…," X said) or right before it (X mengatakan,
"…"), or where it goes on with one that is. All else in marks is a title, a name or irony.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.quotes.cues import Cues, cues
from pipeline.quotes.marks import Quotation
from pipeline.quotes.plain import plain_before, plain_behind, tagalog_cue
from pipeline.quotes.stage import NOBODY, Stage, Voice

_FIRST = re.compile(r"[\s,.–—-]{0,4}(?:(?P<so>(?:demikian|begitu)(?:lah)?)\s+)?(?P<word>[^\W\d_][\w'’-]*)")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_STOP = re.compile(r"[.?!…;:]\s|\n|[.?!…]$")
_PAUSE = re.compile(r"[,?!…，？！]")
_REACH = 220  # characters before and behind a quotation, within which its cue stands
_TAIL = 110  # characters between a cue and the quotation behind it
_FEW = 4  # words; fewer in marks right behind a verb are a part of its sentence
_ENDED = ('."', ".”", ".'", ".’", ".»", ".」")
_GLUE = 3  # letters of -nya
_OF_SENTENCES = re.compile(r"[.?!…,]['’”\"]?$")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who speaks a quotation, and the words that tell it."""

    voice: Voice
    cue: str | None
    cue_span: tuple[int, int] | None


def behind(stage: Stage, quotation: Quotation, limit: int) -> Attribution | None:
    """By what stands behind it, up to `limit`."""
    text, known = stage.text, cues()
    limit = min(limit, quotation.last + _REACH)
    if (cue := tagalog_cue(text, quotation.last, limit)) is not None:
        word = cue["cue"].split()[0]
        span = (cue.start("cue"), cue.start("cue") + len(word))
        return _attribution(stage.speaker(cue.end(), limit), text[span[0] : span[1]], span)
    first = _FIRST.match(text, quotation.last, limit)
    if first is None:
        return plain_of(plain_behind(text, quotation.last, limit))
    word = first["word"]
    if _is_glued(word, known):
        meant = stage.pronoun(quotation.first) or NOBODY
        return Attribution(meant, word, first.span("word"))
    if word in known.behind or word in known.english or (word in known.verbs and not first["so"]):
        found = _attribution(stage.speaker(first.end(), limit), word, first.span("word"))
        if found is not None or word in known.behind:
            return found
    if first["so"] and word[0].isupper():
        return _attribution(stage.speaker(first.start("word"), limit), first["so"], first.span("so"))
    return _behind_subject(stage, quotation, limit) or plain_of(plain_behind(text, quotation.last, limit))


def _is_glued(word: str, known: Cues) -> bool:
    return word.endswith("nya") and (word[:-_GLUE] in known.behind or word == "menurutnya")


def plain_of(found: tuple[Voice, str, tuple[int, int]] | None) -> Attribution | None:
    return Attribution(*found) if found is not None else None


def _attribution(voice: Voice | None, cue: str, span: tuple[int, int]) -> Attribution | None:
    return Attribution(voice, cue, span) if voice is not None else None


def _behind_subject(stage: Stage, quotation: Quotation, limit: int) -> Attribution | None:
    """ "…," Mayor Carlo Benitez said; "…," Budi menambahkan."""
    text, known, start = stage.text, cues(), quotation.last
    if text[max(0, start - 2) : start] in _ENDED:
        return None  # the sentence ended with the quotation
    stop = _STOP.search(text, start + 1, limit)
    while stop and _abbreviated(text, stop.start()):
        stop = _STOP.search(text, stop.end(), limit)
    limit = stop.start() if stop else limit
    for word in _WORD.finditer(text, start, limit):
        if word.group() in known.verbs:
            if not _pauses(text, quotation) and not _ends_with(text, word.end(), limit):
                return None  # 'dalam artikel "Silver Needle", Ayu menceritakan, …': a title
            voice = stage.subject(_trimmed(text, start), word.start())
            return _attribution(voice, word.group(), word.span())
    return None


def _pauses(text: str, quotation: Quotation) -> bool:
    """Whether a comma, a question or a call stands before the closing mark."""
    return bool(_PAUSE.search(text[quotation.end - 1 : quotation.last]))


def _ends_with(text: str, at: int, limit: int) -> bool:
    """Whether nothing but where, when and to whom follows a verb."""
    word = _WORD.search(text, at, limit)
    return word is None or word.group() in cues().ends or word.group() in cues().settings


def _abbreviated(text: str, at: int) -> bool:
    word = text[max(0, at - 8) : at].split()[-1:]
    return bool(word) and (word[0].casefold() in cues().titles or (len(word[0]) == 1 and word[0].isupper()))


def _trimmed(text: str, start: int) -> int:
    while start < len(text) and text[start] in " ,\t–—-":
        start += 1
    return start


def before(stage: Stage, quotation: Quotation, start: int) -> Attribution | None:
    """By what stands before it, from `start` on: the beginning of its sentence, or the end of the quotation before."""
    text, known = stage.text, cues()
    start = max(start, quotation.first - _REACH)
    cue: re.Match[str] | None = None
    for word in _WORD.finditer(text, start, quotation.first):
        plain = word.group().casefold()
        if plain in known.verbs or plain in known.behind or plain == "menurut" or _is_glued(plain, known):
            cue = word
    if cue is None or quotation.first - cue.end() > _TAIL or not _leads(text, cue, quotation):
        return plain_of(plain_before(text, start, quotation.first))
    word_plain = cue.group().casefold()
    if _is_glued(word_plain, known):
        return _attribution(stage.pronoun(cue.start()), cue.group(), cue.span())
    if word_plain in known.verbs:
        voice = stage.subject(start, cue.start())
    else:
        voice = stage.speaker(cue.end(), quotation.first)
    return _attribution(voice, cue.group(), cue.span()) or plain_of(plain_before(text, start, quotation.first))


def _leads(text: str, cue: re.Match[str], quotation: Quotation) -> bool:
    """Whether the words between a cue and a quotation hand over to it."""
    tail = text[cue.end() : quotation.first].rstrip()
    if tail.endswith((":", ",", "：", "，")):
        return True
    words = len(text[quotation.start : quotation.end].split())
    if words < _FEW or tail.strip() not in {"", "bahwa", "that", "lagi", "bahawa"}:
        return False
    ending = text[quotation.end : quotation.last + 1]
    return ending[:1] in ",." or (
        bool(_OF_SENTENCES.search(text[quotation.start : quotation.end])) and (text[quotation.start].isupper())
    )


def goes_on(text: str, quotation: Quotation, earlier: Quotation) -> bool:
    """Whether it takes up the words of an earlier one of its paragraph: "A," kata X. "B." """
    lead = text[earlier.last : quotation.first].rstrip()
    words = text[quotation.start : quotation.end]
    if len(lead) > _REACH or not lead.endswith((".", "?", "!", ",", ":", "…")):
        return False
    ended = bool(_OF_SENTENCES.search(words)) or text[quotation.end : quotation.end + 1] in {",", ""}
    return ended or text[quotation.last : quotation.last + 1] in {".", "", "\n"}


def stands_alone(text: str, quotation: Quotation, start: int, end: int) -> bool:
    """Whether a paragraph, `text[start:end]`, is this quotation and nothing else, and it is of a sentence."""
    words = text[quotation.start : quotation.end]
    if text[start : quotation.first].strip() or text[quotation.last : end].strip(" .\t\r\u00a0"):
        return False
    return len(words.split()) >= _FEW and bool(re.search(r"[.?!…]", words[-2:] + text[quotation.end : end]))
