"""A short extract: two or three of an article's own sentences, chosen, never written.

The lead usually says who, what, where and when; where it does not, sentences that add to it stand beside it. No pull
quote, no greeting, no bare quotation, no disputed statement, and none that leans on a sentence that is not chosen too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.leaning import leans
from pipeline.model import Article, Evidence
from pipeline.sentences import is_bare_quotation
from pipeline.texts import Sentence, body_sentences

MOST_CHARACTERS = 500  # of the whole extract
MOST_SENTENCES = 3
_SENTENCE = 320  # characters of a sentence
_LEAD = 430  # of a sentence of the first paragraph: agencies pack everything into it
_SHORTEST, _SHORTEST_UNSPACED = 40, 20
_PARAGRAPHS = 12  # what stands further down is background
_NEAR = 5  # … and what stands below these had better be good
_BODY = "article_body["
_LEANING = 2.5  # what a sentence loses that may stand only behind the one before it
_SAME = 0.6  # share of words by which two sentences say the same
_ROOM_FOR_THIRD = 340  # characters of two sentences that leave a reader room for a third
_LONG, _LONG_NUMBER = 4, 2  # letters, digits: shorter words say nothing of the subject
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]+")
_WITHOUT_STOPS = re.compile(r"[\u0e00-\u0eff]")  # Thai and Lao: a space ends a clause, and nothing a sentence
_ENDS = (".", "!", "?", "…", '"', "”", "’", "'", "»", ")", "]", "。", "！", "？", "」", "』", "។", "៕", "။", "၏")

_GREETING = re.compile(
    r"\W{0,4}(?:(?:ass?alamu\w{0,40}|selamat (?:pagi|siang|sore|malam|datang|petang|sejahtera)|salam sejahtera|halo|"
    r"hai|yang terhormat|yang berhormat|hadirin|para hadirin|good (?:morning|evening|afternoon)|hello|dear|welcome|"
    r"ladies and gentlemen|xin chào|kính thưa|magandang|kumusta|mabuhay)\b"
    r"|สวัสดี|ຊະບາຍດີ|ສະບາຍດີ|សួស្តី|ជំរាបសួរ|မင်္ဂလာပါ|大家好|各位)",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"\W{0,4}(?:(?:baca (?:juga|pula|selengkapnya|lagi)|lihat juga|berikut|simak (?:juga|berita|video|ulasan)|"
    r"read (?:also|more)|see also|also read|xem thêm|đọc thêm|basahin|tonton)\b"
    r"|(?:sumber|foto|gambar|video|editor|reporter|penulis|pewarta|photo|source|caption|ảnh|nguồn|theo) ?:)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+|\d+")
_LISTED_DAYS = """
    senin selasa rabu kamis jumat sabtu minggu isnin khamis jumaat ahad besok kemarin semalam
    monday tuesday wednesday thursday friday saturday sunday yesterday tomorrow
    lunes martes miyerkules huwebes biyernes sabado linggo kahapon bukas
"""
_LISTED_OFFICES = """
    gubernur walikota wali bupati menteri presiden sekda kepala ketua direktur camat jubir
    governor mayor minister president chairman chairwoman director secretary spokesman spokeswoman spokesperson
    gabenor datuk pengarah pengerusi alkalde gobernador
