"""What people of the demo world are asked: a price that customers found, features, a score, and a map of opinions."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from palabre.authoring.writing import Text, publish_all
from palabre.consultations import agenda
from palabre.consultations.methods import METHODS
from palabre.consultations.models import Consultation, Response, Seat, Statement
from palabre.journal.models import Event
from palabre.people.attention import Use, spend

Said = dict[str, Any]
SIDES = ("customer", "customer", "public", "company")


@dataclass(frozen=True)
class Asked:
    """A consultation with its answers; `ago` and `closes` in days before now, negative ones still to come."""

    method: str
    space: str
    by: str
    ago: float
    closes: float
    title: str
    text: str
    told: Said
    number: int
    answers: Callable[[random.Random, int], Said]
    statement: str = ""
    asked: tuple[str, ...] = ()
    why: tuple[str, ...] = field(default_factory=tuple)


def _prices(rng: random.Random, number: int) -> Said:
    cheap = 500 * round(rng.gauss(15_000, 2_500) / 500)
    too_cheap = cheap - 500 * rng.randint(6, 14)
    expensive = cheap + 500 * rng.randint(6, 18)
    prices = [too_cheap, cheap, expensive, expensive + 500 * rng.randint(4, 16)]
    if number % 23 == 7:
        prices.reverse()
    names = ("too_cheap", "cheap", "expensive", "too_expensive")
    would = {"would_cheap": rng.choice("34455"), "would_expensive": rng.choice("11223")}
    return {**dict(zip(names, prices, strict=True)), **would}


FEELS = ((("like", "dislike"), ("must", "dislike")), (("like", "neutral"), ("neutral", "neutral")),
         (("must", "dislike"), ("neutral", "dislike")), (("neutral", "neutral"), ("live", "live")))  # fmt: skip


def _feelings(rng: random.Random, number: int) -> Said:
    said: Said = {}
    for place, (usual, other) in enumerate(FEELS, 1):
        chance = rng.random()
        cold = ("neutral", "neutral")
        said[f"there-{place}"], said[f"missing-{place}"] = usual if chance < 0.6 else other if chance < 0.85 else cold
    return said


def _recommends(rng: random.Random, number: int) -> Said:
    return {"recommend": rng.choice((10, 10, 9, 9, 9, 8, 8, 7, 7, 6, 5, 3))}


def _votes(rng: random.Random, number: int) -> Said:
    """For the first three and against the next three, or the other way round; nearly all for the last two."""
    sign = 1 if SIDES[number % len(SIDES)] != "company" or rng.random() < 0.2 else -1
    votes = [sign] * 3 + [-sign] * 3 + [1, 1]
    return {str(place): vote if rng.random() < 0.86 else rng.choice((-1, 0, 1)) for place, vote in enumerate(votes)}


ASKED = (
    Asked(
        "price", "le-fil", "marc", 40, 19, "Le juste prix : la box fibre",
        "Nous refaisons le tarif de la box au printemps. À quel prix la trouvez-vous trop chère, et à quel prix "
        "douteriez-vous d’elle ? Deux minutes, sans compte.",
        {"name": {"fr": "La box fibre, par mois", "en": "The fibre box, a month"}, "unit": "F CFA"}, 64, _prices,
        "Vous acceptez des prix jusqu’à vingt mille francs environ. L’offre de base restera en dessous, à partir "
        "d’avril, et nous publierons ici ce que cela change pour chaque contrat.",
        why=("Le débit doit suivre.", "Mon voisin paie moins.", "Trop de coupures quand il pleut pour payer plus.",
             "Un prix rond se retient mieux.", "Avec des coupures pareilles, c’est déjà cher."),
    ),
    Asked(
        "kano", "installateurs", "coumba", 6, -8, "Que faut-il mettre dans la mallette de pose ?",
        "Nous en commandons deux cents. Dites ce qui doit y être, et ce qui serait de trop.",
        {"lines": [
            {"fr": "Une soudeuse légère", "en": "A light splicer"}, {"fr": "Une lampe frontale", "en": "A head torch"},
            {"fr": "Des gants isolants", "en": "Insulating gloves"},
            {"fr": "Un porte-clés gravé", "en": "An engraved key ring"},
        ]}, 21, _feelings, asked=("tidiane", "koffi", "awa"),
        why=("La soudeuse pèse trop.", "On perd toujours les gants."),
    ),
    Asked(
        "recommend", "entraide", "ousmane", 15, 2, "Nous recommanderiez-vous ?",
        "Une note et, si vous voulez, un mot. Nous relisons tout.",
        {"name": {"fr": "Teranga Telecom", "en": "Teranga Telecom"}}, 43, _recommends, asked=("ines",),
        why=("Le technicien est venu à l’heure.", "Deux rendez-vous manqués.", "On me répond enfin par message."),
    ),
    Asked(
        "opinions", "le-fil", "nadia", 32, 9, "Qu’attendez-vous de nous le week-end ?",
        "De courtes affirmations : d’accord, pas d’accord, ou passer. Ajoutez les vôtres.",
        {"lines": [
            {"fr": "Un dépannage le dimanche vaut un supplément."},
            {"fr": "Les agences devraient ouvrir le samedi matin."},
            {"fr": "Je préfère un rendez-vous tard le soir à un jour de congé."},
            {"fr": "Un message suffit, personne n’a besoin d’appeler."},
            {"fr": "Le week-end, tout peut attendre lundi."},
            {"fr": "Une équipe réduite suffit le samedi."}, {"fr": "Une panne doit être annoncée dans l’heure."},
            {"fr": "On doit pouvoir parler à quelqu’un, pas à une machine."},
        ]}, 48, _votes,
        "Nous annoncerons chaque panne dans l’heure, week-end compris, dès le mois prochain.",
    ),
)  # fmt: skip


class Consulting:
    """Tells them; `when` gives the moment some days ago."""

    def __init__(
        self, people: Mapping[str, Any], spaces: Mapping[str, Any], when: Callable[[float, str], datetime]
    ) -> None:
        self.people, self.spaces, self.when = people, spaces, when

    def tell(self) -> None:
        for asked in ASKED:
            self._tell(asked)

    def _tell(self, told: Asked) -> None:
        at, closes, over = self.when(told.ago, told.title), self.when(told.closes, told.title), told.closes > 0
        by, space = self.people[told.by], self.spaces[told.space]
        made = METHODS[told.method].make({"lines": [], "prices": [], "unit": "", "name": {}} | told.told)
        lines = made.pop("statements", [])
        facet = {
            **made,
            "method": told.method,
            "stage": "closed" if over else "open",
            "opened_at": at + timedelta(hours=1),
            "closes_at": closes,
            "sent": told.number,
            "statement": told.statement,
            "returned_at": closes + timedelta(days=2) if told.statement else None,
        }
        item = publish_all([Text("consultation", space, by, told.title, told.text, at=at, facet=facet)], by)[0]
        consultation = Consultation.objects.get(pk=item.pk)
        keys = [
            str(Statement.objects.create(consultation=consultation, text=line["fr"], language="fr").pk)
            for line in lines
        ]
        rng = random.Random(told.title)  # noqa: S311 (a story, not a secret)
        Response.objects.bulk_create(
            self._response(consultation, told, number, keys, rng) for number in range(told.number)
        )
        people = [self.people[key].pk for key in told.asked]
        Seat.objects.bulk_create(Seat(consultation=consultation, person_id=key, asked=True) for key in people)
        spend(Use.REQUEST, [(key, f"consultation:{item.pk}") for key in people], at)
        Event.objects.filter(item=item.pk).update(at=at)
        Event.objects.filter(pk=item.record("consultation_opened", by).pk).update(at=at + timedelta(hours=1))
        if over:
            Event.objects.filter(pk=item.record("consultation_closed", None).pk).update(at=closes)
        else:
            agenda.expect(consultation, closes, by)
        if told.statement:
            said = item.record("consultation_returned", by)
            Event.objects.filter(pk=said.pk).update(at=closes + timedelta(days=2))

    def _response(
        self, consultation: Consultation, told: Asked, number: int, keys: list[str], rng: random.Random
    ) -> Response:
        said = told.answers(rng, number)
        if keys:
            said = {keys[int(place)]: vote for place, vote in said.items()}
        elif told.why and number % 5 == 1:
            said["why"] = told.why[number // 5 % len(told.why)]
        day = (consultation.opened_at or consultation.item.published_at).date()
        return Response(
            consultation=consultation, state="sent", side=SIDES[number % len(SIDES)], language="fr", said=said,
            batch=number // 5, sent_on=day,
        )  # fmt: skip
