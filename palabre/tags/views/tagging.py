"""The tags of one item: seen, added, taken off; and those that its text, or one being written, calls for."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from palabre.authoring.dialect import TAG
from palabre.items.doors import item_or_404
from palabre.items.models import Item
from palabre.kit.policy import may, require
from palabre.kit.queries import EITHER, Prepared, Slot
from palabre.tags import company, suggestion
from palabre.tags.forms import Naming
from palabre.tags.keys import key_of
from palabre.tags.models import Tag, Tagging

VOCABULARY = 2000
LONGEST_TEXT = 50_000

_BORNE = Prepared(
    lambda: Tagging.objects.filter(item=Slot("item")).select_related("tag").order_by("tag__key"), planned=EITHER
)


@require_http_methods(["GET", "POST"])
def of_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Who tagged this, when and with what; to add (`names`) and to take off (`remove`)."""
    item = item_or_404(request, pk)
    written = ",".join(request.POST.getlist("names"))
    form = Naming({"names": written} if "names" in request.POST else None)
    if request.method == "POST":
        require(request.user, "item.tag", item)
        if "remove" in request.POST:
            _take_off(request, item)
        elif form.is_valid():
            with transaction.atomic():
                tags = Tag.objects.made(form.cleaned_data["names"])
                for tag in dict.fromkeys(tags.values()):
                    tag.put_on(item, request.user)
        if not form.is_bound or form.is_valid():
            if request.htmx:  # type: ignore[attr-defined]
                return render(request, "tags/panels/item.html", bar(request, item, adding=True))
            return redirect((request.POST.get("next") == "tags" and f"/items/{item.pk}/tags/") or item)
    status = 422 if form.is_bound and not form.is_valid() else 200
    if request.htmx and request.method == "POST":  # type: ignore[attr-defined]
        return render(request, "tags/panels/item.html", bar(request, item, adding=True) | {"form": form}, status=status)
    if request.htmx and request.GET.get("add"):  # type: ignore[attr-defined]
        return render(request, "tags/panels/item.html", bar(request, item, adding=True))
    taggings = Tagging.objects.filter(item=item).select_related("tag", "by", "by__organisation").order_by("tag__key")
    context = {
        "item": item,
        "taggings": taggings,
        "form": form,
        "may_tag": may(request.user, "item.tag", item),
        "suggested": for_text(request, item.title, item.body, [row.tag.key for row in taggings]),
    }
    return render(request, "tags/of_item.html", context, status=status)


def _take_off(request: HttpRequest, item: Item) -> None:
    key = key_of(request.POST["remove"])
    tag = Tag.objects.called([key]).get(key)
    if tag and not tag.take_off(item, request.user):
        messages.info(request, _("The text itself says #%(tag)s; to remove it, edit the text.") % {"tag": tag.name})


def bar(request: HttpRequest, item: Item, adding: bool = False) -> dict:
    """What the bar of tags under a text shows."""
    taggings = _BORNE(item=item.pk)
    may_tag = may(request.user, "item.tag", item)
    suggested = []
    if adding and may_tag:
        suggested = for_text(request, item.title, item.body, [row.tag.key for row in taggings])
    return {
        "item": item,
        "taggings": taggings,
        "may_tag": may_tag,
        "adding": adding and may_tag,
        "suggested": suggested,
    }


@require_POST
def for_writing(request: HttpRequest) -> HttpResponse:
    """Tags for the text at hand, from the editor's form."""
    text = request.POST.get("body", "")[:LONGEST_TEXT]
    present = [key_of(name) for name in request.POST.get("tags", "").split(",")]
    present += [key_of(said[1]) for said in TAG.finditer(text)]  # which the text will bear without being told
    suggested = for_text(request, request.POST.get("title", ""), text, present)
    return render(request, "tags/suggestions.html", {"suggested": suggested})


def for_text(request: HttpRequest, title: str, body: str, present: list[str]) -> list[Tag]:
    """Visible tags that a text calls for and does not bear yet, best first."""
    known = {tag.key: tag for tag in Tag.objects.counted_for(request.user)[:VOCABULARY]}
    text = f"{title}\n{title}\n{body[:LONGEST_TEXT]}"
    uses = {key: tag.uses for key, tag in known.items()}
    named = suggestion.for_text(text, uses, present=present)
    beside = company.together(request.user, [*present, *named[:3]])
    return [known[key] for key in suggestion.for_text(text, uses, beside, present)]
