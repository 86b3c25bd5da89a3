"""Rules: what one needs to be in force, who may challenge it, how that ends, and how long it takes."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from palabre.authoring import drafting
from palabre.authoring.models import Trust
from palabre.authoring.writing import publish
from palabre.ideas.models import Idea
from palabre.items.models import Appointment, Item
from palabre.kit.asks import waiting
from palabre.kit.clock import now
from palabre.links import following, ties
from palabre.links.models import Link, Type
from palabre.rules import challenges
from palabre.rules.models import Challenge, Outcome, Rule
from palabre.signals.models import Signal


def read(client, address):
    response = client.get(address, follow=True)
    assert response.status_code == 200, address
    return response.content.decode()


def standing(rule):
    return Rule.objects.get(pk=rule.pk).standing


def test_a_rule_is_written_at_the_desk_and_only_proposed(world, sign_in):
    sent = {"kind": "rule", "space": "maison", "title": "Deux clés", "body": "Toujours.", "action": "publish"}
    assert sign_in(world.awa).post("/write/", sent).status_code == 302
    item = Item.objects.get(title="Deux clés")
    assert item.rule.standing == "proposed"
    assert "Deux clés" not in read(sign_in(world.awa), "/rules/")
    assert "Deux clés" in read(sign_in(world.awa), "/spaces/maison/rules/?show=proposed")


def test_in_force_it_has_a_reason_an_owner_and_a_day(world, proposed, day, sign_in):
    client, address = sign_in(world.marc), f"/rules/{proposed.pk}/terms/"
    whole = {"reason": "Une erreur coûte cher.", "owner": "@nadia", "review_on": day.isoformat()}
    for wrong in ({"reason": " "}, {"owner": "personne"}, {"review_on": "2020-01-01"}, {"review_on": ""}):
        response = client.post(address, {**whole, **wrong})
        assert response.status_code == 422 and 'aria-invalid="true"' in response.content.decode()
        assert standing(proposed) == "proposed"
    assert client.post(address, whole).status_code == 302
    item = Item.objects.get(pk=proposed.pk)
    assert (standing(proposed), item.owner, Trust.objects.get(item=item).verified_until) == ("force", world.nadia, day)
    html = read(sign_in(world.coumba), "/rules/")
    assert "Une erreur coûte cher." in html and world.nadia.name in html
    with pytest.raises(IntegrityError), transaction.atomic():
        Rule.objects.filter(pk=proposed.pk).update(reason="")


@pytest.mark.parametrize(
    ("who", "status"), [("coumba", 403), ("grace", 200), ("marc", 200), ("lea", 200), ("ramata", 404)]
)
def test_who_answers_for_it_its_author_and_stewards_steer_it(who, status, world, rule, sign_in):
    assert sign_in(getattr(world, who)).get(f"/rules/{rule.pk}/terms/").status_code == status


def test_any_reader_challenges_it_even_without_the_right_to_write(world, day, sign_in, hear):
    item = publish("rule", world.spaces["reseau"], world.idrissa, "Deux techniciens par mât", "Jamais seul.")
    item.rule.item = item
    item.rule.hold("On tombe.", world.idrissa, day, world.idrissa)
    hear()
    client = sign_in(world.awa)  # who reads there, and does not write
    assert client.post(f"/rules/{item.pk}/challenge/", {"title": "", "words": "x"}).status_code == 422
    sent = {"title": "Un seul pour les mâts bas", "words": "Trois mètres, avec un harnais."}
    assert client.post(f"/rules/{item.pk}/challenge/", sent).status_code == 302
    challenge = Challenge.objects.get()
    assert (challenge.by, challenge.idea.author, challenge.idea.kind) == (world.awa, world.awa, "idea")
    assert Idea.objects.filter(pk=challenge.idea_id).exists()
    assert Link.objects.filter(source=challenge.idea, type=Type.OBJECTS_TO, target=item).exists()
    hear()
    assert Signal.objects.filter(person=world.idrissa, verb="rule_challenged").exists()
    page = read(sign_in(world.idrissa), item.get_absolute_url())
    told = page.partition('id="challenges"')[2].partition("</section>")[0]
    assert told.count("Un seul pour les mâts bas</a>") == 1 and f"/challenges/{challenge.pk}/answer/" in told
    assert "depuis aujourd’hui" in page
    assert f'href="{item.get_absolute_url()}">Deux techniciens par mât</a>' in read(
        client, challenge.idea.get_absolute_url()
    )
    assert sign_in(world.ramata).get(f"/rules/{item.pk}/challenge/").status_code == 404


def test_an_answer_keeps_the_rule_ends_the_challenge_once_and_is_told(world, rule, sign_in, hear):
    challenge = rule.challenge("Sauf urgence", "Une panne n’attend pas.", world.coumba)
    hear()
    address = f"/rules/{rule.pk}/challenges/{challenge.pk}/answer/"
    assert sign_in(world.coumba).post(address, {"words": "Non."}).status_code == 403
    client = sign_in(world.grace)
    assert client.post(address, {"words": ""}).status_code == 422
    assert client.post(address, {"words": "An outage has its own procedure."}).status_code == 302
    client.post(address, {"words": "Again."})
    challenge.refresh_from_db()
    assert (challenge.outcome, challenge.words, challenge.settled_by) == (
        "kept", "An outage has its own procedure.", world.grace,
    )  # fmt: skip
    hear()
    assert Signal.objects.get(person=world.coumba, verb="rule_challenge_settled").reason == "challenger"
    assert "An outage has its own procedure." in read(sign_in(world.coumba), rule.item.get_absolute_url())


def test_what_is_measured_stays_as_it_is(world, rule):
    challenge = rule.challenge("Sauf urgence", "Une panne n’attend pas.", world.coumba)
    rows = Challenge.objects.filter(pk=challenge.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(at=now())
    challenge.settle(Outcome.KEPT, "Non.", world.grace)
    for changed in ({"settled_at": now() + timedelta(days=1)}, {"outcome": "lifted"}, {"words": "Oui."}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**changed)


def test_a_challenge_leads_to_a_decision_and_the_rule_shows_it(world, rule, sign_in):
    challenge = rule.challenge("Sauf urgence", "Une panne n’attend pas.", world.coumba)
    client = sign_in(world.awa)
    response = client.post(f"/rules/{rule.pk}/challenges/{challenge.pk}/decision/")
    draft = drafting.Draft.objects.get(person=world.awa)
    assert response["Location"] == draft.get_absolute_url()
    assert f'name="of_rule" value="decides:{challenge.pk}"' in read(client, response["Location"])
    sent = {"kind": "decision", "space": "maison", "title": "Le jeudi en cas d’urgence", "body": draft.body}
    client.post("/write/", {**sent, "draft": draft.pk, "stamp": draft.stamp, "action": "publish"})
    decision = Item.objects.get(title="Le jeudi en cas d’urgence")
    assert Link.objects.filter(source=challenge.idea, type=Type.LED_TO, target=decision).exists()
    _before, _sign, shown = read(client, rule.item.get_absolute_url()).partition('<p class="led">')
    assert decision.get_absolute_url() in shown.partition("</p>")[0]  # it is cited elsewhere, too


def succeed(client, rule, title):
    client.post(f"/rules/{rule.pk}/succession/")
    draft = drafting.Draft.objects.get(kind="rule")
    sent = {"kind": "rule", "space": "maison", "title": title, "body": "Sauf panne.", "draft": draft.pk}
    client.post("/write/", {**sent, "stamp": draft.stamp, "action": "publish"})
    return Item.objects.get(title=title)


def test_another_rule_takes_its_place_when_it_is_in_force_and_not_before(world, rule, day, sign_in):
    challenge = rule.challenge("Sauf urgence", "Une panne n’attend pas.", world.coumba)
    new = succeed(sign_in(world.coumba), rule, "Aucune mise en ligne le jeudi, sauf panne")
    assert standing(rule) == "force" and not Link.objects.filter(type=Type.SUPERSEDES).exists()
    sent = {"reason": "Une panne n’attend pas.", "owner": "@coumba", "review_on": day.isoformat()}
    address = f"/rules/{new.pk}/terms/"
    assert sign_in(world.coumba).post(address, sent).status_code == 403  # she may steer hers, and not the former one
    client = sign_in(world.marc)
    assert rule.item.title in read(client, address)
    assert client.post(address, sent).status_code == 302
    assert (standing(rule), standing(new.rule)) == ("replaced", "force")
    assert Link.objects.filter(source=new, type=Type.SUPERSEDES, target=rule.pk).exists()
    challenge.refresh_from_db()
    assert challenge.outcome == "replaced" and challenge.settled_at
    html = read(client, "/rules/?show=over")
    assert rule.item.title in html
    assert client.get(f"/rules/{rule.pk}/challenge/").status_code == 403


@pytest.mark.parametrize("decided", [False, True])
def test_why_a_rule_holds_leads_back_through_what_was_said_against_the_former_one(decided, world, rule, day, sign_in):
    challenge = rule.challenge("Sauf urgence", "Une panne n’attend pas.", world.coumba)
    rule.challenge("Sans objet", "…", world.coumba).settle(Outcome.KEPT, "Non.", world.grace)
    if decided:
        decision = publish("decision", world.spaces["maison"], world.marc, "Le jeudi en cas d’urgence ?", "…")
        following.tie(challenge.idea, decision, world.marc)
    new = succeed(sign_in(world.marc), rule, "Aucune mise en ligne le jeudi, sauf panne")
    new.rule.item = new
    new.rule.hold("Une panne n’attend pas.", world.marc, day, world.marc)
    between = [["Sauf urgence"], *([["Le jeudi en cas d’urgence ?"]] if decided else [])]
    before = [[stop.title for stop in stops] for stops in ties.of(world.coumba, new).thread.earlier]
    assert before == [[rule.item.title], *between]
    since = [[stop.title for stop in stops] for stops in ties.of(world.coumba, rule.item).thread.since]
    assert [titles for titles in since if "Sans objet" not in titles][-1] == [new.title]
    assert all(any(title in titles for titles in since) for [title] in between)


def test_a_proposed_rule_says_whose_place_it_will_take_to_whom_may_know(world, rule, day, sign_in):
    client = sign_in(world.marc)
    client.post(f"/rules/{rule.pk}/succession/")
    draft = drafting.Draft.objects.get(kind="rule")
    said = f'<a class="link" href="{rule.item.get_absolute_url()}" lang="{rule.item.language}">{rule.item.title}</a>'
    assert said in read(client, draft.get_absolute_url())
    sent = {"kind": "rule", "space": "maison", "title": "Sauf panne", "body": "Sauf panne.", "draft": draft.pk}
    client.post("/write/", {**sent, "stamp": draft.stamp, "action": "publish"})
    new = Item.objects.get(title="Sauf panne")
    assert f"Une fois en vigueur, elle prend la place de</span> {said}" in read(client, new.get_absolute_url())
    Item.objects.filter(pk=rule.pk).update(space=world.spaces["direction"])
    assert rule.item.title not in read(sign_in(world.coumba), new.get_absolute_url())


@pytest.mark.parametrize("ends", ["lifted", "replaced"])
def test_nobody_is_asked_to_read_again_what_holds_no_more(ends, world, rule, day, sign_in):
    assert Appointment.objects.filter(item=rule.pk, kept_at=None).exists()
    asked = f"/items/{rule.pk}/verification/"
    assert asked in read(sign_in(world.grace), rule.item.get_absolute_url())
    if ends == "lifted":
        rule.lift(world.grace)
    else:
        new = succeed(sign_in(world.marc), rule, "Aucune mise en ligne le jeudi, sauf panne")
        new.rule.item = new
        new.rule.hold("Une panne n’attend pas.", world.marc, day, world.marc)
    assert standing(rule) == ends
    assert not Appointment.objects.filter(item=rule.pk, kept_at=None).exists()
    assert not Trust.objects.filter(item=rule.pk).exists()
    assert asked not in read(sign_in(world.grace), rule.item.get_absolute_url())


def test_lifting_it_answers_every_challenge(world, rule, sign_in):
    rule.challenge("Sauf urgence", "Une panne n’attend pas.", world.coumba)
    assert sign_in(world.coumba).post(f"/rules/{rule.pk}/lifting/").status_code == 403
    assert sign_in(world.grace).post(f"/rules/{rule.pk}/lifting/").status_code == 302
    assert standing(rule) == "lifted"
    assert set(Challenge.objects.values_list("outcome", flat=True)) == {"lifted"}


def test_half_of_the_challenges_one_sees_took_so_long(world, rule, sign_in):
    start = now() - timedelta(days=40)
    for number, days in enumerate((1, 4, 30)):
        challenge = rule.challenge(f"Sauf {number}", "Parce que.", world.coumba, at=start)
        challenge.settle(Outcome.KEPT, "Non.", world.grace, at=start + timedelta(days=days))
    waits = rule.challenge("Encore", "Parce que.", world.coumba, at=start)
    told = challenges.measured(Challenge.objects.told_to(world.coumba))
    assert (told.settled, told.open, told.days, told.waited) == (3, 1, 4, 40)
    assert challenges.measured(Challenge.objects.told_to(world.ramata)).median is None
    html = read(sign_in(world.coumba), "/rules/")
    assert "sont venues en 4 jours" in html and "(jusqu’à 40 jours à présent)" in html
    assert "1 contestation ouverte" in html
    page = read(sign_in(world.coumba), rule.item.get_absolute_url())
    assert all(said in page for said in ("a pris 1 jour", "a pris 4 jours", "a pris 30 jours", "depuis 40 jours"))
    assert page.index("Encore") < page.index("Sauf 2")  # what waits comes first
    Item.objects.filter(pk=waits.idea_id).update(space=world.spaces["direction"])
    assert "Encore" not in read(sign_in(world.coumba), rule.item.get_absolute_url())
    assert challenges.measured(Challenge.objects.told_to(world.coumba)).open == 0


def test_a_challenge_waits_on_the_front_page_of_who_answers_for_the_rule(world, rule, proposed, sign_in):
    def asked(person):
        return [ask for ask in waiting(sign_in(person).get("/").wsgi_request) if ask.icon == "scale"]

    challenge = rule.challenge("Le vendredi matin, si", "Nous sommes tous là.", world.coumba)
    hidden = rule.challenge("Ailleurs", "…", world.nadia)
    Item.objects.filter(pk=hidden.idea_id).update(space=world.spaces["direction"])  # which Grace does not read
    [ask] = asked(world.grace)
    assert (ask.title, ask.address) == (challenge.idea.title, f"/rules/{rule.pk}/challenges/{challenge.pk}/answer/")
    assert sign_in(world.grace).get(ask.address).status_code == 200
    html = sign_in(world.grace).get("/").content.decode()
    assert rule.item.title in html and world.coumba.name in html and "Ailleurs" not in html
    assert asked(world.lea) == asked(world.coumba) == []
    challenge.settle(Outcome.KEPT, "Le jeudi suffit.", world.grace)
    assert asked(world.grace) == []
    again = rule.challenge("Et le samedi ?", "…", world.coumba)
    assert len(asked(world.grace)) == 1 and again.pk
    rule.lift(world.grace)
    assert asked(world.grace) == []
