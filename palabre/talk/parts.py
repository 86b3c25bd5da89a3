"""The part that people have in what they commented."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from palabre.items.parts import part
from palabre.talk.models import Comment


@part("commented", _("You commented on it"), order=40)
def commented(person: Any) -> QuerySet[Any, Any]:
    """About which they said something that stands."""
    return Comment.objects.standing().filter(by=person).order_by().values("item")
