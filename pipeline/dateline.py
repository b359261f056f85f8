"""The opening of a text that names place and agency: "Jakarta (ANTARA) - ", "JAKARTA, iNews.id - "."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.agencies import is_agency, is_no_place, is_own, is_release, is_signed_by_agencies
from pipeline.places import is_place, length_of_glued_place, length_of_place

_LONGEST = 160  # characters; an opening that ends later is prose
_MOST_MARKS = 8  # dashes and colons looked at
_MOST_WORDS = 6  # of a place
_SHORTEST = 4  # letters of an unknown place in capitals: "KPK - " is an office

_MARK = re.compile(r"\s*(?:-{2,3}|[–—―‒−])\s*|\s+-\s*|-\s+|(?<=[\w.)])-(?=\S)|\s*:\s+|\s*[：៖]\s*")
_MONTH = (  # by its first letters in id, ms, en, tl, pt and vi; in scripts without capitals any word
    r"(?i:(?:jan|ene|jen|feb|peb|fev|mar|mac|apr|abr|mei|may|mai|jun|hun|jul|hul|agu|ago|aug|ogo|sep|set|okt|oct|out"
    r"|nov|nob|des|dec|dez|dis|tháng|thg)[^\W\d_]{0,8}\.?|[^\x00-\u024f\s,()/][^\s\d,()/]{1,13})"
)
_DAY = (
    r"(?i:senin|selasa|rabu|kamis|jum['’]?at|sabtu|minggu|ahad|isnin|khamis|jumaat|monday|tuesday|wednesday|thursday"
    r"|friday|saturday|sunday|lunes|martes|miyerkules|huwebes|biyernes|sabado|linggo)"
)
_NUMBER = r"(?:0?[1-9]|[12]\d|3[01])"  # of a day or month
_DATE = re.compile(  # "17/11", "(17/11/2026)", "23 Februari 2026", "Nov 22", "22 พ.ย.", with or without a weekday
    rf"[,\s]\s*(?:{_DAY},?\s+)?\(?(?:{_NUMBER}[/.-]{_NUMBER}(?:[/.-]\d{{2,4}})?"
    rf"|(?:ngày\s+)?\d{{1,2}}\s+(?:de\s+)?{_MONTH}(?:,?\s+(?:de\s+)?\d{{2,4}})?"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:\s*,\s*\d{{4}})?)\)?$"
)
_WEEKDAY = re.compile(rf"(?:^|[,\s])\s*\(?{_DAY}\)?$")
_BRACKET = re.compile(r"(?P<place>[^()\[\]]{0,80}?),?\s*[(\[](?P<credit>[^()\[\]]{2,60})[)\]]")
_UNMARKED = re.compile(r"(?P<place>[^()\[\]]{0,60}?)\s*\((?P<credit>[^()\[\]]{2,40})\)\s+(?=[^\W\d_a-z]|[\"“‘'])")
_SITE = re.compile(  # "KABAR.com", "POS KABAR.com"; "Drs.Hadi" is none
    r"(?:[A-Za-z0-9-]{2,20} )?[A-Za-z0-9-]{2,40}"
    r"\.(?i:com|id|co|go|net|org|my|ph|sg|th|vn|kh|la|mm|bn|tl|news|info|tv|asia|web|in|uk|au)"
    r"(?:\.[A-Za-z]{2})?"
)
_UNMARKED_SITE = re.compile(rf"(?P<credit>{_SITE.pattern}),\s*")
_CHINESE = re.compile(  # "（吉隆坡22日讯）", "【吉隆坡讯】", "新华社北京11月22日电"
    r"\s*(?P<open>[（(【])?(?:(?P<credit>[一-鿿]{2}社|本报)[，,]?)?(?P<place>[一-鿿]{2,6}?)"
    r"(?P<date>(?:\d{1,2}月)?\d{1,2}日)?(?:综合)?[讯訊电電](?P<close>[）)】])?[：:]?\s*"
)
_SMALL = frozenset(
    ("di", "of", "and", "dan", "the", "de", "del", "da", "do", "dos", "das", "la", "las", "el", "al", "y", "ng")
)


@dataclass(frozen=True, slots=True)
class Opening:
    """What the first paragraph opens with. `length`: code points of a credit's opening, to be taken off; else 0."""

    place: str | None
    credit: str | None
    length: int


