"""The rows of the permission matrix, room by room."""

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
from tests.architecture import rights
from tests.architecture.matrix import (
    Row,
    Subject,
    administrators,
    anyone,
    author,
    commenters,
    inside,
    nobody,
    readers,
    shapers,
    signed_in,
    stewards,
    those_who_meet,
    writers,
)  # fmt: skip


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
    """Consultations of theirs: one in preparation, one open, one closed, one with its results returned, and a map."""
    found: dict[str, Any] = {"method": "price", "asked_question": "recommend"}
    found["silence"] = stop_of(print_of(f"{space.slug}@ailleurs.example"))
    made = METHODS["recommend"].make({"name": {"fr": "Cela"}})
    for stage in ("draft", "open", "closed", "returned", "map"):
        facet = {"method": "opinions"} if stage == "map" else {"method": "recommend", **made}
        text = f"Consulter, dans {space} ({stage})"
        consultation = publish("consultation", space, by, text, "Dites-nous.", **facet).consultation
        Statement.objects.create(consultation=consultation, text="Une affirmation assez longue.", language="fr")
        if stage != "draft":
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
    was split in two, and an open campaign.
    """
    item = publish("idea", space, by, f"Mieux, dans {space}", "Une idée.")
    Support.bring(item, world.moussa, space.stewards().order_by("pk").first(), "visit")
    Review.objects.create(idea=item.idea, person=by, asked_by=by)  # whatever else they were asked this month
    whole = publish("idea", space, by, f"Deux choses, dans {space}", "Une idée.")
    whole.idea.split_into(Half(f"Une, dans {space}", ""), Half(f"L’autre, dans {space}", ""), "Il y en a deux.", by)
    campaign = publish("campaign", space, by, f"Vos idées, dans {space}", "Un brief.")
    campaign.campaign.plan(today(), today() + timedelta(days=9), "everybody", [], by, by)
    return {
        "idea": item.pk,
        "idea_key": item.get_absolute_url().split("/")[2],
        "voice": Support.objects.get(item=item).pk,
        "idea_split": whole.pk,
        "campaign": campaign.pk,
        "campaign_key": campaign.get_absolute_url().split("/")[2],
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


def steward_inside(subject: Subject) -> set[Any]:
    """Stewards of the house, as against a guest who is one."""
    return stewards(subject) & rights.INSIDE


def present_readers(subject: Subject) -> set[Any]:
    return readers(subject) & rights.SIGNED_IN


def may_join(subject: Subject) -> set[Any]:
    return present_readers(subject) - rights.MEMBERS[subject.space]


def may_ask(subject: Subject) -> set[Any]:
    """Who reads without writing; none of these spaces lets itself be found by the others."""
    return present_readers(subject) - set(rights.WRITERS[subject.space])


def authors_and_stewards(subject: Subject) -> set[Any]:
    return {subject.author} | stewards(subject)


def openers_and_writers(subject: Subject) -> set[Any]:
    return {subject.author} | writers(subject)


def any_writer(_subject: Subject) -> set[Any]:
    """Who may write in some space."""
    return set().union(*map(set, rights.WRITERS.values())) & rights.SIGNED_IN


def readers_who_write(subject: Subject) -> set[Any]:
    """Who reads it, and writes somewhere."""
    return any_writer(subject) & readers(subject)


def any_steward(_subject: Subject) -> set[Any]:
    """Stewards of any space, of the house, and administrators."""
    return (set().union(*rights.STEWARDS.values()) & rights.INSIDE) | rights.ADMINISTRATORS


def any_steward_who_reads(subject: Subject) -> set[Any]:
    return any_steward(subject) & readers(subject)


def all_but_stewards(subject: Subject) -> set[Any]:
    return set(rights.EVERYBODY) - any_steward(subject)


def readers_only(subject: Subject) -> set[Any]:
    """Who may read and not write."""
    return readers(subject) - writers(subject)


def all_but_diego(_subject: Subject) -> set[Any]:
    """An organisation is known to those who know somebody of it; Diego shares a space with nobody."""
    return set(rights.SIGNED_IN) - {"diego"}


def inside_and_its_customers(_subject: Subject) -> set[Any]:
    """Who knows the clinic: the house, and those who share a space with its doctor."""
    return set(rights.INSIDE) | {"ramata", "ines"}


def those_who_speak_for(subject: Subject) -> set[Any]:
    return {subject.author}


def participants(subject: Subject) -> set[Any]:
    """Of the conversation that the author of the item has with two colleagues."""
    return {subject.author, "nadia", "lea"}


def asker_and_stewards(subject: Subject) -> set[Any]:
    return ({subject.author} & commenters(subject)) | stewards(subject)


def askers_and_writers(subject: Subject) -> set[Any]:
    return writers(subject) | ({subject.author} & commenters(subject))


def supporters(subject: Subject) -> set[Any]:
    """Nobody supports what they wrote themselves."""
    return commenters(subject) - {subject.author}


def speakers(subject: Subject) -> set[Any]:
    """Who of the house may comment there."""
    return commenters(subject) & rights.INSIDE


def shapers_inside(subject: Subject) -> set[Any]:
    """Guests write a brief, and do not plan it."""
    return shapers(subject) & rights.INSIDE


def author_who_comments(subject: Subject) -> set[Any]:
    return {subject.author} & commenters(subject)


def inside_who_read(subject: Subject) -> set[Any]:
    return readers(subject) & rights.INSIDE


def all_but_koffi(subject: Subject) -> set[Any]:
    """Nobody votes on what they wrote themselves."""
    return commenters(subject) - {"koffi"}


ITEM = {"pk": "pk"}
QUESTION = {"pk": "question"}
ANSWER = {"pk": "answer"}
UNASKED, ASKED, HEARD, MAPPED = ({"pk": f"consultation_{stage}"} for stage in ("draft", "open", "closed", "map"))
DRAFT, OPEN, CLOSED, BOOTH, COUNTED = (
    {"pk": f"decision_{stage}"} for stage in ("draft", "open", "closed", "booth", "counted")
)
IDEA = {"pk": "idea"}
CAMPAIGN = {"pk": "campaign"}
COMMITMENT = {"pk": "commitment"}
OFFER = {"pk": "offer"}
RULE = {"pk": "rule"}
OBJECTIVE = {"pk": "objective"}
CHALLENGE = {"pk": "rule", "number": "challenge"}
CONVERSATION = {"pk": "conversation"}
SPACE = {"slug": "slug"}
PERSON = {"pk": "person"}
COMMENT = {"pk": "comment"}
ENTRY = {"pk": "entry"}
LETTERS = {"digest": "daily", "weekday": "0", "hour": "8"}
HOOK = {"pk": "hook"}
FORM = {"form": "atom"}

ROWS: dict[str, Row] = {
    # home and the frame
    "home:front": Row("nothing", anyone),
    "home:guide": Row("nothing", anyone),
    "home:chapter": Row("nothing", anyone, arguments={"slug": "chapter"}),
    "home:robots": Row("nothing", anyone),
    "home:sitemap": Row("nothing", anyone),
    "kit:way": Row("nothing", anyone, "POST"),
    # mail
    "mail:choices": Row(
        "nothing", signed_in, "POST", data={"digest": "daily", "weekday": "0", "hour": "8"}, knows=anyone
    ),
    "mail:stop": Row("nothing", anyone, arguments={"token": "stopping"}),
    # search
    "search:results": Row("nothing", anyone, query="?q=matrice"),
    "search:suggestions": Row("nothing", anyone, query="?q=matr"),
    "search:similar": Row("nothing", signed_in, "POST", knows=anyone, data={"title": "Matrice"}),
    "search:missing": Row("nothing", any_steward, knows=anyone),
    "search:dismissal": Row("nothing", any_steward, "POST", arguments={"pk": "missing"}, knows=anyone),
    # spaces
    "spaces:spaces": Row("nothing", anyone),
    "spaces:create": Row("nothing", inside, knows=anyone),
    "spaces:space": Row("space", readers, arguments=SPACE),
    "spaces:settings": Row("space", stewards, arguments=SPACE),
    "spaces:appointment": Row("space", nobody, arguments=SPACE, knows=nobody),
    "spaces:archiving": Row("space", stewards, "POST", arguments=SPACE),
    "spaces:readers": Row("space", readers, arguments=SPACE),
    "spaces:audience": Row("space", steward_inside, arguments=SPACE),
    "spaces:members": Row("space", readers, arguments=SPACE),
    "spaces:member": Row("space", stewards, "POST", arguments=SPACE | {"pk": "person"}),
    "spaces:joining": Row("space", may_join, "POST", arguments=SPACE),
    "spaces:leaving": Row("space", lambda s: set(rights.MEMBERS[s.space]), "POST", arguments=SPACE, knows=nobody),
    "spaces:invite": Row("space", stewards, arguments=SPACE),
    "spaces:access": Row("space", may_ask, arguments=SPACE, knows=nobody),
    "spaces:requests": Row("space", stewards, arguments=SPACE),
    "spaces:answer": Row("space", stewards, "POST", arguments=SPACE | {"pk": "asked"}, data={"answer": "refuse"}),
    "spaces:rights": Row("space", stewards, arguments=SPACE),
    # people
    "people:directory": Row("nothing", signed_in, knows=anyone),
    "people:speak_for": Row("nothing", inside, knows=anyone),
    "people:profile": Row("person", those_who_meet, arguments=PERSON | {"handle": "handle"}, knows=nobody),
    "people:profile_by_number": Row("person", those_who_meet, arguments=PERSON, knows=nobody),
    "people:edit": Row("person", those_who_speak_for, arguments=PERSON, knows=those_who_meet),
    "people:union": Row("nothing", administrators, arguments={"pk": "spoken_for"}, knows=inside),
    "people:organisations": Row("nothing", signed_in, knows=anyone),
    "people:new_organisation": Row("nothing", administrators, knows=anyone),
    "people:edit_organisation": Row("nothing", administrators, arguments={"slug": "organisation"}, knows=all_but_diego),
    "people:invitations": Row("nothing", signed_in, knows=anyone),
    "people:invite": Row("nothing", administrators, knows=anyone),
    "people:invitation": Row("nothing", anyone, arguments={"key": "invitation"}),
    "people:revocation": Row("nothing", administrators, "POST", arguments={"pk": "invited"}, knows=nobody),
    "people:organisation": Row("nothing", inside_and_its_customers, arguments={"slug": "customer"}, knows=nobody),
    "people:photo": Row("person", nobody, arguments=PERSON, knows=nobody),
    "people:portrait": Row("person", those_who_speak_for, arguments=PERSON, knows=those_who_meet),
    "people:departure": Row("person", administrators, "POST", arguments=PERSON, knows=those_who_meet),
    "people:return": Row("person", administrators, "POST", arguments=PERSON, knows=those_who_meet),
    "people:administration": Row("person", administrators, "POST", arguments=PERSON, knows=those_who_meet),
    "people:standing": Row("person", administrators, arguments=PERSON, knows=those_who_meet),
    "people:password_link": Row("person", administrators, "POST", arguments=PERSON, knows=those_who_meet),
    # the text
    "authoring:write": Row("nothing", signed_in, knows=anyone),
    "authoring:drafts": Row("nothing", signed_in, knows=anyone),
    "authoring:preview": Row("nothing", signed_in, "POST", knows=anyone, data={"body": "Un mot"}),
    "authoring:complete": Row("nothing", signed_in, knows=anyone, query="?mark=%5B%5B&q=ce"),
    "authoring:draft": Row("item", writers, "POST", data={"item": "pk", "title": "Ce qui se dit", "body": "Autre"}),
    "authoring:discard": Row("item", author, "POST", arguments={"pk": "draft"}, knows=nobody),
    "authoring:conflict": Row("item", author, arguments=ITEM, knows=readers_only),
    "authoring:undo": Row("item", nobody, "POST", arguments=ITEM),
    "authoring:publication": Row("item", writers, "POST", arguments=ITEM),
    "authoring:withdrawal": Row("item", author, "POST", arguments=ITEM),
    "authoring:thrown_away": Row("space", present_readers, arguments=SPACE),
    "authoring:templates": Row("space", present_readers, arguments=SPACE),
    "authoring:template_removal": Row("space", stewards, "POST", arguments=SPACE | {"pk": "template"}),
    "authoring:item": Row("item", readers, arguments=ITEM),
    "authoring:edit": Row("item", writers, arguments=ITEM),
    "authoring:history": Row("item", readers, arguments=ITEM),
    "authoring:version": Row("item", readers, arguments=ITEM | {"number": "version"}),
    "authoring:restoration": Row("item", writers, "POST", arguments=ITEM | {"number": "version"}),
    "authoring:difference": Row("item", readers, arguments=ITEM),
    "authoring:authorship": Row("item", readers, arguments=ITEM),
    "authoring:archive": Row("item", shapers, "POST", arguments=ITEM),
    "authoring:trash": Row("item", shapers, "POST", arguments=ITEM),
    "authoring:move": Row("item", shapers, arguments=ITEM),
    "authoring:owner": Row("item", shapers, "POST", arguments=ITEM),
    "authoring:verification": Row("item", writers, "POST", arguments=ITEM),
    "authoring:report": Row("item", commenters, "POST", arguments=ITEM),
    "items:audience": Row("item", readers, arguments=ITEM),
    "pages:show": Row("item", readers, arguments={"pk": "key"}),
    "pages:of_space": Row("space", readers, arguments=SPACE),
    "pages:order": Row("item", writers, arguments=ITEM),
    "pages:below": Row("item", readers, arguments=ITEM),
    "pages:order_of_space": Row("space", stewards, arguments=SPACE),
    "posts:show": Row("item", readers, arguments={"pk": "post"}),
    "posts:of_space": Row("space", readers, arguments=SPACE),
    # bookmarks
    "bookmarks:new": Row("nothing", signed_in, knows=anyone),
    "bookmarks:show": Row("item", readers, arguments={"pk": "bookmark_key"}),
    "bookmarks:reading": Row("item", readers, arguments={"pk": "bookmark"}),
    "bookmarks:saving": Row("item", writers, "POST", arguments={"pk": "bookmark"}),
    "bookmarks:release": Row("item", present_readers, "POST", arguments={"pk": "bookmark"}),
    "bookmarks:of_space": Row("space", readers, arguments=SPACE),
    # questions
    "questions:questions": Row("nothing", anyone),
    "questions:show": Row("item", readers, arguments={"pk": "question_key"}),
    "questions:answers": Row("item", writers, "POST", arguments=QUESTION, data={"body": "Oui."}),
    "questions:acceptance": Row("item", asker_and_stewards, "POST", arguments=QUESTION, data={"undo": "1"}),
    "questions:waiting": Row("item", askers_and_writers, "POST", arguments=QUESTION, data={"whom": "#rien-de-tel"}),
    "questions:taking_back": Row(
        "item", asker_and_stewards, "POST", knows=asker_and_stewards, arguments={"pk": "question", "waiting": "waiting"}
    ),
    "questions:passing": Row("item", present_readers, "POST", arguments=QUESTION),
    "questions:same": Row("item", shapers, arguments=QUESTION),
    "questions:parting": Row("item", shapers, "POST", arguments=QUESTION),
    "questions:answer": Row("item", readers, arguments={"pk": "answer_key"}),
    "questions:page": Row("item", writers, "POST", arguments=ANSWER),
    "questions:vote": Row("item", all_but_koffi, "POST", arguments=ANSWER, data={"vote": "up"}),
    "questions:of_space": Row("space", readers, arguments=SPACE),
    # consultations
    "consultations:consultations": Row("nothing", anyone),
    "consultations:methods": Row("nothing", signed_in),
    "consultations:start": Row("nothing", signed_in, arguments={"method": "method"}),
    "consultations:show": Row("item", readers, arguments={"pk": "consultation_open_key"}),
    "consultations:questions": Row("item", shapers, arguments=UNASKED),
    "consultations:question": Row("item", shapers, arguments=UNASKED | {"key": "asked_question"}),
    "consultations:opening": Row("item", shapers, "POST", arguments=UNASKED),
    "consultations:answer": Row("item", readers, "POST", arguments=ASKED, data={"begin": "1"}),
    "consultations:votes": Row("item", readers, arguments=MAPPED),
    "consultations:statements": Row("item", readers, "POST", arguments=MAPPED, data={"text": "Une affirmation."}),
    "consultations:results": Row("item", readers, arguments={"pk": "consultation_returned"}),
    "consultations:export": Row("item", shapers, arguments={"pk": "consultation_returned", "form": "json"}),
    "consultations:asking": Row("item", shapers, "POST", arguments=ASKED, data={"whom": "members"}),
    "consultations:invitations": Row("item", shapers, "POST", arguments=ASKED, data={"number": "2"}),
    "consultations:letters": Row("item", shapers, arguments=ASKED),
    "consultations:reminder": Row("item", shapers, "POST", arguments=ASKED),
    "consultations:silence": Row("nothing", anyone, arguments={"said": "silence"}),
    "consultations:placing": Row("item", shapers, "POST", arguments=ASKED, data={"mix": "price"}),
    "consultations:enclosure": Row(
        "item", shapers, arguments={"pk": "consultation_returned", "file": "enclosure", "name": "enclosed"}
    ),
    "consultations:closing": Row("item", shapers, "POST", arguments=ASKED),
    "consultations:give_back": Row("item", shapers, "POST", arguments=HEARD, data={"statement": "Oui."}),
    "consultations:of_space": Row("space", readers, arguments=SPACE),
    # decisions
    "decisions:decisions": Row("nothing", anyone),
    "decisions:show": Row("item", readers, arguments={"pk": "decision_open_key"}),
    "decisions:preparation": Row("item", shapers, arguments=DRAFT),
    "decisions:opening": Row("item", shapers, "POST", arguments=DRAFT),
    "decisions:electorate": Row("item", readers, arguments=OPEN),
    "decisions:ballot": Row("item", present_readers, "POST", arguments=OPEN, data={"option-1": "1"}),
    "decisions:ballots": Row("item", readers, arguments=CLOSED),
    "decisions:booth": Row("item", present_readers, arguments=BOOTH),
    "decisions:check": Row("item", readers, arguments=COUNTED),
    "decisions:voices": Row("item", readers, arguments=OPEN),
    "decisions:arguments": Row("item", present_readers, "POST", arguments=OPEN, data={"side": "for", "body": "Oui."}),
    "decisions:argument": Row("item", readers, arguments={"pk": "argument_key"}),
    "decisions:response": Row("item", shapers, "POST", arguments={"pk": "argument"}, data={"answer": "Soit."}),
    "decisions:lifting": Row("item", author, "POST", arguments={"pk": "argument"}),
    "decisions:lent": Row("nothing", signed_in, knows=anyone),
    "decisions:return": Row("item", author, "POST", arguments={"pk": "lent"}, knows=nobody),
    "decisions:steering": Row("item", shapers, "POST", arguments=OPEN, data={"do": "close", "reason": "Assez."}),
    "decisions:substance": Row("item", shapers, "POST", arguments=OPEN),
    "decisions:confirmation": Row("item", present_readers, "POST", arguments=OPEN),
    "decisions:statement": Row("item", shapers, "POST", arguments=CLOSED, data={"statement": "Oui."}),
    "decisions:review": Row("item", shapers, "POST", arguments=CLOSED),
    "decisions:recount": Row("item", readers, arguments=CLOSED | {"form": "json"}),
    "decisions:of_space": Row("space", readers, arguments=SPACE),
    # commitments
    "commitments:commitments": Row("nothing", anyone),
    "commitments:new": Row("nothing", inside, knows=anyone),
    "commitments:show": Row("item", readers, arguments={"pk": "commitment_key"}),
    "commitments:settlement": Row("item", shapers, arguments=COMMITMENT),
    "commitments:plan": Row("item", shapers, arguments=COMMITMENT),
    "commitments:begin": Row("item", inside_who_read, arguments=ITEM),
    "commitments:of_space": Row("space", readers, arguments=SPACE),
    # ideas
    "ideas:ideas": Row("nothing", anyone),
    "ideas:show": Row("item", readers, arguments={"pk": "idea_key"}),
    "ideas:support": Row("item", supporters, "POST", arguments=IDEA),
    "ideas:voices": Row("item", speakers, arguments=IDEA),
    "ideas:taking_back": Row(
        "item", stewards, "POST", knows=inside_who_read, arguments={"pk": "idea", "voice": "voice"}
    ),
    "ideas:stage": Row("item", stewards, arguments=IDEA),
    "ideas:outcome": Row("item", stewards, arguments=IDEA),
    "ideas:same": Row("item", shapers, arguments=IDEA),
    "ideas:parting": Row("item", shapers, "POST", arguments=IDEA),
    "ideas:of_space": Row("space", readers, arguments=SPACE),
    "ideas:board": Row("space", readers, arguments=SPACE),
    "ideas:done": Row("space", readers, arguments=SPACE),
    "ideas:stages": Row("space", stewards, arguments=SPACE),
    "ideas:split": Row("item", shapers, arguments=IDEA),
    "ideas:whole": Row("item", shapers, "POST", arguments={"pk": "idea_split"}),
    "ideas:reviewers": Row("item", stewards, arguments=IDEA),
    "ideas:review": Row("item", author_who_comments, knows=nobody, arguments=IDEA),
    "ideas:team": Row("item", commenters, "POST", arguments=IDEA),
    "ideas:team_space": Row("item", steward_inside, arguments=IDEA),
    "ideas:campaigns": Row("nothing", anyone),
    "ideas:campaign": Row("item", readers, arguments={"pk": "campaign_key"}),
    "ideas:plan": Row("item", shapers_inside, arguments=CAMPAIGN),
    "ideas:proposal": Row("item", writers, "POST", arguments=CAMPAIGN),
    "ideas:campaign_ideas": Row("item", readers, arguments=CAMPAIGN),
    "ideas:campaign_ranking": Row("item", readers, arguments=CAMPAIGN),
    "ideas:conclusion": Row("item", shapers_inside, arguments=CAMPAIGN),
    "ideas:campaigns_of_space": Row("space", readers, arguments=SPACE),
    "ideas:ranking": Row("space", readers, arguments=SPACE),
    # offers
    "planner:planner": Row("nothing", anyone),
    "offers:offers": Row("nothing", anyone),
    "offers:show": Row("item", readers, arguments={"pk": "offer_key"}),
    "offers:standing": Row("item", shapers, "POST", arguments=OFFER, data={"to": "withdrawn"}),
    "offers:beginning": Row("item", readers_who_write, "POST", arguments=OFFER, data={"kind": "page"}, knows=nobody),
    "offers:about": Row("item", readers, arguments=OFFER),
    "offers:about_of_kind": Row("item", readers, arguments=OFFER | {"kinds": "kinds"}),
    "offers:naming": Row("item", writers, arguments=ITEM),
    "offers:of_space": Row("space", readers, arguments=SPACE),
    # rules
    "rules:rules": Row("nothing", anyone),
    "rules:show": Row("item", readers, arguments={"pk": "rule_key"}),
    "rules:terms": Row("item", shapers, arguments=RULE),
    "rules:lifting": Row("item", shapers, "POST", arguments=RULE),
    "rules:succession": Row("item", writers, "POST", arguments=RULE),
    "rules:challenge": Row("item", commenters, arguments=RULE),
    "rules:answer": Row("item", shapers, arguments=CHALLENGE),
    "rules:decision": Row("item", writers, "POST", arguments=CHALLENGE),
    "rules:of_space": Row("space", readers, arguments=SPACE),
    # objectives
    "objectives:objectives": Row("nothing", anyone),
    "objectives:show": Row("item", readers, arguments={"pk": "objective_key"}),
    "objectives:aim": Row("item", shapers, arguments=OBJECTIVE),
    "objectives:progress": Row("item", shapers, arguments=OBJECTIVE),
    "objectives:end": Row("item", shapers, arguments=OBJECTIVE),
    "objectives:beginning": Row(
        "item", readers_who_write, "POST", arguments=OBJECTIVE, data={"kind": "page"}, knows=nobody
    ),
    "objectives:serving": Row("item", readers, arguments=OBJECTIVE),
    "objectives:serving_of_kind": Row("item", readers, arguments=OBJECTIVE | {"kinds": "kinds"}),
    "objectives:tying": Row("item", writers, arguments=OBJECTIVE),
    "objectives:naming": Row("item", writers, arguments=IDEA),
    "objectives:of_space": Row("space", readers, arguments=SPACE),
    # files
    "files:download": Row("item", readers, arguments={"pk": "file", "name": "name"}),
    "files:of_item": Row("item", readers, arguments=ITEM),
    "files:of_draft": Row("nothing", any_writer, "POST", knows=anyone),
    "files:removal": Row("item", writers, "POST", arguments={"pk": "file"}),
    "files:restoration": Row("item", writers, "POST", arguments={"pk": "file"}),
    # links
    "links:links": Row("item", readers, arguments=ITEM),
    "links:picker": Row("item", readers, arguments=ITEM, query="?q=ce"),
    "links:rewrite": Row("item", writers, "POST", arguments=ITEM),
    "links:map": Row("item", readers, arguments=ITEM),
    "links:untie": Row("item", writers, "POST", arguments={"pk": "link"}),
    "links:thread": Row("item", readers, arguments=ITEM),
    "links:sequel": Row("item", readers_who_write, arguments=ITEM),
    "links:words": Row("nothing", signed_in, knows=anyone),
    "links:upkeep": Row("nothing", signed_in, arguments={"show": "wanted"}, knows=anyone),
    "links:house": Row("nothing", signed_in, knows=anyone),
    "links:upkeep_of": Row("space", present_readers, arguments=SPACE | {"show": "wanted"}),
    # tags
    "tags:cloud": Row("nothing", anyone),
    "tags:for_text": Row("nothing", anyone, "POST"),
    "tags:suggest": Row("nothing", anyone, query="?q=fi"),
    "tags:merges": Row("nothing", any_steward, knows=anyone),
    "tags:undo": Row("space", any_steward_who_reads, "POST", arguments={"pk": "merge"}, knows=all_but_stewards),
    "tags:of_item": Row("item", readers, arguments=ITEM),
    "tags:show": Row("item", readers, arguments={"keys": "tag"}, knows=nobody),
    "tags:garden": Row("item", any_steward_who_reads, arguments={"key": "tag"}),
    # talk
    "talk:of_item": Row("item", readers, arguments=ITEM),
    "talk:new": Row("item", commenters, arguments=ITEM),
    "talk:towards_item": Row("item", commenters, "POST", arguments=ITEM, data={"gesture": "agree"}),
    "talk:comment": Row("item", readers, arguments=COMMENT),
    "talk:thread": Row("item", readers, arguments=COMMENT),
    "talk:earlier": Row("item", readers, arguments=COMMENT),
    "talk:answer": Row("item", commenters, arguments=COMMENT),
    "talk:edit": Row("item", author, arguments=COMMENT),
    "talk:deletion": Row("item", authors_and_stewards, "POST", arguments=COMMENT),
    "talk:resolution": Row("item", openers_and_writers, "POST", arguments=COMMENT),
    "talk:towards_comment": Row("item", commenters, "POST", arguments=COMMENT, data={"gesture": "agree"}),
    # conversations
    "conversations:conversations": Row("nothing", signed_in, knows=anyone),
    "conversations:new": Row("nothing", signed_in, knows=anyone),
    "conversations:rules": Row("nothing", administrators, knows=anyone),
    "conversations:with_person": Row("person", those_who_meet, arguments=PERSON, knows=nobody),
    "conversations:show": Row("item", participants, arguments={"pk": "conversation_key"}, knows=nobody),
    "conversations:reading": Row("item", participants, "POST", arguments=CONVERSATION, knows=nobody),
    "conversations:typing": Row("item", participants, "POST", arguments=CONVERSATION, knows=nobody),
    "conversations:turns": Row("item", participants, arguments=CONVERSATION, knows=nobody),
    "conversations:complete": Row("item", participants, arguments=CONVERSATION, knows=nobody, query="?mark=@&q="),
    "conversations:people": Row("item", participants, arguments=CONVERSATION, knows=nobody),
    "conversations:name": Row("item", participants, "POST", arguments=CONVERSATION, knows=nobody),
    "conversations:leaving": Row("item", participants, "POST", arguments=CONVERSATION, knows=nobody),
    "conversations:outcome": Row("item", participants, arguments={"pk": "message"}, knows=nobody),
    # signals
    "signals:inbox": Row("nothing", signed_in, knows=anyone),
    "signals:follows": Row("nothing", signed_in, knows=anyone),
    "signals:saving": Row("nothing", signed_in, "POST", knows=anyone, data={"q": "matrice", "name": "Matrice"}),
    "signals:all_done": Row("nothing", signed_in, "POST", knows=anyone),
    "signals:news": Row("nothing", signed_in, knows=anyone),
    "signals:seen": Row("item", present_readers, "POST", arguments=ITEM, data={"event": "1"}, knows=nobody),
    "signals:done": Row("item", author, "POST", arguments=ENTRY, knows=nobody),
    "signals:later": Row("item", author, "POST", arguments=ENTRY, data={"until": "tomorrow"}, knows=nobody),
    "signals:reading": Row("item", author, "POST", arguments=ENTRY, knows=nobody),
    "answers:stopped": Row("nothing", signed_in, knows=anyone),
    "answers:refused": Row("nothing", administrators, knows=anyone),
    "signals:following": Row(
        "item", present_readers, "POST", arguments=ITEM | {"thing": "thing"}, data={"level": "all"}, knows=nobody
    ),
    # webhooks
    "webhooks:of_space": Row("space", steward_inside, arguments=SPACE),
    "webhooks:new_in_space": Row("space", steward_inside, arguments=SPACE),
    "webhooks:of_company": Row("nothing", administrators, knows=anyone),
    "webhooks:new_in_company": Row("nothing", administrators, knows=anyone),
    "webhooks:show": Row("space", steward_inside, arguments=HOOK, knows=nobody),
    "webhooks:edit": Row("nothing", administrators, arguments={"pk": "house_hook"}, knows=nobody),
    "webhooks:secret": Row("space", steward_inside, "POST", arguments=HOOK, knows=nobody),
    "webhooks:disabling": Row("space", steward_inside, "POST", arguments=HOOK, knows=nobody),
    "webhooks:removal": Row("space", steward_inside, "POST", arguments=HOOK, knows=nobody),
    "webhooks:test": Row("space", steward_inside, "POST", arguments=HOOK, knows=nobody),
    "webhooks:resending": Row("space", steward_inside, "POST", arguments=HOOK, knows=nobody),
    "webhooks:delivery": Row("space", steward_inside, arguments=HOOK | {"number": "number"}, knows=nobody),
    "webhooks:resending_one": Row("space", steward_inside, "POST", arguments=HOOK | {"number": "number"}, knows=nobody),
    # feeds; what a private address opens is in tests/feeds
    "feeds:addresses": Row("nothing", signed_in, knows=anyone),
    "feeds:revocation": Row("item", author, "POST", arguments={"pk": "token_pk"}, knows=nobody),
    "feeds:elsewhere": Row("space", readers, query="?of={feed}", knows=nobody),
    "feeds:hub": Row("nothing", anyone, "POST"),
    "feeds:private": Row("space", anyone, arguments=FORM | {"token": "token"}),
    "feeds:new": Row("nothing", anyone, arguments=FORM),
    "feeds:space": Row("space", readers, arguments=FORM | SPACE, knows=nobody),
    "feeds:kind_in_space": Row("space", readers, arguments=FORM | SPACE | {"kind": "kind"}, knows=nobody),
    "feeds:kind": Row("nothing", anyone, arguments=FORM | {"kind": "kind"}),
    "feeds:tag": Row("item", readers, arguments=FORM | {"keys": "tag"}, knows=nobody),
    "feeds:person": Row("person", those_who_meet, arguments=FORM | PERSON, knows=nobody),
    "feeds:comments": Row("item", readers, arguments=FORM | ITEM, knows=nobody),
    "feeds:search": Row("nothing", anyone, arguments=FORM, query="?q=matrice"),
    # push
    "push:devices": Row("nothing", signed_in, knows=anyone),
    "push:removal": Row("item", author, "POST", arguments={"pk": "device"}, knows=nobody),
    "push:trial": Row("item", author, "POST", arguments={"pk": "device"}, knows=nobody),
    "push:worker": Row("nothing", anyone),
    "push:manifest": Row("nothing", anyone),
    "push:offline": Row("nothing", anyone),
    "push:share": Row("nothing", signed_in, knows=anyone, query="?text=Un+mot"),
    "push:line": Row("nothing", anyone, query="?kept={pk}"),
}
