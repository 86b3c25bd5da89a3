"""Addresses: each room brings its own, under nouns."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path

from palabre.project.health import health


def closed(request: HttpRequest, key: str = "") -> HttpResponse:
    """There is nothing here."""
    raise Http404


# Who wants another address asks for it at `people:address`; the pages that allauth has for it are not used.
CLOSED = [path("email/", closed), path("confirm-email/", closed), path("confirm-email/<str:key>/", closed)]

# They are tried one after the other: what is read most comes first.
urlpatterns = [
    path("", include("palabre.home.urls")),
    path("", include("palabre.pages.urls")),
    path("", include("palabre.search.urls")),
    path("", include("palabre.signals.urls")),
    path("", include("palabre.kit.urls")),
    path("", include("palabre.authoring.files.urls")),
    path("", include("palabre.bookmarks.urls")),
    path("-/health", health),
    path("", include("palabre.people.urls")),
    path("", include("palabre.spaces.urls")),
    path("", include("palabre.items.urls")),
    path("", include("palabre.authoring.urls")),
    path("", include("palabre.posts.urls")),
    path("account/", include(CLOSED)),
    path("account/", include("allauth.urls")),
    path("", include("palabre.links.urls")),
    path("", include("palabre.tags.urls")),
    path("", include("palabre.talk.urls")),
    path("", include("palabre.conversations.urls")),
    path("", include("palabre.questions.urls")),
    path("", include("palabre.decisions.urls")),
    path("", include("palabre.commitments.urls")),
    path("", include("palabre.ideas.urls")),
    path("", include("palabre.consultations.urls")),
    path("", include("palabre.offers.urls")),
    path("", include("palabre.planner.urls")),
    path("", include("palabre.rules.urls")),
    path("", include("palabre.objectives.urls")),
    path("", include("palabre.mail.urls")),
    path("", include("palabre.webhooks.urls")),
    path("", include("palabre.feeds.urls")),
    path("", include("palabre.mail.answers.urls")),
    path("", include("palabre.push.urls")),
]

handler400 = "palabre.kit.errors.bad_request"
handler403 = "palabre.kit.errors.forbidden"
handler404 = "palabre.kit.errors.not_found"
handler500 = "palabre.kit.errors.failed"
