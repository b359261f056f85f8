"""Copies: exact comparison, candidates by key, and the measured floor."""

from __future__ import annotations

import pytest

from pipeline.copies import COMMON, candidate_pairs, copies, holders_of
from pipeline.duplicates import compare
from pipeline.fingerprint import text_keys

PARAGRAPHS = [
    "Wali kota meresmikan jembatan baru di atas Kali Biru yang menghubungkan dua kelurahan padat penduduk pagi ini.",
    "Jembatan sepanjang 120 meter itu dibangun selama sembilan bulan dengan biaya yang seluruhnya berasal dari daerah.",
    '"Anak-anak tidak perlu lagi memutar tiga kilometer untuk sampai ke sekolah," kata Lurah Tanjung, Siti Marwah.',
    "Petugas masih memasang lampu dan pagar pengaman di sisi timur sebelum jalan dibuka untuk kendaraan roda empat.",
    "Pemerintah kota berencana membangun dua jembatan serupa pada tahun depan di kawasan utara yang sering tergenang.",
]
WHOLE = "\n".join(PARAGRAPHS)
ANOTHER = (
    "Jembatan baru di atas Kali Biru sudah boleh dilewati. Lurah Tanjung Siti Marwah menyebut warga telah lama "
    "menunggu. Biaya sembilan bulan pembangunan ditanggung daerah, dan dua jembatan lain akan menyusul di utara."
)
FURNITURE = "\n".join(
    ["Masuk", "Bagikan ke teman", "Berlangganan buletin kami untuk kabar pagi setiap hari", "Terpopuler"]
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param(WHOLE, "copy", id="the same"),
        pytest.param(WHOLE.replace("pagi ini", "Selasa pagi").replace("kata Lurah", "ujar Lurah"), "copy", id="edited"),
        pytest.param(f"{FURNITURE}\n{WHOLE}\nTerpopuler", "copy", id="in a page's furniture"),
        pytest.param(WHOLE.replace("\n", " "), "copy", id="without paragraphs"),
        pytest.param("\n".join(PARAGRAPHS[:3]), "abridged", id="the last paragraphs cut"),
        pytest.param("\n".join([PARAGRAPHS[0], PARAGRAPHS[3]]), "abridged", id="two paragraphs of five"),
    ],
)
def test_one_text(text: str, kind: str) -> None:
    found = compare(WHOLE, text)
    assert found is not None
    assert found.kind == kind
    assert found.sentences >= 0.8
    back = compare(text, WHOLE)
    assert back is not None
    assert (back.containment, back.jaccard) == (found.containment, found.jaccard)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(ANOTHER, id="another report of the event"),
        pytest.param(f"{PARAGRAPHS[2]}\n{ANOTHER}", id="another report that shares a quotation"),
        pytest.param("Jembatan baru diresmikan.", id="a few words"),
        pytest.param("wali kota meresmikan jembatan baru di atas kali biru", id="a short run of its words"),
        pytest.param("", id="nothing"),
    ],
)
def test_not_one_text(text: str) -> None:
    assert compare(WHOLE, text) is None


def test_the_reason_says_how_much_is_in_common() -> None:
    whole, cut = compare(WHOLE, WHOLE), compare(WHOLE, "\n".join(PARAGRAPHS[:3]))
    assert whole is not None
    assert cut is not None
    assert whole.reason == "100 % of its sentences stand there too"
    assert cut.reason == "an abridged copy, 100 % of its sentences stand there too"


def test_copies_are_found_by_key() -> None:
    texts = {7: WHOLE, 3: "\n".join(PARAGRAPHS[1:4]), 5: ANOTHER, 4: ""}
    found = copies(texts, holders_of({number: text_keys(text) for number, text in texts.items()}))
    assert [(link.a, link.b, link.similarity.shorter) for link in found] == [(3, 7, "a")]


def test_a_key_that_everybody_has_makes_no_candidates() -> None:
    assert candidate_pairs(range(COMMON + 1), {"w1": range(COMMON + 1)}) == []
    assert len(candidate_pairs(range(3), {"w1": range(3), "w2": (0, 1, 9)})) == 3
