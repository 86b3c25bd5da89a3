"""The page of an item, whatever its kind: the text resolved for its reader, and what they may do with it."""

from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString

from palabre.authoring import marks, reach
from palabre.authoring.files.models import in_brief
from palabre.authoring.models import Trust
from palabre.items.doors import Door
from palabre.items.models import READABLE, Item, State
from palabre.kit.policy import may

ACTIONS = ("edit", "shape", "unarchive", "verify", "doubt", "withdraw")
FULL_HEADING = 3
VERIFIER, REPORTER = F("trust__verified_by__name"), F("trust__reported_by__name")


def door(*facet: str, **also: Any) -> Door:
    """The door to the pages of a kind: the item with its facet, trust and files, and what `also` asks for."""
    return Door("trust", *facet, brought=True, verifier=VERIFIER, reporter=REPORTER, attached=in_brief(), **also)


def show(request: HttpRequest, item: Item, html: SafeString | None = None, **context: Any) -> HttpResponse:
    """The item's page by its kind's template; an address with former words leads to the present one.

    `html` is its text as the reader reads it, from whoever has resolved it together with others.
    """
    if request.path != item.get_absolute_url():
        return redirect(item, permanent=True)
    person: Any = request.user
    allowed = {action: may(person, f"item.{action}", item) for action in ACTIONS}
    outline = tuple(tuple(heading) for heading in item.outline if heading[0] <= FULL_HEADING)
    return render(
        request,
        item.kind_of.template,
        {
            "item": item,
            "space": item.space,
            "html": marks.resolve(item.html, person, item) if html is None else html,
            "outline": outline if len(outline) > 1 else (),
            "trust": trust_of(item),
            "may": allowed,
            # Whoever may settle the doubt can ask what is meant; a guest is not told of colleagues they do not meet.
            "reporter": getattr(item, "reporter", "") if allowed["verify"] and person.is_inside else "",
            "is_draft": item.state in (State.DRAFT, State.SCHEDULED),
            "is_open": item.state in READABLE,
            "is_public": item.space.audience == "public" and item.is_readable,
            "who": reach.in_words(item.space),
            **context,
        },
    )


def again(request: HttpRequest, item: Item, **context: Any) -> HttpResponse:
    """The item's page in answer to a form of it that was refused: with what was typed, and what is wrong with it."""
    request.path = item.get_absolute_url()  # the form was sent elsewhere
    response = show(request, item, **context)
    response.status_code = 422
    return response


def trust_of(item: Item) -> Trust | None:
    """What is known of the trust in an item fetched with it."""
    return getattr(item, "trust", None)
