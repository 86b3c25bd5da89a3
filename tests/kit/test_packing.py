"""Pages are packed for their way."""

import gzip

import pytest
from django.http import HttpResponse, StreamingHttpResponse

from palabre.kit.packing import Packing

WORDS = b"<p>Where the words are many, they say the same again.</p>" * 40


def packed(rf, response, accepted="gzip, br"):
    return Packing(lambda _request: response)(rf.get("/", headers={"Accept-Encoding": accepted}))


def test_a_page_is_packed_and_says_so(rf):
    response = packed(rf, HttpResponse(WORDS, headers={"ETag": '"1"'}))
    assert gzip.decompress(response.content) == WORDS
    assert (response["Content-Encoding"], response["ETag"]) == ("gzip", 'W/"1"')
    assert response["Content-Length"] == str(len(response.content))
    assert "Accept-Encoding" in response["Vary"]


def test_its_length_does_not_tell_what_is_in_it(rf):
    assert len({len(packed(rf, HttpResponse(WORDS)).content) for _ in range(60)}) > 10


@pytest.mark.parametrize("accepted", ["", "br", "identity"])
def test_who_cannot_unpack_gets_it_plain(rf, accepted):
    response = packed(rf, HttpResponse(WORDS), accepted)
    assert response.content == WORDS
    assert "Accept-Encoding" in response["Vary"]


def test_what_is_small_or_packed_or_becomes_no_smaller_stays_as_it_is(rf):
    assert packed(rf, HttpResponse(b"a few words")).content == b"a few words"
    once = packed(rf, HttpResponse(WORDS)).content
    assert packed(rf, HttpResponse(once, headers={"Content-Encoding": "gzip"})).content == once
    noise = bytes(range(256))
    assert packed(rf, HttpResponse(noise)).content == noise


def test_what_streams_is_packed_as_it_comes(rf):
    response = packed(rf, StreamingHttpResponse([WORDS, WORDS]))
    assert gzip.decompress(b"".join(response)) == WORDS * 2
