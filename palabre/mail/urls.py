"""The address at which letters are stopped."""

from django.urls import path

from palabre.mail import views

app_name = "mail"
urlpatterns = [
    path("mail/stop/<str:token>/", views.stop, name="stop"),
]
