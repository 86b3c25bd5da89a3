"""Objectives whose day has passed stand among what awaits who answers for them."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import DateField, F
from django.db.models.functions import Cast, JSONObject, Now
from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext as _

from palabre.items.models import Item
from palabre.kit.asks import Ask, asks
from palabre.kit.times import day_and_month
from palabre.objectives.models import Standing
from palabre.spaces import homecoming, sight

NAME = "objectives_late"
MOST = 6


@asks("objectives.late", order=18)
def objectives(request: HttpRequest) -> Iterable[Ask]:
    """Until somebody has said what came of it, or another day; no tick settles it."""
    spaces = sight.of(request.user).spaces
    for each in homecoming.told(request.user, NAME) or []:
        day = date.fromisoformat(each["due"])
        if each["space"] not in spaces or day >= localdate():
            continue
        yield Ask(
            kind=_("Objective whose day has passed"),
            icon="flag",
            title=each["title"],
            address=reverse("objectives:end", args=[each["pk"]]),
            button=_("Say what came of it"),
            late=_("Its day was %(day)s") % {"day": day_and_month(day)},
            space=spaces[each["space"]],
            language=each["language"],
            due=make_aware(datetime.combine(day, time())),
        )


def _told(person: Any, within: sight.Within) -> ArraySubquery:
    """Those for which `person` answers, the longest overdue first; whoever looks at them says which day it is there."""
    found = Item.objects.filter(
        within("space"), owner=person, kind="objective", objective__standing=Standing.OPEN,
        objective__due__lte=Cast(Now(), DateField()),
    ).published()  # fmt: skip
    brief = JSONObject(pk="pk", title="title", language="language", space="space_id", due=F("objective__due"))
    return ArraySubquery(found.order_by("objective__due", "pk").values(brief=brief)[:MOST])


homecoming.tells(NAME, _told)
