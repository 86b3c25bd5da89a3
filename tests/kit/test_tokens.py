"""The token against forgery: one for all forms of an answer, another for each answer, and it opens the door."""

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([A-Za-z0-9]{64})"|"X-CSRFToken": "([A-Za-z0-9]{64})"')


def tokens(page: str) -> set[str]:
    return {one or other for one, other in TOKEN.findall(page)}


def test_all_forms_of_a_page_carry_one_token_and_each_answer_another(world, sign_in):
    client = sign_in(world.awa)
    pages = [client.get("/account/").content.decode() for _ in range(2)]
    first, second = map(tokens, pages)
    assert len(TOKEN.findall(pages[0])) > 1
    assert len(first) == len(second) == 1 and first != second


def test_the_token_of_a_page_opens_the_door_and_none_does_not(world):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.awa)
    [token] = tokens(client.get("/account/").content.decode())
    assert client.post("/account/logout/", {}).status_code == 403
    assert client.post("/account/logout/", {"csrfmiddlewaretoken": token}).status_code == 302
