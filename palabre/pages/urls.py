"""Pages and their tree."""

from django.urls import path

from palabre.items import addresses  # noqa: F401 (registers the converter)
from palabre.pages import views

app_name = "pages"
urlpatterns = [
    path("pages/<item:pk>/", views.show, name="show"),
    path("pages/<int:pk>/order/", views.order, name="order"),
    path("pages/<int:pk>/below/", views.below, name="below"),
    path("spaces/<slug:slug>/pages/", views.of_space, name="of_space"),
    path("spaces/<slug:slug>/pages/order/", views.order_of_space, name="order_of_space"),
]
