"""No address fails, whatever is written into it: NUL, which the database holds nowhere, and numbers that are none.

And none takes a request that it has no answer for.
"""

import re

import pytest
from django.db import transaction
from django.urls import NoReverseMatch, reverse

from tests.architecture.rows import ROWS
from tests.architecture.test_addresses import clients, subjects  # noqa: F401

NONSENSE = {"NUL": "a\x00b", "a sign": "²", "too large": "9" * 19, "endless": "9" * 5_000}
ASKED = """about account address after age author back based_on before body copy draft edit fields item kind language
mark name note number organisation other owner page parent person q query quote report right role show since space
tag tags template thread title to told version width words"""


@pytest.mark.parametrize("nonsense", NONSENSE.values(), ids=NONSENSE)
def test_no_address_fails_by_what_is_asked_of_it(nonsense, clients, subjects):  # noqa: F811
    assert list(failures(clients, subjects[0], dict.fromkeys(ASKED.split(), nonsense), str)) == []


@pytest.mark.parametrize(
    "path", ["/spaces/é/", "/spaces/a b/", "/spaces/a b/pages/", "/tags/\U0001f600/", "/people/²/"]
)
@pytest.mark.parametrize("who", ["tom", None])
def test_an_address_that_can_be_nobody_s_is_absent(path, who, clients):  # noqa: F811
    assert clients[who].get(path).status_code == 404


def test_no_address_fails_by_a_number_no_column_holds(clients, subjects):  # noqa: F811
    assert list(failures(clients, subjects[0], {}, lambda value: re.sub(r"^\d+", "9" * 30, str(value)))) == []


def test_what_no_address_is_made_for_is_refused(clients, subjects):  # noqa: F811
    taken = {}
    for name, row in ROWS.items():
        arguments = {ours: subjects[0].values[value] for ours, value in (row.arguments or {}).items()}
        answer = clients["tom"].put(reverse(name, kwargs=arguments))
        if answer.status_code != 405:
            taken[name] = answer.status_code
    assert taken == {}


def failures(clients, subject, asked, put):  # noqa: F811
    """What fails of all addresses, each asked by somebody it lets in."""
    for name, row in ROWS.items():
        arguments = {ours: put(subject.values[value]) for ours, value in (row.arguments or {}).items()}
        try:
            address = reverse(name, kwargs=arguments)
        except NoReverseMatch:
            continue  # it fits no address: absent before anybody looks
        key = next((key for key in (subject.author, "tom", None) if key in row.let_in(subject)), None)
        data = {ours: subject.values.get(value, value) for ours, value in (row.data or {}).items()}
        for method in sorted({"GET", row.method}):
            with transaction.atomic():
                answer = (
                    clients[key].post(address, data | asked) if method == "POST" else clients[key].get(address, asked)
                )
                transaction.set_rollback(True)
            if answer.status_code >= 500:
                yield name, method, answer.status_code
