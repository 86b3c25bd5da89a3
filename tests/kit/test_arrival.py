"""What is sent is read before a page takes a connection, and refused where it cannot be read."""

import io

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from palabre.kit.arrival import Arrived


def sent(body: bytes, content_type: str, length: int | None = None):
    request = RequestFactory().post("/", body, content_type=content_type)
    request.META["CONTENT_LENGTH"] = str(len(body) if length is None else length)
    return request


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/x-www-form-urlencoded", b"title=Baobab"),
        (
            "multipart/form-data; boundary=b",
            b'--b\r\nContent-Disposition: form-data; name="title"\r\n\r\nBaobab\r\n--b--',
        ),
        ("application/json", b'{"title": "Baobab"}'),
    ],
)
def test_it_has_come_whole_before_the_page_begins(content_type, body):
    line = io.BytesIO(body)
    request = sent(body, content_type)
    request._stream = line

    def page(_request):
        assert line.closed or line.read() == b"", "something was still on its way"
        return HttpResponse("ok")

    assert Arrived(page)(request).content == b"ok"


def test_what_is_no_form_is_refused_by_a_page_that_knows_its_reader(client, world):
    client.force_login(world.awa)
    answer = client.post("/way/", b"no form", content_type="multipart/form-data")
    assert answer.status_code == 400
    assert world.awa.name in answer.content.decode()
