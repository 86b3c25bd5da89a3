"""The addresses of files."""

from django.urls import path

from palabre.authoring.files import views

app_name = "files"
urlpatterns = [
    path("files/", views.of_draft, name="of_draft"),
    path("files/<int:pk>/removal/", views.removal, name="removal"),
    path("files/<int:pk>/restoration/", views.restoration, name="restoration"),
    path("files/<int:pk>/<str:name>", views.download, name="download"),
    path("items/<int:pk>/files/", views.of_item, name="of_item"),
]
