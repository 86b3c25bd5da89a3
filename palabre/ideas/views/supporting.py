"""Giving one's voice to an idea, and bringing that of somebody else."""

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from palabre.authoring import acting
from palabre.authoring.toasts import done
from palabre.ideas import voices as told
from palabre.ideas.doors import idea_or_404, standing_or_404
from palabre.ideas.forms.handling import Bringing
from palabre.ideas.models import Source, Support
from palabre.kit import given
from palabre.kit.html import strip
from palabre.kit.policy import may, require
from palabre.talk.doors import comment_or_404


@login_required
@require_POST
def support(request: HttpRequest, pk: int) -> HttpResponse:
    """`/ideas/12/support/`: one's own voice; with `undo`, it is taken back."""
    idea = standing_or_404(request, pk)
    mine = Support.objects.filter(item=idea.pk, person=request.user.pk).first()
    if mine:
        mine.item = idea.item
        if "undo" in request.POST:
            require(request.user, "idea.unvoice", mine)
            mine.take_back(request.user)
    if "undo" not in request.POST:
        require(request.user, "idea.support", idea)
        Support.give(idea.item, request.user)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(f"{idea.item.get_absolute_url()}#voices")
    context = {"item": idea.item, "voices": told.counted(idea.item, request.user)}
    return render(request, "ideas/count.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def voices(request: HttpRequest, pk: int) -> HttpResponse:
    """`/ideas/12/voices/`: brings the voice of somebody else, with where it was heard."""
    idea = standing_or_404(request, pk)
    require(request.user, "idea.voice", idea)
    form = Bringing(request.POST or None, by=request.user, initial=_said(request))
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            person = form.person()
            new = Support.bring(
                idea.item, person, request.user, form.cleaned_data["source"], form.cleaned_data["words"]
            )
        said = _("The voice of %(name)s is counted.") if new else _("The voice of %(name)s was counted already.")
        done(request, said % {"name": person.name})
        return redirect(f"{idea.item.get_absolute_url()}#voices")
    lede = _(
        "Somebody told you that they want this too: on the telephone, at their door, in a letter. Their voice counts "
        "like any other; that you brought it, and from where, is said beside it."
    )
    return acting.page(
        request, idea.item, form, _("Bring a voice"), _("Count their voice"), icon="megaphone", lede=lede
    )


def _said(request: HttpRequest) -> dict[str, str]:
    """What is filled in where a comment is given as `said`: whose it is and what they said, to who reads it."""
    said = given.number(request.GET, "said")
    if said is None:
        return {}
    comment = comment_or_404(request, said)
    who = f"@{comment.by.handle}" if comment.by.handle else comment.by.name
    return {"who": who, "source": Source.COMMENT, "words": strip(comment.html).strip()[:1000]}


@login_required
@require_POST
def taking_back(request: HttpRequest, pk: int, voice: int) -> HttpResponse:
    """`/ideas/12/voices/3/`: a voice that was brought is counted no more; the house knows of it, and whose it is."""
    idea = idea_or_404(request, pk)
    found = get_object_or_404(Support.objects.exclude(by=None), pk=voice, item=pk)
    found.item = idea.item
    if not (may(request.user, "person.speak") or found.person_id == request.user.pk):
        raise Http404
    require(request.user, "idea.unvoice", found)
    found.take_back(request.user)
    done(request, _("That voice is no longer counted."))
    return redirect(f"{idea.item.get_absolute_url()}#voices")
