"""Each rule in two plain sentences, with an example whose ballots are in `examples`."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Explanation:
    """What a page says of a rule: its name, how it counts, and one case worked through."""

    name: str | Promise
    sentences: str | Promise
    example: str | Promise


RULES: dict[str, Explanation] = {
    "advice": Explanation(
        _("Advice"),
        _(
            "People are asked what they think, with their reasons, and one person decides. Before saying what is "
            "decided, that person answers each opinion."
        ),
        _(
            "Five people are asked about a new timetable: three lean to it, two do not, and one of these knows that "
            "the last bus leaves at six. Whoever decides takes it from nine to half past five, and says why to each."
        ),
    ),
    "consent": Explanation(
        _("Consent"),
        _(
            "What is proposed is taken unless somebody objects, and one may also stand aside. Each objection is "
            "answered until whoever raised it says that it is resolved."
        ),
        _(
            "Three consent, one stands aside, one objects that nobody could close the shop alone. The proposal is "
            "changed so that two stay; the objection is resolved, and the proposal is taken."
        ),
    ),
    "majority": Explanation(
        _("Majority"),
        _(
            "An option carries when it has more than the declared share of the votes, or at least that share. Whether "
            "that is a share of the votes cast, of those present or of all who might vote is declared before."
        ),
        _(
            "Twelve people are present: six vote yes, four no, two abstain. Of the ten votes cast, six are more than "
            "half, and yes carries; of the twelve present, six are not, and nothing would."
        ),
    ),
    "approval": Explanation(
        _("Approval"),
        _("Each person names every option they can live with. The option named by most people wins."),
        _("Of five people, four can live with Monday, three with Tuesday, two with Friday: it is Monday."),
    ),
    "score": Explanation(
        _("Score"),
        _("Each person gives points to the options, and giving none counts as zero. The highest sum wins."),
        _(
            "Three people have up to five points for each option. The garden gets 5, 5 and 0, which is 10; the "
            "terrace gets 4, 4 and 4, which is 12, and wins."
        ),
    ),
    "majority-judgement": Explanation(
        _("Majority judgement"),
        _(
            "Each person grades every option in words, and the option with the best median grade wins: at least half "
            "find it that good or better. Between equal medians it counts whether more people find the option better "
            "than that, or worse, and how many."
        ),
        _(
            "Five people grade two plans. The first is excellent, excellent, passable, passable and poor: its median "
            "is passable. The second is good, good, good, passable and to be rejected: its median is good, and it "
            "wins."
        ),
    ),
    "schulze": Explanation(
        _("Ranking, by Schulze’s method"),
        _(
            "Each person puts the options in order, and every option is compared with every other one: who beats all "
            "others, one to one, wins. If they beat each other in a circle, the strongest chains of victories decide."
        ),
        _(
            "A hundred people choose a place to meet. Memphis comes first on 42 ballots and last on 58; Nashville "
            "comes first on 26 only, but beats Memphis by 58 to 42, Chattanooga and Knoxville by 68 to 32, and wins."
        ),
    ),
    "scottish-stv": Explanation(
        _("Transferable vote, Scottish count"),
        _(
            "Each person has one vote, and who reaches the quota has a seat; what was above the quota goes on to "
            "those who come next on these ballots. If nobody reaches it, the last one is left out, and those votes go "
            "on whole."
        ),
        _(
            "Twenty guests choose three dishes; the quota is six. Chocolate has twelve votes, and half of each goes "
            "on: four to strawberry, two to burger. Pear is left out and its two votes give orange six. Burger is "
            "left out, and strawberry has the third place."
        ),
    ),
    "meek-stv": Explanation(
        _("Transferable vote, Meek’s count"),
        _(
            "Each person has one vote, and who has a seat keeps only the part of each vote that is needed, so that "
            "the rest goes on. Who is left out counts as if they had never stood, and the quota falls as ballots run "
            "out of names; so it takes a computer."
        ),
        _(
            "Twenty guests choose three dishes. Chocolate has twelve votes where five are needed: it keeps five "
            "twelfths of each, and strawberry, next on eight of them, rises from one vote to more than five and has "
            "the second place. Orange, next where pear is left out, has the third."
        ),
    ),
    "dots": Explanation(
        _("Dots"),
        _(
            "Each person has the same number of dots and puts them where they like, several on one option if allowed. "
            "The most dots win."
        ),
        _(
            "Three people have five dots each. The first puts all five on the kitchen, the others three on the "
            "library and two on the kitchen each: the kitchen has nine, the library six."
        ),
    ),
    "quadratic": Explanation(
        _("Quadratic voting"),
        _(
            "Each person has credits, and several votes for one option cost their square: one costs 1, two cost 4, "
            "three cost 9. So one can say how much something matters, at a price that rises; the most votes win."
        ),
        _(
            "With a hundred credits, one person gives ten votes to the gym. Three others spend sixteen each on four "
            "votes for the nursery: it has twelve, and wins by twelve to ten."
        ),
    ),
    "equal-shares": Explanation(
        _("Budget by equal shares"),
        _(
            "Each person has the same share of the money, and a project is bought when those who want it can pay for "
            "it together, first where it costs each of them least for what they get. So no group spends the share of "
            "another."
        ),
        _(
            "Ten people have 100 to spend, ten each. Six of them want the kitchen for 60, five of these benches for "
            "40 too, and the four others bicycles for 40. The six pay the kitchen and have nothing left; the four pay "
            "the bicycles."
        ),
    ),
    "greedy-budget": Explanation(
        _("Budget, most wanted first"),
        _(
            "Projects are taken in the order of how many people want them, and each is bought if the money left pays "
            "for it. A small majority can so spend all of it."
        ),
        _(
            "Ten people have 100 to spend. Six of them want the kitchen for 60, five of these benches for 40 too, and "
            "the four others bicycles for 40. Kitchen and benches are bought, and nothing is left for the four."
        ),
    ),
}

TIES: dict[str, Explanation] = {
    "lot": Explanation(
        _("By lot"),
        _(
            "A published text is joined to the key of each option, and the order of their SHA-256 sums is the order "
            "of the lot. Nobody knows that text when the options are settled, and anybody can draw again."
        ),
        _("Two options are equal. The sum of the first begins with 3, that of the second with a: the first is taken."),
    ),
    "chair": Explanation(
        _("By the chair"),
        _("A named person puts the options in order. Between equals, what stands higher in that order is taken."),
        _("Two options are equal, and the chair has put the second before the first: the second is taken."),
    ),
    "status-quo": Explanation(
        _("Things stay as they are"),
        _(
            "One option is declared to change nothing. Between equals it is taken if it is one of them; otherwise the "
            "tie stays open."
        ),
        _("Six vote yes and six no, and no is what changes nothing: it is taken."),
    ),
}
