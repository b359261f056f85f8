"""The network guard: no request leaves for an address that is not on the public internet.

Two fences. The middleware refuses addresses written as numbers in the URL, in whatever notation, at once and by
name. The resolver refuses every non-global address a name resolves to; all connections pass it, redirects and
robots.txt included. The one exception is the bundled newsroom, when the operator set KLIPING_NEWSROOM.
"""

from __future__ import annotations

import ipaddress
import socket
from typing import TYPE_CHECKING, Any

from scrapy.exceptions import IgnoreRequest
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IHostnameResolver, IHostResolution, IResolutionReceiver
from zope.interface import implementer  # type: ignore[import-untyped]  # ships no types

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler

NEWSROOM_HOST = "newsroom.invalid"  # `.invalid` exists in no DNS (RFC 6761)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address

refused: dict[str, str] = {}  # names that resolved to forbidden addresses only, and one such address


class ForbiddenAddressError(IgnoreRequest):
    """The guard refused the address; the text names it."""


def is_public(address: str) -> bool:
    """Whether an IP address is on the public internet, the IPv4 address inside an IPv6 one included."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner = _embedded(ip) if isinstance(ip, ipaddress.IPv6Address) else None
    return is_public(str(inner)) if inner else ip.is_global and not ip.is_multicast


def _embedded(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if ip in _NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)


def literal(host: str) -> str | None:
    """The IP address a host is, in any notation the C library knows (127.1, 2130706433, 0x7f.0.0.1); `None`: a name."""
    text = host.strip("[]")
    try:
        return str(ipaddress.ip_address(text.partition("%")[0]))
    except ValueError:
        pass
    try:
        return socket.inet_ntoa(socket.inet_aton(text))
    except (OSError, UnicodeError):
        return None


def refusal(host: str) -> str | None:
    """Why a host in a URL is refused before any look-up, in words; `None` when a look-up may decide."""
    name = host.rstrip(".").lower()
    address = literal(name)
    if address is not None and not is_public(address):
        return f"{host} is not a public address"
    if name in (NEWSROOM_HOST, "localhost") or name.endswith((".localhost", ".local", ".internal")):
        return f"{host} is a name of this machine or network"
    return None


class GuardMiddleware:
    """Refuses a request before robots.txt or anything else is asked of its host."""

    def process_request(self, request: Request) -> None:
        """Raises `ForbiddenAddressError`."""
        host = urlparse_cached(request).hostname or ""
        reason = refusal(host) if host else "the address has no host"
        if reason:
            raise ForbiddenAddressError(reason)


# mypy knows zope's interfaces only through a plugin, so what Twisted hands over is `Any` here.
@implementer(IHostnameResolver)
class GuardedResolver:
    """Twisted's own resolver, with every address passed through the guard."""

    def __init__(self, reactor: Any, newsroom: str | None) -> None:
        self._reactor = reactor
        self._inner = reactor.nameResolver
        self._newsroom = newsroom

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> GuardedResolver:
        """Scrapy's constructor; `crawler` is its CrawlerProcess, of which only the settings are used."""
        return cls(reactor, crawler.settings.get("KLIPING_NEWSROOM"))

    def install_on_reactor(self) -> None:
        """Every connection of the process resolves its host here from now on."""
        self._reactor.installNameResolver(self)

    def resolveHostName(  # noqa: N802 (Twisted's interface, as the names of its arguments)
        self,
        resolutionReceiver: Any,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Any = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> Any:
        """Resolve, passing on public addresses only."""
        if hostName == NEWSROOM_HOST and self._newsroom:
            return _answer(resolutionReceiver, hostName, loopback(self._newsroom), portNumber)
        receiver = _GuardedReceiver(resolutionReceiver, hostName)
        return self._inner.resolveHostName(receiver, hostName, portNumber, addressTypes, transportSemantics)


@implementer(IResolutionReceiver)
class _GuardedReceiver:
    """Drops forbidden addresses, and notes the name when nothing else is left."""

    def __init__(self, receiver: Any, name: str) -> None:
        self._receiver = receiver
        self._name = name
        self._passed = 0
        self._dropped = ""

    def resolutionBegan(self, resolutionInProgress: Any) -> None:  # noqa: N802, N803 (Twisted's interface)
        self._receiver.resolutionBegan(resolutionInProgress)

    def addressResolved(self, address: Any) -> None:  # noqa: N802 (Twisted's interface)
        if is_public(str(address.host)):
            self._passed += 1
            self._receiver.addressResolved(address)
        else:
            self._dropped = str(address.host)

    def resolutionComplete(self) -> None:  # noqa: N802 (Twisted's interface)
        if self._dropped and not self._passed:
            refused[self._name] = self._dropped
        self._receiver.resolutionComplete()


@implementer(IHostResolution)
class _Resolution:
    """A look-up that is over at once."""

    def __init__(self, name: str) -> None:
        self.name = name

    def cancel(self) -> None:
        """Nothing is under way."""


def _answer(receiver: Any, name: str, address: str, port: int) -> _Resolution:
    kind = IPv6Address if ":" in address else IPv4Address
    resolution = _Resolution(name)
    receiver.resolutionBegan(resolution)
    receiver.addressResolved(kind("TCP", address, port))
    receiver.resolutionComplete()
    return resolution


def loopback(newsroom: str) -> str:
    """The newsroom's host, which must be a loopback address. Raises `ValueError`."""
    host = newsroom.rpartition(":")[0].strip("[]")
    if not ipaddress.ip_address(host).is_loopback:
        raise ValueError(f"KLIPING_NEWSROOM: {newsroom} is not on this machine; use 127.0.0.1:PORT")
    return host
