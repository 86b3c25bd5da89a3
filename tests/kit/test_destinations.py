"""What belongs to the web and what does not."""

import pytest

from palabre.kit.destinations import Allowed, Unreachable, check, is_outside, resolve

WEB = [
    "8.8.8.8",
    "93.184.216.34",
    "100.63.255.255",
    "100.128.0.0",
    "172.32.0.1",
    "2606:4700::1111",
    "2a00:1450::1",
]
NOT_THE_WEB = [
    "0.0.0.0", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.8.8.8", "169.254.169.254", "172.16.0.1",
    "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1",
    "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "::",
    "::1", "::ffff:8.8.8.8", "::ffff:127.0.0.1", "::8.8.8.8", "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1",
    "2001::1", "2001:db8::1", "2002:7f00:1::", "3fff::1", "fc00::1", "fd00:ec2::254", "fe80::1",
    "fec0::1", "ff02::1", "2606:4700::1111%eth0", "not an address",
]  # fmt: skip


@pytest.mark.parametrize("address", WEB)
def test_an_address_of_the_web_is_outside(address):
    assert is_outside(address)


@pytest.mark.parametrize("address", NOT_THE_WEB)
def test_an_address_of_ours_or_of_nobody_is_not_outside(address):
    assert not is_outside(address)


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "0177.0.0.1", "::1", "0"])
def test_a_name_for_the_loopback_is_refused_however_it_is_written(name):
    with pytest.raises(Unreachable) as refused:
        resolve(name, 80, Allowed(), 5)
    assert refused.value.reason in ("inside", "name")


def test_one_forbidden_address_condemns_the_name(monkeypatch):
    answers = [(2, 1, 6, "", ("8.8.8.8", 80)), (2, 1, 6, "", ("10.0.0.1", 80))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_args, **_kwargs: answers)
    with pytest.raises(Unreachable) as refused:
        resolve("both.example", 80, Allowed(), 5)
    assert refused.value.reason == "inside"


@pytest.mark.parametrize("scheme", ["file", "ftp", "gopher", "javascript", "data", ""])
def test_only_web_addresses_are_fetched(scheme):
    with pytest.raises(Unreachable, match="scheme"):
        check(scheme, "example.org", 80, Allowed())


@pytest.mark.parametrize("port", [22, 25, 5432, 6379, 8000, 0])
def test_only_web_ports_are_asked(port):
    with pytest.raises(Unreachable, match="port"):
        check("http", "example.org", port, Allowed())


def test_an_operator_opens_a_host_a_port_or_a_network():
    allowed = Allowed.parse(["intranet.example", "127.0.0.1:9000", "[::1]:9000", "10.20.0.0/16", " "], ports=[8443])
    assert allowed.host("intranet.example", 443) and not allowed.host("intranet.example", 22)
    assert allowed.host("127.0.0.1", 9000) and not allowed.host("127.0.0.1", 80)
    assert allowed.host("::1", 9000)
    assert allowed.address("10.20.3.4") and not allowed.address("10.21.0.1")
    check("https", "example.org", 8443, allowed)
    assert resolve("127.0.0.1", 9000, allowed, 5) == ["127.0.0.1"]
