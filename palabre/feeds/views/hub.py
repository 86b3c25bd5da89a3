"""The hub: subscribers ask here to be told of changes (WebSub), signed in nowhere."""

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from palabre.feeds.subscribing import Unacceptable, ask
from palabre.feeds.tasks import verify

PLAIN = "text/plain; charset=utf-8"


@csrf_exempt
@require_POST
def hub(request: HttpRequest) -> HttpResponse:
    """`/feeds/hub/`: accepted, and verified in the background; or refused with the reason, for programs, in English."""
    if settings.PALABRE_HUB:
        raise Http404
    try:
        with transaction.atomic():
            asked = ask(request.POST)
            verify.defer(asked=asked.pk)
    except Unacceptable as refusal:
        response = HttpResponse(f"{refusal}\n", status=503 if refusal.busy else 400, content_type=PLAIN)
        if refusal.busy:
            response["Retry-After"] = "300"
        return response
    return HttpResponse("It will be verified in a moment.\n", status=202, content_type=PLAIN)
