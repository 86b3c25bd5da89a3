"""Rules as a kind."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from palabre.items.kinds import Kind, register
from palabre.items.models import Item
from palabre.journal.verbs import Verb, did
from palabre.rules.models import Rule

CONCERNED = ("owner", "author", "followers")


def found_by(item: Item) -> str:
    """Why it holds."""
    return item.rule.reason  # type: ignore[attr-defined,no-any-return]


def in_few_words(keys: Sequence[int]) -> dict[int, str]:
    """Whether each holds."""
    return {rule.pk: str(rule.get_standing_display()) for rule in Rule.objects.filter(pk__in=keys)}  # type: ignore[attr-defined]


RULE = register(
    Kind(
        name="rule",
        path="rules",
        label=_("Rule"),
        label_plural=_("Rules"),
        icon="scale",
        template="rules/show.html",
        facet=Rule,
        written=True,
        search_text=found_by,
        beside=in_few_words,
        verbs=(
            Verb("rule_enacted", loud=True, changes_text=True, concerns=CONCERNED, says=did("%(who)s put it in force")),
            Verb("rule_reasoned", changes_text=True),
            Verb("rule_lifted", loud=True, changes_text=True, concerns=CONCERNED, says=did("%(who)s lifted it")),
            Verb(
                "rule_replaced",
                loud=True,
                changes_text=True,
                concerns=CONCERNED,
                says=did("%(who)s put another rule in its place"),
            ),
            Verb(
                "rule_challenged",
                loud=True,
                concerns=CONCERNED,
                says=ngettext_lazy("%(who)s challenges it", "%(who)s challenge it", "n"),
            ),
            Verb(
                "rule_challenge_settled",
                loud=True,
                concerns=("challenger", *CONCERNED),
                says=did("%(who)s answered a challenge"),
            ),
        ),
        order=62,
    )
)
