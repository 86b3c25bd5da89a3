"""A decision in a few words, for lists of things of many kinds."""

from collections.abc import Sequence

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from palabre.decisions.methods import titles
from palabre.decisions.models import Decision, Stage
from palabre.kit.times import in_words


def in_few_words(keys: Sequence[int]) -> dict[int, str]:
    """How each stands: of an open one, until when; of one that is decided, what was chosen."""
    rows = Decision.objects.filter(pk__in=keys).annotate(
        sure=F("outcome__document__result__sure"), method=F("rule__name"), stated=~Q(statement="")
    )
    until, chose = _("Open until %(when)s"), _("%(stands)s: %(words)s")
    said = {}
    for each in rows.only("stage", "closes_at", "options"):
        called = titles(each.method or "", each.options)  # type: ignore[attr-defined]
        chosen = ", ".join(called[key] for key in each.sure or () if key in called)  # type: ignore[attr-defined]
        stands = Stage(each.stage).in_words(settled=chosen or each.stated)  # type: ignore[attr-defined]
        if each.stage == Stage.OPEN and each.closes_at:
            said[each.pk] = str(until) % {"when": in_words(each.closes_at)}
        else:
            said[each.pk] = str(chose) % {"stands": stands, "words": chosen} if chosen else stands
    return said
