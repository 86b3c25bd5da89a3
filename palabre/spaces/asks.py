"""What waits for stewards: requests for access."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from palabre.kit.asks import Ask, asks
from palabre.spaces import sight


@asks("spaces.access", order=20)
def to_answer(request: HttpRequest) -> Iterable[Ask]:
    """The spaces in which somebody waits for the reader's answer; they came with the reader's sight."""
    for space, number in sight.of(request.user).asked_of:
        said = ngettext("%(number)d request for access", "%(number)d requests for access", number)
        yield Ask(
            kind=_("Asks to come in"),
            icon="user-plus",
            title=space.name,
            address=reverse("spaces:requests", args=[space.slug]),
            button=_("Answer"),
            said=said % {"number": number},
            space=space,
        )
