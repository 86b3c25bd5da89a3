"""Writing something new, and changing what is there."""

from urllib.parse import quote, unquote

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST

from palabre.authoring import derivation, drafting, lifecycle, writing
from palabre.authoring.editor import Desk
from palabre.authoring.forms import TextForm
from palabre.authoring.models import Draft, Template
from palabre.authoring.preview import previewed
from palabre.authoring.toasts import done, done_with_undo
from palabre.items.doors import Door, item_or_404
from palabre.items.models import Item, Revision, State
from palabre.kit import given
from palabre.kit.clock import now
from palabre.kit.days import typed
from palabre.kit.policy import may, require
from palabre.kit.queries import ONCE, Slot, planned
from palabre.kit.times import in_full

MOST_COPIES = 20  # of which the device is told that they arrived, before an editor opens there again
_HELD = Door(locked=True, begun=Exists(Draft.objects.filter(person=Slot("reader"), item=OuterRef("pk"))))


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """`/write/`: something new. `?kind=`, `space=`, `title=`, `body=`, `parent=`, `template=`, `draft=` say where to
    start.
    """
    desk = Desk(request)
    if request.method == "POST":
        return _publish_new(request, desk)
    asked = request.GET
    if template := given.number(asked, "template"):
        start = get_object_or_404(Template, pk=template, space__in=desk.spaces)
        desk.start_from(title=start.title, body=start.body, space=start.space.slug)
    desk.start_from(**{name: asked.get(name) for name in ("kind", "space", "title", "body", "parent", "tags")})
    if number := given.number(asked, "draft"):
        draft = get_object_or_404(Draft.objects.of(request.user), pk=number)
        if draft.item is None:
            desk.open_draft(draft)
        elif drafting.goes_on(draft, request.user):
            return redirect(draft)
        else:  # of what they read or change no longer: their own words can still become something of their own
            desk.start_from(kind=draft.kind, title=draft.title, body=draft.body)
    return desk.answer()


def _publish_new(request: HttpRequest, desk: Desk) -> HttpResponse:
    form = desk.read(request.POST)
    desk.draft = _draft_of(request)
    if request.POST.get("action") == "preview":
        return desk.answer(preview=previewed(request, desk.content()))
    content = desk.content()
    if form.is_valid():
        for why in drafting.refusals(content, request.user):
            form.add_error(None, why)
    if not form.is_valid():
        return desk.answer(status=422)
    if desk.draft:  # as the form has it now, not as it was last kept
        desk.draft.fields |= content.fields or {}
    given = form.cleaned_data
    require(request.user, "space.write", given["space"])
    due = given["publish_at"]
    with transaction.atomic():
        item = writing.publish(
            given["kind"],
            given["space"],
            request.user,
            given["title"],
            given["body"],
            parent=given["parent"],
            tags=_tags(request),
            state=State.SCHEDULED if due else State.PUBLISHED,
            at=due,
        )
        drafting.published(desk.draft, item)
        _finish(request, desk.draft)
    return _published(request, item)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """`/items/12/edit/`: another version, or the last touch to what nobody has read yet."""
    if request.method == "POST" and request.POST.get("action") != "preview":
        return _save(request, pk)
    item = item_or_404(request, pk)
    if item.state == State.ARCHIVED:
        return _archived(request, item)
    require(request.user, "item.edit", item)
    desk = Desk(request, item)
    draft = Draft.objects.change(request.user, item)
    if request.method == "POST":
        desk.read(request.POST)
        desk.draft = draft
        return desk.answer(preview=previewed(request, desk.content(), item))
    desk.start_from(
        title=item.title, body=item.body, kind=item.kind, space=item.space.slug, based_on=item.version,
        parent=item.parent_id, publish_at=typed(item.published_at) if item.state == State.SCHEDULED else None,
    )  # fmt: skip
    if draft:
        desk.open_draft(draft)
    return desk.answer()


def _begun(request: HttpRequest, item: Item) -> Draft | None:
    """The draft of a change to what the door of a save let in."""
    return Draft.objects.change(request.user, item) if item.begun else None  # type: ignore[attr-defined]


def _save(request: HttpRequest, pk: int) -> HttpResponse:
    with planned(ONCE), transaction.atomic():  # all that a save asks, it asks by key
        item = _HELD.open(request, pk)  # the only time that the row is read: it stays as it is until saved
        if item.state == State.ARCHIVED and may(request.user, "space.write", item.space):
            _set_aside(request, Desk(request, item), item)
            return _archived(request, item, kept=True)
        require(request.user, "item.edit", item)
        desk = Desk(request, item, _begun(request, item))
        form, draft = desk.read(request.POST), desk.draft
        if not form.is_valid():
            return desk.answer(status=422)
        if desk.is_new:
            return _publish_draft(request, item, form, draft)
        given = form.cleaned_data
        outcome = writing.revise_held(
            item,
            request.user,
            given["title"],
            given["body"],
            based_on=min(given["based_on"] or item.version, item.version),
            note=given["note"],
            aside=draft.aside if draft else "",
        )
        if outcome.status == "conflict":
            _set_aside(request, desk, item, writing.clean(desk.content().body))
            return _arrived(request, redirect("authoring:conflict", pk=item.pk))
        tagged = _give_tags(request, item)
    _finish(request, draft)
    if outcome.status == "unchanged" and tagged:
        done(request, _("The text is as it was; the tags were added."))
    elif outcome.status == "unchanged":
        done(request, _("Nothing had changed."))
    elif outcome.status == "merged":
        done(request, _("Saved, together with what was changed meanwhile."))
    else:
        done_with_undo(request, _("Saved."), "authoring:undo", item.pk, version=item.version)
    return _arrived(request, redirect(item))


