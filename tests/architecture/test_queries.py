"""The number of queries of each page, exactly: at most 8 for an item's, at most 12 for any other.

A number that changes is a decision: whoever adds a query sees it here, whoever saves one writes the lower number.
And of a save, of whose statements each must earn its place: what stands of the text is compared, not written again.
"""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from palabre.authoring.files.keeping import attach
from palabre.authoring.lifecycle import name_owner
from palabre.authoring.writing import publish, revise
from palabre.bookmarks import keeping as bookmarks
from palabre.commitments.models import Commitment, made
from palabre.consultations.methods import METHODS
from palabre.conversations.models import Conversation
from palabre.counting.ballots import Ranking
from palabre.counting.document import declared
from palabre.counting.schulze import Schulze
from palabre.counting.terms import Terms
from palabre.decisions.models import Argument, Decision, Standing
from palabre.ideas.agenda import today
from palabre.ideas.models import Half, Idea, Review, Support, Teammate, TeamSpace
from palabre.items.models import Item
from palabre.kit.clock import now
from palabre.links.models import Link, Type
from palabre.people import sessions
from palabre.questions.models import Vote
from palabre.rules.models import Outcome
from palabre.search import follower, house
from palabre.spaces import readership
from palabre.tags.models import Tag
from palabre.talk.anchors import Anchor
from palabre.talk.models import Comment, Gesture, Reaction
from palabre.webhooks.models import Webhook

pytestmark = pytest.mark.usefixtures("stories_told")

OF_AN_ITEM, OF_A_PAGE = 8, 12