@dataclass(frozen=True, slots=True)
class _Mark:
    """The dash or colon behind an opening, and what follows it."""

    text: str  # as printed, with white space
    rest: str

    @property
    def colon(self) -> bool:
        return self.text.strip() in (":", "：", "៖")

    @property
    def tight(self) -> bool:
        """A hyphen with no space on either side."""
        return self.text == "-"


def read_opening(paragraph: str, own: tuple[str, ...] = ()) -> Opening | None:
    """The dateline of a first paragraph, or `None`. `own`: how this outlet signs.

    An opening with a credit comes off the text; a place alone ("PUTRAJAYA, Nov 22 — ") is the text's own beginning.
    """
    text = paragraph[: _LONGEST + 40]
    unmarked = _read_chinese(text) or _read_glued(text)
    if unmarked:
        return unmarked
    for match in list(_MARK.finditer(text, 0, _LONGEST))[:_MOST_MARKS]:
        if match.end() >= len(paragraph):
            break
        opening = _read_head(text[: match.start()].strip(), _Mark(match[0], text[match.end() :]), own)
        if opening and not _is_followed_by_names(text[match.end() :]):
            return Opening(opening.place, opening.credit, match.end()) if opening.credit else opening
    return _read_unmarked(text, own)


def read_place(paragraph: str) -> Opening | None:
    """A known place before the first dash, even "Jakarta - Bandung …": of a text known to have a dateline."""
    mark = _MARK.search(paragraph[:_LONGEST])
    place = paragraph[: mark.start()].strip() if mark else ""
    if mark is None or mark[0] == "-" or ":" in mark[0] or not is_place(place):
        return None
    return Opening(place, None, 0)


def _is_followed_by_names(rest: str) -> bool:
    """Of a credit's line and not of a text: "A. Person, EPA-EFE", "The Associated Press — By A. Person"."""
    return rest.startswith("By ") or (rest.isascii() and " " not in rest.strip())


def _read_head(head: str, mark: _Mark, own: tuple[str, ...]) -> Opening | None:
    """What stands before a dash: place, date and credit in any of the orders in use. `length` is not set."""
    undated, dated = _without_date(head)
    bracket = _BRACKET.fullmatch(undated)
    if bracket and is_place(bracket["credit"]):  # "(ភ្នំពេញ)៖ …"; "Paris (Prancis) - " is told from nothing
        return None if bracket["place"] else Opening(bracket["credit"].strip(), None, 0)
    if bracket:
        place, inner = _without_date(bracket["place"])
        return _signed(place, bracket["credit"].strip(), own, dated=dated or inner)
    named = _read_named(undated, own)
    if named:
        return named
    return Opening(undated, None, 0) if _is_dateline(undated, dated, mark) else None


def _without_date(text: str) -> tuple[str, bool]:
    """(the text without the date and weekday at its end, was there one?)"""
    bare = text.strip(" ,")
    for pattern in (_DATE, _WEEKDAY):
        match = pattern.search(bare)
        if match:
            bare = bare[: match.start()].strip(" ,")
    return bare, bare != text.strip(" ,")


def _signed(place: str, credit: str, own: tuple[str, ...], *, dated: bool) -> Opening | None:
    """A place, if any, with a credit in brackets. A credit nobody knows needs a place that is known or in capitals."""
    if place and not _is_form_of_place(place):
        return None
    known = _is_signature(credit, own)
    likely = (is_place(place) or dated or place.isupper()) and credit[0].isupper() and not credit[-1].isdigit()
    if not known and not (place and likely):
        return None
    return Opening(place or None, credit, 0)


def _read_named(head: str, own: tuple[str, ...]) -> Opening | None:
    """A credit without brackets: "JAKARTA, KOMPAS.com", "TEMPO.CO, Jakarta", "AKP Phnom Penh", "Redaksi Jakarta"."""
    if is_place(head):
        return None
    if _is_plain_signature(head, own):
        first, _, rest = head.partition(" ")
        if is_place(rest) and not is_own(head, own) and is_agency(first):
            return Opening(rest, first, 0)
        return Opening(None, head, 0)
    first, comma, behind = head.partition(",")
    before, _, last = head.rpartition(",")
    if comma and _is_plain_signature(last.strip(), own) and not is_place(last):
        place, credit = before, last
    elif comma and _is_plain_signature(first.strip(), own):
        place, credit = behind, first
    else:
        return None
    place = _without_date(place.strip())[0]
    return Opening(place, credit.strip(), 0) if _is_form_of_place(place) else None