"""
_DAYS, _OFFICES = frozenset(_LISTED_DAYS.split()), frozenset(_LISTED_OFFICES.split())
_PREPOSITIONS = frozenset(["di", "ke", "dari", "in", "at", "from", "tại", "ở", "sa"])
_DIGIT = re.compile(r"\d")
_DATE = re.compile(  # every branch begins with a digit: texts have few
    r"[12]\d{3}\b|\d{1,2}[/.]\d{1,2}\b"
    r"|\d{1,2} (?:jan|feb|mar|apr|mei|may|jun|jul|agu|aug|ogos|sep|okt|oct|nov|des|dec)",
    re.IGNORECASE,
)
# of languages whose words for days and offices are no single Latin words
_MARKED_WHEN = re.compile(
    r"thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật|hôm (?:qua|nay)|วัน(?:จันทร์|อังคาร|พุธ|พฤหัส|ศุกร์|เสาร์|อาทิตย์)|วันที่|ថ្ងៃ|ວັນ"
    r"|周[一二三四五六日]|星期",
    re.IGNORECASE,
)
_MARKED_WHO = re.compile(r"thị trưởng|chủ tịch|ผู้ว่า|นายก|អភិបាល|ເຈົ້າ|မြို့တော်ဝန်|市长|省长", re.IGNORECASE)
_WHERE = re.compile(r"\b(?:di|ke|dari|in|at|from|tại|ở|sa)\s(?:Kota |Provinsi |Balai |Hotel )?[A-ZĐ]\w+")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence that may be chosen. `order` counts the sentences of the body."""

    order: int
    place: int  # paragraph
    text: str
    words: frozenset[str]
    aspects: frozenset[str]  # of who, when, where, watch
    weight: float
    leaning: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """Where the steps before found people, places and forums: paragraph and offset in it, by what they tell."""

    places: tuple[tuple[str, int, int], ...]  # aspect, paragraph, offset

    def aspects(self, paragraph: int, start: int, end: int) -> frozenset[str]:
        if not self.places:
            return frozenset()
        return frozenset(name for name, place, at in self.places if place == paragraph and start <= at < end)


def summarise(article: Article) -> Article:
    """Set `summary`: verbatim sentences in the order of the text, 500 characters at most; None where none will do."""
    found = _candidates(article)
    standing = [one for one in found if not one.leaning]
    if not standing:
        return replace(article, summary=None)
    chosen = [max(standing, key=lambda one: (one.weight, -one.order))]
    while len(chosen) < MOST_SENTENCES:
        better = _next(found, chosen)
        if better is None:
            break
        chosen.append(better)
    chosen.sort(key=lambda one: one.order)
    return replace(article, summary=" ".join(one.text for one in chosen))


def _next(found: Sequence[_Candidate], chosen: Sequence[_Candidate]) -> _Candidate | None:
    """The sentence that adds most to those chosen; None where none adds anything, or there is no room."""
    length = sum(len(one.text) + 1 for one in chosen)
    if len(chosen) > 1 and length > _ROOM_FOR_THIRD:
        return None
    orders = {one.order for one in chosen}
    gains = [
        (gain, -one.order, one)
        for one in found
        if one.order not in orders
        and length + len(one.text) <= MOST_CHARACTERS
        and (not one.leaning or one.order - 1 in orders)
        and (gain := _gain(one, chosen)) > 0
    ]
    return max(gains, key=lambda entry: entry[:2])[2] if gains else None


def _gain(one: _Candidate, chosen: Sequence[_Candidate]) -> float:
    """What a sentence adds: what those chosen did not say, without saying the same again."""
    if len(chosen) > 1 and one.place > _NEAR:
        return 0.0
    shared = max(len(one.words & other.words) / max(min(len(one.words), len(other.words)), 1) for other in chosen)
    new = one.aspects - frozenset().union(*(other.aspects for other in chosen))
    if shared > _SAME or (len(chosen) > 1 and not new):
        return 0.0
    gain = one.weight + 0.8 * len(new) - 2.0 * shared
    gain += 0.8 if any(0 <= one.place - other.place <= 1 for other in chosen) else 0.0
    return gain - (1.5 if one.place > _NEAR else 0.0) - (_LEANING if one.leaning else 0.0)


def _candidates(article: Article) -> list[_Candidate]:
    headline = _words(article.headline or "")
    unwanted = [" ".join(text.split()) for text in (*article.disputed, article.pull_quote or "") if _core(text)]
    known = _found(article)
    found = []
    for order, sentence in enumerate(body_sentences(article)):
        if sentence.paragraph >= _PARAGRAPHS:
            break
        text = _shortened(sentence.text, MOST_CHARACTERS if sentence.paragraph == 0 else _SENTENCE)
        if _usable(text, sentence.paragraph, unwanted):
            start = sentence.start - sentence.offset
            aspects = known.aspects(sentence.paragraph, start, start + len(text))
            found.append(_candidate(order, sentence, text, headline, aspects))
    return found


