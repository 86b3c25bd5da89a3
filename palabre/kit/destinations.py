"""Where the outside begins: which addresses a request of ours may go to.

A server that fetches what people name can be sent against its own network: the database, the cloud's metadata
service, the router. So a destination is judged by the numeric addresses its name resolves to, all of them,
and the connection is then made to the very address that was judged: a name that answers differently the
second time gains nothing.
"""

import socket
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlow
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

WEB_PORTS = frozenset({80, 443})

# The special-purpose registries of IANA, plus multicast; listed here since Python's own idea of "global"
# differs by patch.
NOT_THE_WEB_4 = [
    IPv4Network(block)
    for block in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
        "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
]  # fmt: skip
# In version 6 the web is one block, minus its special corners. What wraps a version 4 address (mapped,
# compatible, NAT64, 6to4, Teredo) lies outside it or in a corner, and is refused: it would be a way round the
# list above.
THE_WEB_6 = IPv6Network("2000::/3")
NOT_THE_WEB_6 = [IPv6Network(block) for block in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")]


class Unreachable(Exception):
    """This destination is not reached. `reason` is one of: scheme, port, credentials, name, inside,
    network.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason


def is_outside(address: str | IPv4Address | IPv6Address) -> bool:
    """Whether a numeric address belongs to the open web."""
    try:
        number = ip_address(address)
    except ValueError:
        return False
    if isinstance(number, IPv4Address):
        return not any(number in block for block in NOT_THE_WEB_4)
    return number.scope_id is None and number in THE_WEB_6 and not any(number in block for block in NOT_THE_WEB_6)


@dataclass(frozen=True)
class Allowed:
    """What the operator opens beyond the web: `name`, `name:port`, or a network such as `10.20.0.0/16`."""

    hosts: frozenset[tuple[str, int | None]] = frozenset()
    networks: tuple[IPv4Network | IPv6Network, ...] = ()
    ports: frozenset[int] = WEB_PORTS

    @classmethod
    def parse(cls, entries: Iterable[str], ports: Iterable[int] = ()) -> "Allowed":
        """Raises ValueError on an entry that is none of the three."""
        hosts: set[tuple[str, int | None]] = set()
        networks: list[IPv4Network | IPv6Network] = []
        for entry in filter(None, (entry.strip().lower() for entry in entries)):
            if "/" in entry:
                networks.append(ip_network(entry))
                continue
            name, colon, port = entry.rpartition(":")
            if not colon or entry.endswith("]"):
                name, port = entry, ""
            hosts.add((name.strip("[]"), int(port) if port else None))
        return cls(frozenset(hosts), tuple(networks), WEB_PORTS | frozenset(ports))

    def host(self, name: str, port: int) -> bool:
        return (name, port) in self.hosts or ((name, None) in self.hosts and port in self.ports)

    def address(self, address: str) -> bool:
        number = ip_address(address)
        return any(number in network for network in self.networks)


def check(scheme: str, name: str, port: int, allowed: Allowed) -> None:
    """Refuses what can be refused before asking any server. Raises Unreachable."""
    if scheme not in ("http", "https"):
        raise Unreachable("scheme", scheme)
    if not name:
        raise Unreachable("name", "empty")
    if port not in allowed.ports and not allowed.host(name, port):
        raise Unreachable("port", str(port))


def resolve(name: str, port: int, allowed: Allowed, seconds: float) -> list[str]:
    """The numeric addresses of a name, every one of them permitted. Raises Unreachable.

    One forbidden address condemns the name: a name that points both outside and inside is an attack or a
    mistake.
    """
    asking = ThreadPoolExecutor(max_workers=1)
    try:
        answer = asking.submit(socket.getaddrinfo, name, port, type=socket.SOCK_STREAM)
        found = answer.result(timeout=max(seconds, 0.001))
    except (OSError, UnicodeError, TooSlow) as failure:
        raise Unreachable("name", name) from failure
    finally:
        asking.shutdown(wait=False)
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not addresses:
        raise Unreachable("name", name)
    if not allowed.host(name, port):
        for address in addresses:
            if not is_outside(address) and not allowed.address(address):
                raise Unreachable("inside", name)
    return addresses
