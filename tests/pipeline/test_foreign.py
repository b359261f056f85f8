"""Headlines of other articles inside a text, told by the text alone: what goes, and what looks like one and stays."""

from __future__ import annotations

import gzip
import json
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from pipeline.foreign import Headline, cut, digest_without, headline_key, is_telling, opening, openings, without
from pipeline.model import Article
from pipeline.watches import bundled_watches, match
from tests.pipeline.store.build import article

BEFORE = "Wali kota membuka pertemuan itu di balai kota pada Selasa pagi."
AFTER = "Pertemuan berlangsung tiga hari dan dihadiri utusan sepuluh negara."
LINKED = "Dinas Taman Tanam Seribu Pohon di Tepi Kanal"
SMALL = "Dinas taman tanam seribu pohon di tepi kanal"

# (what the body holds, the headline of another article, what stays of the body)
GONE = {
    "a line of its own": ((BEFORE, LINKED, AFTER), LINKED, (BEFORE, AFTER)),
    "a line in small letters": ((BEFORE, SMALL, AFTER), SMALL, (BEFORE, AFTER)),
    "a line set otherwise than its headline": ((BEFORE, LINKED.upper(), AFTER), LINKED, (BEFORE, AFTER)),
    "a label before it": ((BEFORE, f"Baca juga: {LINKED}", AFTER), LINKED, (BEFORE, AFTER)),
    "a label of a language nobody listed": ((BEFORE, f"Lea mós : {LINKED}", AFTER), LINKED, (BEFORE, AFTER)),
    "the last line": ((BEFORE, AFTER, LINKED), LINKED, (BEFORE, AFTER)),
    "a question that is its headline": (
        (BEFORE, "Mengapa Kanal Kota Makin Dangkal?", AFTER),
        "Mengapa Kanal Kota Makin Dangkal?",
        (BEFORE, AFTER),
    ),
    "spoken words that are its headline": (
        (BEFORE, "“Kanal Kami Makin Dangkal”, Kata Warga Tepi Kota", AFTER),
        '"Kanal Kami Makin Dangkal", Kata Warga Tepi Kota',
        (BEFORE, AFTER),
    ),
    "between two sentences": ((f"{BEFORE} {LINKED} {AFTER}",), LINKED, (f"{BEFORE} {AFTER}",)),
    "glued to both": ((f"{BEFORE}{LINKED}{AFTER}",), LINKED, (f"{BEFORE} {AFTER}",)),
    "in small letters, glued to the full stop": ((f"{BEFORE}{SMALL} {AFTER}",), SMALL, (f"{BEFORE} {AFTER}",)),
    "behind the last sentence": ((f"{BEFORE} {SMALL}", AFTER), SMALL, (BEFORE, AFTER)),
    "at the start of a paragraph": ((BEFORE, f"{LINKED} {AFTER}"), LINKED, (BEFORE, AFTER)),
    "twice": ((BEFORE, LINKED, AFTER, LINKED), LINKED, (BEFORE, AFTER)),
    "English": (
        ("The mayor opened the talks. City Plants a Thousand Trees Along Old Canal The talks last three days.",),
        "City Plants a Thousand Trees Along Old Canal",
        ("The mayor opened the talks. The talks last three days.",),
    ),
    "Vietnamese": (
        ("Thị trưởng khai mạc hội nghị.", "Thành phố trồng một nghìn cây xanh dọc kênh", "Hội nghị kéo dài ba ngày."),
        "Thành phố trồng một nghìn cây xanh dọc kênh",
        ("Thị trưởng khai mạc hội nghị.", "Hội nghị kéo dài ba ngày."),
    ),
    "Thai": (
        ("ผู้ว่าฯ เปิดการประชุมเมืองอาเซียน", "กทม. ปลูกต้นไม้พันต้นริมคลองสายเก่าทั่วเมือง", "การประชุมมีสามวัน"),
        "กทม.ปลูกต้นไม้พันต้นริมคลองสายเก่าทั่วเมือง",
        ("ผู้ว่าฯ เปิดการประชุมเมืองอาเซียน", "การประชุมมีสามวัน"),
    ),
    "Khmer": (
        ("អភិបាលបើកកិច្ចប្រជុំ។", "រាជធានីដាំដើមឈើមួយពាន់ដើមតាមបណ្ដោយប្រឡាយចាស់", "កិច្ចប្រជុំមានបីថ្ងៃ។"),
        "រាជធានីដាំដើមឈើមួយពាន់ដើមតាមបណ្ដោយប្រឡាយចាស់",
        ("អភិបាលបើកកិច្ចប្រជុំ។", "កិច្ចប្រជុំមានបីថ្ងៃ។"),
    ),
    "Chinese": (
        ("市长宣布会议开幕。", "市政府沿旧运河种植一千棵树木", "会议为期三天。"),
        "市政府沿旧运河种植一千棵树木",
        ("市长宣布会议开幕。", "会议为期三天。"),
    ),
    "Chinese, behind the last sentence": (
        ("市长今天在市政厅宣布东盟城市会议开幕。市政府沿旧运河种植一千棵树木", "会议为期三天。"),
        "市政府沿旧运河种植一千棵树木",
        ("市长今天在市政厅宣布东盟城市会议开幕。", "会议为期三天。"),
    ),
}

