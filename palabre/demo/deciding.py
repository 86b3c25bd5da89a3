"""What people of the demo world decide: something open to the house, something settled, a sum that customers share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from palabre.authoring.writing import Text, publish_all
from palabre.counting.advice import Advice
from palabre.counting.approval import MostApproved
from palabre.counting.ballots import Approval, Ballot, Choice, Ranking
from palabre.counting.budget.shares import EqualShares
from palabre.counting.consent import Consent
from palabre.counting.document import declared
from palabre.counting.majority import Majority
from palabre.counting.poll import Poll
from palabre.counting.rules import Rule
from palabre.counting.schulze import Schulze
from palabre.counting.terms import Quorum, Terms
from palabre.counting.ties import Chair, StatusQuo, TieRule
from palabre.decisions import agenda, box, outcomes
from palabre.decisions.models import Argument, Decision, Delegation, Elector, Mark, Turn, Unsigned
from palabre.decisions.models import Ballot as Cast
from palabre.demo.chapters import Chapter
from palabre.journal.models import Event


@dataclass(frozen=True)
class Said:
    """A reason, an opinion or an objection, and what was answered."""

    by: str
    side: str
    words: str
    answer: str = ""


@dataclass(frozen=True)
class Proposed:
    """A proposal with its ballots, by whom; `ago` and `closes` in days before now, negative ones still to come.

    lent: who lends their voice to whom in that space; with somebody in it, lent voices are heard. mandates: for which
    organisation somebody votes.
    """

    space: str
    by: str
    ago: float
    closes: float
    title: str
    text: str
    options: tuple[str, ...]
    rule: Rule
    ballots: Mapping[str, Ballot]
    voters: tuple[str, ...]
    quorum: Quorum | None = None
    ties: TieRule | None = None
    statement: str = ""
    review: float = 0
    secret: bool = False
    lent: Mapping[str, str] = field(default_factory=dict)
    mandates: Mapping[str, str] = field(default_factory=dict)
    said: tuple[Said, ...] = ()


PROPOSED = (
    Proposed(
        "maison",
        "nadia",
        2,
        -5,
        "Ouvrir les agences le samedi matin, pour six mois",
        "Les clients qui travaillent ne viennent qu’à l’heure du déjeuner. Je propose d’ouvrir Dakar-Plateau et Thiès "
        "le samedi de 9 h à 12 h 30, à tour de rôle, avec une demi-journée rendue dans la semaine. Nous regardons "
        "après six mois si cela sert à quelqu’un.",
        ("Oui", "Non"),
        Majority("cast", Fraction(2, 3), strict=False),
        {"marc": Choice("1"), "grace": Choice("1"), "tom": Choice()},
        ("marc", "nadia", "awa", "coumba", "grace", "tom"),
        Quorum(share=Fraction(1, 2)),
        StatusQuo("2"),
        lent={"coumba": "awa", "awa": "grace"},
    ),
    Proposed(
        "maison",
        "awa",
        30,
        21,
        "Où tenir la rencontre annuelle ?",
        "Deux jours en février, tout le monde ensemble. L’île est la plus belle, Thiès la plus proche pour la plupart, "
        "Saint-Louis la moins chère en cette saison.",
        ("Gorée", "Thiès", "Saint-Louis"),
        Schulze(),
        {
            "marc": Ranking.of("1", "2", "3"),
            "nadia": Ranking.of("1", "2", "3"),
            "coumba": Ranking.of("3", "2", "1"),
            "tom": Ranking.of("3", "2", "1"),
            "awa": Ranking.of("2", "1", "3"),
        },
        ("marc", "nadia", "awa", "coumba", "grace", "tom"),
        ties=StatusQuo("3"),
        statement="La rencontre aura lieu à Thiès. Awa réserve la salle ; le programme s’écrit ici, avec qui veut.",
        review=-60,
    ),
    Proposed(
        "entraide",
        "ousmane",
        1,
        -9,
        "1 000 000 de francs pour vos quartiers : que fait-on ?",
        "Cette somme vient des pénalités que nous nous sommes infligées pour nos retards. Elle est à vous : chacun "
        "coche ce qui lui servirait, et chacun pèse la même part de la somme.",
        ("Bornes d’accès libre au marché", "Ateliers du samedi pour les aînés", "Onduleur pour le poste de santé"),
        EqualShares(1_000_000, {"1": 600_000, "2": 350_000, "3": 400_000}),
        {"awa": Approval(frozenset({"2", "3"})), "marc": Approval(frozenset({"1"}))},
        ("marc", "ousmane", "ramata", "ines", "awa"),
        ties=Chair(("1", "2", "3")),
        mandates={"ousmane": "sahel"},
    ),
    Proposed(
        "maison",
        "marc",
        1,
        -6,
        "Élire la personne de confiance de la maison",
        "Celle ou celui à qui l’on parle quand quelque chose ne va pas, et qui ne répète rien. Les trois ont dit oui. "
        "Le vote est secret : chacun passe par l’isoloir.",
        ("Coumba", "Grace", "Tom"),
        MostApproved(1),
        {"awa": Approval(frozenset({"1", "2"})), "tom": Approval(frozenset({"2"}))},
        ("marc", "nadia", "awa", "coumba", "grace", "tom"),
        Quorum(number=4),
        secret=True,
    ),
    Proposed(
        "maison",
        "marc",
        16,
        12,
        "Garder l’offre de base de la fibre sous vingt mille francs",
        "Soixante-quatre personnes nous ont dit quel prix elles acceptent : presque personne au-dessus de vingt mille. "
        "Je propose d’en faire un plafond pour l’offre de base, deux ans.",
        ("Oui", "Non"),
        Majority(),
        {"marc": Choice("1"), "nadia": Choice("1"), "grace": Choice("1"), "tom": Choice("2")},
        ("marc", "nadia", "awa", "coumba", "grace", "tom"),
        ties=StatusQuo("2"),
        statement="Le plafond est tenu pendant deux ans ; Lea le porte dans la grille d’avril.",
    ),
    Proposed(
        "maison",
        "nadia",
        60,
        52,
        "Garder les bureaux partagés ?",
        "Un an après, on garde ou l’on revient à des bureaux fixes. Vote secret, pour que chacun le dise comme il le "
        "pense.",
        ("On garde", "On revient aux bureaux fixes"),
        Majority(),
        {
            "marc": Choice("1"),
            "nadia": Choice("2"),
            "awa": Choice("1"),
            "coumba": Choice("1"),
            "tom": Choice("2"),
        },
        ("marc", "nadia", "awa", "coumba", "grace", "tom"),
        ties=StatusQuo("2"),
        statement="On garde, et deux pièces calmes restent réservées à qui en a besoin.",
        secret=True,
    ),
    Proposed(
        "installateurs",
        "marc",
        3,
        -8,
        "Deux personnes à la fermeture des agences",
        "Personne ne ferme plus seul après 19 h. Les plannings de décembre en tiennent compte.",
        ("La proposition", "Une objection"),
        Consent(),
        {"coumba": Choice("1"), "awa": Choice("2"), "tidiane": Choice("1")},
        ("marc", "coumba", "awa", "tidiane"),
        said=(
            Said(
                "awa",
                "objection",
                "À Thiès nous ne sommes que deux : un congé, et l’agence n’ouvre plus.",
                "Koffi vient de Dakar les jours de congé ; c’est écrit dans le planning.",
            ),
            Said("tidiane", "for", "Un client a attendu dehors avec Awa en octobre, et heureusement."),
        ),
    ),
    Proposed(
        "maison",
        "coumba",
        2,
        -4,
        "Changer l’heure de la réunion du lundi",
        "Je pense la mettre à 10 h. C’est moi qui décide, mais dites-moi ce que j’oublie.",
        ("Plutôt pour", "Plutôt contre"),
        Advice(),
        {"marc": Choice("1"), "tom": Choice("2")},
        ("marc", "nadia", "awa", "grace", "tom"),
        said=(
            Said("marc", "opinion", "À 10 h les clients appellent déjà moins.", "C’est ce que je cherchais, merci."),
            Said("tom", "opinion", "Je dépose les enfants à 9 h 45 : 10 h 15 m’irait mieux."),
        ),
    ),
)


class Deciding(Chapter):
    """Puts the proposals to the vote."""

    def __init__(self, *told: Any, organisations: Mapping[str, Any]) -> None:
        super().__init__(*told)
        self.organisations = organisations

    def tell(self) -> None:
        for proposed in PROPOSED:
            self._tell(proposed)

    def _tell(self, told: Proposed) -> None:
        at, closes, over = self.when(told.ago, told.title), self.when(told.closes, told.title), told.closes > 0
        opened = at + timedelta(hours=1)
        titles = {str(number): title for number, title in enumerate(told.options, 1)}
        terms = Terms(told.rule, told.quorum, told.ties)
        facet = {
            **declared(terms),
            "options": [{"key": key, "title": title} for key, title in titles.items()],
            "opens_at": opened,
            "closes_at": closes,
            "version": 1,
            "secret": told.secret,
            "delegated": bool(told.lent),
            "about": {"space": self.spaces[told.space].pk, "tags": []} if told.lent else {},
            "statement": told.statement,
        }
        if over:
            poll = Poll.of([*titles], Counter(told.ballots.values()), eligible=len(told.voters))
            facet |= {"outcome": outcomes.written(told.title, titles, terms, poll)}
            facet |= {"review_on": self.when(told.review, "").date() if told.review else None}
        by, space = self.people[told.by], self.spaces[told.space]
        item = publish_all([Text("decision", space, by, told.title, told.text, at=at, facet=facet)], by)[0]
        decision = Decision.objects.get(pk=item.pk)
        Elector.objects.bulk_create(
            Elector(
                decision=decision,
                person=self.people[key],
                organisation=self.organisations[told.mandates[key]] if key in told.mandates else None,
            )
            for key in told.voters
        )
        decision.stage = "closed" if over else "open"  # who may vote is settled from here on
        decision.save(update_fields=["stage"])
        for giver, to in told.lent.items():
            Delegation.objects.lend(self.people[giver], self.people[to], space)
        self._vote(told, decision, opened)
        decision.item = item
        for each in told.said:
            argument = Argument.objects.say(decision, self.people[each.by], each.side, each.words)
            if each.answer:
                argument.respond(by, each.answer)
        Turn.objects.create(decision=decision, what="opened", by=by, at=opened, closes_at=closes)
        Event.objects.filter(item=item.pk).update(at=at)
        Event.objects.filter(pk=item.record("decision_opened", by).pk).update(at=opened)
        if over:
            Turn.objects.create(decision=decision, what="closed", at=closes, closes_at=closes)
            Event.objects.filter(pk=item.record("decision_closed", None).pk).update(at=closes)
            agenda.expect(decision.pk, agenda.REVIEW, agenda.morning_of(decision.review_on), by)
        else:
            agenda.expect(decision.pk, agenda.CLOSE, closes, by)
            agenda.expect(decision.pk, agenda.REMIND, agenda.eve_of(closes), by)

    def _vote(self, told: Proposed, decision: Decision, at: datetime) -> None:
        """Open ballots by name; secret ones into the box, or, once counted, each under its code."""
        if not told.secret:
            Cast.objects.bulk_create(
                Cast(decision=decision, voter=self.people[key], said=ballot.plain(), version=1, at=at)
                for key, ballot in told.ballots.items()
            )
            return
        voted = [self.people[key].pk for key in told.ballots]
        Mark.objects.bulk_create(Mark(elector=each) for each in decision.electors.filter(person__in=voted))
        for ballot in sorted(told.ballots.values(), key=str):
            key = box.new_key()
            if decision.stage == "open":
                box.put(decision, key, ballot.plain())
            else:
                Unsigned.objects.create(decision=decision, code=box.code_of(decision, key), said=ballot.plain())
