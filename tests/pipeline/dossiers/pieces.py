"""A forum as ten texts tell it, our own writing: before, during, after; copies; facts told differently."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from pipeline.model import Article, Disposition, Kind, StoredArticle
from pipeline.process import read_text
from pipeline.watches import bundled_watches

READ = datetime(2023, 8, 20, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Piece:
    outlet: str
    language: str
    published: datetime | None
    headline: str
    body: tuple[str, ...]
    copy_of: int | None = None
    story: str | None = None
    owned: bool = False


def _at(day: int, hour: int, month: int = 8, year: int = 2023) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


WIRE = (
    "Pertemuan Gubernur dan Wali Kota ASEAN (MGMAC) dibuka, Selasa. MGMAC 2023 berlangsung pada 1-2 Agustus 2023.",
    "“Kota-kota kita bernapas dari udara yang sama,” kata Gubernur Jakarta Satria Wibowo.",
    "Pertemuan ini dihadiri sebanyak 234 delegasi dari negara anggota ASEAN.",
)
PIECES: Mapping[int, Piece] = {
    1: Piece(
        "antara", "id", _at(20, 2, 7), "Jakarta Bersiap Sambut MGMAC 2023",
        (
            "Jakarta menjadi tuan rumah MGMAC 2023. MGMAC 2023 digelar pada 1-2 Agustus 2023.",
            "Ini kali pertama MGMAC digelar bersamaan dengan AMF.",
        ),
        story="s1",
    ),
    2: Piece("antara", "id", _at(1, 3), "Gubernur dan Wali Kota ASEAN Bertemu di Jakarta", WIRE, story="s2"),
    3: Piece("inews", "id", _at(1, 5), "Gubernur ASEAN Bertemu", WIRE, copy_of=2, story="s2"),
    4: Piece("redaksijakarta", "id", _at(1, 6), "234 Delegasi Padati MGMAC", WIRE, copy_of=2, story="s2"),
    5: Piece(
        "malaymail", "en", _at(1, 8), "ASEAN governors and mayors meet in Jakarta",
        (
            "The MGMAC 2023 opened in Jakarta on Tuesday. About 200 delegates attended the meeting.",
            "“Our cities breathe the same air,” Jakarta Governor Satria Wibowo said.",
            "MGMAC was initiated by the governor of Jakarta in 2013.",
        ),
        story="s2",
    ),
    6: Piece(
        "kabarkota", "id", _at(2, 1), "Apa Itu MGMAC?",
        ("MGMAC diprakarsai oleh Gubernur Jakarta pada tahun 2023.", "Forum ini dihadiri 150 delegasi, kata panitia."),
        story="s3",
    ),
    7: Piece(
        "beritajakarta", "id", _at(2, 4), "MGMAC Hasilkan Deklarasi Jakarta",
        (
            "MGMAC 2023 di Jakarta menghasilkan deklarasi bersama, Rabu (2/8/2023).",
            "“Kota-kota kita bernapas dari udara yang sama,” ujar Gubernur Jakarta Satria Wibowo.",
            "Lokakarya MGMAC diikuti 40 peserta.",
        ),
        story="s4", owned=True,
    ),
    8: Piece(
        "bernama", "ms", _at(5, 1), "Kuala Lumpur Kaji Hasil MGMAC 2023",
        ("Kuala Lumpur mengkaji hasil MGMAC 2023 yang berlangsung di Jakarta pada 1 dan 2 Ogos 2023.",),
        story="s5",
    ),
    9: Piece(
        "kabarkota", "id", _at(14, 1, 11, 2022), "MGMAC 2022 di Phnom Penh Usai",
        ("MGMAC 2022 digelar di Phnom Penh sebagai bagian dari AMF 2022.",),
        story="s6",
    ),
    10: Piece("antara", "id", None, "Catatan MGMAC 2023", ("MGMAC 2023 tinggal kenangan.",)),
}  # fmt: skip


def article(number: int, piece: Piece) -> Article:
    bare = Article(
        url=f"https://{piece.outlet}.example/berita/{number}",
        canonical_url=f"https://{piece.outlet}.example/berita/{number}",
        outlet=piece.outlet,
        kind=Kind.ARTICLE,
        fetched_at=READ,
        sha256="0" * 64,
        headline=piece.headline,
        article_body=piece.body,
        date_published=piece.published,
        in_language=piece.language,
        owned=piece.owned,
    )
    read = read_text(bare, bundled_watches(), piece.language)
    return replace(read, in_language=piece.language)


def stored() -> dict[int, StoredArticle]:
    """All of them, by number."""
    return {
        number: replace(
            StoredArticle(number, article(number, piece), 1, number, READ, Disposition.KEPT, str(number)),
            copy_of=piece.copy_of,
            story_id=piece.story,
        )
        for number, piece in PIECES.items()
    }
