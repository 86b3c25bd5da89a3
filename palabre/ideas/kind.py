"""Ideas as a kind."""

from collections.abc import Sequence

from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from palabre.ideas.models import Idea
from palabre.items.kinds import Kind, register
from palabre.items.models import Item
from palabre.journal.verbs import Verb, did

ALL = ("carrier", "proxy", "supporter", "said", "commenter", "author", "followers")


def found_by(item: Item) -> str:
    """What was answered, and what it brings and brought."""
    idea: Idea = item.idea  # type: ignore[attr-defined]
    return "\n".join(filter(None, (idea.answer, idea.expected, idea.observed)))


def in_few_words(keys: Sequence[int]) -> dict[int, str]:
    """How far each has come, and how many voices it has; one that was merged is archived, which says enough."""
    rows = Idea.objects.filter(pk__in=keys, same_as=None).annotate(number=Count("item__idea_supports"))
    said = ngettext_lazy("%(stands)s, %(number)d voice", "%(stands)s, %(number)d voices", "number")
    return {idea.pk: said % {"stands": idea.get_meaning_display(), "number": idea.number} for idea in rows}  # type: ignore[attr-defined]


IDEA = register(
    Kind(
        name="idea",
        path="ideas",
        label=_("Idea"),
        label_plural=_("Ideas"),
        icon="lightbulb",
        template="ideas/show.html",
        facet=Idea,
        written=True,
        search_text=found_by,
        beside=in_few_words,
        verbs=(
            Verb(
                "idea_supported",
                concerns=("author",),
                says=ngettext_lazy("%(who)s supports it", "%(who)s support it", "n"),
            ),
            Verb(
                "idea_voiced",
                loud=True,
                concerns=("voiced", "author"),
                says=ngettext_lazy("%(who)s brought a voice for it", "%(who)s brought voices for it", "n"),
            ),
            Verb("voice_taken_back"),
            Verb("idea_moved", loud=True, concerns=ALL, says=did("%(who)s moved it to another stage")),
            Verb("idea_answered", loud=True, changes_text=True, concerns=ALL, says=did("%(who)s answered officially")),
            Verb("idea_unanswered", changes_text=True),
            Verb(
                "idea_handed",
                loud=True,
                concerns=("carrying", "author", "followers"),
                says=did("%(who)s said who carries it"),
            ),
            Verb("idea_laid_down"),
            Verb("effect_expected", changes_text=True),
            Verb(
                "effect_observed", loud=True, changes_text=True, concerns=ALL, says=did("%(who)s told what it brought")
            ),
            Verb("effect_forgotten", changes_text=True),
            Verb("stages_shaped"),
            Verb(
                "idea_merged",
                loud=True,
                changes_text=True,
                joins=True,
                concerns=("supporter", "proxy", "author", "followers"),
                says=did("%(who)s brought it together with another idea"),
            ),
            Verb(
                "idea_grew",
                changes_text=True,
                concerns=("author", "followers"),
                says=did("%(who)s brought another idea together with it"),
            ),
            Verb("idea_parted", changes_text=True, joins=True),
        ),
        dated=True,
        order=14,
    )
)
