"""Quotes of texts that nobody wrote: marks without end, one word over and over, every script."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.quotes import find_quotes
from tests.pipeline.quotes.table import article_of, cases

_LONG = 100_000  # characters
_PIECES = {
    "straight marks": '"',
    "opening marks": "“",
    "closing marks": "”",
    "opening and straight marks": '“"',
    "corner brackets": "「",
    "single marks": "'a ",
    "cues": "kata ",
    "glued cues": ", katanya ",
    "verbs with a subject": "He said ",
    "verbs with a name": "Budi mengatakan ",
    "sources": "Menurut X, ",
    "quotes": '"a," kata X. ',
    "quotes without a speaker": '"a b c d." ',
    "unclosed paragraphs": '"Kami siap.\n',
    "capitals": "A",
    "words in capitals": "Ab ",
    "roles": "Kepala ",
    "initials": "A. ",
    "commas": "A, ",
    "brackets": "A (",
    "said and opened": 'kata: "',
    "no spaces": "a",
    "Thai": "กล่าวว่า“",
    "Chinese": "他说：“",
}


@pytest.mark.parametrize("piece", _PIECES.values(), ids=_PIECES)
def test_a_long_text_of_one_piece_is_read_to_its_end(piece: str) -> None:
    """What takes a time that grows with the square of the text does not end within the time a test has."""
    article = article_of(tuple((piece * (_LONG // len(piece))).split("\n")))
    for quote in find_quotes(article).quotes:
        assert quote.text == article.text[quote.start : quote.end]


_SCRIPTS = (
    "នាយករដ្ឋមន្ត្រីបានមានប្រសាសន៍ថា «ទីក្រុងរបស់យើងត្រូវការដើមឈើ»។",
    "ເຈົ້າຄອງກ່າວວ່າ “ພວກເຮົາພ້ອມແລ້ວ”",
    "မြို့တော်ဝန်က “ကျွန်ုပ်တို့ အဆင်သင့်ဖြစ်ပြီ” ဟု ပြောကြားခဲ့သည်။",
    "ผู้ว่าฯ กล่าวว่า “เราพร้อม” และเดินทางต่อ",
    "Thị trưởng nói: “Chúng tôi sẵn sàng.”",
    "市长说：“我们准备好了。”他们明天出发。",
    "மேயர் கூறினார்: “நாங்கள் தயார்.”",
)


@pytest.mark.parametrize("text", _SCRIPTS)
def test_every_script_is_read_without_an_error_and_alike_each_time(text: str) -> None:
    article = article_of((text, text))
    once = find_quotes(article).quotes
    assert once == find_quotes(article).quotes
    assert all(quote.text == article.text[quote.start : quote.end] for quote in once)


_WORDS = st.sampled_from(
    [word for case in cases()[:40] for part in case.body for word in part.split()]
    + ["“", "”", '"', "'", "\n", "«", ","]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_WORDS, max_size=60))
def test_any_words_give_slices_of_the_text(words: list[str]) -> None:
    article = article_of(tuple(" ".join(words).split("\n")))
    for quote in find_quotes(article).quotes:
        assert quote.text == article.text[quote.start : quote.end]
        assert quote.text == quote.text.strip()
        assert quote.kind in {"direct", "indirect"}
