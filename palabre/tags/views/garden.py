"""Keeping tags tidy: rename, merge and undo, synonyms. For stewards; all of it is recorded."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from palabre.authoring.toasts import done_with_undo_at
from palabre.kit.policy import require
from palabre.tags.doors import tag_or_404
from palabre.tags.forms import Merging, Renaming, Synonym
from palabre.tags.keys import key_of
from palabre.tags.models import Alias, Hindered, Merge, Tag

RECENT = 50


@require_GET
def merges(request: HttpRequest) -> HttpResponse:
    """What was merged lately, each with its undoing; of tags the steward sees."""
    require(request.user, "tag.garden")
    seen = Tag.objects.visible_to(request.user).values("pk")
    rows = Merge.objects.filter(into__in=seen).select_related("into", "by", "undone_by", "within")[:RECENT]
    return render(request, "tags/merges.html", {"merges": rows})


@require_http_methods(["GET", "POST"])
def tend(request: HttpRequest, key: str) -> HttpResponse:
    """One tag in the garden; `act` says which of its forms was sent. Who sends one looks at it alone."""
    if request.method != "POST":
        return _tended(request, key)
    with transaction.atomic():
        Tag.objects.tend_alone()
        return _tended(request, key)


def _tended(request: HttpRequest, key: str) -> HttpResponse:
    tag = tag_or_404(request, key)
    require(request.user, "tag.garden", tag)
    act = request.POST.get("act", "")
    forms = {
        "rename": Renaming(tag, request.user, request.POST if act == "rename" else None, initial={"name": tag.name}),
        "merge": Merging(tag, request.user, request.POST if act == "merge" else None),
        "synonym": Synonym(tag, request.user, request.POST if act == "synonym" else None),
    }
    if act == "forget":
        return _forget(request, tag)
    if act in forms and forms[act].is_valid():
        return _act(request, tag, act, forms[act].cleaned_data)
    context = {
        "tag": tag,
        "synonyms": tag.aliases.select_related("by"),
        "merges": tag.merges.select_related("into", "by", "undone_by", "within"),
        **forms,
    }
    return render(request, "tags/garden.html", context, status=422 if act in forms else 200)


def _act(request: HttpRequest, tag: Tag, act: str, said: dict) -> HttpResponse:
    if act == "rename":
        _rename(request, tag, said["name"])
    elif act == "synonym":
        tag.answer_to(said["synonym"], request.user)
        messages.success(request, _("The tag answers to that name, too."))
    else:
        tag.merge_into(said["into"], request.user)
        messages.success(request, _("Merged. It can be undone here."))
        tag = said["into"]
    return redirect(f"{tag.get_absolute_url()}garden/")


def _rename(request: HttpRequest, tag: Tag, name: str) -> None:
    """Undone by its former name: in the toast, and as long as one likes among the names the tag answers to."""
    if name == tag.name:
        return
    before = tag.name
    tag.rename(name, request.user)
    text = _("Renamed. The former name still leads here.")
    done_with_undo_at(request, text, f"{tag.get_absolute_url()}garden/", act="rename", name=before)


def _forget(request: HttpRequest, tag: Tag) -> HttpResponse:
    tag.forget(get_object_or_404(Alias, tag=tag, key=key_of(request.POST.get("synonym", ""))), request.user)
    messages.success(request, _("The tag no longer answers to that name."))
    return redirect(f"{tag.get_absolute_url()}garden/")


@require_POST
@transaction.atomic
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Parts again what a merge joined."""
    require(request.user, "tag.garden")
    Tag.objects.tend_alone()
    seen = Tag.objects.visible_to(request.user).values("pk")
    merge = get_object_or_404(Merge.objects.select_related("into"), pk=pk, into__in=seen, undone_at=None)
    try:
        tag = merge.undo(request.user)
    except Hindered as hindered:
        messages.error(request, _first(merge, hindered.by))
        return redirect(f"{merge.into.get_absolute_url()}garden/")
    except Merge.DoesNotExist as gone:  # somebody else undid it, or merged its tag, a moment ago
        raise Http404 from gone
    messages.success(request, _("The two tags are apart again."))
    return redirect(f"{tag.get_absolute_url()}garden/")


def _first(merge: Merge, hindrance: Merge | Tag | Alias) -> str:
    """What has to be done before `merge` can be undone."""
    if isinstance(hindrance, Merge):
        return _("“%(later)s” was merged later and stands on this one: undo that merge first.") % {"later": hindrance}
    if isinstance(hindrance, Tag):
        return _("Another tag has taken the name “%(name)s” since; rename it first.") % {"name": hindrance}
    said = _("“%(name)s” has become a synonym of another tag since; remove that synonym first.")
    return said % {"name": hindrance}
