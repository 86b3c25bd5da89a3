"""The addresses of files: bytes, what an item has, removing, restoring; the live process offers the heavy ones too."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from palabre.authoring.files.doors import file_or_404
from palabre.authoring.files.keeping import REASONS
from palabre.authoring.files.models import File
from palabre.authoring.files.receiving import Received, receive
from palabre.authoring.files.serving import Answer, answer
from palabre.items.doors import item_or_404
from palabre.kit import live
from palabre.kit.policy import may, require

# What a slow line takes longer to carry than a page is carried by the live process, pictures in pages too.
HEAVY = 256 * 1024


@require_GET
def download(request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
    """`/files/12/plan.pdf`: the bytes; `?width=480` of a picture made narrower. The name is for people."""
    file = file_or_404(request.user, pk)
    given = answer(file, request.headers, request.GET.get("width", ""))
    if given.content is not None and given.length > HEAVY:
        given.content.close()
        return redirect(f"{live.address(request)}{request.get_full_path()}")
    return sent(given)


def sent(given: Answer) -> HttpResponseBase:
    """An answer of `serving` as the web process sends it."""
    body: HttpResponseBase
    if given.content is None:
        body = HttpResponse(status=given.status)
    else:
        body = StreamingHttpResponse(given.chunks(), status=given.status)
    for header, value in given.headers.items():
        body.headers[header] = value
    return body


@require_http_methods(["GET", "POST"])
def of_item(request: HttpRequest, pk: int) -> HttpResponse:
    """`/items/12/files/`: all the files of an item, and a form to add some."""
    if request.method == "POST":
        return _answered(request, receive(request.user, pk, request.FILES.getlist("file")))
    item = item_or_404(request, pk, apart=True)
    may_add = may(request.user, "file.add", item)
    refused, removed = request.GET.get("refused", ""), request.GET.get("removed", "")
    files = File.objects.filter(item=item).defer("text").select_related("by", "by__organisation").order_by("pk")
    for file in files:
        file.item = item
    removable = {file.pk for file in files if may(request.user, "file.remove", file)}
    context = {
        "item": item,
        "files": [file for file in files if not file.removed_at],
        "removable": removable,
        "upload_address": f"{live.address(request)}{request.path}" if may_add else "",
        "most": settings.PALABRE_FILE_SIZE,
        "refused": REASONS.get(refused, ""),
        "removed": next((f for f in files if f.pk in removable and f.removed_at and str(f.pk) == removed), None),
    }
    page = render(request, "authoring/files/of_item.html", context, status=422 if refused in REASONS else 200)
    # The form goes to the live process, another origin, which asks where it comes from.
    page["Referrer-Policy"] = "strict-origin"
    return page


@login_required
@require_POST
def of_draft(request: HttpRequest) -> HttpResponse:
    """`/files/`: for a text that is not published yet; the files are its writer's alone until then."""
    return _answered(request, receive(request.user, None, request.FILES.getlist("file")))


def _answered(request: HttpRequest, received: Received) -> HttpResponse:
    if request.accepts("text/html"):
        return redirect(received.back)
    return JsonResponse(received.said, status=received.status)


@require_POST
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    """`/files/12/removal/`: takes a file off its item."""
    file = file_or_404(request.user, pk)
    require(request.user, "file.remove", file)
    file.remove(request.user)
    return redirect(f"/items/{file.item_id}/files/?removed={file.pk}" if file.item_id else "/write/")


@require_POST
def restoration(request: HttpRequest, pk: int) -> HttpResponse:
    """`/files/12/restoration/`: puts it back."""
    file = file_or_404(request.user, pk, removed=True)
    require(request.user, "file.remove", file)
    if file.removed_at:
        file.restore(request.user)
    return redirect(f"/items/{file.item_id}/files/" if file.item_id else "/write/")
