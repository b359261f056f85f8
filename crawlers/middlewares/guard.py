"""The network guard: no request leaves for an address that is not on the public internet.

Two fences. The middleware refuses addresses written as numbers in the URL, in whatever notation, at once and by
name. The resolver refuses every non-global address a name resolves to; all connections pass it, redirects and
robots.txt included. The one exception is the bundled newsroom, when the operator set KLIPING_NEWSROOM.
"""

from __future__ import annotations

import ipaddress
import socket
import unicodedata
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from scrapy.exceptions import IgnoreRequest
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IHostnameResolver, IHostResolution, IResolutionReceiver
from zope.interface import implementer  # type: ignore[import-untyped]  # ships no types

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler

NEWSROOM_HOST = "newsroom.invalid"  # `.invalid` exists in no DNS (RFC 6761)
_PUBLIC_IPV6 = ipaddress.ip_network("2000::/3")  # all that IANA has given out as global unicast
_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address
# Given out as global, yet no newsroom's: they lead to machines near us, or nowhere.
_SPECIAL = tuple(
    ipaddress.ip_network(network)
    for network in (
        "168.63.129.16/32",  # the metadata address of Azure
        "192.0.0.0/24",  # IETF protocol assignments (RFC 6890)
        "192.88.99.0/24",  # 6to4 relays (RFC 7526)
        "3fff::/20",  # documentation (RFC 9637)
        "5f00::/16",  # segment routing (RFC 9602)
    )
)
_ISATAP = frozenset({0x00005EFE, 0x02005EFE})  # RFC 5214: before the IPv4 address in the last 64 bits
_WEB_PORTS = frozenset({80, 443, 8080, 8443})  # others belong to mail, databases, consoles
_INNER_NAMES = (
    ".localhost", ".localdomain", ".local", ".internal", ".intranet", ".lan", ".home", ".corp", ".private",
    ".home.arpa", ".in-addr.arpa", ".ip6.arpa", ".onion",
)  # fmt: skip

refused: dict[str, str] = {}  # names that resolved to forbidden addresses only, and one such address


class ForbiddenAddressError(IgnoreRequest):
    """The guard refused the address; the text names it."""


def is_public(address: str) -> bool:
    """Whether an IP address is on the public internet, the IPv4 address inside an IPv6 one included."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = _embedded(ip)
        if inner is not None:
            return is_public(str(inner))
        if ip not in _PUBLIC_IPV6:
            return False
    return ip.is_global and not ip.is_multicast and not any(ip in network for network in _SPECIAL)


def _embedded(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address a packet to this IPv6 address may end at."""
    last = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    if ip in _NAT64 or (int(ip) >> 32) & 0xFFFFFFFF in _ISATAP:
        return last
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
    name = _plain(host)
    address = literal(name)
    if address is not None:
        return None if is_public(address) else f"{host} is not a public address"
    # A name of one label is completed with the search domains of this network.
    if "." not in name or name == NEWSROOM_HOST or name.endswith(_INNER_NAMES):
        return f"{host} is a name of this machine or network"
    return None


def _plain(host: str) -> str:
    """Escapes, wide digits, ideographic full stops and the root's dot resolved, as other readers of URLs do."""
    name = unicodedata.normalize("NFKC", unquote(host)).replace("\u3002", ".")
    return name.strip().rstrip(".").lower()


def refusal_of_url(url: str) -> str | None:
    """Why an address is refused before any look-up; `None` when a look-up may decide."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        return f"the address cannot be read ({error})"
    if not host:
        return "the address has no host"
    if "@" in parts.netloc or "\\" in parts.netloc:  # readers of URLs differ in which part of it is the host
        return "the address carries a user name"
    reason = refusal(host)
    if reason is None and port not in _WEB_PORTS | {None}:
        return f"port {port} is no web server's"
    return reason


class GuardMiddleware:
    """Refuses a request before robots.txt or anything else is asked of its host."""

    def process_request(self, request: Request) -> None:
        """Raises `ForbiddenAddressError`."""
        reason = refusal_of_url(request.url)
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
