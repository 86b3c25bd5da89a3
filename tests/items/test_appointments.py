"""What is to happen at an hour happens, whatever becomes of what was to happen before it."""

from datetime import timedelta

import pytest

from palabre.authoring.writing import publish
from palabre.items.appointments import keep_due, keeps
from palabre.items.models import Appointment
from palabre.kit.clock import now

pytestmark = pytest.mark.django_db


@keeps("test.fail")
def fail(appointment: Appointment) -> str:
    raise ZeroDivisionError


@keeps("test.succeed")
def succeed(appointment: Appointment) -> str:
    return "done"


def test_an_appointment_that_cannot_be_kept_holds_up_none_after_it(world):
    item = publish("page", world.spaces["reseau"], world.coumba, "Fosse", "Rien.\n")
    for verb, ago in (("test.fail", 2), ("test.succeed", 1)):
        Appointment.objects.create(item=item, verb=verb, by=world.coumba, due=now() - timedelta(hours=ago))
    assert keep_due() == 1
    kept = {appointment.verb: appointment.outcome for appointment in item.appointments.exclude(kept_at=None)}
    assert kept == {"test.succeed": "done"}
    assert item.appointments.filter(kept_at=None).get().verb == "test.fail"
