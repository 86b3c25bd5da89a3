"""What the demo world is asked to have ideas about: a campaign that is open, one that has ended; what reviewers think
of some ideas, who works on one, and one that became two.
"""

from dataclasses import dataclass
from datetime import timedelta

from palabre.authoring.writing import Text, publish_all
from palabre.demo.chapters import Chapter
from palabre.ideas.agenda import today
from palabre.ideas.models import Campaign, Half, Idea, Outcome, Review, Support, Teammate, TeamSpace
from palabre.ideas.models.campaigns import Audience
from palabre.items.models import Item
from palabre.journal.models import Event
from palabre.spaces.models import Space


@dataclass(frozen=True)
class Asked:
    """A campaign, from so many days ago to so many (negative: still to come); `ideas` are titles of what is there."""

    space: str
    by: str
    sponsor: str
    first: int
    last: int
    title: str
    brief: str
    audience: Audience = Audience.EVERYBODY
    criteria: tuple[str, ...] = ()
    ideas: tuple[str, ...] = ()
    outcome: str = ""


@dataclass(frozen=True)
class Proposed:
    """An idea in the open campaign, with those who want it."""

    by: str
    ago: float
    title: str
    text: str
    voices: tuple[str, ...]


WAITING = Asked(
    "maison",
    "marc",
    "lea",
    12,
    -19,
    "Une heure d’attente en moins",
    "Un client attend en moyenne trois heures et douze minutes entre son premier appel et la lumière sur sa box, hors "
    "travaux. Où passe ce temps, et qu’est-ce qui l’enlèverait **sans embaucher** ?\n\n"
    "Nous retenons trois idées au plus, et nous les essayons dès janvier.",
    criteria=("Minutes épargnées", "Coût", "Délai de mise en place"),
)
EVENINGS = Asked(
    "entraide",
    "marc",
    "ousmane",
    112,
    84,
    "Vos journées, nos passages",
    "Quand vous arrange-t-il que nous venions, et comment vous prévenir ?",
    Audience.OUTSIDE,
    ideas=("Des créneaux de raccordement après 17 h",),
    outcome="Deux soirs par semaine sont ouverts partout où une équipe passe. Pour vous prévenir, un message au départ "
    "du technicien est à l’essai à Rufisque.",
)
PROPOSED = (
    Proposed(
        "grace", 10, "Rappeler plutôt que faire patienter",
        "Le client laisse son numéro, garde sa place et raccroche.", ("coumba", "tom", "lea", "idrissa"),
    ),
    Proposed(
        "coumba", 8, "Le plan de la maison avant la visite",
        "Une photo du compteur et du couloir envoyée la veille : on arrive avec la bonne longueur de câble.",
        ("idrissa", "awa"),
    ),
    Proposed("tom", 3, "Un seul formulaire au lieu de trois", "F-17, F-18 et F-21 se répètent.", ("grace",)),
)  # fmt: skip
BENCH, MORNING = "Un banc à l’ombre devant chaque agence", "One morning a month at somebody else’s desk"
OWN = WAITING.criteria
USUAL = ("value", "cost", "risk", "fit")
REVIEWS: tuple[tuple[str, str, tuple[str, ...], tuple[int, ...], str], ...] = (  # of which idea, by whom, what, why
    (PROPOSED[0].title, "ousmane", OWN, (5, 4, 5), "Nous avons déjà la file : il manque le bouton."),
    (PROPOSED[0].title, "idrissa", OWN, (4, 4, 4), ""),
    (PROPOSED[0].title, "nadia", OWN, (5, 3, 4), "À tester d’abord sur le 33."),
    (PROPOSED[1].title, "ousmane", OWN, (3, 5, 4), ""),
    (PROPOSED[1].title, "idrissa", OWN, (5, 5, 3), "Une visite sur cinq revient pour un câble trop court."),
    (PROPOSED[1].title, "nadia", OWN, (3, 4, 4), ""),
    (PROPOSED[2].title, "ousmane", OWN, (2, 3, 1), "Les trois vont à trois ministères."),
    (PROPOSED[2].title, "idrissa", OWN, (1, 2, 2), ""),
    (
        "Un banc à l’ombre devant chaque agence",
        "lea",
        USUAL,
        (5, 2, 4, 5),
        "Trois cent mille francs l’agence, pas moins.",
    ),
    (
        "Un banc à l’ombre devant chaque agence",
        "idrissa",
        USUAL,
        (4, 5, 3, 4),
        "Deux planches et une toile : presque rien.",
    ),
    (BENCH, "nadia", USUAL, (4, 3, 4, 5), ""),
    (MORNING, "lea", USUAL, (3, 4, 4, 4), ""),
    (MORNING, "nadia", USUAL, (4, 4, 3, 4), "À commencer par la direction."),
)
AWAITED = ((PROPOSED[1].title, "binta"),)
TEAM = (BENCH, ("coumba", "grace", "tom"))
ROOM = (
    "L’équipe du banc",
    "Pour qui travaille à l’idée du banc ; il finit avec elle.",
    "coumba",
    "Mesures prises devant quatre agences",
    "Le trottoir fait 2,40 m à Thiès et 1,80 m à Rufisque : **un banc de 45 cm passe partout**, même avec une "
    "poussette. L’ombre est là de onze heures à seize heures si l’on pose la toile côté rue.\n\n"
    "Il reste à demander à la mairie de Saint-Louis.",
)
WHOLE = (
    "Des armoires qu’on trouve et qu’on ouvre de nuit",
    "La nuit on cherche la serrure à la lampe, puis la clé au fond du camion.",
    Half("Une lampe qui s’allume quand on ouvre l’armoire", "La nuit on cherche la serrure à la lampe frontale."),
    Half("Un code au lieu d’une clé sur les armoires", "La clé est toujours au fond de l’autre camion."),
    "Ce sont deux achats et deux budgets : chacune se décide pour elle-même.",
)


