"""`palabre webhook`: what the operator sees of what other programs are told, and how one is tried."""

from contextlib import nullcontext

import pytest
from click.testing import CliRunner

from palabre.authoring.writing import publish
from palabre.project import cli
from palabre.project import instance as instances
from palabre.talk.models import Comment
from palabre.webhooks.models import Delivery, State
from tests.webhooks.conftest import carry, hook, later, receiver, tell  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(world, monkeypatch):
    """Runs a command on the tests' own instance, which is up already."""
    monkeypatch.setattr(instances, "instance", nullcontext)
    return lambda *words: CliRunner().invoke(cli.palabre, words)


def test_webhooks_are_listed_with_how_they_fare(run, hook, world, tell):  # noqa: F811
    webhook, secret = hook("reseau")
    publish("page", world.spaces["reseau"], world.coumba, "Page", "Texte.")
    tell()
    hook(None)
    listed = run("webhook", "list").output
    assert webhook.address in listed
    assert "1 waiting" in listed
    assert "(company)" in listed
    assert secret not in listed


def test_a_test_says_how_it_went(run, hook, receiver):  # noqa: F811
    webhook, _secret = hook("reseau")
    assert "200 in" in run("webhook", "test", str(webhook.pk)).output
    receiver.status = 500
    failed = run("webhook", "test", str(webhook.pk))
    assert (failed.exit_code, "heard." in failed.output) == (1, True)
    assert run("webhook", "test", "999999999").exit_code == 1


def test_what_failed_is_sent_again(run, hook, world, receiver, carry, later):  # noqa: F811
    webhook, _secret = hook("reseau", verbs=["commented"])
    page = publish("page", world.spaces["reseau"], world.coumba, "Page", "Texte.")
    Comment.say(page, world.marc, "Bien.")
    receiver.status = 400
    carry()
    Delivery.objects.update(state=State.FAILED)
    assert "On their way again: 1." in run("webhook", "resend", str(webhook.pk)).output
    receiver.status = 200
    later()
    carry()
    assert webhook.deliveries.get().state == State.DELIVERED
