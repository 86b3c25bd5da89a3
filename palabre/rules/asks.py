"""Challenges that wait for an answer stand among what awaits who answers for the rule."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F
from django.db.models.functions import JSONObject
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from palabre.items.models import READABLE, State
from palabre.kit.asks import Ask, asks
from palabre.kit.times import day_and_month
from palabre.people.models import Person
from palabre.rules.challenges import WHO
from palabre.rules.models import Challenge, Standing
from palabre.spaces import homecoming, sight

NAME = "rules_challenged"
MOST = 6


@asks("rules.challenged", order=16)
def challenges(request: HttpRequest) -> Iterable[Ask]:
    """Until they are answered, or the rule holds no more; no tick settles them."""
    spaces = sight.of(request.user).spaces
    for each in homecoming.told(request.user, NAME) or []:
        if each["space"] not in spaces:
            continue
        yield Ask(
            kind=_("Your rule is challenged"),
            icon="scale",
            title=each["title"],
            address=reverse("rules:answer", args=[each["rule"], each["pk"]]),
            button=_("Answer"),
            said=_("%(who)s objects to “%(rule)s”") % {"who": each["by"]["name"], "rule": each["of"]},
            late=_("Waiting since %(day)s") % {"day": day_and_month(datetime.fromisoformat(each["at"]))},
            face=Person(**each["by"]),
            space=spaces[each["space"]],
            language=each["language"],
        )


def _told(person: Any, within: sight.Within) -> ArraySubquery:
    """Those that wait longest, of rules in force for which `person` answers; only where they read the idea, too."""
    open_ones = Challenge.objects.filter(
        within("rule__item__space"), within("idea__space"), settled_at=None, rule__item__owner=person,
        rule__item__state=State.PUBLISHED, rule__standing=Standing.FORCE, idea__state__in=READABLE,
    )  # fmt: skip
    brief = JSONObject(
        pk="pk", rule="rule_id", of=F("rule__item__title"), at="at", title=F("idea__title"),
        language=F("idea__language"), space=F("rule__item__space_id"),
        by=JSONObject(pk=F("by_id"), **{name: F(f"by__{name}") for name in WHO}),
    )  # fmt: skip
    return ArraySubquery(open_ones.order_by("at", "pk").values(brief=brief)[:MOST])


homecoming.tells(NAME, _told)
