"""Mail is one of the ways by which signals leave the house; a new address may take what the former one did not."""

from typing import Any

from palabre.journal.listening import listens_to
from palabre.mail import tasks
from palabre.mail.models import Stopped, reachable
from palabre.people.models import Person
from palabre.signals.models import Carried
from palabre.signals.ways import Way, offer

offer(Way(Carried.MAIL, reachable, tasks.write))


@listens_to("address_changed")
def resume(event: Any) -> None:
    """Mail that was stopped goes out again: it is written to another address now."""
    for stopped in Stopped.objects.filter(person=event.person):
        stopped.resume(Person.objects.get(pk=event.person))
