"""Openings and bylines of real articles: the floors of precision and recall.

What each text opens with is judged by its outlet's habit, read in all of them; the rules here are written for these
outlets and this day and share nothing with `pipeline.dateline`.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from pipeline.byline import closing_brackets, is_tail
from pipeline.dateline import read_opening
from pipeline.persons import signed_names

pytestmark = pytest.mark.shared
Pair = tuple[str | None, str | None]  # (place, credit)

_CREDITS = {
    "detik": ("detikcom", "detikNews"),
    "liputan6": ("Liputan6.com",),
    "okezone": ("Okezone", "okezone.com"),
    "tempo": ("TEMPO.CO",),
    "kompas": ("KOMPAS.com",),
    "republika": ("REPUBLIKA.CO.ID",),
}
_OKEZONE = re.compile(r"([A-Z]{4,}(?: [A-Z]+)*|HO CHI MINH) ?[-–—] ?(?=[A-Z])")
_TEMPO = re.compile(r"TEMPO\.CO, ?([A-Z][a-z]+) ?-")
_KOMPAS = re.compile(r"(?:([A-Z]+), )?(KOMPAS.com) ?[-–—]")
_REPUBLIKA = re.compile(r"REPUBLIKA\.CO\.ID, ?([A-Z]+) ?(?:--|—|–)")
_LIPUTAN6 = re.compile(r"([A-Z][\w.]*(?:,? [A-Z][\w.]*){0,2}) ?-(?=\S)")
_GLUED = ("Ogan Ilir", "Banyuwangi", "Sukabumi", "Bengkulu", "Jakarta", "Kupang", "Bandung", "Bali")
_DESK = re.compile(r"\s+-\s?(?:detik\w+|Sepakbola|Sport)$")
_NOBODY = {
    "20detik Signature", "Dok.Lelang.go.id", "Antara", "Antara News", "Deutsche Welle (DW)", "Car News China",
     "Pool", "CNN Indonesia", "Advertorial", "Tempo.co", "Liputan6.com", "MNC Media",
}  # fmt: skip


@pytest.fixture
def articles(shared: Callable[..., Path]) -> list[dict[str, str]]:
    with gzip.open(shared("corpus", "indonesian_news_2025-06.jsonl.gz"), "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def outlet_of(article: dict[str, str]) -> str:
    """ "https://visual.republika.co.id/…" -> "republika" """
    return next(name for name in (urlsplit(article["url"]).hostname or "").split(".") if name in _CREDITS)


def judged_opening(outlet: str, text: str) -> Pair:
    """(place, credit) by the outlet's habit."""
    if outlet == "liputan6":
        return _judged_liputan6(text.removeprefix("Liputan6.com, ")), "Liputan6.com"
    if outlet == "kompas":
        match = _KOMPAS.match(text)
        return (match[1], match[2]) if match else (None, None)
    patterns = {
        "okezone": (_OKEZONE, None),
        "tempo": (_TEMPO, "TEMPO.CO"),
        "republika": (_REPUBLIKA, "REPUBLIKA.CO.ID"),
    }
    if outlet not in patterns:  # Detik's have none
        return None, None
    pattern, credit = patterns[outlet]
    match = pattern.match(text)
    return (match[1], credit) if match else (None, None)


def _judged_liputan6(rest: str) -> str | None:
    """The place with a dash behind it, or one that the text's first word is glued to."""
    match = _LIPUTAN6.match(rest)
    if match and not re.match("Jakarta[A-Z]", rest):
        return match[1]
    return next((place for place in _GLUED if rest.startswith(place)), None)


def openings(articles: list[dict[str, str]]) -> Iterator[tuple[Pair, Pair]]:
    """(found, judged)"""
    for article in articles:
        if article["body"]:
            outlet, text = outlet_of(article), article["body"].split("\n")[0].replace("\xa0", " ")
            found = read_opening(text, _CREDITS[outlet])
            yield ((found.place, found.credit) if found else (None, None)), judged_opening(outlet, text)


def test_openings_of_six_outlets(articles: list[dict[str, str]]) -> None:
    pairs = list(openings(articles))
    right = sum(1 for found, judged in pairs if found == judged)
    told = sum(1 for found, _ in pairs if found != (None, None))
    wrong = sum(1 for found, judged in pairs if found not in ((None, None), judged))
    assert len(pairs) > 1_400
    assert right / len(pairs) >= 0.999
    assert wrong / told <= 0.001


def test_bylines_of_six_outlets(articles: list[dict[str, str]]) -> None:
    lines = dict.fromkeys(article["byline"] for article in articles if article["byline"])
    wrong = [line for line in lines if list(signed_names(line, ("Tim Okezone", "MNC Media"))) != judged_names(line)]
    assert len(lines) > 490
    assert len(wrong) <= 1  # an account's name that stands where a person's should


def judged_names(line: str) -> list[str]:
    """The persons of a byline: all pieces but teams and those known to be nobody's name."""
    line = _DESK.sub("", line)
    if line in _NOBODY or re.fullmatch("[a-z]+/Instagram", line):  # the name of an account
        return []
    pieces = [piece.strip().removesuffix(" (Kontributor)").removesuffix("/Instagram") for piece in line.split(",")]
    return [piece for piece in pieces if not piece.lower().startswith("tim ")]


def test_openings_of_a_printed_paper(shared: Callable[..., Path]) -> None:
    """ "CITY, KOMPAS — " of 332 articles."""
    with gzip.open(shared("quotes", "pfsa-id.txt.gz"), "rt", encoding="utf-8") as lines:
        stream = " ".join(token for line in lines if (token := line.rstrip("\n").split("\t")[0]))
    found = list(re.finditer(r"((?:[A-Z]{3,} ){1,2}), KOMPAS (—|–|- -|-) ", stream))
    assert len(found) == 332
    for match in found:
        text = f"{match[1].strip()}, KOMPAS {match[2].replace(' ', '')} {stream[match.end() : match.end() + 100]}"
        opening = read_opening(text, ("KOMPAS",))
        assert opening is not None
        assert (opening.place, opening.credit) == (match[1].strip(), "KOMPAS")


def test_no_paragraph_of_prose_is_a_credit(articles: list[dict[str, str]]) -> None:
    """Of 15,000 paragraphs no more are taken for credits than those in brackets or with a label."""
    paragraphs = [line.strip() for article in articles for line in (article["body"] or "").split("\n") if line.strip()]
    tails = {line for line in paragraphs if is_tail(line)}
    assert len(paragraphs) > 10_000
    assert all(re.fullmatch(r"\(.{2,40}\)|\*+|(?:Penulis|Editor|Reporter): .{2,60}", line) for line in tails)
    assert sum(1 for line in paragraphs if closing_brackets(line)[1]) <= 3


def test_no_sentence_of_fourteen_languages_is_an_opening(shared: Callable[..., Path]) -> None:
    """Of 14,000 sentences that are none's first one, two at most open with a place (one is a dateline)."""
    with gzip.open(shared("language.jsonl.gz"), "rt", encoding="utf-8") as lines:
        entries = [json.loads(line) for line in lines]
    texts = [entry["text"] for entry in entries if entry["kind"] not in ("dslcc", "news")]
    assert len(texts) > 10_000
    assert sum(1 for text in texts if read_opening(text)) <= 2