PAGES = {
    "/": 7,
    "/?show=followed": 7,
    "/?show=all": 6,
    "/guide/": 2,
    "/spaces/": 6,
    "/spaces/new/": 3,
    "/spaces/reseau/": 9,
    "/spaces/reseau/pages/": 8,
    "/spaces/le-fil/posts/": 9,
    "/spaces/reseau/bookmarks/": 8,
    "/spaces/reseau/members/": 7,
    "/spaces/reseau/readers/": 7,
    "/spaces/reseau/rights/": 7,
    "/spaces/reseau/requests/": 6,
    "/spaces/reseau/settings/": 6,
    "/spaces/reseau/webhooks/": 3,
    "/spaces/reseau/webhooks/new/": 2,
    "/webhooks/{webhook}/": 6,
    "/webhooks/{webhook}/edit/": 3,
    "/webhooks/{webhook}/deliveries/{delivery}/": 6,
    "/spaces/reseau/audience/": 7,
    "/spaces/reseau/trash/": 6,
    "/spaces/reseau/templates/": 6,
    "/people/": 6,
    "/people/?q=awa": 6,
    "/people/{person}/": 6,
    "/people/{person}/edit/": 3,
    "/organisations/": 3,
    "/organisations/teranga/": 5,
    "/invitations/": 3,
    "/account/": 3,
    "/account/attention/": 7,
    "/devices/": 4,
    "/offline/": 1,
    "/service-worker.js": 1,
    "/application.webmanifest": 2,
    "/-/line/?kept=1": 3,
    "/tags/": 3,
    "/tags/fibre/": 11,
    "/tags/fibre/garden/": 5,
    "/tag-garden/merges/": 3,
    "/write/": 6,
    "/write/?kind=page": 6,
    "/write/drafts/": 4,
    "/items/{item}/edit/": 4,
    "/items/{item}/history/": 4,
    "/items/{item}/history/1/": 6,
    "/items/{item}/authorship/": 4,
    "/items/{item}/audience/": 7,
    "/items/{item}/links/": 8,
    "/items/{item}/map/": 6,
    "/items/{item}/comments/": 4,
    "/items/{item}/tags/": 6,
    "/links/": 4,
    "/links/wanted/": 4,
    "/links/orphans/": 4,
    "/inbox/": 8,
    "/inbox/?show=done": 8,
    "/following/": 3,
    "/feeds/": 3,
    "/feeds/elsewhere/?of=/feeds/spaces/reseau": 5,
    "/feeds/spaces/reseau.atom": 5,
    "/feeds/new.json": 5,
    "/feeds/search.atom?q=fibre": 6,
    "/questions/": 3,
    "/questions/?show=unanswered": 3,
    "/questions/?show=waiting": 3,
    "/spaces/reseau/questions/": 8,
    "/commitments/": 3,
    "/commitments/?show=mine": 3,
    "/commitments/new/": 2,
    "/commitments/{commitment}/result/": 4,
    "/commitments/{commitment}/plan/": 5,
    "/items/{item}/commitment/": 3,
    "/spaces/maison/commitments/": 8,
    "/items/{idea}/thread/": 6,
    "/items/{idea}/sequel/": 3,
    "/words/": 9,
    "/decisions/": 3,
    "/decisions/?show=waiting": 3,
    "/spaces/reseau/decisions/": 8,
    "/decisions/{decision}/electorate/": 6,
    "/decisions/{decision}/ballots/": 6,
    "/decisions/lent/": 4,
    "/consultations/": 3,
    "/consultations/?show=waiting": 3,
    "/consultations/new/": 2,
    "/consultations/new/price/": 5,
    "/spaces/reseau/consultations/": 8,
    "/consultations/{consultation}/results/": 4,
    "/consultations/{open}/letters/": 5,
    "/planner/": 6,
    "/planner/?show=all": 6,
    "/consultations/{map}/results/": 5,
    "/ideas/": 4,
    "/ideas/?order=supported": 4,
    "/spaces/maison/ideas/": 9,
    "/spaces/maison/ideas/board/": 7,
    "/spaces/maison/ideas/done/": 6,
    "/spaces/maison/ideas/stages/": 6,
    "/ideas/{idea}/stage/": 8,
    "/ideas/{idea}/outcome/": 5,
    "/ideas/{idea}/voices/": 5,
    "/ideas/{idea}/reviewers/": 4,
    "/ideas/{idea}/split/": 5,
    "/ideas/{idea}/team/space/": 5,
    "/spaces/maison/ideas/ranking/": 6,
    "/spaces/maison/ideas/campaigns/": 8,
    "/campaigns/": 3,
    "/campaigns/?show=ended": 3,
    "/campaigns/{campaign}/ideas/": 6,
    "/campaigns/{campaign}/ranking/": 5,
    "/campaigns/{campaign}/plan/": 4,
    "/offers/": 3,
    "/offers/?show=withdrawn": 3,
    "/spaces/produit/offers/": 9,
    "/offers/{offer}/about/": 7,
    "/offers/{offer}/about/ideas/": 6,
    "/items/{idea}/offers/": 5,
    "/rules/": 4,
    "/rules/?show=over": 4,
    "/spaces/maison/rules/": 9,
    "/rules/{rule}/terms/": 5,
    "/rules/{rule}/challenge/": 4,
    "/objectives/": 3,
    "/objectives/?show=ended": 3,
    "/spaces/maison/objectives/": 8,
    "/objectives/{objective}/serving/": 6,
    "/objectives/{objective}/serving/ideas/": 6,
    "/objectives/{objective}/progress/": 4,
    "/objectives/{objective}/tying/": 5,
    "/items/{idea}/objectives/": 5,
    "/conversations/": 6,
    "/conversations/new/": 4,
    "/conversations/{conversation}/": 12,
    "/search/": 3,
    "/search/?q=fibre": 3,
    "/search/?q=fibre+kind:page+author:awa+tag:fibre": 6,
    "/search/suggest/?q=fib": 5,
    "/search/missing/": 3,
}


@pytest.fixture(scope="module")
def index(stories_told, tmp_path_factory, django_db_blocker):
    """The folder of an index of all that the demo world says."""
    folder = tmp_path_factory.mktemp("queries")
    with django_db_blocker.unblock():
        follower.rebuild(house.Shelf(folder / "index"))
    return folder


@pytest.fixture(autouse=True)
def time_stands_still(monkeypatch):
    """Nothing that is kept or said for some minutes comes to its end between the two requests of a test."""
    monkeypatch.setattr(readership, "PERIOD", 10**9)
    monkeypatch.setattr(sessions, "FRESH", timedelta(days=1))