@transaction.atomic
def _publish_draft(request: HttpRequest, item: Item, form: TextForm, draft: Draft | None) -> HttpResponse:
    given = form.cleaned_data
    space = given["space"]
    require(request.user, "space.write", space)
    if (space.pk, given["parent"]) != (item.space_id, item.parent):
        item = lifecycle.move(item, request.user, space, given["parent"])
    item = writing.revise(item, request.user, given["title"], given["body"], based_on=item.version).item
    _give_tags(request, item)
    if request.POST.get("action") == "keep":
        _finish(request, draft)
        done(request, _("Saved, and not published."))
        return _arrived(request, redirect(item))
    if given["publish_at"]:
        item = lifecycle.schedule(item, request.user, given["publish_at"])
    else:
        item = lifecycle.publish_now(item, request.user)
    _finish(request, draft)
    return _published(request, item)


def _published(request: HttpRequest, item: Item) -> HttpResponse:
    if item.state == State.SCHEDULED:
        text = _("It will appear on %(when)s.") % {"when": in_full(item.published_at)}
    else:
        text = _("Published.")
    done_with_undo(request, text, "authoring:withdrawal", item.pk)
    return _arrived(request, redirect(item))


def _arrived(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Tells the editor that the copy on the device has reached the server, and those of which it was not told yet."""
    if copy := request.POST.get("copy"):
        untold = [key for key in unquote(request.COOKIES.get("written", "")).split(",") if key and key != copy[:100]]
        keys = ",".join([*untold[1 - MOST_COPIES :], copy[:100]])
        response.set_cookie("written", quote(keys), max_age=30 * 24 * 3600, samesite="Lax")
    return response


def _archived(request: HttpRequest, item: Item, kept: bool = False) -> HttpResponse:
    """What is archived is read, not changed: how it comes out of the archive, and that a text sent is kept."""
    gave_way = item.facet is not None and item.facet.gave_way
    takes_out = may(request.user, "item.unarchive", item)
    context = {"item": item, "gave_way": gave_way, "takes_out": takes_out, "kept": kept, "status": 403}
    return render(request, "authoring/archived.html", context, status=403)


def _set_aside(request: HttpRequest, desk: Desk, item: Item, met: str = "") -> None:
    """The writer's text is on the server before they are told that it was not taken.

    What was set aside when it met another one, now or earlier, stays with it: looked up while the row is held, since
    another window of theirs may have set something aside while the door waited for it.
    """
    content, kept = desk.content(), Draft.objects.change(request.user, item)
    aside = "\n---\n\n".join(filter(None, (kept.aside if kept else "", met)))
    Draft.objects.update_or_create(
        person_id=request.user.pk or 0,
        item=item,
        defaults={
            "kind": item.kind,
            "space": item.space,
            "title": content.title[:250],
            "body": writing.clean(content.body),
            "aside": aside,
            "based_on": content.based_on,
            "fields": content.fields or {},
            "updated_at": now(),
        },
    )


@login_required
@require_POST
@transaction.atomic
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """`/items/12/undo/`: what one has just saved becomes the version before it again, as a version of its own."""
    item = item_or_404(request, pk, lock=True)
    require(request.user, "item.edit", item)
    last = Revision.objects.filter(item=item, number=item.version, by=request.user.pk).first()
    if last is None or request.POST.get("version") != str(item.version):
        raise PermissionDenied(_("Somebody has changed it since; restore a version from its history."))
    before = writing.before(last)
    if before is None:
        raise Http404
    with override(item.space.language):  # the note is everybody's
        note = _("Undone")
    writing.revise_held(item, request.user, before.title, before.body, based_on=item.version, note=note)
    done(request, _("Undone: version %(number)s stands again.") % {"number": before.number})
    return redirect(item)


def _finish(request: HttpRequest, draft: Draft | None) -> None:
    drafting.finish(draft, request.POST.get("stamp", ""), request.POST.get("body", ""))


def _draft_of(request: HttpRequest) -> Draft | None:
    number = given.number(request.POST, "draft")
    return Draft.objects.of(request.user).filter(pk=number, item=None).first() if number else None


def _tags(request: HttpRequest) -> list[str]:
    return [tag.strip() for tag in request.POST.get("tags", "").split(",") if tag.strip()]


def _give_tags(request: HttpRequest, item: Item) -> int:
    """The tags of the form, where it has a field for them (a room above offers it); how many the item did not bear."""
    if "tags" not in request.POST or not may(request.user, "item.tag", item):
        return 0
    return derivation.hand_over("tags", [(item, _tags(request))], request.user)
