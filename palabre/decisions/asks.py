"""Votes that wait for a ballot, what was said within decisions and wants an answer, what nobody has said of a result,
and decisions to be looked at again, stand among what awaits the reader's voice."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from palabre.decisions import wanted
from palabre.decisions.waiting import AWAITED
from palabre.items.models import address
from palabre.kit.asks import Ask, asks
from palabre.kit.times import in_words
from palabre.spaces import sight


@asks("decisions.waiting", order=10)
def decisions(request: HttpRequest) -> Iterable[Ask]:
    """Until one has voted, or has said when it is looked at again; no tick settles either."""
    spaces = sight.of(request.user).spaces
    for each in AWAITED.of(request.user):
        if each["space"] not in spaces:
            continue
        place = address("decision", each["pk"], each["title"])
        due = None if each["review"] else datetime.fromisoformat(each["closes_at"])
        if each["review"]:
            kind, button, where = _("Decision to look at again"), _("Look again"), "review"
        elif each["confirm"]:
            kind, button, where = _("You voted on an earlier text"), _("Confirm"), "vote"
        else:
            kind, button, where = _("Open vote"), _("Vote"), "ballot"
        yield Ask(
            kind=kind,
            icon="vote",
            title=each["title"],
            address=f"{place}#{where}",
            button=button,
            late=_("Open until %(when)s") % {"when": in_words(due)} if due else _("The day you chose has come"),
            space=spaces[each["space"]],
            language=each["language"],
            due=due,
        )


@asks("decisions.resolved", order=11)
def resolved(request: HttpRequest) -> Iterable[Ask]:
    """Of an objection that was answered, who raised it says whether it is resolved."""
    for each in wanted.of(request.user, wanted.RESOLVED):
        due, who = datetime.fromisoformat(each["closes_at"]), each["by"] or _("Somebody")
        yield from _asked(
            request, each, f"argument-{each['argument']}", kind=_("Your objection was answered"),
            button=_("Say whether it is resolved"), said=_("%(who)s answered it") % {"who": who},
            late=_("Open until %(when)s") % {"when": in_words(due)}, due=due,
        )  # fmt: skip


@asks("decisions.unanswered", order=17)
def unanswered(request: HttpRequest) -> Iterable[Ask]:
    """Reasons, opinions and objections, to be answered by who answers for what is proposed."""
    for each in wanted.of(request.user, wanted.UNANSWERED):
        said = ngettext(
            "%(number)d argument has no answer yet", "%(number)d arguments have no answer yet", each["number"]
        )
        yield from _asked(
            request, each, "arguments", kind=_("Said about your proposal"), button=_("Answer"),
            said=said % {"number": each["number"]},
        )  # fmt: skip


@asks("decisions.unstated", order=19)
def unstated(request: HttpRequest) -> Iterable[Ask]:
    """Once it is counted, until somebody has said what was decided and what happens now."""
    for each in wanted.of(request.user, wanted.UNSTATED):
        yield from _asked(
            request, each, "outcome", kind=_("The result is there"), button=_("Say what was decided"),
            said=_("Those who voted wait for what happens now"),
        )  # fmt: skip


def _asked(request: HttpRequest, each: dict[str, Any], where: str, **more: Any) -> Iterable[Ask]:
    space = sight.of(request.user).spaces.get(each["space"])
    if space:
        place = f"{address('decision', each['pk'], each['title'])}#{where}"
        yield Ask(icon="vote", title=each["title"], address=place, space=space, language=each["language"], **more)
