"""What is told of a vote elsewhere says what one would open its page for: until when, between what, what came out."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from palabre.counting.ballots import Choice
from palabre.counting.consent import Consent
from palabre.counting.majority import Majority
from palabre.journal.models import Event
from palabre.journal.quoting import quoted
from palabre.kit.times import in_full
from tests.decisions.conftest import soon

WHY = "Trois rentrent lundi."


@pytest.fixture
def said(decision):
    """`said("decision_opened", "en")`: the words that stand behind the latest event of that verb."""

    def said(verb, language):
        event = Event.objects.filter(item=decision.pk, verb=verb).latest("pk")
        with override(language):
            quote = quoted([event]).get(event.pk)
        return quote and quote.whole

    return said


@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_open_vote_says_until_when_and_between_what(world, opened, said, language):
    decision = opened(Majority(), ["Oui", "Non"])
    until = {"fr": "Ouverte jusqu’au %s.", "en": "Open until %s."}[language]
    with override(language):
        first, later = in_full(decision.closes_at), in_full(soon() + timedelta(days=2))
    between = {"fr": "– Oui\n– Non", "en": "– Yes\n– No"}[language]
    assert said("decision_opened", language) == f"{until % first}\n{between}"
    decision.extend(world.awa, soon() + timedelta(days=2), WHY)
    assert said("decision_extended", language) == f"{until % later}\n\n{WHY}"
    assert said("decision_opened", language).startswith(until % later)
    decision.cancel(world.awa, WHY)
    assert said("decision_opened", language) is None and said("decision_cancelled", language) == WHY


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_closed_vote_says_what_came_out_and_why_it_ended_early(world, opened, said, language):
    decision = opened(Majority(), ["Oui", "Non"])
    decision.cast(world.marc, Choice("2"))
    decision.close(world.awa, WHY)
    chosen = {"fr": "Choix\u00a0: Non.", "en": "Chosen: No."}[language]
    assert said("decision_ended", language) == f"{chosen}\n\n{WHY}"


def test_what_a_method_words_itself_is_told_in_its_readers_language(world, opened, said, sign_in):
    decision = opened(Consent(), ["La proposition", "Une objection"])
    decision.cast(world.marc, Choice("1"))
    assert "proposition" not in said("decision_opened", "fr").partition("\n")[2]
    decision.close()
    assert said("decision_closed", "en") == "Chosen: The proposal."
    world.awa.language = "en"
    world.awa.save()
    client = sign_in(world.awa)
    pages = [client.get(address).content.decode() for address in (decision.item.get_absolute_url(), "/decisions/")]
    assert all("The proposal" in page and "La proposition" not in page for page in pages)