def _shortened(text: str, most: int) -> str:
    """A paragraph of Thai or Lao that is too long, up to the end of a clause; any other text as it is."""
    if len(text) <= most or not _WITHOUT_STOPS.search(text[:most]):
        return text
    end = text.rfind(" ", _SHORTEST_UNSPACED, most + 1)
    return text[:end].rstrip() if end > 0 else text


def _usable(text: str, place: int, unwanted: Sequence[str]) -> bool:
    unspaced = not text.isascii() and _UNSPACED.search(text[:_SHORTEST]) is not None
    longest = MOST_CHARACTERS if unspaced and place == 0 else _LEAD if place == 0 else _SENTENCE
    if not (_SHORTEST_UNSPACED if unspaced else _SHORTEST) <= len(text) <= longest or "\n" in text:
        return False
    if not (text.endswith(_ENDS) or (unspaced and _WITHOUT_STOPS.search(text))):
        return False
    if text.endswith("?") and place > 0:
        return False
    if text[0].islower() or text.count('"') % 2 or "artikel ini" in text:  # a piece of something longer, or of the page
        return False
    if _GREETING.match(text) or _FURNITURE.match(text) or is_bare_quotation(text):
        return False
    plain = " ".join(text.split()) if unwanted else text
    return not any(plain in other or _core(other) in plain for other in unwanted)


def _core(text: str) -> str:
    """A statement without the marks around it."""
    return text.strip("\"'“”‘’«».,…! ")


def _candidate(
    order: int, sentence: Sentence, text: str, headline: frozenset[str], known: frozenset[str]
) -> _Candidate:
    printed = frozenset(_WORD.findall(text.lower()))
    words = _telling(text, printed)
    aspects = known | _aspects(text, printed)
    weight = 4.0 / (1 + sentence.paragraph) + (0.6 if sentence.start == sentence.offset else 0.0) + 0.5 * len(aspects)
    weight += 2.5 * len(words & headline) / max(len(headline), 1)
    weight += 1.0 if "watch" in aspects else 0.0
    weight -= 1.0 if text[0] in "\"“«‘'" else 0.0
    weight -= 1.0 if text[0].isdigit() else 0.0
    weight -= 1.0 if len(text) > _SENTENCE else 0.0
    leaning = order > 0 and leans(text, printed)
    return _Candidate(order, sentence.paragraph, text, words, aspects, weight, leaning)


def _aspects(text: str, printed: frozenset[str]) -> frozenset[str]:
    """What a sentence tells by its words: of who, when, where. Patterns run only where they may find something."""
    marked = not text.isascii()
    found = set()
    if (
        not _DAYS.isdisjoint(printed)
        or (_DIGIT.search(text) and _DATE.search(text))
        or (marked and _MARKED_WHEN.search(text))
    ):
        found.add("when")
    if not _OFFICES.isdisjoint(printed) or (marked and _MARKED_WHO.search(text)):
        found.add("who")
    if not _PREPOSITIONS.isdisjoint(printed) and _WHERE.search(text):
        found.add("where")
    return frozenset(found)


def _words(text: str) -> frozenset[str]:
    return _telling(text, frozenset(_WORD.findall(text.lower())))


def _telling(text: str, printed: frozenset[str]) -> frozenset[str]:
    """Words that may tell a subject, in small letters; runs of unspaced scripts are taken in pairs of signs."""
    words = {word for word in printed if len(word) >= (_LONG_NUMBER if word.isdigit() else _LONG)}
    if not text.isascii():
        words |= {run[place : place + 2] for run in _UNSPACED.findall(text) for place in range(len(run) - 1)}
    return frozenset(words)


def _found(article: Article) -> _Found:
    named = [piece for found in article.watches for piece in found.evidence if piece.rule in {"name", "alias"}]
    people = [piece for person in article.people for piece in person.evidence]
    locations = [piece for location in article.content_locations for piece in location.evidence]
    return _Found((*_spots("watch", named), *_spots("who", people), *_spots("where", locations)))


def _spots(aspect: str, pieces: Iterable[Evidence]) -> Iterator[tuple[str, int, int]]:
    """What stands in the body."""
    for piece in pieces:
        if piece.field.startswith(_BODY):
            yield aspect, int(piece.field[len(_BODY) : -1]), piece.start
