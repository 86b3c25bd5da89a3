"""Addresses of feeds: each list has its own, in each format; what is kept of them leaves the ending out."""

from django.urls import path, register_converter

from palabre.feeds.sources import FORMATS
from palabre.feeds.views import elsewhere, hub
from palabre.feeds.views.reading import feed, private


class Ending:
    """`<ending:form>` in urls."""

    regex = "|".join(FORMATS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Ending, "ending")

app_name = "feeds"
urlpatterns = [
    path("feeds/", elsewhere.addresses, name="addresses"),
    path("feeds/<int:pk>/revocation/", elsewhere.revocation, name="revocation"),
    path("feeds/elsewhere/", elsewhere.elsewhere, name="elsewhere"),
    path("feeds/hub/", hub.hub, name="hub"),
    path("feeds/private/<str:token>.<ending:form>", private, name="private"),
    path("feeds/new.<ending:form>", feed, {"what": "new"}, name="new"),
    path("feeds/spaces/<slug:slug>.<ending:form>", feed, {"what": "space"}, name="space"),
    path("feeds/spaces/<slug:slug>/<slug:kind>.<ending:form>", feed, {"what": "kind_in_space"}, name="kind_in_space"),
    path("feeds/kinds/<slug:kind>.<ending:form>", feed, {"what": "kind"}, name="kind"),
    path("feeds/tags/<str:keys>.<ending:form>", feed, {"what": "tag"}, name="tag"),
    path("feeds/people/<int:pk>.<ending:form>", feed, {"what": "person"}, name="person"),
    path("feeds/items/<int:pk>/comments.<ending:form>", feed, {"what": "comments"}, name="comments"),
    path("feeds/search.<ending:form>", feed, {"what": "search"}, name="search"),
]
