"""What people of the demo world write to each other: two by two and in a group, in French and in English."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from palabre.authoring.files.keeping import attach
from palabre.conversations.models import Conversation, Reading, Turn
from palabre.items.models import Item
from palabre.journal.models import Event
from palabre.talk.models import Comment, Gesture, Reaction

PLAN = "armoire;port;abonné\nTHI-04;11;boulangerie Ndiaye\nTHI-04;12;pharmacie de l’Escale\n"


@dataclass(frozen=True)
class Line:
    """A message: who says it, how many hours ago; `answers` follow, `gestures` are who made which, `file` is its name
    and words.
    """

    by: str
    ago: float
    text: str
    answers: tuple["Line", ...] = ()
    gestures: Mapping[str, tuple[str, ...]] | None = None
    file: tuple[str, str] | None = None


DIRECT = (
    Line("marc", 50, "Bonjour Awa, tu as pu passer à l’armoire de l’Escale ?"),
    Line("awa", 49.6, "Oui, ce matin. Deux ports libres, pas trois comme sur le plan."),
    Line("awa", 49.55, "Je t’envoie le relevé.", file=("releve-escale.csv", PLAN), gestures={"thanks": ("marc",)}),
    Line("marc", 26, "Parfait. La marche à suivre est ici si tu reprends l’équipe vendredi : {reseau/accueil}"),
    Line(
        "awa",
        25.7,
        "Vu. Je préfère vérifier **avant** de couper : la dernière fois la pharmacie a perdu son terminal.",
        answers=(
            Line("marc", 25.5, "Tu as raison. On prévient le matin, on coupe après 13 h."),
            Line("awa", 25.4, "Entendu."),
        ),
    ),
    Line("marc", 3, "Pour vendredi, c’est confirmé avec le gardien : 13 h 30."),
)
GROUP = (
    Line(
        "lea", 30, "Two customers asked this week whether the price per month includes the box. Our page does not say."
    ),
    Line("grace", 29.5, "It does. I answer it three times a day.", gestures={"agree": ("lea", "marc")}),
    Line(
        "marc",
        29,
        "Then let us say it once and for all where they look: [[Lire sa facture]]",
        answers=(
            Line("grace", 28.8, "I can draft the sentence today."),
            Line("lea", 28.5, "Please, and @marc reads it before it goes out.", gestures={"seen": ("marc",)}),
        ),
    ),
    Line("grace", 4, "Draft: “The price includes the box, its replacement, and the visit.”"),
)


class Conversing:
    """Tells the conversations; `when` gives the moment some days ago, `items` are the stories by their keys."""

    def __init__(self, people: Mapping[str, Any], items: Mapping[str, Item], when: Callable[[float], datetime]) -> None:
        self.people, self.items, self.when = people, items, when

    def tell(self) -> None:
        people = self.people
        direct = Conversation.objects.start(people["marc"], [people["awa"]])
        self._say_all(direct, DIRECT)
        group = Conversation.objects.start(people["lea"], [people["marc"]], name="What the price includes")
        self._say_all(group.add([people["grace"]], people["lea"]), GROUP)
        Turn.objects.filter(item=group.item).update(at=self._at(GROUP[0]) - timedelta(minutes=2))
        self._read(direct, "awa", behind=1)
        self._read(group, "marc", behind=1)

    def _say_all(self, conversation: Conversation, lines: tuple[Line, ...]) -> None:
        conversation.item.created_at = conversation.item.published_at = self._at(lines[0])
        conversation.item.save(update_fields=["created_at", "published_at"])
        for line in lines:
            said = self._say(conversation, line, None)
            for answer in line.answers:
                self._say(conversation, answer, said)

    def _say(self, conversation: Conversation, line: Line, parent: Comment | None) -> Comment:
        by, at = self.people[line.by], self._at(line)
        text = line.text
        for key, item in self.items.items():
            text = text.replace("{" + key + "}", f"[{item.title}]({item.get_absolute_url()})")
        if line.file:
            name, words = line.file
            text = f"{text}\n\n{attach(conversation.item, by, name, [words.encode()]).markdown}"
        said = conversation.say(by, text, parent=parent)
        said.at = at
        said.save(update_fields=["at"])
        Event.objects.filter(item=conversation.item_id, particulars__comment=said.pk).update(at=at)
        Reaction.objects.bulk_create(
            Reaction(item=conversation.item, comment=said, gesture=Gesture(gesture), by=self.people[key], at=at)
            for gesture, keys in (line.gestures or {}).items()
            for key in keys
        )
        return said

    def _at(self, line: Line) -> datetime:
        return self.when(0) - timedelta(hours=line.ago)

    def _read(self, conversation: Conversation, key: str, behind: int) -> None:
        """Somebody has read all but the last ones."""
        said = list(conversation.item.comments.order_by("-pk").values_list("pk", flat=True)[: behind + 1])
        if len(said) > behind:
            Reading.objects.filter(conversation=conversation, person=self.people[key]).update(upto=said[behind])
