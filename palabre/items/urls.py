"""Addresses of what every item has, whatever its kind."""

from django.urls import path

from palabre.items import views

app_name = "items"
urlpatterns = [path("items/<int:pk>/audience/", views.audience, name="audience")]
