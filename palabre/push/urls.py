"""Addresses of one's devices, and those a browser asks for by itself."""

from django.urls import path

from palabre.push.views import devices, sharing, worker

app_name = "push"

urlpatterns = [
    path("devices/", devices.devices, name="devices"),
    path("devices/<int:pk>/removal/", devices.removal, name="removal"),
    path("devices/<int:pk>/trial/", devices.trial, name="trial"),
    path("service-worker.js", worker.worker, name="worker"),
    path("application.webmanifest", worker.manifest, name="manifest"),
    path("share/", sharing.shared, name="share"),
    path("offline/", worker.offline, name="offline"),
    path("-/line/", worker.line, name="line"),
]
