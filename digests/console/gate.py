"""How often one network, and everybody together, may ask for a confirmation. In memory: a restart forgives."""

from __future__ import annotations

from collections import OrderedDict, deque
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address
from threading import Lock

_WINDOW = timedelta(hours=1)
PER_CLIENT = 10
ALTOGETHER = 300  # mails an hour: more is nobody's readership but somebody's attack
_NETWORKS = 10_000  # remembered at once; the longest silent is forgotten first


class Gate:
    """Counts what passed within the last hour. For several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._all: deque[datetime] = deque()
        self._clients: OrderedDict[str, deque[datetime]] = OrderedDict()

    def passes(self, client: str, now: datetime) -> bool:
        """Whether one more may pass; it is counted if so."""
        name = network(client)
        with self._lock:
            mine = self._clients.setdefault(name, deque())
            self._clients.move_to_end(name)
            while len(self._clients) > _NETWORKS:
                self._clients.popitem(last=False)
            for passed in (mine, self._all):
                while passed and now - passed[0] >= _WINDOW:
                    passed.popleft()
            if len(mine) >= PER_CLIENT or len(self._all) >= ALTOGETHER:
                return False
            mine.append(now)
            self._all.append(now)
            return True


def network(client: str) -> str:
    """Of an IPv6 address its /64, which one household has whole; another address as it is."""
    try:
        address = ip_address(client)
    except ValueError:
        return "unknown"
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(IPv6Address(int(address) >> 64 << 64))
    return str(address)
