"""A small newsroom's store with three events, and `kliping` run over it in this process."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from digests.cli import cycle
from digests.cli.entry import run
from digests.cli.office import Office
from pipeline.fingerprint import keys
from pipeline.model import Article, WatchMatch
from pipeline.store import ListingRead
from tests.digests.cli.running import Ran
from tests.pipeline.store.build import FEED, KEPT, NOW, article, keep, listed, start

HOUR = timedelta(hours=1)
BUS = (
    "Dinas Perhubungan menambah empat puluh bus listrik di rute pengumpan wilayah timur mulai Senin pagi.",
    "Bus itu melayani dua belas halte baru di sepanjang Kanal Banjir dan berhenti setiap tujuh menit.",
    "Kepala dinas, Rahmat Siregar, mengatakan tarifnya tetap dua ribu rupiah sampai akhir tahun.",
    "Pengisian daya memakai tenaga surya dari atap terminal Kampung Melintang.",
    "Sopir lama mendapat pelatihan selama tiga minggu di balai latihan kerja.",
    "Warga diminta memakai kartu langganan supaya antrean di pintu depan berkurang.",
)
POOL = (
    "Kolam retensi di Kelurahan Cempaka dibuka untuk umum setelah dikeruk selama lima bulan.",
    "Kedalamannya kini empat meter, cukup untuk menampung hujan dua jam tanpa meluap.",
    "Insinyur Laila Wattimena merancang tangga batu supaya anak-anak aman bermain di tepinya.",
    "Ikan nila dan tanaman apu-apu dilepas untuk menjaga airnya tetap jernih.",
    "Pedagang kecil boleh berjualan di sisi barat setiap akhir pekan.",
)
CHOIR = (
    "Paduan suara lansia dari delapan kampung tampil di balai warga pada Minggu malam.",
    "Mereka membawakan lagu-lagu daerah yang dahulu dinyanyikan saat panen jagung.",
    "Dirigen Yohanes Patty berlatih bersama mereka sejak bulan puasa.",
)
# number → (outlet, headline, text, hours after NOW); 1, 2 and 3 are one text, 4 and 5 another
PIECES: Mapping[int, tuple[str, str, tuple[str, ...], int]] = {
    1: ("antara", "Empat puluh bus listrik melayani rute pengumpan", BUS, 0),
    2: ("inews", "Bus Listrik Baru di Timur Kota", BUS, 1),
    3: ("redaksijakarta", "Bus listrik tambah, tarif tetap", (*BUS[:5], "Foto: dokumentasi dinas."), 2),
    4: ("antara", "Kolam retensi Cempaka dibuka", POOL, 3),
    5: ("beritajakarta", "Kolam Cempaka Kini Empat Meter", (*POOL, "Pintu masuknya di Jalan Melati."), 4),
    6: ("antara", "Paduan suara lansia tampil", CHOIR, 5),
}


@dataclass
class Desk:
    """One home. Commands and reads open the store anew, as a person's commands do."""

    home: Path
    capsys: pytest.CaptureFixture[str] | None = None  # None: nothing is run, only written

    def run(self, *words: str) -> Ran:
        assert self.capsys is not None
        self.capsys.readouterr()
        status = run(["--home", str(self.home), *words])
        said = self.capsys.readouterr()
        return Ran(status, said.out, said.err)

    def json(self, *words: str) -> Any:
        done = self.run(*words, "--json")
        assert done.status == 0, done.err
        return json.loads(done.out)

    def lines(self, *words: str) -> list[Any]:
        done = self.run(*words, "--json")
        assert done.status == 0, done.err
        return [json.loads(line) for line in done.out.splitlines()]

    def office(self, now: datetime | None = None) -> Office:
        return Office(self.home, fixed_now=now)

    def write(
        self,
        n: int,
        outlet: str,
        headline: str,
        text: tuple[str, ...],
        hours: float,
        *,
        code: str = "code1",
        **fields: object,
    ) -> int:
        """Commit an article at `url(n)`, new, changed or read by other code; its number."""
        here = self.office(NOW)
        published = NOW + hours * HOUR
        made: Article = article(url(n), outlet=outlet, headline=headline, article_body=text, date_published=published)
        made = replace(made, in_language="id", **fields)  # type: ignore[arg-type]  # a test names real fields
        run = start(here.store, outlet)
        here.store.ledger.record_listing(run.id, ListingRead(FEED, outlet, "d1", (listed(made.url),)), NOW)
        number = keep(here.store, run, made, verdict=KEPT, keys=keys(made), code=code).article_id
        here.close()
        return number

    def assemble(self, now: datetime = NOW) -> None:
        here = self.office(now)
        assert cycle.assemble_stories(here) is not None
        here.close()

    def retell(self, now: datetime = NOW) -> None:
        """The nightly pass."""
        here = self.office(now)
        cycle.retell_stories(here, now.date())
        here.close()

    def told(self) -> set[frozenset[int]]:
        """The stories, as sets of the numbers of their pieces."""
        here = self.office()
        stories = here.store.stories.list()
        pieces = {one.id: piece_of(one.article.url) for one in here.store.articles.find()}
        here.close()
        return {frozenset(pieces[member.article_id] for member in story.members) for story in stories}

    def pieces(self, story: str) -> list[int]:
        """The numbers of a story's pieces, by their addresses."""
        members = self.json("stories", "show", story)["members"]
        return sorted(piece_of(member["url"]) for member in members)

    def story(self, n: int) -> str | None:
        """The story that piece `n` is in."""
        here = self.office()
        found = here.store.articles.by_url(url(n))
        here.close()
        assert found is not None
        return found.story_id

    def name(self, n: int) -> str:
        found = self.story(n)
        assert found is not None
        return found

    def number(self, n: int) -> str:
        """The article number of piece `n`, as it is typed."""
        here = self.office()
        found = here.store.articles.by_url(url(n))
        here.close()
        assert found is not None
        return str(found.id)


def fill(home: Path, database: str | None = None) -> Desk:
    """A home with all pieces and their stories."""
    home.mkdir()
    if database is not None:
        (home / "kliping.toml").write_text(f"database = {json.dumps(database)}\n", encoding="utf-8")
    made = Desk(home)
    for n, (outlet, headline, text, hours) in PIECES.items():
        made.write(n, outlet, headline, text, hours)
    made.assemble()
    return made


def url(n: int) -> str:
    """The address of piece `n`: each house prints one, so that none prints its own text again."""
    return f"https://koran{n}.example/berita/{n}"


def piece_of(address: str) -> int:
    return int(address.rpartition("/")[2])


def sets(*groups: tuple[int, ...]) -> set[frozenset[int]]:
    return {frozenset(group) for group in groups}


def of_year(year: int) -> tuple[WatchMatch, ...]:
    return (WatchMatch("mgmac", year, "its name and year stand in the headline"),)
