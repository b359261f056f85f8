"""What operators must hear of the mail: each thing that happened has a name, so that it is told once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from digests.plain import one_line, shorten
from pipeline.config import Settings
from pipeline.store import DeliveryState, Store

_MOST = 20  # lines of one telling; `kliping digest deliveries` has the rest
_MANY, _SHARE = 10, 0.2  # so many messages refused for good, and of all of an edition so large a share, are no accident
_LONGEST = 160  # characters of a reason
_WORDS = {
    "en": {
        "unknown": "{n} message(s) held: nobody knows whether they arrived",
        "expired": "{n} message(s) of edition {edition} did not leave in time",
        "failed": "{n} of {of} messages of edition {edition} were refused for good",
        "trouble": "no mail can be sent since {time}",
        "to": "edition {edition} to {recipient}: {why}",
        "more": "and {n} more",
        "do": "Ask the recipients, then: kliping digest resolve ID --resend (it did not arrive) or --skip (it did)",
        "list": "All of them: kliping digest deliveries --state {state}",
    },
    "id": {
        "unknown": "{n} pesan ditahan: tidak diketahui apakah sudah sampai",
        "expired": "{n} pesan edisi {edition} tidak terkirim pada waktunya",
        "failed": "{n} dari {of} pesan edisi {edition} ditolak untuk seterusnya",
        "trouble": "surel tidak dapat dikirim sejak {time}",
        "to": "edisi {edition} kepada {recipient}: {why}",
        "more": "dan {n} lagi",
        "do": "Tanyakan kepada penerima, lalu: kliping digest resolve ID --resend (belum sampai) atau --skip (sudah)",
        "list": "Semuanya: kliping digest deliveries --state {state}",
    },
}


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One thing that happened."""

    name: str  # the same as long as it is the same: unknown:12:1764, expired:3, failed:3, trouble:mail:1764
    kind: str  # unknown | expired | failed | trouble
    values: Mapping[str, object]  # what its sentence is made of


@dataclass(frozen=True, slots=True)
class Said:
    """A telling in words."""

    subject: str
    text: str


def occurrences(store: Store, *, since_before: datetime) -> list[Occurrence]:
    """Everything to be told, told or not: `since_before` is when a trouble must have begun. Raises `StoreError`."""
    names = _Names(store)
    return [*_troubles(store, since_before), *_held(store, names), *_masses(store, names)]


class _Names:
    """Editions as people call them; each is read once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[int, str] = {}

    def __getitem__(self, edition_id: int) -> str:
        if edition_id not in self._known:
            found = self._store.editions.by_id(edition_id)
            self._known[edition_id] = f"{found.list} {found.period}" if found else str(edition_id)
        return self._known[edition_id]


def _troubles(store: Store, since_before: datetime) -> list[Occurrence]:
    return [
        Occurrence(f"trouble:{each.name}:{_stamp(each.since)}", "trouble", {"since": each.since, "why": each.detail})
        for each in store.troubles.list()
        if each.since <= since_before
    ]


def _held(store: Store, names: _Names) -> list[Occurrence]:
    return [
        Occurrence(
            f"unknown:{row.id}:{_stamp(row.changed_at)}",
            "unknown",
            {"edition": names[row.edition_id], "recipient": f"{row.recipient} (ID {row.id})", "why": row.detail},
        )
        for row in store.deliveries.list(state=DeliveryState.UNKNOWN)
    ]


def _masses(store: Store, names: _Names) -> list[Occurrence]:
    """Editions of which much was refused, or anything has expired."""
    found = []
    for number, states in store.deliveries.troubled().items():
        values = {"edition": names[number], "of": states.total()}
        expired, failed = states[DeliveryState.EXPIRED], states[DeliveryState.FAILED]
        if expired:
            found.append(Occurrence(f"expired:{number}", "expired", {**values, "n": expired}))
        if failed == states.total() or (failed >= _MANY and failed >= _SHARE * states.total()):
            found.append(Occurrence(f"failed:{number}", "failed", {**values, "n": failed}))
    return found


def _stamp(when: datetime) -> int:
    return round(when.timestamp())


def told_in(found: Sequence[Occurrence], settings: Settings) -> Said:
    """The occurrences as a mail's subject and text, in the operators' language; the worst first."""
    words = _WORDS[settings.alarms.language]
    heads = [_head(each, words, settings) for each in found if each.kind != "unknown"]
    held = [each for each in found if each.kind == "unknown"]
    if held:
        heads.append(words["unknown"].format(n=len(held)))
    lines = [*heads, ""] if len(heads) > 1 else []
    for each in found:
        if each.kind == "trouble":
            lines += [_why(each), ""]
    lines += [words["to"].format(**{**each.values, "why": _why(each)}) for each in held[:_MOST]]
    lines += [words["more"].format(n=len(held) - _MOST)] if len(held) > _MOST else []
    kinds = [kind for kind in ("unknown", "failed", "expired") if any(each.kind == kind for each in found)]
    lines += ["", words["do"]] if kinds else []
    lines += [words["list"].format(state=kind) for kind in kinds]
    return Said(f"KLIPING: {heads[0]}", "\n".join(lines).strip() + "\n")


def _head(each: Occurrence, words: Mapping[str, str], settings: Settings) -> str:
    values = dict(each.values)
    since = values.get("since")
    if isinstance(since, datetime):
        values["time"] = f"{since.astimezone(settings.zone):%H:%M}"
    return words[each.kind].format(**values)


def _why(each: Occurrence) -> str:
    return shorten(one_line(str(each.values["why"] or "")), _LONGEST) or "?"