class Campaigning(Chapter):
    """Opens the campaigns, and gathers their ideas."""

    def tell(self) -> None:
        campaign = self._ask(WAITING)
        for proposed in PROPOSED:
            self._propose(proposed, campaign)
        self._ask(EVENINGS)
        self._weigh()
        self._gather()
        self._split()

    def _ask(self, asked: Asked) -> Item:
        by, start = self.people[asked.by], self.when(asked.first + 2, asked.title)
        text = Text("campaign", self.spaces[asked.space], by, asked.title, asked.brief, at=start)
        [item] = publish_all([text], by)
        Event.objects.filter(item=item.pk).update(at=start)
        campaign: Campaign = item.campaign  # type: ignore[attr-defined]
        campaign.item = item
        first, last = (today() - timedelta(days=days) for days in (asked.first, asked.last))
        sponsor = self.people[asked.sponsor]
        campaign.plan(first, last, asked.audience, asked.criteria, sponsor, by)
        if campaign.opened_at:
            Campaign.objects.filter(pk=item.pk).update(opened_at=self.when(asked.first, asked.title))
        self._date(item, asked.first, "owner_named", "campaign_planned", "campaign_opened")
        Idea.objects.filter(item__title__in=asked.ideas, item__space=item.space).update(campaign=item)
        if asked.outcome:
            campaign.conclude(asked.outcome, sponsor)
            said = self.when(asked.last - 3, asked.title)
            Campaign.objects.filter(pk=item.pk).update(ended_at=said)
            Outcome.objects.filter(campaign=item.pk).update(at=said)
            self._date(item, asked.last - 3, "campaign_concluded")
        return item

    def _propose(self, proposed: Proposed, campaign: Item) -> None:
        by, at = self.people[proposed.by], self.when(proposed.ago, proposed.title)
        text = Text("idea", campaign.space, by, proposed.title, proposed.text, at=at, facet={"campaign": campaign})
        [item] = publish_all([text], by)
        for number, key in enumerate(proposed.voices):
            voiced = self.when(proposed.ago * (0.9 - number / 10), key)
            Support.objects.create(item=item, person=self.people[key], at=voiced)
        Event.objects.filter(item=item.pk).update(at=at)

    def _weigh(self) -> None:
        for title, key, criteria, marks, words in REVIEWS:
            idea, person = _idea(title), self.people[key]
            asked, given = self.when(2.8, title), self.when(1.5, key)
            review = Review.objects.create(idea=idea, person=person, asked_by=self.people["marc"], asked_at=asked)
            review.give(dict(zip(criteria, marks, strict=True)), words)
            Review.objects.filter(pk=review.pk).update(given_at=given)
            self._date(idea.item, 1.5, "review_given")
        for title, key in AWAITED:
            Review.ask(_idea(title), [self.people[key].pk], self.people["marc"])

    def _gather(self) -> None:
        """A team, the space that a steward gave it, and what it keeps there."""
        title, team = TEAM
        item = _idea(title).item
        for key in team:
            Teammate.join(item, self.people[key])
        Teammate.objects.update(at=self.when(3, title))
        name, purpose, by, post, text = ROOM
        room = TeamSpace.give(item, name, purpose, self.people["marc"])
        assert room is not None
        at = self.when(2.6, name)
        TeamSpace.objects.filter(pk=room.pk).update(at=at)
        Space.objects.filter(pk=room.space_id).update(created_at=at)
        room.space.memberships.update(since=at)
        Event.objects.filter(space=room.space_id).update(at=at)
        [kept] = publish_all([Text("post", room.space, self.people[by], post, text, at=self.when(1.2, post))], None)
        Event.objects.filter(item=kept.pk).update(at=self.when(1.2, post))
        self._date(item, 3, "team_joined")
        self._date(item, 2.6, "team_settled")

    def _split(self) -> None:
        title, text, first, second, words = WHOLE
        by, at = self.people["coumba"], self.when(30, title)
        [item] = publish_all([Text("idea", self.spaces["reseau"], by, title, text, at=at)], by)
        for key in ("awa", "marc"):
            Support.objects.create(item=item, person=self.people[key], at=self.when(28, key))
        Event.objects.filter(item=item.pk).update(at=at)
        halves = _idea(title).split_into(first, second, words, self.people["idrissa"])
        at = self.when(6, title)
        Idea.objects.filter(pk=item.pk).update(split_at=at)
        Item.objects.filter(pk__in=[half.pk for half in halves]).update(created_at=at, published_at=at, updated_at=at)
        Event.objects.filter(item__in=[half.pk for half in halves]).update(at=at)
        self._date(item, 6, "idea_split", "linked")

    def _date(self, item: Item, ago: float, *verbs: str) -> None:
        Event.objects.filter(item=item.pk, verb__in=verbs).update(at=self.when(ago, item.title))


def _idea(title: str) -> Idea:
    return Idea.objects.select_related("item__space").get(item__title=title)
