"""All watches over short texts in the region's languages: in scope, near, out, possible; editions; hostile texts."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline.errors import NotFoundError, WatchError
from pipeline.model import Article, Listing
from pipeline.watches import (
    Alias,
    Held,
    Some,
    Together,
    Watch,
    Watches,
    add_watch,
    load_watches,
    match,
    match_listing,
    new_watch,
    parse_watches,
    remove_watch,
    search_terms,
    undo_change,
    watch_toml,
)
from tests.pipeline.forum_cases import DOUBTFUL, EDITIONS, IN_SCOPE, NEAR, OUT, Told
from tests.pipeline.test_watches import article

BUNDLED = load_watches(None)


def found(told: Told) -> Article:
    return match(article(told.text, published=told.published), BUNDLED)


def name(told: Told) -> str:
    return f"{told.text[:50]} {told.published or ''}".strip()


@pytest.mark.parametrize("told", [*IN_SCOPE, *NEAR, *OUT, *DOUBTFUL, *EDITIONS], ids=name)
def test_match_is_as_told(told: Told) -> None:
    assert {one.id: one.edition for one in found(told).watches} == told.expected


@pytest.mark.parametrize("told", [*DOUBTFUL, *OUT], ids=name)
def test_what_is_doubtful_is_for_a_person(told: Told) -> None:
    assert tuple(one.id for one in found(told).possible) == told.possible


def test_near_misses_are_not_put_before_a_person() -> None:
    """A queue that holds every near miss is read by nobody."""
    assert [told.text for told in NEAR if found(told).possible] == []


def test_every_watch_stands_in_the_table() -> None:
    assert {watch for told in (*IN_SCOPE, *EDITIONS) for watch in told.expected} == {watch.id for watch in BUNDLED}


@pytest.mark.parametrize("told", [*IN_SCOPE, *DOUBTFUL, *EDITIONS], ids=name)
def test_every_match_shows_the_words_it_stands_on(told: Told) -> None:
    read = found(told)
    for one in (*read.watches, *read.possible):
        assert one.evidence
        assert one.reason.endswith(".")
        for piece in one.evidence:
            assert piece.field == "article_body[0]"
            assert told.text[piece.start : piece.end] == piece.text


def test_possible_says_why_in_words() -> None:
    (far,) = match(article("Wali Kota Bogor membuka AMF di alun-alun."), BUNDLED).possible
    assert far.reason == (
        'Possibly ours (ASEAN Mayors Forum (AMF)): paragraph 1 has "AMF"; nothing near it bears that out, but the text'
        ' has "Wali Kota" elsewhere.'
    )
    (loose,) = match(article("Program kota cerdas ASEAN."), BUNDLED).possible
    assert "a loose wording, which may mean something else" in loose.reason


def test_what_is_ours_is_not_possible_too() -> None:
    read = match(article("MGMAC dibuka.", "Program kota cerdas ASEAN mencari anggota."), BUNDLED)
    assert [one.id for one in read.watches] == ["mgmac"]
    assert read.possible == ()


def test_matching_anew_forgets_what_was_possible() -> None:
    read = match(article("Wali Kota Bogor membuka AMF di alun-alun."), BUNDLED)
    assert match(read, Watches(())).possible == ()


def test_words_together_may_stand_in_two_fields() -> None:
    text = article("Mereka berkumpul dua hari.", headline="Para Gubernur Ibu Kota Negara ASEAN di Balai Kota")
    (one,) = match(text, BUNDLED).watches
    assert (one.id, {piece.field for piece in one.evidence}) == ("asean-capitals", {"headline", "article_body[0]"})


def test_words_too_far_apart_are_not_together() -> None:
    between = "Kalimat lain berdiri di sini. " * 20
    text = article(f"Gubernur datang. {between} Ibu kota negara ASEAN disebut. {between} Rapat usai.")
    assert match(text, BUNDLED).watches == ()


def test_a_rule_needs_as_many_different_words_as_it_says() -> None:
    rule = Together(all=(("rapat",),), some=(Some(2, (("Ambon",), ("Kupang", "Koepang"), ("Palu",))),), reach=60)
    watches = Watches((Watch("timur", "Timur", together=(rule,)),))
    assert match(article("Rapat di Ambon dan Palu."), watches).watches
    assert not match(article("Rapat di Kupang, Koepang, Kupang."), watches).watches
    assert not match(article(f"Rapat di Ambon{' lalu' * 20} Palu."), watches).watches


def test_a_watch_stands_back_for_another() -> None:
    both = Watches((Watch("a1", "A", aliases=(Alias("pasar"),)), Watch("b1", "B", (), (Alias("rapat"),), (), ("a1",))))
    assert [one.id for one in match(article("Rapat pasar."), both).watches] == ["a1"]
    assert [one.id for one in match(article("Rapat."), both).watches] == ["b1"]


HOSTILE = (
    "AMF ", "MGMAC ", "MGMAC 2023, ", "MGMAC di Jakarta ", "MGMAC dan AMF ", "tuan rumah MGMAC ", "Phnom Penh MGMAC ",
    "ke-7 MGMAC ", "U20 G20 ", "wali kota ASEAN bertemu ", "para wali kota Jakarta Bangkok Manila ", "MGMAC(",
    "ASEAN\n", "อาเซียน", "市长", "AMF 2023 ASEAN mayor ", "'\"“(", "gubernur", "A" * 60,
)  # fmt: skip


@pytest.mark.parametrize("token", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_text_is_read_to_its_end(token: str) -> None:
    """100,000 characters of one token; what grew with the square would take minutes."""
    read = match(article((token * (100_000 // len(token) + 1))[:100_000]), BUNDLED)
    assert all(len(one.evidence) < 100 for one in read.watches)


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("Timnas U20 Menang Telak", False),
        ("U20 Indonesia vs Vietnam", False),
        ("U20 Mayors Summit Dibuka", True),
        ("Pelanggan Citynet Mengeluh", False),
        ("Para Gubernur Ibu Kota ASEAN Bertemu", True),
        ("Kota Cerdas ASEAN: Anggota Bertambah", True),  # possible only: the text decides
        ("Banjir di Kota Tua", False),
    ],
)
def test_a_listing_shows_what_is_worth_fetching(headline: str, expected: bool) -> None:
    assert match_listing(Listing("https://a.example/1", "f", "feed", headline=headline), BUNDLED) is expected


def test_a_search_asks_nothing_twice() -> None:
    for language in ("id", "en", "ms", "vi", "tl", "th"):
        terms = search_terms(BUNDLED, language)
        assert not [term for term in terms for other in terms if other != term and f" {other} " in f" {term} "]
        assert len(terms) <= 16


def test_a_dated_alias_needs_a_year_behind_it() -> None:
    watches = Watches((Watch("ab", "A", aliases=(Alias("FKT", dated=True),), first_edition=2010),))
    assert [one.edition for one in match(article("FKT 2019 dibuka."), watches).watches] == [2019]
    assert match(article("FKT dibuka; 2019 lalu."), watches).watches == ()


# --- the file ---------------------------------------------------------------------------------------------------------

FORUM = '[[watch]]\nid = "ab"\ntitle = "T"\nfirst_edition = 2010\nnames.en = ["Forum of Rivers"]\n'

RIVERS = f'{FORUM}[[watch.together]]\nall = [["river"]]\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"{FORUM}[[watch.editions]]\nyear = 2009", "2009 lies before the first edition, 2010"),
        (f"{FORUM}[[watch.editions]]\nyear = 2011\n[[watch.editions]]\nyear = 2011", "2011 stands there twice"),
        (f'{FORUM}[[watch.editions]]\nyear = "x"', "watch.0.editions.0.year"),
        (f'{FORUM}[[watch.editions]]\nyear = 2011\ncountry = "Indonesia"', "watch.0.editions.0.country"),
        (f"{FORUM}[[watch.editions]]\nyear = 2011\nhost = 1", "watch.0.editions.0.host"),
        (f'{FORUM}unless = ["ab"]', "cannot stand back for itself"),
        (f'{FORUM}[[watch.together]]\nall = [["river"]]', "one kind of word is no certainty"),
        (f'{FORUM}[[watch.together]]\nall = [["river"], []]', "watch.0.together.0.all.1"),
        (f'{FORUM}[[watch.together]]\nall = [["river"], ["@nothing"]]', "'@nothing' names no list: the lists are"),
        (f"{RIVERS}some = [{{ least = 3, of = [['one'], ['two']] }}]", "3 of 2 kinds"),
        (f"{RIVERS}some = [{{ least = 2, of = [['one']] }}]", "together.0.some.0.of"),
        (f"{RIVERS}some = [{{ of = [['one'], ['two']] }}]", "some.0.least"),
        ('[words]\nriver = ["@stream"]\nstream = ["@river"]\n', "words.river: the list names itself"),
        ('[words]\nriver = ["@stream"]\n', "words.river: '@stream' names no list"),
        ('[words]\nriver = "one"\n', "w.toml: words.river"),
        ("[places]\nAmbon = [3]\n", "w.toml: places.Ambon.0"),
        ("[other]\nx = 1\n", "w.toml: other"),
        ('[[watch]]\nid = "ab"\ntitle = "T"\nnames.en = ["one"]\n[[watch.editions]]\nyear = 2011', "first_edition"),
    ],
)  # fmt: skip
def test_a_broken_file_is_told_in_one_line(text: str, message: str) -> None:
    with pytest.raises(WatchError) as caught:
        parse_watches(text, file="w.toml")
    assert message in str(caught.value)
    assert str(caught.value).startswith("w.toml: ")
    assert "\n" not in str(caught.value)


def test_a_file_may_use_lists_of_its_own_and_the_bundled_ones() -> None:
    watches = parse_watches(
        '[words]\nrivers = ["Musi", "Mahakam"]\n[places]\nAmbon = ["Ambong"]\n'
        + FORUM
        + '[[watch.editions]]\nyear = 2012\nplace = "Ambon"\ncountry = "KH"\n'
        + '[[watch.together]]\nall = [["@rivers", "Kapuas"], ["@meeting"]]\n'
    )
    (watch,) = watches
    assert watch.together[0].all[0] == ("Musi", "Mahakam", "Kapuas")
    assert "bertemu" in watch.together[0].all[1]
    assert {"Ambong", "Kamboja"} <= set(watch.editions[0].also)
    assert [one.edition for one in match(article("Forum of Rivers di Ambong."), watches).watches] == [2012]


@pytest.mark.parametrize("identifier", [watch.id for watch in BUNDLED])
def test_a_watch_as_written_is_the_watch_as_read(identifier: str) -> None:
    watch = BUNDLED.get(identifier)
    assert watch is not None
    assert parse_watches(watch_toml(watch)).items == (watch,)


def test_known_editions_are_one_a_year_and_in_order() -> None:
    for watch in BUNDLED:
        years = [held.year for held in watch.editions]
        assert all(before < after for before, after in pairwise(years))
        numbers = [held.number for held in watch.editions if held.number is not None]
        assert all(before < after for before, after in pairwise(numbers))


def test_an_edition_without_a_place_settles_none_by_place() -> None:
    watches = Watches((Watch("ab", "A", aliases=(Alias("FKT"),), first_edition=2010, editions=(Held(2011),)),))
    assert match(article("FKT di Ambon dibuka."), watches).watches[0].edition is None


# --- the operator's file, changed without an editor -----------------------------------------------------------------

OWN = (
    '# our own\n[words]\nrivers = ["Musi"]\n\n'
    '[[watch]]  # first\nid = "one"\ntitle = "One"\nnames.en = ["First Forum"]\n'
)


def test_remove_watch_leaves_all_else_as_it_is_written(tmp_path: Path) -> None:
    file = tmp_path / "watches.toml"
    file.write_text(OWN)
    add_watch(file, new_watch("Second Forum", aliases=("SFX",), context=("river",)))
    assert [one.id for one in remove_watch(file, "second-forum")] == ["one"]
    assert file.read_text().strip() == OWN.strip()
    assert [one.id for one in remove_watch(file, "one")] == []
    assert file.read_text().startswith('# our own\n[words]\nrivers = ["Musi"]')


def test_undo_change_puts_back_and_forth(tmp_path: Path) -> None:
    file = tmp_path / "watches.toml"
    file.write_text(OWN)
    add_watch(file, new_watch("Second Forum"))
    added = file.read_bytes()
    assert [one.id for one in undo_change(file)] == ["one"]
    assert file.read_text() == OWN
    assert [one.id for one in undo_change(file)] == ["one", "second-forum"]
    assert file.read_bytes() == added


def test_nothing_to_undo_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="nothing was added or removed"):
        undo_change(tmp_path / "watches.toml")


@pytest.mark.parametrize(("identifier", "told"), [("amf", "comes with the program"), ("none", "nothing to do")])
def test_remove_watch_takes_only_what_is_the_operators(tmp_path: Path, identifier: str, told: str) -> None:
    file = tmp_path / "watches.toml"
    file.write_text(OWN)
    with pytest.raises(NotFoundError, match=told):
        remove_watch(file, identifier)
    assert file.read_text() == OWN


def test_remove_watch_gives_up_where_it_cannot_cut(tmp_path: Path) -> None:
    file = tmp_path / "watches.toml"
    file.write_text('watch = [{ id = "one", title = "One", names = { en = ["First Forum"] } }]\n')
    with pytest.raises(WatchError, match="take it out in an editor"):
        remove_watch(file, "one")
    assert load_watches(file).get("one") is not None


@pytest.mark.shared
def test_a_month_of_other_news_is_nobodys(shared: Callable[..., Path]) -> None:
    """1,714 real articles in which no forum of cities stands: none is ours, and a person is shown a handful at most."""
    with gzip.open(shared("corpus", "indonesian_news_2025-06.jsonl.gz"), "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    read = [match(article(*(row["body"] or "").split("\n"), headline=row["headline"]), BUNDLED) for row in rows]
    assert len(read) == 1714
    assert [one.headline for one in read if one.watches] == []
    assert len([one for one in read if one.possible]) <= 5
