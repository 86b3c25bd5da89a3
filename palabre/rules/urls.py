"""Rules, their register, and the challenges of them."""

from django.urls import path

from palabre.items import addresses  # noqa: F401 (registers the converter)
from palabre.rules.views import challenging, listing, showing

app_name = "rules"
urlpatterns = [
    path("rules/", listing.rules, name="rules"),
    path("rules/<item:pk>/", showing.rule, name="show"),
    path("rules/<int:pk>/terms/", showing.terms, name="terms"),
    path("rules/<int:pk>/lifting/", showing.lifting, name="lifting"),
    path("rules/<int:pk>/succession/", showing.succession_of, name="succession"),
    path("rules/<int:pk>/challenge/", challenging.challenge, name="challenge"),
    path("rules/<int:pk>/challenges/<int:number>/answer/", challenging.answer, name="answer"),
    path("rules/<int:pk>/challenges/<int:number>/decision/", challenging.decision, name="decision"),
    path("spaces/<slug:slug>/rules/", listing.of_space, name="of_space"),
]
