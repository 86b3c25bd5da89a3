"""Offers, what is about them, and which of them an item is about."""

from django.urls import path

from palabre.items import addresses  # noqa: F401 (registers the converter)
from palabre.offers.views import about, listing, showing

app_name = "offers"
urlpatterns = [
    path("offers/", listing.offers, name="offers"),
    path("offers/<item:pk>/", showing.offer, name="show"),
    path("offers/<int:pk>/standing/", showing.standing, name="standing"),
    path("offers/<int:pk>/beginning/", about.beginning, name="beginning"),
    path("offers/<int:pk>/about/", about.every, name="about"),
    path("offers/<int:pk>/about/<slug:kinds>/", about.of_kind, name="about_of_kind"),
    path("items/<int:pk>/offers/", about.naming_of, name="naming"),
    path("spaces/<slug:slug>/offers/", listing.of_space, name="of_space"),
]
