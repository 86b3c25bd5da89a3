"""What is begun for an objective: a draft that remembers it, and serves it when it is published."""

from typing import Any

from palabre.authoring import drafting
from palabre.authoring.models import Draft
from palabre.items.models import Item
from palabre.kit.policy import may
from palabre.links.models import Link, Type

FIELD = "serves"
"""The field of a draft that says which objective its text was begun for."""


def begin(objective: Item, kind: str, by: Any) -> Draft:
    """A draft of `by` that will serve the objective, in its space if they write there."""
    space = objective.space if may(by, "space.write", objective.space) else None
    return drafting.keep(by, drafting.Content(kind, "", "", space, fields={FIELD: str(objective.pk)}))


def served(value: str, person: Any) -> Item | None:
    """The objective that a draft was begun for, if `person` sees it still."""
    if not value.isdecimal() or len(value) > 18:
        return None
    return Item.objects.visible_to(person).published().of_kind("objective").filter(pk=value).first()


@drafting.on_publishing
def remember(draft: Any, item: Item) -> None:
    """It serves the objective it was begun for."""
    objective = served(draft.fields.get(FIELD, ""), draft.person)
    if objective and objective.pk != item.pk and may(draft.person, "item.tag", item):
        Link.tie(item, Type.SUPPORTS, objective, draft.person)
