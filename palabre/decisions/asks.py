"""Votes that wait for a ballot, and decisions to be looked at again, stand among what awaits the reader's voice."""

from collections.abc import Iterable
from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext as _

from palabre.decisions import waiting
from palabre.items.models import address
from palabre.kit.asks import Ask, asks
from palabre.kit.times import in_words
from palabre.spaces import sight

MOST = 6


@asks("decisions.waiting", order=10)
def decisions(request: HttpRequest) -> Iterable[Ask]:
    """Until one has voted, or has said when it is looked at again; no tick settles either."""
    spaces = sight.of(request.user).spaces
    for each in waiting.of(request.user)[:MOST]:
        if each["space"] not in spaces:
            continue
        place = address("decision", each["pk"], each["title"])
        due = None if each["review"] else datetime.fromisoformat(each["closes_at"])
        yield Ask(
            kind=_("Decision to look at again") if each["review"] else _("Open vote"),
            icon="vote",
            title=each["title"],
            address=f"{place}#review" if each["review"] else f"{place}#ballot",
            button=_("Look again") if each["review"] else _("Vote"),
            late=_("Open until %(when)s") % {"when": in_words(due)} if due else _("The day you chose has come"),
            space=spaces[each["space"]],
            language=each["language"],
            due=due,
        )
