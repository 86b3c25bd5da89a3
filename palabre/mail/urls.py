"""Addresses of one's letters."""

from django.urls import path

from palabre.mail import views

app_name = "mail"
urlpatterns = [
    path("mail/choices/", views.choices, name="choices"),
    path("mail/stop/<str:token>/", views.stop, name="stop"),
]
