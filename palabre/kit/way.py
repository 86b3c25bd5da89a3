"""The reader's way of reading: language and theme, for this browser, and for the person when there is one."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

THEMES = {"light", "dark"}
A_YEAR = 60 * 60 * 24 * 365


def back(request: HttpRequest, otherwise: str = "/") -> str:
    """The page of ours that a form names as `next`."""
    asked = request.POST.get("next", "")
    return asked if url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}) else otherwise


@require_POST
def way(request: HttpRequest) -> HttpResponse:
    """Keeps `language` and `theme` where they are given, and goes back to where the reader was."""
    response = HttpResponseRedirect(back(request))
    language, theme = request.POST.get("language"), request.POST.get("theme")
    if language in dict(settings.LANGUAGES):
        _keep(response, settings.LANGUAGE_COOKIE_NAME, language)
        if request.user.is_authenticated:
            request.user.language = language  # type: ignore[union-attr]
            request.user.save(update_fields=["language"])
    if theme in THEMES:
        _keep(response, "theme", theme)
    elif theme:
        response.delete_cookie("theme")
    return response


def _keep(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name, value, max_age=A_YEAR, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE
    )
