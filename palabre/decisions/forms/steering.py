"""Steering a vote that is open."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from palabre.kit.days import moment_field


class Steering(forms.Form):
    """Another hour, or an end, with the reason."""

    closes_at = moment_field(label=_("Closes"), required=False)
    reason = forms.CharField(
        label=_("Why"), max_length=500, error_messages={"required": _("Say why: those who may vote are told.")}
    )
