"""A campaign asks for ideas for a while: who plans it, who proposes and when, how it ends, and what is told of it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from palabre.authoring.models import Draft
from palabre.authoring.writing import publish
from palabre.ideas.agenda import today
from palabre.ideas.models import Campaign, Idea, Outcome, Review, Support
from palabre.items import kinds
from palabre.items.appointments import keep_due
from palabre.items.models import Item
from palabre.journal.models import Event
from palabre.kit.asks import waiting
from palabre.kit.days import end_of
from palabre.kit.times import day_and_month
from palabre.signals.models import Follow, Signal


def on(days):
    return (today() + timedelta(days=days)).isoformat()


def planned(client, campaign, **other):
    sent = {"opens_on": on(0), "closes_on": on(10), "sponsor": "@lea", "audience": "everybody", "criteria": "", **other}
    return client.post(f"/campaigns/{campaign.pk}/plan/", sent)


def read(client, address):
    response = client.get(address, follow=True)
    assert response.status_code == 200, address
    return response.content.decode()


def shift(campaign, days):
    """As if it had been planned so many days ago."""
    fresh = Campaign.objects.get(pk=campaign.pk)
    gone = timedelta(days=days)
    Campaign.objects.filter(pk=campaign.pk).update(opens_on=fresh.opens_on - gone, closes_on=fresh.closes_on - gone)


def draft_for(client, campaign):
    response = client.post(f"/campaigns/{campaign.pk}/proposal/")
    assert response.status_code == 302, response.content.decode()
    return Draft.objects.latest("pk"), response["Location"]


def sent_for(draft, **other):
    return {
        "draft": draft.pk, "stamp": draft.stamp, "kind": "idea", "space": draft.space.slug,
        "title": "Un numéro d’appel", "body": "On attend assis.", "campaign_begun": draft.fields["campaign_begun"],
        "campaign": draft.fields["campaign"], "action": "publish", **other,
    }  # fmt: skip


def test_a_brief_is_written_at_the_desk_and_then_planned(world, sign_in):
    client = sign_in(world.coumba)
    sent = {"kind": "campaign", "space": "maison", "title": "Moins de papier", "body": "Un brief.", "action": "publish"}
    assert client.post("/write/", sent).status_code == 302
    campaign = Item.objects.get(title="Moins de papier").campaign
    assert campaign.standing == "prepared"
    for wrong in (
        {"closes_on": on(-1)},
        {"closes_on": ""},
        {"sponsor": "@ramata"},
        {"criteria": "a\nb\nc\nd\ne\nf\ng"},
    ):
        assert planned(client, campaign, **wrong).status_code == 422
    assert planned(client, campaign, criteria="Feuilles épargnées\n Effort\nEffort").status_code == 302
    fresh = Campaign.objects.get(pk=campaign.pk)
    assert (fresh.standing, fresh.criteria) == ("open", ["Feuilles épargnées", "Effort"])
    html = read(client, campaign.item.get_absolute_url())
    for said in ("Un brief.", world.lea.name, "Feuilles épargnées", "10 "):
        assert said in html
    assert campaign.item.title in read(client, "/campaigns/")
    assert campaign.item.title in read(client, "/spaces/maison/ideas/campaigns/")


@pytest.mark.parametrize("page", ["plan", "conclusion"])
@pytest.mark.parametrize(
    ("who", "status"), [("coumba", 403), ("lea", 200), ("marc", 200), ("nadia", 200), ("ramata", 404)]
)
def test_its_sponsor_author_and_stewards_steer_it(who, status, page, world, campaign, sign_in):
    assert sign_in(getattr(world, who)).get(f"/campaigns/{campaign.pk}/{page}/").status_code == status


def test_a_guest_who_writes_a_brief_does_not_plan_it(world, sign_in):
    item = publish("campaign", world.spaces["entraide"], world.ramata, "À nous", "Un brief.")
    assert planned(sign_in(world.ramata), item.campaign).status_code == 403


def test_an_idea_proposed_while_it_is_open_is_one_of_it(world, campaign, sign_in):
    client = sign_in(world.coumba)
    draft, address = draft_for(client, campaign)
    html = read(client, address)
    assert campaign.item.title in html and f'name="campaign" value="{campaign.pk}" checked' in html
    assert client.post("/write/", sent_for(draft)).status_code == 302
    item = Item.objects.get(title="Un numéro d’appel")
    assert item.idea.campaign == campaign.item
    assert item.title in read(client, campaign.item.get_absolute_url())
    assert item.title in read(client, f"/campaigns/{campaign.pk}/ideas/")
    assert campaign.item.title in read(client, item.get_absolute_url())
    assert item.title in read(client, "/ideas/")


def test_who_leaves_the_campaign_at_the_desk_writes_into_the_open_box(world, campaign, sign_in):
    client = sign_in(world.coumba)
    draft, _address = draft_for(client, campaign)
    assert client.post("/write/", sent_for(draft, campaign="")).status_code == 302
    assert Item.objects.get(title="Un numéro d’appel").idea.campaign is None


def test_after_its_last_day_an_idea_is_refused_in_words_and_what_was_typed_stays(world, campaign, sign_in):
    client = sign_in(world.coumba)
    draft, _address = draft_for(client, campaign)
    shift(campaign, 11)
    response = client.post("/write/", sent_for(draft), headers={"accept-language": "en"})
    html = response.content.decode()
    assert response.status_code == 422 and 'role="alert"' in html and campaign.item.title in html
    assert "On attend assis." in html and "Un numéro d’appel" in html
    assert not Idea.objects.exists()
    assert client.post("/write/", sent_for(draft, campaign="")).status_code == 302
    assert Item.objects.get(title="Un numéro d’appel").idea.campaign is None


@pytest.mark.parametrize("days", [-3, 11])
def test_outside_its_days_the_way_in_says_why(days, world, campaign, sign_in):
    shift(campaign, days)
    response = sign_in(world.coumba).post(f"/campaigns/{campaign.pk}/proposal/")
    assert response.status_code == 422 and campaign.item.title in response.content.decode()
    assert not Draft.objects.exists()
    assert "proposal" not in read(sign_in(world.coumba), campaign.item.get_absolute_url())


def test_an_idea_stands_where_its_campaign_stands(world, campaign, sign_in):
    client = sign_in(world.marc)
    draft, _address = draft_for(client, campaign)
    response = client.post("/write/", sent_for(draft, space="reseau"))
    assert response.status_code == 422 and campaign.item.space.name in response.content.decode()


def test_a_campaign_for_the_outside_takes_ideas_from_there(world, sign_in):
    item = publish("campaign", world.spaces["entraide"], world.marc, "Vos idées", "Pour nos clients.")
    item.campaign.item = item
    item.campaign.plan(today(), today() + timedelta(days=3), "outside", [], world.marc, world.marc)
    assert sign_in(world.awa).post(f"/campaigns/{item.pk}/proposal/").status_code == 422
    client = sign_in(world.ramata)
    draft, _address = draft_for(client, item.campaign)
    assert client.post("/write/", sent_for(draft)).status_code == 302
    assert Idea.objects.get().campaign == item


def test_it_opens_and_ends_by_itself_and_its_people_are_told(world, space, hear, sign_in):
    item = publish("campaign", space, world.marc, "Plus tard", "…")
    item.campaign.item = item
    item.campaign.plan(today() + timedelta(days=2), today() + timedelta(days=4), "everybody", [], world.lea, world.marc)
    Follow.objects.set(world.grace, "all", item=item)
    hear()
    assert Campaign.objects.get(pk=item.pk).standing == "coming"
    assert keep_due(end_of(today())) == 0
    shift(item.campaign, 2)
    assert keep_due(end_of(today() + timedelta(days=2))) == 1
    hear()
    assert Signal.objects.filter(person=world.grace, verb="campaign_opened").exists()
    idea = publish("idea", space, world.coumba, "Une idée", "…").idea
    Idea.objects.filter(pk=idea.pk).update(campaign=item)
    shift(item.campaign, 3)
    assert keep_due(end_of(today() + timedelta(days=4))) == 1
    assert keep_due(end_of(today() + timedelta(days=4))) == 0
    hear()
    told = set(Signal.objects.filter(verb="campaign_ended", item=item.pk).values_list("person__handle", flat=True))
    assert {"coumba", "lea", "marc", "grace"} <= told
    fresh = Campaign.objects.get(pk=item.pk)
    fresh.item = item
    assert fresh.ended_at and fresh.standing == "ended"
    fresh.plan(fresh.opens_on, today() + timedelta(days=1), "everybody", [], world.lea, world.marc)
    assert Campaign.objects.get(pk=item.pk).standing == "open"
    assert Event.objects.filter(item=item.pk, verb="campaign_opened").count() == 1


def test_what_came_of_it_ends_it_and_is_told_to_who_proposed(world, space, campaign, hear, sign_in):
    idea = publish("idea", space, world.coumba, "Une idée", "…").idea
    Idea.objects.filter(pk=idea.pk).update(campaign=campaign.item)
    hear()
    client, address = sign_in(world.lea), f"/campaigns/{campaign.pk}/conclusion/"
    assert client.post(address, {"outcome": " "}).status_code == 422
    assert client.post(address, {"outcome": "Trois idées retenues."}).status_code == 302
    hear()
    assert Campaign.objects.get(pk=campaign.pk).standing == "ended"
    assert Signal.objects.get(person=world.coumba, verb="campaign_concluded").reason == "proposer"
    assert Campaign.objects.get(pk=campaign.pk).last_day == today()  # and not the day that was planned
    refused = sign_in(world.grace).post(f"/campaigns/{campaign.pk}/proposal/")
    with override("en"):
        assert refused.status_code == 422 and f"its last day was {day_and_month(today())}" in refused.text
    response = planned(sign_in(world.marc), campaign, closes_on=on(30))
    assert response.status_code == 422 and Campaign.objects.get(pk=campaign.pk).outcome == "Trois idées retenues."
    assert "Trois idées retenues." in read(sign_in(world.coumba), campaign.item.get_absolute_url())
    assert keep_due(end_of(today() + timedelta(days=30))) == 0


def test_nothing_came_of_a_campaign_that_is_still_to_come(world, campaign, sign_in):
    shift(campaign, -3)
    client, address = sign_in(world.lea), f"/campaigns/{campaign.pk}/conclusion/"
    assert address not in read(client, campaign.item.get_absolute_url())
    refused = client.post(address, {"outcome": "Trop tôt."})
    assert refused.status_code == 422 and "Trop tôt." in refused.text
    assert Campaign.objects.get(pk=campaign.pk).outcome == ""
    shift(campaign, 3)
    assert address in read(client, campaign.item.get_absolute_url())


def test_what_came_of_it_waits_for_its_sponsor_from_its_end_until_it_is_said(world, campaign, sign_in):
    def asked(person):
        found = waiting(sign_in(person).get("/").wsgi_request)
        return [ask.title for ask in found if ask.address.endswith("/conclusion/")]

    assert asked(world.lea) == []
    shift(campaign, 11)
    assert Campaign.objects.get(pk=campaign.pk).end()
    assert asked(world.lea) == [campaign.item.title] and asked(world.marc) == []
    campaign.conclude("Trois idées retenues.", world.lea)
    assert asked(world.lea) == []


def test_it_is_left_at_that_on_purpose_until_it_is_opened_again(world, space, campaign, hear, sign_in):
    def asked():
        found = waiting(sign_in(world.lea).get("/").wsgi_request)
        return [ask.title for ask in found if ask.address.endswith("/conclusion/")]

    def over():
        shift(campaign, 11)
        campaign.refresh_from_db()
        return campaign.end()

    Idea.objects.filter(pk=publish("idea", space, world.coumba, "Une idée", "…").pk).update(campaign=campaign.item)
    hear()
    client, address = sign_in(world.lea), f"/campaigns/{campaign.pk}/leaving/"
    page = campaign.item.get_absolute_url()
    assert client.post(address, {"reason": "Non."}).status_code == 422 and 'id="left-reason"' not in read(client, page)
    assert over() and 'id="left-reason"' in read(client, page)
    assert "left-reason" not in read(sign_in(world.coumba), page)
    assert "#left-reason" in client.get(f"/campaigns/{campaign.pk}/conclusion/").content.decode()
    for wrong in ("", "x" * 501):
        refused = client.post(address, {"reason": wrong})
        assert refused.status_code == 422 and f">{wrong}</textarea>" in refused.content.decode()
    assert asked() and sign_in(world.coumba).post(address, {"reason": "Non."}).status_code == 403
    assert client.post(address, {"reason": "Une seule idée, dite déjà."}).status_code == 302
    assert not asked() and client.post(address, {"reason": "Encore."}).status_code == 422
    html = read(sign_in(world.coumba), page)
    assert "Une seule idée, dite déjà." in html and world.lea.name in html
    hear()
    assert not Signal.objects.get(person=world.coumba, verb="campaign_left").loud
    assert "Une seule idée, dite déjà." in read(sign_in(world.coumba), "/inbox/")
    assert planned(client, campaign, closes_on=on(3)).status_code == 302
    assert "dite déjà" not in read(client, page)
    assert over() and asked(), "it ended anew, and waits for words anew"
    assert client.post(address, {"reason": "Rien de neuf."}).status_code == 302 and not asked()
    assert client.post(f"/campaigns/{campaign.pk}/conclusion/", {"outcome": "Trois retenues."}).status_code == 302
    assert "Rien de neuf." not in read(client, page)


def test_what_was_said_before_of_what_came_of_it_can_be_read(world, campaign, sign_in):
    client, address = sign_in(world.lea), f"/campaigns/{campaign.pk}/conclusion/"
    for said in ("Trois idées retenues.", "Trois idées retenues.", "Quatre, tout compte fait."):
        assert client.post(address, {"outcome": said}).status_code == 302
    html = read(sign_in(world.coumba), campaign.item.get_absolute_url())
    earlier = html.partition('<details class="earlier">')[2].partition("</details>")[0]
    assert html.index("Quatre, tout compte fait.") < html.index("Trois idées retenues.")
    assert earlier.count("Trois idées retenues.") == 1 and "Quatre" not in earlier and world.lea.name in earlier
    with pytest.raises(IntegrityError), transaction.atomic():
        Outcome.objects.filter(campaign=campaign).update(text="Aucune.")


def test_its_criteria_stay_once_ideas_were_weighed_by_them(world, space, campaign, sign_in):
    idea = publish("idea", space, world.coumba, "Une idée", "…", campaign=campaign.item).idea
    Review.ask(idea, [world.awa.pk, world.grace.pk], world.marc)
    review = Review.objects.get(person=world.awa)
    review.idea = idea
    review.give({"value": 4}, "")
    response = planned(sign_in(world.marc), campaign, criteria="Autre chose")
    assert response.status_code == 422 and "Autre chose" in response.content.decode()
    assert Campaign.objects.get(pk=campaign.pk).criteria == []
    assert planned(sign_in(world.marc), campaign, closes_on=on(20)).status_code == 302


def test_the_lists_show_what_is_open_to_come_and_ended(world, space, campaign, sign_in):
    other = publish("campaign", space, world.marc, "En préparation", "…")
    client = sign_in(world.coumba)

    def shown(show):
        return [item.pk for item in client.get(f"/campaigns/?show={show}").context["page"].rows]

    assert (shown("open"), shown("coming"), shown("ended")) == ([campaign.pk], [other.pk], [])
    shift(campaign, 11)
    assert (shown("open"), shown("coming"), shown("ended")) == ([], [other.pk], [campaign.pk])
    assert sign_in(world.ramata).get("/campaigns/?show=ended").context["page"].rows == []


def test_its_kind_says_in_few_words_how_far_it_is(world, campaign):
    publish("idea", campaign.item.space, world.coumba, "Une idée", "…", campaign=campaign.item)
    [said] = kinds.in_few_words([campaign.item]).values()
    assert "1" in said


def test_the_database_refuses_half_a_period(campaign):
    for wrong in ({"opens_on": None}, {"closes_on": today() - timedelta(days=1)}, {"outcome": "Rien."}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Campaign.objects.filter(pk=campaign.pk).update(**wrong)


def test_a_guest_reads_of_a_campaign_what_they_may_read(world, campaign, sign_in):
    idea = publish("idea", world.spaces["entraide"], world.ramata, "Ailleurs", "…", campaign=campaign.item)
    Support.give(idea, world.awa)
    html = read(sign_in(world.ramata), idea.get_absolute_url())
    assert campaign.item.title not in html
