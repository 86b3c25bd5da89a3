"""Commitments."""

from django.urls import path

from palabre.commitments.views import listing, making, settling, showing
from palabre.items import addresses  # noqa: F401 (registers the converter)

app_name = "commitments"
urlpatterns = [
    path("commitments/", listing.commitments, name="commitments"),
    path("commitments/new/", making.alone, name="new"),
    path("commitments/<item:pk>/", showing.commitment, name="show"),
    path("commitments/<int:pk>/result/", settling.settlement, name="settlement"),
    path("commitments/<int:pk>/plan/", settling.plan, name="plan"),
    path("items/<int:pk>/commitment/", making.from_item, name="begin"),
    path("spaces/<slug:slug>/commitments/", listing.of_space, name="of_space"),
]
