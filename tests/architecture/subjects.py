"""What rows of the matrix put into an address or a form: one of each thing that addresses are about."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils.timezone import localdate

from palabre.authoring.drafting import Content, keep
from palabre.authoring.files.keeping import attach, taken
from palabre.authoring.models import Template
from palabre.authoring.writing import publish
from palabre.bookmarks import keeping as bookmarks
from palabre.commitments.models import made
from palabre.consultations.letters import stop_of
from palabre.consultations.methods import METHODS
from palabre.consultations.models import Consultation, Enclosure, Response, Statement, print_of
from palabre.conversations.models import Conversation
from palabre.counting.consent import Consent
from palabre.counting.document import declared
from palabre.counting.schulze import Schulze
from palabre.counting.terms import Terms
from palabre.decisions import electorate
from palabre.decisions.models import Argument, Delegation
from palabre.feeds.models import Token
from palabre.feeds.sources import Source
from palabre.ideas.agenda import today
from palabre.ideas.models import Half, Review, Support
from palabre.items.models import Item, Revision
from palabre.kit.clock import now
from palabre.links.models import Link, Type
from palabre.mail.lists import List
from palabre.people.invitations import invite
from palabre.push.models import Device
from palabre.push.subscription import Subscription
from palabre.questions.models import Waiting
from palabre.search.models import Missing
from palabre.signals.models import Entry
from palabre.spaces.models import Request
from palabre.tags.models import Tag
from palabre.talk.models import Comment
from palabre.webhooks.models import Webhook


def subject_values(world: Any, item: Item, by: Any) -> dict[str, Any]:
    """What rows can put into an address or a form, by name."""
    space, word = item.space, f"matrice-{item.space.slug}"
    tag = Tag.objects.called([word])[word]
    comment = Comment.say(item, by, "Une remarque.")
    file = attach(item, by, "note.txt", [f"Une note pour {space.slug}.".encode()])
    post = publish("post", space, by, f"Daté, dans {space}", "Un billet.")
    invitation, link = invite(world.tom, f"{space.slug}@ailleurs.example", side="customer")
    other = Tag.objects.made([f"autre-{space.slug}"])[f"autre-{space.slug}"]
    other.put_on(item, by)
    Missing.note(f"rien dans {space.slug}")
    bookmark, _new = bookmarks.keep(space, by, f"https://ailleurs.example/{space.slug}", "Une adresse")
    conversation = Conversation.objects.start(by, [world.nadia, world.lea], name=f"Entre nous, {space.slug}")
    message = conversation.say(by, "Un message.")
    content = Content(item.kind, item.title, "Un brouillon.", space, based_on=item.version)
    leading = {"name": "Suivi", "address": "https://hooks.example/suivi"}
    hook, _secret = Webhook.objects.make(by, space, **leading)
    house_hook, _secret = Webhook.objects.make(world.tom, None, **leading)
    return {
        "item": item,
        "pk": item.pk,
        "key": item.get_absolute_url().split("/")[2],
        "version": Revision.objects.get(item=item).number,
        "title": item.title,
        "slug": space.slug,
        "person": by.pk,
        "handle": by.handle,
        "spoken_for": world.moussa.pk,
        "comment": comment.pk,
        "file": file.pk,
        "name": file.name,
        "post": post.get_absolute_url().split("/")[2],
        "bookmark": bookmark.pk,
        "bookmark_key": bookmark.get_absolute_url().split("/")[2],
        "link": Link.tie(item, Type.RELATED, post, by).pk,
        "tag": tag.key,
        "merge": other.merge_into(tag, world.marc).pk,
        "missing": Missing.objects.get(words=f"rien dans {space.slug}").pk,
        "draft": keep(by, content, item=item).pk,
        "template": Template.objects.create(space=space, name="Compte rendu", body="…", by=by).pk,
        "asked": Request.objects.create(space=space, person=world.binta).pk,
        "invitation": link.rstrip("/").rsplit("/", 1)[1],
        "invited": invitation.pk,
        "organisation": "teranga",
        "customer": "baobab",
        "chapter": "begin",
        "wanted": "wanted",
        "entry": Entry.objects.create(person=by, item=item, space=space, event=1, at=item.published_at).pk,
        "thing": "item",
        "stopping": List(by.pk, "i", item.pk).token,
        "hook": hook.pk,
        "house_hook": house_hook.pk,
        "number": hook.deliveries.create(type="item.published", item=item.pk, state="failed").pk,
        "atom": "atom",
        "kind": "pages",
        "feed": f"/feeds/spaces/{space.slug}",
        "token": Token.give(by, Source.of("space", slug=space.slug), "Un flux"),
        "token_pk": Token.objects.of(by).latest("pk").pk,
        "conversation": conversation.pk,
        "conversation_key": conversation.item.get_absolute_url().split("/")[2],
        "message": message.pk,
        "device": device_of(by, space.slug),
        **asked_in(world, space, by),
        **decided_in(space, by, world.nadia, world.lea),
        **consulted_in(space, by),
        **wished_in(world, space, by),
        **promised_in(world, space, by),
        **offered_in(space, by),
        **ruled_in(world, space, by),
        **aimed_in(space, by),
    }


def consulted_in(space: Any, by: Any) -> dict[str, Any]:
    """Consultations of theirs: one in preparation, open, closed, with its results returned, and two maps."""
    found: dict[str, Any] = {"method": "price", "asked_question": "recommend"}
    found["silence"] = stop_of(print_of(f"{space.slug}@ailleurs.example"))
    made = METHODS["recommend"].make({"name": {"fr": "Cela"}})
    for stage in ("draft", "open", "closed", "returned", "map", "map_draft"):
        facet = {"method": "opinions"} if stage.startswith("map") else {"method": "recommend", **made}
        text = f"Consulter, dans {space} ({stage})"
        consultation = publish("consultation", space, by, text, "Dites-nous.", **facet).consultation
        Statement.objects.create(consultation=consultation, text="Une affirmation assez longue.", language="fr")
        if not stage.endswith("draft"):
            consultation.open(by, now() + timedelta(days=3))
        if stage == "returned":
            found |= {"enclosure": enclosed_in(consultation), "enclosed": "q1.txt"}
        if stage in ("closed", "returned"):
            consultation.close(by)
        if stage == "returned":
            consultation.give_back(by, "Nous le ferons.")
        found[f"consultation_{stage}"] = consultation.pk
        found[f"consultation_{stage}_key"] = consultation.item.get_absolute_url().split("/")[2]
    return found


def enclosed_in(consultation: Any) -> Any:
    """The file that came with one of five answers."""
    answers = [Response(consultation=consultation, state="sent", side="public", batch=0) for _each in range(5)]
    Response.objects.bulk_create(answers)
    Consultation.objects.filter(pk=consultation.pk).update(sent=5)
    with taken("q1.txt", [b"Une note."]) as came:
        came.keep()
        return Enclosure.objects.create(
            consultation=consultation, response=answers[0], question="q1", name=came.name, size=came.size,
            content_type=came.content_type, digest=came.digest,
        ).pk  # fmt: skip


def decided_in(space: Any, by: Any, *others: Any) -> dict[str, Any]:
    """Decisions of theirs: one in preparation, one open, one decided, two with secret ballots, of which one is counted,
    and one by consent with an objection of theirs; all who read them have a voice, and may lend it.
    """
    found: dict[str, Any] = {"lent": Delegation.objects.lend(by, next(each for each in others if each != by), space).pk}
    for stage in ("draft", "open", "closed", "booth", "counted"):
        decision = publish("decision", space, by, f"Décider, dans {space} ({stage})", "Une proposition.").decision
        if stage != "draft":
            terms = declared(Terms(Schulze()))
            options = [{"key": "1", "title": "Oui"}, {"key": "2", "title": "Non"}]
            how = {"secret": True} if stage in ("booth", "counted") else {"delegated": True}
            closes = now() + timedelta(days=3)
            decision.prepare(by, [], options=options, who="readers", closes_at=closes, **how, **terms)
            decision.open(by, electorate.those)
        if stage in ("closed", "counted"):
            decision.close()
        found[f"decision_{stage}"] = decision.pk
        found[f"decision_{stage}_key"] = decision.item.get_absolute_url().split("/")[2]
    consented = publish("decision", space, by, f"Consentir, dans {space}", "Une proposition.").decision
    said = declared(Terms(Consent()))
    titles = [{"key": "1", "title": "La proposition"}, {"key": "2", "title": "Une objection"}]
    consented.prepare(by, [], options=titles, who="readers", closes_at=now() + timedelta(days=3), **said)
    consented.open(by, electorate.those)
    objection = Argument.objects.say(consented, by, "objection", "Pas ainsi.")
    found |= {"argument": objection.pk, "argument_key": objection.item.get_absolute_url().split("/")[2]}
    return found | {"json": "json"}


def asked_in(world: Any, space: Any, by: Any) -> dict[str, Any]:
    """A question of theirs that waits for somebody, with an answer of a colleague who is no steward anywhere."""
    question = publish("question", space, by, f"Comment, dans {space} ?", "Une question.").question
    answer = question.answer(world.koffi, "Ainsi.")
    question.wait_for(by, person=world.nadia)
    return {
        "question": question.pk,
        "question_key": question.item.get_absolute_url().split("/")[2],
        "answer": answer.pk,
        "answer_key": answer.get_absolute_url().split("/")[2],
        "waiting": Waiting.objects.get(question=question).pk,
    }


def wished_in(world: Any, space: Any, by: Any) -> dict[str, Any]:
    """An idea of theirs, with a voice that a steward of the space brought and a review asked of themselves; one that
    was split in two, an open campaign, and one that has ended.
    """
    item = publish("idea", space, by, f"Mieux, dans {space}", "Une idée.")
    Support.bring(item, world.moussa, space.stewards().order_by("pk").first(), "visit")
    Review.objects.create(idea=item.idea, person=by, asked_by=by)  # whatever else they were asked this month
    whole = publish("idea", space, by, f"Deux choses, dans {space}", "Une idée.")
    whole.idea.split_into(Half(f"Une, dans {space}", ""), Half(f"L’autre, dans {space}", ""), "Il y en a deux.", by)
    campaign = publish("campaign", space, by, f"Vos idées, dans {space}", "Un brief.")
    campaign.campaign.plan(today(), today() + timedelta(days=9), "everybody", [], by, by)
    ended = publish("campaign", space, by, f"Vos idées d’hier, dans {space}", "Un brief.")
    ended.campaign.plan(today() - timedelta(days=9), today() - timedelta(days=1), "everybody", [], by, by)
    return {
        "idea": item.pk,
        "idea_key": item.get_absolute_url().split("/")[2],
        "voice": Support.objects.get(item=item).pk,
        "idea_split": whole.pk,
        "campaign": campaign.pk,
        "campaign_key": campaign.get_absolute_url().split("/")[2],
        "campaign_ended": ended.pk,
    }


def promised_in(world: Any, space: Any, by: Any) -> dict[str, Any]:
    """A commitment of theirs, carried by themselves."""
    item = publish("commitment", space, by, f"Faire, dans {space}", "Un engagement.", carrier=by)
    return {"commitment": made(item, by).pk, "commitment_key": item.get_absolute_url().split("/")[2]}


def offered_in(space: Any, by: Any) -> dict[str, Any]:
    """An offer of theirs, for which nobody answers."""
    item = publish("offer", space, by, f"À vendre, dans {space}", "Une offre.")
    return {"offer": item.pk, "offer_key": item.get_absolute_url().split("/")[2], "kinds": "ideas"}


def ruled_in(world: Any, space: Any, by: Any) -> dict[str, Any]:
    """A rule of theirs in force, for which a steward of the space answers, challenged by them."""
    item = publish("rule", space, by, f"Toujours, dans {space}", "Une règle.")
    item.rule.item = item
    owner = space.stewards().order_by("pk").first()
    item.rule.hold("Sinon non.", owner, localdate() + timedelta(days=30), by)
    challenge = item.rule.challenge(f"Pas toujours, dans {space}", "Parfois.", by)
    return {"rule": item.pk, "rule_key": item.get_absolute_url().split("/")[2], "challenge": challenge.pk}


def aimed_in(space: Any, by: Any) -> dict[str, Any]:
    """An objective of theirs, for which nobody else answers."""
    item = publish("objective", space, by, f"Atteindre, dans {space}", "Un objectif.")
    return {"objective": item.pk, "objective_key": item.get_absolute_url().split("/")[2]}


def device_of(person: Any, name: str) -> int:
    """A browser of theirs that is told."""
    client = Client()
    client.force_login(person)
    given = Subscription(f"https://push.example/{name}", "", "")
    return Device.objects.subscribe(person, client.session.session_key or "", given, "Firefox").pk
