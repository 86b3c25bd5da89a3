"""A consultation that is closed waits on a front page until its results are returned, or somebody leaves it at that."""

import pytest

from palabre.authoring.lifecycle import name_owner
from palabre.journal.models import Event
from palabre.kit.asks import waiting
from palabre.signals.models import Signal


@pytest.fixture
def asked(sign_in):
    """`asked(person)`: the consultations of which their front page says that results wait to be returned."""

    def asked(person):
        found = waiting(sign_in(person).get("/").wsgi_request)
        return [ask.title for ask in found if ask.address.endswith("#return")]

    return asked


def test_it_waits_for_who_answers_for_it_from_its_end_until_results_are_returned(world, opened, asked, sign_in):
    consultation = opened("recommend")
    assert asked(world.marc) == []
    consultation.close(world.marc)
    assert asked(world.marc) == [consultation.item.title] and asked(world.awa) == []
    name_owner(consultation.item, world.marc, world.awa)
    assert asked(world.marc) == [] and asked(world.awa) == [consultation.item.title]
    awa = sign_in(world.awa)
    assert awa.get(f"/consultations/{consultation.pk}/results/").status_code == 200
    assert awa.post(f"/consultations/{consultation.pk}/return/", {"statement": "Nous baissons."}).status_code == 302
    assert asked(world.awa) == []


def test_it_is_left_at_that_on_purpose_and_who_answered_reads_why(world, opened, answered, asked, hear, sign_in):
    consultation = opened("recommend")
    answered(consultation, world.ramata, {"recommend": "9", "why": ""})
    marc, address = sign_in(world.marc), f"/consultations/{consultation.pk}/leaving/"
    assert marc.post(address, {"reason": "Non."}).status_code == 403  # it is open
    consultation.close(world.marc)
    hear()
    for wrong in ("", "x" * 501):
        refused = marc.post(address, {"reason": wrong})
        assert refused.status_code == 422 and f">{wrong}</textarea>" in refused.content.decode()
    assert asked(world.marc)
    assert sign_in(world.ramata).post(address, {"reason": "Non."}).status_code == 403
    assert marc.post(address, {"reason": "Une seule réponse : elle ne dit rien."}).status_code == 302
    assert not asked(world.marc)
    client = sign_in(world.ramata)
    html = client.get(consultation.item.get_absolute_url()).content.decode()
    assert "Une seule réponse : elle ne dit rien." in html and world.marc.name in html
    assert client.get(f"/consultations/{consultation.pk}/results/").status_code == 403  # they are not returned
    hear()
    assert not Signal.objects.get(person=world.ramata, verb="consultation_left").loud
    assert "Une seule réponse : elle ne dit rien." in client.get("/inbox/").text
    assert Event.objects.get(verb="consultation_left").particulars["reason"].startswith("Une seule")
    assert marc.post(address, {"reason": "Encore."}).status_code == 422
    assert marc.post(f"/consultations/{consultation.pk}/return/", {"statement": "Si."}).status_code == 302
    assert "elle ne dit rien" not in client.get(consultation.item.get_absolute_url()).content.decode()
