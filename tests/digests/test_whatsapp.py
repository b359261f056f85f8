"""The message: never over 4,000 characters, whole in its counts, with no formatting but ours."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from digests.compose import compose
from digests.dressing import PLAIN, Dressing
from digests.model import Content
from digests.whatsapp import LIMIT, address, as_whatsapp, plain
from tests.digests.contents import empty, full, mixed
from tests.digests.examples import facts
from tests.digests.hostile import ALL, CASES, poisoned, unseen, vector

SERVED = Dressing(base_url="https://kliping.example")
_BOLD = re.compile(r"\*[^*\n]+\*")


def message(content: Content, language: str = "id", dressing: Dressing = PLAIN) -> str:
    return as_whatsapp(content, language, dressing).decode()


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("count", [0, 1, 3, 12, 300])
@pytest.mark.parametrize("dressing", [PLAIN, SERVED], ids=["plain", "served"])
def test_every_story_is_told_or_counted_within_the_limit(count: int, language: str, dressing: Dressing) -> None:
    content = mixed(count)
    text = message(content, language, dressing)
    assert len(text) <= LIMIT
    told = len(re.findall(r"^\d+\. ", text, re.MULTILINE))
    left = re.search(r"^… \w+ (\d+)", text, re.MULTILINE)
    assert told + (int(left[1]) if left else 0) == count


def test_it_says_date_figures_coverage_and_who_failed() -> None:
    text = message(full(5), "en")
    assert text.startswith("*Kliping* · Tuesday, 1 August 2023\n5 stories · ")
    assert "_29 of 31 outlets checked_\n" in text
    assert "Not read: iNews\n" in text
    assert "Partly read: ANTARA English\n" in text


def test_top_stories_are_bold_with_their_links_and_others_are_headlines() -> None:
    content = full(5)
    top, further = message(content).partition("*Lainnya*")[::2]
    blocks = {block.story_id: block for block in content.stories}
    for story in content.top:
        lead = blocks[story.story_id].lead
        assert f"*{lead.headline}*" in top
        assert f"\n{lead.url}\n" in top
    assert "https://" not in further.partition("*Ralat")[0]


def test_without_top_stories_the_first_three_have_links() -> None:
    content = replace(full(5), top=(), sections=())
    assert message(content).count("https://") - len(content.corrections) <= 3


def test_a_day_without_news_says_so_and_nothing_of_stories() -> None:
    text = message(empty())
    assert "Tidak ada liputan berarti: 31 dari 31 outlet diperiksa." in text
    assert not re.search(r"\b0\b|Berita utama|Lainnya|Tidak terbaca|Ralat", text)


def test_nothing_watched_is_said_once() -> None:
    text = message(compose(replace(facts(), watched=(), runs=())))
    assert text.count("\n") <= 3


def test_a_weekly_message_names_its_days() -> None:
    text = message(replace(full(1), list="daily-weekly"))
    assert text.startswith("*Kliping* · Kliping mingguan · 31 Juli – 1 Agustus 2023\n")


def test_a_public_edition_is_linked_to() -> None:
    assert message(full(1), "id", SERVED).endswith(
        "\nEdisi lengkap: https://kliping.example/editions/daily/2023-08-01\n"
    )


def test_all_outlets_in_trouble_are_counted_after_six() -> None:
    content = full(1)
    rows = tuple(replace(content.coverage[-1], outlet=f"o{n}", title=f"Harian {n}") for n in range(20))
    broken = tuple(replace(row, state=content.coverage[4].state, why="http_status") for row in rows)
    line = next(line for line in message(replace(content, coverage=broken)).splitlines() if "Tidak terbaca" in line)
    assert line == "Tidak terbaca: " + ", ".join(f"Harian {n}" for n in range(6)) + " dan 14 lagi"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("*tebal* _miring_ ~coret~ ```mono``` `x`", "∗tebal∗ ˍmiringˍ ∼coret∼ ˋˋˋmonoˋˋˋ ˋxˋ"),
        ("Harga 3 * 4 = 12", "Harga 3 ∗ 4 = 12"),
        ("ผู้ว่าราชการ", "ผู้ว่าราชการ"),
    ],
)
def test_marks_in_scraped_text_are_look_alikes(text: str, shown: str) -> None:
    assert plain(text, 100) == shown


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://a.example/satu_dua", "https://a.example/satu_dua"),
        ("https://a.example/_satu_", "https://a.example/%5Fsatu%5F"),
        ("https://a.example/~ani/*b*", "https://a.example/%7Eani/%2Ab%2A"),
    ],
)
def test_marks_at_the_edge_of_a_word_of_an_address_are_encoded(url: str, shown: str) -> None:
    assert address(url) == shown


@pytest.mark.parametrize(("kind", "number"), CASES)
def test_hostile_text_formats_nothing(kind: str, number: int) -> None:
    clean, dirty = (message(content) for content in (full(2), poisoned(full(2), vector(kind, number))))
    assert len(dirty) <= LIMIT
    assert unseen(dirty) == []
    ours = [line for line in dirty.splitlines() if not line.startswith("http")]
    assert sum(len(_BOLD.findall(line)) for line in ours) <= sum(
        len(_BOLD.findall(line)) for line in clean.splitlines()
    )
    assert not any("~" in line or "`" in line for line in ours)


def test_there_are_attacks_of_every_kind() -> None:
    assert len(ALL) == len(CASES) > 60
