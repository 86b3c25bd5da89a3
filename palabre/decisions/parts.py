"""The part that people have in decisions: a voice in them, used or not."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import pgettext_lazy

from palabre.decisions.models import Elector, Stage
from palabre.items.parts import part


@part("voice", pgettext_lazy("a part", "You had a voice in it"), order=26)
def voice(person: Any) -> QuerySet[Any, Any]:
    """On which they may vote or might have voted, since it opened."""
    return Elector.objects.filter(person=person).exclude(decision__stage=Stage.DRAFT).order_by().values("decision")
