"""Search, suggestions, and what is looked for in vain."""

from django.urls import path

from palabre.search import views

app_name = "search"
urlpatterns = [
    path("search/", views.results, name="results"),
    path("search/suggest/", views.suggestions, name="suggestions"),
    path("search/similar/", views.alike, name="similar"),
    path("search/missing/", views.missing, name="missing"),
    path("search/missing/<int:pk>/dismissal/", views.dismissal, name="dismissal"),
]
