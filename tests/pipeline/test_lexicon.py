"""Terms in texts: whole words of every script, with offsets."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.lexicon import TermIndex, expand, fold, pattern


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("wali kota", "Para Walikota dan Wali  Kota.", ["Walikota", "Wali  Kota"]),
        ("ibukota", "Ibu Kota baru", ["Ibu Kota"]),
        ("ASEAN Jepang", "kerja sama ASEAN-Jepang", ["ASEAN-Jepang"]),
        ("AMF", "(AMF), AMFX xAMF amf-2", ["AMF", "amf"]),
        ("dien dan", "Diễn đàn mở", ["Diễn đàn"]),
        ("diễn đàn", "Die\u0302\u0303n đa\u0300n", ["Die\u0302\u0303n đa\u0300n"]),
        ("mayors forum", "ASEAN mayors. Forum lain", []),
        ("mayors forum", "Mayors’ Forum", ["Mayors’ Forum"]),
        ("wali kota asean", "wali kota, ASEAN", []),
        (
            "forum [para] wali kota",
            "Forum Wali Kota, forum para wali kota",
            ["Forum Wali Kota", "forum para wali kota"],
        ),
        ("เมืองอัจฉริยะ", "เป็นเมืองอัจฉริยะแห่งแรก", ["เมืองอัจฉริยะ"]),
        ("เม", "เม็ด", []),  # would cut a letter from its mark
        ("ទីក្រុង", "ទី\u200bក្រុង", ["ទី\u200bក្រុង"]),
        ("市长论坛", "东盟市长论坛开幕", ["市长论坛"]),
        ("MGMAC", "ที่ประชุมMGMACครั้งนี้", ["MGMAC"]),
        ("soft", "so\u00adft", ["so\u00adft"]),
        ("straße", "STRASSE", ["STRASSE"]),
    ],
)
def test_find_gives_the_words_of_the_text(term: str, text: str, found: list[str]) -> None:
    hits = TermIndex([(term, 7)]).find(fold(text))
    assert [text[hit.start : hit.end] for hit in hits] == found
    assert all(hit.keys == (7,) for hit in hits)


def test_find_gives_overlapping_terms_and_all_their_keys() -> None:
    index = TermIndex([("kota", 1), ("kota", 2), ("kota cerdas", 3)])
    assert [(hit.start, hit.end, hit.keys) for hit in index.find(fold("Kota cerdas"))] == [
        (0, 4, (1, 2)),
        (0, 11, (3,)),
    ]


def test_find_in_an_empty_index_finds_nothing() -> None:
    assert TermIndex([]).find(fold("kota")) == []


def test_expand_gives_the_shortest_wording_first() -> None:
    assert expand("a [b] c [d]") == ("a  c ", "a  c d", "a b c ", "a b c d")


@pytest.mark.parametrize("term", ["a [b", "a] b", "[a [b]]", "[a]" * 8])
def test_expand_refuses(term: str) -> None:
    with pytest.raises(ValueError, match=r"bracket|optional"):
        expand(term)


@pytest.mark.parametrize("term", ["", " - ", "a, b", "a. b", "a\nb"])
def test_pattern_refuses(term: str) -> None:
    with pytest.raises(ValueError, match="is not a term"):
        pattern(term)


@given(st.text(max_size=200))
def test_fold_maps_every_token_to_its_place(text: str) -> None:
    folded = fold(text)
    assert len(folded.places) == len(folded.spans)
    assert list(folded.places) == sorted(folded.places)
    assert all(0 <= start < end <= len(text) for start, end in folded.spans)
    assert all(before[1] <= after[0] for before, after in pairwise(folded.spans))


WORDS = st.lists(
    st.sampled_from(["wali", "kota", "Ibu", "Kota", "ASEAN", "é", "ß", "ſ", "İ", ".", ",", "-", "…", "\u00ad"])
)


@given(st.one_of(st.text(max_size=120), WORDS.map(" ".join), WORDS.map("".join)))
def test_fold_is_the_same_beside_a_script_without_spaces(text: str) -> None:
    """A text of words alone takes a shorter way through the code than one that holds such a script."""
    alone, beside = fold(text), fold(f"{text}\n市")
    assert beside.folded.startswith(alone.folded)
    assert (beside.places[:-2], beside.spans[:-2]) == (alone.places, alone.spans)
