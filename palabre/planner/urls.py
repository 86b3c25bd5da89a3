"""The planner over the seven P."""

from django.urls import path

from palabre.planner import views

app_name = "planner"
urlpatterns = [path("planner/", views.planner, name="planner")]
