"""Who gets what: checked before it is stored. Adding somebody again changes their choice."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from digests.addresses import check_address
from digests.phrases import LANGUAGES
from digests.plain import one_line
from pipeline.errors import SettingsError
from pipeline.store import Store, Subscriber

FREQUENCIES = ("daily", "weekly")
_COLUMNS = ("address", "name", "language", "frequency", "watches")


@dataclass(frozen=True, slots=True)
class Choice:
    """What a subscriber wants. `watches` empty: everything."""

    language: str = "id"
    frequency: str = "daily"
    watches: tuple[str, ...] = ()
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a CSV's rows; `errors` name the line."""

    subscribers: tuple[Subscriber, ...]
    errors: tuple[str, ...]


def check_choice(choice: Choice, known: Collection[str]) -> Choice:
    """The choice, its watches in order. `known`: the watches there are. Raises `SettingsError`."""
    if choice.language not in LANGUAGES:
        raise SettingsError(f"language {choice.language!r}: the digest speaks {' and '.join(LANGUAGES)}")
    if choice.frequency not in FREQUENCIES:
        raise SettingsError(f"frequency {choice.frequency!r}: is daily or weekly")
    unknown = sorted(set(choice.watches) - set(known))
    if unknown:
        raise SettingsError(
            f"watch {unknown[0]!r}: not among {', '.join(sorted(known)) or 'the watches, there are none'}"
        )
    return Choice(choice.language, choice.frequency, tuple(sorted(set(choice.watches))), one_line(choice.name))


def add(
    store: Store, list_name: str, address: str, choice: Choice, *, known: Collection[str], now: datetime
) -> Subscriber:
    """Subscribe, subscribe again, or change the choice."""
    checked = check_choice(choice, known)
    return store.subscribers.add(
        check_address(address),
        list_name,
        language=checked.language,
        frequency=checked.frequency,
        watches=checked.watches,
        name=checked.name,
        now=now,
    )


def remove(store: Store, list_name: str, address: str, *, now: datetime) -> None:
    """Unsubscribe. Raises `NotFoundError` when nobody of that address is on the list."""
    store.subscribers.remove(check_address(address), list_name, now)


def read_csv(text: str) -> tuple[list[tuple[int, str, Choice]], list[str]]:
    """(line, address, choice) of every row, and what is wrong with the others. Columns: address, then optional ones.

    `watches` are separated by spaces or semicolons. Raises `SettingsError` when the header is not one.
    """
    try:
        return _rows(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), skipinitialspace=True))
    except csv.Error as error:
        raise SettingsError(f"is no CSV file: {error}") from None


def _rows(reader: csv.DictReader[str]) -> tuple[list[tuple[int, str, Choice]], list[str]]:
    header = [name.strip().lower() for name in reader.fieldnames or ()]
    if "address" not in header or set(header) - set(_COLUMNS):
        raise SettingsError(f"the first line names the columns: address, and if wanted {', '.join(_COLUMNS[1:])}")
    reader.fieldnames = header
    rows, errors = [], []
    for row in reader:
        if None in row or not (row["address"] or "").strip():
            errors.append(f"line {reader.line_num}: no address, or more columns than the first line names")
            continue
        values = {name: (value or "").strip() for name, value in row.items()}
        choice = Choice(
            language=values.get("language") or "id",
            frequency=values.get("frequency") or "daily",
            watches=tuple(re.split(r"[;\s]+", values["watches"])) if values.get("watches") else (),
            name=values.get("name") or None,
        )
        rows.append((reader.line_num, values["address"], choice))
    return rows, errors


def import_csv(store: Store, list_name: str, text: str, *, known: Collection[str], now: datetime) -> Imported:
    """Add everybody a CSV names; a wrong row is reported and the rest goes on."""
    rows, errors = read_csv(text)
    added = []
    for line, address, choice in rows:
        try:
            added.append(add(store, list_name, address, choice, known=known, now=now))
        except SettingsError as error:
            errors.append(f"line {line}: {error}")
    return Imported(tuple(added), tuple(errors))
