"""Decisions as a kind."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from palabre.decisions.brevity import in_few_words
from palabre.decisions.models import Argument, Decision
from palabre.items.kinds import Kind, register
from palabre.items.models import Item
from palabre.journal.verbs import Verb, did

ALL = ("elector", "author", "followers")


def _words(item: Item) -> str:
    facet: Any = item.facet
    return "\n".join([*(option["title"] for option in facet.options), facet.statement]) if facet else ""


DECISION = register(
    Kind(
        name="decision",
        path="decisions",
        label=_("Decision"),
        label_plural=_("Decisions"),
        icon="vote",
        template="decisions/show.html",
        facet=Decision,
        written=True,
        search_text=_words,
        beside=in_few_words,
        verbs=(
            Verb("decision_prepared", changes_text=True),
            Verb("decision_opened", loud=True, changes_text=True, concerns=ALL, says=did("%(who)s opened the vote")),
            Verb("ballot_cast"),
            Verb(
                "voice_lent",
                loud=True,
                concerns=("person",),
                says=did("%(who)s lends you their voice"),
            ),
            Verb(
                "argument_given",
                loud=True,
                concerns=("mentioned", "author", "followers"),
                says=ngettext_lazy("%(who)s gave a reason", "%(who)s gave reasons", "n"),
            ),
            Verb(
                "objection_lifted",
                loud=True,
                concerns=("author", "followers"),
                says=did("%(who)s says that their objection is resolved"),
            ),
            Verb(
                "voice_returned",
                loud=True,
                concerns=("person",),
                says=did("%(who)s speaks for themselves again"),
            ),
            Verb(
                "voice_lapsed",
                loud=True,
                concerns=("person",),
                says=did("The last day on which you carry the voice of %(who)s is over"),
            ),
            Verb(
                "voice_came_back",
                loud=True,
                concerns=("person",),
                says=did("Your voice is yours again: the last day on which %(who)s carries it is over"),
            ),
            Verb("decision_ends_soon", loud=True, concerns=("unheard",), says=_("The vote closes in a day")),
            Verb(
                "decision_changed",
                loud=True,
                concerns=("unconfirmed",),
                says=did("%(who)s changed what is proposed: confirm your vote"),
            ),
            Verb("decision_extended", loud=True, concerns=ALL, says=did("%(who)s gave the vote more time")),
            Verb(
                "decision_closed",
                loud=True,
                changes_text=True,
                concerns=ALL,
                says=_("The vote is closed, and the result is there"),
            ),
            Verb(
                "decision_ended",
                loud=True,
                changes_text=True,
                concerns=ALL,
                says=did("%(who)s closed the vote before its hour"),
            ),
            Verb(
                "decision_cancelled", loud=True, changes_text=True, concerns=ALL, says=did("%(who)s cancelled the vote")
            ),
            Verb(
                "decision_stated", loud=True, changes_text=True, concerns=ALL, says=did("%(who)s said what was decided")
            ),
            Verb(
                "decision_left", concerns=ALL, says=did("%(who)s leaves it at that: nothing more is said of the result")
            ),
            Verb("decision_review_set"),
            Verb("decision_reviewed"),
            Verb(
                "decision_review_due",
                loud=True,
                concerns=("owner", "author"),
                says=_("It is time to look at this decision again"),
            ),
        ),
        dated=True,
        order=17,
    )
)
ARGUMENT = register(
    Kind(
        name="argument",
        path="arguments",
        label=_("Argument"),
        label_plural=_("Arguments"),
        icon="message-circle",
        template="decisions/argument.html",
        facet=Argument,
        within="decision",
        search_text=lambda item: getattr(item.facet, "answer", ""),
        verbs=(
            Verb(
                "argument_answered",
                loud=True,
                changes_text=True,
                concerns=("author", "followers"),
                says=did("%(who)s answered an argument"),
            ),
        ),
        dated=True,
        order=18,
        start="/decisions/",
    )
)
