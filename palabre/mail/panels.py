"""What mail adds to the page of one's attention: what is written, and when."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from palabre.mail.forms import Choices
from palabre.mail.models import Choice
from palabre.people.choosing import Choosing, offer
from palabre.people.mail import is_sent


def letters(person: Any, sent: Mapping[str, Any] | None) -> Choices | None:
    """What a person chooses of their letters; nothing where no mail server is set."""
    return Choices(sent, instance=Choice.of(person)) if is_sent() else None


offer(Choosing("mail.letters", _("By mail"), "mail/letters_chosen.html", letters))
