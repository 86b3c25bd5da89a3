"""The words behind what happens to a rule: the answer to a challenge."""

from palabre.items.models import address
from palabre.journal.models import Event
from palabre.journal.quoting import Quote, Row, Rows, quotes
from palabre.rules.models import Challenge

CHALLENGES = Rows(
    "challenge",
    lambda: Challenge.objects.exclude(words=""),
    {"words": "words", "rule": "rule", "title": "rule__item__title"},
)


@quotes("rule_challenge_settled", rows=CHALLENGES)
def of_answer(_event: Event, challenge: Row) -> Quote:
    """What was answered, where somebody wrote an answer."""
    rule = address("rule", challenge["rule"], challenge["title"])
    return Quote(challenge["words"], f"{rule}#challenge-{challenge['pk']}")
