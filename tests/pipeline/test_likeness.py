"""How alike texts are, apart from when and where: terms, languages, scope, order."""

from __future__ import annotations

from itertools import combinations

import pytest

from pipeline.likeness import Likeness
from pipeline.terms import Terms, stems, terms

FIRE = "Pasar ikan Muara Jati terbakar dini hari. Kepala pemadam Rusli Tamrin menghitung 45 kios hangus di blok utara."
SAME_FIRE = (
    "Sebanyak 45 kios hangus ketika pasar ikan Muara Jati terbakar. Rusli Tamrin menduga korsleting di blok utara."
)
FLOOD = "Air Sungai Bandeng meluap semalam. Camat Yuliana Safitri mengungsikan 210 warga ke gedung sekolah dasar."
FIRE_IN_ENGLISH = "A blaze at Muara Jati burned 45 stalls before dawn, fire chief Rusli Tamrin said on the scene."
STOVE = "ចង្ក្រានដីឥដ្ឋថ្មីត្រូវបានបង្ហាញនៅវេទិកាអភិបាលក្រុងអាស៊ាន"
STUDENT = "និស្សិតបកប្រែភាសាធ្វើការនៅវេទិកាអភិបាលក្រុងអាស៊ាន"
TEXTS = ((FIRE, "id"), (SAME_FIRE, "id"), (FLOOD, "id"), (FIRE_IN_ENGLISH, "en"))


def window(*texts: tuple[str, str]) -> list[Terms]:
    return [terms(None, text, language) for text, language in texts]


def test_reports_of_one_event_are_alike_in_one_language_and_in_two() -> None:
    found = Likeness(window(*TEXTS)).pairs()
    assert found[0, 1] > 1
    assert found[0, 3] > 1
    assert found.get((0, 2), 0.0) < 0.5
    assert found.get((2, 3), 0.0) < 0.5


def test_order_only_names_the_pairs() -> None:
    there = Likeness(window(*TEXTS)).pairs()
    back = Likeness(window(*reversed(TEXTS))).pairs()
    last = len(TEXTS) - 1
    assert back == {(last - b, last - a): score for (a, b), score in there.items()}


@pytest.mark.parametrize("late", [set[int](), {0}, {1, 3}, {0, 1, 2, 3}])
def test_late_ones_score_as_all_do(late: set[int]) -> None:
    measure = Likeness(window(*TEXTS))
    assert measure.pairs(late) == {pair: score for pair, score in measure.pairs().items() if late & set(pair)}


def test_what_makes_two_alike_is_told_in_shares() -> None:
    measure = Likeness(window(*TEXTS))
    for a, b in combinations(range(len(TEXTS)), 2):
        shared = measure.shared(a, b)
        assert sum(one.share for one in shared) == pytest.approx(1.0 if shared else 0.0)
        assert [one.share for one in shared] == sorted((one.share for one in shared), reverse=True)
    assert "muara jati" in {one.term for one in measure.shared(0, 1)}
    assert "=tamrin" in {one.term for one in measure.shared(0, 3)}


def test_names_that_put_all_in_scope_make_nothing_alike() -> None:
    forum = "Forum Wali Kota ASEAN"
    texts = window((f"{forum} membahas kios. {FLOOD}", "id"), (f"{forum} dibuka. Kapal baru tiba di dermaga.", "id"))
    scope = stems(forum, "id")
    assert Likeness(texts).pairs()[0, 1] > 0.5
    assert Likeness(texts, scope).pairs().get((0, 1), 0.0) < 0.2


def test_two_texts_alone_in_their_language_are_not_alike_for_that() -> None:
    crowd = [(FIRE, "id"), (SAME_FIRE, "id"), (FLOOD, "id"), *((f"{FLOOD} Lapangan {n}.", "id") for n in range(40))]
    measure = Likeness(window((STOVE, "km"), (STUDENT, "km"), *crowd), stems("វេទិកាអភិបាលក្រុងអាស៊ាន", "km"))
    assert measure.pairs({0, 1}).get((0, 1), 0.0) < 1


def test_texts_without_words_are_like_nothing() -> None:
    assert Likeness(window(("", "id"), ("", "id"), ("!!", "en"), (FIRE, "id"))).pairs() == {}
    assert Likeness([]).pairs() == {}
    assert Likeness(window(("", "id"), ("", "id"))).shared(0, 1) == ()
