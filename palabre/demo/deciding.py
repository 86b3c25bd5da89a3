"""What people of the demo world decide: something open to the house, something settled, a sum that customers share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from palabre.authoring.writing import Text, publish_all
from palabre.counting.ballots import Approval, Ballot, Choice, Ranking
from palabre.counting.budget.shares import EqualShares
from palabre.counting.document import declared
from palabre.counting.majority import Majority
from palabre.counting.poll import Poll
from palabre.counting.rules import Rule
from palabre.counting.schulze import Schulze
from palabre.counting.terms import Quorum, Terms
from palabre.counting.ties import Chair, StatusQuo, TieRule
from palabre.decisions import agenda, outcomes
from palabre.decisions.models import Ballot as Cast
from palabre.decisions.models import Decision, Elector, Turn
from palabre.journal.models import Event


@dataclass(frozen=True)
class Proposed:
    """A proposal with its ballots, by whom; `ago` and `closes` in days before now, negative ones still to come."""

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
    ),
)


class Deciding:
    """Tells them; `when` gives the moment some days ago."""

    def __init__(
        self, people: Mapping[str, Any], spaces: Mapping[str, Any], when: Callable[[float, str], datetime]
    ) -> None:
        self.people, self.spaces, self.when = people, spaces, when

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
            "stage": "closed" if over else "open",
            "options": [{"key": key, "title": title} for key, title in titles.items()],
            "opens_at": opened,
            "closes_at": closes,
            "version": 1,
            "statement": told.statement,
        }
        if over:
            poll = Poll.of([*titles], Counter(told.ballots.values()), eligible=len(told.voters))
            facet |= {"outcome": outcomes.written(told.title, titles, terms, poll)}
            facet |= {"review_on": self.when(told.review, "").date() if told.review else None}
        by, space = self.people[told.by], self.spaces[told.space]
        item = publish_all([Text("decision", space, by, told.title, told.text, at=at, facet=facet)], by)[0]
        decision = Decision.objects.get(pk=item.pk)
        Elector.objects.bulk_create(Elector(decision=decision, person=self.people[key]) for key in told.voters)
        Cast.objects.bulk_create(
            Cast(decision=decision, voter=self.people[key], said=ballot.plain(), version=1, at=opened)
            for key, ballot in told.ballots.items()
        )
        Turn.objects.create(decision=decision, what="opened", by=by, at=opened, closes_at=closes)
        Event.objects.filter(item=item.pk).update(at=at)
        Event.objects.filter(pk=item.record("decision_opened", by).pk).update(at=opened)
        if over:
            Turn.objects.create(decision=decision, what="closed", at=closes, closes_at=closes)
            Event.objects.filter(pk=item.record("decision_closed", None).pk).update(at=closes)
            agenda.expect(decision, agenda.REVIEW, agenda.morning_of(decision.review_on), by)
        else:
            agenda.expect(decision, agenda.CLOSE, closes, by)
            agenda.expect(decision, agenda.REMIND, agenda.eve_of(decision), by)
