"""What is counted when a vote closes: each voice that is heard, with the ballot that carries it."""

from collections import Counter
from collections.abc import Collection
from typing import Any

from palabre.counting.poll import Poll
from palabre.decisions import box, passing
from palabre.decisions.passing import Way
from palabre.kit.clock import now


def ways(decision: Any) -> Collection[Way]:
    """Where each voice that was lent would go if the vote closed now, or at its hour if that is past, however late the
    worker comes; none where voices are not lent.
    """
    if not decision.delegated:
        return ()
    voted = set(decision.ballots.values_list("voter_id", flat=True))
    listed = set(decision.electors.values_list("person_id", flat=True))
    return passing.ways(decision.electors.hands(decision.about, min(now(), decision.closes_at)), voted, listed).values()


def final(decision: Any, ways: Collection[Way]) -> Poll[Any]:
    """The poll of a vote that closes now, in whose transaction: voices that were lent are written beside the ballots
    that carry them, and secret ballots leave their box.
    """
    kind = decision.terms.rule.ballot
    ballots = Counter(map(kind.read, _said(decision, ways)))
    return Poll.of([*decision.titles], ballots, eligible=decision.electors.count())


def _said(decision: Any, ways: Collection[Way]) -> list[Any]:
    """What each voice says that is heard, those that were lent with the ballots that carry them. Secret ballots are
    taken from their box into a fresh table, in one movement and in an order drawn now, and the box is no more.
    """
    decision.ballots.carry(ways)
    if not decision.secret:
        cast = decision.ballots.order_by("pk").values_list("said", "carried")
        return [said for said, carried in cast for _voice in (said, *carried)]
    found = box.emptied(decision)
    unsigned = decision.unsigned.model
    decision.unsigned.bulk_create(unsigned(decision=decision, code=each.code, said=each.said) for each in found)
    return [each.said for each in found]
