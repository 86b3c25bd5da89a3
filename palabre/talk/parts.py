"""The part that people have in what they commented."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import pgettext_lazy

from palabre.items.parts import part
from palabre.talk.models import Comment


@part("commented", pgettext_lazy("a part", "You commented on it"), order=40)
def commented(person: Any) -> QuerySet[Any, Any]:
    """About which they said something that stands."""
    return Comment.objects.standing().filter(by=person).order_by().values("item")
