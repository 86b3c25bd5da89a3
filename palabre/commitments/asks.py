"""Commitments whose day is near or over stand among what awaits the reader's voice."""

from collections.abc import Iterable
from datetime import date

from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from palabre.commitments import agenda
from palabre.commitments.waiting import AWAITED
from palabre.kit.asks import Ask, asks
from palabre.kit.days import morning_of
from palabre.kit.times import day_and_month
from palabre.spaces import sight


@asks("commitments.waiting", order=12)
def commitments(request: HttpRequest) -> Iterable[Ask]:
    """Until one has said what came of it, or by which other day; no tick settles it."""
    spaces = sight.of(request.user).spaces
    for each in AWAITED.of(request.user):
        if each["space"] not in spaces:
            continue
        day = date.fromisoformat(each["due"])
        late = day < localdate()
        said = _("Its day was %(day)s") if late else pgettext("a commitment", "Until %(day)s")
        yield Ask(
            kind=_("You said you would"),
            icon="user-check",
            title=each["title"],
            address=reverse("commitments:settlement", args=[each["pk"]]),
            button=_("Say what came of it"),
            late=said % {"day": day_and_month(day)},
            space=spaces[each["space"]],
            language=each["language"],
            due=morning_of(day + agenda.AFTER),
        )
