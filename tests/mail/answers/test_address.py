"""Addresses that answer: sealed for a person and a thread, whatever servers do to their letters."""

import re
from types import SimpleNamespace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from palabre.mail.answers import address
from palabre.mail.answers.address import Thread, bounce_address, bounced, opened, reply_address

KEYS = st.integers(1, 2**34)


def keyed(pk):
    return SimpleNamespace(pk=pk, email="awa@teranga.example") if pk else None


@given(KEYS, KEYS, st.one_of(st.none(), KEYS))
@example(2**34, 2**34, 2**34)
def test_what_was_sealed_is_opened_in_large_letters_too(person, item, comment):
    made = reply_address(keyed(person), keyed(item), keyed(comment))
    assert re.fullmatch(r"reply\+[a-z2-7]+@palabre\.example", made)
    assert len(made.partition("@")[0]) <= 64
    assert opened(made) == opened(made.upper()) == opened(f" {made} ") == Thread(person, item, comment)


@given(KEYS, KEYS, st.data())
def test_no_other_letter_opens_it(person, item, data):
    made = reply_address(keyed(person), keyed(item))
    place = data.draw(st.integers(len("reply+"), made.index("@") - 1))
    other = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz234567"))
    changed = made[:place] + other + made[place + 1 :]
    assert opened(changed) is None or changed == made


@given(st.text(max_size=80))
@example("reply+@palabre.example")
@example("reply@palabre.example")
@example("reply+" + "a" * 40 + "@palabre.example")
@example("reply+" + "é" * 40 + "@palabre.example")
def test_nothing_else_is_opened(address):
    assert opened(address) is None


def test_an_address_of_another_key_or_domain_opens_nothing(settings):
    made = reply_address(keyed(1), keyed(2))
    assert opened(made.replace("palabre.example", "ailleurs.example")) is None
    settings.SECRET_KEY = "another"
    assert opened(made) is None


def test_without_a_setting_none_is_offered(settings):
    made = reply_address(keyed(1), keyed(2))
    settings.PALABRE_MAIL_REPLY = ""
    assert reply_address(keyed(1), keyed(2)) == bounce_address(keyed(1)) == ""
    assert opened(made) is None and not address.is_ours(made)


def test_a_name_that_leaves_no_room_offers_none(settings):
    settings.PALABRE_MAIL_REPLY = f"{'r' * 40}@palabre.example"
    assert reply_address(keyed(1), keyed(2)) == "" and not address.is_short_enough()


@pytest.mark.django_db
def test_a_return_path_is_of_a_person_at_the_address_they_have(world):
    path = bounce_address(world.awa)
    assert path.startswith("bounces+") and bounced(path.upper()) == world.awa
    assert opened(path) is None and bounced(path.replace("bounces+", "bounces+a")) is None
    world.awa.email = "awa.ndiaye@teranga.example"
    world.awa.save()
    assert bounced(path) is None, "what comes back late says nothing of the new address"
    assert bounced(reply_address(world.awa, keyed(3)).replace("reply", "bounces")) is None