# (the body, the headline of another article): nothing goes
STAYS = {
    "a sentence that became a headline": ((BEFORE, f"{SMALL}.", AFTER), SMALL),
    "spoken words that became a headline": ((BEFORE, "“Kanal kami makin dangkal tahun ini”", AFTER),
                                            "Kanal kami makin dangkal tahun ini"),
    "three words": ((BEFORE, "Taman Kota Tua", AFTER), "Taman Kota Tua"),
    "few letters": ((BEFORE, "Apa Itu SP 3?", AFTER), "Apa Itu SP 3?"),
    "an item of a list": ((BEFORE, f"- {LINKED}", f"1. {LINKED}", AFTER), LINKED),
    "a subject that goes on as a sentence": (
        (f"{BEFORE} Dinas taman tanam seribu pohon di tepi Kanal Timur.",), "Dinas taman tanam seribu pohon di tepi"),
    "a short name before a capital": (
        (f"{BEFORE} Forum Kota Pintar ASEAN Jakarta dibuka Senin.",), "Forum Kota Pintar ASEAN"),
    "in the middle of a sentence": ((f"Spanduk bertuliskan {LINKED} Terpasang di gerbang balai kota.",), LINKED),
    "behind the number of a list": ((BEFORE, f"3. {LINKED} {AFTER}"), LINKED),
    "the beginning of a longer line": ((BEFORE, f"{LINKED} dan Sungai", AFTER), LINKED),
    "all that there is": ((LINKED,), LINKED),
    "words between others in capitals": ((f"{BEFORE} {SMALL} {AFTER}",), SMALL),
}  # fmt: skip


@pytest.mark.parametrize(("body", "headline", "rest"), GONE.values(), ids=GONE)
def test_another_articles_headline_goes(body: tuple[str, ...], headline: str, rest: tuple[str, ...]) -> None:
    done = cut(body, [Headline(headline, "https://kota.example/2")])
    assert done.body == rest
    assert [one.text for one in done.removed] == [headline]
    assert opening(headline) in openings(body)


@pytest.mark.parametrize(("body", "headline"), STAYS.values(), ids=STAYS)
def test_true_text_stays(body: tuple[str, ...], headline: str) -> None:
    assert cut(body, [Headline(headline, "https://kota.example/2")]) == cut(body, [])
    assert cut(body, []).body == body


def test_a_round_up_of_headlines_stays() -> None:
    names = [f"{LINKED} Bagian Kota Nomor {n}" for n in ("Satu", "Dua", "Tiga", "Empat")]
    body = tuple(line for name in names for line in (name, AFTER))
    assert cut(body, [Headline(name, f"https://kota.example/{name}") for name in names]).body == body


def test_headings_that_their_paragraphs_tell_stay_and_related_links_among_as_much_prose_go() -> None:
    names = ("Gubernur Buka Forum Kota Pintar", "Dinas Taman Tanam Seribu Pohon", "Kapal Wisata Singgah di Pelabuhan")
    told = [f"{name.capitalize()}, kata juru bicara pada Senin, di depan para wartawan." for name in names]
    known = [Headline(name, f"https://kota.example/{name}") for name in names]
    round_up = (BEFORE, *(line for pair in zip(names, told, strict=True) for line in pair), AFTER)
    assert cut(round_up, known).body == round_up
    links = (BEFORE, names[0], AFTER, names[1], BEFORE, names[2], AFTER)
    assert cut(links, known).body == (BEFORE, AFTER, BEFORE, AFTER)


