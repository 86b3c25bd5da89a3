"""A proposal of Awa's in the house, and ways to declare, open and vote on it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils.timezone import localdate
from procrastinate.contrib.django.models import ProcrastinateJob

from palabre.authoring.writing import publish
from palabre.counting.document import declared
from palabre.counting.schulze import Schulze
from palabre.counting.terms import Terms
from palabre.decisions import electorate, tasks
from palabre.decisions.models import Decision
from palabre.kit.clock import now
from palabre.kit.days import end_of, typed


@pytest.fixture
def space(world):
    return world.spaces["maison"]


@pytest.fixture
def decision(world, space, hear):
    item = publish("decision", space, world.awa, "Où se réunir ?", "Il faut choisir une ville.")
    item.decision.item = item
    return item.decision


@pytest.fixture
def opened(world, decision):
    """Opens the vote among the members of the house: `opened(Majority(), ["Oui", "Non"], quorum=…)`, or among those who
    are `named`; `mandates` are organisations by the people who vote for them."""

    def opened(
        rule=None, titles=("Memphis", "Nashville", "Knoxville"), quorum=None, ties=None, named=(), mandates=None, **more
    ) -> Decision:
        options = [{"key": str(number), "title": title} for number, title in enumerate(titles, 1)]
        said = declared(Terms(rule or Schulze(), quorum, None if ties == "lot" else ties))
        if ties == "lot":
            said["ties"] = {"name": "lot", "sum": ""}
        what = {"options": options, "closes_at": soon(), **said, **more}
        for_whom = {person.pk: organisation.pk for person, organisation in (mandates or {}).items()}
        what |= {"who": "named"} if named else {}
        decision.prepare(world.awa, [*named, *(mandates or ())], for_whom, **what)
        decision.open(world.awa, electorate.those)
        return decision

    return opened


def work():
    """What the worker would do now."""
    while job := ProcrastinateJob.objects.filter(task_name__startswith="decisions.", status="todo").first():
        {"decisions.count": tasks.count, "decisions.end": tasks.end}[job.task_name](**job.args)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [job.pk])


def soon():
    """When votes of tests close."""
    return now() + timedelta(days=3)


def last_day_is_over(lent):
    """As if the day until which these voices were lent had ended yesterday."""
    lent.update(until=localdate() - timedelta(days=1), ends_at=end_of(localdate() - timedelta(days=1)))


def hour(**later):
    """An hour from now, as a field holds it."""
    return typed(now() + timedelta(**later))
