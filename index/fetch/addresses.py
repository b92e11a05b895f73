"""Which hosts, ports and addresses may be read: the public internet, and what the operator lists.

A page, a feed or a redirect chooses where a request goes, so without this guard it could reach the
operator's own network or the cloud's metadata service (server-side request forgery, CWE-918). The refused
ranges are those of the IANA special-purpose address registries (RFC 6890), and the IPv6 forms that carry an
IPv4 address inside. They are listed here because what ``ipaddress`` calls private differs between releases
of Python.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from httpx2 import URL

from index.fetch.errors import FetchError
from index.told import Told, tell

Resolve = Callable[[str, int], list[str]]
"""Host name and port in, textual IP addresses out; raises ``OSError`` for an unknown name."""

STANDARD_PORTS = {"http": 80, "https": 443}

_ALLOW = tell("If it is yours and you trust it, add the host to NEWSDESK_ALLOW_HOSTS.")

_AT = tell("{host}, at {address},")
_RESERVED = tell("a reserved address")

_IPV6_UNICAST = IPv6Network("2000::/3")

# The first range that holds an address names it, so narrow ones stand before wide ones.
_REFUSED: list[tuple[IPv4Network | IPv6Network, Told]] = [
    (ip_network(network), kind)
    for kind, networks in {
        tell("a cloud metadata address"): (
            "169.254.169.254/32",
            "168.63.129.16/32",
            "100.100.100.200/32",
            "fd00:ec2::/32",
        ),
        tell("a loopback address"): ("127.0.0.0/8", "::1/128"),
        tell("a private address"): ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fec0::/10"),
        tell("a link-local address"): ("169.254.0.0/16", "fe80::/10"),
        tell("a carrier's private (CGNAT) address"): ("100.64.0.0/10",),
        tell("a multicast address"): ("224.0.0.0/4", "ff00::/8"),
        tell("a 6to4 address"): ("192.88.99.0/24", "2002::/16"),
        tell("an IPv4-mapped address"): ("::ffff:0:0/96", "::ffff:0:0:0/96"),
        tell("a NAT64 address"): ("64:ff9b::/96", "64:ff9b:1::/48"),
        tell("a Teredo address"): ("2001::/32",),
        tell("a documentation address"): (
            "192.0.2.0/24",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "2001:db8::/32",
            "3fff::/20",
        ),
        _RESERVED: ("0.0.0.0/8", "192.0.0.0/24", "198.18.0.0/15", "240.0.0.0/4", "2001::/23"),
    }.items()
    for network in networks
]


def refused_kind(address: str) -> Told | None:
    """What kind of address this is, if it is none that may be read (e.g. "a private address"); else ``None``."""
    ip = ip_address(address)
    for network, kind in _REFUSED:
        if ip in network:
            return kind
    if isinstance(ip, IPv6Address) and ip not in _IPV6_UNICAST:
        return _RESERVED
    return None


def checked_url(url: URL, allowed_hosts: frozenset[str]) -> URL:
    """``url`` without its fragment, and without the dot that may end a full host name.

    Raises ``FetchError`` for a URL that isn't to be read.
    """
    if url.scheme not in STANDARD_PORTS:
        raise FetchError(tell("{url} is not a web address: only http:// and https:// are read.", url=str(url)))
    if url.userinfo:
        # Not repeated in full: it holds a name or a password.
        raise FetchError(
            tell("The address of {host} holds a user name or a password. Leave it out.", host=url.host)
        )
    host = url.host.removesuffix(".")
    if not host or "%" in host:  # characters that no host name has come percent-encoded
        raise FetchError(
            tell("{url} names no host. A full address looks like https://example.com/article.", url=str(url))
        )
    if url.port not in (None, *STANDARD_PORTS.values()) and host.lower() not in allowed_hosts:
        raise FetchError(
            tell(
                "Port {port} of {host} is not read, only 80 and 443 are. {allow}",
                port=str(url.port),
                host=host,
                allow=_ALLOW,
            )
        )
    return url.copy_with(host=host, fragment=None)


def checked_addresses(host: str, port: int, resolve: Resolve, allowed_hosts: frozenset[str]) -> list[str]:
    """The addresses of ``host``, each one fit to connect to.

    Raises ``FetchError`` if the name is unknown or if any of its addresses is refused: a name with one public
    and one private address is not to be trusted with either.
    """
    try:
        addresses = resolve(host, port)
    except (OSError, UnicodeError):
        addresses = []
    if not addresses:
        raise FetchError(
            tell("There is no host called {host}. Check the address, and the network.", host=host),
            unreachable=True,
        )
    if host.lower() not in allowed_hosts:
        for address in addresses:
            if kind := refused_kind(address):
                place = host if host == address else _AT.given(host=host, address=address)
                raise FetchError(
                    tell(
                        "{place} is {kind}: such are not read. {allow}",
                        place=place,
                        kind=kind,
                        allow=_ALLOW,
                    )
                )
    return addresses


def system_resolve(host: str, port: int) -> list[str]:
    """The addresses that the operating system knows for ``host``, in its order of preference."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))
