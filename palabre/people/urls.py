"""Addresses of people, organisations and invitations."""

from django.urls import path

from palabre.people.views import (
    addresses,
    attention,
    company,
    directory,
    invitations,
    organisations,
    passages,
    passwords,
    preferences,
    profiles,
    unions,
)

app_name = "people"
urlpatterns = [
    path("people/", directory.directory, name="directory"),
    path("people/new/", profiles.speak_for, name="speak_for"),
    path("people/<int:pk>-<slug:handle>/", profiles.profile, name="profile"),
    path("people/<int:pk>/", profiles.profile, name="profile_by_number"),
    path("people/<int:pk>/edit/", profiles.edit, name="edit"),
    path("people/<int:pk>/photo/", profiles.photo, name="photo"),
    path("people/<int:pk>/portrait/", profiles.portrait, name="portrait"),
    path("people/<int:pk>/departure/", passages.departure, name="departure"),
    path("people/<int:pk>/standing/", passages.standing, name="standing"),
    path("people/<int:pk>/union/", unions.union, name="union"),
    path("people/<int:pk>/password-link/", passwords.password_link, name="password_link"),
    path("people/<int:pk>/return/", passages.coming_back, name="return"),
    path("people/<int:pk>/administration/", passages.administration, name="administration"),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/new/", organisations.edit, name="new_organisation"),
    path("organisations/<slug:slug>/", organisations.organisation, name="organisation"),
    path("organisations/<slug:slug>/edit/", organisations.edit, name="edit_organisation"),
    path("invitations/", invitations.sent, name="invitations"),
    path("invitations/new/", invitations.invite, name="invite"),
    path("invitations/<int:pk>/revocation/", invitations.revocation, name="revocation"),
    path("invitation/<str:key>/", invitations.invitation, name="invitation"),
    path("account/", preferences.preferences, name="preferences"),
    path("account/address/", addresses.address, name="address"),
    path("account/address/<str:key>/", addresses.confirmation, name="address_confirmation"),
    path("account/attention/", attention.attention, name="attention"),
    path("account/oidc/<str:provider_id>/login/", company.way, name="company"),
]
