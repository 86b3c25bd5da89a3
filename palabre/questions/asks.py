"""The questions that wait for somebody stand among what awaits their voice."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from palabre.items.models import address
from palabre.kit.asks import Ask, asks
from palabre.people.models import Person
from palabre.questions.waiting import AWAITED
from palabre.spaces import sight


@asks("questions.waiting", order=15)
def questions(request: HttpRequest) -> Iterable[Ask]:
    """Those put to the reader by name, and those that wait for who follows a tag."""
    spaces = sight.of(request.user).spaces
    for each in AWAITED.of(request.user):
        put = each["put"][0]
        if put["tag"]:
            said = _("You follow %(tag)s, and nobody has answered yet") % {"tag": f"#{put['tag']}"}
        else:
            said = _("%(who)s hopes for your answer") % {"who": put["name"]}
        yield Ask(
            kind=_("Question for you"),
            icon="circle-help",
            title=each["title"],
            address=f"{address('question', each['pk'], each['title'])}#answering",
            button=_("Answer"),
            said=said,
            face=Person(**{name: put[name] for name in ("pk", "name", "handle", "side")}),
            space=spaces[each["space"]],
            language=each["language"],
            done=reverse("questions:passing", args=[each["pk"]]),
            waives=_("I cannot help"),
        )
