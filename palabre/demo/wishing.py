"""What people of the demo world wish for: ideas in every stage, voices brought from the road, two that became one."""

from dataclasses import dataclass
from datetime import datetime

from palabre.authoring.writing import Text, publish_all
from palabre.demo.chapters import Chapter
from palabre.ideas.models import Idea, Source, Step, Support
from palabre.items.models import Item
from palabre.journal.models import Event
from palabre.people.models import Person
from palabre.tags.models import Tagging
from palabre.talk.models import Comment


@dataclass(frozen=True)
class Brought:
    """A voice: whose (of the cast, or a name to introduce), by whom, from where, in which words."""

    whose: str
    by: str
    source: Source
    words: str = ""


@dataclass(frozen=True)
class Moved:
    """To a stage: how many days ago, by whom, and why."""

    stage: str
    ago: float
    by: str
    words: str


@dataclass(frozen=True)
class Wished:
    """An idea and what became of it; `same_as` is the title of the one it was brought together with, by `merged_by`."""

    space: str
    by: str
    ago: float
    title: str
    text: str
    tags: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    brought: tuple[Brought, ...] = ()
    steps: tuple[Moved, ...] = ()
    answer: tuple[str, float, str] = ("", 0, "")
    carrier: str = ""
    expected: str = ""
    observed: str = ""
    remark: tuple[str, str] = ("", "")
    same_as: str = ""
    merged_by: str = ""


WISHED = (
    Wished(
        "entraide",
        "ines",
        96,
        "Des créneaux de raccordement après 17 h",
        "Nous sommes tous au travail dans la journée. Un passage le soir, même un seul par semaine, éviterait "
        "de poser un congé.",
        ("créneaux", "raccordement"),
        ("ramata", "fanta", "awaline", "awa"),
        (
            Brought("moussa", "ousmane", Source.VISIT, "Je ferme la boutique à 18 h, venez après."),
            Brought("Khady Ndoye-Bassène", "grace", Source.CALL, "Deux fois j’ai dû demander à ma voisine d’ouvrir."),
        ),
        (
            Moved("shaping", 88, "marc", "Nous comptons avec les équipes ce qu’un soir par semaine demande."),
            Moved("trial", 61, "marc", "Les mardis, jusqu’à 20 h, à Dakar et à Thiès pendant six semaines."),
            Moved("done", 12, "marc", "Les mardis et jeudis jusqu’à 20 h, partout où une équipe passe. Merci."),
        ),
        ("Oui. L’essai a rempli trois créneaux sur quatre ; nous gardons deux soirs par semaine.", 13, "marc"),
        "ousmane",
        "Un rendez-vous manqué sur dix de moins.",
        "Sur l’essai, les rendez-vous manqués sont passés de 18 à 11 sur cent.",
        remark=("ramata", "Le mardi soir me va, la clinique ferme à 17 h 30."),
    ),
    Wished(
        "entraide",
        "fanta",
        70,
        "Venir raccorder le soir",
        "Pour qui travaille en journée.",
        ("créneaux",),
        ("ramata", "ines"),
        same_as="Des créneaux de raccordement après 17 h",
        merged_by="marc",
    ),
    Wished(
        "entraide",
        "ramata",
        20,
        "Un SMS quand le technicien part",
        "Pas une heure promise la veille : un message au moment où il prend la route.",
        ("créneaux",),
        ("ines", "fanta", "awaline", "marc", "grace"),
        (Brought("moussa", "awa", Source.CALL, "Je pourrais finir avec mon client."),),
        (Moved("trial", 5, "ousmane", "Deux équipes l’essaient à Rufisque jusqu’à la fin du mois."),),
        carrier="awa",
        expected="Moins d’appels au service client les matins de passage.",
    ),
    Wished(
        "entraide",
        "awaline",
        33,
        "Rembourser chaque heure de coupure",
        "Une heure sans ligne, une heure sans payer.",
        ("coupures",),
        ("fanta",),
        steps=(
            Moved(
                "declined", 24, "marc",
                "Nous mesurons les coupures par armoire et non par ligne : nous ne saurions pas le faire juste. "
                "Au-delà de quatre heures, le dédommagement reste automatique.",
            ),
        ),
    ),
    Wished(
        "maison",
        "awa",
        9,
        "Un banc à l’ombre devant chaque agence",
        "On attend dehors, debout, à midi. Un banc et une toile suffiraient.",
        ("accueil",),
        ("grace", "coumba", "tom", "ousmane"),
        (
            Brought("Pape Demba Sarr", "grace", Source.VISIT, "Ma mère ne peut pas rester debout."),
            Brought("moussa", "ousmane", Source.LETTER),
        ),
        (Moved("shaping", 4, "marc", "Léa demande trois devis, et à la mairie de Thiès si le trottoir le permet."),),
        carrier="lea",
        remark=("coumba", "À Saint-Louis il y a déjà un arbre, il ne manque que le banc."),
    ),
    Wished(
        "maison",
        "grace",
        2,
        "One morning a month at somebody else’s desk",
        "I answer for the network without having seen a cabinet open. Swap for a morning, tell the others at lunch.",
        (),
        ("lea", "idrissa", "binta"),
    ),
    Wished(
        "reseau",
        "coumba",
        40,
        "Peindre le numéro de l’armoire sur le trottoir",
        "De nuit et sous la pluie, on cherche l’étiquette à la lampe.",
        ("terrain",),
        ("awa", "marc"),
        steps=(
            Moved("adopted", 30, "idrissa", "Retenu : un pochoir et de la peinture routière dans chaque camion."),
            Moved("done", 8, "idrissa", "Fait sur les 214 armoires de Dakar ; la suite au fil des passages."),
        ),
        carrier="idrissa",
        observed="Onze minutes de moins par intervention de nuit, sur trente mesurées.",
    ),
)  # fmt: skip


