"""Topic tags: what a text is about, and the words that say so."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.lexicon import TermIndex
from pipeline.model import Article, Evidence, Tag, WatchMatch
from pipeline.tags import label, tag
from pipeline.topics import Words, topics
from pipeline.watches import bundled_watches
from tests.pipeline.test_watches import article
from tests.pipeline.topic_cases import ENGLISH, INDONESIAN, MALAY, NEAR, OTHERS

# IPTC Media Topics, release of October 2025: code -> label in en-GB
IPTC = {
    "01000000": "arts, culture, entertainment and media",
    "02000000": "crime, law and justice",
    "04000000": "economy, business and finance",
    "05000000": "education",
    "07000000": "health",
    "14000000": "society",
    "15000000": "sport",
    "20000151": "natural disaster",
    "20000225": "computing and information technology",
    "20000256": "energy and resource",
    "20000331": "tourism and leisure industry",
    "20000337": "transport",
    "20000344": "economy",
    "20000418": "climate change",
    "20000425": "air pollution",
    "20000428": "waste material",
    "20000430": "natural resource",
    "20000509": "employment",
    "20000593": "government",
    "20000612": "local authority",
    "20000628": "housing and urban planning policy",
    "20000638": "international relations",
}
FIXED = [
    "transport", "housing", "waste", "digital-city", "climate", "air-quality", "flood", "msmes", "tourism", "health",
    "public-services", "investment", "urban-development", "cooperation", "education", "culture", "water", "energy",
    "safety", "food", "employment", "inclusion", "sport", "governance",
]  # fmt: skip


@pytest.mark.parametrize(
    ("headline", "body", "language", "expected"),
    [*INDONESIAN, *ENGLISH, *MALAY, *OTHERS, *NEAR],
    ids=lambda value: "+".join(sorted(value)) if isinstance(value, set) else str(value)[:30],
)
def test_tag_finds_the_topics(headline: str, body: tuple[str, ...], language: str, expected: set[str]) -> None:
    tagged = tag(replace(article(*body, headline=headline or None), in_language=language))
    assert {one.id for one in tagged.tags} == expected


def test_tag_says_which_words() -> None:
    (found,) = tag(article("Rusunawa itu punya taman. Rumah susun lain menyusul.", headline="Rusunawa Dibuka")).tags
    assert (found.id, found.label) == ("housing", "Housing")
    assert found.reason == 'The text says "rusunawa" 2 times in the headline, "rumah susun".'
    assert found.evidence[:2] == (
        Evidence("headline", 0, 8, "Rusunawa", "term"),
        Evidence("article_body[0]", 0, 8, "Rusunawa", "term"),
    )


def test_tag_shows_hints_after_terms() -> None:
    (found,) = tag(article("Sewa rusunawa murah.", headline="Rusunawa Dibuka")).tags
    assert [piece.rule for piece in found.evidence] == ["term", "term", "hint"]


def test_tag_counts_no_hint_without_a_term() -> None:
    assert tag(article("Sopir dan kendaraan tiba. Pengemudi menunggu.", headline="Kabar Pagi")).tags == ()


def test_tag_counts_a_subject_in_the_headline_and_in_a_short_text() -> None:
    assert [one.id for one in tag(article("Kabar itu benar.", headline="Jembatan Dibuka")).tags] == ["transport"]
    body = ("Kabar itu benar.", "Jembatan itu tua. Jembatan itu kuat.")
    assert [one.id for one in tag(article(*body, headline="Kabar Pagi")).tags] == ["transport"]
    assert tag(article(*body, "Tidak ada kabar lain. " * 40, headline="Kabar Pagi")).tags == ()


NETWORK = Evidence("headline", 0, 26, "ASEAN Smart Cities Network", "name")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Para wakil kota tiba hari ini.", ["digital-city", "cooperation"]),
        ("Bus listrik dan halte baru dipamerkan. Kemacetan turun.", ["digital-city", "transport"]),
        ("Kota-kota ASEAN dan delegasi asing melihat bus listrik, trotoar, halte.", ["digital-city", "transport"]),
    ],
    ids=["only the meeting", "what was shown", "what was shown to guests"],
)
def test_a_network_s_meeting_is_a_topic_where_it_shows_nothing_else(body: str, expected: list[str]) -> None:
    network = WatchMatch("ascn", None, "It is named.", (NETWORK,))
    text = replace(article(body, headline="ASEAN Smart Cities Network"), watches=(network,))
    assert sorted(one.id for one in tag(text).tags[1:]) == sorted(expected)


def test_the_words_in_a_forum_s_name_count_no_second_time() -> None:
    network = WatchMatch("ascn", None, "It is named.", (NETWORK,))
    text = replace(article("Kabar itu benar.", headline="ASEAN Smart Cities Network"), watches=(network,))
    assert [one.reason for one in tag(text).tags[1:]] == ["It is about ASCN."] * 2


def test_many_words_of_meeting_make_no_side_issue_of_what_was_discussed() -> None:
    body = "Delegasi asing, kota-kota ASEAN, kunjungan delegasi, kerja sama antarkota: mereka membahas angkutan umum."
    (meeting, discussed) = tag(article(body, headline="Forum Wali Kota Bertemu, Nota Kesepahaman Diteken")).tags
    assert (meeting.id, discussed.id) == ("cooperation", "transport")


def test_tag_takes_a_forum_for_what_its_meetings_are_about() -> None:
    piece = Evidence("headline", 0, 5, "MGMAC", "name")
    text = replace(article("Rombongan berangkat besok.", headline="MGMAC Dibuka"), watches=(match(piece),))
    forum, topic = tag(text).tags
    assert forum == Tag("mgmac", "MGMAC 2023", "It is named.", (piece,))
    assert (topic.id, topic.reason) == ("cooperation", "It is about MGMAC 2023.")
    assert topic.evidence == (replace(piece, rule="forum"),)


def match(*evidence: Evidence) -> WatchMatch:
    return WatchMatch("mgmac", 2023, "It is named.", evidence)


def test_tag_asks_more_of_a_long_text() -> None:
    passing = "Warga naik kereta api ke sana."
    filler = ("Acara itu berlangsung sampai sore dan dihadiri banyak orang dari berbagai tempat. " * 6,) * 4
    assert [one.id for one in tag(article(passing, headline="Kabar Pagi")).tags] == ["transport"]
    assert tag(article(passing, *filler, headline="Kabar Pagi")).tags == ()


def test_tag_puts_forums_first_and_names_three_topics_at_most() -> None:
    body = (
        "Perubahan iklim, aksi iklim, net zero. Transportasi, kereta api, angkot. UMKM, koperasi, UMKM. Pariwisata. "
        "Banjir, banjir rob, banjir bandang. Kota cerdas, smart city, kota pintar."
    )
    others = (WatchMatch("asean-japan-smart-cities", None, "Paragraph 2."),)
    tags = tag(replace(article(body), watches=(match(), *others))).tags
    assert [one.id for one in tags[:2]] == ["mgmac", "asean-japan-smart-cities"]
    assert tags[1].label == "ASEAN Japan Smart Cities"
    assert len(tags) == 5


def test_tag_leaves_a_side_issue_out() -> None:
    body = "Banjir, banjir rob, banjir bandang dan genangan melanda. Penanggulangan banjir berjalan. Homestay tutup."
    assert [one.id for one in tag(article(body, headline="Banjir dan Longsor")).tags] == ["flood"]


@pytest.mark.parametrize("written", ["bão", "Bão", "ba\u0303o"])
def test_tag_heeds_the_marks_of_a_word(written: str) -> None:
    text = replace(article(f"Cơn {written} số 3 đổ bộ."), in_language="vi")
    assert [one.id for one in tag(text).tags] == ["flood"]


def test_tag_counts_words_of_the_language_of_the_text() -> None:
    text = article("Suplay ng tubig, at muli suplay ng tubig.")
    assert [one.id for one in tag(replace(text, in_language="tl")).tags] == ["water"]
    assert tag(replace(text, in_language="vi")).tags == ()


def assert_evidence_is_printed(text: Article) -> None:
    fields = {"headline": text.headline or "", "description": "", "keywords": ", ".join(text.keywords)}
    fields |= {f"article_body[{place}]": paragraph for place, paragraph in enumerate(text.article_body)}
    for one in tag(text).tags:
        assert one.evidence
        for piece in one.evidence:
            assert fields[piece.field][piece.start : piece.end] == piece.text


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.sampled_from([*"aKn .,\n\u0303\u200b", "Bão ", "banjir ", "AI ", "น้ำท่วม", "ရေကြီး", "垃圾"]), max_size=40
    ),
    st.sampled_from([None, "id", "vi", "th", "my", "zh", "xx"]),
)
def test_tag_shows_evidence_as_it_is_printed(pieces: list[str], language: str | None) -> None:
    text = "".join(pieces)
    assert_evidence_is_printed(replace(article(*text.split("\n"), headline=text[:9]), in_language=language))


@pytest.mark.parametrize("token", ["banjir ", "banjir", "ก", "“", "air-", "\u200b", "a\u0303"])
def test_tag_reads_hostile_text(token: str) -> None:
    text = article((token * 100_000)[:100_000], headline=(token * 200)[:200])
    assert len(tag(text).tags) <= 5


def test_label_is_of_the_language_or_english() -> None:
    assert label("waste", "id") == "Sampah"
    assert label("waste", "vi") == "Rác thải"
    assert label("waste", "th") == "Waste"
    assert label("mgmac", "id") is None


def test_topics_are_the_fixed_ones_under_codes_of_iptc() -> None:
    assert [one.id for one in topics()] == FIXED
    for one in topics():
        assert set(one.label) >= {"en", "id", "ms", "vi", "tl"}
        assert re.fullmatch(r"\d{8}", one.medtop)
        assert IPTC[one.medtop] == one.iptc


def test_topics_have_words_in_every_language() -> None:
    for one in topics():
        assert set(one.terms) >= {"en", "id", "ms", "vi", "tl", "th", "km", "lo", "my", "zh", "ta"}
        assert min(len(words) for words in one.terms.values()) >= 2


@pytest.mark.parametrize("topic", topics(), ids=lambda one: one.id)
def test_a_word_stands_in_one_list_of_its_topic(topic: object) -> None:
    one = next(known for known in topics() if known is topic)
    for language in one.terms:
        lists: tuple[Words, ...] = (one.terms, one.subjects, one.hints)
        written = [word.casefold() for words in lists for word in words.get(language, ())]
        assert sorted(written) == sorted(set(written))
        assert TermIndex((word, 0) for word in written)


def test_forums_of_topics_are_watches() -> None:
    known = {watch.id for watch in bundled_watches().items}
    assert {forum for one in topics() for forum in one.forums} <= known
