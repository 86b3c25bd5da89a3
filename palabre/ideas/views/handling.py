"""What stewards do with an idea: move it to another stage, answer it, say who carries it and what it brought."""

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from palabre.authoring import acting
from palabre.authoring.toasts import done
from palabre.ideas.doors import idea_or_404
from palabre.ideas.forms.handling import Handling, Moving
from palabre.ideas.roles import concerned
from palabre.ideas.stages import Funnel
from palabre.kit import given
from palabre.kit.policy import require


@login_required
@require_http_methods(["GET", "POST"])
def stage(request: HttpRequest, pk: int) -> HttpResponse:
    """`/ideas/12/stage/?to=trial`: to another stage, with the reason; `next=board` leads back there."""
    idea = idea_or_404(request, pk)
    require(request.user, "idea.handle", idea)
    item = idea.item
    funnel = Funnel.of(item.space)
    current = funnel.at(idea.stage, idea.meaning)
    asked = given.text(request.GET, "to", 24) or funnel.after(current)
    form = Moving(request.POST or None, initial={"to": asked}, funnel=funnel, current=current.key)
    people = concerned(item) - {request.user.pk}
    if request.method == "POST" and form.is_valid():
        idea.move(form.cleaned_data["to"], form.cleaned_data["words"], request.user)
        told = ngettext("Moved; %(number)d person is told why.", "Moved; %(number)d people are told why.", len(people))
        done(request, told % {"number": len(people)})
        board = given.text(request.POST, "next") == "board"
        return redirect("ideas:board", item.space.slug) if board else redirect(f"{item.get_absolute_url()}#stages")
    return acting.page(
        request, item, form, _("Move it to another stage"), _("Move it and tell them"), icon="arrow-right",
        template="ideas/stage.html", stage=current, number=len(people),
        next=given.text(request.POST or request.GET, "next"),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def outcome(request: HttpRequest, pk: int) -> HttpResponse:
    """`/ideas/12/outcome/`: the official answer, who carries it, the effect expected and observed."""
    idea = idea_or_404(request, pk)
    require(request.user, "idea.handle", idea)
    form = Handling(request.POST or None, idea=idea, by=request.user)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        with transaction.atomic():
            idea.respond(told["answer"], request.user)
            idea.hand_to(told["carrier"], request.user)
            idea.weigh(told["expected"], told["observed"], request.user)
        done(request, _("Saved."))
        return redirect(f"{idea.item.get_absolute_url()}#official")
    return acting.page(request, idea.item, form, _("What becomes of it"), _("Save"), icon="save")