def _is_plain_signature(text: str, own: tuple[str, ...]) -> bool:
    """A signature without brackets around it is nothing but one: "CNN management said" is none."""
    return is_own(text, own) or is_signed_by_agencies(text) or bool(_SITE.fullmatch(text))


def _is_signature(text: str, own: tuple[str, ...]) -> bool:
    """A known signature, an agency, a release wire or a site's name; "(37) - " and "(foto) - " are none."""
    return is_own(text, own) or is_agency(text) or is_release(text) or bool(_SITE.fullmatch(text))


def _is_form_of_place(text: str) -> bool:
    """Could this be a place by its form: a few words, none of them a common one's?"""
    words = re.split(r"[\s/,&]+", text)
    if not 2 <= len(text) <= 60 or len(words) > _MOST_WORDS or re.search(r"[\d;:!?\"“”]", text):
        return False
    return all(word and (not word[0].islower() or word in _SMALL) for word in words) and not is_no_place(text)


def _is_dateline(place: str, dated: bool, mark: _Mark) -> bool:
    """Is a place alone, before a dash, where the text is dated from? Known, in capitals, or with a date."""
    known, caseless = is_place(place), place.lower() == place.upper()
    if not _is_form_of_place(place) or (caseless and not known):
        return False
    if mark.colon:
        return (known and (place.isupper() or caseless or dated)) or (place.isupper() and dated)
    if mark.tight and not dated:
        return known and place.isupper() and mark.rest[:1].isupper() and not length_of_place(mark.rest)
    return dated or (not _is_way(place, mark.rest) if known else _is_like_place(place))


def _is_like_place(place: str) -> bool:
    """A place nobody here knows: in capitals, or before a region that is known."""
    if place.isupper():
        return len(place) >= _SHORTEST and not place.startswith(("A ", "THE ", "AN "))
    return "," in place and is_place(place.rpartition(",")[2].strip())


def _is_way(place: str, rest: str) -> bool:
    """ "Jakarta - Bandung": a second place behind the dash, printed alike. A text may begin with its own city."""
    length = length_of_place(rest)
    return bool(length) and rest[:length].isupper() == place.isupper() and rest[:length].casefold() != place.casefold()


def _read_glued(text: str) -> Opening | None:
    """A site and a place with the text's first word glued to it: "Liputan6.com, JakartaAda"."""
    site = _UNMARKED_SITE.match(text)
    length = length_of_glued_place(text[site.end() :]) if site else 0
    if site is None or not length:
        return None
    return Opening(text[site.end() : site.end() + length], site["credit"], site.end() + length)


def _read_unmarked(text: str, own: tuple[str, ...]) -> Opening | None:
    """An opening without any dash: "Liputan6.com, Jakarta Ada …", "(KPL) The …", "Vientiane (KPL) The …"."""
    site = _UNMARKED_SITE.match(text)
    if site:
        length = length_of_place(text[site.end() :])
        end = site.end() + length
        place = text[site.end() : end]
        return Opening(place, site["credit"], end) if length and text[end : end + 1].isspace() else None
    match = _UNMARKED.match(text)
    if match is None or (match["place"] and not is_place(match["place"])):
        return None
    credit = match["credit"]
    known = is_own(credit, own) or is_agency(credit) or is_release(credit)
    return Opening(match["place"] or None, credit, match.end()) if known else None


def _read_chinese(text: str) -> Opening | None:
    """ "（吉隆坡22日讯）", which stays, and "新华社北京11月22日电", which comes off."""
    match = _CHINESE.match(text)
    if match is None or bool(match["open"]) != bool(match["close"]) or not (match["open"] or match["date"]):
        return None
    credit = match["credit"] if match["credit"] != "本报" else None
    return Opening(match["place"], credit, match.end() if credit else 0)
