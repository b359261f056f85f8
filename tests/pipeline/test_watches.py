"""Watches: what matches, which edition, why; reading, adding and comparing them."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import WatchError
from pipeline.model import Article, Disposition, Kind, Listing, StoredArticle
from pipeline.watches import (
    Alias,
    Names,
    Watch,
    Watches,
    add_watch,
    compare,
    load_watches,
    match,
    match_listing,
    new_watch,
    parse_watches,
    search_terms,
)
from tests.pipeline.watch_cases import NEGATIVE, POSITIVE, Case

BUNDLED = load_watches(None)


def article(
    *body: str, headline: str | None = None, published: int | None = None, keywords: tuple[str, ...] = ()
) -> Article:
    return Article(
        url="https://news.example/a",
        canonical_url="https://news.example/a",
        outlet=None,
        kind=Kind.ARTICLE,
        fetched_at=datetime(2025, 1, 1, tzinfo=UTC),
        sha256="0" * 64,
        headline=headline,
        article_body=body,
        keywords=keywords,
        date_published=datetime(published, 8, 3, tzinfo=UTC) if published else None,
    )


def editions(found: Article) -> dict[str, int | None]:
    return {one.id: one.edition for one in found.watches}


@pytest.mark.parametrize("case", POSITIVE, ids=lambda case: case.text[:40])
def test_match_finds_watch_and_edition(case: Case) -> None:
    found = match(article(case.text, headline=case.headline, published=case.published), BUNDLED)
    assert editions(found) == case.expected


@pytest.mark.parametrize("text", NEGATIVE, ids=lambda text: text[:40])
def test_match_leaves_near_misses_out(text: str) -> None:
    assert editions(match(article(text), BUNDLED)) == {}


def test_match_evidence_is_the_text_at_its_offsets() -> None:
    found = match(
        article(
            "Wali kota ASEAN hadir.", "AMF 2023 dibuka.", headline="Forum Wali Kota ASEAN", keywords=("a", "MGMAC 2023")
        ),
        BUNDLED,
    )
    fields = {
        "headline": found.headline or "",
        "keywords": ", ".join(found.keywords),
        **{f"article_body[{place}]": text for place, text in enumerate(found.article_body)},
    }
    evidence = [piece for one in found.watches for piece in one.evidence]
    assert {piece.rule for piece in evidence} == {"name", "alias", "context", "edition"}
    assert all(fields[piece.field][piece.start : piece.end] == piece.text for piece in evidence)


def test_match_reason_tells_place_words_and_edition() -> None:
    (found,) = match(article("Pembukaan.", "Forum Wali Kota ASEAN (AMF) 2023 dimulai."), BUNDLED).watches
    assert found.reason == (
        'Paragraph 2 names "Forum Wali Kota ASEAN"; edition 2023: the text says "Forum Wali Kota ASEAN (AMF) 2023".'
    )


def test_match_reason_tells_the_context_of_an_abbreviation() -> None:
    (found,) = match(article("Para wali kota ASEAN membuka AMF."), BUNDLED).watches
    assert found.reason == 'Paragraph 1 has "AMF" near "ASEAN" and "wali kota".'


def test_match_needs_context_within_reach() -> None:
    far = "Para wali kota dan wakil ASEAN. " + "Kalimat lain berdiri di sini. " * 40 + "AMF ditutup."
    assert editions(match(article(far), BUNDLED)) == {}


def test_match_takes_abbreviation_anywhere_once_the_name_is_there() -> None:
    far = "ASEAN Mayors Forum dibuka. " + "Kalimat lain berdiri di sini. " * 40 + "AMF 2022 ditutup."
    assert editions(match(article(far), BUNDLED)) == {"amf": 2022}


def test_match_has_no_edition_before_the_first() -> None:
    assert editions(match(article("MGMAC 2004 tidak pernah ada."), BUNDLED)) == {"mgmac": None}


def test_match_takes_the_edition_of_a_forum_beside_it_last() -> None:
    text = "ASEAN Mayors Forum 2023 dibuka. " + "Pertemuan Gubernur dan Wali Kota ASEAN menyusul."
    assert editions(match(article(text), BUNDLED)) == {"mgmac": 2023, "amf": 2023}


def test_watches_travel_to_a_worker_and_keep_their_digest() -> None:
    again: Watches = pickle.loads(pickle.dumps(BUNDLED))
    assert (again, again.digest, hash(again)) == (BUNDLED, BUNDLED.digest, hash(BUNDLED))
    assert replace(BUNDLED.items[0], title="x") not in BUNDLED
    assert Watches(BUNDLED.items[1:]).digest != BUNDLED.digest


@pytest.mark.parametrize(
    ("listing", "expected"),
    [
        (Listing("https://a.example/1", "f", "feed", headline="AMF 2023 Resmi Dibuka"), True),
        (Listing("https://a.example/1", "f", "feed", headline="Arena Boling AMF Dibuka"), False),
        (Listing("https://a.example/1", "f", "feed", headline="Banjir di Kota Tua"), False),
        (Listing("https://a.example/1", "f", "feed", headline="Kota Tua", description="Jelang MGMAC."), True),
        (Listing("https://a.example/1", "f", "feed", headline="Kota Tua", keywords=("mgmac",)), True),
        (Listing("https://a.example/read/77/peserta-mgmac-amf-2023-tiba", "f", "sitemap"), True),
        (Listing("https://a.example/read/77/banjir-kota-tua", "f", "sitemap"), False),
        (Listing("http://[bad", "f", "sitemap"), False),
    ],
)
def test_match_listing_by_what_it_says(listing: Listing, expected: bool) -> None:
    assert match_listing(listing, BUNDLED) is expected


def test_search_terms_are_of_the_outlets_language() -> None:
    terms = search_terms(BUNDLED, "id")
    assert {"MGMAC", "AMF", "ASCN", "Smart JAMP", "Forum Wali Kota ASEAN"} <= set(terms)
    assert "ASEAN Mayors Forum" in search_terms(BUNDLED, "en")
    assert "ASEAN Mayors Forum" in search_terms(BUNDLED, "jv")
    assert not any("[" in term or "  " in term for term in terms)
    assert len(terms) == len(set(terms))


def test_load_watches_operator_replaces_and_adds(tmp_path: Path) -> None:
    file = tmp_path / "watches.toml"
    file.write_text(
        '[[watch]]\nid = "amf"\ntitle = "AMF"\nnames.en = ["City Chiefs Meeting"]\n\n'
        '[[watch]]\nid = "u20"\ntitle = "U20"\nnames.any = ["Urban 20"]\n'
    )
    watches = load_watches(file)
    assert [one.id for one in watches] == [one.id for one in BUNDLED]
    assert editions(match(article("Urban 20 dibuka tanpa ASEAN Mayors Forum 2023."), watches)) == {"u20": None}


def test_load_watches_without_operator_file_is_the_bundled(tmp_path: Path) -> None:
    assert load_watches(tmp_path / "absent.toml") == BUNDLED


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("watch = 3", "w.toml: watch: Input should be a valid tuple"),
        ("[[watch]", "w.toml: not valid TOML"),
        ('[[watch]]\nid = "a b"\ntitle = "T"', "w.toml: watch.0.id: String should match pattern"),
        (
            '[[watch]]\nid = "ab"\ntitle = "T"',
            "w.toml: watch.0.names: 'ab' has neither names nor aliases nor together, give one",
        ),
        ('[[watch]]\nid = "ab"\ntitle = "T"\nnames.en = ["x"]', "w.toml: watch.0.names.0.terms.0: Value error"),
        ('[[watch]]\nid = "ab"\ntitle = "T"\nnames.en = ["one, two"]', "write words, without full stops"),
        ('[[watch]]\nid = "ab"\ntitle = "T"\nnames.en = ["one [two"]', "has a bracket without its partner"),
        ('[[watch]]\nid = "ab"\ntitle = "T"\nname = ["x"]', "w.toml: watch.0.name: Unexpected keyword argument"),
        ('[[watch]]\nid = "ab"\ntitle = "T"\nnames.en = ["one"]\n' * 2, "w.toml: watch.1.id: 'ab' stands there twice"),
        ('[[watch]]\nid = "ab"\ntitle = "T"\n[[watch.aliases]]\ntext = "AB"\nreach = 3', "watch.0.aliases.0.reach"),
    ],
)
def test_parse_watches_refuses_in_one_line(text: str, message: str) -> None:
    with pytest.raises(WatchError) as caught:
        parse_watches(text, file="w.toml")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_load_watches_names_an_unreadable_file(tmp_path: Path) -> None:
    with pytest.raises(WatchError, match="cannot be read"):
        load_watches(tmp_path)


def test_add_watch_appends_and_keeps_what_was_there(tmp_path: Path) -> None:
    file = tmp_path / "home" / "watches.toml"
    first = new_watch(
        "Festival Kota Lama", aliases=("FKL",), context=("kota lama", "festival"), exclude=('Fakultas "K"',)
    )
    assert add_watch(file, first).items == (first,)
    file.write_text(f"# our own\n{file.read_text()}")
    second = new_watch("Đô thị xanh", title="Green \\ city", first_edition=2019, language="vi")
    assert add_watch(file, second).items == (first, second)
    assert file.read_text().startswith("# our own\n")
    assert second.id == "do-thi-xanh"
    assert load_watches(file).get("festival-kota-lama") == first
    assert sorted(path.name for path in file.parent.iterdir()) == ["watches.toml", "watches.toml.former"]


def test_add_watch_makes_an_abbreviation_case_bound(tmp_path: Path) -> None:
    watches = add_watch(tmp_path / "w.toml", new_watch("Pekan Sungai", aliases=("PSG",), context=("sungai",)))
    assert editions(match(article("PSG membersihkan sungai."), watches)) == {"pekan-sungai": None}
    assert editions(match(article("PSG menang tandang."), watches)) == {}
    assert editions(match(article("psg membersihkan sungai."), watches)) == {}


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: new_watch("会议"), "no id can be made of"),
        (lambda: new_watch("Kota, Desa", identifier="kota"), "write words"),
        (lambda: new_watch("Kota", identifier="K K"), "id: String should match pattern"),
        (lambda: new_watch("Kota Tua", aliases=("x",)), "too short"),
        (lambda: new_watch(" ", identifier="kota"), "title"),
    ],
)
def test_new_watch_refuses_in_one_line(make: object, message: str) -> None:
    assert callable(make)
    with pytest.raises(WatchError, match=message):
        make()


@pytest.mark.parametrize("identifier", ["amf", "pekan-sungai"])
def test_add_watch_refuses_an_id_that_is_taken(tmp_path: Path, identifier: str) -> None:
    file = tmp_path / "w.toml"
    add_watch(file, new_watch("Pekan Sungai"))
    before = file.read_bytes()
    with pytest.raises(WatchError, match="is there already"):
        add_watch(file, new_watch("Lain", identifier=identifier))
    assert file.read_bytes() == before


def test_add_watch_leaves_a_broken_file_alone(tmp_path: Path) -> None:
    file = tmp_path / "w.toml"
    file.write_text("[[watch]]\nid = 3\n")
    with pytest.raises(WatchError, match=r"w\.toml: watch\.0"):
        add_watch(file, new_watch("Pekan Sungai"))
    assert file.read_text() == "[[watch]]\nid = 3\n"


def test_add_watch_says_where_it_cannot_write(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WatchError, match=r"cannot be (read|written)"):
        add_watch(tmp_path / "file" / "w.toml", new_watch("Pekan Sungai"))


def test_compare_tells_caught_and_lost() -> None:
    def stored(identifier: int, text: str) -> StoredArticle:
        return StoredArticle(
            id=identifier,
            article=article(text),
            version=1,
            version_id=identifier,
            committed_at=datetime(2025, 1, 1, tzinfo=UTC),
            disposition=Disposition.KEPT,
            content_digest="",
        )

    new = Watches(
        (*(one for one in BUNDLED if one.id != "ascn"), Watch("banjir", "Banjir", (Names("id", ("banjir rob",)),)))
    )
    texts = ("Banjir rob di utara.", "ASEAN Smart Cities Network dibuka.", "MGMAC dibuka.", "Pasar ramai.")
    diff = compare(BUNDLED, new, (stored(place, text) for place, text in enumerate(texts)))
    assert [(one.article, one.watch) for one in diff.caught] == [(0, "banjir")]
    assert [(one.article, one.watch) for one in diff.lost] == [(1, "ascn")]
    assert diff.looked_at == len(texts)
    assert "Banjir rob" in diff.caught[0].reason


@pytest.mark.shared
@pytest.mark.parametrize("seed", ["000", "001", "002", "003", "004"])
def test_match_the_seeds_with_their_furniture(shared: Callable[..., Path], seed: str) -> None:
    expected = json.loads(shared("seeds", "expected.json").read_text(encoding="utf-8"))[seed]["watches"]
    (path,) = shared("seeds").glob(f"{seed}_*.txt")
    lines = path.read_text(encoding="utf-8").splitlines()
    assert editions(match(article(*lines), BUNDLED)) == expected


@settings(deadline=None)  # the terms are indexed on first use
@given(st.lists(st.text(max_size=80), max_size=4), st.text(max_size=40))
def test_match_never_fails(body: list[str], headline: str) -> None:
    match(article(*body, headline=headline), BUNDLED)


def test_alias_without_context_counts_alone() -> None:
    watches = Watches((Watch("ab", "A", aliases=(Alias("kota hijau"),)),))
    assert editions(match(article("Program Kota Hijau."), watches)) == {"ab": None}
