"""Objectives: what is to be reached, the values on the way, what serves one, and what came of it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from palabre.authoring import drafting
from palabre.authoring.writing import publish
from palabre.items import kinds
from palabre.items.models import Item
from palabre.kit.asks import waiting
from palabre.links.models import Link, Type
from palabre.objectives import progress
from palabre.objectives.models import Objective, Reading, Standing
from palabre.objectives.progress import Seen
from palabre.signals.models import Signal


@pytest.fixture
def objective(world):
    item = publish("objective", world.spaces["maison"], world.lea, "Raccorder en dix jours", "De l’appel à la lumière.")
    item.objective.item = item
    item.objective.aim("Jours de l’appel à la lumière", "jours", Decimal(10), date(2030, 1, 1), world.grace, world.lea)
    return item.objective


def read(client, address):
    response = client.get(address, follow=True)
    assert response.status_code == 200, address
    return response.content.decode()


def test_it_is_written_at_the_desk_and_then_says_what_is_to_be_reached(world, sign_in):
    client = sign_in(world.coumba)
    sent = {"kind": "objective", "space": "maison", "title": "Moins de pannes", "body": "…", "action": "publish"}
    assert client.post("/write/", sent).status_code == 302
    item = Item.objects.get(title="Moins de pannes")
    whole = {"measure": "Pannes par mois", "target": "12.5", "unit": "", "due": "2030-06-01", "owner": "@awa"}
    for wrong in ({"measure": ""}, {"target": "peu"}, {"due": ""}, {"owner": "personne"}):
        assert client.post(f"/objectives/{item.pk}/aim/", {**whole, **wrong}).status_code == 422
    assert client.post(f"/objectives/{item.pk}/aim/", whole).status_code == 302
    assert Item.objects.get(pk=item.pk).owner == world.awa
    html = read(client, item.get_absolute_url())
    assert "12,5" in html and "Pannes par mois" in html and world.awa.name in html
    assert "12,5" in read(client, "/objectives/")


@pytest.mark.parametrize("page", ["aim", "progress", "end"])
@pytest.mark.parametrize(
    ("who", "status"), [("coumba", 403), ("grace", 200), ("marc", 200), ("lea", 200), ("ramata", 404)]
)
def test_who_answers_for_it_its_author_and_stewards_steer_it(who, status, page, world, objective, sign_in):
    assert sign_in(getattr(world, who)).get(f"/objectives/{objective.pk}/{page}/").status_code == status


def test_values_are_noted_by_day_and_told_by_a_line_and_a_table(world, objective, sign_in):
    client, address = sign_in(world.grace), f"/objectives/{objective.pk}/progress/"
    days = [(localdate() - timedelta(days=ago)).isoformat() for ago in (60, 30, 0)]
    for day, value in zip(days, ("31", "24.5", "19"), strict=True):
        assert client.post(address, {"on": day, "value": value, "note": ""}).status_code == 302
    client.post(address, {"on": days[1], "value": "25", "note": "counted again"})
    tomorrow = (localdate() + timedelta(days=1)).isoformat()
    assert client.post(address, {"on": tomorrow, "value": "1", "note": ""}).status_code == 422
    assert list(Reading.objects.order_by("on").values_list("value", flat=True)) == [31, 25, 19]
    html = read(sign_in(world.coumba), objective.item.get_absolute_url())
    assert html.count("<circle") == 3 and 'class="goal"' in html and "counted again" in html
    assert kinds.get("objective").beside([objective.pk])[objective.pk].endswith("19 of 10 jours")


def test_the_line_goes_from_the_first_day_to_the_day_it_is_due(objective):
    values = [Seen(date(2029, 1, 1), Decimal(30)), Seen(date(2029, 7, 2), Decimal(20))]
    line = progress.drawn(values, objective)
    assert line.dots[0] == (8, 8) and 290 < line.dots[1][0] < 310 and line.dots[1][1] == 80
    assert (line.target, line.last) == (152, date(2030, 1, 1))
    assert progress.drawn(values[:1], objective) is None
    flat = [Seen(date(2029, 1, 1), Decimal(10)), Seen(date(2029, 1, 1), Decimal(10))]
    assert progress.drawn(flat, objective).points


def test_what_serves_it_stands_on_its_page_and_names_it_on_its_own(world, objective, sign_in):
    idea = publish("idea", world.spaces["maison"], world.awa, "Deux équipes le samedi", "Un essai.")
    hidden = publish("idea", world.spaces["direction"], world.nadia, "Sous-traiter", "À qui ?")
    for each, type in ((idea, Type.SUPPORTS), (idea, Type.PART_OF), (hidden, Type.SUPPORTS)):
        Link.tie(each, type, objective.item, world.nadia)
    client = sign_in(world.coumba)
    html = read(client, objective.item.get_absolute_url())
    assert html.count("Deux équipes le samedi</a>") == 1 and hidden.title not in html
    assert "En discussion, 0 voix" in read(client, f"/objectives/{objective.pk}/serving/")
    whole = read(client, f"/objectives/{objective.pk}/serving/ideas/")
    assert idea.title in whole and hidden.title not in whole
    assert read(client, idea.get_absolute_url()).count("Raccorder en dix jours</a>") == 1


def test_what_is_begun_for_it_serves_it(world, objective, sign_in):
    client = sign_in(world.awa)
    response = client.post(f"/objectives/{objective.pk}/beginning/", {"kind": "decision"})
    draft = drafting.Draft.objects.get(person=world.awa)
    assert f'name="serves" value="{objective.pk}"' in read(client, response["Location"])
    sent = {"kind": "decision", "space": "maison", "title": "Une équipe de plus ?", "body": "…", "draft": draft.pk}
    client.post("/write/", {**sent, "stamp": draft.stamp, "action": "publish"})
    made = Item.objects.get(title="Une équipe de plus ?")
    assert Link.objects.filter(source=made, type=Type.SUPPORTS, target=objective.pk).exists()


def test_it_ends_once_with_what_came_of_it_and_is_told(world, objective, sign_in, hear):
    hear()
    client, address = sign_in(world.grace), f"/objectives/{objective.pk}/end/"
    assert client.post(address, {"standing": "reached", "outcome": ""}).status_code == 422
    assert client.post(address, {"standing": "missed", "outcome": "Twelve days, no less."}).status_code == 302
    assert client.post(address, {"standing": "reached", "outcome": "Ten."}).status_code == 403
    objective.refresh_from_db()
    assert (objective.standing, objective.outcome) == ("missed", "Twelve days, no less.")
    assert not objective.see(localdate(), Decimal(1), "", world.grace)
    hear()
    assert Signal.objects.filter(person=world.lea, verb="objective_ended").exists()
    assert "Twelve days, no less." in read(sign_in(world.lea), "/inbox/")
    assert "Twelve days, no less." in read(sign_in(world.coumba), objective.item.get_absolute_url())
    assert objective.item.title in read(sign_in(world.coumba), "/spaces/maison/objectives/?show=ended")
    with pytest.raises(IntegrityError), transaction.atomic():
        Objective.objects.filter(pk=objective.pk).update(standing=Standing.OPEN)


def test_one_whose_day_has_passed_waits_on_the_front_page_of_who_answers_for_it(world, objective, sign_in):
    def asked(person):
        return [ask for ask in waiting(sign_in(person).get("/").wsgi_request) if ask.icon == "flag"]

    assert asked(world.grace) == []
    for days, number in ((0, 0), (-1, 1)):
        Objective.objects.filter(pk=objective.pk).update(due=localdate() + timedelta(days=days))
        assert len(asked(world.grace)) == number
    [ask] = asked(world.grace)
    assert (ask.title, ask.address) == (objective.item.title, f"/objectives/{objective.pk}/end/")
    assert ask.address in read(sign_in(world.grace), "/") and asked(world.lea) == []
    objective.end(Standing.MISSED, "Treize jours.", world.grace)
    assert asked(world.grace) == []


def tied(objective):
    return set(Link.objects.filter(target=objective.pk).values_list("source__title", "type"))


def test_what_is_there_already_is_tied_from_its_page_and_from_theirs(world, objective, sign_in):
    house, hidden = world.spaces["maison"], world.spaces["direction"]
    idea, page = (publish(kind, house, world.lea, f"Moins d’appels, {kind}", "…") for kind in ("idea", "page"))
    secret = publish("decision", hidden, world.nadia, "Moins d’appels, en secret", "…")
    done = publish("commitment", house, world.marc, "Rappeler le jour même", "…", carrier=world.awa)
    Link.tie(done, Type.PART_OF, objective.item, world.marc)
    client, address = sign_in(world.coumba), f"/objectives/{objective.pk}/tying/"
    assert address in read(client, objective.item.get_absolute_url())
    found = client.get(address, {"q": "appels"})
    assert [each.title for each in found.context["found"]] == [idea.title]  # a page says of no way how far it is
    assert [each.title for each in found.context["said"]] == [done.title]
    part = client.get(address, {"q": "appels"}, headers={"HX-Request": "true"}).content.decode()
    assert idea.title in part and "<html" not in part
    chosen = {"serves": [idea.pk, secret.pk, page.pk], "shown": [idea.pk, secret.pk, page.pk, done.pk]}
    assert client.post(address, chosen).status_code == 302
    assert tied(objective) == {(idea.title, "supports")}
    assert objective.item.title in read(client, idea.get_absolute_url())

    theirs = f"/items/{idea.pk}/objectives/"
    assert theirs in read(client, idea.get_absolute_url())
    assert theirs.replace(str(idea.pk), str(page.pk)) not in read(client, page.get_absolute_url())
    assert [each.title for each in client.get(theirs).context["said"]] == [objective.item.title]
    other = publish("objective", house, world.lea, "Répondre dans l’heure", "…")
    shown = {"shown": [objective.pk, other.pk], "serves": [other.pk]}
    assert client.post(theirs, shown).status_code == 302
    assert tied(objective) == set() and tied(other) == {(idea.title, "supports")}
    assert client.get(f"/items/{page.pk}/objectives/").status_code == 404
    assert sign_in(world.ramata).get(theirs).status_code == 404
    assert sign_in(world.ramata).post(address, chosen).status_code == 404
