"""Who takes part: bringing people in, leaving, what it is called."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from palabre.authoring.toasts import done
from palabre.conversations.choosing import choose
from palabre.conversations.correspondence import apart, refusal
from palabre.conversations.doors import conversation_or_404
from palabre.kit import given
from palabre.kit.policy import require


@require_http_methods(["GET", "POST"])
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """`/conversations/12/people/`: brings people in, who see what is said from now on, or with `past` what was."""
    conversation = conversation_or_404(request, pk)
    require(request.user, "conversation.add", conversation)
    here = list(conversation.participants().select_related("organisation"))
    choice = choose(request, without=here)
    finding = given.text(request.POST, "action") == "find"
    problem = ""
    if request.method == "POST" and not finding:
        if not choice.people:
            problem = _("Choose whom to bring in.")
        elif kept := apart(choice.people, here):
            problem = refusal(*kept, by=request.user)  # type: ignore[arg-type]
        else:
            part = conversation.add(choice.people, request.user, past=request.POST.get("past") == "all")
            return redirect(part.item)
    context = {"conversation": conversation, "item": conversation.item, "choice": choice, "people": here}
    context |= {"problem": problem, "past": request.POST.get("past") == "all"}
    if request.htmx and finding:  # type: ignore[attr-defined]
        return render(request, "conversations/choice.html", context)
    return render(request, "conversations/people.html", context, status=422 if problem else 200)


@require_POST
def name(request: HttpRequest, pk: int) -> HttpResponse:
    """`/conversations/12/name/`: gives it a name; an empty one takes the name away."""
    conversation = conversation_or_404(request, pk)
    require(request.user, "conversation.name", conversation)
    conversation.name_it(given.text(request.POST, "name", 120), request.user)
    return redirect(conversation.item)


@require_POST
def leaving(request: HttpRequest, pk: int) -> HttpResponse:
    """`/conversations/12/leaving/`: takes part no more."""
    conversation = conversation_or_404(request, pk)
    require(request.user, "conversation.leave", conversation)
    conversation.leave(request.user)
    done(request, _("You have left the conversation, and no longer read it."))
    return redirect("conversations:conversations")
