"""Two texts that met and do not merge: whoever wrote the later one chooses, hunk by hunk."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from palabre.authoring import writing
from palabre.authoring.merging import Merge, merge
from palabre.authoring.models import Draft
from palabre.items.doors import item_or_404
from palabre.items.models import Revision
from palabre.kit.clock import now
from palabre.kit.policy import require


@login_required
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """`/items/12/conflict/`: two texts that do not merge, side by side; choosing leads back to the editor."""
    item = item_or_404(request, pk)
    require(request.user, "item.edit", item)
    draft = get_object_or_404(Draft.objects.of(request.user), item=item)
    base = Revision.objects.filter(item=item, number=draft.based_on).first()
    if base is None or draft.based_on == item.version:
        return redirect("authoring:edit", pk=pk)
    titles = merge(base.title, item.title, draft.title)
    bodies = merge(base.body, item.body, draft.body)
    latest = Revision.objects.select_related("by").get(item=item, number=item.version)
    asked = f"{item.version} {draft.stamp}"
    overtaken = request.method == "POST" and request.POST.get("asked") != asked
    if request.method == "POST" and not overtaken:
        draft.title = " ".join(_chosen(titles, request, "title").split())[:250]
        draft.body = writing.clean(_chosen(bodies, request, "body"))
        draft.based_on, draft.updated_at = item.version, now()
        draft.save(update_fields=["title", "body", "based_on", "updated_at"])
        return redirect("authoring:edit", pk=pk)
    context = {
        "item": item, "draft": draft, "latest": latest, "titles": titles, "bodies": bodies, "space": item.space,
        "asked": asked, "overtaken": overtaken,
    }  # fmt: skip
    return render(request, "authoring/conflict.html", context, status=422 if overtaken else 200)


def _chosen(merged: Merge, request: HttpRequest, name: str) -> str:
    """The text that people chose, hunk by hunk; where nothing was chosen, both."""
    pieces = []
    for number, hunk in enumerate(merged.hunks):
        choice = request.POST.get(f"{name}-{number}", "both")
        both = hunk.theirs if hunk.agreed else Merge((hunk,)).text
        pieces.append({"theirs": hunk.theirs, "mine": hunk.mine}.get(choice, both) if not hunk.agreed else both)
    return "".join(pieces)
