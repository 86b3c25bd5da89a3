"""What waits for those who answer for texts: to see whether they are still true."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.db.models import DateField, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from palabre.items import kinds
from palabre.items.models import Item, address, asking
from palabre.kit.asks import Ask, asks
from palabre.kit.queries import Prepared, Slot
from palabre.kit.times import day_and_month
from palabre.spaces import sight

AHEAD = timedelta(days=7)  # before it lapses, a confirmation is asked for
MOST = 6

_DUE = Prepared(
    lambda: (
        Item.objects.visible_to_asker()
        .published()
        .filter(owner=Slot("reader"))
        .filter(Q(trust__reported_at__isnull=False) | Q(trust__verified_until__lt=Slot("until", DateField())))
        .order_by("trust__verified_until", "pk")
        .values_list(
            "pk", "kind", "title", "language", "space", "trust__verified_until", "trust__reported_at", "trust__report"
        )[:MOST]
    )
)


@asks("authoring.trust", order=30)
def due(request: HttpRequest) -> Iterable[Ask]:
    """What the reader answers for and somebody doubts, or what is to be confirmed again within a week."""
    spaces, today = sight.of(request.user).spaces, timezone.localdate()
    for pk, kind, title, language, space, until, reported, report in _DUE(until=today + AHEAD, **asking(request.user)):
        hour = timezone.make_aware(datetime.combine(until, time())) if until else reported
        lapsed = until and until < today
        if reported:
            late = _("Said to be out of date")
        elif lapsed:
            late = _("To be confirmed since %(day)s") % {"day": day_and_month(until)}
        else:
            late = _("To be confirmed by %(day)s") % {"day": day_and_month(until)}
        yield Ask(
            kind=_("Still true?"),
            icon=kinds.get(kind).icon,
            title=title,
            address=address(kind, pk, title),
            button=_("Read it again"),
            said=report,
            late=late,
            space=spaces[space],
            language=language,
            due=reported or hour,
        )
