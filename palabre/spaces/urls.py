"""Addresses of spaces."""

from django.urls import path

from palabre.spaces.views import audience, members, requests, rights, spaces

app_name = "spaces"
urlpatterns = [
    path("spaces/", spaces.spaces, name="spaces"),
    path("spaces/new/", spaces.create, name="create"),
    path("spaces/<slug:slug>/", spaces.space, name="space"),
    path("spaces/<slug:slug>/settings/", spaces.settings, name="settings"),
    path("spaces/<slug:slug>/steward/", spaces.appointment, name="appointment"),
    path("spaces/<slug:slug>/archiving/", spaces.archiving, name="archiving"),
    path("spaces/<slug:slug>/readers/", audience.readers, name="readers"),
    path("spaces/<slug:slug>/audience/", audience.audience, name="audience"),
    path("spaces/<slug:slug>/members/", members.members, name="members"),
    path("spaces/<slug:slug>/members/<int:pk>/", members.member, name="member"),
    path("spaces/<slug:slug>/joining/", members.joining, name="joining"),
    path("spaces/<slug:slug>/leaving/", members.leaving, name="leaving"),
    path("spaces/<slug:slug>/invitations/new/", members.invite, name="invite"),
    path("spaces/<slug:slug>/access/", requests.access, name="access"),
    path("spaces/<slug:slug>/requests/", requests.requests, name="requests"),
    path("spaces/<slug:slug>/requests/<int:pk>/", requests.answer, name="answer"),
    path("spaces/<slug:slug>/rights/", rights.rights, name="rights"),
]
