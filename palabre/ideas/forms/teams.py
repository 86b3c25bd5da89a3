"""The form in which a team is given its space."""

from django import forms
from django.utils.translation import gettext_lazy


class Settling(forms.Form):
    """What the space is called."""

    name = forms.CharField(label=gettext_lazy("Name of the space"), max_length=80)
