"""What somebody shares with the application from another one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from palabre.authoring.handing import draft_of
from palabre.kit import given, sharing

WORDS, TITLE, ADDRESS = 5000, 250, 2000  # characters of what is taken on, at most: it travels in an address
OURS = ("none", "same-origin")  # as `Sec-Fetch-Site` calls what no page of somebody else has sent


@csrf_exempt  # the system sends it, and knows no token; files are taken only where no other site can have sent them
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def shared(request: HttpRequest) -> HttpResponse:
    """`/share/` with `title`, `text`, `url`, `files`: leads to the form that takes it, filled in; nothing is kept
    before that is sent. With files, which no address can carry, it is a draft at once.
    """
    said = request.POST if request.method == "POST" else request.GET
    told = sharing.Shared.read(
        given.text(said, "title", TITLE), given.text(said, "text", WORDS), given.text(said, "url", ADDRESS)
    )
    files = request.FILES.getlist("files")
    if files and request.headers.get("Sec-Fetch-Site") in OURS:
        draft, refused = draft_of(request.user, told, files)
        for name, sentence in refused:
            messages.error(request, _("%(name)s: %(why)s") % {"name": name, "why": sentence})
        return redirect(draft)
    if files:
        messages.error(request, _("The files did not come along. Add them here, in the text."))
    way = sharing.way_on(told)
    if way is None:
        raise Http404
    return redirect(way)
