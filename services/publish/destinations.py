"""May a webhook go there? Judges a URL's spelling and an address; resolves no name.

Addresses are judged by the IANA special-purpose registries (RFC 6890), written out here
because what the standard library calls private changes with its version.
"""

import re
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Protocol
from urllib.parse import SplitResult, urlsplit

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

CLOSED: dict[Network, str] = {
    ip_network("0.0.0.0/8"): "unspecified",
    ip_network("10.0.0.0/8"): "private",
    ip_network("100.64.0.0/10"): "a carrier's own (RFC 6598)",
    ip_network("127.0.0.0/8"): "loopback",
    ip_network("169.254.0.0/16"): "link-local",
    ip_network("172.16.0.0/12"): "private",
    ip_network("192.0.0.0/24"): "reserved",
    ip_network("192.0.2.0/24"): "for documentation",
    ip_network("192.88.99.0/24"): "reserved",
    ip_network("192.168.0.0/16"): "private",
    ip_network("198.18.0.0/15"): "for benchmarks",
    ip_network("198.51.100.0/24"): "for documentation",
    ip_network("203.0.113.0/24"): "for documentation",
    ip_network("224.0.0.0/4"): "multicast",
    ip_network("240.0.0.0/4"): "reserved",
    ip_network("::/128"): "unspecified",
    ip_network("::1/128"): "loopback",
    ip_network("fc00::/7"): "private",
    ip_network("fe80::/10"): "link-local",
    ip_network("ff00::/8"): "multicast",
    ip_network("2001::/23"): "reserved",
    ip_network("2001:db8::/32"): "for documentation",
    ip_network("2002::/16"): "6to4, which hides an IPv4 address",
    ip_network("3fff::/20"): "for documentation",
}
PUBLIC_IPV6 = ip_network("2000::/3")
NAT64 = ip_network("64:ff9b::/96")
HOST_NAME = re.compile(r"[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*", re.ASCII)
# What a browser or libc would take for an IPv4 address: 2130706433, 0x7f.1, 0177.0.0.1
LIKE_A_NUMBER = re.compile(r"(.*\.)?(\d+|0x[0-9a-f]*)", re.ASCII)


class Rules(Protocol):
    """What the operator allows beyond public https."""

    @property
    def allow_http(self) -> bool: ...
    @property
    def allow_networks(self) -> Sequence[Network]: ...


class Forbidden(Exception):  # noqa: N818 - reads as what happened
    """A webhook may not go there; `why` says it in plain words."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


def check_url(url: str, rules: Rules) -> None:
    """Raise Forbidden unless a webhook may have this URL.

    A host that is a name passes: its addresses are for `check_address` when it is resolved.
    """
    parts = _split(url)
    if parts.scheme != "https" and not (rules.allow_http and parts.scheme == "http"):
        raise Forbidden(f"{parts.scheme or 'no scheme'} is not https")
    if "@" in parts.netloc:
        raise Forbidden("a URL carries no user name or password")
    _check_host(parts.hostname or "", rules)


def _split(url: str) -> SplitResult:
    if re.search(r"[\x00-\x20\x7f\\]", url):
        raise Forbidden("a URL has no blanks, control characters or backslashes")
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises when it is no number
    except ValueError as error:
        raise Forbidden(f"not a URL: {error}") from None
    return parts


def _check_host(host: str, rules: Rules) -> None:
    if ":" in host:
        check_address(host, rules)
        return
    name = _plain(host)
    try:
        address = ip_address(name)
    except ValueError:
        _check_name(name, rules)
    else:
        check_address(str(address), rules)


def _plain(host: str) -> str:
    """Spell a host in ASCII: IDNA also turns full-width digits and dots into plain ones."""
    try:
        return host.encode("idna").decode().lower().removesuffix(".")
    except UnicodeError:
        raise Forbidden("not a host name") from None


def _check_name(name: str, rules: Rules) -> None:
    if LIKE_A_NUMBER.fullmatch(name):
        raise Forbidden(f"{name}: write an IPv4 address as four plain numbers")
    if not HOST_NAME.fullmatch(name):
        raise Forbidden("not a host name")
    if name == "localhost" or name.endswith(".localhost"):
        check_address("127.0.0.1", rules)


def check_address(ip: str, rules: Rules) -> None:
    """Raise Forbidden unless a webhook may connect to this address (RFC 6890 and allow_networks).

    IPv4-mapped and NAT64 forms are judged by the IPv4 address within.
    """
    try:
        address = ip_address(ip)
    except ValueError:
        raise Forbidden(f"{ip} is not an address") from None
    within = _within(address)
    if any(each in network for each in (address, within) for network in rules.allow_networks):
        return
    nature = next((nature for network, nature in CLOSED.items() if within in network), None)
    if nature is None and isinstance(within, IPv6Address) and within not in PUBLIC_IPV6:
        nature = "reserved"
    if nature is not None:
        raise Forbidden(f"{ip} is {nature}")


def _within(address: Address) -> Address:
    if isinstance(address, IPv4Address):
        return address
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address
