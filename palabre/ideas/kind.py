"""Ideas, and the campaigns that ask for them, as kinds."""

from collections.abc import Sequence

from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from palabre.ideas.models import Campaign, Idea, Standing
from palabre.items.kinds import Kind, register
from palabre.items.models import Item
from palabre.journal.verbs import Verb, did
from palabre.kit.times import day_and_month

ALL = ("carrier", "teammate", "reviewer", "proxy", "supporter", "said", "commenter", "author", "followers")
OF_CAMPAIGN = ("owner", "proposer", "author", "followers")


def found_by(item: Item) -> str:
    """What was answered, and what it brings and brought."""
    idea: Idea = item.idea  # type: ignore[attr-defined]
    return "\n".join(filter(None, (idea.answer, idea.expected, idea.observed)))


def in_few_words(keys: Sequence[int]) -> dict[int, str]:
    """How far each has come, and how many voices it has; of one that was merged, that it goes on in another."""
    rows = Idea.objects.filter(pk__in=keys).annotate(number=Count("item__idea_supports"))
    said = ngettext_lazy("%(stands)s, %(number)d voice", "%(stands)s, %(number)d voices", "number")
    return {
        idea.pk: str(_("goes on in another idea, with its voices"))
        if idea.same_as_id
        else said % {"stands": idea.get_meaning_display(), "number": idea.number}  # type: ignore[attr-defined]
        for idea in rows
    }


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
                "idea_placed",
                concerns=("carrier", "teammate", "reviewer", "author", "followers"),
                says=did("%(who)s moved it into or out of a campaign"),
            ),
            Verb(
                "idea_merged",
                loud=True,
                changes_text=True,
                joins=True,
                concerns=("teammate", "carrier", "supporter", "proxy", "author", "followers"),
                says=did("%(who)s brought it together with another idea"),
            ),
            Verb(
                "idea_grew",
                changes_text=True,
                concerns=("author", "followers"),
                says=did("%(who)s brought another idea together with it"),
            ),
            Verb("idea_parted", changes_text=True, joins=True),
            Verb(
                "idea_split",
                loud=True,
                changes_text=True,
                concerns=ALL,
                says=did("%(who)s split it into two ideas"),
            ),
            Verb("idea_split_off"),
            Verb("idea_rejoined", changes_text=True, concerns=ALL, says=did("%(who)s made it one idea again")),
            Verb(
                "review_asked",
                loud=True,
                concerns=("reviewing",),
                says=did("%(who)s asks for a review of it"),
            ),
            Verb("review_given", concerns=("review_asker", "carrier"), says=did("%(who)s reviewed it")),
            Verb("review_changed"),
            Verb(
                "review_declined",
                loud=True,
                concerns=("review_asker",),
                says=did("%(who)s cannot review it: ask somebody else"),
            ),
            Verb("team_joined", concerns=("carrier", "author"), says=did("%(who)s works on it with you")),
            Verb("team_left"),
            Verb(
                "team_settled",
                loud=True,
                concerns=("teammate", "carrier"),
                says=did("%(who)s gave its team a space"),
            ),
        ),
        dated=True,
        order=14,
    )
)


def brief_of(item: Item) -> str:
    """What came of it; its brief is its text."""
    campaign: Campaign = item.campaign  # type: ignore[attr-defined]
    return campaign.outcome


def campaigns_in_few_words(keys: Sequence[int]) -> dict[int, str]:
    """Until when each is open, or how it stands otherwise, and how many ideas it has."""
    rows = Campaign.objects.filter(pk__in=keys).annotate(number=Count("item__campaign_ideas"))
    told = ngettext_lazy("%(stands)s, %(number)d idea", "%(stands)s, %(number)d ideas", "number")
    until = pgettext_lazy("a campaign", "Open until %(day)s")
    found = {}
    for each in rows:
        last = each.closes_on if each.standing == Standing.OPEN else None
        stands = until % {"day": day_and_month(last)} if last else each.standing.label
        found[each.pk] = told % {"stands": stands, "number": each.number}  # type: ignore[attr-defined]
    return found


CAMPAIGN = register(
    Kind(
        name="campaign",
        path="campaigns",
        label=_("Campaign"),
        label_plural=_("Campaigns"),
        icon="megaphone",
        template="ideas/campaign.html",
        facet=Campaign,
        written=True,
        search_text=brief_of,
        beside=campaigns_in_few_words,
        verbs=(
            Verb("campaign_planned"),
            Verb(
                "campaign_opened",
                loud=True,
                concerns=("owner", "author", "followers"),
                says=_("It takes ideas now"),
            ),
            Verb("campaign_ended", loud=True, concerns=OF_CAMPAIGN, says=_("Its last day is over")),
            Verb(
                "campaign_concluded",
                loud=True,
                changes_text=True,
                concerns=OF_CAMPAIGN,
                says=did("%(who)s said what came of it"),
            ),
            Verb(
                "campaign_left",
                concerns=OF_CAMPAIGN,
                says=did("%(who)s leaves it at that: nobody says what came of it"),
            ),
        ),
        dated=True,
        order=58,
    )
)
