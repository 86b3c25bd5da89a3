"""What the company of the demo world wants to reach: objectives in every state, their values, and what serves them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate

from palabre.authoring.writing import Text, publish_all
from palabre.demo.chapters import Chapter
from palabre.items.models import Item
from palabre.journal.models import Event
from palabre.links.models import Link, Type
from palabre.objectives.models import Objective, Reading, Standing


@dataclass(frozen=True)
class Aimed:
    """An objective, written so many days ago; `target` is due in so many days, `values` are pairs of days ago and a
    value; `served` are titles of what serves it."""

    space: str
    by: str
    ago: float
    title: str
    text: str
    measure: str = ""
    unit: str = ""
    target: str = "0"
    due: int = 0
    owner: str = ""
    values: tuple[tuple[int, str, str], ...] = ()
    served: tuple[str, ...] = ()
    end: tuple[Standing, float, str] | None = None


AIMED = (
    Aimed(
        "entraide",
        "marc",
        170,
        "Raccorder en dix jours ouvrés",
        "De l’appel à la lumière dans la box, pour neuf clients sur dix. Nous publions le chiffre chaque mois, bon ou "
        "mauvais.",
        "Jours ouvrés de l’appel à la lumière, pour neuf clients sur dix",
        "jours",
        "10",
        75,
        "ousmane",
        (
            (165, "21", ""),
            (134, "19", ""),
            (103, "20", "Grève du transport, deux semaines"),
            (72, "15.5", "Les mardis soir ont commencé"),
            (41, "13", ""),
            (10, "11.5", ""),
        ),
        (
            "Des créneaux de raccordement après 17 h",
            "Un SMS quand le technicien part",
            "Faut-il rester à la maison le jour du raccordement ?",
            "1 000 000 de francs pour vos quartiers : que fait-on ?",
        ),
    ),
    Aimed(
        "maison",
        "nadia",
        300,
        "Répondre en trois jours à tout collègue",
        "Un non en trois jours vaut mieux qu’un oui en trois semaines.",
        "Part des demandes internes qui ont leur réponse en trois jours",
        "%",
        "80",
        -30,
        "marc",
        ((290, "41", ""), (200, "58", ""), (140, "74", "Mercredis sans réunion"), (35, "83", "")),
        ("Ouvrir les agences le samedi matin, pour six mois",),
        (Standing.REACHED, 28, "83 demandes sur cent ont leur réponse en trois jours. Les mercredis y sont pour "
         "moitié ; les dix-sept autres attendent presque toutes une signature."),
    ),
    Aimed(
        "produit",
        "binta",
        220,
        "No roaming bill that surprises anybody",
        "A bill surprises when it is twice the usual one and nobody was warned.",
        "Complaints about a roaming bill, a month",
        "",
        "5",
        -20,
        "grace",
        ((210, "38", ""), (120, "22", "Warning at half the cap"), (24, "12", "")),
        ("Which words do we use for a cap on roaming data?",),
        (Standing.MISSED, 18, "Twelve a month, not five: visited networks report late, and the warning comes after the "
         "bill was made. The cap itself holds."),
    ),
    Aimed(
        "reseau",
        "idrissa",
        400,
        "Un carnet de papier dans chaque armoire",
        "Pour retrouver qui a touché quoi, même sans réseau.",
        "Armoires qui ont leur carnet",
        "%",
        "100",
        -60,
        "idrissa",
        ((390, "20", ""), (250, "55", "")),
        (),
        (Standing.DROPPED, 51, "L’application garde tout hors ligne : le carnet ne sert plus, la règle est levée."),
    ),
    Aimed(
        "maison",
        "lea",
        3,
        "Que chacun ait vu une armoire s’ouvrir",
        "Au moins une fois, avec l’équipe qui l’ouvre. Reste à dire pour quand.",
        served=("One morning a month at somebody else’s desk",),
    ),
)  # fmt: skip


class Aiming(Chapter):
    """Sets the objectives, and sees how far they came."""

    def tell(self) -> None:
        for aimed in AIMED:
            self._tell(aimed)

    def _tell(self, aimed: Aimed) -> None:
        at, by = self.when(aimed.ago, aimed.title), self.people[aimed.by]
        text = Text("objective", self.spaces[aimed.space], by, aimed.title, aimed.text, at=at)
        item = publish_all([text], by)[0]
        facet = Objective.objects.select_related("item__space").get(pk=item.pk)
        if aimed.measure:
            owner, due = self.people[aimed.owner], localdate() + timedelta(days=aimed.due)
            facet.aim(aimed.measure, aimed.unit, Decimal(aimed.target), due, owner, by)
        Event.objects.filter(item=item.pk).update(at=at)
        for ago, value, note in aimed.values:
            self._see(facet, ago, value, note)
        for source in Item.objects.filter(title__in=aimed.served).exclude(kind="answer").order_by("pk"):
            self._serve(source, item, max(at, source.created_at), by)
        if aimed.end:
            standing, ended, words = aimed.end
            moment = self.when(ended, aimed.title)
            facet.end(standing, words, self.people[aimed.owner])
            Objective.objects.filter(pk=item.pk).update(ended_at=moment)
            Event.objects.filter(item=item.pk, verb="objective_ended").update(at=moment)

    def _see(self, facet: Objective, ago: int, value: str, note: str) -> None:
        on, moment = localdate() - timedelta(days=ago), self.when(ago, facet.item.title)
        facet.see(on, Decimal(value), note, facet.item.owner)
        Reading.objects.filter(objective=facet, on=on).update(at=moment)
        Event.objects.filter(item=facet.pk, verb="objective_seen", particulars__on=on.isoformat()).update(at=moment)

    def _serve(self, source: Item, objective: Item, at: datetime, by: Any) -> None:
        link = Link.tie(source, Type.SUPPORTS, objective, by)
        Link.objects.filter(pk=link.pk).update(at=at)
        told = Event.objects.filter(item__in=(source.pk, objective.pk), verb__in=("linked", "linked_from"))
        told.filter(particulars__type=Type.SUPPORTS, at__gt=at).update(at=at)
