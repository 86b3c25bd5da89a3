"""Objectives as a kind."""

from collections.abc import Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from palabre.items.kinds import Kind, register
from palabre.items.models import Item
from palabre.journal.verbs import Verb, did
from palabre.objectives import progress
from palabre.objectives.models import Objective

CONCERNED = ("owner", "author", "followers")


def found_by(item: Item) -> str:
    """What is measured, and what came of it."""
    facet: Objective = item.objective  # type: ignore[attr-defined]
    return "\n".join(filter(None, (facet.measure, facet.outcome)))


def in_few_words(keys: Sequence[int]) -> dict[int, str]:
    """How far each is: its last value, of its target."""
    found = {}
    for facet in Objective.objects.filter(pk__in=keys).annotate(latest=progress.latest()):
        words = str(facet.get_standing_display())  # type: ignore[attr-defined]
        if facet.latest is not None and facet.target is not None:  # type: ignore[attr-defined]
            told = {"value": progress.said(facet.latest), "target": progress.said(facet.target), "unit": facet.unit}  # type: ignore[attr-defined]
            words += ", " + (gettext("%(value)s of %(target)s %(unit)s") % told).strip()
        found[facet.pk] = words
    return found


OBJECTIVE = register(
    Kind(
        name="objective",
        path="objectives",
        label=_("Objective"),
        label_plural=_("Objectives"),
        icon="flag",
        template="objectives/show.html",
        facet=Objective,
        written=True,
        search_text=found_by,
        beside=in_few_words,
        verbs=(
            Verb(
                "objective_aimed", changes_text=True, concerns=CONCERNED, says=did("%(who)s said what is to be reached")
            ),
            Verb("objective_seen", concerns=CONCERNED, says=did("%(who)s noted how far it is")),
            Verb(
                "objective_ended",
                loud=True,
                changes_text=True,
                concerns=CONCERNED,
                says=did("%(who)s said what came of it"),
            ),
        ),
        order=64,
    )
)
