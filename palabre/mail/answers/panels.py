"""What answers show elsewhere: that mail to the reader is stopped, and the way to what was refused."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from palabre.kit.navigation import Place
from palabre.kit.navigation import offer as offer_place
from palabre.kit.panels import Panel, offer
from palabre.kit.policy import may
from palabre.mail.answers.address import is_offered
from palabre.mail.answers.models import Stopped
from palabre.people.mail import is_sent


def _sees_refused(request: HttpRequest) -> bool:
    return is_offered() and may(request.user, "mail.refused")


def stopped(request: HttpRequest, **_context: Any) -> dict[str, Any] | None:
    """A mail server also refuses at once, without an address to which anything comes back."""
    if not is_sent() or not request.user.is_authenticated:
        return None
    row = Stopped.objects.select_related("bounce").filter(person=request.user.pk).first()
    return {"row": row} if row else None


NOTICE = "mail/answers/notice.html"
offer(Panel("home.top", "mail.stopped", NOTICE, stopped, queries=1, order=5))
offer(Panel("account.notice", "mail.stopped", NOTICE, stopped, queries=1))
offer_place(
    Place("mail.refused", _("Answers by mail"), "mail", "answers:refused", part="me", order=75, shown=_sees_refused)
)
