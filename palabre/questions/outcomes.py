"""An answer that became a page: the answer stays, and each leads to the other."""

from typing import Any

from django.db import transaction

from palabre.authoring.writing import publish
from palabre.items.models import Item
from palabre.links import following
from palabre.links.models import Link, Type


@transaction.atomic
def made(answer: Item, by: Any) -> tuple[Item, bool]:
    """The page that was made of an answer, made now by `by` if there is none they can read; and whether it is new.

    Its words are those of the answer; who wrote them is said by the answer, to which the page is tied.
    """
    Item.objects.select_for_update(no_key=True).only("pk").get(pk=answer.pk)
    seen = Item.objects.visible_to(by).published().of_kind("page").order_by()
    links = Link.objects.filter(source=answer, type=Type.LED_TO, target__in=seen.values("pk"))
    if link := links.select_related("target").order_by("pk").first():
        assert link.target is not None
        return link.target, False
    page = publish("page", answer.space, by, answer.title, answer.body)
    following.tie(answer, page, by)
    return page, True
