"""Settings as the environment gives them; what is not what it should be is said in one sentence."""

import os
from ipaddress import IPv4Network, IPv6Network, ip_network

from palabre.project.trouble import Trouble

PORTS = (1, 65535)


def number(name: str, default: int, least: int, most: int) -> int:
    """The variable's number, or the default where it is not set or empty."""
    given = os.environ.get(name, "").strip()
    return _number(name, given, least, most) if given else default


def numbers(name: str, least: int, most: int) -> list[int]:
    """Numbers between commas."""
    return [_number(name, each, least, most) for each in words(name)]


def choice(name: str, default: str, *others: str) -> str:
    """One of a few words, or the default where the variable is not set or empty."""
    given = os.environ.get(name, "").strip() or default
    if given not in (default, *others):
        raise Trouble(f"{name} must be one of {', '.join(filter(None, (default, *others)))}, not {given[:40]}.")
    return given


def networks(name: str) -> list[IPv4Network | IPv6Network]:
    """Addresses and networks between commas: `127.0.0.1,10.1.0.0/16`."""
    try:
        return [ip_network(each) for each in words(name)]
    except ValueError as error:
        raise Trouble(f"{name} must be addresses or networks like 127.0.0.1,10.1.0.0/16: {error}.") from None


def words(name: str) -> list[str]:
    """What stands between commas."""
    return [each.strip() for each in os.environ.get(name, "").split(",") if each.strip()]


def _number(name: str, given: str, least: int, most: int) -> int:
    if not given.isdecimal() or len(given) > 20 or not least <= int(given) <= most:
        raise Trouble(f"{name} must be a number from {least} to {most}, not {given[:40]}.")
    return int(given)
