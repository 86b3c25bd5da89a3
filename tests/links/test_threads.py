"""The thread on which an item stands, both ways, as far as its reader sees and not through what they do not."""

import pytest

from palabre.authoring.writing import publish
from palabre.commitments.models import Commitment, made
from palabre.decisions.models import Decision, Elector
from palabre.ideas.models import Support
from palabre.links import ties
from palabre.links.models import Link, Type
from palabre.talk.models import Comment


@pytest.fixture
def thread(world, write):
    """A question in the open, a page hidden in the direction, an idea, a decision and a commitment after it:
    question → idea → decision → commitment, and idea → hidden → far."""
    space = world.spaces["entraide"]
    found = {
        "question": publish("question", space, world.ramata, "Pourquoi attendre debout ?", "…"),
        "idea": publish("idea", space, world.ines, "Un banc devant l’agence", "…"),
        "decision": publish("decision", space, world.marc, "Quel banc ?", "…"),
        "commitment": publish("commitment", space, world.marc, "Poser le banc", "…", carrier=world.awa),
        "hidden": publish("page", world.spaces["direction"], world.nadia, "Le prix du banc", "…"),
        "far": publish("page", space, world.marc, "Bancs publics", "…"),
    }
    for first, type, second in (
        ("idea", Type.ANSWERS, "question"),
        ("idea", Type.LED_TO, "decision"),
        ("decision", Type.LED_TO, "commitment"),
        ("idea", Type.LED_TO, "commitment"),
        ("idea", Type.LED_TO, "hidden"),
        ("hidden", Type.LED_TO, "far"),
    ):
        Link.tie(found[first], type, found[second], world.marc)
    return found


def walked(person, item):
    item.__dict__.pop("_ties", None)
    found = ties.of(person, item).thread
    return [[stop.title for stop in stops] for way in (found.earlier, found.since) for stops in way]


def test_it_is_walked_both_ways_and_what_comes_after_a_thing_stands_after_it(world, thread):
    assert walked(world.ramata, thread["idea"]) == [
        ["Pourquoi attendre debout ?"], ["Quel banc ?"], ["Poser le banc"]
    ]  # fmt: skip
    assert walked(world.ramata, thread["commitment"]) == [
        ["Pourquoi attendre debout ?"], ["Un banc devant l’agence"], ["Quel banc ?"]
    ]  # fmt: skip


def test_it_reveals_nothing_that_is_hidden_and_does_not_lead_through_it(world, thread, sign_in):
    assert ["Le prix du banc"] not in walked(world.ramata, thread["idea"])
    assert walked(world.ramata, thread["far"]) == []
    assert ["Le prix du banc"] in walked(world.nadia, thread["far"])
    assert any("Bancs publics" in stops for stops in walked(world.nadia, thread["idea"]))
    for address in (thread["idea"].get_absolute_url(), f"/items/{thread['idea'].pk}/thread/", "/words/"):
        html = sign_in(world.ines).get(address).content.decode()
        assert "Quel banc ?" in html
        assert "Le prix du banc" not in html and "Bancs publics" not in html
    html = sign_in(world.ramata).get(thread["far"].get_absolute_url()).content.decode()
    assert 'class="thread-line"' not in html


def test_what_takes_the_place_of_a_thing_comes_after_it(world, thread):
    again = publish("decision", world.spaces["entraide"], world.marc, "Quel banc, pour de bon ?", "…")
    Link.tie(again, Type.SUPERSEDES, thread["decision"], world.marc)
    assert walked(world.ramata, again) == [
        ["Pourquoi attendre debout ?"], ["Un banc devant l’agence"], ["Quel banc ?"]
    ]  # fmt: skip
    assert again.title in walked(world.ramata, thread["decision"])[-1]


