"""Where passkeys can be asked for: browsers bind them to a domain name, never to the number of a machine."""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

from django.http import HttpRequest


@dataclass(frozen=True)
class Ground:
    """Whether passkeys work at the address asked for and, where they do not, the same page where they do."""

    holds: bool
    named: str = ""


def ground(request: HttpRequest) -> Ground:
    """What the host of this request allows. A loopback machine is called localhost as well; others need a name."""
    asked = urlsplit(f"//{request.get_host()}")
    number = machine(asked.hostname or "")
    if number is None:
        return Ground(True)
    if not number.is_loopback:
        return Ground(False)
    port = f":{asked.port}" if asked.port else ""
    return Ground(False, f"{request.scheme}://localhost{port}{request.get_full_path()}")


def machine(host: str) -> IPv4Address | IPv6Address | None:
    """The number of a machine, where its host is one and not a name."""
    try:
        return ip_address(host)
    except ValueError:
        return None
