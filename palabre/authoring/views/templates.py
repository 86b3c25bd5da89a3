"""Templates of a space: texts to start from, kept by its stewards."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from palabre.authoring import drafting
from palabre.authoring.forms import TemplateForm
from palabre.authoring.models import Template
from palabre.authoring.toasts import done, done_with_undo
from palabre.kit import given
from palabre.kit.clock import now
from palabre.kit.policy import may, require
from palabre.spaces.doors import space_or_404
from palabre.spaces.views.spaces import frame


@login_required
@require_http_methods(["GET", "POST"])
def listed(request: HttpRequest, slug: str) -> HttpResponse:
    """`/spaces/reseau/templates/`: those there are; a steward adds and changes them (`?edit=3`)."""
    space = space_or_404(request, slug)
    templates = Template.objects.filter(space=space).select_related("by")
    steward = may(request.user, "space.steward", space)
    edited = None
    if steward and (number := given.number(request.GET, "edit")):
        edited = get_object_or_404(templates, pk=number)
    form = TemplateForm(request.POST or None, instance=edited)
    if request.method == "POST":
        require(request.user, "space.steward", space)
        if form.is_valid():
            template = form.save(commit=False)
            template.space, template.by, template.updated_at = space, request.user, now()
            try:
                with transaction.atomic():
                    template.save()
            except IntegrityError:
                form.add_error("name", _("There is a template of that name already."))
            else:
                done(request, _("The template is kept."))
                return redirect("authoring:templates", slug=space.slug)
    context = frame(request, space) | {
        "templates": templates,
        "form": form if steward else None,
        "edited": edited,
    }
    return render(request, "authoring/templates.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def removal(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """`/spaces/reseau/templates/3/removal/`: a steward takes a template away, or with `out`, brings it back."""
    space = space_or_404(request, slug)
    require(request.user, "space.steward", space)
    template = get_object_or_404(Template.with_thrown_away.filter(space=space), pk=pk)
    if not request.POST.get("out"):
        drafting.throw_away(template)
        address, said = "authoring:template_removal", _("The template is gone.")
        done_with_undo(request, said, address, pk, within=space.slug, out=1)
    elif drafting.bring_back(template):
        done(request, _("Restored as it was."))
    else:
        messages.error(request, _("There is a template of that name already."))
    return redirect("authoring:templates", slug=space.slug)
