"""What people of the demo world are asked: a price that customers found, features, a score, and a map of opinions."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from palabre.authoring.files.keeping import taken
from palabre.authoring.writing import Text, publish_all
from palabre.consultations import agenda
from palabre.consultations.letters import device_of
from palabre.consultations.methods import METHODS
from palabre.consultations.models import Consultation, Enclosure, Invitation, Response, Seat, Statement, print_of
from palabre.demo.chapters import Chapter
from palabre.demo.drawings import ring, trace
from palabre.items.models import Item
from palabre.journal.models import Event
from palabre.links.models import Link, Type
from palabre.people.attention import Use, spend

Said = dict[str, Any]
SIDES = ("customer", "customer", "public", "company")


@dataclass(frozen=True)
class Asked:
    """A consultation with its answers; `ago` and `closes` in days before now, negative ones still to come.

    mix: which of the seven P it is about, where its method does not say; led: the title of a decision that came of it;
    invited: addresses that were written to.
    """

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
    mix: str = ""
    led: str = ""
    invited: tuple[str, ...] = ()


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


def _shown(rng: random.Random, number: int) -> Said:
    said: Said = {"q1": rng.choice("1123")}
    if number % 3 == 0:
        said["q3"] = rng.choice(("Le câble pend devant la porte.", "Tout est propre, merci.", "La box chauffe."))
    return said


def _easy(rng: random.Random, number: int) -> Said:
    return {"effort": rng.choice((7, 6, 6, 5, 5, 4, 3, 2))}


PLACES = {
    "questions": [
        {"key": "q1", "kind": "choice", "title": {"fr": "Où est posée la box ?", "en": "Where does the box stand?"},
         "options": [{"key": key, "title": {"fr": fr, "en": en}} for key, fr, en in (
             ("1", "Près de la porte", "By the door"), ("2", "Au milieu de la maison", "In the middle of the home"),
             ("3", "Là où il restait une prise", "Where a socket was left"))]},
        {"key": "q2", "kind": "file", "accepts": "pictures", "required": False,
         "title": {"fr": "Montrez-nous, si vous voulez", "en": "Show us, if you like"}},
        {"key": "q3", "kind": "text", "required": False, "together": True,
         "title": {"fr": "Un mot ?", "en": "A word?"}},
    ]
}  # fmt: skip
ASKED = (
    Asked(
        "price", "le-fil", "marc", 40, 19, "Le juste prix : la box fibre",
        "Nous refaisons le tarif de la box au printemps. À quel prix la trouvez-vous trop chère, et à quel prix "
        "douteriez-vous d’elle ? Deux minutes, sans compte.",
        {"name": {"fr": "La box fibre, par mois", "en": "The fibre box, a month"}, "unit": "F CFA"}, 64, _prices,
        "Vous acceptez des prix jusqu’à vingt mille francs environ. L’offre de base restera en dessous, à partir "
        "d’avril, et nous publierons ici ce que cela change pour chaque contrat.",
        why=("Le débit doit suivre.", "Mon voisin paie moins.", "Trop de coupures quand il pleut pour payer plus.",
             "Un prix rond se retient mieux.", "Avec des coupures pareilles, c’est déjà cher."),
        led="Garder l’offre de base de la fibre sous vingt mille francs",
    ),
    Asked(
        "effort", "le-fil", "grace", 430, 412, "Was it easy to take your line abroad?",
        "One mark, and a word if you like.",
        {"name": {"fr": "Activer le roaming", "en": "Taking your line abroad"}}, 26, _easy,
        "Le menu dit maintenant le plafond avant le départ, et non à l’arrivée.",
        why=("J’ai trouvé le menu tout de suite.", "Le message est arrivé trop tard."),
    ),
    Asked(
        "", "le-fil", "marc", 5, -9, "Montrez-nous où dort votre box",
        "Trois questions, et une photo si vous voulez : nous dessinons le prochain boîtier d’après vos maisons.",
        PLACES, 23, _shown, mix="evidence",
        invited=("awa.ndour@dehors.example", "b.fall@dehors.example", "contact@quartier-escale.example",
                 "d.sarr@dehors.example", "e.gueye@dehors.example", "f.mbaye@dehors.example", "g.toure@dehors.example"),
    ),
    Asked(
        "kano", "installateurs", "coumba", 6, -8, "Que faut-il mettre dans la mallette de pose ?",
        "Nous en commandons deux cents. Dites ce qui doit y être, et ce qui serait de trop.",
        {"lines": [
            {"fr": "Une soudeuse légère", "en": "A light splicer"}, {"fr": "Une lampe frontale", "en": "A head torch"},
            {"fr": "Des gants isolants", "en": "Insulating gloves"},
            {"fr": "Un porte-clés gravé", "en": "An engraved key ring"},
        ]}, 21, _feelings, asked=("tidiane", "koffi", "awa"),
        why=("La soudeuse pèse trop.", "On perd toujours les gants."),
    ),
    Asked(
        "recommend", "entraide", "ousmane", 15, 2, "Nous recommanderiez-vous ?",
        "Une note et, si vous voulez, un mot. Nous relisons tout.",
        {"name": {"fr": "Teranga Telecom", "en": "Teranga Telecom"}}, 43, _recommends, asked=("ines",),
        why=("Le technicien est venu à l’heure.", "Deux rendez-vous manqués.", "On me répond enfin par message."),
    ),
    Asked(
        "opinions", "le-fil", "nadia", 32, 9, "Qu’attendez-vous de nous le week-end ?",
        "De courtes affirmations : d’accord, pas d’accord, ou passer. Ajoutez les vôtres.",
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


class Consulting(Chapter):
    """Consults people, who answer by the method."""

    def tell(self) -> None:
        for asked in ASKED:
            self._tell(asked)

    def _tell(self, told: Asked) -> None:
        at, closes, over = self.when(told.ago, told.title), self.when(told.closes, told.title), told.closes > 0
        by, space = self.people[told.by], self.spaces[told.space]
        what = {"lines": [], "prices": [], "unit": "", "name": {}} | told.told
        made = METHODS[told.method].make(what) if told.method else dict(told.told)
        lines = made.pop("statements", [])
        facet = {
            **made,
            "method": told.method,
            "mix": told.mix or METHODS[told.method].about,
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
        responses = [self._response(consultation, told, number, keys, rng) for number in range(told.number)]
        enclosures = self._enclose(consultation, responses)
        Response.objects.bulk_create(responses)
        Enclosure.objects.bulk_create(enclosures)
        self._invite(consultation, told, at + timedelta(hours=2))
        for decision in Item.objects.filter(kind="decision", title=told.led) if told.led else ():
            Link.tie(item, Type.LED_TO, decision, by)
        people = [self.people[key].pk for key in told.asked]
        Seat.objects.bulk_create(Seat(consultation=consultation, person_id=key, asked=True) for key in people)
        spend(Use.REQUEST, [(key, f"consultation:{item.pk}") for key in people], at)
        Event.objects.filter(item=item.pk).update(at=at)
        Event.objects.filter(pk=item.record("consultation_opened", by).pk).update(at=at + timedelta(hours=1))
        if over:
            Event.objects.filter(pk=item.record("consultation_closed", None).pk).update(at=closes)
        else:
            agenda.expect(consultation.pk, closes, by)
        if told.statement:
            said = item.record("consultation_returned", by)
            Event.objects.filter(pk=said.pk).update(at=closes + timedelta(days=2))

    def _enclose(self, consultation: Consultation, responses: list[Response]) -> list[Enclosure]:
        """Pictures that come with the first answers, where one is asked for."""
        found = []
        for key in (each["key"] for each in consultation.questions if each["kind"] == "file"):
            for number, response in enumerate(responses[:7]):
                with taken("chez-moi.png", [(ring, trace)[number % 2]()]) as came:
                    came.keep()
                    made = Enclosure(
                        consultation=consultation, response=response, question=key, name=f"{key}.png",
                        content_type=came.content_type, size=came.size, digest=came.digest, widths=came.widths,
                    )  # fmt: skip
                response.said[key] = made.value
                found.append(made)
        return found

    def _invite(self, consultation: Consultation, told: Asked, at: datetime) -> None:
        """Letters that went out; some have answered, and one address is none."""
        for number, address in enumerate(told.invited):
            printed = print_of(address)
            seat = Seat.objects.create(
                consultation=consultation, device=device_of(consultation.pk, printed), asked=True, done=number < 3
            )
            Invitation.objects.create(
                consultation=consultation, seat=seat, address=address, print=printed, language="fr", made_at=at,
                sent_at=None if number == 5 else at, refused="550" if number == 5 else "",
            )  # fmt: skip

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
