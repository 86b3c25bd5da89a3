"""The style guide: every component, drawn by the partials the product uses. While developing only."""

from types import SimpleNamespace
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from palabre.kit import clock, rows
from palabre.kit.paging import Page

AUDIENCES = (
    ("team", "Équipe"),
    ("company", "Toute la maison"),
    ("partners", "Partenaires"),
    ("customers", "Clients"),
    ("public", "Public"),
)


def _person(pk: int, name: str, initials: str, hue: int, organisation: str = "") -> Any:
    return SimpleNamespace(
        pk=pk,
        name=name,
        initials=initials,
        hue=hue,
        photo=None,
        is_inside=not organisation,
        organisation_id=pk if organisation else None,
        organisation=SimpleNamespace(name=organisation),
        get_absolute_url=lambda: f"/people/{pk}/",
        is_met_by=lambda _reader: True,
    )


def _space(pk: int, name: str, audience: str) -> Any:
    return SimpleNamespace(
        pk=pk,
        name=name,
        audience=audience,
        get_audience_display=lambda: dict(AUDIENCES)[audience],
        get_absolute_url=lambda: "/",
    )


class Specimen(forms.Form):
    """One of each control."""

    title = forms.CharField(label="Titre", help_text="Ce que les autres chercheront.")
    text = forms.CharField(label="Texte", widget=forms.Textarea, required=False)
    audience = forms.ChoiceField(label="Qui peut lire", choices=AUDIENCES, widget=forms.RadioSelect)
    language = forms.ChoiceField(label="Langue", choices=[("fr", "Français"), ("en", "English")])
    kept = forms.BooleanField(label="Garder une copie", required=False)
    address = forms.EmailField(label="Adresse électronique")


def show(request: HttpRequest) -> HttpResponse:
    """Every component on one page."""
    inside = _person(1, "Coumba Ndoye-Sarr", "CN", 130)
    outside = _person(2, "Tidiane Goudiaby-Sy", "TG", 190, "FibrePlus")
    words = ("Le raccordement d’un client, de la demande au premier octet", "Onze jours sur vingt et un.")
    now = clock.now()
    listed = [
        rows.Row(1, words[0], "#", words[1], now, inside, _space(1, "Réseau", "team"), "book-open", "Page", "fr"),
        rows.Row(2, "A word from the field", "#", "", now, outside, _space(2, "Installateurs", "partners"),
                 "newspaper", "Billet", "en", "Archivé"),
    ]  # fmt: skip
    form = Specimen({"title": "Un titre", "address": "pas une adresse", "audience": "team"})
    context = {
        "people": [inside, outside],
        "spaces": [_space(number, label, key) for number, (key, label) in enumerate(AUDIENCES)],
        "rows": rows.draw(listed, lead=True),
        "form": form,
        "now": now,
        "page": Page([1], "after"),
        "icons": ["search", "pen-line", "house", "bell", "bookmark", "history", "link", "tag", "users"],
    }
    return render(request, "kit/styleguide.html", context)
