"""Commitments as a kind."""

from collections.abc import Sequence

from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from palabre.commitments.models import Commitment
from palabre.items.kinds import Kind, register
from palabre.items.models import Item
from palabre.journal.verbs import Verb, did
from palabre.kit.times import day_and_month

FEW = 140  # characters of what came of it
ALL = ("committed", "hoping", "author", "followers")


def result_of(item: Item) -> str:
    """What came of it."""
    commitment: Commitment = item.commitment  # type: ignore[attr-defined]
    return commitment.result


def in_few_words(keys: Sequence[int]) -> dict[int, str]:
    """How each stands: of an open one, by when; of a settled one, what came of it."""
    still, late, over = _("%(stands)s, until %(day)s"), _("Late since %(day)s"), _("%(stands)s: %(words)s")
    said = {}
    for each in Commitment.objects.filter(pk__in=keys):
        told = {"stands": each.get_state_display(), "day": day_and_month(each.due)}  # type: ignore[attr-defined]
        told["words"] = Truncator(" ".join(each.result.split())).chars(FEW)
        said[each.pk] = str((late if each.is_late else still if each.is_open else over) % told)
    return said


COMMITMENT = register(
    Kind(
        name="commitment",
        path="commitments",
        label=_("Commitment"),
        label_plural=_("Commitments"),
        icon="user-check",
        template="commitments/show.html",
        facet=Commitment,
        search_text=result_of,
        beside=in_few_words,
        needs="commitment.make",
        verbs=(
            Verb(
                "commitment_handed",
                loud=True,
                concerns=("committing", "author", "followers"),
                says=did("%(who)s named who carries it"),
            ),
            Verb("commitment_due_soon", loud=True, concerns=("committed",), says=_("Its day is near")),
            Verb(
                "commitment_overdue",
                loud=True,
                concerns=("committed", "author"),
                says=_("Its day is over: say what came of it"),
            ),
            Verb(
                "commitment_kept", loud=True, changes_text=True, concerns=ALL, says=did("%(who)s said that it was kept")
            ),
            Verb(
                "commitment_broken",
                loud=True,
                changes_text=True,
                concerns=ALL,
                says=did("%(who)s said that it was not kept"),
            ),
            Verb("commitment_dropped", loud=True, changes_text=True, concerns=ALL, says=did("%(who)s gave it up")),
            Verb(
                "commitment_opened_again",
                loud=True,
                changes_text=True,
                concerns=ALL,
                says=did("%(who)s opened it again"),
            ),
            Verb("commitment_postponed", loud=True, concerns=ALL, says=did("%(who)s gave it another day")),
        ),
        dated=True,
        order=19,
        start="/commitments/new/",
    )
)
