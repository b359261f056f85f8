"""What a reprint kept, changed, added and cut, in texts of our own writing set in other ways."""

from __future__ import annotations

import pytest

from pipeline.reprints import Differences, differences

OPENED = "Forum Kota Tropis dibuka di Balai Samudra, Selasa, oleh Wali Kota Teluk Baru Hasyim Wardana."
AGREED = "Sebanyak 14 kota sepakat menanam bakau sepanjang 230 kilometer garis pantai."
QUOTED = '"Laut tidak bertanya. Ia datang sendiri," kata Hasyim di depan 87 utusan.'
CHAIRED = "Ketua panitia Mirna Latuconsina menyebut hasil sidang akan dibukukan bulan depan."
ORIGINAL = "\n".join((OPENED, AGREED, QUOTED, CHAIRED))
FISH = "Pedagang ikan di dermaga mengaku belum pernah mendengar nama forum itu."
IN_THAI = "กรุงเทพมหานครเปิดสวนใหม่ริมแม่น้ำเมื่อวันอังคาร\nผู้ว่าราชการกล่าวว่าสวนมีต้นไม้สามพันต้น"


def texts(found: Differences, original: str, reprint: str) -> tuple[list[str], list[str], list[str], list[str]]:
    """(kept, changed, added, cut) as sentences; of a change what it has become."""
    return (
        [span.of(original) for span in found.kept],
        [change.after.of(reprint) for change in found.changed],
        [span.of(reprint) for span in found.added],
        [span.of(original) for span in found.cut],
    )


SAME = {
    "to the letter": ORIGINAL,
    "paragraphs joined": ORIGINAL.replace("\n", " "),
    "paragraphs cut": ORIGINAL.replace(". ", ".\n"),
    "other quotation marks": ORIGINAL.replace('"Laut', "“Laut").replace('sendiri,"', "sendiri,”"),
    "other dashes and case": ORIGINAL.replace("Selasa,", "SELASA –"),
    "a dateline": f"TELUK BARU, Kabar Kota - {ORIGINAL}",
    "credit lines below": f"{ORIGINAL}\nSumber: ANTARA\nEditor: Ratna Dewi\n(rd/hs)",
    "a byline above": f"Penulis: Ratna Dewi\n{ORIGINAL}",
    "another order": "\n".join((OPENED, QUOTED, CHAIRED, AGREED)),
    "a picture's credit": f"{ORIGINAL}\nFoto: Ratna Dewi/Kabar Kota",
}


@pytest.mark.parametrize("reprint", SAME.values(), ids=SAME)
def test_how_a_text_is_set_makes_no_difference(reprint: str) -> None:
    found = differences(ORIGINAL, reprint)
    assert texts(found, ORIGINAL, reprint) == ([OPENED, AGREED, QUOTED, CHAIRED], [], [], [])
    assert (found.share, found.words) == (1.0, "keeps all 4 sentences")


CHANGES = {
    "a sentence cut": ((OPENED, AGREED, CHAIRED), [], [], [QUOTED], "keeps 3 of 4 sentences, cuts 1"),
    "a sentence added": ((OPENED, FISH, AGREED, QUOTED, CHAIRED), [], [FISH], [], "keeps all 4 sentences, adds 1"),
    "a figure changed": (
        (OPENED, AGREED.replace("14", "15"), QUOTED, CHAIRED),
        [AGREED.replace("14", "15")], [], [], "keeps 3 of 4 sentences, changes 1",
    ),
    "a sentence in other words": (
        (OPENED, AGREED, QUOTED, "Mirna Latuconsina menyebut hasil sidang akan dibukukan bulan depan juga."),
        ["Mirna Latuconsina menyebut hasil sidang akan dibukukan bulan depan juga."], [], [],
        "keeps 3 of 4 sentences, changes 1",
    ),
    "one sentence left": ((AGREED,), [], [], [OPENED, QUOTED, CHAIRED], "keeps 1 of 4 sentences, cuts 3"),
    "another text": (
        (FISH,), [], [FISH], [OPENED, AGREED, QUOTED, CHAIRED], "keeps 0 of 4 sentences, cuts 4, adds 1",
    ),
    "nothing": ((), [], [], [OPENED, AGREED, QUOTED, CHAIRED], "keeps 0 of 4 sentences, cuts 4"),
}  # fmt: skip


@pytest.mark.parametrize("case", CHANGES.values(), ids=CHANGES)
def test_what_was_done_to_a_text(case: tuple[tuple[str, ...], list[str], list[str], list[str], str]) -> None:
    lines, changed, added, cut, words = case
    reprint = "\n".join(lines)
    found = differences(ORIGINAL, reprint)
    assert (texts(found, ORIGINAL, reprint)[1:], found.words) == ((changed, added, cut), words)


def test_scripts_without_spaces_are_compared() -> None:
    reprint = IN_THAI.replace("สามพัน", "สี่พัน") + "\nนักเรียนห้าสิบคนช่วยกันปลูกต้นไม้"
    found = differences(IN_THAI, reprint)
    assert (len(found.kept), len(found.changed), len(found.added), len(found.cut)) == (1, 1, 1, 0)


def test_an_original_of_nothing_has_nothing_in_common() -> None:
    found = differences("", ORIGINAL)
    assert (found.share, len(found.added)) == (0.0, 4)


def test_every_sentence_of_a_long_text_is_accounted_for() -> None:
    original = "\n".join(
        f"Kota nomor {n} menanam {n * 7} pohon di jalan {n % 13} pekan ke-{n % 52}." for n in range(1500)
    )
    found = differences(original, original.replace("menanam", "memangkas"))
    assert len(found.kept) + len(found.changed) + len(found.cut) == 1500
