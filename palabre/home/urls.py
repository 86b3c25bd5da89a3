"""The front page, the guide, and what search engines are told."""

from django.urls import path

from palabre.home import sitemap, views

app_name = "home"
urlpatterns = [
    path("", views.front, name="front"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("robots.txt", sitemap.robots, name="robots"),
    path("guide/", views.guide, name="guide"),
    path("guide/<slug:slug>/", views.guide, name="chapter"),
]
