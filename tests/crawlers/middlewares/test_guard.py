"""The network guard: addresses in any notation, and what names resolve to."""

from __future__ import annotations

from ipaddress import ip_address

import pytest
from scrapy import Request
from twisted.internet.address import IPv4Address, IPv6Address

from crawlers.middlewares import guard
from crawlers.middlewares.guard import ForbiddenAddressError, GuardedResolver, GuardMiddleware, is_public, literal
from tests.crawlers.forbidden import FORBIDDEN


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("192.168.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("255.255.255.255", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:93.184.215.14", True),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("::127.0.0.1", False),
        ("fec0::1", False),
        ("64:ff9b::5db8:d70e", True),
        ("64:ff9b:1::7f00:1", False),
        ("2001:0:5db8:d70e::80ff:fffe", False),
        ("2404:6800:4003:c01::5efe:a00:1", False),
        ("2001:db8::1", False),
        ("3fff::1", False),
        ("5f00::1", False),
        ("ff02::1", False),
        ("::", False),
        ("168.63.129.16", False),
        ("192.0.0.192", False),
        ("198.18.0.1", False),
        ("240.0.0.1", False),
        ("nonsense", False),
    ],
)
def test_is_public(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("127.1", "127.0.0.1"),
        ("2130706433", "127.0.0.1"),
        ("0x7f.0.0.1", "127.0.0.1"),
        ("0177.0.0.1", "127.0.0.1"),
        ("[::1]", "::1"),
        ("::ffff:7f00:1", "::ffff:127.0.0.1"),
        ("www.antaranews.com", None),
        ("1a.example", None),
    ],
)
def test_literal_reads_every_notation_of_an_address(host: str, address: str | None) -> None:
    found = literal(host)
    assert (found and ip_address(found)) == (address and ip_address(address))


@pytest.mark.parametrize("url", FORBIDDEN)
def test_a_request_to_this_machine_or_network_is_refused_before_any_look_up(url: str) -> None:
    with pytest.raises(ForbiddenAddressError):
        GuardMiddleware().process_request(Request(url))


def test_a_request_to_a_public_name_or_address_passes() -> None:
    passing = (
        "https://www.antaranews.com/",
        "http://93.184.215.14/",
        "http://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/",
        "https://warta.example:8443/a",
        "https://bücher.example/",
        "https://127.0.0.1.warta.example/",  # a name like any other; what it resolves to is the resolver's business
    )
    for url in passing:
        GuardMiddleware().process_request(Request(url))


class Receiver:
    """Keeps what a resolver reports."""

    def __init__(self) -> None:
        self.addresses: list[str] = []
        self.complete = False

    def resolutionBegan(self, resolution: object) -> None:  # noqa: N802 (Twisted's interface)
        """Twisted's interface."""

    def addressResolved(self, address: IPv4Address | IPv6Address) -> None:  # noqa: N802
        self.addresses.append(address.host)

    def resolutionComplete(self) -> None:  # noqa: N802
        self.complete = True


class Names:
    """A reactor as far as resolvers know it, with the answers of one name."""

    def __init__(self, *addresses: str) -> None:
        self.addresses = addresses
        self.nameResolver = self

    def resolveHostName(self, receiver: Receiver, name: str, port: int, *_: object) -> None:  # noqa: N802
        receiver.resolutionBegan(name)
        for address in self.addresses:
            kind = IPv6Address if ":" in address else IPv4Address
            receiver.addressResolved(kind("TCP", address, port))
        receiver.resolutionComplete()


def resolved(name: str, *addresses: str, newsroom: str | None = None) -> Receiver:
    receiver = Receiver()
    GuardedResolver(Names(*addresses), newsroom).resolveHostName(receiver, name, 80)
    assert receiver.complete
    return receiver


def test_only_public_addresses_of_a_name_are_passed_on() -> None:
    assert resolved("mixed.example", "10.0.0.1", "93.184.215.14", "::1").addresses == ["93.184.215.14"]
    assert "mixed.example" not in guard.refused


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.100.100.200", "0.0.0.0",
     "224.0.0.1", "255.255.255.255", "168.63.129.16", "::1", "::", "fe80::1", "fd00:ec2::254", "fec0::1", "ff02::1",
     "::ffff:10.0.0.1", "::10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::"],
)  # fmt: skip
def test_a_name_that_leads_to_a_forbidden_address_leads_nowhere(address: str) -> None:
    assert resolved("lures.example", address).addresses == []
    assert guard.refused.pop("lures.example") == address


def test_a_name_with_forbidden_addresses_only_is_noted() -> None:
    assert resolved("inner.example", "192.168.1.1").addresses == []
    assert guard.refused.pop("inner.example") == "192.168.1.1"


def test_the_newsroom_is_the_one_exception_and_only_when_set() -> None:
    assert resolved("newsroom.invalid", newsroom="127.0.0.1:9000").addresses == ["127.0.0.1"]
    assert resolved("newsroom.invalid", "127.0.0.1").addresses == []
    with pytest.raises(ValueError, match="not on this machine"):
        resolved("newsroom.invalid", newsroom="10.0.0.5:80")
