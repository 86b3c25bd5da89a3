"""What people type to keep an address."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from palabre.bookmarks import addresses
from palabre.spaces.models import Space


class Keeping(forms.Form):
    """An address, where it will be kept, and why. `spaces` are those one may write in."""

    address = forms.CharField(
        label=_("Address"),
        max_length=addresses.LONGEST,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "url", "autocapitalize": "none"}),
        error_messages={"required": _("Paste the address of the page.")},
    )
    title = forms.CharField(
        label=_("Title"), max_length=250, required=False, help_text=_("Left empty, it is read from the page.")
    )
    note = forms.CharField(
        label=_("Why keep it?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Your note stands beside your name."),
    )
    space = forms.ModelChoiceField(
        label=_("Who will read it?"),
        queryset=Space.objects.none(),
        to_field_name="slug",
        error_messages={"required": _("Choose where it will be read.")},
    )

    def __init__(self, *args: Any, spaces: list[Space], **options: Any) -> None:
        super().__init__(*args, **options)
        keys = [space.pk for space in spaces]
        self.fields["space"].queryset = Space.objects.filter(pk__in=keys).order_by("name")  # type: ignore[attr-defined]

    def clean_address(self) -> str:
        address = addresses.readable(self.cleaned_data["address"])
        if address is None:
            raise forms.ValidationError(_("This is not the address of a web page."))
        return address
