"""Who gets what: checked before it is stored. Adding somebody again changes his choice."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from digests.addresses import check_address
from digests.phrases import LANGUAGES
from digests.plain import one_line, shorten
from pipeline.errors import NotFoundError, SettingsError
from pipeline.locations.gazetteer import folded, folded_names, place_named
from pipeline.store import Store, Subscriber, SubscriberState

FREQUENCIES = ("daily", "weekly")
FORMATS = ("html", "text", "pdf")
_MOST_CITIES = 50
_LONGEST_NAME = 200  # characters
_ALIKE = 0.75  # difflib's ratio from which a name is offered instead of a misspelt one


@dataclass(frozen=True, slots=True)
class Choice:
    """What a subscriber wants. `watches` and `cities` both empty: everything; else what is of one of either."""

    language: str = "id"
    frequency: str = "daily"
    watches: tuple[str, ...] = ()
    name: str | None = None
    cities: tuple[str, ...] = ()
    formats: tuple[str, ...] = field(default=("html",))  # text alone: no HTML; pdf: the kliping goes along

    @property
    def wishes(self) -> dict[str, object]:
        """As the store takes them."""
        lists = {"watches": [*self.watches], "cities": [*self.cities], "formats": [*self.formats]}
        return {"name": self.name, "language": self.language, "frequency": self.frequency, **lists}


def check_choice(choice: Choice, known: Collection[str]) -> Choice:
    """The choice in the form that is stored. `known`: the watches there are. Raises `SettingsError`."""
    if choice.language not in LANGUAGES:
        raise SettingsError(f"language {_shown(choice.language)}: the digest speaks {' and '.join(LANGUAGES)}")
    if choice.frequency not in FREQUENCIES:
        raise SettingsError(f"frequency {_shown(choice.frequency)}: is daily or weekly")
    unknown = sorted(set(choice.watches) - set(known))
    if unknown:
        there = ", ".join(sorted(known)) or "the watches, there are none"
        raise SettingsError(f"watch {_shown(unknown[0])}: not among {there}")
    wrong = sorted(set(choice.formats) - set(FORMATS))
    if wrong:
        raise SettingsError(f"format {_shown(wrong[0])}: is one of {', '.join(FORMATS)}")
    if len(choice.cities) > _MOST_CITIES:
        raise SettingsError(f"cities: {len(choice.cities)} are too many; name {_MOST_CITIES} or none, which is all")
    return Choice(
        choice.language,
        choice.frequency,
        tuple(sorted(set(choice.watches))),
        shorten(one_line(choice.name), _LONGEST_NAME),
        tuple(sorted({check_city(city) for city in choice.cities})),
        tuple(name for name in FORMATS if name in choice.formats) or ("html",),
    )


def check_city(text: str) -> str:
    """The city as the gazetteer writes it. Raises `SettingsError` that offers the name that was meant."""
    place = place_named(text) if len(text) <= _LONGEST_NAME else None
    if place is not None:
        return place.name
    offered = near(text)
    meant = f"did you mean {' or '.join(offered)}?"
    offer = meant if offered else "write it as news does, such as Surabaya or Cebu City"
    raise SettingsError(f"city {_shown(text)}: no place of that name is known; {offer}")


def near(text: str) -> list[str]:
    """At most three places whose names are nearly that one."""
    if len(text) > _LONGEST_NAME:
        return []
    found = difflib.get_close_matches(folded(text), sorted(folded_names()), n=3, cutoff=_ALIKE)
    places = [place_named(name) for name in found]
    return list(dict.fromkeys(place.name for place in places if place is not None))


def add(
    store: Store,
    list_name: str,
    address: str,
    choice: Choice,
    *,
    known: Collection[str],
    now: datetime,
    actor: str = "operator",
    reason: str | None = None,
) -> Subscriber:
    """Subscribe, subscribe again, or change the choice. A person's word: it holds after a bounce or a farewell too."""
    checked = check_choice(choice, known)
    return store.subscribers.add(
        check_address(address),
        list_name,
        language=checked.language,
        frequency=checked.frequency,
        watches=checked.watches,
        cities=checked.cities,
        formats=checked.formats,
        name=checked.name,
        actor=actor,
        reason=reason,
        now=now,
    )


def remove(
    store: Store, list_name: str, address: str, *, now: datetime, actor: str = "operator", reason: str | None = None
) -> None:
    """Unsubscribe. Raises `NotFoundError` when nobody of that address is on the list."""
    store.subscribers.remove(check_address(address), list_name, now, actor=actor, reason=reason)


def find(store: Store, list_name: str, address: str) -> Subscriber:
    """The subscriber, whatever his state. Raises `NotFoundError`."""
    checked = check_address(address)
    found = store.subscribers.get(checked, list_name)
    if found is None:
        raise NotFoundError(f"{checked}: never got list {list_name}; see `kliping subscribers list --all`")
    return found


def resume(
    store: Store, list_name: str, address: str, *, now: datetime, actor: str, reason: str | None = None
) -> Subscriber:
    """Mail goes again to an address that was suppressed. Raises `NotFoundError` when it was not."""
    found = find(store, list_name, address)
    if found.state is not SubscriberState.SUPPRESSED:
        raise NotFoundError(f"{found.address}: is {found.state}, not suppressed; `kliping subscribers add` subscribes")
    return store.subscribers.move(found.id, SubscriberState.ACTIVE, reason=reason, actor=actor, now=now)


def confirm(store: Store, list_name: str, address: str, *, now: datetime, actor: str) -> Subscriber:
    """A person confirms for who asked on the web, on paper or by telephone. Raises `NotFoundError`."""
    found = find(store, list_name, address)
    confirmed = store.subscribers.confirm(found.id, actor=actor, now=now)
    if confirmed is None:
        raise NotFoundError(f"{found.address}: waits for no confirmation, it is {found.state}")
    return confirmed


def _shown(text: str) -> str:
    return repr(shorten(one_line(text), 60) or "")


def as_choice(subscriber: Subscriber) -> Choice:
    """What he has now, to be changed in part."""
    s = subscriber
    return Choice(s.language, s.frequency, s.watches, s.name, s.cities, s.formats)


def watches_and_cities(subscriber: Subscriber) -> Sequence[str]:
    """What he narrowed his digest to, for a table; empty: everything."""
    return (*subscriber.watches, *subscriber.cities)
