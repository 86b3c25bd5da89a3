"""Consultations that wait for an answer, or for what will be done now that they are closed, stand among what awaits the
reader."""

from collections.abc import Iterable
from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from palabre.consultations.waiting import AWAITED
from palabre.consultations.wanted import UNRETURNED
from palabre.items.models import address
from palabre.kit.asks import Ask, asks
from palabre.kit.times import in_words
from palabre.spaces import sight


@asks("consultations.waiting", order=15)
def consultations(request: HttpRequest) -> Iterable[Ask]:
    """Until one has answered."""
    spaces = sight.of(request.user).spaces
    for each in AWAITED.of(request.user):
        if each["space"] not in spaces:
            continue
        due = datetime.fromisoformat(each["closes_at"])
        yield Ask(
            kind=_("Your opinion is asked"),
            icon="target",
            title=each["title"],
            address=address("consultation", each["pk"], each["title"]),
            button=_("Answer"),
            late=pgettext("a consultation", "Open until %(when)s") % {"when": in_words(due)},
            space=spaces[each["space"]],
            language=each["language"],
            due=due,
        )


@asks("consultations.unreturned", order=20)
def unreturned(request: HttpRequest) -> Iterable[Ask]:
    """Once one is closed, until the results are returned, or somebody has left it at that."""
    spaces = sight.of(request.user).spaces
    for each in UNRETURNED.of(request.user):
        if each["space"] in spaces:
            yield Ask(
                kind=_("A consultation is closed"),
                icon="target",
                title=each["title"],
                address=f"{address('consultation', each['pk'], each['title'])}#return",
                button=_("Say what will be done"),
                said=_("Those who answered wait for what comes of it"),
                space=spaces[each["space"]],
                language=each["language"],
            )
