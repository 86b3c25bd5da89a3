"""What holds in the company of the demo world: rules in every state, who challenged them, and how that ended."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.utils.timezone import localdate

from palabre.authoring.models import Trust
from palabre.authoring.writing import Text, publish_all
from palabre.demo.chapters import Chapter
from palabre.items.models import Item
from palabre.journal.models import Event
from palabre.links.models import Link, Type
from palabre.rules.models import REPLACES, Outcome, Rule


@dataclass(frozen=True)
class Challenged:
    """A challenge so many days ago; answered so many days later if `outcome` says how."""

    by: str
    ago: float
    title: str
    words: str
    outcome: Outcome | None = None
    after: float = 0
    answer: str = ""


@dataclass(frozen=True)
class Ruled:
    """A rule, written so many days ago, in force since `since` if it has a `reason`, for which `owner` answers until
    they look at it again in so many days; it takes the place of the one called `replaces`."""

    space: str
    by: str
    ago: float
    title: str
    text: str
    reason: str = ""
    owner: str = ""
    since: float = 0
    review: int = 120
    lifted: float = 0
    replaces: str = ""
    challenges: tuple[Challenged, ...] = ()


RULED = (
    Ruled(
        "maison",
        "nadia",
        420,
        "Deux signatures dès 50 000 francs",
        "Toute dépense de 50 000 francs ou plus porte la signature du responsable et celle de la direction.",
        "En 2023, trois factures ont été payées deux fois sans que personne ne s’en aperçoive.",
        "nadia",
        415,
        challenges=(
            Challenged(
                "ousmane",
                96,
                "Laisser l’équipe du soir acheter un chargeur",
                "À 20 h la direction est partie, et un standard sans casque ferme. Le seuil date d’avant la hausse des "
                "prix.",
                Outcome.REPLACED,
                23,
            ),
        ),
    ),
    Ruled(
        "maison",
        "nadia",
        78,
        "Deux signatures dès 150 000 francs",
        "Au-dessous, la signature du responsable suffit ; la comptabilité envoie chaque lundi la liste de ce qui a été "
        "payé.",
        "Le premier seuil bloquait les achats du soir, et aucun double paiement n’était inférieur à 180 000 francs.",
        "nadia",
        73,
        review=200,
        replaces="Deux signatures dès 50 000 francs",
    ),
    Ruled(
        "maison",
        "marc",
        150,
        "Aucune réunion le mercredi",
        "Ni à distance, ni à deux. Les incidents majeurs font exception.",
        "Six semaines d’essai : les demandes restées plus de trois jours sans réponse ont baissé de moitié.",
        "marc",
        148,
        review=40,
        challenges=(
            Challenged(
                "grace",
                9,
                "Let the two agencies meet on Wednesdays",
                "Wednesday is the only day on which both agencies are open at the same hours. We now meet over lunch, "
                "which is worse.",
            ),
            Challenged(
                "binta",
                110,
                "Count a call with a supplier as work",
                "Visited networks choose the hour, and they like Wednesdays.",
                Outcome.KEPT,
                6,
                "Un appel avec un fournisseur n’est pas une réunion : la règle ne l’a jamais interdit. Je l’écris "
                "dans le texte.",
            ),
        ),
    ),
    Ruled(
        "entraide",
        "marc",
        130,
        "Qui a posé une question dit si la réponse a servi",
        "Une semaine après la dernière réponse, un mot suffit : accepter la réponse, ou dire ce qui manque.",
        "Sans ce mot, le suivant qui lit la page ne sait pas s’il peut s’y fier.",
        "ousmane",
        128,
        review=15,
        challenges=(
            Challenged(
                "ramata",
                4,
                "Compter la semaine à partir du passage du technicien",
                "Quand la réponse dit d’attendre une visite, je ne peux rien dire avant qu’elle ait eu lieu.",
            ),
        ),
    ),
    Ruled(
        "service-client",
        "grace",
        210,
        "Nobody asks a customer for the same paper twice",
        "What was shown once is noted in the file, with the day. The next colleague reads it there.",
        "A third of the complaints of last winter were about papers we had already seen.",
        "grace",
        205,
        review=5,
    ),
    Ruled(
        "reseau",
        "idrissa",
        500,
        "Chaque intervention se note aussi sur papier",
        "Le carnet de l’armoire porte la date, le nom et ce qui a été touché.",
        "Le téléphone ne passait pas dans la moitié des sous-sols.",
        "idrissa",
        495,
        lifted=52,
        challenges=(
            Challenged(
                "coumba",
                61,
                "Le carnet de l’armoire est toujours mouillé",
                "Depuis que l’application garde tout hors ligne, on recopie deux fois, et l’encre coule.",
                Outcome.LIFTED,
                9,
            ),
        ),
    ),
    Ruled(
        "produit",
        "binta",
        6,
        "A price change is announced a month ahead",
        "By message to every line concerned, with the old price, the new one and the day.",
    ),
)  # fmt: skip


class Ruling(Chapter):
    """Sets the rules, and has some challenged."""

    def tell(self) -> None:
        told: dict[str, Item] = {}
        for ruled in RULED:
            told[ruled.title] = self._tell(ruled, told.get(ruled.replaces))

    def _tell(self, ruled: Ruled, former: Item | None) -> Item:
        at, by = self.when(ruled.ago, ruled.title), self.people[ruled.by]
        extras = {REPLACES: former.pk} if former else {}
        text = Text("rule", self.spaces[ruled.space], by, ruled.title, ruled.text, at=at, fields={"extras": extras})
        item = publish_all([text], by)[0]
        Event.objects.filter(item=item.pk).update(at=at)
        if ruled.reason:
            self._hold(item, ruled, former)
        return item

    def _hold(self, item: Item, ruled: Ruled, former: Item | None) -> None:
        rule, by = Rule.objects.select_related("item__space").get(pk=item.pk), self.people[ruled.by]
        began = Event.objects.order_by("-pk").values_list("pk", flat=True)[0]
        since = self.when(ruled.since, ruled.title)
        rule.hold(ruled.reason, self.people[ruled.owner], localdate() + timedelta(days=ruled.review), by)
        keys = [item.pk, former.pk] if former else [item.pk]
        Event.objects.filter(pk__gt=began).update(at=since)
        Rule.objects.filter(pk__in=keys).update(since=since)
        Trust.objects.filter(item=item).update(verified_at=since)
        Link.objects.filter(Q(source=item, target=former) | Q(target=item, type=Type.LED_TO)).update(at=since)
        for challenged in ruled.challenges:
            self._challenge(rule, ruled, challenged)
        if ruled.lifted:
            at = self.when(ruled.lifted, ruled.title)
            rule.lift(by)
            Rule.objects.filter(pk=rule.pk).update(since=at)
            Event.objects.filter(item=item.pk, verb="rule_lifted").update(at=at)

    def _challenge(self, rule: Rule, ruled: Ruled, told: Challenged) -> None:
        at = self.when(told.ago, told.title)
        began = Event.objects.order_by("-pk").values_list("pk", flat=True)[0]
        challenge = rule.challenge(told.title, told.words, self.people[told.by], at=at)
        Event.objects.filter(pk__gt=began).update(at=at)
        Link.objects.filter(source=challenge.idea, target=rule.item).update(at=at)
        if told.outcome:
            end = at + timedelta(days=told.after)
            challenge.settle(told.outcome, told.answer, self.people[ruled.owner], at=end)
            Event.objects.filter(item=rule.pk, particulars__challenge=challenge.pk, verb__endswith="settled").update(
                at=end
            )
