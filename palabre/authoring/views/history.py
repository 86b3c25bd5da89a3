"""Every version: the list, one of them, the difference of two, who wrote which line, and the way back."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, pairwise

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_POST

from palabre.authoring import marks, writing
from palabre.authoring.blame import Line, attribute
from palabre.authoring.difference import compare, words
from palabre.authoring.rendering import render as render_text
from palabre.authoring.toasts import done, done_with_undo
from palabre.items.doors import item_or_404
from palabre.items.models import Revision
from palabre.kit import given
from palabre.kit.paging import page
from palabre.kit.policy import may, require


@require_GET
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """`/items/12/history/`: the versions, the latest first; two of them can be compared."""
    item = item_or_404(request, pk)
    before = Revision.objects.filter(item=item, number__lt=OuterRef("number")).order_by("-number").values("title")[:1]
    found = Revision.objects.filter(item=item).select_related("by__organisation").defer("body")
    found = found.annotate(former_title=Subquery(before))
    context = {"item": item, "space": item.space, "versions": page(found, request, order=("-number",), size=50)}
    return render(request, "authoring/history.html", context)


@require_GET
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """`/items/12/history/3/`: the text as it stood then, and what that version changed."""
    item = item_or_404(request, pk)
    shown = get_object_or_404(Revision.objects.select_related("by__organisation"), item=item, number=number)
    before = writing.before(shown)
    html = marks.resolve(render_text(shown.body, item.space.language).html, request.user, item)
    context = {
        "item": item,
        "space": item.space,
        "version": shown,
        "before": before,
        "after": Revision.objects.filter(item=item, number__gt=number).values_list("number", flat=True).first(),
        "html": html,
        "may_restore": number != item.version and may(request.user, "item.edit", item),
    }
    return render(request, "authoring/version.html", context)


@require_GET
def difference(request: HttpRequest, pk: int) -> HttpResponse:
    """`/items/12/difference/?from=3&to=5`: word by word; without numbers, what the latest version changed."""
    item = item_or_404(request, pk)
    found = Revision.objects.filter(item=item).select_related("by__organisation")
    newer = get_object_or_404(found, number=_number(request, "to", item.version))
    older = get_object_or_404(found, number=_number(request, "from", None) or _before_number(newer))
    if older.number > newer.number:
        older, newer = newer, older
    context = {
        "item": item,
        "space": item.space,
        "older": older,
        "newer": newer,
        "title": words(older.title, newer.title),
        "rows": compare(older.body, newer.body),
    }
    return render(request, "authoring/difference.html", context)


@require_GET
def authorship(request: HttpRequest, pk: int) -> HttpResponse:
    """`/items/12/authorship/`: each line with who wrote it, and when."""
    item = item_or_404(request, pk)
    rows = Revision.objects.filter(item=item).select_related("by__organisation").order_by("number")
    lines = attribute(_standing(rows.iterator(50)))
    context = {"item": item, "space": item.space, "lines": list(_with_gaps(lines))}
    return render(request, "authoring/authorship.html", context)


def _with_gaps(lines: Iterable[Line[Revision]]) -> Iterator[Line[Revision]]:
    """An empty line goes with what stands above it: nobody asks who wrote it."""
    above: Line[Revision] | None = None
    for line in lines:
        above = replace(line, version=above.version) if above and not line.text.strip() else line
        yield above


def _standing(rows: Iterable[Revision]) -> Iterator[tuple[Revision, str]]:
    """The versions that stood, each with its text, which it does not keep: a long history is never in memory as a
    whole. A text set aside comes just before the one it went into.
    """
    for row, after in pairwise(chain(rows, [None])):
        if row and not (after and after.merged_from == row.number):
            body, row.body = row.body, ""
            yield row, body


@login_required
@require_POST
@transaction.atomic
def restoration(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """`/items/12/history/3/restoration/`: that version stands again, as a new one."""
    item = item_or_404(request, pk, lock=True)
    require(request.user, "item.edit", item)
    old = get_object_or_404(Revision, item=item, number=number)
    with override(item.space.language):  # the note is everybody's
        note = _("Version %(number)s restored") % {"number": number}
    outcome = writing.revise_held(item, request.user, old.title, old.body, based_on=item.version, note=note)
    if outcome.status == "unchanged":
        done(request, _("Nothing had changed."))
    else:
        said = _("Version %(number)s restored") % {"number": number}
        done_with_undo(request, f"{said}.", "authoring:undo", pk, version=item.version)
    return redirect(item)


def _number(request: HttpRequest, name: str, default: int | None) -> int | None:
    value = given.number(request.GET, name)
    return default if value is None else value


def _before_number(revision: Revision) -> int:
    before = writing.before(revision)
    return before.number if before else 1
