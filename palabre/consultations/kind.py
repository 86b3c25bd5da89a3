"""Consultations as a kind."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from palabre.consultations.models import Consultation
from palabre.consultations.questions import titles
from palabre.items.kinds import Kind, register
from palabre.items.models import Item
from palabre.journal.verbs import Verb, did


def _words(item: Item) -> str:
    facet: Any = item.facet
    return "\n".join([*titles(facet.questions), facet.statement]) if facet else ""


def in_few_words(keys: Sequence[int]) -> dict[int, str]:
    """How each stands, and how many answered."""
    said = ngettext_lazy("%(stands)s, %(number)d answer", "%(stands)s, %(number)d answers", "number")
    return {
        each.pk: str(said % {"stands": each.get_stage_display(), "number": each.sent})  # type: ignore[attr-defined]
        for each in Consultation.objects.filter(pk__in=keys).only("stage", "sent")
    }


CONSULTATION = register(
    Kind(
        name="consultation",
        path="consultations",
        label=_("Consultation"),
        label_plural=_("Consultations"),
        icon="target",
        template="consultations/show.html",
        facet=Consultation,
        written=True,
        search_text=_words,
        beside=in_few_words,
        verbs=(
            Verb("consultation_prepared", changes_text=True),
            Verb(
                "consultation_opened",
                loud=True,
                changes_text=True,
                concerns=("author", "followers"),
                says=did("%(who)s opened the consultation"),
            ),
            Verb(
                "consultation_asked",
                loud=True,
                concerns=("consulted",),
                says=did("%(who)s would like to hear what you think"),
            ),
            Verb("consultation_links_made"),
            Verb("consultation_invited"),
            Verb("consultation_placed"),
            Verb(
                "consultation_extended",
                changes_text=True,
                concerns=("author", "followers"),
                says=did("%(who)s gives more time to answer"),
            ),
            Verb(
                "consultation_closed",
                loud=True,
                changes_text=True,
                concerns=("author", "followers"),
                says=_("The consultation is closed"),
            ),
            Verb(
                "consultation_ended",
                loud=True,
                changes_text=True,
                concerns=("author", "followers"),
                says=did("%(who)s closed the consultation before its hour"),
            ),
            Verb(
                "consultation_returned",
                loud=True,
                changes_text=True,
                concerns=("heard", "consulted", "author", "followers"),
                says=did("%(who)s said what was heard, and what will be done"),
            ),
            Verb(
                "consultation_left",
                concerns=("heard", "author", "followers"),
                says=did("%(who)s leaves it at that: the results are not returned"),
            ),
            Verb("statement_added"),
        ),
        dated=True,
        order=18,
    )
)
