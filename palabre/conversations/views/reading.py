"""One's conversations, and one of them."""

from contextlib import suppress
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from palabre.authoring.completion import SHOWN, Suggestion, suggestions
from palabre.authoring.files.keeping import Unwelcome
from palabre.authoring.toasts import done
from palabre.conversations import log
from palabre.conversations.doors import conversation_or_404, page_or_404
from palabre.conversations.forms import Message
from palabre.conversations.listing import listed
from palabre.conversations.models import Conversation, Turn
from palabre.conversations.turns import told
from palabre.items.names import fold
from palabre.kit import given
from palabre.kit.html import strip
from palabre.kit.policy import may, require
from palabre.talk import discussion
from palabre.talk.models import LONGEST_TEXT


@login_required
@require_GET
def conversations(request: HttpRequest) -> HttpResponse:
    """`/conversations/`: one's own, the one with the newest message first."""
    return render(request, "conversations/list.html", listed(request))


@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """`/conversations/12-awa-marc/`: the latest messages, `?thread=` those from one on, `?q=` those that say it."""
    if request.method == "POST":
        return _say(request, pk)
    conversation = page_or_404(request, pk)
    words = given.text(request.GET, "q")
    if request.path != conversation.item.get_absolute_url() and not request.GET:
        return redirect(conversation.item, permanent=False)
    return _page(request, conversation, words=words)


def _say(request: HttpRequest, pk: int) -> HttpResponse:
    conversation = conversation_or_404(request, pk)
    require(request.user, "item.comment", conversation.item)
    form = Message(request.POST, request.FILES)
    said = None
    if going_on := conversation.goes_on:
        _moved(request, form, going_on)
    elif form.is_valid():
        with suppress(Unwelcome), transaction.atomic():
            said = conversation.say(request.user, form.with_files(conversation.item, request.user))
    context: dict[str, Any] = {"conversation": conversation, "item": conversation.item}
    if going_on and not request.htmx:  # type: ignore[attr-defined]
        done(request, _("Others came in while you wrote. Nothing was sent: your message waits here."))
        return redirect(going_on.item)
    if said is None:
        if request.htmx:  # type: ignore[attr-defined]
            return render(request, "conversations/show.html#composer", context | {"form": form}, status=422)
        return _page(request, page_or_404(request, pk), form=form)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(f"{conversation.item.get_absolute_url()}#comment-{said.pk}")
    talk = discussion.load(request.user, conversation.item, only=said.pk)
    context |= {"form": Message(), "talk": talk, "sent": talk.threads[0]}
    return render(request, "conversations/show.html#composer", context)


def _moved(request: HttpRequest, form: Message, going_on: Conversation) -> None:
    """Others came in while one wrote: nothing is sent to them unseen, and the words wait where it goes on."""
    form.is_valid()
    going_on.begin(request.user, given.whole(request.POST, "body")[:LONGEST_TEXT])
    sentence = _(
        "Others came in while you wrote. Nothing was sent: your message waits in the conversation as it goes on."
    )
    link = format_html(
        '{} <a class="link" href="{}">{}</a>', sentence, going_on.item.get_absolute_url(), _("Go on there")
    )
    form.add_error("body", link)


def _page(
    request: HttpRequest, conversation: Conversation, form: Message | None = None, words: str = ""
) -> HttpResponse:
    person: Any = request.user
    item = conversation.item
    read = log.read(person, conversation, given.number(request.GET, "thread"))
    if read.last > read.upto:
        log.has_read(person, conversation, read.last)
    going_on = conversation.goes_on
    people = list(conversation.participants().select_related("organisation"))
    context = {
        "conversation": conversation,
        "item": item,
        "title": title(conversation, people, person),
        "log": read,
        "talk": read.talk,
        "people": people,
        "going_on": going_on,
        "former": conversation.former(person),
        "may_write": going_on is None and read.talk.may_comment,
        "may_add": may(person, "conversation.add", conversation),
        "may_leave": may(person, "conversation.leave", conversation),
        "form": form or Message(initial={"body": read.typed}),
        "words": words,
        "found": [(said, strip(said.html)) for said in log.found(person, conversation, words)] if words else [],
    }
    return render(request, "conversations/show.html", context, status=422 if form else 200)


def title(conversation: Conversation, people: list[Any], reader: Any) -> str:
    """What a reader calls it: its name, or the others."""
    others = [person.name for person in people if person.pk != reader.pk]
    return conversation.item.title if conversation.named or not others else ", ".join(others)


@require_POST
def reading(request: HttpRequest, pk: int) -> HttpResponse:
    """`/conversations/12/reading/`: the reader has seen messages as far as `upto`."""
    conversation = conversation_or_404(request, pk)
    last = conversation.item.comments.order_by("-pk").values_list("pk", flat=True).first() or 0
    log.has_read(request.user, conversation, min(given.number(request.POST, "upto") or 0, last))
    return HttpResponse(status=204)


@require_POST
def typing(request: HttpRequest, pk: int) -> HttpResponse:
    """`/conversations/12/typing/`: keeps what one types, so that it is there when one comes back; where it goes on."""
    conversation = conversation_or_404(request, pk)
    conversation.end.begin(request.user, given.whole(request.POST, "body")[:LONGEST_TEXT])
    return HttpResponse(status=204)


@require_GET
def turns(request: HttpRequest, pk: int) -> HttpResponse:
    """`/conversations/12/turns/?after=5`: what an open page does not show yet of who takes part, the name, who has read
    to the end, and whether the conversation has gone on elsewhere.
    """
    conversation = conversation_or_404(request, pk)
    happened = Turn.objects.on_page(conversation.item)
    after = given.number(request.GET, "after") or 0
    people = list(conversation.participants().select_related("organisation"))
    context = {
        "conversation": conversation,
        "item": conversation.item,
        "title": title(conversation, people, request.user),
        "people": people,
        "happened": told([turn for turn in happened if turn.pk > after], request.user),
        "turn": max([after, *(turn.pk for turn in happened)]),
        "seen": log.seen(request.user, conversation),
        "going_on": conversation.goes_on,
    }
    return render(request, "conversations/turns.html", context)


@require_GET
def complete(request: HttpRequest, pk: int) -> JsonResponse:
    """`/conversations/12/complete/?mark=@&q=aw`: of people, those who take part; else as everywhere."""
    conversation = conversation_or_404(request, pk)
    mark, typed = given.text(request.GET, "mark"), given.text(request.GET, "q", 80)
    offered = suggestions(mark, request.user, typed)
    if mark == "@":
        others = conversation.participants().exclude(pk=request.user.pk or 0)
        named = [each for each in others if fold(typed) in fold(each.name) or each.handle.startswith(typed.lower())]
        offered = [
            Suggestion(f"@{each.handle} ", each.name, f"@{each.handle}", not each.is_inside) for each in named[:SHOWN]
        ]
    return JsonResponse({"suggestions": [vars(each) for each in offered]})
