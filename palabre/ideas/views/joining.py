"""The same idea written twice becomes one, and two again."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from palabre.authoring import joining
from palabre.authoring.toasts import done
from palabre.ideas.doors import idea_or_404
from palabre.kit.policy import require


@login_required
@require_http_methods(["GET", "POST"])
def same(request: HttpRequest, pk: int) -> HttpResponse:
    """`/ideas/12/same/`: which idea of the space says the same; a post with `into` makes them one."""
    idea = idea_or_404(request, pk)
    require(request.user, "idea.merge", idea)
    told = _("They are one idea now; its voices are here, each person’s once.")
    return joining.choose(request, idea, "ideas/same.html", told=told, parting="ideas:parting")


@login_required
@require_POST
def parting(request: HttpRequest, pk: int) -> HttpResponse:
    """`/ideas/12/parting/`: it was another idea after all."""
    idea = idea_or_404(request, pk)
    require(request.user, "idea.merge", idea)
    idea.part(request.user)
    done(request, _("It is an idea of its own again, with its voices."))
    return redirect(idea.item)
