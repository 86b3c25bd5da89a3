"""A house that takes answers by mail, and a page one can answer to."""

from types import SimpleNamespace

import pytest

from palabre.authoring.writing import publish
from palabre.mail.answers.address import reply_address
from palabre.talk.models import Comment
from tests.mail.answers.letters import REPLY


@pytest.fixture(autouse=True)
def house(settings):
    settings.PALABRE_MAIL_REPLY = REPLY
    settings.PALABRE_MAIL_AUTHSERV = []
    settings.EMAIL_HOST = "mail.example"
    return settings


@pytest.fixture
def thread(world):
    """A page of the network space, a comment of Marc on it, and where Awa answers to that by mail."""
    item = publish("page", world.spaces["reseau"], world.marc, "Le plan d’adressage", "Un plan.")
    comment = Comment.say(item, world.marc, "Qui vient vendredi ?")
    return SimpleNamespace(item=item, comment=comment, to=reply_address(world.awa, item, comment))


@pytest.fixture
def told(mailoutbox):
    """`told()` carries what waits to be said to senders, and returns all that was."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    from palabre.mail.answers.tasks import say

    def told():
        for job in ProcrastinateJob.objects.filter(task_name="mail.answers.say", status="todo").order_by("pk"):
            say(**job.args)
            job.args.clear()
        return mailoutbox

    return told
