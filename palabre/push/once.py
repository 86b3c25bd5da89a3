"""What is sent twice happens once: a browser that does not know whether its words arrived sends them again.

It gives each form a key of its own: the header `Idempotency-Key`, or `?once=` in the address to which a browser sends a
form by itself. The key is written in the transaction of what the form does, so that both stand or neither does; who
sends it again is led to where the first led.
"""

from collections.abc import Callable
from uuid import UUID

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse

from palabre.push.models import Done

KEY, PARAMETER = "Idempotency-Key", "once"
SHORT = "return=minimal"  # of the header Prefer (RFC 7240): nothing but whether it was done, and where that is
LONGEST = 500


class Once:
    """Middleware: a form with a key is accepted once from each person. A refused one may come again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = _key(request)
        if key is None or not request.user.is_authenticated:
            return self.get_response(request)
        mine = Done.objects.filter(person=request.user.pk, key=key)
        with transaction.atomic():
            if not _first(request.user.pk, key):
                return _again(request, mine.values_list("place", flat=True)[0])
            response = self.get_response(request)
            place = response.headers.get("Location", "")
            if response.status_code >= 500:
                transaction.set_rollback(True)
            elif not _accepted(request, response):
                mine.delete()
            elif place.startswith("/") and len(place) <= LONGEST:
                mine.update(place=place)
        if _accepted(request, response) and request.headers.get("Prefer") == SHORT:
            return _short(place, response)
        return response


def _key(request: HttpRequest) -> UUID | None:
    if request.method != "POST":
        return None
    try:
        return UUID(request.headers.get(KEY) or request.GET.get(PARAMETER, ""))
    except ValueError:
        return None


def _accepted(request: HttpRequest, response: HttpResponse) -> bool:
    """A form that a browser sends by itself was accepted if it leads on: a page in answer asks for something more."""
    if request.htmx:  # type: ignore[attr-defined]
        return response.status_code < 400
    return response.status_code in (201, 204) or 300 <= response.status_code < 400


def _first(person: int, key: UUID) -> bool:
    """Whether this key comes for the first time; one that is being dealt with is waited for."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO push_done (person_id, key) VALUES (%s, %s) ON CONFLICT DO NOTHING", [person, key])
        return bool(cursor.rowcount)


def _again(request: HttpRequest, place: str) -> HttpResponse:
    """The answer to what was done already."""
    if request.headers.get("Prefer") == SHORT:
        return _short(place)
    if request.htmx or not place:  # type: ignore[attr-defined]
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return HttpResponse(status=303, headers={"Location": place})


def _short(place: str, response: HttpResponse | None = None) -> HttpResponse:
    """It was done, and is seen at `place`; what the whole answer would have had the browser remember goes along."""
    said = HttpResponse(status=204, headers={"Location": place} if place else {})
    if response is not None:
        said.cookies = response.cookies
    return said