def test_a_circle_is_walked_once(world, thread):
    Link.tie(thread["commitment"], Type.LED_TO, thread["idea"], world.marc)
    found = walked(world.ramata, thread["idea"])
    assert sorted(title for stops in found for title in stops) == [
        "Poser le banc", "Pourquoi attendre debout ?", "Quel banc ?"
    ]  # fmt: skip


def test_what_leads_to_very_much_hides_nothing_of_what_led_to_it(world, thread, sign_in):
    for number in range(70):
        more = publish("page", world.spaces["entraide"], world.marc, f"Suite {number}", "…")
        Link.tie(thread["idea"], Type.LED_TO, more, world.marc)
    found = walked(world.ramata, thread["idea"])
    assert found[0] == ["Pourquoi attendre debout ?"] and 4 < len(found[1]) < 70
    html = sign_in(world.ramata).get(thread["idea"].get_absolute_url()).content.decode()
    drawn = html.partition('class="thread-line"')[2].partition("</ol>")[0]
    assert 0 < drawn.count("Suite ") <= 4 and f"/items/{thread['idea'].pk}/thread/" in drawn


def test_the_page_says_how_each_step_stands(world, thread, sign_in):
    Support.give(thread["idea"], world.ramata)
    made(thread["commitment"], world.marc).settle("kept", "Il est là depuis lundi.", world.awa)
    decided = {"document": {"result": {"sure": ["2"]}}}
    options = [{"key": "1", "title": "En bois"}, {"key": "2", "title": "En pierre"}]
    Decision.objects.filter(pk=thread["decision"].pk).update(options=options)
    Decision.objects.filter(pk=thread["decision"].pk).update(stage="open")
    Decision.objects.filter(pk=thread["decision"].pk).update(stage="closed", outcome=decided)
    html = sign_in(world.ramata).get(f"/items/{thread['question'].pk}/thread/").content.decode()
    assert "En pierre" in html and "En bois" not in html
    assert "Il est là depuis lundi." in html
    assert html.index("Un banc devant l’agence") < html.index("Quel banc ?") < html.index("Poser le banc")
    assert html.count('aria-current="true"') == 1
    lonely = publish("page", world.spaces["entraide"], world.marc, "Seule", "…")
    assert 'class="empty"' in sign_in(world.marc).get(f"/items/{lonely.pk}/thread/").content.decode()


def drawn(html):
    return html.partition('class="thread-line')[2].partition("</ol>")[0]


def test_voices_are_a_step_of_their_own_before_what_they_carry(world, thread, sign_in):
    idea = thread["idea"]
    Support.give(idea, world.ramata)
    Support.give(idea, world.fanta)
    Support.bring(idea, world.moussa, world.marc, "visit", "Mes clients attendent debout.")
    for name in ("question", "idea", "decision", "commitment"):
        html = drawn(sign_in(world.marc).get(thread[name].get_absolute_url()).content.decode())
        assert html.index("3 voix") < html.index("lightbulb") and html.count("3 voix") == 1, name
        assert f'href="{idea.get_absolute_url()}#voices"' in html, name
    assert "voix" not in drawn(sign_in(world.ramata).get(thread["far"].get_absolute_url()).content.decode())
    assert 'id="voices"' in sign_in(world.marc).get(idea.get_absolute_url()).content.decode()


def test_where_the_thread_forks_voices_name_what_they_are_for(world, thread, sign_in):
    other = publish("idea", world.spaces["entraide"], world.ines, "Une horloge", "…")
    Link.tie(other, Type.LED_TO, thread["decision"], world.marc)
    for idea in (thread["idea"], other):
        Support.give(idea, world.ramata)
    html = drawn(sign_in(world.marc).get(thread["decision"].get_absolute_url()).content.decode())
    assert "1 voix pour «\xa0Un banc devant l’agence\xa0»" in html and "1 voix pour «\xa0Une horloge\xa0»" in html
    alone = drawn(sign_in(world.marc).get(other.get_absolute_url()).content.decode())
    assert "1 voix pour elle" in alone


