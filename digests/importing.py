"""Subscribers from a spreadsheet: CSV as the programs of the region write it. A wrong row is told, the rest goes on.

Commas, semicolons or tabs; UTF-8 with or without a mark, UTF-16, else Windows-1252. Who unsubscribed, and who was
suppressed, stays so unless the operator says otherwise: a list that was exported before must bring nobody back.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from digests import subscribers as domain
from digests.addresses import check_address
from digests.subscribers import Choice
from pipeline.errors import SettingsError
from pipeline.exports.csv import defused
from pipeline.store import Store, Subscriber, SubscriberState

if TYPE_CHECKING:
    from _csv import Reader

COLUMNS = ("address", "name", "language", "frequency", "watches", "cities", "formats")
_NAMES = {  # as a person heads a column, in English and Indonesian
    "email": "address", "e-mail": "address", "mail": "address", "surel": "address", "alamat": "address",
    "alamat email": "address", "nama": "name", "bahasa": "language", "frekuensi": "frequency", "watch": "watches",
    "pantauan": "watches", "city": "cities", "kota": "cities", "format": "formats",
}  # fmt: skip
_EXPORTED = ("state", "since")  # what our own export says besides
_FREQUENCIES = {"harian": "daily", "mingguan": "weekly"}
_LANGUAGES = {"indonesia": "id", "indonesian": "id", "bahasa indonesia": "id", "inggris": "en", "english": "en"}
_SEPARATORS = (",", ";", "\t")
_LARGEST = 20_000_000  # bytes: some hundred thousand rows
_LEFT_ALONE = (SubscriberState.UNSUBSCRIBED, SubscriberState.SUPPRESSED)


class Became(StrEnum):
    """What became of a row."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"  # of an earlier row, which holds
    LEFT_ALONE = "left alone"  # unsubscribed or suppressed before
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the file, as read."""

    line: int  # at which it begins, from 1
    address: str
    choice: Choice


@dataclass(frozen=True, slots=True)
class Result:
    line: int
    became: Became
    detail: str  # the address, or what is wrong


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a CSV's rows, in their order."""

    results: tuple[Result, ...]
    encoding: str

    def count(self, became: Became) -> int:
        return sum(result.became is became for result in self.results)

    @property
    def told(self) -> tuple[str, ...]:
        """One line for each row that a person should look at."""
        look = (Became.WRONG, Became.LEFT_ALONE, Became.DUPLICATE)
        return tuple(f"line {result.line}: {result.detail}" for result in self.results if result.became in look)


@dataclass
class _Import:
    """One import on its way."""

    store: Store
    list_name: str
    known: Collection[str]
    actor: str
    resubscribe: bool
    dry_run: bool
    now: datetime
    seen: dict[str, int] = field(default_factory=dict)  # address: the line that named it first

    def take(self, row: Row, there: Subscriber | None, address: str) -> Result:
        if address in self.seen:
            return Result(row.line, Became.DUPLICATE, f"{address} stands in line {self.seen[address]} already")
        choice = domain.check_choice(row.choice, self.known)
        self.seen[address] = row.line
        if there is not None and there.state in _LEFT_ALONE and not self.resubscribe:
            return Result(row.line, Became.LEFT_ALONE, _left_alone(there))
        became = _became(there, choice)
        if became is not Became.UNCHANGED and not self.dry_run:
            self._add(address, choice)
        return Result(row.line, became, address)

    def _add(self, address: str, choice: Choice) -> None:
        domain.add(
            self.store, self.list_name, address, choice, known=self.known, now=self.now, actor=self.actor,
            reason="import",
        )  # fmt: skip


def import_csv(
    store: Store,
    list_name: str,
    content: bytes,
    *,
    known: Collection[str],
    now: datetime,
    language: str = "id",
    actor: str = "operator",
    resubscribe: bool = False,
    dry_run: bool = False,
    tell: Callable[[int, int], None] = lambda _done, _total: None,
) -> Imported:
    """Add everybody the file names. `language`: of rows that name none; `dry_run`: store nothing, tell the same.

    Raises `SettingsError` when it is no CSV file or its first line names no address.
    """
    text, encoding = decode(content)
    rows = list(read_csv(text, language))
    work = _Import(store, list_name, known, actor, resubscribe, dry_run, now)
    there = {one.address: one for one in store.subscribers.list(list_name, removed=True)}
    results = []
    for number, row in enumerate(rows, start=1):
        results.append(row if isinstance(row, Result) else _result(work, row, there))
        tell(number, len(rows))
    return Imported(tuple(results), encoding)


def _result(work: _Import, row: Row, there: dict[str, Subscriber]) -> Result:
    try:
        address = check_address(row.address)
        return work.take(row, there.get(address), address)
    except SettingsError as error:
        return Result(row.line, Became.WRONG, str(error))


