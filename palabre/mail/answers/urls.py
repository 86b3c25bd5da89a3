"""Addresses of answers by mail."""

from django.urls import path

from palabre.mail.answers import views

app_name = "answers"

urlpatterns = [
    path("mail/stopped/", views.stopped, name="stopped"),
    path("mail/refused/", views.refused, name="refused"),
]
