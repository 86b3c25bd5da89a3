"""What somebody wants to be written."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from palabre.kit import times
from palabre.mail.models import Choice


class Choices(forms.ModelForm):
    """The letters of one person."""

    hour = forms.TypedChoiceField(label=gettext_lazy("At what hour"), coerce=int)

    class Meta:
        model = Choice
        fields = ("at_once", "digest", "weekday", "hour")
        help_texts = {
            "at_once": gettext_lazy("When you are mentioned, answered or asked, and not here."),
            "digest": gettext_lazy("Only when there is something, and you have not been here since."),
            "weekday": gettext_lazy("For a weekly digest."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localtime().replace(minute=0)
        hours = [(hour, times.hour(today.replace(hour=hour))) for hour in range(24)]
        self.fields["hour"].choices = hours  # type: ignore[attr-defined]

    def save(self, commit: bool = True) -> Choice:
        """With the hour of the next digest."""
        choice: Choice = super().save(commit=False)
        if commit:
            choice.plan()
        return choice
