"""What people send: a message with its files, a conversation that begins, the rule of the house."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from palabre.conversations.correspondence import Correspondence, Who
from palabre.talk.enclosing import Enclosing
from palabre.talk.models import LONGEST_TEXT


class Message(Enclosing):
    """A message: words, files, or both."""

    body = forms.CharField(
        label=_("Your message"), required=False, max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 2})
    )


class Beginning(Message):
    """The first message of a conversation, and what it is called."""

    name = forms.CharField(label=_("Name"), required=False, max_length=120)


class Rules(forms.ModelForm):
    """Who may write to whom."""

    class Meta:
        model = Correspondence
        fields = ("partners", "customers", "outsiders")
        labels = {
            "partners": _("Between the house and partners"),
            "customers": _("Between the house and customers"),
            "outsiders": _("Among people from outside"),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        words = {
            Who.ALL: _("everybody may write to whom they meet"),
            Who.SHARED: _("those who share a space"),
            Who.NOBODY: _("nobody"),
        }
        for name, kept in self.fields.items():
            allowed = [Who.SHARED, Who.NOBODY] if name == "outsiders" else list(Who)
            kept.widget = forms.RadioSelect()
            kept.choices = [(each.value, words[each]) for each in allowed]  # type: ignore[attr-defined]
