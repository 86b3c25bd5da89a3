"""What mail adds to the page of one's attention: what is written, and when."""

from typing import Any

from django.http import HttpRequest

from palabre.kit.panels import Panel, offer
from palabre.mail.forms import Choices
from palabre.mail.models import Choice
from palabre.people.mail import is_sent


def letters(request: HttpRequest, **_context: Any) -> dict[str, Any]:
    """The reader's choices; where no mail server is set, only that nothing is sent."""
    return {"letters": Choices(instance=Choice.of(request.user)), "sent": is_sent()}


offer(Panel("account.attention", "mail.letters", "mail/panels/letters.html", letters, queries=1, order=20))
