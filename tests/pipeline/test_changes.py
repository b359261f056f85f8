"""What changed between two versions, counted and shown."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipeline.changes import TextChange, compare, describe, diff
from pipeline.model import Article, Kind


def article(*paragraphs: str, headline: str | None = "Forum dibuka") -> Article:
    return Article(
        url="https://kota.example/1",
        canonical_url="https://kota.example/1",
        outlet="kota",
        kind=Kind.ARTICLE,
        fetched_at=datetime(2026, 11, 20, tzinfo=UTC),
        sha256="0" * 64,
        headline=headline,
        article_body=paragraphs,
    )


OLD = article("Sebanyak 38 kota hadir.", "Acara berakhir Jumat.")
CASES = (
    ("nothing", OLD, TextChange(0, 0, False), "no word, only signs or paragraphs"),
    ("a comma", article("Sebanyak 38 kota, hadir.", "Acara berakhir JUMAT"), TextChange(0, 0, False), "no word"),
    (
        "a number",
        article("Sebanyak 39 kota hadir.", "Acara berakhir Jumat."),
        TextChange(1, 1, False),
        "1 word added, 1",
    ),
    (
        "a sentence",
        article("Sebanyak 38 kota hadir.", "Acara berakhir Jumat.", "Redaksi memperbaiki jumlah."),
        TextChange(3, 0, False),
        "3 words added",
    ),
    ("a paragraph gone", article("Sebanyak 38 kota hadir."), TextChange(0, 3, False), "3 words removed"),
    (
        "the headline",
        article("Sebanyak 38 kota hadir.", "Acara berakhir Jumat.", headline="Forum ditutup"),
        TextChange(1, 1, True),
        "1 word added, 1 removed; new headline",
    ),
)


@pytest.mark.parametrize(("new", "change", "told"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_words_are_counted(new: Article, change: TextChange, told: str) -> None:
    found = compare(OLD, new)
    assert found == change
    assert describe(found).startswith(told)


def test_words_of_scripts_without_spaces_are_about_three_letters() -> None:
    change = compare(article("ข่าวนี้จริง"), article("ข่าวนี้จริงมากๆครับ"))
    assert (change.added, change.removed) == (3, 0)


def test_a_long_text_is_compared_without_taking_long() -> None:
    """20,000 words without a word at its place; the order of words is not looked at then."""
    old = article(" ".join(f"kata{n % 900}" for n in range(20_000)))
    new = article(" ".join(f"kata{n % 900}" for n in reversed(range(20_000))) + " tambahan")
    assert compare(old, new) == TextChange(1, 0, False)


def test_the_changed_paragraphs_are_shown_with_what_went_and_came() -> None:
    new = article("Sebanyak 39 kota hadir, kata panitia.", "Acara berakhir Jumat.", "Ralat.")
    assert list(diff(OLD, new)) == [
        "… 1 paragraph as before",
        "Sebanyak [-38-]{+39+} kota hadir{+, kata panitia+}.",
        "… 1 paragraph as before",
        "{+Ralat.+}",
    ]


def test_a_mark_is_never_shown_without_its_letter() -> None:
    (_, line) = diff(article("ข่าว"), article("ขาว"))
    assert line == "[-ข่-]{+ข+}าว"


def test_what_is_shown_loses_no_character() -> None:
    old, new = article("Kota – 38%, ผู้ว่าฯ  “siap”."), article("Kota - 39%, ผู้ว่า “siap”!")
    (_, line) = diff(old, new)
    before = line.replace("[-", "").replace("-]", "")
    assert "{+39+}" in before
    assert line.count("[-") == line.count("-]")
