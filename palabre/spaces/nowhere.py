"""Who may write nowhere yet is told what to do about it: open a space, or ask for one."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from palabre.kit.policy import may
from palabre.spaces import sight


def ways(person: Any) -> dict[str, Any]:
    """What `spaces/nowhere_yet.html` says it by."""
    return {"house_is_empty": not sight.of(person).open, "may_create": may(person, "space.create")}


def page(request: HttpRequest) -> HttpResponse:
    """In the place of whatever they wanted to write."""
    return render(request, "spaces/nowhere.html", ways(request.user))
