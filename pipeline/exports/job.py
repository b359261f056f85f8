"""One export from start to finish: select, keep back what must not leave, write, receipt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import version
from itertools import chain
from pathlib import Path

from pipeline.archive.select import copy_records
from pipeline.draft import Draft
from pipeline.errors import ExportError
from pipeline.exports import csv, jsonl
from pipeline.exports.receipt import SUFFIX, LeftOut, OutletRights, Receipt, Shortened, Tombstone, receipt_bytes
from pipeline.exports.rights import may_leave, outlet_rights, without_text
from pipeline.exports.selection import Format, Selection
from pipeline.model import Capture, CaptureRef, Disposition, StoredArticle
from pipeline.outlet import Outlet
from pipeline.store import CorrectionAction, Store

_HIDDEN = (Disposition.WITHHELD, Disposition.TAKEN_DOWN)
_AS_RIGHTS_ALLOW = "where the outlet's rights allow it"
_COUNTED = "every URL known of {}, whatever its date; `articles` counts those of the selection"
_ALL = "of every article, for use inside the house"


def export(
    store: Store,
    folder: Path,
    selection: Selection,
    form: Format,
    target: Path,
    *,
    outlets: Mapping[str, Outlet],
    now: datetime,
    progress: Callable[[int], None] | None = None,
    full_text: bool = False,
    overwrite: bool = False,
) -> Receipt:
    """Write the selection to `target` and its receipt to `target`.receipt.json: both whole, or neither.

    `folder`: the archive. `outlets`: by name, for their rights. `progress` is told the number of articles done.
    `full_text`: the archivist's own use, where outlets' rights to the text do not bind; the receipt says so. Without
    it articles of outlets that do not let their text out come without body and quotations, and are left out of a
    WARC. Withheld and taken-down articles never leave. The same selection of the same store gives the same bytes.
    Raises `ExportError`, and `ArchiveError` when a record of a WARC is not as recorded.
    """
    job = _Job(store, folder, selection, outlets, progress or _in_silence, full_text=full_text)
    with (
        Draft(target, ExportError, overwrite=overwrite) as data,
        Draft(target.with_name(target.name + SUFFIX), ExportError, overwrite=overwrite) as note,
    ):
        records = job.write(form, data)
        data.finish()
        receipt = job.receipt(form, data, records, now)
        note.write(receipt_bytes(receipt))
        note.finish()
        data.publish()
        note.publish()
    return receipt


def reprinted(store: Store, stored: StoredArticle) -> str | None:
    """Canonical URL of the text that the article reprints, for `jsonl.article_json`; None when it is no copy."""
    origin = store.articles.get(stored.copy_of) if stored.copy_of is not None else None
    return origin.article.canonical_url if origin else None


@dataclass
class _Job:
    """The state of one export: what was written and what was kept back."""

    store: Store
    folder: Path
    selection: Selection
    outlets: Mapping[str, Outlet]
    progress: Callable[[int], None]
    full_text: bool
    articles: int = 0
    touched: set[str] = field(default_factory=set)
    shortened: Counter[str | None] = field(default_factory=Counter)
    left_out: list[LeftOut] = field(default_factory=list)

    def write(self, form: Format, data: Draft) -> int | None:
        """Write the whole file; return the number of responses in a WARC, None for the other formats."""
        if form == "warc":
            file = data.target.name
            return copy_records(self.folder, self._records(), data, file=file, description="a selection of articles")
        lines: Iterable[bytes] = map(jsonl.line, self._documents())
        if form == "csv":
            lines = chain([csv.header()], map(csv.row, self._documents()))
        for line in lines:
            data.write(line)
        return None

    def receipt(self, form: Format, data: Draft, records: int | None, now: datetime) -> Receipt:
        counts = self.store.ledger.counts(self.selection.outlet)
        return Receipt(
            file=data.target.name,
            format=form,
            sha256=data.sha256,
            size=data.size,
            made_at=now,
            tool=f"kliping {version('kliping')}",
            selection=self.selection,
            full_text=_ALL if self.full_text else _AS_RIGHTS_ALLOW,
            articles=self.articles,
            records=records,
            counts_of=_COUNTED.format(self.selection.outlet or "all outlets"),
            counts_by_disposition={each.value: counts.get(each, 0) for each in Disposition},
            rights=tuple(self._rights()),
            shortened=tuple(Shortened(outlet, n) for outlet, n in sorted(self.shortened.items(), key=_unlisted_last)),
            left_out=tuple(self.left_out),
            withheld=tuple(self._tombstones()),
        )

    def _selected(self) -> Iterator[StoredArticle]:
        """The articles of the selection, newest first."""
        if self.selection.disposition in _HIDDEN:
            return
        found = self.store.articles.find(self.selection.filter(self.selection.disposition))
        for done, stored in enumerate(found, start=1):
            if stored.article.outlet:
                self.touched.add(stored.article.outlet)
            yield stored
            self.progress(done)

    def _documents(self) -> Iterator[dict[str, object]]:
        for stored in self._selected():
            passed = stored
            if not self._free(stored):
                self.shortened[stored.article.outlet] += 1
                passed = without_text(stored)
            self.articles += 1
            yield jsonl.article_json(passed, reprinted(self.store, stored))

    def _records(self) -> Iterator[Capture | CaptureRef]:
        """The responses each article was read from, after the redirects that led to them."""
        for stored in self._selected():
            reason = self._kept_back(stored)
            if reason is not None:
                self.left_out.append(LeftOut(stored.article.url, stored.article.outlet, reason))
                continue
            self.articles += 1
            yield from self._redirects(stored)
            yield from stored.captures

    def _kept_back(self, stored: StoredArticle) -> str | None:
        if not self._free(stored):
            return "the outlet's rights do not let its full text out"
        if not stored.captures:
            return "no record of it is in the archive"
        if self.store.captures.withheld([capture.record_id for capture in stored.captures]):
            return "a record it was read from is withheld"
        return None

    def _redirects(self, stored: StoredArticle) -> list[Capture]:
        """Those of the run that fetched it, in the order in which they were followed."""
        article = stored.article
        trail = self.store.ledger.trail(article.url) or self.store.ledger.trail(article.canonical_url)
        if trail is None:
            return []
        known = {capture.record_id: capture for capture in trail.captures}
        for url in trail.duplicates:
            known.update({capture.record_id: capture for capture in self.store.captures.for_url(url)})
        file = stored.captures[0].file
        found = [capture for capture in known.values() if capture.role == "redirect" and capture.file == file]
        return sorted(found, key=lambda capture: capture.offset)

    def _free(self, stored: StoredArticle) -> bool:
        return self.full_text or may_leave(stored.article.outlet, self.outlets)

    def _rights(self) -> Iterator[OutletRights]:
        settings = self.store.outlets.settings()
        for outlet in sorted(self.touched):
            permission = settings[outlet].permission if outlet in settings else None
            yield outlet_rights(outlet, self.outlets, permission)

    def _tombstones(self) -> Iterator[Tombstone]:
        for disposition in _HIDDEN:
            for stored in self.store.articles.find(self.selection.filter(disposition)):
                standing = [
                    correction.at
                    for correction in self.store.articles.corrections(stored.id)
                    if correction.action is CorrectionAction.WITHHOLD and correction.undone_at is None
                ]
                yield Tombstone(
                    url=stored.article.canonical_url,
                    outlet=stored.article.outlet,
                    disposition=disposition.value,
                    withheld_at=standing[-1] if standing else None,
                    reason=stored.withheld_reason,
                )


def _unlisted_last(item: tuple[str | None, int]) -> tuple[bool, str]:
    return item[0] is None, item[0] or ""


def _in_silence(_: int) -> None:
    """Nobody watches."""
