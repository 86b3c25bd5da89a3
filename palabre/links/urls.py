"""Addresses of links."""

from django.urls import path, register_converter

from palabre.links.views import following, of_item, thread, upkeep, words


class List:
    """The lists of upkeep, by name."""

    regex = "|".join(upkeep.SHOWN)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(List, "upkeep")

app_name = "links"

urlpatterns = [
    path("items/<int:pk>/links/", of_item.links, name="links"),
    path("items/<int:pk>/links/candidates/", of_item.picker, name="picker"),
    path("items/<int:pk>/links/rewriting/", of_item.rewrite, name="rewrite"),
    path("items/<int:pk>/map/", of_item.map, name="map"),
    path("items/<int:pk>/thread/", thread.thread, name="thread"),
    path("items/<int:pk>/sequel/", following.sequel, name="sequel"),
    path("words/", words.words, name="words"),
    path("links/<int:pk>/untying/", of_item.untie, name="untie"),
    path("links/", upkeep.keep, name="house"),
    path("links/<upkeep:show>/", upkeep.keep, name="upkeep"),
    path("spaces/<slug:slug>/links/<upkeep:show>/", upkeep.keep, name="upkeep_of"),
]
