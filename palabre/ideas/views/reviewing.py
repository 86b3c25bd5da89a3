"""Asking people to weigh an idea, weighing it, and the order in which the ideas of the open box stand."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from palabre.authoring import acting
from palabre.authoring.toasts import done
from palabre.ideas import criteria, ranking
from palabre.ideas.doors import idea_or_404
from palabre.ideas.forms.reviews import Asking, Reviewing
from palabre.ideas.models import Idea, Review
from palabre.items.models import Item
from palabre.kit.policy import require
from palabre.people import attention
from palabre.spaces.doors import space_or_404
from palabre.spaces.views.spaces import frame


@login_required
@require_http_methods(["GET", "POST"])
def reviewers(request: HttpRequest, pk: int) -> HttpResponse:
    """`/ideas/12/reviewers/`: asks people for their review, each within what they let the house ask in a month."""
    idea = idea_or_404(request, pk)
    require(request.user, "idea.evaluate", idea)
    form = Asking(request.POST or None, idea=idea, by=request.user)
    if request.method == "POST" and form.is_valid():
        named = form.cleaned_data["people"]
        asked, spared = Review.ask(idea, [person.pk for person in named], request.user)
        done(request, attention.told(asked, spared))
        return redirect(f"{idea.item.get_absolute_url()}#evaluation")
    return acting.page(
        request, idea.item, form, _("Ask for reviews"), _("Ask them"), icon="send", template="ideas/reviewers.html",
        criteria=_criteria(idea),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """`/ideas/12/review/`: for who was asked; with `decline`, they say that they cannot, and may yet think again."""
    idea = idea_or_404(request, pk)
    asked = Review.of(idea, request.user)
    if asked is None:
        raise Http404
    asked.idea = idea
    require(request.user, "idea.review", asked)
    if request.method == "POST" and "decline" in request.POST and not asked.given_at:
        if asked.decline():
            done(request, _("Noted: whoever asked you is told."))
        return redirect(idea.item)
    by = _criteria(idea)
    initial = {f"mark-{number}": asked.marks.get(each.key) for number, each in enumerate(by)} | {"words": asked.words}
    form = Reviewing(request.POST or None, criteria=by, initial=initial)
    if request.method == "POST" and form.is_valid():
        asked.give(form.marks, form.cleaned_data["words"])
        done(request, _("Your review is kept; now you see the others’."))
        return redirect(f"{idea.item.get_absolute_url()}#evaluation")
    return acting.page(
        request, idea.item, form, _("Your review"), _("Keep my review"), icon="check", template="ideas/review.html",
        review=asked,
    )  # fmt: skip


@require_GET
def order(request: HttpRequest, slug: str) -> HttpResponse:
    """`/spaces/reseau/ideas/ranking/`: the reviewed ideas of the open box, with how far their order can be told."""
    space = space_or_404(request, slug)
    items = Item.objects.visible_to(request.user).published().of_kind("idea").filter(space=space, idea__campaign=None)
    context = {**frame(request, space), "ranking": ranking.of(items, request.user, criteria.USUAL)}
    return render(request, "ideas/ranking_of_space.html", context)


def _criteria(idea: Idea) -> tuple[criteria.Criterion, ...]:
    campaign = idea.campaign
    return criteria.of(campaign.campaign.criteria if campaign else ())  # type: ignore[attr-defined]