def test_two_headlines_in_a_row_go_and_the_longer_one_first() -> None:
    longer = f"{LINKED} Kota Tua"
    body = (f"{BEFORE} {longer} {LINKED} {AFTER}",)
    done = cut(body, [Headline(LINKED, "https://kota.example/2"), Headline(longer, "https://kota.example/3")])
    assert done.body == (f"{BEFORE} {AFTER}",)
    assert [one.text for one in done.removed] == [longer, LINKED]


@pytest.mark.parametrize(
    ("text", "telling"),
    [
        (LINKED, True),
        ("Jakarta Selatan", False),
        ("kata " * 50, False),
        ("市政府沿旧运河种植一千棵树木", True),
        ("市政府", False),
        ("กทม.ปลูกต้นไม้พันต้นริมคลองสายเก่าทั่วเมือง", True),
        ("", False),
        ("\0\ud800", False),
    ],
)
def test_only_a_headline_of_some_length_tells_anything(text: str, telling: bool) -> None:
    assert is_telling(text) is telling


def test_a_key_is_that_of_every_printing() -> None:
    assert headline_key("“Kota  Pintar”: Apa itu?") == headline_key("KOTA PINTAR – apa itu")
    assert headline_key(LINKED) != headline_key(LINKED + " 2")


@pytest.mark.parametrize(
    "unit", [". A", "A", ": ", "“", "Dinas Taman ", ". Dinas Taman Tanam Seribu Pohon ", "。市", "\0"]
)
def test_a_hostile_text_takes_no_time(unit: str) -> None:
    body = (unit * (200_000 // len(unit)),)
    begun = time.process_time()
    found = openings(body)
    cut(body, [Headline(LINKED, "https://kota.example/2")])
    assert (
        time.process_time() - begun < 20
    )  # seconds of the processor: what grows with the square of the text takes minutes
    assert len(found) <= 300


def whole() -> Article:
    """An article that a watch matches only because of a foreign headline."""
    made = article(
        "https://kota.example/1",
        body=BEFORE,
        article_body=(BEFORE, "Jakarta Hosts ASEAN Mayors Forum This Week", AFTER),
    )
    return match(made, bundled_watches())


def test_what_follows_from_the_text_is_told_anew() -> None:
    read = whole()
    assert [one.id for one in read.watches] == ["amf"]
    foreign = Headline("Jakarta Hosts ASEAN Mayors Forum This Week", "https://kota.example/2")
    bare = without(read, cut(read.article_body, [foreign]), bundled_watches())
    assert (bare.watches, bare.tags, bare.article_body) == ((), (), (BEFORE, AFTER))
    assert bare.summary is not None
    assert "ASEAN" not in bare.summary
    (note,) = [one for one in bare.provenance if one.source == "step: foreign"]
    assert note.detail == f'removed "{foreign.text}": headline of {foreign.url}'
    assert without(read, cut(read.article_body, [foreign]), bundled_watches()) == bare


def test_the_digest_names_what_was_taken_out_in_any_order() -> None:
    one, other = Headline(LINKED, "https://kota.example/2"), Headline(SMALL + " kota", "https://kota.example/3")
    assert digest_without("c", [one, other]) == digest_without("c", [other, one])
    assert len({digest_without("c", [one]), digest_without("d", [one]), digest_without("c", []), "c"}) == 4


@pytest.mark.shared
def test_on_real_texts_only_related_links_go(shared: Callable[..., Path]) -> None:
    """1,436 texts of six outlets against all their headlines: what goes stands behind "Baca juga" every time."""
    packed = shared("corpus", "indonesian_news_2025-06.jsonl.gz").read_bytes()
    rows = [row for row in map(json.loads, gzip.decompress(packed).decode().splitlines()) if row["headline"]]
    known: defaultdict[tuple[str, str | None], list[Headline]] = defaultdict(list)
    for row in rows:
        known[_site(row["url"]), opening(row["headline"])].append(Headline(row["headline"], row["url"]))
    gone = []
    for row in rows:
        body = tuple(filter(None, map(str.strip, (row["body"] or "").split("\n"))))
        suspects = [one for key in openings(body) for one in known[_site(row["url"]), key]]
        own = headline_key(row["headline"])
        done = cut(body, [one for one in suspects if one.url != row["url"] and one.key != own])
        gone += [line for line in body if line not in done.body]
    assert len(gone) >= 5
    assert [line for line in gone if not line.startswith("Baca juga:")] == []


def _site(url: str) -> str:
    return ".".join((urlsplit(url).hostname or "").split(".")[-2:])
