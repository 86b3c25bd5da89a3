"""Photos enter by the live process, as files do: a client that takes its time holds no thread there."""

from django.http import HttpRequest
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from palabre.kit import live
from palabre.kit.policy import require
from palabre.kit.uploads import Body, files_in, receives, taken_in
from palabre.people.doors import person_or_404
from palabre.people.models import Person
from palabre.people.portrait import HEAVIEST, Unfit, portrait


@receives
async def photo(request: Request) -> Response:
    """Another photo of somebody; rights are checked before the first byte and after the last."""
    person = await live.ask(_whose, request)
    try:
        async with taken_in(request, HEAVIEST) as body:
            refused = await live.ask(_received, request, body)
    except OverflowError:
        refused = "size"
    page = f"/people/{person.pk}/portrait/?refused={refused}" if refused else person.get_absolute_url()
    return RedirectResponse(f"{request.headers['origin']}{page}", 303)


def _whose(request: Request) -> Person:
    asked = HttpRequest()
    asked.user = request.user
    person = person_or_404(asked, request.path_params["id"])
    require(request.user, "person.edit", person)
    return person


def _received(request: Request, body: Body) -> str:
    """Takes the photo; why it was not taken, in a word, or nothing."""
    person = _whose(request)
    with files_in(request, body) as uploads:
        if not uploads:
            return "picture"
        try:
            person.be_pictured(portrait(uploads[0]), by=request.user)
        except Unfit as unfit:
            return unfit.reason
    return ""


live.offer("/people/{id:int}/photo/", photo, ["POST"])
