"""One idea becomes two, and one again."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from palabre.authoring import acting
from palabre.authoring.toasts import done, done_with_undo
from palabre.ideas.doors import idea_or_404
from palabre.ideas.forms.splitting import Splitting
from palabre.ideas.models import Support, Unsplittable
from palabre.kit.policy import require


@login_required
@require_http_methods(["GET", "POST"])
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """`/ideas/12/split/`: two titles, two texts, and why."""
    idea = idea_or_404(request, pk)
    item = idea.item
    require(request.user, "idea.split", idea)
    form = Splitting(request.POST or None, initial={"first_title": item.title, "first_text": item.body})
    if request.method == "POST" and form.is_valid():
        try:
            idea.split_into(*form.halves, form.cleaned_data["words"], request.user)
        except Unsplittable:
            form.add_error(None, _("It was split, merged or closed meanwhile: look at it again."))
        else:
            done_with_undo(request, _("They are two ideas now."), "ideas:whole", item.pk)
            return redirect(item)
    number = Support.objects.filter(item=item).count()
    return acting.page(
        request, item, form, _("Split it in two"), _("Make two ideas of it"), icon="unlink",
        template="ideas/split.html", number=number,
    )  # fmt: skip


@login_required
@require_POST
def whole(request: HttpRequest, pk: int) -> HttpResponse:
    """`/ideas/12/whole/`: it was one idea after all; its halves become one with it."""
    idea = idea_or_404(request, pk)
    require(request.user, "idea.rejoin", idea)
    try:
        idea.rejoin(request.user)
    except Unsplittable:
        return redirect(idea.item)
    done(request, _("It is one idea again, with its voices and those that its halves won."))
    return redirect(idea.item)
