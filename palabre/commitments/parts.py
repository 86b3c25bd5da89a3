"""The part that people have in commitments beside writing them."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import pgettext_lazy

from palabre.commitments.models import Commitment
from palabre.items.parts import part


@part("carried", pgettext_lazy("a part", "You carry it"), order=30)
def carried(person: Any) -> QuerySet[Any, Any]:
    """What they carry, or carried until it was settled."""
    return Commitment.objects.filter(carrier=person).order_by().values("pk")