def _became(there: Subscriber | None, choice: Choice) -> Became:
    if there is None or there.state is not SubscriberState.ACTIVE:
        return Became.ADDED
    return Became.UNCHANGED if there.wishes == choice.wishes else Became.CHANGED


def _left_alone(there: Subscriber) -> str:
    since = f"{there.state_at:%Y-%m-%d}" if there.state_at else "once"
    what = "unsubscribed" if there.state is SubscriberState.UNSUBSCRIBED else "was suppressed"
    return f"{there.address} {what} on {since} and is left alone; --resubscribe brings back who asks for it"


# --- the file --------------------------------------------------------------------------------------------------------


def decode(content: bytes) -> tuple[str, str]:
    """(text, encoding). Raises `SettingsError` for what is no text."""
    if len(content) > _LARGEST:
        raise SettingsError(f"{len(content)} bytes are too many; split it into files of {_LARGEST} bytes")
    try:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            return content.decode("utf-16"), "UTF-16"
        return content.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        pass
    if b"\0" in content:
        raise SettingsError("is no CSV file; save the spreadsheet as CSV UTF-8")
    return content.decode("cp1252", errors="replace"), "Windows-1252"


def read_csv(text: str, language: str = "id") -> Iterator[Row | Result]:
    """Every row, or what is wrong with it. Raises `SettingsError` when the first line names no columns."""
    first, _, rest = text.partition("\n")
    skipped = 0
    separator = next((mark for mark in _SEPARATORS if first.strip().strip('"').lower() == f"sep={mark}".strip()), None)
    if separator is not None:  # a spreadsheet's own line
        text, skipped = rest, 1
        first = rest.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator or _separator(first), skipinitialspace=True)
    try:
        header = _header(next(reader, []))
        yield from _rows(reader, header, language, skipped)
    except csv.Error as error:
        raise SettingsError(f"is no CSV file: {error}") from None


def _separator(line: str) -> str:
    return max(_SEPARATORS, key=line.count)


def _header(cells: list[str]) -> list[str]:
    names = [_NAMES.get(cell.strip().lower(), cell.strip().lower()) for cell in cells]
    while names and not names[-1]:  # a spreadsheet's empty columns
        names.pop()
    if "address" not in names or set(names) - {*COLUMNS, *_EXPORTED} or len(set(names)) < len(names):
        raise SettingsError(f"the first line names the columns: address, and if wanted {', '.join(COLUMNS[1:])}")
    return names


def _rows(reader: Reader, header: list[str], language: str, skipped: int) -> Iterator[Row | Result]:
    ended = reader.line_num
    for cells in reader:
        line, ended = ended + 1 + skipped, reader.line_num
        if not any(cell.strip() for cell in cells):
            continue
        if any(cell.strip() for cell in cells[len(header) :]):
            yield Result(line, Became.WRONG, "more columns than the first line names")
            continue
        values = dict(zip(header, (_plain(cell) for cell in cells), strict=False))
        if not values.get("address"):
            yield Result(line, Became.WRONG, "no address")
        elif values.get("state", "active") not in ("", "active"):
            yield Result(line, Became.LEFT_ALONE, f"{values['address']}: the file itself says {values['state']}")
        else:
            yield Row(line, values["address"], _choice(values, language))


def _choice(values: dict[str, str], language: str) -> Choice:
    frequency, speaks = (values.get(name, "").lower() for name in ("frequency", "language"))
    formats = tuple(re.split(r"[;,|\s]+", values["formats"].lower())) if values.get("formats") else ("html",)
    return Choice(
        language=_LANGUAGES.get(speaks, speaks) or language,
        frequency=_FREQUENCIES.get(frequency, frequency) or "daily",
        watches=_several(values.get("watches", ""), r"[;,|\s]+"),
        name=values.get("name") or None,
        cities=_several(values.get("cities", ""), r"\s*[;,|]\s*"),
        formats=formats,
    )


def _several(text: str, between: str) -> tuple[str, ...]:
    return tuple(part for part in re.split(between, text) if part)


def _plain(cell: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from reading a formula: our own export writes it."""
    text = cell.strip()
    return text[1:] if text.startswith("'") and defused(text[1:]) == text else text


def as_csv(found: list[Subscriber]) -> str:
    """The list as a file that `import_csv` reads again; no cell is a formula to a spreadsheet."""
    made = io.StringIO(newline="")
    writer = csv.writer(made)
    writer.writerow((*COLUMNS, *_EXPORTED))
    for one in found:
        lists = ("; ".join(values) for values in (one.watches, one.cities, one.formats))
        since = f"{one.state_at:%Y-%m-%d}" if one.state_at else ""
        cells = (one.address, one.name or "", one.language, one.frequency, *lists, one.state.value, since)
        writer.writerow([defused(cell) for cell in cells])
    return made.getvalue()
