"""The part that people have in consultations: that they answered, never what."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import pgettext_lazy

from palabre.consultations.models import Seat
from palabre.items.parts import part


@part("consulted", pgettext_lazy("a part", "You answered"), order=16)
def consulted(person: Any) -> QuerySet[Any, Any]:
    """To which they sent an answer."""
    return Seat.objects.filter(person=person, done=True).order_by().values("consultation")
