"""What people tell us of links."""

from django import forms
from django.utils.translation import gettext_lazy as _

from palabre.links.models import MUTUAL, TYPED, Type

BACKWARDS = "<"


def choices() -> list[tuple[str, object]]:
    """Every typed link in both directions; those that read alike either way once."""
    said: list[tuple[str, object]] = []
    for kind in TYPED:
        said.append((kind.value, kind.label))
        if kind not in MUTUAL:
            said.append((kind.value + BACKWARDS, kind.inverse))
    return said


class Tying(forms.Form):
    """A link by hand: this item … that one."""

    words = forms.ChoiceField(label=_("This"), choices=choices)
    other = forms.IntegerField(label=_("what"), error_messages={"required": _("Choose what to link to.")})

    def clean_words(self) -> tuple[Type, bool]:
        """The type, and whether it starts at the other end."""
        said = self.cleaned_data["words"]
        return Type(said.removesuffix(BACKWARDS)), said.endswith(BACKWARDS)
