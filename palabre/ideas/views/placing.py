"""An idea is brought into a campaign, or out of one."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from palabre.authoring import acting
from palabre.authoring.toasts import done
from palabre.ideas import campaigning
from palabre.ideas.doors import idea_or_404
from palabre.ideas.forms.placing import Placing
from palabre.ideas.models import Concluded, Idea
from palabre.items.models import Item
from palabre.kit.policy import require


def _said(request: HttpRequest, idea: Idea) -> str:
    """In which campaign it is, if the reader sees that."""
    now = Item.objects.visible_to(request.user).filter(pk=idea.campaign_id or 0).first()
    return _("It is in the campaign “%(title)s”.") % {"title": now.title} + " " if now else ""


@login_required
@require_http_methods(["GET", "POST"])
def campaign(request: HttpRequest, pk: int) -> HttpResponse:
    """`/ideas/12/campaign/`: to which campaign of its space it belongs, or to none."""
    idea = idea_or_404(request, pk)
    require(request.user, "idea.place", idea)
    item, now = idea.item, idea.campaign
    told = bool(now and now.campaign.outcome)  # type: ignore[attr-defined]
    takes = [] if told else campaigning.taking(idea, request.user)
    if told or not (takes or now):
        context = {"item": item, "space": item.space, "told": told}
        return render(request, "ideas/unplaced.html", context, status=422 if request.method == "POST" else 200)
    form = Placing(request.POST or None, campaigns=takes, is_in_one=now is not None)
    if request.method == "POST" and form.is_valid():
        try:
            idea.place(form.chosen.item if form.chosen else None, form.cleaned_data["words"], request.user)
        except Concluded:
            form.add_error("campaign", _("What came of it was said meanwhile: it is over. Choose another."))
        else:
            done(request, _("Moved; its path says so."))
            return redirect(f"{item.get_absolute_url()}#stages")
    lede = _said(request, idea) + _(
        "Its voices, its stage and its team stay. Reviews stay too; where ideas are ranked, those count that were "
        "given by the criteria there."
    )
    return acting.page(
        request, item, form, _("In which campaign it belongs"), _("Move it"), icon="megaphone", lede=lede
    )
