"""Ideas that wait for the reader's review, and campaigns for what came of them, stand among what awaits their voice."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from palabre.ideas.waiting import AWAITED
from palabre.ideas.wanted import UNSAID
from palabre.kit.asks import Ask, asks
from palabre.spaces import sight


@asks("ideas.reviews", order=18)
def reviews(request: HttpRequest) -> Iterable[Ask]:
    """Until one has given it, or said that one cannot."""
    spaces = sight.of(request.user).spaces
    for each in AWAITED.of(request.user):
        if each["space"] in spaces:
            yield Ask(
                kind=_("Your review of an idea is asked"),
                icon="scale",
                title=each["title"],
                address=reverse("ideas:review", args=[each["pk"]]),
                button=_("Review it"),
                space=spaces[each["space"]],
                language=each["language"],
            )


@asks("ideas.campaigns", order=20)
def campaigns(request: HttpRequest) -> Iterable[Ask]:
    """Once one has ended, until it is said what came of it, or somebody has left it at that."""
    spaces = sight.of(request.user).spaces
    for each in UNSAID.of(request.user):
        if each["space"] in spaces:
            yield Ask(
                kind=_("A campaign has ended"),
                icon="megaphone",
                title=each["title"],
                address=reverse("ideas:conclusion", args=[each["pk"]]),
                button=_("Say what came of it"),
                said=_("Those who proposed an idea wait for it"),
                space=spaces[each["space"]],
                language=each["language"],
            )
