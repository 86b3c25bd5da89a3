"""What the company of the demo world offers: products and services in every state, and what is said about each."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from palabre.authoring.writing import Text, publish_all
from palabre.demo.chapters import Chapter
from palabre.items.models import Item
from palabre.journal.models import Event
from palabre.links.models import Link, Type
from palabre.offers.models import Offer, Standing
from palabre.tags.models import Tagging


@dataclass(frozen=True)
class Offered:
    """An offer, written so many days ago, standing so since `since`; `about` are titles of what is about it."""

    space: str
    by: str
    ago: float
    title: str
    text: str
    standing: Standing
    since: float
    owner: str = ""
    tags: tuple[str, ...] = ()
    about: tuple[str, ...] = ()


OFFERED = (
    Offered(
        "le-fil",
        "lea",
        240,
        "Fibre à la maison",
        "Trois cents mégabits, la box et le raccordement compris. Une équipe passe dans les dix jours ouvrés ; passé "
        "ce délai, le premier mois est offert.\n\n## Ce qui n’est pas compris\n\nLa tranchée dans une cour privée : le "
        "syndic ou le propriétaire s’en charge, et nous disons avant combien elle coûte.",
        Standing.OFFERED,
        230,
        "lea",
        ("fibre", "raccordement"),
        (
            "Des créneaux de raccordement après 17 h",
            "Un SMS quand le technicien part",
            "Rembourser chaque heure de coupure",
            "Faut-il rester à la maison le jour du raccordement ?",
            "Peindre le numéro de l’armoire sur le trottoir",
            "Grille tarifaire de la fibre",
            "Le juste prix : la box fibre",
            "Nous recommanderiez-vous ?",
            "Qu’attendez-vous de nous le week-end ?",
            "Montrez-nous où dort votre box",
            "Garder l’offre de base de la fibre sous vingt mille francs",
        ),
    ),
    Offered(
        "le-fil",
        "grace",
        190,
        "Roaming without a bill at the end",
        "A cap in money, chosen by the owner of the line, and a message at half of it. Past the cap the line keeps "
        "calls and texts and loses data, never the other way round.",
        Standing.OFFERED,
        150,
        "grace",
        ("roaming",),
        ("Which words do we use for a cap on roaming data?", "Roaming cap, how it works",
         "Was it easy to take your line abroad?"),
    ),
    Offered(
        "produit",
        "binta",
        16,
        "A guaranteed lane for clinics",
        "Ten megabits that nothing else may take, measured at the clinic and published each month. We look for three "
        "clinics to try it before anybody names a price.",
        Standing.PREPARING,
        16,
        "",
        ("fibre",),
        ("A guaranteed rate for telemedicine",),
    ),
    Offered(
        "le-fil",
        "marc",
        400,
        "Internet par la ligne de cuivre",
        "Jusqu’à vingt mégabits par le fil du téléphone. Aucune ligne nouvelle n’est ouverte ; celles qui restent sont "
        "entretenues jusqu’à ce que la fibre passe devant la porte.",
        Standing.WITHDRAWN,
        66,
        "nadia",
        ("adsl",),
        ("Éteindre le cuivre sans laisser personne au bord",),
    ),
)  # fmt: skip


class Offering(Chapter):
    """Describes the offers, and ties to them what is about them."""

    def tell(self) -> None:
        for each in OFFERED:
            self._tell(each)

    def _tell(self, offered: Offered) -> None:
        at, since = self.when(offered.ago, offered.title), self.when(offered.since, offered.title)
        by = self.people[offered.by]
        text = Text(
            "offer", self.spaces[offered.space], by, offered.title, offered.text, tags=offered.tags, at=at,
            fields={"owner": self.people[offered.owner] if offered.owner else None},
        )  # fmt: skip
        item = publish_all([text], by)[0]
        Tagging.objects.filter(item=item).update(at=at)
        Event.objects.filter(item=item.pk).update(at=at)
        if offered.standing != Standing.PREPARING:
            Offer.objects.select_related("item").get(pk=item.pk).stand(offered.standing, by)
        Offer.objects.filter(pk=item.pk).update(since=since)
        Event.objects.filter(item=item.pk, verb__startswith="offer_").update(at=since)
        for source in Item.objects.filter(title__in=offered.about).exclude(kind="answer").order_by("pk"):
            self._say(source, item, max(at, source.created_at), by)

    def _say(self, source: Item, offer: Item, at: datetime, by: Any) -> None:
        link = Link.tie(source, Type.ABOUT, offer, by)
        Link.objects.filter(pk=link.pk).update(at=at)
        told = Event.objects.filter(item__in=(source.pk, offer.pk), verb__in=("linked", "linked_from"))
        told.filter(particulars__type=Type.ABOUT, at__gt=at).update(at=at)
