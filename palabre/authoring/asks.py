"""What waits for those who answer for texts: to see whether they are still true."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import DateTimeField, ExpressionWrapper, F, Q
from django.db.models.functions import JSONObject, Now
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from palabre.items import kinds
from palabre.items.models import Item, address
from palabre.kit.asks import Ask, asks
from palabre.kit.times import day_and_month
from palabre.spaces import homecoming, sight

NAME = "trust"
AHEAD = timedelta(days=7)  # before it lapses, a confirmation is asked for
ELSEWHERE = timedelta(days=1)  # for somebody, the day is another one already
MOST = 6


@asks("authoring.trust", order=30)
def due(request: HttpRequest) -> Iterable[Ask]:
    """What the reader answers for and somebody doubts, or what is to be confirmed again within a week."""
    spaces, today = sight.of(request.user).spaces, timezone.localdate()
    for each in homecoming.told(request.user, NAME) or []:
        until = date.fromisoformat(each["until"]) if each["until"] else None
        reported = datetime.fromisoformat(each["reported"]) if each["reported"] else None
        if not reported and until and until >= today + AHEAD:
            continue
        hour = timezone.make_aware(datetime.combine(until, time())) if until else reported
        day = day_and_month(until) if until else ""
        if reported:
            late = _("Said to be out of date")
        elif until and until < today:
            late = _("To be confirmed since %(day)s") % {"day": day}
        else:
            late = _("To be confirmed by %(day)s") % {"day": day}
        yield Ask(
            kind=_("Still true?"),
            icon=kinds.get(each["kind"]).icon,
            title=each["title"],
            address=address(each["kind"], each["pk"], each["title"]),
            button=_("Read it again"),
            said=each["report"],
            late=late,
            space=spaces[each["space"]],
            language=each["language"],
            due=reported or hour,
        )


def _told(person: Any, within: sight.Within) -> ArraySubquery:
    """Of what lapses about then, the first: whoever looks at it says which day it is there."""
    soon = ExpressionWrapper(Now() + AHEAD + ELSEWHERE, DateTimeField())
    found = Item.objects.filter(within("space"), owner=person).published()
    found = found.filter(Q(trust__reported_at__isnull=False) | Q(trust__verified_until__lt=soon))
    brief = JSONObject(
        pk="pk", kind="kind", title="title", language="language", space="space_id",
        until=F("trust__verified_until"), reported=F("trust__reported_at"), report=F("trust__report"),
    )  # fmt: skip
    return ArraySubquery(found.order_by("trust__verified_until", "pk").values(brief=brief)[:MOST])


homecoming.tells(NAME, _told)
