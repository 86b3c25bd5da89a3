"""The team of an idea: joining and leaving it, and the space that a steward gives it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from palabre.authoring import acting
from palabre.authoring.toasts import done
from palabre.ideas.doors import idea_or_404, standing_or_404
from palabre.ideas.forms.teams import Settling
from palabre.ideas.models import Teammate, TeamSpace
from palabre.kit.policy import require
from palabre.people.models import Person


@login_required
@require_POST
def team(request: HttpRequest, pk: int) -> HttpResponse:
    """`/ideas/12/team/`: one works on it; with `undo`, no longer."""
    idea, person = standing_or_404(request, pk), request.user
    mine = Teammate.objects.filter(item=idea.pk, person=person.pk).select_related("person").first()
    if "undo" in request.POST:
        if mine:
            mine.item = idea.item
            mine.leave()
            done(request, _("You are no longer in its team."))
    else:
        require(person, "idea.join", idea)
        if Teammate.join(idea.item, person):
            done(request, _("You are in its team."))
    return redirect(f"{idea.item.get_absolute_url()}#team")


@login_required
@require_http_methods(["GET", "POST"])
def space(request: HttpRequest, pk: int) -> HttpResponse:
    """`/ideas/12/team/space/`: a space of its own, in which each of the team writes, and which ends with the idea."""
    idea = idea_or_404(request, pk)
    require(request.user, "idea.settle", idea)
    mates = Person.objects.filter(idea_teams__item=pk).select_related("organisation").order_by("idea_teams__pk")
    form = Settling(request.POST or None, initial={"name": idea.item.title[:80]})
    if request.method == "POST" and form.is_valid():
        purpose = _("For the team of the idea “%(title)s”; it ends with the idea.") % {"title": idea.item.title}
        room = TeamSpace.give(idea.item, form.cleaned_data["name"], purpose, request.user)
        if room is None:
            done(request, _("The team has a space already."))
            return redirect(f"{idea.item.get_absolute_url()}#team")
        return redirect(room.space)
    return acting.page(
        request, idea.item, form, _("Give the team a space"), _("Make the space"), icon="users",
        template="ideas/team_space.html", mates=list(mates),
    )  # fmt: skip