def test_whose_voices_they_are_is_told_inside_and_to_a_guest_that_one_is_theirs(world, thread, sign_in):
    Support.give(thread["idea"], world.ramata)
    Support.bring(thread["idea"], world.moussa, world.marc, "visit", "Mes clients attendent debout.")
    address = f"/items/{thread['decision'].pk}/thread/"
    inside, guest, other = (
        drawn(sign_in(each).get(address).content.decode()) for each in (world.marc, world.ramata, world.fanta)
    )
    assert world.ramata.name in inside and world.moussa.name in inside
    for html in (guest, other):
        assert "2 voix" in html and "dont 1 apportée" in html
        assert world.moussa.name not in html and world.ramata.name not in html
        assert "Mes clients attendent debout" not in html
    assert "l’une d’elles est la vôtre" in guest and "l’une d’elles est la vôtre" not in other


def test_of_what_one_does_not_see_no_voice_is_counted(world, thread, sign_in):
    secret = publish("idea", world.spaces["direction"], world.nadia, "Racheter la fabrique", "…")
    Support.give(secret, world.marc)
    Link.tie(secret, Type.LED_TO, thread["decision"], world.nadia)
    html = sign_in(world.ramata).get(thread["decision"].get_absolute_url()).content.decode()
    assert "voix" not in drawn(html)
    assert "1 voix" in drawn(sign_in(world.nadia).get(thread["decision"].get_absolute_url()).content.decode())


def titles(client, **asked):
    return [item.title for item in client.get("/words/", asked).context["page"]]


def test_everybody_is_told_what_became_of_their_own_words(world, thread, sign_in):
    Support.bring(thread["idea"], world.ramata, world.marc, "visit", "Mes patientes attendent debout.")
    commented = publish("page", world.spaces["entraide"], world.marc, "Horaires", "…")
    Comment.say(commented, world.ramata, "Et le samedi ?")
    Commitment.objects.filter(pk=thread["commitment"].pk).update(due="2031-05-04")
    client = sign_in(world.ramata)
    assert titles(client) == ["Horaires", "Un banc devant l’agence", "Pourquoi attendre debout ?"]
    rows = {item.title: (list(map(str, said)), [stop.title for stop in led])
            for item, said, _stands, led in client.get("/words/").context["rows"]}  # fmt: skip
    assert len(rows["Un banc devant l’agence"][0]) == len(rows["Pourquoi attendre debout ?"][0]) == 1
    assert rows["Un banc devant l’agence"][1] == ["Quel banc ?", "Poser le banc"]
    assert rows["Pourquoi attendre debout ?"][1] == ["Un banc devant l’agence", "Quel banc ?", "Poser le banc"]
    html = client.get("/words/").content.decode()
    assert "2031" in html
    assert titles(sign_in(world.fanta)) == []
    Elector.objects.create(decision_id=thread["decision"].pk, person=world.fanta)
    assert titles(sign_in(world.fanta)) == []  # until it opens
    Decision.objects.filter(pk=thread["decision"].pk).update(stage="open")
    assert titles(sign_in(world.fanta)) == ["Quel banc ?"]


def test_what_one_may_no_longer_read_is_not_told(world, thread, sign_in):
    Support.give(thread["idea"], world.marc)
    secret = publish("idea", world.spaces["direction"], world.nadia, "Racheter la fabrique de bancs", "…")
    Comment.say(secret, world.marc, "Oui.")
    world.spaces["direction"].memberships.filter(person=world.marc).delete()
    assert secret.title not in titles(sign_in(world.marc))


def test_one_goes_on_page_by_page(world, sign_in):
    for number in range(23):
        publish("idea", world.spaces["entraide"], world.fanta, f"Idée {number}", "…")
    client = sign_in(world.fanta)
    first = client.get("/words/").context["page"]
    assert [*(item.title for item in first), *titles(client, after=first.next)] == [
        f"Idée {number}" for number in reversed(range(23))
    ]
