"""A small archive with its store: five articles of three outlets, one of them reached over a redirect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from pipeline.archive.exchange import Exchange
from pipeline.archive.writer import WarcWriter
from pipeline.exports import Format, Receipt, Selection, export
from pipeline.model import (
    Article,
    Capture,
    Disposition,
    Entity,
    Evidence,
    Kind,
    Location,
    Person,
    Provenance,
    Quote,
    Rights,
    Stage,
    StoredArticle,
    Tag,
    ToneReading,
    Verdict,
    WatchMatch,
)
from pipeline.outlet import Discovery, Outlet, Terms
from pipeline.store import CommitArticle, Store, open_store
from tests.pipeline.archive.samples import NOW, PLAIN

FREE, CLOSED, UNLISTED = "kota", "wira", None


def outlet(name: str, *, full_text: bool) -> Outlet:
    return Outlet(
        name=name,
        title=name.upper(),
        country="ID",
        language="id",
        timezone="Asia/Jakarta",
        hosts=(f"{name}.example",),
        discovery=Discovery(article=(".*",)),
        terms=Terms(summary=f"Ketentuan {name}.", url=f"https://{name}.example/ketentuan", full_text=full_text),
    )


OUTLETS = {FREE: outlet(FREE, full_text=True), CLOSED: outlet(CLOSED, full_text=False)}

BOGOR = Evidence("article_body[0]", 3, 8, "Bogor", "office")
TEXT = Article(
    url="",
    canonical_url="",
    outlet=FREE,
    kind=Kind.ARTICLE,
    fetched_at=NOW,
    sha256="0" * 64,
    headline="Wali kota se-ASEAN “bertemu”",
    article_body=("Paragraf pertama.", "Paragraf kedua, =1+1."),
    date_published=datetime.fromisoformat("2026-12-05T10:00:00+07:00"),
    authors=("Siti", "Budi"),
    in_language="id",
    language_confidence=0.99,
    watches=(WatchMatch("mgmac", 2026, "Namanya tercetak.", (Evidence("headline", 0, 5, "MGMAC", "name"),)),),
    possible=(WatchMatch("amf", None, "Singkatannya saja."),),
    tags=(Tag("transport", "Transportasi", "kata kunci"),),
    content_locations=(Location("id-bogor", "Bogor", "city", "ID", "Jawa Barat", "Jabatannya.", (BOGOR,)),),
    people=(Person("Siti", "wali kota", "mayor", "id-bogor", ("Bu Siti",)), Person("Budi", None)),
    organisations=(Entity("Pemerintah Kota Bogor", ("Pemkot Bogor",)),),
    events=(Entity("Pekan Kota"),),
    quotes=(Quote("Paragraf kedua", "Siti", None, "direct", 18, 32, "kata"),),
    headline_tone=ToneReading("negatif", "Judulnya mengeluh."),
    body_tone=ToneReading("netral", "Isinya memberitakan saja."),
    needs_clarification="Keluhan tanpa jawaban kota.",
    rights=Rights(copyright="KOTA 2026"),
    provenance=(
        Provenance("headline", "css:h1"),
        Provenance("article_body", "css:article"),
        Provenance("headline", "x"),
    ),
)


@dataclass(frozen=True)
class Stock:
    """A store, its archive, and where exports go."""

    store: Store
    folder: Path
    out: Path

    def export(
        self,
        form: Format,
        selection: Selection | None = None,
        *,
        name: str = "out",
        full_text: bool = False,
        overwrite: bool = False,
    ) -> tuple[bytes, Receipt]:
        target = self.out / name
        receipt = export(
            self.store,
            self.folder,
            selection or Selection(),
            form,
            target,
            outlets=OUTLETS,
            now=NOW,
            full_text=full_text,
            overwrite=overwrite,
        )
        return target.read_bytes(), receipt

    def article(self, n: int) -> StoredArticle:
        found = self.store.articles.by_url(f"https://kota.example/berita/{n}")
        assert found is not None
        return found


def stock(home: Path) -> Stock:
    store = open_store(f"sqlite:///{home / 'kliping.sqlite'}")
    run = store.runs.begin(
        None, "crawl", pid=1, host="h", archive_file="run-1.warc.gz", since=None, until=None, now=NOW
    )
    with WarcWriter(home / "archive", "run-1", run_id=run.id, now=NOW) as writer:
        for n, name in enumerate((FREE, FREE, CLOSED, UNLISTED, FREE)):
            _keep(store, writer, run.id, n, name)
        writer.write(replace(PLAIN, url="https://kota.example/robots.txt", role="robots"))
    (home / "out").mkdir()
    return Stock(store, home / "archive", home / "out")


def _keep(store: Store, writer: WarcWriter, run_id: int, n: int, name: str | None) -> None:
    """Fetch, record and keep one made-up article; number 4 is asked for under an address that redirects."""
    url = f"https://kota.example/berita/{n}"
    asked = "https://kota.example/b4" if n == 4 else url
    store.ledger.add(asked, asked, name, None, run_id, NOW)
    page = replace(PLAIN, url=url, body=f"<p>Berita {n}</p>".encode())
    moved = replace(
        PLAIN, url=asked, status=301, role="redirect", response_headers=((b"Location", url.encode()),), body=b""
    )
    captures = _record(store, writer, run_id, [moved, page] if n == 4 else [page])
    article = replace(
        TEXT,
        url=url,
        canonical_url=url,
        outlet=name,
        headline=f"{TEXT.headline} {n}",
        date_published=NOW - timedelta(days=n),
        record_ids=(captures[-1].record_id,),
        watches=TEXT.watches if n < 4 else (replace(TEXT.watches[0], id="amf", edition=None),),
    )
    verdict = Verdict(Disposition.KEPT, Stage.WATCH, "mgmac")
    store.articles.commit(CommitArticle(asked, article, verdict, f"content-{n}", "code", (), run_id), NOW)


def _record(store: Store, writer: WarcWriter, run_id: int, exchanges: Sequence[Exchange]) -> list[Capture]:
    captures = [capture for exchange in exchanges for capture in writer.write(exchange)]
    store.captures.add(run_id, *captures)
    return captures