class Wishing(Chapter):
    """Writes the ideas, gives them voices, and moves them."""

    def tell(self) -> None:
        told = {wished.title: self._tell(wished) for wished in WISHED}
        for wished in WISHED:
            if wished.same_as:
                self._merge(told[wished.title], told[wished.same_as], wished)

    def _tell(self, wished: Wished) -> Item:
        at = self.when(wished.ago, wished.title)
        text = Text(
            "idea",
            self.spaces[wished.space],
            self.people[wished.by],
            wished.title,
            wished.text,
            tags=wished.tags,
            at=at,
        )
        item = publish_all([text], self.people[wished.by])[0]
        Tagging.objects.filter(item=item).update(at=at)
        for number, key in enumerate(wished.voices):
            Support.objects.create(
                item=item, person=self.people[key], at=self.when(wished.ago * (0.9 - number / 20), key)
            )
        for each in wished.brought:
            self._bring(item, each, self.when(wished.ago * 0.8, each.whose))
        by, words = wished.remark
        if words:
            comment = Comment.say(item, self.people[by], words)
            Comment.objects.filter(pk=comment.pk).update(at=self.when(wished.ago * 0.85, by))
        Event.objects.filter(item=item.pk).update(at=at)
        self._handle(Idea.objects.select_related("item__space").get(pk=item.pk), wished)
        return item

    def _bring(self, item: Item, brought: Brought, at: datetime) -> None:
        by = self.people[brought.by]
        if brought.whose not in self.people:
            self.people[brought.whose] = Person.objects.speak_for(brought.whose, by=by, side="customer")
        Support.bring(item, self.people[brought.whose], by, brought.source, brought.words)
        Support.objects.filter(item=item, person=self.people[brought.whose]).update(at=at)

    def _handle(self, idea: Idea, wished: Wished) -> None:
        steward = self.people[wished.steps[-1].by] if wished.steps else self.people["marc"]
        for moved in wished.steps:
            step = idea.move(moved.stage, moved.words, self.people[moved.by])
            assert step is not None
            at = self.when(moved.ago, wished.title)
            Step.objects.filter(pk=step.pk).update(at=at)
            Idea.objects.filter(pk=idea.pk).update(moved_at=at)
            Event.objects.filter(item=idea.pk, particulars__step=step.pk).update(at=at)
        words, ago, by = wished.answer
        if words:
            idea.respond(words, self.people[by])
            at = self.when(ago, wished.title)
            Idea.objects.filter(pk=idea.pk).update(answered_at=at)
            Event.objects.filter(item=idea.pk, verb="idea_answered").update(at=at)
        if wished.carrier:
            idea.hand_to(self.people[wished.carrier], steward)
        idea.weigh(wished.expected, wished.observed, steward)
        last = self.when(wished.steps[-1].ago if wished.steps else wished.ago, wished.title)
        Idea.objects.filter(pk=idea.pk).exclude(observed="").update(observed_at=last)
        late = ("idea_handed", "effect_expected", "effect_observed")
        Event.objects.filter(item=idea.pk, verb__in=late).update(at=last)

    def _merge(self, item: Item, into: Item, wished: Wished) -> None:
        idea, other = (Idea.objects.select_related("item__space").get(pk=each.pk) for each in (item, into))
        idea.merge_into(other, self.people[wished.merged_by])
        at = self.when(wished.ago * 0.9, wished.title)
        Idea.objects.filter(pk=idea.pk).update(merged_at=at)
        Event.objects.filter(item__in=(item.pk, into.pk), verb__in=("idea_merged", "idea_grew")).update(at=at)
