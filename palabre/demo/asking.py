"""What people of the demo world ask and answer: a question that was settled, one that waits, one nobody answered."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from palabre.authoring.writing import Text, publish_all
from palabre.demo.chapters import Chapter
from palabre.items.models import Item
from palabre.journal.models import Event
from palabre.questions.models import Question, Vote, Waiting
from palabre.tags.models import Tag, Tagging
from palabre.talk.models import Comment


@dataclass(frozen=True)
class Given:
    """An answer: by whom, how many days ago, and who is for it and against it. `remark` is a comment on it."""

    by: str
    ago: float
    text: str
    ups: tuple[str, ...] = ()
    downs: tuple[str, ...] = ()
    accepted: bool = False
    remark: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Asked:
    """A question with its answers; it waits for `person` or for those who follow `tag`."""

    space: str
    by: str
    ago: float
    title: str
    text: str
    tags: tuple[str, ...] = ()
    answers: tuple[Given, ...] = ()
    person: str = ""
    tag: str = ""
    ups: tuple[str, ...] = ()


ASKED = (
    Asked(
        "entraide",
        "ramata",
        24,
        "Faut-il rester à la maison le jour du raccordement ?",
        "Le créneau va de 8 h à 13 h, et la clinique ouvre à 9 h. Quelqu’un d’autre peut-il ouvrir la porte ?",
        ("raccordement",),
        (
            Given(
                "coumba",
                23,
                "Non, à une condition : qui ouvre doit pouvoir montrer **le tableau électrique** et dire oui au trou "
                "dans le mur. Laissez son nom et son téléphone dans le dossier, l’équipe l’appelle en partant.",
                ("ramata", "awa", "ines", "marc"),
                accepted=True,
                remark=("ramata", "Mon gardien a ouvert, tout était fini à 10 h 20."),
            ),
            Given(
                "ousmane",
                22,
                "Demandez le premier créneau au moment de choisir la date ; il est tenu neuf fois sur dix.",
                ("awa", "ines"),
                ("grace",),
            ),
        ),
        ups=("ines", "marc"),
    ),
    Asked(
        "maison",
        "grace",
        3,
        "Which words do we use for a cap on roaming data?",
        "Customers in Banjul read “fair use” as a promise. I need one sentence that both agencies can say.",
        ("roaming",),
        (Given("lea", 2, "“After 5 GB it still works, only slower.” Nobody asked me to repeat it.", ("awa", "binta")),),
        person="awa",
    ),
    Asked(
        "reseau",
        "idrissa",
        1.5,
        "Qui a déjà repris une armoire dont le fond est rouillé ?",
        "Au marché, la vis de masse tourne dans le vide. Peut-on déplacer la masse sans couper ?",
        ("terrain",),
        person="coumba",
        tag="terrain",
    ),
    Asked(
        "le-fil",
        "lea",
        6,
        "What would you like to read here that we never write?",
        "We publish when something is finished. Tell us what you would rather have known while it was still open.",
    ),
)


class Asking(Chapter):
    """Asks the questions, and has them answered."""

    def tell(self) -> None:
        for asked in ASKED:
            self._tell(asked)

    def _tell(self, asked: Asked) -> None:
        at = self.when(asked.ago, asked.title)
        item = self._write("question", asked.by, asked.title, asked.text, asked.space, at, tags=asked.tags)
        question = Question.objects.select_related("item__space").get(pk=item.pk)
        self._vote(item, asked.ups, (), at)
        for given in asked.answers:
            self._give(question, given, asked)
        put = {"question": question, "by": self.people[asked.by], "at": at}
        if asked.person:
            Waiting.objects.create(person=self.people[asked.person], **put)
        if asked.tag:
            Waiting.objects.create(tag=Tag.objects.made([asked.tag])[asked.tag], **put)

    def _give(self, question: Question, given: Given, asked: Asked) -> None:
        at = self.when(given.ago, given.by)
        answer = self._write("answer", given.by, asked.title, given.text, asked.space, at, parent=question.item)
        question.item.record("question_answered", self.people[given.by], answer=answer.pk)
        Event.objects.filter(item=question.pk, particulars__answer=answer.pk).update(at=at)
        self._vote(answer, given.ups, given.downs, at)
        if given.accepted:
            question.accept(answer, self.people[asked.by])
            Question.objects.filter(pk=question.pk).update(accepted_at=at)
            Event.objects.filter(item=question.pk, verb="answer_accepted").update(at=at)
        by, words = given.remark
        if words:
            comment = Comment.say(answer, self.people[by], words)
            Comment.objects.filter(pk=comment.pk).update(at=at)
            Event.objects.filter(item=answer.pk, particulars__comment=comment.pk).update(at=at)

    def _write(
        self,
        kind: str,
        by: str,
        title: str,
        body: str,
        space: str,
        at: datetime,
        parent: Item | None = None,
        **more: Any,
    ) -> Item:
        text = Text(kind, self.spaces[space], self.people[by], title, body, parent=parent, at=at, **more)
        item = publish_all([text], self.people[by])[0]
        Event.objects.filter(item=item.pk).update(at=at)
        Tagging.objects.filter(item=item).update(at=at)
        return item

    def _vote(self, item: Item, ups: tuple[str, ...], downs: tuple[str, ...], at: datetime) -> None:
        Vote.objects.bulk_create(Vote(item=item, by=self.people[key], up=key in ups, at=at) for key in (*ups, *downs))
