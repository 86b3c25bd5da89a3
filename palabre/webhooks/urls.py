"""Addresses of webhooks."""

from django.urls import path

from palabre.webhooks.views import deliveries, webhooks

app_name = "webhooks"
urlpatterns = [
    path("spaces/<slug:slug>/webhooks/", webhooks.of_space, name="of_space"),
    path("spaces/<slug:slug>/webhooks/new/", webhooks.new_in_space, name="new_in_space"),
    path("webhooks/", webhooks.of_company, name="of_company"),
    path("webhooks/new/", webhooks.new_in_company, name="new_in_company"),
    path("webhooks/<int:pk>/", deliveries.show, name="show"),
    path("webhooks/<int:pk>/edit/", webhooks.edit, name="edit"),
    path("webhooks/<int:pk>/secret/", webhooks.secret, name="secret"),
    path("webhooks/<int:pk>/disabling/", webhooks.disabling, name="disabling"),
    path("webhooks/<int:pk>/removal/", webhooks.removal, name="removal"),
    path("webhooks/<int:pk>/test/", deliveries.test, name="test"),
    path("webhooks/<int:pk>/resending/", deliveries.resending, name="resending"),
    path("webhooks/<int:pk>/deliveries/<int:number>/", deliveries.delivery, name="delivery"),
    path("webhooks/<int:pk>/deliveries/<int:number>/resending/", deliveries.resending_one, name="resending_one"),
]
