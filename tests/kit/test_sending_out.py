"""What is carried to the outside: to that address and no other, whatever it answers."""

import pytest

from palabre.kit import outbound
from palabre.kit.outbound import Limits, Refused
from tests.kit.outside import drip, endless, redirect, send

HEADERS = {"Content-Type": "application/json", "X-Of-Ours": "1"}


def refusal(address, limits=None):
    with pytest.raises(Refused) as refused:
        outbound.send(address, b"{}", HEADERS, limits)
    return refused.value.reason


def test_a_body_arrives_whole_with_its_headers(outside):
    heard = []

    def answer(handler):
        heard.append((handler.rfile.read(int(handler.headers["content-length"])), handler.headers["x-of-ours"]))
        send(handler, b"thank you", 201)

    outside["/hear"] = answer
    told = outbound.send(outside.address("/hear"), "é".encode() * 100_000, HEADERS)
    assert (told.status, told.body, told.ok) == (201, b"thank you", True)
    assert heard == [("é".encode() * 100_000, "1")]
    assert outside.heard[0][0] == "POST"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirection_is_an_answer_and_is_not_followed(outside, status):
    outside["/hear"] = redirect(outside.address("/elsewhere"), status)
    assert outbound.send(outside.address("/hear"), b"{}", HEADERS).status == status
    assert outside.paths == ["/hear"]


def test_an_answer_without_end_has_a_beginning(outside):
    outside["/endless"], outside["/drip"] = endless, drip
    told = outbound.send(outside.address("/endless"), b"{}", HEADERS, Limits(size=1024))
    assert (told.status, len(told.body)) == (200, 1024)
    told = outbound.send(outside.address("/drip"), b"{}", HEADERS, Limits(size=1024, seconds=0.5))
    assert told.status == 200
    assert 0 < len(told.body) < 1024


def test_an_address_inside_hears_nothing(outside, settings):
    settings.PALABRE_OUTBOUND_ALLOW = []
    settings.PALABRE_OUTBOUND_PORTS = [outside.server.server_port]
    assert refusal(outside.address("/hear")) == "inside"
    assert outside.heard == []


def test_who_never_answers_is_left_in_time(outside, settings):
    import threading

    let_go = threading.Event()
    outside["/hear"] = lambda _handler: let_go.wait(20)
    assert refusal(outside.address("/hear"), Limits(seconds=0.3)) == "time"
    let_go.set()
    settings.PALABRE_OUTBOUND_ALLOW = ["127.0.0.1:9"]
    assert refusal("http://127.0.0.1:9/") == "network"
