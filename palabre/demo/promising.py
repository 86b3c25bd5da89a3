"""What people of the demo world say they will do, after what was wished and decided: kept, late, not kept, given up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from palabre.authoring.writing import Text, publish_all
from palabre.commitments import agenda
from palabre.commitments.models import SETTLING, Commitment, State, Turn
from palabre.demo.chapters import Chapter
from palabre.items.models import Item
from palabre.journal.models import Event
from palabre.links.models import Link, Type


@dataclass(frozen=True)
class Promised:
    """A commitment; `ago` and `due` in days before now, negative ones still to come. `after` is the title of what led
    to it. `result`: its state, days ago, and the words."""

    space: str
    by: str
    carrier: str
    ago: float
    due: float
    title: str
    text: str
    after: str = ""
    result: tuple[str, float, str] = ("", 0, "")


EVENINGS, MEETING = "Des créneaux de raccordement après 17 h", "Où tenir la rencontre annuelle ?"
SMS = "Un SMS quand le technicien part"
PROMISED = (
    Promised(
        "entraide", "marc", "ousmane", 58, 14,
        "Ouvrir deux soirs par semaine, partout où une équipe passe",
        "Après l’essai de Dakar et de Thiès : Saint-Louis, Kaolack et Ziguinchor, avec les équipes qui le veulent.",
        EVENINGS,
        ("kept", 13, "Cinq villes, deux soirs chacune. À Ziguinchor il a fallu une équipe de plus ; elle est là."),
    ),
    Promised(
        "entraide", "marc", "awa", 11, -4,
        "Afficher les créneaux du soir sur la page de rendez-vous",
        "Aujourd’hui il faut appeler pour les connaître.",
        EVENINGS,
    ),
    Promised(
        "entraide", "ousmane", "awa", 19, 3,
        "Dire par SMS aussi quand le passage est annulé",
        "C’est ce que les clients de Rufisque demandent depuis le début de l’essai.",
        SMS,
    ),
    Promised(
        "entraide", "grace", "grace", 45, 16,
        "Rappeler en personne les douze clients coupés en septembre",
        "Chacun a attendu plus de quatre heures.",
        result=("broken", 15, "Neuf sur douze. Trois numéros ne répondaient plus, et je n’ai pas écrit à temps."),
    ),
    Promised(
        "maison", "awa", "awa", 19, -20,
        "Réserver la salle de Thiès et les cars",
        "Pour cent vingt personnes, deux jours.",
        MEETING,
    ),
    Promised(
        "maison", "lea", "lea", 18, -45,
        "Publier le programme de la rencontre",
        "Un jour pour se connaître, un jour pour travailler. Les propositions viennent ici.",
        MEETING,
    ),
    Promised(
        "maison", "grace", "tom", 40, 9,
        "Translate the onboarding pages into English",
        "Half of the newcomers in Accra read them through a translator.",
        result=("dropped", 12, "The Accra office writes its own from now on, which is better than a translation."),
    ),
)  # fmt: skip


class Promising(Chapter):
    """Makes the commitments, and says what came of them."""

    def tell(self) -> None:
        for promised in PROMISED:
            self._tell(promised)

    def _tell(self, told: Promised) -> None:
        by, carrier, at = self.people[told.by], self.people[told.carrier], self.when(told.ago, told.title)
        state, settled, words = told.result
        due = self.when(told.due, "").date()
        facet: dict[str, Any] = {"carrier": carrier, "due": due}
        if state:
            facet |= {"state": state, "result": words, "settled_at": self.when(settled, told.title)}
        space = self.spaces[told.space]
        [item] = publish_all([Text("commitment", space, by, told.title, told.text, at=at, facet=facet)], by)
        if told.after:
            source = Item.objects.get(title=told.after, space=space)
            Link.objects.create(source=source, type=Type.LED_TO, target=item, by=by, at=at)
        Event.objects.filter(item=item.pk).update(at=at)
        commitment = Commitment.objects.get(pk=item.pk)
        if state:
            turn = Turn.objects.create(
                commitment=commitment, what=state, words=words, due=due, carrier=carrier, by=carrier,
                at=facet["settled_at"],
            )  # fmt: skip
            said = item.record(SETTLING[State(state)], carrier, after=commitment.sources(), turn=turn.pk)
            Event.objects.filter(pk=said.pk).update(at=turn.at)
        else:
            agenda.expect(item.pk, due, carrier)