def asked(client, address: str) -> list[str]:
    """The queries of a page, once what is kept for all pages is warm."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    if response.status_code in (301, 302):
        return asked(client, response["Location"])
    assert response.status_code == 200, (address, response.status_code)
    return [query["sql"] for query in queries]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_exactly_so_many_queries(page, demo_world, sign_in, settings, index):
    settings.DATA = index
    item = Item.objects.visible_to(demo_world.marc).filter(kind="page").order_by("pk").first()
    talk = Conversation.objects.visible_to(demo_world.marc).get(pair__isnull=False)
    webhook = Webhook.objects.visible_to(demo_world.marc).get()
    numbers = {"item": item.pk, "person": demo_world.marc.pk, "conversation": talk.pk, "webhook": webhook.pk}
    numbers["decision"] = Decision.objects.filter(stage="closed", item__space__slug="maison").first().pk
    heard = Item.objects.filter(kind="consultation", consultation__stage="closed", space__slug="le-fil")
    numbers["consultation"] = heard.get(consultation__method="price").pk
    written_to = Item.objects.filter(consultation__stage="open", consultation__invitations__isnull=False).distinct()
    numbers["open"] = written_to.get().pk
    numbers["map"] = heard.get(consultation__method="opinions").pk
    numbers["commitment"] = Commitment.objects.filter(state="open", item__space__slug="maison").first().pk
    numbers["idea"] = Item.objects.visible_to(demo_world.marc).filter(kind="idea", space__slug="maison").first().pk
    numbers["campaign"] = Item.objects.get(kind="campaign", title="Une heure d’attente en moins").pk
    offers = Item.objects.visible_to(demo_world.marc).filter(kind="offer", offer__standing="offered")
    numbers["offer"] = offers.order_by("pk").first().pk
    numbers["rule"] = Item.objects.get(kind="rule", title="Aucune réunion le mercredi").pk
    numbers["objective"] = Item.objects.get(kind="objective", title="Raccorder en dix jours ouvrés").pk
    numbers["delivery"] = webhook.deliveries.latest("pk").pk
    queries = asked(sign_in(demo_world.marc), page.format(**numbers))
    assert len(queries) == PAGES[page], "\n".join(queries)
    assert len(queries) <= OF_A_PAGE


def test_the_page_that_moves_an_item_asks_no_more_than_any_other(demo_world, sign_in):
    item = Item.objects.visible_to(demo_world.marc).filter(kind="page").order_by("pk").first()
    assert len(asked(sign_in(demo_world.marc), f"/items/{item.pk}/move/")) <= OF_A_PAGE


@pytest.mark.parametrize("reader", ["marc", "awa", "tidiane", "ines"])
def test_the_page_of_every_item_asks_at_most_eight_queries(reader, demo_world, sign_in):
    person = getattr(demo_world, reader)
    client = sign_in(person)
    numbers = {}
    for item in Item.objects.visible_to(person):
        numbers[item.get_absolute_url()] = len(asked(client, item.get_absolute_url()))
    assert {address: number for address, number in numbers.items() if number > OF_AN_ITEM} == {}


@pytest.fixture
def rich(demo_world):
    """Of each kind, an item with all that can stand on one: marks in its text and its comments, and every power."""
    space, coumba = demo_world.spaces["installateurs"], demo_world.coumba

    def page(title, body="", **more):
        return publish("page", space, coumba, title, body, **more)

    above, other = page("Toutes les gaines"), page("Poser une gaine")
    hidden = publish("page", demo_world.spaces["direction"], demo_world.nadia, "Rachat des gaines", "Non publié.")
    marks = (
        f"Voir [[Poser une gaine]], [[Rien de tel]] et [l’autre]({other.get_absolute_url()}), demander à "
        f"@{demo_world.koffi.handle} ou @{demo_world.awa.handle}, #fibre ; rien [ici]({hidden.get_absolute_url()})."
    )
    text = f"# Les gaines\n\n{marks}\n\n## Leur prix\n\nDouze."
    address = "https://ailleurs.example/gaines"
    bookmark, _new = bookmarks.keep(space, coumba, address, "Les gaines ailleurs", note="Pour choisir.")
    bookmarks.keep(space, demo_world.koffi, address, note="Très utile.")
    revise(bookmark, coumba, bookmark.title, text, based_on=bookmark.version)
    bookmarks.keep(demo_world.spaces["entraide"], demo_world.marc, address, "Les gaines, pour les clients")
    items = {
        "page": page("Choisir une gaine", text, parent=above, tags=["gaine"]),
        "post": publish("post", space, coumba, "Une gaine nouvelle", text, tags=["gaine"]),
        "bookmark": bookmark,
    }
    question = publish("question", space, coumba, "Quelle gaine choisir ?", text, tags=["gaine"]).question
    question.item.space = space
    items["question"] = question.item
    for writer in (demo_world.awa, demo_world.koffi, demo_world.marc):
        answer = question.answer(writer, marks)
        Comment.say(answer, coumba, "Merci.")
        Vote.cast(answer, coumba, True)
    question.accept(answer, coumba)
    question.wait_for(coumba, person=demo_world.tidiane)
    items["answer"] = answer
    decision = publish("decision", space, coumba, "Quelle gaine prendre ?", text, tags=["gaine"]).decision
    options = [{"key": str(number), "title": f"Gaine {number}"} for number in range(1, 5)]
    closes = now() + timedelta(days=3)
    decision.prepare(coumba, [], options=options, closes_at=closes, shown="voted", **declared(Terms(Schulze())))
    voters = [each.pk for each in (demo_world.awa, demo_world.koffi, demo_world.marc, coumba)]
    decision.open(coumba, lambda _decision: voters)
    for number, voter in enumerate((demo_world.awa, demo_world.koffi, demo_world.marc), 1):
        decision.cast(voter, Ranking.of(str(number), "4"))
    Standing.objects.keep(decision)
    Argument.objects.say(decision, demo_world.awa, "for", marks)
    Argument.objects.say(decision, demo_world.koffi, "against", marks).respond(coumba, "Soit.")
    items["decision"] = decision.item
    consultation = publish("consultation", space, coumba, "Quelle gaine vous va ?", text, tags=["gaine"],
                           **METHODS["recommend"].make({"name": {"fr": "La gaine"}})).consultation  # fmt: skip
    consultation.open(coumba, closes)
    consultation.ask(coumba, voters)
    items["consultation"] = consultation.item
    items["idea"] = publish("idea", space, coumba, "Des gaines pour tous", text, tags=["gaine"])
    items["idea"].idea.item = items["idea"]
    for supporter in (demo_world.awa, demo_world.tidiane, demo_world.marc):
        Support.give(items["idea"], supporter)
    Support.bring(items["idea"], demo_world.moussa, demo_world.marc, "visit", "Moi aussi.")
    publish("idea", space, coumba, "Une gaine pour chacun", text).idea.merge_into(items["idea"].idea, coumba)
    items["idea"].idea.move("trial", "On essaie.", coumba)
    items["idea"].idea.respond("Oui.", coumba)
    items["idea"].idea.hand_to(demo_world.koffi, coumba)
    _campaign_and_its(items["idea"], items, demo_world)
    items["commitment"] = publish("commitment", space, coumba, "Poser les gaines", text, tags=["gaine"])
    made(items["commitment"], coumba, items["idea"]).hand_to(demo_world.koffi, coumba)
    items["commitment"].commitment.postpone(localdate() + timedelta(days=40), "La pluie.", coumba)
    items["commitment"].commitment.settle("kept", "Elles sont là.", coumba)
    items["offer"] = publish("offer", space, coumba, "Gaine annelée", text, tags=["gaine"])
    name_owner(items["offer"], coumba, demo_world.koffi)  # who is of another house, and named with it
    for about in (items["idea"], items["question"], items["decision"], above, other):
        Link.tie(about, Type.ABOUT, items["offer"], coumba)
    rule = publish("rule", space, coumba, "Une gaine par client", text, tags=["gaine"]).rule
    rule.hold("Sinon elles se croisent.", demo_world.koffi, localdate() + timedelta(days=30), coumba)
    for challenger in (demo_world.awa, demo_world.koffi, demo_world.marc):
        challenge = rule.challenge(f"Deux gaines, dit {challenger.name}", text, challenger)
        Link.tie(challenge.idea, Type.LED_TO, items["decision"], coumba)
    challenge.settle(Outcome.KEPT, "Non.", coumba)
    items["rule"] = rule.item
    objective = publish("objective", space, coumba, "Une gaine partout", text, tags=["gaine"]).objective
    objective.aim("Gaines posées", "%", Decimal(100), localdate() + timedelta(days=30), demo_world.koffi, coumba)
    for ago in range(5):
        objective.see(localdate() - timedelta(days=ago), Decimal(50 - ago), "Vu.", coumba)
    for serving in (items["idea"], items["question"], items["decision"], above, other):
        Link.tie(serving, Type.SUPPORTS, objective.item, coumba)
    items["objective"] = objective.item
    for item in items.values():
        for number in range(3):
            page(f"{item.title}, numéro {number}", f"Voir [[{item.title}]].", parent=item)
            attach(item, coumba, f"plan-{number}.txt", [b"un plan"])
        for type, first, second in (
            (Type.LED_TO, item, other), (Type.ANSWERS, other, item), (Type.RELATED, item, hidden),
            (Type.SUPERSEDES, above, item),
        ):  # fmt: skip
            Link.tie(first, type, second, coumba)
        Tag.objects.made(["tranchée"])["tranchee"].put_on(item, demo_world.awa)
        for writer in (demo_world.awa, demo_world.tidiane, demo_world.marc):
            opening = Comment.say(item, writer, marks, anchor=Anchor("prix", "Leur ", ""))
            Comment.say(item, demo_world.koffi, f"D’accord, et [[Toutes les gaines]] ? {marks}", parent=opening)
            Reaction.toggle(item, opening, Gesture.AGREE, demo_world.tidiane)
            Reaction.toggle(item, None, Gesture.THANKS, writer)
    return items


def _campaign_and_its(item, items, demo_world):
    """A campaign with ideas, of which this one has reviews, a team with a space, an answer before, and is a half."""
    space, coumba = item.space, demo_world.coumba
    campaign = publish("campaign", space, coumba, "Assez de gaines", item.body, tags=["gaine"]).campaign
    campaign.plan(today(), today() + timedelta(days=9), "everybody", ["Prix", "Pose"], demo_world.awa, coumba)
    items["campaign"] = campaign.item
    whole = publish("idea", space, coumba, "Des gaines et des câbles", item.body)
    halves = whole.idea.split_into(Half("Des câbles", ""), Half("Des fourreaux", ""), "Deux.", coumba)
    Idea.objects.filter(pk__in=[item.pk, *(half.pk for half in halves)]).update(campaign=campaign.item)
    Idea.objects.filter(pk=item.pk).update(split_from=whole)
    item.idea.respond("Oui, bientôt.", coumba)
    for reviewer in (demo_world.awa, demo_world.marc, demo_world.idrissa):
        Review.ask(item.idea, [reviewer.pk], coumba)
        review = Review.objects.select_related("idea__item").get(idea=item.pk, person=reviewer)
        review.give({"Prix": 2, "Pose": 5}, "Pas cher.")
        Teammate.join(item, reviewer)
    Review.ask(item.idea, [demo_world.grace.pk], coumba)
    TeamSpace.give(item, "L’équipe des gaines", "", coumba)


EVERYTHING = {
    ("page", "marc"): 8, ("page", "awa"): 8, ("page", "tidiane"): 8,
    ("post", "marc"): 8, ("post", "tidiane"): 8,
    ("bookmark", "marc"): 8, ("bookmark", "tidiane"): 8,
    ("question", "marc"): 8, ("question", "tidiane"): 8,
    ("idea", "marc"): 8, ("idea", "tidiane"): 8,
    ("campaign", "marc"): 8, ("campaign", "tidiane"): 8,
    ("answer", "marc"): 8, ("answer", "tidiane"): 8,
    ("decision", "marc"): 8, ("decision", "tidiane"): 8,
    ("consultation", "marc"): 8, ("consultation", "tidiane"): 8,
    ("commitment", "marc"): 8, ("commitment", "tidiane"): 8,
    ("offer", "marc"): 8, ("offer", "tidiane"): 8,
    ("rule", "marc"): 8, ("rule", "tidiane"): 8,
    ("objective", "marc"): 8, ("objective", "tidiane"): 8,
}  # fmt: skip


@pytest.mark.parametrize(("kind", "reader"), EVERYTHING)
def test_an_item_with_everything_on_it_asks_exactly_so_many(kind, reader, rich, demo_world, sign_in):
    queries = asked(sign_in(getattr(demo_world, reader)), rich[kind].get_absolute_url())
    assert len(queries) == EVERYTHING[kind, reader], "\n".join(queries)
    assert len(queries) <= OF_AN_ITEM


SAVE = (
    "people_session", "spaces_space", "items_item",  # who asks, what they see, the row and whether they began a draft
    "items_revision",  # what is kept: the row and the version, in one statement
    "links_link",  # what stands of the text, its tags too, compared with what it says now
    "journal_event",  # what others hear
)  # fmt: skip


def test_a_save_that_says_nothing_new_of_other_things_writes_the_text_and_the_event(demo_world, sign_in):
    from palabre.items.models import Item

    client = sign_in(demo_world.marc)
    texts = Item.objects.visible_to(demo_world.marc).filter(kind="page", links_out__type="text", taggings__in_text=True)
    item = texts.order_by("pk").first()

    def save(number: int) -> list[str]:
        sent = {"title": item.title, "body": f"{item.body}\nVersion {number}.\n", "based_on": 10**9}
        with CaptureQueriesContext(connection) as said:
            assert client.post(f"/items/{item.pk}/edit/", sent).status_code == 302
        return [query["sql"] for query in said if "SAVEPOINT" not in query["sql"]]

    save(1)
    said = save(2)
    assert all(table in sql for table, sql in zip(SAVE, said, strict=True)), "\n".join(said)
